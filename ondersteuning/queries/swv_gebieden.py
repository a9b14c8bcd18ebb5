"""The table of SWV areas: how full it is, whose a postcode is, and who decides on an application."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from kernen.models import Samenwerkingsverband
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from ondersteuning.domain.welk_swv import ANDER_SWV, Feiten, Gebied, Uitspraak, swv_van_nummer, welk_swv
from ondersteuning.models import Aanvraag, Plaatsing, SwvGebied


@dataclass(frozen=True)
class Tabelstand:
    """How many postcodes and SWV's the table has, and from when it is."""

    postcodes: int
    verbanden: int
    ingelezen_op: date | None


def tabelstand() -> Tabelstand:
    found = SwvGebied.objects.aggregate(
        postcodes=Count("pk"), verbanden=Count("swv_code", distinct=True), ingelezen_op=Max("ingelezen_op")
    )
    return Tabelstand(**found)


def eigen_code() -> str:
    """The registration number of this SWV."""
    return Samenwerkingsverband.objects.order_by("pk").values_list("registratienummer", flat=True).first() or ""


def gebieden(*postcodes: str) -> dict[str, Gebied]:
    """The area of each postcode (four digits) that is in the table."""
    rows = SwvGebied.objects.filter(pc4__in=[code for code in postcodes if code])
    return {pc4: Gebied(code, name) for pc4, code, name in rows.values_list("pc4", "swv_code", "swv_naam")}


def _gebied_van(postcode: str) -> Subquery:
    rows = SwvGebied.objects.filter(pc4=OuterRef(postcode))
    return Subquery(rows.values(gebied=JSONObject(code="swv_code", naam="swv_naam"))[:1])


def _plaats(**same: OuterRef) -> Subquery:
    """The newest TLV place that these fields find, with who pays it and of which SWV it is when it is not ours."""
    rows = Plaatsing.objects.filter(soort=str(Soort.TLV), **same).exclude(aanvraag_id=OuterRef("pk"))
    facts = JSONObject(betaler="kostendrager", code="aanvraag__ander_swv_code", naam="aanvraag__ander_swv_naam")
    return Subquery(rows.order_by("-begin", "-pk").values(plaats=facts)[:1])


def met_gebieden(rows: "QuerySet[Aanvraag]") -> "QuerySet[Aanvraag]":
    """The same applications with what ``welk_swv_van`` needs of them, in the same query."""
    own = Samenwerkingsverband.objects.order_by("pk").values("registratienummer")[:1]
    return rows.annotate(
        swv_feiten=JSONObject(
            eigen=Subquery(own),
            woonplaats=_gebied_van("woon_pc4"),
            school=_gebied_van("verwijzende_school__pc4"),
            tabel=Exists(SwvGebied.objects.all()),
            plaats_nummer=_plaats(
                verwijzing=OuterRef("vorig_tlvnummer"), school_ontvangend=OuterRef("verwijzende_school_id")
            ),
            plaats_leerling=_plaats(aanvraag__leerling=OuterRef("leerling_id")),
        )
    )


def tabel_bij(aanvraag: Aanvraag) -> bool:
    """Is there a table?  The application comes from ``met_gebieden``."""
    return bool(vars(aanvraag)["swv_feiten"]["tabel"])


def welk_swv_van(aanvraag: Aanvraag) -> Uitspraak | None:
    """Who decides on this application, which comes from ``met_gebieden``.

    ``None`` when it is clear that another SWV gave the TLV.  A pupil of route D who is enrolled, and of whom no school
    stands in the application, is at the ITK or at a regular school of our own area.
    """
    if "ander_swv" in aanvraag.de_route.punten:
        return None
    facts = vars(aanvraag)["swv_feiten"]
    school = aanvraag.verwijzende_school
    # What the portal knows of a school goes before its postcode.
    other = Gebied(school.swv_code, ANDER_SWV.capitalize()) if school and school.swv_code else None
    return welk_swv(
        Feiten(
            eigen_code=facts["eigen"] or "",
            ingeschreven=not aanvraag.nergens_ingeschreven,
            school_in_regio=school is None or not school.buiten_regio,
            school=other or (Gebied(**facts["school"]) if facts["school"] else None),
            woon_pc4=aanvraag.woon_pc4,
            woonplaats=Gebied(**facts["woonplaats"]) if facts["woonplaats"] else None,
            woont=aanvraag.woont_in_gebied,
            tabel=facts["tabel"],
            op_speciaal=school is not None and school.soort != "BAO",
            tlv_van=_tlv_van(aanvraag, facts),
        )
    )


def _tlv_van(aanvraag: Aanvraag, feiten: dict[str, Any]) -> Gebied | None:
    """Of which SWV the TLV is that the pupil has.

    The place with the number that was typed goes first, then what the number says itself, then the newest place that
    the portal knows of this pupil.
    """
    own, code, place = feiten["eigen"] or "", swv_van_nummer(aanvraag.vorig_tlvnummer), feiten["plaats_nummer"]
    if place is None and code:
        return Gebied(code, ANDER_SWV)
    place = place or feiten["plaats_leerling"]
    if place is None:
        return None
    if place["betaler"] != Kostendrager.ANDER_SWV:
        return Gebied(own, ANDER_SWV)
    return Gebied(place["code"] or (code if code != own else ""), place["naam"] or ANDER_SWV)
