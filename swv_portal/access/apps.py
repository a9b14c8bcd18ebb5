from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "swv_portal.access"
    label = "access"
