"""Changing schools, boards and the settings of the SWV."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from kernen.domain.rollen import SCHOLENBEHEER, mag
from kernen.models import Samenwerkingsverband, School, Schoolbestuur
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.house import vergeet_swv_naam
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


def _wijzig(
    row: Any, *, actor: Actor, versie: int | None, velden: Iterable[str], waarden: Mapping[str, Any], soort: str
) -> Refusal | None:
    """Set those of ``velden`` that differ, with a next version and a line of kind ``soort``.  Refuses ``verouderd``."""
    if refusal := check_version(row, versie):
        return refusal
    changed = [field for field in velden if field in waarden and getattr(row, field) != waarden[field]]
    if changed:
        for field in changed:
            setattr(row, field, waarden[field])
        row.versie += 1
        row.save()
        names = ", ".join(str(row._meta.get_field(field.removesuffix("_id")).verbose_name) for field in changed)
        audit.record(actor=actor, soort=soort, onderwerp=row, tekst=f"Gewijzigd: {names}.")
    return None


def wijzig_school(*, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any]) -> School | Refusal:
    """Change a school: ``waarden`` by field name, only ``SCHOOLVELDEN`` count.  Refuses ``rol``, ``verouderd``."""
    with transaction.atomic():
        school = load_for_update(School.objects.visible_to(actor.bereik), pk)
        refusal = mag(actor.bereik.rollen, SCHOLENBEHEER, "scholen wijzigen") or _wijzig(
            school, actor=actor, versie=versie, velden=SCHOOLVELDEN, waarden=waarden, soort="school.gewijzigd"
        )
        return refusal or school


def wijzig_bestuur(*, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any]) -> Schoolbestuur | Refusal:
    """Name a board and give its address.  Refuses ``rol``, ``verouderd``."""
    with transaction.atomic():
        board = load_for_update(Schoolbestuur.objects.visible_to(actor.bereik), pk)
        refusal = mag(actor.bereik.rollen, SCHOLENBEHEER, "besturen wijzigen") or _wijzig(
            board, actor=actor, versie=versie, velden=BESTUURVELDEN, waarden=waarden, soort="bestuur.gewijzigd"
        )
        return refusal or board


def bewaar_swv(*, actor: Actor, versie: int | None, waarden: Mapping[str, Any]) -> Samenwerkingsverband | Refusal:
    """Change the settings of the SWV; the first time this makes its one row.  Refuses ``rol``, ``verouderd``."""
    if refusal := mag(actor.bereik.rollen, INSTELLINGENBEHEER, "de instellingen wijzigen"):
        return refusal
    with transaction.atomic():
        row = Samenwerkingsverband.objects.select_for_update().first()
        if row is None:
            row, versie = Samenwerkingsverband(naam=""), None
        refusal = _wijzig(row, actor=actor, versie=versie, velden=SWVVELDEN, waarden=waarden, soort="swv.gewijzigd")
        if refusal is None:
            transaction.on_commit(vergeet_swv_naam)
        return refusal or row
