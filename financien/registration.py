"""What this app registers when the portal starts: jobs, documents, reports, imports and exports."""

from typing import Any

from django.urls import reverse

from financien.models import Beschikking
from financien.overdracht import EXPORTEURS, IMPORTEURS
from financien.querysets import BEGROTINGLEZERS
from financien.reports.begroting import BEGROTINGSRAPPORT, begroting_bestandsnaam, bouw_begroting
from financien.reports.brieven import BESTUURSBRIEF, SCHOOLBRIEF, Brief, bestandsnaam, bouw_brief
from financien.services.beschikkingen import DOCUMENT, OPDRACHT
from financien.tasks import maak_beschikking
from swv_portal.common.scoping import Bereik
from swv_portal.jobs.overdracht import registreer_exporteur, registreer_importeur
from swv_portal.jobs.registry import (
    DocumentKind,
    JobKind,
    Report,
    register_document_kind,
    register_job,
    register_report,
)


def mag_beschikking_halen(bereik: Bereik, document: Any) -> bool:
    """Whoever sees the letter may fetch it; asked anew at every download."""
    return Beschikking.objects.visible_to(bereik).filter(pk=document.onderwerp_id, document=document).exists()


def _resultaat(job: Any) -> str:
    """Where the requester finds the letters of a batch."""
    budget = Beschikking.objects.filter(pk=job.params.get("beschikking")).values_list("budget_id", flat=True).first()
    return reverse("financien:overzicht") if budget is None else reverse("financien:beschikkingen", args=[budget])


def _naam_van_afzender(brief: Brief) -> str:
    return brief.swv_naam


def registreer() -> None:
    register_job(JobKind(OPDRACHT, "Beschikking maken", maak_beschikking, resultaat=_resultaat))
    register_document_kind(DocumentKind(DOCUMENT, "Beschikking", mag_beschikking_halen))
    for kind, name in ((SCHOOLBRIEF, "school"), (BESTUURSBRIEF, "bestuur")):
        register_report(
            Report(
                kind=kind,
                titel="Beschikking ondersteuningsbudget",
                template=f"reports/financien_beschikking_{name}.html",
                build=bouw_brief,
                filename=bestandsnaam,
                naam_van=_naam_van_afzender,
            )
        )
    register_report(
        Report(
            kind=BEGROTINGSRAPPORT,
            titel="Meerjarenbegroting",
            template="reports/financien_begroting.html",
            build=bouw_begroting,
            filename=begroting_bestandsnaam,
            aanbod=BEGROTINGLEZERS,
        )
    )
    for importeur in IMPORTEURS:
        registreer_importeur(importeur)
    for exporteur in EXPORTEURS:
        registreer_exporteur(exporteur)
