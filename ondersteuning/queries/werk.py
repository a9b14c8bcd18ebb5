"""The way to applications from the home page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from ondersteuning.domain.aanvraag import INGEDIEND, STATEN
from ondersteuning.domain.besluit import staat_voor
from ondersteuning.domain.rollen import DOSSIERLEZERS
from ondersteuning.models import Aanvraag
from swv_portal.common.money import dutch_count, dutch_number
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.tasks import Werk


def werk(bereik: Bereik, vandaag: date) -> Iterator[Werk]:  # noqa: ARG001  how many there are does not hang on the day
    """How many applications run within reach, for who handles dossiers.  One query."""
    if not bereik.heeft(*DOSSIERLEZERS):
        return
    rows = Aanvraag.objects.visible_to(bereik).lopend()
    is_swv = bereik.heeft(*SWV_DOSSIER)
    there = [state for state in STATEN if staat_voor(state, is_swv=is_swv) == INGEDIEND]
    found = rows.aggregate(lopend=Count("pk"), bij_swv=Count("pk", filter=Q(staat__in=there)))
    yield Werk("Aanvragen", _stand(found["lopend"], found["bij_swv"]), reverse("ondersteuning:aanvragen"))


def _stand(lopend: int, bij_swv: int) -> str:
    if not lopend:
        return "Er loopt geen aanvraag."
    text = "Er loopt 1 aanvraag." if lopend == 1 else f"Er lopen {dutch_number(lopend)} aanvragen."
    if not bij_swv:
        return text
    which = "Die ligt" if lopend == 1 else dutch_count(bij_swv, "ligt", "liggen")
    return f"{text} {which} bij het samenwerkingsverband."
