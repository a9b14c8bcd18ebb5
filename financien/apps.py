from django.apps import AppConfig


class FinancienConfig(AppConfig):
    name = "financien"
