"""The portal's addresses, with the page of the shared parts that otherwise only the demo has."""

from django.urls import path

from swv_portal.local.onderdelen import onderdelen
from swv_portal.urls import handler400, handler403, handler404, handler500
from swv_portal.urls import urlpatterns as portal

urlpatterns = [*portal, path("demo/onderdelen/", onderdelen)]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
