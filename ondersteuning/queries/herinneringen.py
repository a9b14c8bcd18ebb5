"""What is asked of whom in an application, since when, and when they were last reminded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN
from ondersteuning.domain.besluit import staat_voor
from ondersteuning.domain.herinneringen import (
    PARTIJEN,
    VRAAGT_ALTIJD,
    VRAAGT_INSTELLING,
    VRAAGT_OUDERS,
    Vraag,
    Wie,
    open_vraag,
)
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.routes import ROUTES, Beginplaats, Deelnemer, Route, met
from ondersteuning.models import Aanvraag, Aanvulling, Herinnering, Partij, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.aanzet import advies_is_er, ouders_die_nog_tekenen
from ondersteuning.queries.lijst import status
from ondersteuning.querysets import is_er
from swv_portal.common.dates import datum
from swv_portal.common.paging import TEL_TOT, Blad, Plek, blader
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol
from swv_portal.common.screens import Status
from swv_portal.common.words import met_hoofdletter


@dataclass(frozen=True)
class Vraagregel:
    """One thing that is asked: of whom, what, since when; ``sleutel`` names it in the form that reminds."""

    wie: str
    wat: str
    sinds: str
    herinnerd: str
    sleutel: str
    mag: bool


@dataclass(frozen=True)
class Gevraagd:
    """An application with everything that is asked now.  ``leerling`` is filled for the own school only."""

    pk: int
    kenmerk: str
    url: str
    leerling: str
    status: Status
    vragen: list[Vraagregel]
    slot: str


def partijen_van(aanvragen: Iterable[int]) -> "QuerySet[Partij]":
    """The parties of these applications who were asked, with ``gezien`` and ``herinnerd``.  No name is read."""
    seen = Zienswijze.objects.geldig().filter(partij_id=OuterRef("pk"))
    reminded = Herinnering.objects.filter(partij_id=OuterRef("pk")).order_by("-op").values("op")[:1]
    rows = Partij.objects.filter(aanvraag_id__in=list(aanvragen), uitgenodigd_op__isnull=False)
    return (
        rows.only("aanvraag_id", "soort", "volgnummer", "uitgenodigd_op")
        .annotate(gezien=Exists(seen), herinnerd=Subquery(reminded))
        .order_by("soort", "volgnummer")
    )


def vraag_aan(partij: Partij, *, staat: str, tweede_advies: bool, gezien: bool) -> Vraag:
    """What is asked of somebody with a personal link."""
    who = PARTIJEN[partij.soort]
    done = {Wie.OUDER: gezien, Wie.TWEEDE_DESKUNDIGE: tweede_advies}
    completes = who is Wie.INSTELLING and staat == AANVULLING
    return Vraag(who, partij.label, partij.uitgenodigd_op, done.get(who, False), aanvullen=completes)


def vraag_aan_ontvanger(
    *, route: str, sinds: date | None, eerste_advies: bool, plaats: bool | None, school: str
) -> Vraag:
    """What is asked of the receiving school; a route without a first expert asks it for the place only."""
    advised = eerste_advies or not ROUTES[route].vraagt(Deelnemer.EERSTE_DESKUNDIGE)
    label = school or "de ontvangende school"
    return Vraag(Wie.ONTVANGEND, label, sinds, advised and plaats is True, alleen_plaats=advised)


def vraag_aan_school(gevraagd_op: date | None, *, route: str) -> Vraag:
    """The completion that the SWV asked for, of who does the application; an institution is asked as a party."""
    asked = gevraagd_op is not None and not ROUTES[route].vraagt(Deelnemer.INSTELLING)
    return Vraag(Wie.SCHOOL, ROUTES[route].indiener, gevraagd_op, not asked)


def te_vragen(bereik: Bereik) -> "QuerySet[Aanvraag]":
    """The applications within reach in which something is asked of somebody outside the SWV, not closed and not new."""
    _, parents, institution = _redenen()
    states = sorted({*VRAAGT_ALTIJD, *VRAAGT_OUDERS, VRAAGT_INSTELLING})
    # All in these states, less those of whom nothing is asked: said so, the planner sees how few those are, and that
    # the index of what runs gives them in order.
    return Aanvraag.objects.visible_to(bereik).filter(
        _eigen_aanvraag(bereik),
        ~Q(staat__in=sorted(VRAAGT_OUDERS)) | parents,
        ~Q(staat=VRAAGT_INSTELLING) | institution,
        staat__in=states,
    )


def _redenen() -> tuple[Q, Q, Q]:
    """Why something is asked, each in states of its own: of any party, of the parents, of an institution.

    Together they are ``domain.herinneringen.vraagt_iets``.
    """
    invited = Partij.objects.filter(aanvraag_id=OuterRef("pk"), uitgenodigd_op__isnull=False)
    return (
        Q(staat__in=sorted(VRAAGT_ALTIJD)),
        Q(staat__in=sorted(VRAAGT_OUDERS)) & Q(is_er(ouders_die_nog_tekenen())),
        Q(staat=VRAAGT_INSTELLING, instelling__isnull=False) & Q(is_er(invited)),
    )


def _geteld(bereik: Bereik, aanvraag: int | None) -> int:
    """How many there are, up to one more than is counted; parents are looked up only as far as that takes."""
    own = Aanvraag.objects.visible_to(bereik).filter(_eigen_aanvraag(bereik)).order_by()
    if aanvraag is not None:
        own = own.filter(pk=aanvraag)
    first, *others = (own.filter(reason).values("pk") for reason in _redenen())
    return first.union(*others, all=True)[: TEL_TOT + 1].count()


def _eigen_aanvraag(bereik: Bereik) -> Q:
    """Outside the SWV: the applications that the own school does, not those in which it is asked something itself."""
    if bereik.heeft(*SWV_DOSSIER):
        return Q()
    own = sorted(bereik.plaatsen(*SCHOOLROLLEN))
    boards = sorted(bereik.plaatsen(Rol.SCHOOLBESTUURDER))
    return (
        Q(verwijzende_school_id__in=own)
        | Q(deelnemende_school_id__in=own, route__in=met(begin=Beginplaats.ONTVANGEND))
        | Q(indienend_bestuur_id__in=boards)
    )


_VELDEN = (
    "pk",
    "kenmerk",
    "staat",
    "route",
    "verwijzende_school_id",
    "voorgelegd_op",
    "ontvangende_school__naam",
    "gevraagde_school_id",
    "plaats_bevestigd",
    "heeft_eerste",
    "heeft_tweede",
    "aanvullen_sinds",
    "herinnerd_ontvanger",
    "herinnerd_school",
    "leerling__voornamen",
    "leerling__achternaam",
)


def bladzijde(bereik: Bereik, plek: Plek, *, aanvraag: int | None = None) -> Blad:
    """A page of what is asked, the newest application first.  Three queries, however many rows."""
    rows = te_vragen(bereik)
    if aanvraag is not None:
        rows = rows.filter(pk=aanvraag)
    return blader(rows, plek, lambda cut: _regels(bereik, cut.values("pk")), geteld=_geteld(bereik, aanvraag))


def _regels(bereik: Bereik, sleutels: "QuerySet[Any, Any]") -> list[tuple[int, Gevraagd]]:
    found = [dict(zip(_VELDEN, values, strict=True)) for values in _rijen(sleutels).values_list(*_VELDEN)]
    per_aanvraag: dict[int, list[Partij]] = {}
    for party in partijen_van(row["pk"] for row in found):
        per_aanvraag.setdefault(party.aanvraag_id, []).append(party)
    own, is_swv = bereik.plaatsen(*SCHOOLROLLEN), bereik.heeft(*SWV_DOSSIER)
    for row in found:
        # That a decision waits to be sent is not for others to see.
        row["staat"] = staat_voor(row["staat"], is_swv=False)
    return [(row["pk"], _gevraagd(row, per_aanvraag.get(row["pk"], []), own, is_swv=is_swv)) for row in found]


def _rijen(sleutels: "QuerySet[Any, Any]") -> "QuerySet[Any]":
    asked = Aanvulling.objects.filter(aangevuld_op__isnull=True)
    reminded = Herinnering.objects.filter(aanvraag_id=OuterRef("pk")).order_by("-op").values("op")
    return Aanvraag.objects.filter(pk__in=sleutels).annotate(
        heeft_eerste=advies_is_er(EERSTE),
        heeft_tweede=advies_is_er(TWEEDE),
        aanvullen_sinds=Subquery(asked.filter(aanvraag_id=OuterRef("pk")).values("gevraagd_op")[:1]),
        herinnerd_ontvanger=Subquery(reminded.filter(wie=Wie.ONTVANGEND)[:1]),
        herinnerd_school=Subquery(reminded.filter(wie=Wie.SCHOOL)[:1]),
    )


def _gevraagd(row: Mapping[str, Any], parties: list[Partij], own: frozenset[int], *, is_swv: bool) -> Gevraagd:
    asked = [*_van_partijen(row, parties), *_van_scholen(row, is_swv=is_swv)]
    mine = row["verwijzende_school_id"] in own
    name = f"{row['leerling__voornamen']} {row['leerling__achternaam']}".strip() if mine else ""
    last = _slot(ROUTES[row["route"]], {wie for wie, _ in asked}) if row["staat"] == BIJ_PARTIJEN else ""
    return Gevraagd(
        pk=row["pk"],
        kenmerk=row["kenmerk"],
        url=reverse("ondersteuning:dossier", args=[row["pk"]]),
        leerling=name,
        status=status(row["staat"], row["route"]),
        vragen=[line for _, line in asked],
        slot=last,
    )


def _slot(route: Route, gevraagd: set[Wie]) -> str:
    """What comes next when nobody is asked anything but parents; they hold it up only where they must say yes."""
    if gevraagd - {Wie.OUDER}:
        return ""
    who = met_hoofdletter(route.indiener)
    if "ouders_akkoord" in route.punten:
        return "" if gevraagd else f"De ouders hebben geantwoord. Zijn zij het eens? {who} kan dan indienen."
    done = "De adviezen zijn er. " if route.vraagt(Deelnemer.TWEEDE_DESKUNDIGE) else ""
    return f"{done}{who} kan de aanvraag indienen."


def _van_partijen(row: Mapping[str, Any], parties: list[Partij]) -> list[tuple[Wie, Vraagregel]]:
    found = []
    for party in parties:
        facts = vars(party)
        asked = vraag_aan(party, staat=row["staat"], tweede_advies=row["heeft_tweede"], gezien=facts["gezien"])
        if open_vraag(row["staat"], asked):
            found.append((asked.wie, _regel(asked, facts["herinnerd"], f"partij-{party.pk}")))
    return found


def _van_scholen(row: Mapping[str, Any], *, is_swv: bool) -> list[tuple[Wie, Vraagregel]]:
    receiver = vraag_aan_ontvanger(
        route=row["route"],
        sinds=row["voorgelegd_op"] if row["gevraagde_school_id"] else None,
        eerste_advies=row["heeft_eerste"],
        plaats=row["plaats_bevestigd"],
        school=row["ontvangende_school__naam"],
    )
    school = vraag_aan_school(row["aanvullen_sinds"], route=row["route"])
    pairs = ((receiver, row["herinnerd_ontvanger"], True), (school, row["herinnerd_school"], is_swv))
    return [
        (asked.wie, _regel(asked, last, str(asked.wie), mag=may))
        for asked, last, may in pairs
        if open_vraag(row["staat"], asked)
    ]


def _regel(vraag: Vraag, laatste: date | None, sleutel: str, *, mag: bool = True) -> Vraagregel:
    return Vraagregel(
        wie=met_hoofdletter(vraag.label),
        wat=vraag.wat,
        sinds=datum(vraag.sinds) if vraag.sinds else "–",
        herinnerd=f"herinnerd op {datum(laatste)}" if laatste else "nog niet herinnerd",
        sleutel=sleutel,
        mag=mag,
    )


def laatste_herinnering(aanvraag: Aanvraag, wie: Wie, partij: Partij | None) -> date | None:
    """The day on which this party was reminded last."""
    rows = Herinnering.objects.filter(aanvraag=aanvraag, wie=str(wie), partij=partij)
    return rows.aggregate(laatste=Max("op"))["laatste"]
