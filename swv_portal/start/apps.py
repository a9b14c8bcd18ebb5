from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "swv_portal.start"
    label = "start"
