"""The TLV's of a school year, a row each, for the export at the command line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ondersteuning.domain.aanvraag import MET_TLV, STATEN
from ondersteuning.domain.routes import ROUTES
from ondersteuning.models import Aanvraag, Tlvnummer
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Bereik

_VELDEN = (
    "pk",
    "tlvnummer__nummer",
    "kenmerk",
    "route",
    "categorie",
    "verwijzende_school__vestigingscode",
    "ontvangende_school__vestigingscode",
    "verwijzende_school__bestuur__bevoegd_gezag_nummer",
    "geldig_van",
    "geldig_tot",
    "besloten_op",
    "kostendrager",
    "ingediend_op",
    "staat",
)
_NAAM = ("leerling__voornamen", "leerling__achternaam")


@dataclass(frozen=True)
class Tlvrij:
    """One TLV, or a number that was not used.

    ``doorlooptijd``: days from receipt to decision.  ``leerling`` is empty unless names were asked for.
    """

    pk: int
    nummer: str
    kenmerk: str
    route: str
    categorie: str
    school_code: str
    ontvangende_code: str
    bestuursnummer: str
    geldig_van: date | None
    geldig_tot: date | None
    besloten_op: date | None
    betaler: str
    doorlooptijd: int | None
    status: str
    leerling: str


def tlvs_van(bereik: Bereik, jaar: Schooljaar, *, met_namen: bool) -> list[Tlvrij]:
    """The TLV's within reach on which was decided in this school year, by number.  One query."""
    rows = Aanvraag.objects.visible_to(bereik).filter(
        staat__in=sorted(MET_TLV), besloten_op__range=(jaar.eerste_dag, jaar.laatste_dag), tlvnummer__isnull=False
    )
    values = rows.order_by("tlvnummer__schooljaar", "tlvnummer__volgnummer").values_list(
        *_VELDEN, *(_NAAM if met_namen else ())
    )
    return list(_rijen(values))


def niet_gebruikte_nummers(jaar: Schooljaar) -> list[Tlvrij]:
    """The numbers of this school year that never stood in a letter, with the reason.  One query."""
    rows = Tlvnummer.objects.filter(schooljaar=jaar.begin, niet_gebruikt_op__isnull=False).order_by("volgnummer")
    return [Tlvrij(0, row.nummer, "", "", "", "", "", "", None, None, None, "", None, _waarom(row), "") for row in rows]


def _waarom(nummer: Tlvnummer) -> str:
    return f"Niet gebruikt: {nummer.niet_gebruikt_omdat}"


def _rijen(values: Any) -> Iterator[Tlvrij]:
    for row in values:
        pk, number, reference, route, category, *rest = row
        school, receiver, board, begin, until, decided, payer, received, state, *name = rest
        yield Tlvrij(
            pk=pk,
            nummer=number,
            kenmerk=reference,
            route=ROUTES[route].formulier,
            categorie=category,
            school_code=school or "",
            ontvangende_code=receiver or "",
            bestuursnummer=board or "",
            geldig_van=begin,
            geldig_tot=until,
            besloten_op=decided,
            betaler=payer,
            doorlooptijd=(decided - received).days if received else None,
            status=STATEN[state],
            leerling=" ".join(name).strip(),
        )
