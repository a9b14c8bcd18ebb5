"""The list of applications: filters, and rows as plain text."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.urls import reverse

from kernen.models import School
from ondersteuning.domain.aanvraag import (
    AANVULLING,
    BIJ_PARTIJEN,
    CONCEPT,
    GEWEIGERD,
    INGEDIEND,
    INGETROKKEN,
    LOPEND,
    SCHOOL,
    STATEN,
    TOEGEKEND,
)
from ondersteuning.domain.aanzet import PER_STAAT
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.routes import ROUTE_A
from ondersteuning.models import Aanvraag, Leerling, Tlvnummer
from ondersteuning.queries.keuzes import eigen_scholen
from ondersteuning.queries.zoeksleutels import zoeksleutels
from swv_portal.common.dates import datum, datum_met_afstand
from swv_portal.common.paging import TEL_TOT, Blad, Plek, blader
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.screens import Cel, Status, Toon
from swv_portal.common.tasks import Treffer

#: Seconds for which is remembered what the list offers.
KEUZES_BEWAREN = 60

TONEN: dict[str, Toon] = {
    CONCEPT: "neutraal",
    BIJ_PARTIJEN: "bezig",
    INGEDIEND: "bezig",
    AANVULLING: "let_op",
    TOEGEKEND: "goed",
    GEWEIGERD: "fout",
    INGETROKKEN: "neutraal",
}


def status(staat: str) -> Status:
    """A state as a word with an icon."""
    return Status(STATEN[staat], TONEN[staat])


@dataclass(frozen=True)
class Aanvraagfilter:
    """What the list is filtered on; empty means: everything.  ``staat`` may also be ``lopend``."""

    staat: str = ""
    school: int | None = None
    categorie: str = ""
    q: str = ""


def gefilterd(bereik: Bereik, filters: Aanvraagfilter) -> "QuerySet[Aanvraag]":
    """The applications of the list, without anything joined to them yet.

    ``q`` is a part of a reference or a TLV number.  It stands in the address of the list, where a name may never be:
    names are searched by ``zoek`` only.
    """
    found = Aanvraag.objects.visible_to(bereik)
    if filters.staat == "lopend":
        found = found.filter(staat__in=sorted(LOPEND))
    elif filters.staat:
        found = found.filter(staat=filters.staat)
    if filters.school:
        found = found.filter(Q(verwijzende_school_id=filters.school) | Q(ontvangende_school_id=filters.school))
    if filters.categorie:
        found = found.filter(categorie=filters.categorie)
    q = filters.q.strip()
    if q:
        found = found.filter(_op_nummer(q))
    return found


def lijkt_nummer(q: str) -> bool:
    """Could this be a reference or a TLV number?  Both hold a digit; a name does not."""
    return any(char.isdigit() for char in q)


def gevonden(bereik: Bereik, q: str) -> "QuerySet[Aanvraag]":
    """The applications with this reference, TLV number, or words of the name of a pupil.

    Whole words of a name, compared by keyed hash; by name one finds the pupils of the own school, the SWV all.
    """
    q = q.strip()
    return Aanvraag.objects.visible_to(bereik).filter(_op_nummer(q) if lijkt_nummer(q) else _op_naam(bereik, q))


def _op_nummer(q: str) -> Q:
    """A part of a reference, or a whole TLV number, of which the key is looked up first: an index serves each half."""
    number = q.upper()
    tlv = list(Tlvnummer.objects.filter(nummer__in={q, number}).values_list("pk", flat=True))
    return Q(kenmerk__contains=number) | Q(tlvnummer_id__in=tlv) if tlv else Q(kenmerk__contains=number)


def _op_naam(bereik: Bereik, q: str) -> Q:
    """Words of a name; more pupils than the count goes on are not looked at."""
    keys = zoeksleutels(q)
    if not keys:
        return Q(pk__in=[])
    pupils = Leerling.objects.visible_to(bereik).filter(zoeksleutels__contains=keys).order_by("-pk")
    return Q(leerling_id__in=list(pupils.values_list("pk", flat=True)[: TEL_TOT + 1]))


def bladzijde(bereik: Bereik, filters: Aanvraagfilter, plek: Plek, vandaag: date) -> Blad:
    """One page of the list, newest first.  Two queries (a TLV number in ``q`` takes one more), however many rows."""
    return blader(gefilterd(bereik, filters), plek, lambda cut: _rijen(bereik, cut.values("pk"), vandaag))


_KOLOMMEN = ("Kenmerk", "School", "Ontvangende school", "Categorie", "Status", "Aan zet", "Besluit uiterlijk")

_VELDEN = (
    "pk",
    "kenmerk",
    "staat",
    "verwijzende_school_id",
    "verwijzende_school__naam",
    "ontvangende_school__naam",
    "categorie",
    "eigen_uiterlijk",
    "besloten_op",
)
#: Encrypted: read only for who sees them.
_NAAM = ("leerling__voornamen", "leerling__achternaam")


def _rijen(bereik: Bereik, sleutels: "QuerySet[Any, Any]", vandaag: date) -> list[tuple[int, list[Cel | Status | str]]]:
    """Keys with their rows as plain text.  One query, in which the keys are found before anything is joined.

    The name of the pupil is shown to the own school only; the SWV opens the dossier for it, which is logged.
    """
    own = _eigen(bereik)
    base = reverse("ondersteuning:dossier", args=[0]).removesuffix("0/")
    rows = Aanvraag.objects.filter(pk__in=sleutels)  # keys within reach
    values = rows.values_list(*_VELDEN, *(_NAAM if own else ()))
    return [
        (
            pk,
            [
                Cel(kenmerk, f"{base}{pk}/"),
                *([(" ".join(name).strip() or "nog geen naam") if school_id in own else "–"] if own else []),
                school,
                receiving or "–",
                CATEGORIENAMEN.get(category, "–"),
                Status(STATEN[state], TONEN[state]),
                PER_STAAT[state] or "–",
                _wanneer(state, until, decided, vandaag),
            ],
        )
        for pk, kenmerk, state, school_id, school, receiving, category, until, decided, *name in values
    ]


def _eigen(bereik: Bereik) -> frozenset[int]:
    return bereik.plaatsen(*(Rol(role) for role in SCHOOL))


def kolommen(bereik: Bereik) -> list[str]:
    """The headers of the list; a column with names only for who has pupils of the own school."""
    return [_KOLOMMEN[0], *(["Leerling"] if _eigen(bereik) else []), *_KOLOMMEN[1:]]


def _wanneer(staat: str, uiterlijk: date | None, besloten: date | None, vandaag: date) -> str:
    if besloten is not None:
        return f"besloten op {datum(besloten)}"
    if uiterlijk is None or staat == INGETROKKEN:
        return "–"
    return f"{datum(uiterlijk)} (staat stil)" if staat == AANVULLING else datum_met_afstand(uiterlijk, vandaag)


def _sleutel(bereik: Bereik, wat: str) -> str:
    reach = " ".join(sorted(f"{held.rol}:{held.plaats_id}" for held in bereik.toekenningen))
    return f"ondersteuning.{wat}.{hashlib.sha256(reach.encode()).hexdigest()}"


@dataclass(frozen=True)
class Keuzes:
    """What the screen of the list offers: schools to filter on (key as text, name), and whether one may begin."""

    scholen: list[tuple[str, str]]
    mag_beginnen: bool


def keuzes(bereik: Bereik) -> Keuzes:
    """What the list offers within this reach.  Every application is looked at for it: once a minute is enough."""
    key = _sleutel(bereik, "keuzes")
    known = cache.get(key)
    if known is None:
        known = (_scholen(bereik), bool(eigen_scholen(bereik, ROUTE_A.code)))
        cache.set(key, known, KEUZES_BEWAREN)
    return Keuzes(*known)


def _scholen(bereik: Bereik) -> list[tuple[str, str]]:
    """The schools that stand in applications within reach."""
    seen = Aanvraag.objects.visible_to(bereik).order_by()
    schools = School.objects.filter(
        Q(pk__in=seen.values("verwijzende_school_id")) | Q(pk__in=seen.values("ontvangende_school_id"))
    )
    return [(str(pk), name) for pk, name in schools.order_by("naam", "pk").values_list("pk", "naam")]


def zoek(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """Applications that match a reference, a TLV number or (own school, SWV) the name of a pupil."""
    if len(q.strip()) < 2:
        return []
    found = gevonden(bereik, q).order_by("-pk")
    return [
        Treffer(
            f"Aanvraag {kenmerk}",
            f"TLV, {school}, {STATEN[staat].lower()}",
            reverse("ondersteuning:dossier", args=[pk]),
        )
        for pk, kenmerk, school, staat in found.values_list("pk", "kenmerk", "verwijzende_school__naam", "staat")[
            :hoeveel
        ]
    ]
