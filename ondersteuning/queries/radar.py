"""TLV's that end on a 31 July: what was agreed, what was asked of the school, and what it answered.

The school's side of it is in ``radarvragen.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from kernen.models import School
from ondersteuning.domain.aanvraag import STATEN, TOEGEKEND
from ondersteuning.domain.overstap import DEFINITIEF, LOPEND
from ondersteuning.domain.plaatsing import CATEGORIENAMEN, MET_CATEGORIE
from ondersteuning.domain.radar import ANTWOORDNAMEN, Antwoord
from ondersteuning.domain.routes import MET_TLV
from ondersteuning.domain.terugplaatsing import TERUGPLAATSING
from ondersteuning.models import Aanvraag, Plaatsing, Terugplaatsing
from ondersteuning.querysets import OverstapQuerySet
from swv_portal.common.dates import datum, datum_met_afstand
from swv_portal.common.money import dutch_count
from swv_portal.common.paging import TEL_TOT, Blad, Plek, blader
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Status

NIET_GEVRAAGD, WACHT = "niet_gevraagd", "wacht"
#: What the radar can be limited to.
STANDEN: Mapping[str, str] = {
    NIET_GEVRAAGD: "Nog niet gevraagd",
    WACHT: "Wacht op antwoord",
    **{str(code): f"Antwoord: {ANTWOORDNAMEN[code]}" for code in Antwoord},
}


@dataclass(frozen=True)
class Radarfilter:
    """The day on which the TLV's end; a school and a stand, or everything."""

    einde: date
    school: int | None = None
    stand: str = ""


@dataclass(frozen=True)
class Radarrij:
    """One TLV that ends.  ``kiesbaar``: its school was not asked yet and can be."""

    pk: int
    nummer: str
    url: str
    school: str
    categorie: str
    terugkeer: str
    stand: Status
    toelichting: str
    vervolg: tuple[Cel, ...]
    kiesbaar: bool
    met_reden: bool


def aflopend(bereik: Bereik, filters: Radarfilter) -> "QuerySet[Aanvraag]":
    """The TLV's within reach that end on that day and were not withdrawn, those of another SWV included."""
    rows = Aanvraag.objects.visible_to(bereik).filter(staat=TOEGEKEND, geldig_tot=filters.einde, route__in=MET_TLV)
    if filters.school:
        rows = rows.filter(ontvangende_school_id=filters.school)
    return rows.filter(_op_stand(filters.stand))


def _op_stand(stand: str) -> Q:
    if stand == NIET_GEVRAAGD:
        return Q(radarvraag__isnull=True)
    if stand == WACHT:
        return Q(radarvraag__antwoord="", radarvraag__isnull=False)
    return Q(radarvraag__antwoord=stand) if stand else Q()


_VELDEN = (
    "pk",
    "nummer",
    "ontvangende_school_id",
    "ontvangende_school__naam",
    "categorie",
    "terugkeer_moment",
    "geen_terugkeer_reden",
    "radarvraag__gevraagd_op",
    "radarvraag__uiterlijk",
    "radarvraag__antwoord",
    "radarvraag__toelichting",
    "vervolg_pk",
    "vervolg_kenmerk",
    "vervolg_staat",
    "terug_pk",
    "terug_kenmerk",
    "terug_staat",
)


def tlvnummer_bij(pad: str = "") -> Coalesce:
    """The number of a TLV as people know it, in a query: ours, else that of the other SWV, else the reference."""
    other = NullIf(F(f"{pad}ander_tlvnummer"), Value(""))
    return Coalesce(F(f"{pad}tlvnummer__nummer"), other, F(f"{pad}kenmerk"))


def tlvnummer_van(aanvraag: Aanvraag) -> str:
    """The same of one application."""
    return aanvraag.tlvnummer.nummer if aanvraag.tlvnummer else aanvraag.ander_tlvnummer or aanvraag.kenmerk


def terugplaatsingen_na(aanvraag: int | OuterRef) -> OverstapQuerySet:
    """The terugplaatsingen that end this TLV and were not withdrawn, newest first."""
    rows = Terugplaatsing.objects.filter(tlv_plaats__aanvraag=aanvraag, staat__in=[*LOPEND, DEFINITIEF])
    return rows.order_by("-pk")


def radarblad(
    bereik: Bereik, filters: Radarfilter, plek: Plek, vandaag: date, *, stand: "Radarstand | None" = None
) -> Blad:
    """A page of the radar.  Two queries; one when ``stand`` of that day is known and nothing is left out."""
    everything = filters == Radarfilter(filters.einde)
    counted = min(stand.aflopend, TEL_TOT + 1) if stand is not None and everything else None
    return blader(aflopend(bereik, filters), plek, lambda cut: _rijen(cut.values("pk"), vandaag), geteld=counted)


def _rijen(sleutels: "QuerySet[Any, Any]", vandaag: date) -> list[tuple[int, Radarrij]]:
    later = Aanvraag.objects.filter(vorige_id=OuterRef("pk")).order_by("-pk")
    back = terugplaatsingen_na(OuterRef("pk"))
    rows = Aanvraag.objects.filter(pk__in=sleutels).annotate(
        nummer=tlvnummer_bij(),
        terug_pk=Subquery(back.values("pk")[:1]),
        terug_kenmerk=Subquery(back.values("kenmerk")[:1]),
        terug_staat=Subquery(back.values("staat")[:1]),
        vervolg_pk=Subquery(later.values("pk")[:1]),
        vervolg_kenmerk=Subquery(later.values("kenmerk")[:1]),
        vervolg_staat=Subquery(later.values("staat")[:1]),
    )
    found = (dict(zip(_VELDEN, values, strict=True)) for values in rows.values_list(*_VELDEN))
    return [(row["pk"], _rij(row, vandaag)) for row in found]


def _rij(row: Mapping[str, Any], vandaag: date) -> Radarrij:
    moment, reason = row["terugkeer_moment"], row["geen_terugkeer_reden"]
    return Radarrij(
        pk=row["pk"],
        nummer=row["nummer"],
        url=reverse("ondersteuning:dossier", args=[row["pk"]]),
        school=row["ontvangende_school__naam"] or "–",
        categorie=CATEGORIENAMEN.get(row["categorie"], "–"),
        terugkeer=f"mogelijk op {datum(moment)}" if moment else f"niet afgesproken: {reason}" if reason else "–",
        stand=_stand(row, vandaag),
        toelichting=row["radarvraag__toelichting"] or "",
        vervolg=_vervolg(row),
        kiesbaar=row["radarvraag__gevraagd_op"] is None and row["ontvangende_school_id"] is not None,
        met_reden=bool(not moment and reason) or bool(row["radarvraag__toelichting"]),
    )


def _stand(row: Mapping[str, Any], vandaag: date) -> Status:
    if row["radarvraag__gevraagd_op"] is None:
        return Status("nog niet gevraagd", "neutraal")
    answer, until = row["radarvraag__antwoord"], row["radarvraag__uiterlijk"]
    if answer:
        return Status(ANTWOORDNAMEN[answer], "goed" if answer != Antwoord.ANDERS else "bezig")
    sentence = f"gevraagd op {datum(row['radarvraag__gevraagd_op'])}, antwoord {datum_met_afstand(until, vandaag)}"
    return Status(sentence, "let_op" if until < vandaag else "bezig")


def _vervolg(row: Mapping[str, Any]) -> tuple[Cel, ...]:
    """What came after it: an application that prolongs the TLV, a terugplaatsing that ends it."""
    found = []
    if row["vervolg_pk"] is not None:
        text = f"{row['vervolg_kenmerk']} ({STATEN[row['vervolg_staat']].lower()})"
        found.append(Cel(text, reverse("ondersteuning:dossier", args=[row["vervolg_pk"]])))
    if row["terug_pk"] is not None:
        text = f"{row['terug_kenmerk']} ({TERUGPLAATSING.staten[row['terug_staat']].lower()})"
        found.append(Cel(text, reverse("ondersteuning:overstap", args=[row["terug_pk"]])))
    return tuple(found)


@dataclass(frozen=True)
class Radarstand:
    """How far the radar of one day is, and how many imported places end then without a dossier here."""

    aflopend: int
    gevraagd: int
    beantwoord: int
    ingelezen: int

    @property
    def zin(self) -> str:
        ending = dutch_count(self.aflopend, "TLV loopt", "TLV's lopen")
        text = f"{ending} af. "
        asked = f"Over {self.gevraagd} is de school gevraagd, {self.beantwoord} zijn beantwoord."
        if not self.ingelezen:
            return text + asked
        places = dutch_count(self.ingelezen, "ingelezen plaatsing eindigt", "ingelezen plaatsingen eindigen")
        return f"{text}{asked} Ook {places} dan. Daarvan is hier geen dossier."


def radarstand(bereik: Bereik, einde: date) -> Radarstand:
    """One query."""
    imported = Plaatsing.objects.visible_to(bereik).filter(
        einde=einde, soort__in=sorted(MET_CATEGORIE), aanvraag__isnull=True
    )
    answered = Count("radarvraag", ~Q(radarvraag__antwoord=""))
    tlvs = _geteld(aflopend(bereik, Radarfilter(einde)), Count("pk"), Count("radarvraag"), answered, Value(0))
    places = _geteld(imported, Value(0), Value(0), Value(0), Count("pk"))
    ending, asked, done, read = (sum(each) for each in zip((0, 0, 0, 0), *tlvs.union(places, all=True), strict=True))
    return Radarstand(aflopend=ending, gevraagd=asked, beantwoord=done, ingelezen=read)


def _geteld(rows: "QuerySet[Any]", *tellingen: Count | Value) -> "QuerySet[Any]":
    """One row with these counts; none when there is nothing to count."""
    named = {f"telling_{number}": each for number, each in enumerate(tellingen)}
    return rows.order_by().annotate(samen=Value(1)).values("samen").annotate(**named).values_list(*named)


def radarscholen(bereik: Bereik, einde: date) -> list[tuple[str, str]]:
    """The schools where pupils are whose TLV ends on that day."""
    rows = aflopend(bereik, Radarfilter(einde)).order_by().values("ontvangende_school_id")
    schools = School.objects.filter(pk__in=rows).order_by("naam", "pk")
    return [(str(pk), name) for pk, name in schools.values_list("pk", "naam")]
