"""The addresses of ondersteuning."""

from django.urls import URLPattern, URLResolver

app_name = "ondersteuning"
urlpatterns: list[URLPattern | URLResolver] = []
