"""Changing schools, boards and the settings of the SWV."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from kernen.domain.rollen import SCHOLENBEHEER, mag
from kernen.models import Samenwerkingsverband, School, Schoolbestuur
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update

#: What may be changed by hand; the codes of DUO come with an import only.
SCHOOLVELDEN = (
    "naam",
    "soort",
    "is_ikc",
    "bestuur_id",
    "straat",
    "huisnummer",
    "postcode",
    "plaats",
    "gemeente",
    "actief",
    "buiten_regio",
    "swv_code",
)
BESTUURVELDEN = ("naam", "straat", "huisnummer", "postcode", "plaats", "lid")
SWVVELDEN = (
    "naam",
    "registratienummer",
    "straat",
    "huisnummer",
    "postcode",
    "plaats",
    "telefoon",
    "email",
    "website",
    "ondertekenaar",
    "bezwaaradres",
    "minimum_groep",
    "termijn_weken",
)
#: Who changes the settings that decide over terms and hidden groups.
INSTELLINGENBEHEER = frozenset({Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER})


def _wijzig(row: Any, allowed: tuple[str, ...], values: Mapping[str, Any]) -> list[str]:
    changed = [field for field in allowed if field in values and getattr(row, field) != values[field]]
    for field in changed:
        setattr(row, field, values[field])
    if changed:
        row.versie += 1
        row.save()
    return changed


def _namen(row: models.Model, fields: list[str]) -> str:
    return ", ".join(str(row._meta.get_field(field.removesuffix("_id")).verbose_name) for field in fields)  # type: ignore[union-attr]


def wijzig_school(*, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any]) -> School | Refusal:
    """Change a school: ``waarden`` by field name, only ``SCHOOLVELDEN`` count.  Refuses ``rol``, ``verouderd``."""
    with transaction.atomic():
        school = load_for_update(School.objects.visible_to(actor.bereik), pk)
        refusal = mag(actor.bereik.rollen, SCHOLENBEHEER, "scholen wijzigen") or check_version(school, versie)
        if refusal:
            return refusal
        changed = _wijzig(school, SCHOOLVELDEN, waarden)
        if changed:
            text = f"Gewijzigd: {_namen(school, changed)}."
            audit.record(actor=actor, soort="school.gewijzigd", onderwerp=school, tekst=text)
        return school


def wijzig_bestuur(*, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any]) -> Schoolbestuur | Refusal:
    """Name a board and give its address.  Refuses ``rol``, ``verouderd``."""
    with transaction.atomic():
        board = load_for_update(Schoolbestuur.objects.visible_to(actor.bereik), pk)
        refusal = mag(actor.bereik.rollen, SCHOLENBEHEER, "besturen wijzigen") or check_version(board, versie)
        if refusal:
            return refusal
        changed = _wijzig(board, BESTUURVELDEN, waarden)
        if changed:
            text = f"Gewijzigd: {_namen(board, changed)}."
            audit.record(actor=actor, soort="bestuur.gewijzigd", onderwerp=board, tekst=text)
        return board


def bewaar_swv(*, actor: Actor, versie: int | None, waarden: Mapping[str, Any]) -> Samenwerkingsverband | Refusal:
    """Change the settings of the SWV; the first time this makes its one row.  Refuses ``rol``, ``verouderd``."""
    if refusal := mag(actor.bereik.rollen, INSTELLINGENBEHEER, "de instellingen wijzigen"):
        return refusal
    with transaction.atomic():
        row = Samenwerkingsverband.objects.select_for_update().first()
        if row is None:
            row = Samenwerkingsverband(naam="")
            versie = None
        if refusal := check_version(row, versie):
            return refusal
        changed = _wijzig(row, SWVVELDEN, waarden)
        if changed:
            text = f"Gewijzigd: {_namen(row, changed)}."
            audit.record(actor=actor, soort="swv.gewijzigd", onderwerp=row, tekst=text)
        return row
