"""The menukaart and the tariffs per hour of a school year."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from kernen.domain.rollen import mag
from kernen.models import Menukaartthema, Uurtarief
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import SWV_KERNEN
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import Slot, check_version, load_for_update, wait_turn

THEMAVELDEN = ("thema", "doel", "activiteiten", "termijn_maanden")
TARIEFVELDEN = ("professional", "omschrijving", "bedrag", "stap")


def bewaar_thema(
    *, actor: Actor, pk: int | None, versie: int | None, schooljaar: int, waarden: Mapping[str, Any]
) -> Menukaartthema | Refusal:
    """Change a theme, or (``pk`` empty) add one with the next number.  Refuses ``rol``, ``verouderd``."""
    if refusal := mag(actor.bereik.rollen, SWV_KERNEN, "de menukaart wijzigen"):
        return refusal
    with transaction.atomic():
        wait_turn(Slot.MENUKAART)
        if pk is None:
            last = Menukaartthema.objects.filter(schooljaar=schooljaar).aggregate(nr=Max("nr"))["nr"]
            row = Menukaartthema(schooljaar=schooljaar, nr=(last or 0) + 1)
        else:
            row = load_for_update(Menukaartthema.objects.visible_to(actor.bereik), pk)
            if refusal := check_version(row, versie):
                return refusal
            row.versie += 1
        for name in THEMAVELDEN:
            if name in waarden:
                setattr(row, name, waarden[name])
        row.save()
        audit.record(actor=actor, soort="menukaart.gewijzigd", onderwerp=row, tekst="Het thema is bijgewerkt.")
        return row


def bewaar_tarief(
    *, actor: Actor, pk: int | None, versie: int | None, schooljaar: int, waarden: Mapping[str, Any]
) -> Uurtarief | Refusal:
    """Change a tariff per hour, or add one.  Plans that use it keep the amount they were made with.

    Refuses ``rol``, ``verouderd``, ``professional`` (there is one of that name in this school year).
    """
    if refusal := mag(actor.bereik.rollen, SWV_KERNEN, "de tarieven wijzigen"):
        return refusal
    with transaction.atomic():
        wait_turn(Slot.MENUKAART)
        if pk is None:
            row = Uurtarief(schooljaar=schooljaar)
        else:
            row = load_for_update(Uurtarief.objects.visible_to(actor.bereik), pk)
            if refusal := check_version(row, versie):
                return refusal
            row.versie += 1
        same = Uurtarief.objects.filter(schooljaar=row.schooljaar, professional=waarden.get("professional"))
        if same.exclude(pk=row.pk).exists():
            return Refusal("professional", "Er is al een tarief met deze naam.", "professional")
        for name in TARIEFVELDEN:
            if name in waarden:
                setattr(row, name, waarden[name])
        row.save()
        audit.record(actor=actor, soort="tarief.gewijzigd", onderwerp=row, tekst="Het tarief is bijgewerkt.")
        return row


def neem_over(*, actor: Actor, schooljaar: int) -> int | Refusal:
    """Copy menukaart and tariffs of the newest earlier school year into one that has none.  Answers how many rows.

    Refuses ``rol``, ``bestaat`` (this year has rows already), ``geen_eerder``.
    """
    if refusal := mag(actor.bereik.rollen, SWV_KERNEN, "de menukaart wijzigen"):
        return refusal
    with transaction.atomic():
        wait_turn(Slot.MENUKAART)
        models: tuple[Any, ...] = (Menukaartthema, Uurtarief)
        if any(model.objects.filter(schooljaar=schooljaar).exists() for model in models):
            return Refusal("bestaat", "Dit schooljaar heeft al een menukaart of tarieven.")
        copied = sum(_kopieer(actor, model, schooljaar) for model in models)
        return copied or Refusal("geen_eerder", "Er is geen eerder schooljaar om over te nemen.")


def _kopieer(actor: Actor, model: Any, schooljaar: int) -> int:
    earlier = model.objects.filter(schooljaar__lt=schooljaar).order_by("-schooljaar").first()
    if earlier is None:
        return 0
    rows = list(model.objects.filter(schooljaar=earlier.schooljaar))
    for row in rows:
        row.pk, row.schooljaar, row.versie = None, schooljaar, 1
        row._state.adding = True
    text = f"Overgenomen uit schooljaar {Schooljaar(earlier.schooljaar)}."
    for row in model.objects.bulk_create(rows):
        audit.record(actor=actor, soort="menukaart.overgenomen", onderwerp=row, tekst=text)
    return len(rows)
