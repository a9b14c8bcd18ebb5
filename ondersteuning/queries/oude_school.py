"""What still lies at the school that a pupil leaves: a move by hand waits for it, after any other the SWV is told."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse

from ondersteuning.domain import overstap
from ondersteuning.domain.aanvraag import NOOIT_INGEDIEND
from ondersteuning.models import Aanvraag, Leerling, Overstap
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak

HOOGSTENS = 100
SOORT = "Nog bij de vorige school"


def wat_ligt_er_nog(leerling: Leerling) -> list[str]:
    """What only the present school can hand in, finish or withdraw: 'aanvraag A-2526-0001'.  Two queries."""
    rows = leerling.aanvragen.filter(staat__in=sorted(NOOIT_INGEDIEND)).order_by("pk")
    found = [f"aanvraag {reference}" for reference in rows.values_list("kenmerk", flat=True)]
    going = Overstap.objects.filter(leerling=leerling, staat__in=sorted(overstap.LOPEND)).order_by("pk")
    return found + [f"overstap {reference}" for reference in going.values_list("kenmerk", flat=True)]


def vraag_oude_school(bereik: Bereik) -> Iterator[Taakvraag]:
    """For the SWV: what lies at a school where the pupil no longer is, because a procedure moved the pupil."""
    if not bereik.heeft(*SWV_DOSSIER):
        return
    begun = Aanvraag.objects.visible_to(bereik).nooit_ingediend()
    begun = begun.filter(leerling__school__isnull=False, verwijzende_school__isnull=False)
    begun = begun.exclude(leerling__school_id=F("verwijzende_school_id"))
    yield Taakvraag(begun.order_by("pk"), ("pk", "kenmerk"), _taken_aanvraag, HOOGSTENS)
    going = Overstap.objects.visible_to(bereik).lopend().filter(leerling__school__isnull=False)
    going = going.exclude(leerling__school_id=F("van_school_id"))
    yield Taakvraag(going.order_by("pk"), ("pk", "kenmerk"), _taken_overstap, HOOGSTENS)


def _taken_aanvraag(rijen: Rijen) -> Iterator[Taak]:
    for pk, reference in rijen:
        title = f"Vraag de vorige school aanvraag {reference} in te trekken"
        yield Taak(title, reverse("ondersteuning:dossier", args=[pk]), soort=SOORT)


def _taken_overstap(rijen: Rijen) -> Iterator[Taak]:
    for pk, reference in rijen:
        title = f"Laat overstap {reference} vervallen, of vraag de vorige school die in te trekken"
        yield Taak(title, reverse("ondersteuning:overstap", args=[pk]), soort=SOORT)
