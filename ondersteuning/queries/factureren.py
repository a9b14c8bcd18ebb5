"""Places that another SWV pays: what is invoiced to whom, without names.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.6 (a yearly invoice per SWV).
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ondersteuning.domain.plaatsing import CATEGORIENAMEN, Kostendrager, Periode, Soort
from ondersteuning.models import Plaatsing
from ondersteuning.querysets import raakt
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Bereik


@dataclass(frozen=True)
class Factuurregel:
    """One place in one school year; ``maanden`` are the months of it on at least one day of which the place ran."""

    code: str
    naam: str
    verwijzing: str
    tlvnummer: str
    school: str
    vestigingscode: str
    categorie: str
    van: date
    tot: date
    maanden: int


def maanden_tussen(van: date, tot: date) -> int:
    """How many calendar months have a day from ``van`` to ``tot``."""
    return (tot.year - van.year) * 12 + tot.month - van.month + 1


def factuurregels(bereik: Bereik, jaar: Schooljaar) -> list[Factuurregel]:
    """The places of a plaatsingsakkoord that run in this school year, per SWV.  One query."""
    running = Periode((Soort.TLV,), jaar.eerste_dag, jaar.laatste_dag)
    rows = (
        Plaatsing.objects.visible_to(bereik)
        .filter(raakt(running), kostendrager=str(Kostendrager.ANDER_SWV), aanvraag__ander_swv_code__gt="")
        .select_related("aanvraag", "school_ontvangend")
        .order_by("aanvraag__ander_swv_code", "verwijzing")
    )
    return [_regel(row, jaar) for row in rows]


def _regel(plaats: Plaatsing, jaar: Schooljaar) -> Factuurregel:
    since = max(plaats.begin, jaar.eerste_dag)
    until = min(plaats.einde or jaar.laatste_dag, jaar.laatste_dag)
    aanvraag, school = plaats.aanvraag, plaats.school_ontvangend
    return Factuurregel(
        code=aanvraag.ander_swv_code if aanvraag else "",
        naam=aanvraag.ander_swv_naam if aanvraag else "",
        verwijzing=plaats.verwijzing,
        tlvnummer=aanvraag.ander_tlvnummer if aanvraag else "",
        school=school.naam if school else "",
        vestigingscode=school.vestigingscode if school else "",
        categorie=CATEGORIENAMEN.get(plaats.categorie, ""),
        van=since,
        tot=until,
        maanden=maanden_tussen(since, until),
    )


def per_swv(regels: list[Factuurregel]) -> list[tuple[str, list[Factuurregel]]]:
    """The same, gathered per SWV, as 'name (code)' and its lines."""
    return [
        (f"{code_name[1]} ({code_name[0]})", list(found))
        for code_name, found in groupby(regels, key=lambda regel: (regel.code, regel.naam))
    ]
