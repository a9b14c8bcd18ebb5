from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "swv_portal.audit"
    label = "audit"
