"""Making a registered report as a PDF: at once, or as a job whose document belongs to the requester."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.common.house import swv_naam
from swv_portal.common.pdf import render_pdf
from swv_portal.common.scoping import Bereik
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.registry import Finish, JobContext, Permanent, report
from swv_portal.jobs.services.documents import store_document
from swv_portal.jobs.services.enqueue import enqueue

RAPPORT = "rapport"
#: A report can be made again at any time; the file need not stay.
BEWAREN = timedelta(days=30)
_NIET_IN_NAAM = re.compile(r"[^\w .()+-]")


def request_report(
    kind: str, params: Mapping[str, Any], *, actor: Actor, mail_bij_klaar: bool | None = None, uniek: str | None = None
) -> Job:
    """Have report ``kind`` made for ``actor``; the page ``jobs:voortgang`` of the job shows how far it is.

    ``params`` holds ids and codes.  What the report shows follows from the reach that the actor has when it is made.
    Asked for by nobody with an account it is refused (``ValueError``): there would be nobody to fetch it.
    """
    if actor.user_id is None:
        raise ValueError("a report belongs to somebody with an account")
    report(kind)
    return enqueue(
        RAPPORT,
        params={"rapport": kind, "params": dict(params)},
        actor=actor,
        mail_bij_klaar=mail_bij_klaar,
        uniek=uniek,
    )


def render_report(kind: str, bereik: Bereik, params: Mapping[str, Any]) -> tuple[str, bytes]:
    """File name and PDF of report ``kind`` as ``bereik`` may see it."""
    found = report(kind)
    data = found.build(bereik, dict(params))
    naam = (found.naam_van(data) if found.naam_van else "") or swv_naam()
    context = {"rapport": data, "gemaakt_op": timezone.localtime(), "swv_naam": naam}
    return safe_name(found.filename(data)), render_pdf(found.template, context, titel=found.titel)


def safe_name(naam: str, extensie: str = "pdf") -> str:
    """A file name without signs that a computer stumbles over, with its extension."""
    stem = _NIET_IN_NAAM.sub("-", naam).strip(" .-") or "rapport"
    stem = stem.removesuffix(f".{extensie}")[:150]
    return f"{stem}.{extensie}"


def make_report(context: JobContext) -> Finish:
    """The job: render with the reach that the requester has now, and store it for the requester."""
    kind, params = context.params["rapport"], context.params["params"]
    bereik = context.bereik()
    user = User.objects.filter(pk=bereik.user_id).first() if bereik.user_id else None
    if user is None:
        raise Permanent("Degene die dit rapport vroeg, heeft geen account meer.")
    try:
        naam, inhoud = render_report(kind, bereik, params)
    except NotVisible as gone:
        raise Permanent("Dit rapport is er niet, of niet meer voor degene die het vroeg.") from gone

    def finish() -> None:
        store_document(
            soort=RAPPORT,
            onderwerp=user,
            naam=naam,
            inhoud=inhoud,
            content_type="application/pdf",
            job=context.job_id,
            actor=Actor(bereik=bereik, user_id=user.pk),
            bewaren_tot=timezone.localdate() + BEWAREN,
            gegevens={"rapport": kind, "bereik": _reach_codes(bereik)},
        )

    return finish


def may_fetch_report(bereik: Bereik, document: Document) -> bool:
    """Only the requester, and only while that person still reaches all that was reached when it was made."""
    if bereik.user_id is None or document.aanvrager_id != bereik.user_id:
        return False
    return set(document.gegevens.get("bereik", [])) <= set(_reach_codes(bereik))


def _reach_codes(bereik: Bereik) -> list[str]:
    return sorted(f"{each.rol}:{each.plaats_id or ''}" for each in bereik.toekenningen)
