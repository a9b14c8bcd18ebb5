"""The list of applications: filters, and rows as plain text."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.urls import reverse

from kernen.models import School
from ondersteuning.domain.aanvraag import (
    AANVULLING,
    BEEINDIGD,
    BIJ_PARTIJEN,
    CONCEPT,
    GEWEIGERD,
    INGEDIEND,
    INGETROKKEN,
    LOPEND,
    MET_TLV,
    STATEN,
    TOEGEKEND,
    WORDT_VERSTUURD,
)
from ondersteuning.domain.besluit import staat_voor
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.routes import ROUTES, Beginplaats, Deelnemer, met
from ondersteuning.models import Aanvraag, Leerling, Tlvnummer
from ondersteuning.queries.aanzet import TOEVOEGEN, VELDEN, Gevraagd, gevraagd_van
from ondersteuning.queries.beginnen import mijn_routes
from ondersteuning.queries.zoeksleutels import zoeksleutels
from ondersteuning.querysets import op_kenmerk
from swv_portal.common.dates import datum, datum_met_afstand
from swv_portal.common.paging import TEL_TOT, Blad, Plek, blader
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Status, Toon
from swv_portal.common.tasks import Treffer

#: Seconds for which is remembered what the list offers.
KEUZES_BEWAREN = 60

TONEN: dict[str, Toon] = {
    CONCEPT: "neutraal",
    BIJ_PARTIJEN: "bezig",
    INGEDIEND: "bezig",
    AANVULLING: "let_op",
    WORDT_VERSTUURD: "bezig",
    TOEGEKEND: "goed",
    GEWEIGERD: "fout",
    BEEINDIGD: "let_op",
    INGETROKKEN: "neutraal",
}


def status(staat: str, route: str) -> Status:
    """A state as a word with an icon; on a route without experts only the parents are asked."""
    only_parents = staat == BIJ_PARTIJEN and not ROUTES[route].vraagt(Deelnemer.TWEEDE_DESKUNDIGE)
    return Status("Bij de ouders" if only_parents else STATEN[staat], TONEN[staat])


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
        found = found.filter(staat__in=_staten(filters.staat, _is_swv(bereik)))
    if filters.school:
        found = found.filter(Q(verwijzende_school_id=filters.school) | Q(ontvangende_school_id=filters.school))
    if filters.categorie:
        found = found.filter(categorie=filters.categorie)
    q = filters.q.strip()
    if q:
        found = found.filter(_op_nummer(bereik, q))
    return found


def _is_swv(bereik: Bereik) -> bool:
    return bereik.heeft(*SWV_DOSSIER)


def _staten(staat: str, is_swv: bool) -> set[str]:
    """The states that this person knows by this one: outside the SWV a decision that waits lies with the SWV."""
    return {each for each in STATEN if staat_voor(each, is_swv=is_swv) == staat}


def staatkeuzes(bereik: Bereik) -> list[tuple[str, str]]:
    """The states to filter on."""
    return [(code, name) for code, name in STATEN.items() if code != WORDT_VERSTUURD or _is_swv(bereik)]


def lijkt_nummer(q: str) -> bool:
    """Could this be a reference or a TLV number?  Both hold a digit; a name does not."""
    return any(char.isdigit() for char in q)


def gevonden(bereik: Bereik, q: str) -> "QuerySet[Aanvraag]":
    """The applications with this reference, TLV number, or words of the name of a pupil.

    Whole words of a name, compared by keyed hash; by name one finds what the list shows too.
    """
    q = q.strip()
    return Aanvraag.objects.visible_to(bereik).filter(_op_nummer(bereik, q) if lijkt_nummer(q) else _op_naam(bereik, q))


def _op_nummer(bereik: Bereik, q: str) -> Q:
    """A part of a reference, or a whole TLV number, of which the key is looked up first: an index serves each half.

    Outside the SWV a number exists from the moment that its letter went out.
    """
    number = q.upper()
    tlv = list(Tlvnummer.objects.filter(nummer__in={q, number}).values_list("pk", flat=True))
    if not tlv:
        return op_kenmerk(q)
    known = Q(tlvnummer_id__in=tlv) if _is_swv(bereik) else Q(tlvnummer_id__in=tlv, staat__in=sorted(MET_TLV))
    return op_kenmerk(q) | known


def _op_naam(bereik: Bereik, q: str) -> Q:
    """Words of a name, also of a pupil of elsewhere whose application one may read.

    More pupils than the count goes on are not looked at.
    """
    keys = zoeksleutels(q)
    if not keys:
        return Q(pk__in=[])
    rows = Leerling.objects.visible_to(bereik)
    if not _is_swv(bereik):
        seen = Aanvraag.objects.visible_to(bereik).order_by().values("leerling_id")
        rows = rows | Leerling.objects.filter(pk__in=seen)
    pupils = rows.filter(zoeksleutels__contains=keys).order_by("-pk")
    return Q(leerling_id__in=list(pupils.values_list("pk", flat=True)[: TEL_TOT + 1]))


def bladzijde(bereik: Bereik, filters: Aanvraagfilter, plek: Plek, vandaag: date) -> Blad:
    """One page of the list, newest first.  Two queries (a TLV number in ``q`` takes one more), however many rows."""
    return blader(gefilterd(bereik, filters), plek, lambda cut: _rijen(bereik, cut.values("pk"), vandaag))


_KOLOMMEN = ("Kenmerk", "School", "Ontvangende school", "Categorie", "Status", "Gevraagd van", "Besluit uiterlijk")

_VELDEN = (
    "pk",
    "kenmerk",
    "staat",
    "verwijzende_school_id",
    "deelnemende_school_id",
    "route",
    "verwijzende_school__naam",
    "instelling__naam",
    "ontvangende_school__naam",
    "categorie",
    "eigen_uiterlijk",
    "besloten_op",
)


class _Rij(NamedTuple):
    """What ``_VELDEN`` gives, by name."""

    pk: int
    kenmerk: str
    staat: str
    school_id: int | None
    deelnemend_id: int | None
    route: str
    school: str | None
    instelling: str | None
    ontvangend: str | None
    categorie: str
    uiterlijk: date | None
    besloten_op: date | None


#: Encrypted: read only for who sees them.
_NAAM = ("leerling__voornamen", "leerling__achternaam")


def _rijen(bereik: Bereik, sleutels: "QuerySet[Any, Any]", vandaag: date) -> list[tuple[int, list[Cel | Status | str]]]:
    """Keys with their rows as plain text.  One query, in which the keys are found before anything is joined.

    The name of the pupil is shown to the own school only; the SWV opens the dossier for it, which is logged.
    """
    own, is_swv = _eigen(bereik), _is_swv(bereik)
    base = reverse("ondersteuning:dossier", args=[0]).removesuffix("0/")
    rows = Aanvraag.objects.filter(pk__in=sleutels).annotate(**TOEVOEGEN)  # keys within reach
    values = rows.values_list(*_VELDEN, *VELDEN, *(_NAAM if own else ()))
    found = []
    for value in values:
        row, rest = _Rij(*value[: len(_VELDEN)]), value[len(_VELDEN) :]
        asked, name = Gevraagd(*rest[: len(VELDEN)]), rest[len(VELDEN) :]
        state = staat_voor(row.staat, is_swv=is_swv)
        decided = row.besloten_op if is_swv or row.staat != WORDT_VERSTUURD else None
        cells: list[Cel | Status | str] = [Cel(row.kenmerk, f"{base}{row.pk}/")]
        if own:
            cells.append(_naam(row, name, own))
        cells += [
            row.school or row.instelling or "–",
            row.ontvangend or "–",
            CATEGORIENAMEN.get(row.categorie, "–"),
            status(state, row.route),
            gevraagd_van(state, row.route, asked) or "–",
            _wanneer(row.staat, row.uiterlijk, decided, vandaag),
        ]
        found.append((row.pk, cells))
    return found


def _naam(rij: _Rij, naam: Any, eigen: frozenset[int]) -> str:
    """The name of the pupil, for the school that the pupil is (going to be) of; the others open the dossier."""
    mine = rij.school_id in eigen or (rij.deelnemend_id in eigen and rij.route in met(begin=Beginplaats.ONTVANGEND))
    return (" ".join(naam).strip() or "nog geen naam") if mine else "–"


def _eigen(bereik: Bereik) -> frozenset[int]:
    return bereik.plaatsen(*SCHOOLROLLEN)


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
        known = (_scholen(bereik), bool(mijn_routes(bereik)))
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
    """Applications that match a reference, a TLV number or the name of a pupil."""
    if len(q.strip()) < 2:
        return []
    found, is_swv = gevonden(bereik, q).order_by("-pk"), _is_swv(bereik)
    return [
        Treffer(
            f"Aanvraag {kenmerk}",
            f"TLV, {school or instelling or 'ander gebied'}, {_staatnaam(staat, is_swv=is_swv).lower()}",
            reverse("ondersteuning:dossier", args=[pk]),
        )
        for pk, kenmerk, school, instelling, staat in found.values_list(
            "pk", "kenmerk", "verwijzende_school__naam", "instelling__naam", "staat"
        )[:hoeveel]
    ]


def _staatnaam(staat: str, *, is_swv: bool) -> str:
    return STATEN[staat_voor(staat, is_swv=is_swv)]
