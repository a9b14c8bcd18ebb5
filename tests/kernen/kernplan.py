"""What tests of the kernplan on the screen send, and where to."""

from django.urls import reverse

from kernen.models import Kernplan

DOELEN = {"versie": "1", "aanleiding": "Druk", "tekst_1": "Rust", "activiteiten_1": "Scholing"}


def stap(plan: Kernplan, number: int) -> str:
    """The address of a step of the form."""
    return reverse("kernen:kernplan_stap", args=[plan.pk, number])
