"""The addresses of financien."""

from django.urls import URLPattern, URLResolver

app_name = "financien"
urlpatterns: list[URLPattern | URLResolver] = []
