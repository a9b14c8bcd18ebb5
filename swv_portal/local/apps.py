from django.apps import AppConfig


class LocalConfig(AppConfig):
    """What only the demo has: example data, a mailbox page and logins by one click.  Installed only when DEMO is on."""

    name = "swv_portal.local"
    label = "local"
    verbose_name = "Demo"
