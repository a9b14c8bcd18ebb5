from django.apps import AppConfig


class EvaluatieConfig(AppConfig):
    name = "evaluatie"
    verbose_name = "Evaluatie"

    def ready(self) -> None:
        # Models exist only now, so what uses them is imported here.
        from evaluatie.overdracht import EXPORTEUR, IMPORTEUR  # noqa: PLC0415
        from evaluatie.reports import RONDERAPPORT  # noqa: PLC0415
        from swv_portal.jobs.overdracht import registreer_exporteur, registreer_importeur  # noqa: PLC0415
        from swv_portal.jobs.registry import register_report  # noqa: PLC0415

        register_report(RONDERAPPORT)
        registreer_importeur(IMPORTEUR)
        registreer_exporteur(EXPORTEUR)
