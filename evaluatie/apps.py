from django.apps import AppConfig


class EvaluatieConfig(AppConfig):
    name = "evaluatie"
    verbose_name = "Evaluatie"

    def ready(self) -> None:
        # Models exist only now, so what uses them is imported here.
        from evaluatie.overdracht import EXPORTEUR, IMPORTEUR  # noqa: PLC0415
        from evaluatie.reports import RONDERAPPORT  # noqa: PLC0415
        from evaluatie.services.inlezen import DOCUMENT  # noqa: PLC0415
        from evaluatie.tasks import JOB, OPRUIMEN  # noqa: PLC0415
        from swv_portal.jobs.overdracht import registreer_exporteur, registreer_importeur  # noqa: PLC0415
        from swv_portal.jobs.registry import (  # noqa: PLC0415
            DocumentKind,
            register_daily,
            register_document_kind,
            register_job,
            register_report,
        )

        register_report(RONDERAPPORT)
        register_job(JOB)
        register_daily(OPRUIMEN, "02:45", OPRUIMEN)
        register_document_kind(DocumentKind(DOCUMENT, "Bestand met antwoorden", lambda bereik, document: False))  # noqa: ARG005
        registreer_importeur(IMPORTEUR)
        registreer_exporteur(EXPORTEUR)
