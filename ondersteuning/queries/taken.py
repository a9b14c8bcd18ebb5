"""What waits for somebody in applications and on the capaciteitenlijst, for the home page."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, CONCEPT, INGEDIEND, SCHOOL
from ondersteuning.domain.aanzet import DESKUNDIGE, ONTVANGEND, SWV, UITGENODIGDE
from ondersteuning.domain.stand import Bemanning
from ondersteuning.models import Aanvraag, Aanvulling, Advies
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.bemanning import bemanning_van
from ondersteuning.queries.capaciteit import taken_capaciteit
from ondersteuning.queries.sociale_kaart import taken_sociale_kaart
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol
from swv_portal.common.tasks import Taak

HOOGSTENS = 200


def taken(bereik: Bereik, vandaag: date) -> list[Taak]:
    """What waits for this person, or (``wacht_op``) for somebody else, in applications within reach."""
    found: list[Taak] = []
    if bereik.heeft(*SWV_DOSSIER):
        found += [*_taken_bemanning(bereik, vandaag), *_taken_swv(bereik, vandaag)]
        found += taken_sociale_kaart(bereik)
    schools = bereik.plaatsen(*(Rol(role) for role in SCHOOL))
    if schools:
        found += _taken_school(bereik, schools, vandaag)
    asked = bereik.plaatsen(Rol.ORTHOPEDAGOOG)
    if asked:
        found += _taken_ontvangend(bereik, asked)
    return found + taken_capaciteit(bereik, vandaag)


def _geldig(soort: str) -> Exists:
    return Exists(Advies.objects.filter(aanvraag_id=OuterRef("pk"), soort=soort, vervallen_op__isnull=True))


def _met_adviezen(rows: "QuerySet[Aanvraag]") -> "QuerySet[Aanvraag]":
    return rows.annotate(heeft_eerste=_geldig(EERSTE), heeft_tweede=_geldig(TWEEDE))


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


def _rijen(rows: "QuerySet[Aanvraag]") -> list[_Rij]:
    """The first of these applications (``_met_adviezen``, in order).  One query."""
    return [_Rij(*values) for values in rows.values_list(*_Rij._fields)[:HOOGSTENS]]


def _url(pk: int) -> str:
    return reverse("ondersteuning:dossier", args=[pk])


def _wacht_op_ontvangende_school(rows: "QuerySet[Aanvraag]") -> "QuerySet[Aanvraag]":
    """The applications for which the receiving school did not do everything yet."""
    return rows.filter(staat=BIJ_PARTIJEN).filter(
        Q(heeft_eerste=False) | ~Q(plaats_bevestigd=True) | Q(plaats_bevestigd__isnull=True)
    )


def _taken_bemanning(bereik: Bereik, vandaag: date) -> list[Taak]:
    """One task per receiving school where nobody can give the first advice yet; it leads to the oldest application."""
    rows = _wacht_op_ontvangende_school(_met_adviezen(Aanvraag.objects.visible_to(bereik)))
    per_school: dict[int, list[tuple[int, str]]] = {}
    asked = rows.order_by("voorgelegd_op", "pk").values_list("gevraagde_school_id", "pk", "gevraagde_school__naam")
    for school, pk, naam in asked[:HOOGSTENS]:
        per_school.setdefault(school, []).append((pk, naam))
    states = bemanning_van(per_school, vandaag)
    found = []
    for school, waiting in per_school.items():
        (pk, naam), number = waiting[0], len(waiting)
        for_how_many = "1 aanvraag wacht" if number == 1 else f"{number} aanvragen wachten"
        if states[school] is Bemanning.NIEMAND:
            title = f"Nodig een orthopedagoog uit bij {naam} ({for_how_many})"
            found.append(Taak(title, _url(pk), soort="Orthopedagoog uitnodigen"))
        elif states[school] is Bemanning.UITGENODIGD:
            title = f"Advies van {naam} ({for_how_many})"
            found.append(Taak(title, _url(pk), wacht_op=UITGENODIGDE, soort="Uitnodiging nog niet aangenomen"))
    return found


def _taken_swv(bereik: Bereik, vandaag: date) -> list[Taak]:
    """What the SWV decides on, and what it waits for.  One query."""
    asked = Aanvulling.objects.filter(aanvraag_id=OuterRef("pk"), aangevuld_op__isnull=True).order_by("-pk")
    rows = Aanvraag.objects.visible_to(bereik).filter(staat__in=[INGEDIEND, AANVULLING]).order_by("eigen_uiterlijk")
    values = rows.annotate(aanvullen_voor=Subquery(asked.values("uiterlijk")[:1])).values_list(
        "pk", "kenmerk", "staat", "eigen_uiterlijk", "aanvullen_voor"
    )
    found = []
    for pk, kenmerk, staat, until, limit in values[:HOOGSTENS]:
        if staat == INGEDIEND:
            found.append(Taak(f"Besluit op aanvraag {kenmerk}", _url(pk), until, soort="Besluiten op een aanvraag"))
        elif limit is not None and limit < vandaag:
            found.append(Taak(f"Ga verder met aanvraag {kenmerk}", _url(pk), limit, soort="Aanvulling bleef uit"))
        else:
            found.append(
                Taak(f"Aanvulling van {kenmerk}", _url(pk), limit, wacht_op="de school", soort="Aanvulling gevraagd")
            )
    return found


def _taken_school(bereik: Bereik, schools: frozenset[int], vandaag: date) -> list[Taak]:
    own = Aanvraag.objects.visible_to(bereik).lopend().filter(verwijzende_school_id__in=sorted(schools))
    rows = _rijen(_met_adviezen(own).order_by("pk"))
    states = bemanning_van({row.gevraagde_school_id for row in rows if row.gevraagde_school_id is not None}, vandaag)
    limits = dict(
        Aanvulling.objects.filter(
            aanvraag__staat=AANVULLING, aangevuld_op__isnull=True, aanvraag__verwijzende_school_id__in=sorted(schools)
        ).values_list("aanvraag_id", "uiterlijk")
    )
    return [_taak_school(row, limits.get(row.pk), states) for row in rows]


def _taak_school(row: _Rij, limit: date | None, bemanning: Mapping[int, Bemanning]) -> Taak:
    url = _url(row.pk)
    if row.staat == CONCEPT:
        return Taak(f"Vul aanvraag {row.kenmerk} in", url, soort="Aanvraag invullen")
    if row.staat == AANVULLING:
        return Taak(f"Vul aanvraag {row.kenmerk} aan", url, limit, soort="Aanvraag aanvullen")
    if row.staat == INGEDIEND:
        return Taak(f"Besluit over {row.kenmerk}", url, row.eigen_uiterlijk, wacht_op=SWV, soort="Besluit afwachten")
    waits = _wacht_op(row, bemanning.get(row.gevraagde_school_id or 0, Bemanning.AANWEZIG))
    if waits:
        return Taak(f"Adviezen bij {row.kenmerk}", url, wacht_op=waits, soort="Advies afwachten")
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


def _taken_ontvangend(bereik: Bereik, schools: frozenset[int]) -> list[Taak]:
    rows = _wacht_op_ontvangende_school(_met_adviezen(Aanvraag.objects.visible_to(bereik)))
    found = []
    for row in _rijen(rows.filter(gevraagde_school_id__in=sorted(schools)).order_by("voorgelegd_op", "pk")):
        verb = "Bevestig de plaats bij" if row.heeft_eerste else "Geef advies bij"
        found.append(Taak(f"{verb} aanvraag {row.kenmerk}", _url(row.pk), soort="Advies geven"))
    return found
