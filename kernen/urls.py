"""The addresses of kernen."""

from django.urls import URLPattern, URLResolver

app_name = "kernen"
urlpatterns: list[URLPattern | URLResolver] = []
