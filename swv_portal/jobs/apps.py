from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "swv_portal.jobs"
    label = "jobs"
