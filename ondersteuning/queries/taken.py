"""What waits for somebody in applications and on the capaciteitenlijst, for the home page."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, CONCEPT, INGEDIEND, OUDER, WORDT_VERSTUURD
from ondersteuning.domain.aanzet import DESKUNDIGE, DIRECTEUR, ONTVANGEND, SWV, UITGENODIGDE
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.routes import ROUTES, Beginplaats, Deelnemer, met
from ondersteuning.domain.stand import Bemanning
from ondersteuning.models import Aanvraag, Aanvulling, Advies, Bestuursadvies, Onderzoek, Partij, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.aanwezigheid import vraag_aanwezigheid
from ondersteuning.queries.bemanning import bemanning_van
from ondersteuning.queries.besluit import vraag_versturen
from ondersteuning.queries.bestuursadviezen import vraag_bestuursadvies, vraag_nog_een_jaar
from ondersteuning.queries.bezwaar import vraag_bezwaar
from ondersteuning.queries.capaciteit import taken_capaciteit
from ondersteuning.queries.consulententaken import vraag_consulenten
from ondersteuning.queries.dubbelen import vraag_dubbelen
from ondersteuning.queries.evaluatiegesprekken import vraag_gesprekken
from ondersteuning.queries.oude_school import vraag_oude_school
from ondersteuning.queries.overeenkomsttaken import vraag_overeenkomsten
from ondersteuning.queries.overstap_taken import vraag_overstap
from ondersteuning.queries.radarvragen import vraag_radar
from ondersteuning.queries.sociale_kaart import taken_sociale_kaart
from ondersteuning.querysets import is_er
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol
from swv_portal.common.taskqueries import Rijen, Taakvraag, taken_uit
from swv_portal.common.tasks import Taak

HOOGSTENS = 200


def taken(bereik: Bereik, vandaag: date) -> list[Taak]:
    """What waits for this person, or (``wacht_op``) for somebody else, in every room of ondersteuning.

    One query for the rooms together; who can advise at receiving schools, and the two lists of schools that are kept
    up to date, are asked separately.
    """
    found = taken_uit(_vragen(bereik, vandaag))
    return [*found, *taken_sociale_kaart(bereik), *taken_capaciteit(bereik, vandaag)]


def _vragen(bereik: Bereik, vandaag: date) -> Iterator[Taakvraag]:
    if bereik.heeft(*SWV_DOSSIER):
        yield from (_vraag_bemanning(bereik, vandaag), _vraag_swv(bereik, vandaag), _vraag_swv_begonnen(bereik))
    schools = bereik.plaatsen(*SCHOOLROLLEN)
    boards = bereik.plaatsen(Rol.SCHOOLBESTUURDER)
    if schools or boards:
        yield _vraag_school(bereik, schools, boards, vandaag)
    if schools:
        yield _vraag_basisschool(bereik, schools)
    asked = bereik.plaatsen(Rol.ORTHOPEDAGOOG)
    if asked:
        yield _vraag_ontvangend(bereik, asked)
    yield from vraag_bestuursadvies(bereik)
    yield from vraag_nog_een_jaar(bereik, vandaag)
    yield from vraag_bezwaar(bereik)
    yield from vraag_versturen(bereik)
    yield from vraag_overeenkomsten(bereik, vandaag)
    yield from vraag_consulenten(bereik, vandaag)
    yield from vraag_dubbelen(bereik)
    yield from vraag_overstap(bereik, vandaag)
    yield from vraag_oude_school(bereik)
    yield from vraag_radar(bereik)
    yield from vraag_gesprekken(bereik, vandaag)
    yield from vraag_aanwezigheid(bereik, vandaag)


def _geldig(soort: str, deelnemer: Deelnemer) -> ExpressionWrapper:
    """Is this advice there, or is it not asked on this route?"""
    given = is_er(Advies.objects.geldig().filter(aanvraag_id=OuterRef("pk"), soort=soort))
    return ExpressionWrapper(Q(given) | ~Q(route__in=met(deelnemer=deelnemer)), output_field=BooleanField())


def _met_adviezen(rows: "QuerySet[Aanvraag]") -> "QuerySet[Aanvraag]":
    return rows.annotate(
        heeft_eerste=_geldig(EERSTE, Deelnemer.EERSTE_DESKUNDIGE),
        heeft_tweede=_geldig(TWEEDE, Deelnemer.TWEEDE_DESKUNDIGE),
        heeft_ouders=_ouders_eens(),
        aanvullen_voor=_aanvullen_voor(),
    )


def _ouders_eens() -> ExpressionWrapper:
    """Did every parent say yes, or is that not asked on this route?"""
    yes = Zienswijze.objects.geldig().filter(partij_id=OuterRef("pk"), eens=True)
    parents = Partij.objects.filter(aanvraag_id=OuterRef("pk"), soort=OUDER, uitgenodigd_op__isnull=False)
    asked = [route.code for route in ROUTES.values() if "ouders_akkoord" in route.punten]
    return ExpressionWrapper(~Q(route__in=asked) | ~Exists(parents.filter(~Exists(yes))), output_field=BooleanField())


def _aanvullen_voor() -> Subquery:
    """Until when the school may complete the application; nothing when that was not asked."""
    asked = Aanvulling.objects.filter(aanvraag_id=OuterRef("pk"), aangevuld_op__isnull=True).order_by("-pk")
    return Subquery(asked.values("uiterlijk")[:1])


class _Rij(NamedTuple):
    """What a task needs of an application.  Its texts stay where they are: each would have to be decrypted."""

    pk: int
    kenmerk: str
    staat: str
    gevraagde_school_id: int | None
    plaats_bevestigd: bool | None
    eigen_uiterlijk: date | None
    heeft_eerste: bool
    heeft_tweede: bool
    heeft_ouders: bool
    aanvullen_voor: date | None


class _Swvrij(NamedTuple):
    """What a task of the SWV needs of an application.

    ``onderzocht``: the independent investigation is there.  ``gevraagd``: members were asked for advice; ``wacht``: one
    of them still answers, and none said no.
    """

    pk: int
    kenmerk: str
    staat: str
    eigen_uiterlijk: date | None
    aanvullen_voor: date | None
    route: str
    onderzocht: bool
    gevraagd: bool
    wacht: bool


_DATUMS = frozenset({"eigen_uiterlijk", "aanvullen_voor"})


def _url(pk: int) -> str:
    return reverse("ondersteuning:dossier", args=[pk])


def _wacht_op_ontvangende_school(rows: "QuerySet[Aanvraag]") -> "QuerySet[Aanvraag]":
    """The applications for which the receiving school did not do everything yet."""
    return rows.filter(staat=BIJ_PARTIJEN).filter(
        Q(heeft_eerste=False) | ~Q(plaats_bevestigd=True) | Q(plaats_bevestigd__isnull=True)
    )


def _vraag_bemanning(bereik: Bereik, vandaag: date) -> Taakvraag:
    """One task per receiving school where nobody can give the first advice yet; it leads to the oldest application."""
    rows = _wacht_op_ontvangende_school(_met_adviezen(Aanvraag.objects.visible_to(bereik)))
    rows = rows.filter(route__in=met(deelnemer=Deelnemer.EERSTE_DESKUNDIGE)).order_by("voorgelegd_op", "pk")
    fields = ("gevraagde_school_id", "pk", "gevraagde_school__naam")
    return Taakvraag(rows, fields, lambda found: _taken_bemanning(found, vandaag), HOOGSTENS)


def _taken_bemanning(rijen: Rijen, vandaag: date) -> Iterator[Taak]:
    per_school: dict[int, list[tuple[int, str]]] = {}
    for school, pk, naam in rijen:
        per_school.setdefault(school, []).append((pk, naam))
    states = bemanning_van(per_school, vandaag)
    for school, waiting in per_school.items():
        (pk, naam), number = waiting[0], len(waiting)
        for_how_many = "1 aanvraag wacht" if number == 1 else f"{number} aanvragen wachten"
        if states[school] is Bemanning.NIEMAND:
            title = f"Nodig een orthopedagoog uit bij {naam} ({for_how_many})"
            yield Taak(title, _url(pk), soort="Orthopedagoog uitnodigen")
        elif states[school] is Bemanning.UITGENODIGD:
            title = f"Advies van {naam} ({for_how_many})"
            yield Taak(title, _url(pk), wacht_op=UITGENODIGDE, soort="Uitnodiging nog niet aangenomen")


def _vraag_swv(bereik: Bereik, vandaag: date) -> Taakvraag:
    """What the SWV decides on, and what it waits for."""
    rows = Aanvraag.objects.visible_to(bereik).filter(staat__in=[INGEDIEND, AANVULLING]).order_by("eigen_uiterlijk")
    asked = Bestuursadvies.objects.filter(aanvraag_id=OuterRef("pk"))
    rows = rows.annotate(
        aanvullen_voor=_aanvullen_voor(),
        onderzocht=Exists(Onderzoek.objects.filter(aanvraag_id=OuterRef("pk"))),
        gevraagd=Exists(asked),
        wacht=Exists(asked.filter(gegeven_op__isnull=True)) & ~Exists(asked.filter(steunt=False)),
    )
    return Taakvraag(rows, _Swvrij._fields, lambda found: _taken_swv(found, bereik.rollen, vandaag), HOOGSTENS, _DATUMS)


def _taken_swv(rijen: Rijen, rollen: frozenset[Rol], vandaag: date) -> Iterator[Taak]:
    for row in (_Swvrij(*each) for each in rijen):
        url, limit = _url(row.pk), row.aanvullen_voor
        if row.staat == INGEDIEND:
            yield _te_besluiten(row, rollen)
        elif limit is not None and limit < vandaag:
            yield Taak(f"Ga verder met aanvraag {row.kenmerk}", url, limit, soort="Aanvulling bleef uit")
        else:
            waits = ROUTES[row.route].de_indiener
            yield Taak(f"Aanvulling van {row.kenmerk}", url, limit, wacht_op=waits, soort="Aanvulling gevraagd")


def _te_besluiten(row: _Swvrij, rollen: frozenset[Rol]) -> Taak:
    """What the SWV does first: on some routes there is more before the decision, or only the director decides."""
    url, until, points = _url(row.pk), row.eigen_uiterlijk, ROUTES[row.route].punten
    if "onderzoek" in points and not row.onderzocht:
        return Taak(f"Leg het onderzoek vast bij aanvraag {row.kenmerk}", url, until, soort="Onafhankelijk onderzoek")
    if "unaniem" in points and not row.gevraagd:
        return Taak(f"Vraag twee leden om advies bij aanvraag {row.kenmerk}", url, until, soort="Advies van leden")
    title = f"Besluit op aanvraag {row.kenmerk}"
    if "unaniem" in points and row.wacht:
        return Taak(title, url, until, wacht_op="leden van de algemene vergadering", soort="Advies afwachten")
    if rollen & procedure_van(row.route).step("ken_toe").rollen:
        return Taak(title, url, until, soort="Besluiten op een aanvraag")
    return Taak(title, url, until, wacht_op=DIRECTEUR, soort="Besluit afwachten")


def _vraag_school(bereik: Bereik, schools: frozenset[int], boards: frozenset[int], vandaag: date) -> Taakvraag:
    """What those who do an application still have to do: at a school, or at a board."""
    mine = Q(verwijzende_school_id__in=sorted(schools)) & Q(route__in=met(begin=Beginplaats.SCHOOL))
    mine |= Q(deelnemende_school_id__in=sorted(schools)) & Q(route__in=met(begin=Beginplaats.ONTVANGEND))
    mine |= Q(indienend_bestuur_id__in=sorted(boards))
    own = Aanvraag.objects.visible_to(bereik).lopend().filter(mine)

    def taken_school(found: Rijen) -> list[Taak]:
        rows = [_Rij(*each) for each in found]
        asked = {row.gevraagde_school_id for row in rows if row.gevraagde_school_id is not None}
        states = bemanning_van(asked, vandaag)
        return [_taak_school(row, states) for row in rows]

    return Taakvraag(_met_adviezen(own).order_by("pk"), _Rij._fields, taken_school, HOOGSTENS, _DATUMS)


def _taak_school(row: _Rij, bemanning: Mapping[int, Bemanning]) -> Taak:
    url = _url(row.pk)
    if row.staat == CONCEPT:
        return Taak(f"Vul aanvraag {row.kenmerk} in", url, soort="Aanvraag invullen")
    if row.staat == AANVULLING:
        return Taak(f"Vul aanvraag {row.kenmerk} aan", url, row.aanvullen_voor, soort="Aanvraag aanvullen")
    if row.staat in {INGEDIEND, WORDT_VERSTUURD}:  # of a decision that waits the school knows nothing
        return Taak(f"Besluit over {row.kenmerk}", url, row.eigen_uiterlijk, wacht_op=SWV, soort="Besluit afwachten")
    waits = _wacht_op(row, bemanning.get(row.gevraagde_school_id or 0, Bemanning.AANWEZIG))
    if waits:
        return Taak(f"Adviezen bij {row.kenmerk}", url, wacht_op=waits, soort="Advies afwachten")
    if not row.heeft_ouders:
        return Taak(f"Antwoord van de ouders bij {row.kenmerk}", url, wacht_op="de ouders", soort="Antwoord afwachten")
    return Taak(f"Dien aanvraag {row.kenmerk} in", url, soort="Aanvraag indienen")


#: For whom the school waits when it waits for the receiving school.
_NAMENS_ONTVANGEND = {Bemanning.AANWEZIG: ONTVANGEND, Bemanning.UITGENODIGD: UITGENODIGDE, Bemanning.NIEMAND: SWV}


def _wacht_op(row: _Rij, bemanning: Bemanning) -> str:
    waits = []
    if not row.heeft_eerste or row.plaats_bevestigd is not True:
        waits.append(_NAMENS_ONTVANGEND[bemanning])
    if not row.heeft_tweede:
        waits.append(DESKUNDIGE)
    return " en ".join(waits)


def _vraag_basisschool(bereik: Bereik, schools: frozenset[int]) -> Taakvraag:
    """A regular school that is asked for a place: its IB'er and director answer."""
    rows = Aanvraag.objects.visible_to(bereik).filter(staat=BIJ_PARTIJEN, plaats_bevestigd__isnull=True)
    asked = rows.filter(deelnemende_school_id__in=sorted(schools), gevraagde_school_id__in=sorted(schools))

    def taken_basisschool(found: Rijen) -> Iterator[Taak]:
        for pk, kenmerk in found:
            yield Taak(f"Bevestig de plaats bij aanvraag {kenmerk}", _url(pk), soort="Plaats bevestigen")

    return Taakvraag(asked.order_by("voorgelegd_op", "pk"), ("pk", "kenmerk"), taken_basisschool, HOOGSTENS)


def _vraag_swv_begonnen(bereik: Bereik) -> Taakvraag:
    """What the SWV started and is not handed in yet: its own, or waiting for the institution."""
    rows = Aanvraag.objects.visible_to(bereik).nooit_ingediend().filter(route__in=met(begin=Beginplaats.SWV))
    rows = rows.filter(deelnemende_school__isnull=True) | rows.exclude(instelling__isnull=True)

    def taken_begonnen(found: Rijen) -> Iterator[Taak]:
        for pk, kenmerk, route in found:
            waits = ROUTES[route].indiener if ROUTES[route].vraagt(Deelnemer.INSTELLING) else ""
            yield Taak(f"Vul aanvraag {kenmerk} in", _url(pk), wacht_op=waits, soort="Aanvraag invullen")

    return Taakvraag(rows.order_by("pk"), ("pk", "kenmerk", "route"), taken_begonnen, HOOGSTENS)


def _vraag_ontvangend(bereik: Bereik, schools: frozenset[int]) -> Taakvraag:
    rows = _wacht_op_ontvangende_school(_met_adviezen(Aanvraag.objects.visible_to(bereik)))
    rows = rows.filter(gevraagde_school_id__in=sorted(schools)).order_by("voorgelegd_op", "pk")

    def taken_ontvangend(found: Rijen) -> Iterator[Taak]:
        for row in (_Rij(*each) for each in found):
            verb = "Bevestig de plaats bij" if row.heeft_eerste else "Geef advies bij"
            yield Taak(f"{verb} aanvraag {row.kenmerk}", _url(row.pk), soort="Advies geven")

    return Taakvraag(rows, _Rij._fields, taken_ontvangend, HOOGSTENS, _DATUMS)
