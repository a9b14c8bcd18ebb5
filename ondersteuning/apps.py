from typing import Any

from django.apps import AppConfig


class OndersteuningConfig(AppConfig):
    name = "ondersteuning"

    def ready(self) -> None:
        _register_jobs()
        _register_documents()
        _register_links()
        _register_import()


# Models exist only when Django is ready, so what uses them is imported inside these functions.
def _register_jobs() -> None:
    from ondersteuning.services.besluit import BRIEF  # noqa: PLC0415
    from ondersteuning.tasks import (  # noqa: PLC0415
        VERLATEN,
        VERNIETIGEN,
        besluitbrief,
        dossier_vernietigen,
        opruimen,
        verlaten_opruimen,
    )
    from swv_portal.jobs.registry import JobKind, register_daily, register_job  # noqa: PLC0415

    register_job(JobKind(BRIEF, "Brief van een besluit maken", besluitbrief))
    register_job(JobKind("ondersteuning.opruimen", "Zoeken wat vernietigd moet worden", opruimen))
    register_job(JobKind(VERNIETIGEN, "Oud dossier vernietigen", dossier_vernietigen))
    register_job(JobKind(VERLATEN, "Aanvraag opruimen waaraan niemand werkt", verlaten_opruimen))
    register_daily("ondersteuning.opruimen", "02:30", "ondersteuning.opruimen")


def _register_documents() -> None:
    from ondersteuning.queries.documenten import link_mag_ophalen, mag_ophalen  # noqa: PLC0415
    from ondersteuning.services.besluit import BRIEF  # noqa: PLC0415
    from swv_portal.jobs.registry import DocumentKind, register_document_kind  # noqa: PLC0415

    register_document_kind(
        DocumentKind(BRIEF, "Brief van een besluit", mag_ophalen, link_mag_ophalen, log_reading=True)
    )


def _register_links() -> None:
    from django.urls import reverse  # noqa: PLC0415

    from ondersteuning.services.partijen import LINK_DESKUNDIGE, LINK_OUDER  # noqa: PLC0415
    from swv_portal.access.services.links import LinkKind, register_link_kind  # noqa: PLC0415

    def ouder(_link: Any) -> str:
        return reverse("ondersteuning:ouder")

    def deskundige(_link: Any) -> str:
        return reverse("ondersteuning:deskundige")

    register_link_kind(LinkKind(LINK_OUDER, start=ouder))
    register_link_kind(LinkKind(LINK_DESKUNDIGE, start=deskundige))


def _register_import() -> None:
    from ondersteuning.overdracht import PLAATSINGEN, SWV_GEBIEDEN  # noqa: PLC0415
    from swv_portal.jobs.overdracht import registreer_importeur  # noqa: PLC0415

    registreer_importeur(PLAATSINGEN)
    registreer_importeur(SWV_GEBIEDEN)
