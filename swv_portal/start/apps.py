from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "swv_portal.start"
    label = "start"

    def ready(self) -> None:
        # Models exist only now, so what uses them is imported here.
        from swv_portal.jobs.registry import register_daily, register_job  # noqa: PLC0415
        from swv_portal.start.tasks import DAGBERICHT, DAGBERICHT_PERSOON  # noqa: PLC0415

        register_job(DAGBERICHT)
        register_job(DAGBERICHT_PERSOON)
        register_daily("start.dagbericht", "06:30", DAGBERICHT.naam)
