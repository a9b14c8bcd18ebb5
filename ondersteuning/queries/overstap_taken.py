"""What waits for somebody in overstappen, for the home page."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F
from django.urls import reverse

from ondersteuning.domain.overstap import BIJ_SWV, CONCEPT, GEVRAAGD, Overstapsoort
from ondersteuning.domain.rollen import SCHOOL_EN_SWV, SCHOOLROLLEN
from ondersteuning.models import Overstap
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak

HOOGSTENS = 200
#: For so long it is a task that a pupil was not moved; the page of the overstap says it for as long as that is kept.
KIJK_DAGEN = 31
_SWV = "het samenwerkingsverband"


class _Rij(NamedTuple):
    """What a task needs of a case; the texts stay where they are."""

    pk: int
    kenmerk: str
    soort: str
    staat: str
    van_school_id: int
    gevraagde_school_id: int | None
    van_klaar: object
    naar_klaar: object
    gesprek: object
    toestemming_op: object


def vraag_overstap(bereik: Bereik, vandaag: date) -> Iterator[Taakvraag]:
    """The cases within reach that wait for somebody, oldest first; for the SWV also who turned out to be elsewhere."""
    if bereik.heeft(*SWV_DOSSIER):
        yield _vraag_elders(bereik, vandaag)
    if not bereik.heeft(*SCHOOL_EN_SWV):
        return
    rows = Overstap.objects.visible_to(bereik).lopend().order_by("sinds", "pk")
    if bereik.heeft(*SWV_DOSSIER) and not bereik.plaatsen(*SCHOOLROLLEN):
        rows = rows.filter(staat=BIJ_SWV)
    rows = rows.annotate(
        van_klaar=F("baobao__van_bevestigd_op"),
        naar_klaar=F("baobao__naar_bevestigd_op"),
        gesprek=F("terugplaatsing__gesprek_op"),
    )

    def taken(found: Rijen) -> Iterator[Taak]:
        for each in found:
            yield from _taken(_Rij(*each), bereik)

    yield Taakvraag(rows, _Rij._fields, taken, HOOGSTENS)


def _vraag_elders(bereik: Bereik, vandaag: date) -> Taakvraag:
    """Cases that were definite, of which the pupil was at a third school on the day, as long as that is so."""
    rows = Overstap.objects.visible_to(bereik).filter(niet_verplaatst_op__gt=vandaag - timedelta(days=KIJK_DAGEN))
    rows = rows.exclude(leerling__school_id=F("naar_school_id")).order_by("pk")

    def taken(found: Rijen) -> Iterator[Taak]:
        for pk, reference in found:
            title = f"Kijk naar overstap {reference}: de leerling was al op een andere school"
            yield Taak(title, reverse("ondersteuning:overstap", args=[pk]), soort="Overstap ging niet door")

    return Taakvraag(rows, ("pk", "kenmerk"), taken, HOOGSTENS)


def _taken(row: _Rij, bereik: Bereik) -> Iterator[Taak]:
    url = reverse("ondersteuning:overstap", args=[row.pk])
    van = row.van_school_id in bereik.plaatsen(*SCHOOLROLLEN)
    naar = row.gevraagde_school_id in bereik.plaatsen(*SCHOOLROLLEN)
    if row.staat == CONCEPT and van:
        yield Taak(f"Leg overstap {row.kenmerk} voor", url, soort="Overstap invullen")
    elif row.staat == BIJ_SWV and bereik.heeft(*SWV_DOSSIER):
        yield Taak(f"Maak terugplaatsing {row.kenmerk} definitief", url, soort="Terugplaatsing definitief maken")
    elif row.staat == BIJ_SWV:
        yield Taak(f"Terugplaatsing {row.kenmerk}", url, wacht_op=_SWV, soort="Terugplaatsing afwachten")
    elif row.staat == GEVRAAGD and row.soort == Overstapsoort.BAOBAO:
        yield from _bevestigen(row, bereik, url)
    elif row.staat == GEVRAAGD and not (row.gesprek and row.toestemming_op) and (van or naar):
        yield Taak(f"Leg het startgesprek vast bij {row.kenmerk}", url, soort="Startgesprek vastleggen")
    elif row.staat == GEVRAAGD and naar:
        yield Taak(f"Bevestig de komst van de leerling bij {row.kenmerk}", url, soort="Terugplaatsing bevestigen")
    elif row.staat == GEVRAAGD and van:
        yield Taak(f"Bevestiging bij {row.kenmerk}", url, wacht_op="de nieuwe school", soort="Bevestiging afwachten")


def _bevestigen(row: _Rij, bereik: Bereik, url: str) -> Iterator[Taak]:
    directs = bereik.plaatsen(Rol.SCHOOLDIRECTEUR)
    mine = (row.van_school_id in directs and not row.van_klaar) or (
        row.gevraagde_school_id in directs and not row.naar_klaar
    )
    if mine:
        yield Taak(f"Bevestig overstap {row.kenmerk}", url, soort="Overstap bevestigen")
    else:
        yield Taak(
            f"Bevestiging van overstap {row.kenmerk}", url, wacht_op="een directeur", soort="Bevestiging afwachten"
        )
