"""Mounted at ``/demo/``, only when DEMO is on."""

from django.urls import path

from swv_portal.local import onderdelen, views

app_name = "local"
urlpatterns = [
    path("inloggen/<slug:rol>/", views.inloggen, name="inloggen"),
    path("onderdelen/", onderdelen.onderdelen, name="onderdelen"),
    path("post/", views.post, name="post"),
    path("post/<slug:sleutel>/", views.bericht, name="bericht"),
]
