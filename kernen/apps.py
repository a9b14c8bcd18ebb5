from django.apps import AppConfig


class KernenConfig(AppConfig):
    name = "kernen"

    def ready(self) -> None:
        # Models exist only now, so what uses them is imported here.
        from kernen.domain.rollen import SCHOLENBEHEER  # noqa: PLC0415
        from kernen.overdracht import IMPORTEURS  # noqa: PLC0415
        from kernen.queries import bereik_voor, swv_naam  # noqa: PLC0415
        from kernen.reports import KERNPLANRAPPORT  # noqa: PLC0415
        from kernen.services.imports import DOCUMENTSOORT  # noqa: PLC0415
        from kernen.tasks import JOB, OPRUIMEN  # noqa: PLC0415
        from swv_portal.access.reach import register_reach_source  # noqa: PLC0415
        from swv_portal.common.house import register_swv_naam  # noqa: PLC0415
        from swv_portal.jobs.overdracht import registreer_importeur  # noqa: PLC0415
        from swv_portal.jobs.registry import (  # noqa: PLC0415
            DocumentKind,
            register_daily,
            register_document_kind,
            register_job,
            register_report,
        )

        register_reach_source(bereik_voor)
        register_swv_naam(swv_naam)
        register_report(KERNPLANRAPPORT)
        register_job(JOB)
        register_daily(OPRUIMEN, "02:40", OPRUIMEN)
        register_document_kind(
            DocumentKind(
                DOCUMENTSOORT,
                "Ingelezen bestand van DUO",
                lambda bereik, document: bereik.heeft(*SCHOLENBEHEER),  # noqa: ARG005
            )
        )
        for importeur in IMPORTEURS:
            registreer_importeur(importeur)
