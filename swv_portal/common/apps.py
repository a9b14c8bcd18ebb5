from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "swv_portal.common"
    label = "common"
