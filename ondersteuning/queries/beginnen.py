"""What somebody can start: the routes, the schools for it, and the TLV's that it can follow."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kernen.models import School
from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.domain.overstap import DEFINITIEF
from ondersteuning.domain.routes import ROUTES, Beginplaats, Route
from ondersteuning.models import Aanvraag, Jeugdhulpinstelling, Overstap, Plaatsing, Schoolperiode, Terugplaatsing
from swv_portal.common.dates import lange_datum, plus_jaren
from swv_portal.common.scoping import Bereik

#: A TLV that ended this long ago is not continued any more.
VERVOLG_JAREN = 1


def scholen_voor(bereik: Bereik, route: Route) -> list[tuple[int, str]]:
    """The schools for which this person may start this route, as key and name."""
    found: dict[int, str] = {}
    for place, kinds in ((Beginplaats.SCHOOL, route.van), (Beginplaats.ONTVANGEND, route.naar)):
        mine = bereik.plaatsen(*route.begin.get(place, frozenset()))
        rows = School.objects.visible_to(bereik).actief().filter(pk__in=sorted(mine), soort__in=sorted(kinds))
        if route.alleen_ikc:
            rows = rows.filter(is_ikc=True)
        found |= dict(rows.values_list("pk", "naam"))
    boards = bereik.plaatsen(*route.begin.get(Beginplaats.BESTUUR, frozenset()))
    own = School.objects.visible_to(bereik).actief().filter(bestuur_id__in=sorted(boards), soort__in=sorted(route.van))
    found |= dict(own.values_list("pk", "naam"))
    return sorted(found.items(), key=lambda choice: (choice[1].casefold(), choice[0]))


def begint_bij_swv(bereik: Bereik, route: Route) -> bool:
    """Does this person start the route from the SWV?"""
    return bereik.heeft(*route.begin.get(Beginplaats.SWV, frozenset()))


def mijn_routes(bereik: Bereik) -> list[Route]:
    """The routes that this person may start today.  One query per route that starts at a school."""
    return [
        route
        for route in ROUTES.values()
        if route.start_zelf and (begint_bij_swv(bereik, route) or scholen_voor(bereik, route))
    ]


def tlvs_op(school_id: int) -> "QuerySet[Aanvraag]":
    """The TLV's with which pupils came to this school: that is their school now, whoever applied for the TLV.

    Not of a pupil who left: who is at a third school, was here before, went back to a regular school, or of whom the
    place ended before the TLV did.  Not limited to a reach: the caller shows them only to who may start an application
    for this very school.
    """
    not_moved = Q(leerling__school_id=F("verwijzende_school_id")) | Q(
        leerling__school__isnull=True, verwijzende_school__isnull=True
    )
    was_here = Schoolperiode.objects.filter(leerling_id=OuterRef("leerling_id"), school_id=school_id)
    of_this = Q(van_school_id=school_id, leerling_id=OuterRef("leerling_id"), overstap_op__gte=OuterRef("geldig_van"))
    back = Terugplaatsing.objects.filter(of_this | Q(tlv_plaats__aanvraag=OuterRef("pk")), staat=DEFINITIEF)
    ended = Plaatsing.objects.filter(aanvraag_id=OuterRef("pk"), einde__lt=OuterRef("geldig_tot"))
    granted = Aanvraag.objects.filter(
        Q(leerling__school_id=school_id) | (not_moved & ~Exists(was_here)),
        ~Exists(back),
        ~Exists(ended),
        ontvangende_school_id=school_id,
        staat=TOEGEKEND,
        tlvnummer__isnull=False,
    )
    return granted.select_related("leerling", "tlvnummer", "ontvangende_school").order_by("geldig_tot", "pk")


def te_vervolgen(school_id: int, vandaag: date) -> list[tuple[int, str]]:
    """The TLV's at this school that can be continued, as key and 'name (number, until when)'."""
    since = plus_jaren(vandaag, -VERVOLG_JAREN)
    return [
        (row.pk, f"{row.leerling.naam} ({row.tlvnummer}, tot en met {lange_datum(row.geldig_tot)})")
        for row in tlvs_op(school_id).filter(geldig_tot__gte=since)
        if row.geldig_tot is not None
    ]


def lopende_overstappen(bereik: Bereik, leerlingen: Collection[int]) -> dict[int, str]:
    """For each of these pupils (keys) who has a running overstap within reach: its reference.  One query."""
    rows = Overstap.objects.visible_to(bereik).lopend().filter(leerling_id__in=sorted(leerlingen)).order_by("-pk")
    return dict(rows.values_list("leerling_id", "kenmerk"))


def instellingen_met_mandaat(bereik: Bereik, vandaag: date) -> list[tuple[int, str]]:
    """The institutions that can apply on route D today, as key and name."""
    rows = Jeugdhulpinstelling.objects.visible_to(bereik).gemandateerd(vandaag)
    return list(rows.order_by("naam").values_list("pk", "naam"))


def dag_na(dag: date | None) -> date | None:
    """The first day of a TLV that follows one until ``dag``."""
    return None if dag is None else dag + timedelta(days=1)
