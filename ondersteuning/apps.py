from typing import Any

from django.apps import AppConfig


class OndersteuningConfig(AppConfig):
    name = "ondersteuning"

    def ready(self) -> None:
        _register_jobs()
        _register_documents()
        _register_links()
        _register_import()
        _register_aanwezigheid()
        _register_cijfers()


# Models exist only when Django is ready, so what uses them is imported inside these functions.
def _register_jobs() -> None:
    from ondersteuning.services.bekendmaken import INTREKKINGSBRIEF  # noqa: PLC0415
    from ondersteuning.services.besluit import BRIEF  # noqa: PLC0415
    from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF  # noqa: PLC0415
    from ondersteuning.tasks import (  # noqa: PLC0415
        LEERLING_VERNIETIGEN,
        OVEREENKOMST_VERNIETIGEN,
        OVERSTAP,
        TOEKENNING,
        VERLATEN,
        VERNIETIGEN,
        VERZUIM_VERNIETIGEN,
        besluitbrief,
        bezwaarbrief,
        dossier_vernietigen,
        intrekkingsbrief,
        leerling_vernietigen,
        opruimen,
        overeenkomst_vernietigen,
        overstap_nacht,
        toekenning_nacht,
        verlaten_opruimen,
        verzuim_vernietigen,
    )
    from swv_portal.jobs.registry import JobKind, register_daily, register_job  # noqa: PLC0415

    register_job(JobKind(BRIEF, "Brief van een besluit maken", besluitbrief))
    register_job(JobKind(INTREKKINGSBRIEF, "Brief van een intrekking maken", intrekkingsbrief))
    register_job(JobKind(BEZWAARBRIEF, "Brief van een beslissing op bezwaar maken", bezwaarbrief))
    register_job(JobKind("ondersteuning.opruimen", "Zoeken wat vernietigd moet worden", opruimen))
    register_job(JobKind(VERNIETIGEN, "Oud dossier vernietigen", dossier_vernietigen))
    register_job(JobKind(LEERLING_VERNIETIGEN, "Oud dossier van een leerling vernietigen", leerling_vernietigen))
    register_job(JobKind(OVEREENKOMST_VERNIETIGEN, "Oude overeenkomst vernietigen", overeenkomst_vernietigen))
    register_job(JobKind(VERZUIM_VERNIETIGEN, "Oude verzuimmelding vernietigen", verzuim_vernietigen))
    register_job(JobKind(OVERSTAP, "Overstap bijwerken of vernietigen", overstap_nacht))
    register_job(JobKind(TOEKENNING, "Leerling op de nieuwe school zetten", toekenning_nacht))
    register_job(JobKind(VERLATEN, "Aanvraag opruimen waaraan niemand werkt", verlaten_opruimen))
    register_daily("ondersteuning.opruimen", "02:30", "ondersteuning.opruimen")


def _register_documents() -> None:
    from ondersteuning.queries import documenten as wie  # noqa: PLC0415
    from ondersteuning.queries.routefeiten import AKKOORD, BEMIDDELINGSVERSLAG, ONDERZOEKSVERSLAG  # noqa: PLC0415
    from ondersteuning.services.bekendmaken import INTREKKINGSBRIEF  # noqa: PLC0415
    from ondersteuning.services.besluit import BRIEF  # noqa: PLC0415
    from ondersteuning.services.bezwaar import BEZWAARSCHRIFT  # noqa: PLC0415
    from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF  # noqa: PLC0415
    from ondersteuning.services.bezwaar_wijzigen import BEZWAARSTUK  # noqa: PLC0415
    from ondersteuning.services.leerlingdocumenten import LEERLINGDOCUMENT  # noqa: PLC0415
    from swv_portal.jobs.registry import DocumentKind, register_document_kind  # noqa: PLC0415

    letter = (wie.mag_ophalen, wie.link_mag_ophalen)
    of_pupil = (wie.leerlingdocument_mag_ophalen, wie.link_mag_leerlingdocument_ophalen)
    for kind in (
        DocumentKind(BRIEF, "Brief van een besluit", *letter, log_reading=True),
        DocumentKind(INTREKKINGSBRIEF, "Brief van een intrekking", *letter, log_reading=True),
        DocumentKind(BEZWAARBRIEF, "Brief van een beslissing op bezwaar", *letter, log_reading=True),
        DocumentKind(BEZWAARSCHRIFT, "Bezwaarschrift", wie.bezwaar_mag_ophalen, log_reading=True),
        DocumentKind(BEZWAARSTUK, "Document bij een bezwaar", wie.bezwaar_mag_ophalen, log_reading=True),
        DocumentKind(LEERLINGDOCUMENT, "Document van een leerling", *of_pupil, log_reading=True),
        DocumentKind(AKKOORD, "Akkoord van een ander samenwerkingsverband", wie.mag_ophalen, log_reading=True),
        DocumentKind(
            ONDERZOEKSVERSLAG,
            "Verslag van een onafhankelijk onderzoek",
            wie.bestuurlijk_mag_ophalen,
            log_reading=True,
        ),
        DocumentKind(BEMIDDELINGSVERSLAG, "Verslag van bemiddeling", wie.bestuurlijk_mag_ophalen, log_reading=True),
    ):
        register_document_kind(kind)


def _register_links() -> None:
    from django.urls import reverse  # noqa: PLC0415

    from ondersteuning.services.partijen import LINK_DESKUNDIGE, LINK_INSTELLING, LINK_OUDER  # noqa: PLC0415
    from swv_portal.access.services.links import LinkKind, register_link_kind  # noqa: PLC0415

    def ouder(_link: Any) -> str:
        return reverse("ondersteuning:ouder")

    def deskundige(_link: Any) -> str:
        return reverse("ondersteuning:deskundige")

    def instelling(_link: Any) -> str:
        return reverse("ondersteuning:instelling")

    register_link_kind(LinkKind(LINK_OUDER, start=ouder))
    register_link_kind(LinkKind(LINK_INSTELLING, start=instelling))
    register_link_kind(LinkKind(LINK_DESKUNDIGE, start=deskundige))


def _register_import() -> None:
    from ondersteuning.overdracht import PLAATSINGEN, SWV_GEBIEDEN  # noqa: PLC0415
    from swv_portal.jobs.overdracht import registreer_importeur  # noqa: PLC0415

    registreer_importeur(PLAATSINGEN)
    registreer_importeur(SWV_GEBIEDEN)


def _register_aanwezigheid() -> None:
    from ondersteuning.overdracht import THUISZITTERS  # noqa: PLC0415
    from ondersteuning.reports import THUISZITTERSRAPPORT  # noqa: PLC0415
    from ondersteuning.tasks import VERZUIMALARM, verzuimalarm, verzuimalarmen  # noqa: PLC0415
    from swv_portal.jobs.overdracht import registreer_exporteur  # noqa: PLC0415
    from swv_portal.jobs.registry import JobKind, register_daily, register_job, register_report  # noqa: PLC0415

    register_job(JobKind(VERZUIMALARM, "Waarschuwen dat een leerling lang afwezig is", verzuimalarm))
    register_job(JobKind("ondersteuning.verzuimalarmen", "Zoeken wie lang afwezig is", verzuimalarmen))
    register_daily("ondersteuning.verzuimalarmen", "05:30", "ondersteuning.verzuimalarmen")
    register_report(THUISZITTERSRAPPORT)
    registreer_exporteur(THUISZITTERS)


def _register_cijfers() -> None:
    from ondersteuning.overdracht import TLVS  # noqa: PLC0415
    from ondersteuning.reports.statistiek import RAPPORT  # noqa: PLC0415
    from swv_portal.jobs.overdracht import registreer_exporteur  # noqa: PLC0415
    from swv_portal.jobs.registry import register_report  # noqa: PLC0415

    register_report(RAPPORT)
    registreer_exporteur(TLVS)
