"""The addresses of evaluatie."""

from django.urls import URLPattern, URLResolver

app_name = "evaluatie"
urlpatterns: list[URLPattern | URLResolver] = []
