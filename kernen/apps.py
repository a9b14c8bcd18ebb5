from django.apps import AppConfig


class KernenConfig(AppConfig):
    name = "kernen"

    def ready(self) -> None:
        # Models exist only now, so what uses them is imported here.
        from kernen.queries import bereik_voor  # noqa: PLC0415
        from swv_portal.access.reach import register_reach_source  # noqa: PLC0415

        register_reach_source(bereik_voor)
