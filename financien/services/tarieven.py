"""Setting tariffs: one by one on the screen, or a year at once from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from financien.domain.procedure import OPEN
from financien.domain.tarieven import FRACTIE
from financien.importers.tarieven import Tariefrij
from financien.models import Budgetjaar, Tarief
from financien.services.budget import GEEN_ROL
from financien.services.budgetjaar import AFGESLOTEN, begin_budgetjaar
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update


@dataclass(frozen=True)
class Ingelezen:
    """How many tariffs were new, changed and the same."""

    nieuw: int
    gewijzigd: int
    gelijk: int


def _jaar_dicht(jaar: int) -> Refusal | None:
    row = Budgetjaar.objects.select_for_update().filter(jaar=jaar).first()
    return AFGESLOTEN if row is not None and row.staat != OPEN else None


def wijzig_tarief(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    bedrag: Decimal,
    omschrijving: str,
    bron: str,
    vastgesteld: date | None,
) -> Tarief | Refusal:
    """Change one tariff (``bedrag`` in euros, or a fraction of one).  Budgets that were calculated stay what they are.

    Refuses: ``rol``, ``verouderd``, ``afgesloten``, ``bedrag`` (negative, or a fraction above 1), ``decimalen``.
    """
    if not actor.bereik.heeft(*SWV_GELD):
        return GEEN_ROL
    with transaction.atomic():
        tarief = load_for_update(Tarief.objects.visible_to(actor.bereik), pk)
        if refusal := check_version(tarief, versie) or _jaar_dicht(tarief.jaar):
            return refusal
        places = 4 if tarief.eenheid == FRACTIE else 2
        if bedrag < 0 or (tarief.eenheid == FRACTIE and bedrag > 1):
            return Refusal("bedrag", "Vul een bedrag in dat klopt met de eenheid.", "bedrag")
        if bedrag != bedrag.quantize(Decimal(1).scaleb(-places)):
            return Refusal("decimalen", f"Hoogstens {places} cijfers achter de komma.", "bedrag")
        before = tarief.bedrag
        tarief.bedrag, tarief.omschrijving, tarief.bron = bedrag, omschrijving, bron
        tarief.vastgesteld, tarief.versie = vastgesteld, tarief.versie + 1
        tarief.save()
        audit.record(
            actor=actor,
            soort="tarief.gewijzigd",
            onderwerp=tarief,
            tekst=f"Het tarief {tarief.code} van {tarief.jaar} is gewijzigd.",
            gegevens={"was": str(before), "wordt": str(bedrag)},
        )
        return tarief


def _waarden(rij: Tariefrij, bron: str, vastgesteld: date | None) -> dict[str, Any]:
    """What a row of a file says of its tariff; ``bron`` is for a row without a source of its own."""
    return {
        "omschrijving": rij.omschrijving,
        "bedrag": rij.bedrag,
        "eenheid": rij.eenheid,
        "bron": rij.bron or bron,
        "vastgesteld": vastgesteld,
    }


def _werk_bij(tarief: Tarief, waarden: Mapping[str, Any]) -> bool:
    """Store what differs; was there anything?"""
    if all(getattr(tarief, name) == value for name, value in waarden.items()):
        return False
    for name, value in waarden.items():
        setattr(tarief, name, value)
    tarief.versie += 1
    tarief.save()
    return True


def bewaar_tarieven(
    *, actor: Actor, jaar: int, rijen: Sequence[Tariefrij], bron: str, vastgesteld: date | None = None
) -> Ingelezen | Refusal:
    """Store the tariffs of a file for ``jaar``: new codes are added, known ones changed, others stay.

    ``bron`` is used for rows without a source of their own.  Begins the budget year when it is not there.  Refuses:
    ``rol``, ``jaar``, ``afgesloten``.
    """
    if not actor.bereik.heeft(*SWV_GELD):
        return GEEN_ROL
    with transaction.atomic():
        begun = begin_budgetjaar(actor=actor, jaar=jaar)
        if isinstance(begun, Refusal):
            return begun
        if refusal := _jaar_dicht(jaar):
            return refusal
        known = {tarief.code: tarief for tarief in Tarief.objects.select_for_update().van_jaar(jaar)}
        new, changed, same = [], 0, 0
        for rij in rijen:
            values = _waarden(rij, bron, vastgesteld)
            tarief = known.get(rij.code)
            if tarief is None:
                new.append(Tarief(jaar=jaar, code=rij.code, **values))
            elif _werk_bij(tarief, values):
                changed += 1
            else:
                same += 1
        Tarief.objects.bulk_create(new)
        audit.record(
            actor=actor,
            soort="tarieven.ingelezen",
            onderwerp=begun,
            tekst=f"De tarieven van {jaar} zijn ingelezen.",
            gegevens={"nieuw": len(new), "gewijzigd": changed, "gelijk": same},
        )
        return Ingelezen(len(new), changed, same)
