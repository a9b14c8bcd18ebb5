"""What waits for somebody in agreements, for the home page."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from ondersteuning.domain.overeenkomst import BIJ_SCHOLEN, BIJ_SWV, CONCEPT, LOPEND, Soort
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Overeenkomst
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak

HOOGSTENS = 100
#: So many days before the end the school is asked what comes next.
VOORAF_DAGEN = 30


def vraag_overeenkomsten(bereik: Bereik, vandaag: date) -> Iterator[Taakvraag]:
    """What to fill in, sign, decide or talk about, in agreements within reach."""
    if bereik.heeft(*SWV_DOSSIER):
        yield _vraag_swv(bereik)
    schools = bereik.plaatsen(*SCHOOLROLLEN)
    if schools:
        yield _vraag_school(bereik, schools, vandaag)


def _url(pk: int) -> str:
    return reverse("ondersteuning:overeenkomst", args=[pk])


def _vraag_swv(bereik: Bereik) -> Taakvraag:
    rows = Overeenkomst.objects.visible_to(bereik).filter(staat=BIJ_SWV).order_by("sinds", "pk")

    def taken(found: Rijen) -> Iterator[Taak]:
        for pk, kenmerk, begin in found:
            yield Taak(f"Beslis over overeenkomst {kenmerk}", _url(pk), begin, soort="Beslissen over een overeenkomst")

    return Taakvraag(rows, ("pk", "kenmerk", "begin"), taken, HOOGSTENS, frozenset({"begin"}))


def _vraag_school(bereik: Bereik, schools: frozenset[int], vandaag: date) -> Taakvraag:
    soon = vandaag + timedelta(days=VOORAF_DAGEN)
    own, asked = Q(school_id__in=sorted(schools)), Q(gevraagde_school_id__in=sorted(schools))
    busy = own & Q(staat__in=[CONCEPT, BIJ_SCHOLEN, BIJ_SWV])
    ending = own & Q(staat=LOPEND, einde__gte=vandaag, einde__lte=soon) & ~Q(soort=Soort.DWS)
    rows = Overeenkomst.objects.visible_to(bereik).filter(busy | ending | (asked & Q(staat=BIJ_SCHOLEN))).order_by("pk")
    directs = bereik.plaatsen(Rol.SCHOOLDIRECTEUR)
    fields = (
        "pk",
        "kenmerk",
        "staat",
        "school_id",
        "gevraagde_school_id",
        "getekend_school_op",
        "getekend_andere_op",
        "einde",
    )

    def taken(found: Rijen) -> Iterator[Taak]:
        for pk, kenmerk, state, school, other, signed, other_signed, end in found:
            waiting = {place for place, day in ((school, signed), (other, other_signed)) if day is None}
            yield from _taak(pk, kenmerk, state, mine=school in schools, teken=bool(waiting & directs), einde=end)

    return Taakvraag(rows, fields, taken, HOOGSTENS, frozenset({"einde"}))


def _taak(pk: int, kenmerk: str, staat: str, *, mine: bool, teken: bool, einde: date | None) -> list[Taak]:
    url = _url(pk)
    if staat == CONCEPT:
        return [Taak(f"Maak overeenkomst {kenmerk} af", url, soort="Overeenkomst invullen")]
    if staat == BIJ_SCHOLEN and teken:
        return [Taak(f"Teken overeenkomst {kenmerk}", url, soort="Overeenkomst tekenen")]
    if staat == BIJ_SCHOLEN:
        waits = "een directeur" if mine else ""
        return (
            [Taak(f"Handtekening bij {kenmerk}", url, wacht_op=waits, soort="Handtekening afwachten")] if mine else []
        )
    if staat == BIJ_SWV:
        swv = "het samenwerkingsverband"
        return [Taak(f"Beslissing over {kenmerk}", url, wacht_op=swv, soort="Beslissing afwachten")]
    return [Taak(f"Bespreek hoe het verdergaat na {kenmerk}", url, einde, soort="Overeenkomst loopt af")]
