"""The addresses as they are when DEMO is on."""

from django.urls import include, path

from swv_portal.urls import handler403, handler404, handler500
from swv_portal.urls import urlpatterns as _urlpatterns

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*_urlpatterns, path("demo/", include("swv_portal.local.urls"))]
