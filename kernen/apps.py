from django.apps import AppConfig


class KernenConfig(AppConfig):
    name = "kernen"

    def ready(self) -> None:
        # Models exist only now, so what uses them is imported here.
        from kernen.overdracht import IMPORTEURS  # noqa: PLC0415
        from kernen.queries import bereik_voor, swv_naam  # noqa: PLC0415
        from kernen.reports import KERNPLANRAPPORT  # noqa: PLC0415
        from swv_portal.access.reach import register_reach_source  # noqa: PLC0415
        from swv_portal.common.house import register_swv_naam  # noqa: PLC0415
        from swv_portal.jobs.overdracht import registreer_importeur  # noqa: PLC0415
        from swv_portal.jobs.registry import register_report  # noqa: PLC0415

        register_reach_source(bereik_voor)
        register_swv_naam(swv_naam)
        register_report(KERNPLANRAPPORT)
        for importeur in IMPORTEURS:
            registreer_importeur(importeur)
