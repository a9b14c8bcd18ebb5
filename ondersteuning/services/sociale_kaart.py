"""Proposing a provider for the sociale kaart, and what the SWV does with it (ondersteuningsplan par. 4.1.2)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.domain.sociale_kaart import AANBIEDER, Opgave, controleer
from ondersteuning.models import Aanbieder
from ondersteuning.queries.sociale_kaart import vergeet_aantal
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update

VELDEN = ("naam", "categorieen", "omschrijving", "plaats", "website", "telefoon", "email")
_GEZEGD = {
    "publiceer": "De aanbieder staat op de sociale kaart.",
    "verberg": "De aanbieder staat niet meer op de sociale kaart.",
    "toon_weer": "De aanbieder staat weer op de sociale kaart.",
}


def stel_voor(*, actor: Actor, waarden: Mapping[str, Any]) -> Aanbieder | Refusal:
    """Propose a provider; ``waarden`` holds every field of ``VELDEN`` as clean values.

    Refuses ``rol``, what ``domain.sociale_kaart.controleer`` finds, and ``bestaat`` (same name in the same place).
    """
    if not actor.bereik.heeft(*SCHOOL_EN_SWV):
        return Refusal("rol", "U kunt geen aanbieder voorstellen.")
    with transaction.atomic():
        if refusal := _weigering(Aanbieder.objects.all(), waarden):
            return refusal
        row = Aanbieder(**{name: waarden[name] for name in VELDEN}, voorgesteld_door_id=actor.user_id)
        row.save()
        transaction.on_commit(vergeet_aantal)
        audit.record(actor=actor, soort="aanbieder.voorgesteld", onderwerp=row, tekst="De aanbieder is voorgesteld.")
        return row


def wijzig_aanbieder(*, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any]) -> Aanbieder | Refusal:
    """Change what is said of a provider, in any state.  Refuses ``rol``, ``verouderd`` and as ``stel_voor`` does."""
    with transaction.atomic():
        row = load_for_update(Aanbieder.objects.visible_to(actor.bereik), pk)
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return Refusal("rol", "Alleen het samenwerkingsverband wijzigt de sociale kaart.")
        if refusal := check_version(row, versie) or _weigering(Aanbieder.objects.exclude(pk=pk), waarden):
            return refusal
        for name in VELDEN:
            setattr(row, name, waarden[name])
        row.versie += 1
        row.save()
        audit.record(actor=actor, soort="aanbieder.gewijzigd", onderwerp=row, tekst="De gegevens zijn gewijzigd.")
        return row


def zet_stap(*, actor: Actor, pk: int, versie: int | None, stap: str) -> Aanbieder | Refusal:
    """Take a step of ``AANBIEDER``: publish, hide, or show again.  Refuses ``verouderd``, ``rol``, ``staat``."""
    with transaction.atomic():
        row = load_for_update(Aanbieder.objects.visible_to(actor.bereik), pk)
        if refusal := check_version(row, versie):
            return refusal
        step = AANBIEDER.decide(stap, row.staat, actor.bereik.rollen, row)
        if isinstance(step, Refusal):
            return step
        row.staat, row.versie = step.naar, row.versie + 1
        row.save()
        transaction.on_commit(vergeet_aantal)
        audit.record(actor=actor, soort=f"aanbieder.{stap}", onderwerp=row, tekst=_GEZEGD[stap])
        return row


def _weigering(anderen: "QuerySet[Aanbieder]", waarden: Mapping[str, Any]) -> Refusal | None:
    opgave = Opgave(waarden["categorieen"], waarden["website"], waarden["telefoon"], waarden["email"])
    wrong = controleer(opgave)
    if wrong:
        return wrong[0]
    same = anderen.filter(naam__iexact=waarden["naam"], plaats__iexact=waarden["plaats"])
    if same.exists():
        return Refusal(
            "bestaat",
            "Er is al een aanbieder met deze naam in deze plaats. Misschien is het nog een voorstel.",
            "naam",
        )
    return None
