from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "swv_portal.jobs"
    label = "jobs"
    verbose_name = "opdrachten en documenten"

    def ready(self) -> None:
        from swv_portal.jobs.kinds import register  # noqa: PLC0415  the models exist only now

        register()
