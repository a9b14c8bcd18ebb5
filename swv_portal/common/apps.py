from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "swv_portal.common"
    label = "common"

    def ready(self) -> None:
        from swv_portal.common.logs import configure  # noqa: PLC0415

        configure()
