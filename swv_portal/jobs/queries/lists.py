"""Read models of the screens: rows prepared as plain text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from swv_portal.common.dates import datum_met_tijd
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Gegeven, Kolom, Status, Tabel, Toon, maak_tabel
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.registry import job_kinds, reports

TOON: Mapping[str, Toon] = {"wacht": "neutraal", "bezig": "bezig", "klaar": "goed", "dood": "fout", "gestopt": "let_op"}
#: The choices of the filter; the first shows what is going on or went wrong.
KEUZES: Mapping[str, tuple[str, ...]] = {
    "": ("dood", "bezig", "wacht"),
    "dood": ("dood",),
    "bezig": ("bezig",),
    "wacht": ("wacht",),
    "gestopt": ("gestopt",),
    "klaar": ("klaar",),
}
KEUZE_LABELS: Mapping[str, str] = {
    "": "mislukt, bezig of wacht",
    "dood": "mislukt",
    "bezig": "bezig",
    "wacht": "wacht",
    "gestopt": "gestopt",
    "klaar": "klaar",
}


def _moment(value: datetime | None) -> str:
    return "" if value is None else datum_met_tijd(value)


def kind_title(soort: str) -> str:
    """How people call a kind of job; its code when no app knows it any more."""
    kind = job_kinds().get(soort)
    return kind.titel if kind else soort


def job_title(job: Job) -> str:
    """The title of a job; of a report the title of the report."""
    known = {each.kind: each.titel for each in reports()}
    return known.get(str(job.params.get("rapport", "")), kind_title(job.soort))


def status_of(job: Job) -> Status:
    return Status(job.get_staat_display(), TOON[job.staat])


@dataclass(frozen=True)
class Opdrachten:
    """One page of the list of jobs, and the kinds of which some are dead (code, title, how many)."""

    tabel: Tabel
    page: Blad
    totaal: str
    mislukt: list[tuple[str, str, int]]


def job_list(bereik: Bereik, *, staat: str, soort: str, plek: Plek) -> Opdrachten:
    """The newest jobs first.  Three queries, whatever the number of rows."""
    rows = Job.objects.visible_to(bereik).filter(staat__in=KEUZES[staat]).select_related("aanvrager").defer("geheim")
    if soort:
        rows = rows.filter(soort=soort)
    page = blader(rows, plek, _met_sleutel)
    kolommen: list[Kolom | str] = [
        "Opdracht",
        "Soort",
        "Status",
        "Gevraagd",
        "Door",
        Kolom("Pogingen", getal=True),
        "Fout",
    ]
    tabel = maak_tabel("Opdrachten", kolommen, [_job_row(job) for job in page.rijen], leeg="Er zijn geen opdrachten.")
    dead = (
        Job.objects.visible_to(bereik)
        .filter(staat=Job.Staat.DOOD)
        .order_by("soort")
        .values_list("soort")
        .annotate(Count("id"))
    )
    mislukt = [(code, kind_title(code), aantal) for code, aantal in dead]
    return Opdrachten(tabel, page, page.totaal("opdracht", "opdrachten"), mislukt)


def _met_sleutel(jobs: "QuerySet[Job]") -> list[tuple[int, Job]]:
    return [(job.pk, job) for job in jobs]


def _job_row(job: Job) -> list[Cel | Status | str]:
    return [
        Cel(f"Opdracht {job.pk}", reverse("jobs:opdracht", args=[job.pk])),
        job_title(job),
        status_of(job),
        _moment(job.aangemaakt),
        str(job.aanvrager) if job.aanvrager_id else "het portaal",
        str(job.pogingen),
        job.fout,
    ]


def _waarover(params: Mapping[str, Any]) -> str:
    """The parameters of a job as words; those within a parameter count as its own."""
    words = []
    for key, value in sorted(params.items()):
        if isinstance(value, dict):
            words.append(_waarover(value))
        elif isinstance(value, bool):
            words.append(f"{key}: {'ja' if value else 'nee'}")
        else:
            words.append(f"{key}: {value}")
    return ", ".join(word for word in words if word)


def job_facts(job: Job, *, staff: bool) -> list[Gegeven]:
    """What is known of a job; staff also sees what it is about (ids and codes) and how it went."""
    facts = [
        Gegeven("Soort", job_title(job)),
        Gegeven("Status", job.get_staat_display()),
        Gegeven("Gevraagd", _moment(job.aangemaakt)),
        Gegeven("Begonnen", _moment(job.begonnen)),
        Gegeven("Afgerond", _moment(job.klaar_op)),
    ]
    if job.fout:
        facts.append(Gegeven("Wat er misging", job.fout))
    if staff:
        facts.append(Gegeven("Door", str(job.aanvrager) if job.aanvrager_id else "het portaal"))
        facts.append(Gegeven("Pogingen", str(job.pogingen)))
        facts.append(Gegeven("Waarover", _waarover(job.params)))
    return facts


def my_documents(bereik: Bereik, plek: Plek) -> tuple[Tabel, Blad]:
    """The reports that somebody asked for, newest first, each with its file when it is there.  Three queries."""
    if bereik.user_id is None:
        rows = Job.objects.none()
    else:
        rows = Job.objects.filter(aanvrager_id=bereik.user_id, soort="rapport")
    page = blader(rows.defer("geheim"), plek, _met_sleutel)
    jobs: list[Job] = page.rijen
    files = {each.job_id: each for each in Document.objects.servable().filter(job__in=jobs)}
    tabel = maak_tabel(
        "Mijn documenten",
        ["Document", "Status", "Gevraagd", "Bestand"],
        [_document_row(job, files.get(job.pk)) for job in jobs],
        leeg="U hebt nog geen rapporten gevraagd.",
    )
    return tabel, page


def _document_row(job: Job, document: Document | None) -> list[Cel | Status | str]:
    file: Cel | str = "niet meer bewaard" if job.staat == Job.Staat.KLAAR else ""
    if document is not None:
        file = Cel(document.naam, reverse("jobs:document", args=[document.sleutel]))
    return [Cel(job_title(job), reverse("jobs:opdracht", args=[job.pk])), status_of(job), _moment(job.aangemaakt), file]


def offered_reports(bereik: Bereik) -> list[tuple[str, str]]:
    """Code and title of the reports that this person can ask for without choosing anything."""
    return sorted(
        ((each.kind, each.titel) for each in reports() if each.aanbod & bereik.rollen), key=lambda each: each[1]
    )


def is_offered(kind: str, bereik: Bereik) -> bool:
    """Whether this person can ask for report ``kind`` without choosing anything; ``False`` for an unknown one."""
    return any(kind == code for code, _ in offered_reports(bereik))


def soort_choices() -> list[tuple[str, str]]:
    """The kinds of jobs as choices of a filter."""
    return sorted(((code, kind_title(code)) for code in job_kinds()), key=lambda each: each[1].lower())
