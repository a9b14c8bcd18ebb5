"""What every service does first: load the row inside the caller's scope, locked, and check the version.

A service returns its result, or a ``Refusal``.  Only 'this row does not exist for you' is an exception: ``NotVisible``
becomes a 404 that is the same as for a row that does not exist.
"""

from enum import IntEnum, unique
from typing import Protocol, TypeVar

from django.db import connection, models
from django.http import Http404

from swv_portal.common.workflow import Refusal


class NotVisible(Http404):
    """The row does not exist, or not for this person.  Says nothing about which of the two."""


class Versioned(Protocol):
    versie: int


VEROUDERD = Refusal(
    "verouderd",
    "Iemand anders heeft dit intussen gewijzigd. Wat u typte staat er nog. "
    "Bekijk de nieuwe versie en probeer het opnieuw.",
)

#: What a form without a version that can be read counts as: no row ever has it.
GEEN_VERSIE = 0
ZONDER_VERSIE = Refusal(
    "verouderd",
    "Wij konden niet zien welke versie u had geopend. Er is niets bewaard. Wat u typte staat er nog. "
    "Kijk het na en probeer het opnieuw.",
)

Model = TypeVar("Model", bound=models.Model)


@unique
class Slot(IntEnum):
    """What only one transaction at a time may do, in all processes: the keys of these locks in the database."""

    #: An import that writes schools.
    SCHOLEN = 72_041_901
    #: Whoever changes menukaart or tariffs per hour: a row that is not there yet can not be locked itself.
    MENUKAART = 72_041_902
    #: Whoever adds an institution or changes its name: no two have the same name, whatever the capitals.
    JEUGDHULP = 72_041_908
    #: A concept that becomes geldend: two concepts are two rows, and both could replace the same begroting.
    BEGROTING = 72_041_907


def wait_turn(slot: Slot) -> None:
    """Wait until no other transaction has this turn, and keep it until the end of this one.  Inside ``atomic`` only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [slot.value])


def load_for_update(rows: "models.QuerySet[Model]", pk: int) -> Model:
    """Load and lock one row of ``rows`` (already limited with ``visible_to``).  Inside ``atomic`` only.

    Locked without what is joined, and read again with it: a row whose foreign key was changed while we waited for the
    lock fits its old join no longer, and would seem to be gone (or to have nothing there).
    """
    row = rows.select_related(None).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is not None and rows.query.select_related:
        row = rows.filter(pk=pk).first()
    if row is None:
        raise NotVisible("niet gevonden")
    return row


def check_version(row: Versioned, versie: int | None) -> Refusal | None:
    """Was the form opened on the row as it is now?  A form without a readable version is refused as well.

    ``None`` is for commands, jobs and the portal itself, which opened nothing; the way from a form never gives it.
    """
    if versie == GEEN_VERSIE:
        return ZONDER_VERSIE
    if versie is not None and row.versie != versie:
        return VEROUDERD
    return None
