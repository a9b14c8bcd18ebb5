"""Reading a file of places: ``verwijzing;vestigingscode_verwijzend;vestigingscode_ontvangend;categorie;soort;
kostendrager;begin;einde``.  Nothing is written here."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from kernen.models import School
from ondersteuning.domain.plaatsing import (
    Categorie,
    Kostendrager,
    Plaatsgegevens,
    Soort,
    controleer_plaatsing,
    lees_categorie,
)
from swv_portal.common.dates import Schooljaar
from swv_portal.common.tables import Fout, Fouten, Kolom, Onleesbaar, Rij, lees_tabel, normaliseer
from swv_portal.common.tables import Soort as Celsoort
from swv_portal.common.tables.files import Bron

VERWIJZEND, ONTVANGEND = "vestigingscode_verwijzend", "vestigingscode_ontvangend"
SCHOLEN = (VERWIJZEND, ONTVANGEND)


@dataclass(frozen=True)
class Plaatsingrij:
    """One place as the file has it, with the keys of its schools."""

    verwijzing: str
    school_verwijzend_id: int | None
    school_ontvangend_id: int | None
    categorie: str
    soort: str
    kostendrager: str
    begin: date
    einde: date | None


def _categorie(value: object) -> object:
    found = lees_categorie(str(value))
    return found if found is not None else Onleesbaar("Dit is geen categorie: schrijf SBO, I, II of III.")


def _keuze(kinds: type[Soort] | type[Kostendrager], value: object) -> object:
    text = normaliseer(str(value))
    for kind in kinds:
        if normaliseer(kind) == text:
            return kind
    return Onleesbaar(f"Dit kan niet: kies {', '.join(kinds)}.")


KOLOMMEN = (
    Kolom("verwijzing", max_lengte=40),
    Kolom(VERWIJZEND, leeg=True, max_lengte=10),
    Kolom(ONTVANGEND, leeg=True, max_lengte=10),
    Kolom("categorie", leeg=True, lees=_categorie),
    Kolom("soort", lees=lambda value: _keuze(Soort, value)),
    Kolom("kostendrager", lees=lambda value: _keuze(Kostendrager, value)),
    Kolom("begin", soort=Celsoort.DATUM),
    Kolom("einde", soort=Celsoort.DATUM, leeg=True),
)


def lees_plaatsingen(bron: Bron) -> list[Plaatsingrij] | Fouten:
    """Every row of the file, or every error with row and column: of the header, the cells and the rows at once.

    Codes of schools must be known; only the referring school may be left out (a pupil from elsewhere), and the
    receiving one of a DWS place.  A DWS place without an end ends with its school year.
    """
    control = _Controle(dict(School.objects.values_list("vestigingscode", "pk")))
    table = lees_tabel(bron, KOLOMMEN, controleer=control)
    return table if isinstance(table, Fouten) else [control.plaatsing(row) for row in table.rijen]


class _Controle:
    """What is wrong with a row besides its cells.  It remembers the references that it has seen."""

    def __init__(self, scholen: dict[str, int]) -> None:
        self.scholen = scholen
        self.gezien: dict[str, int] = {}

    def __call__(self, row: Rij) -> list[Fout]:
        found = [*self._verwijzing(row), *self._scholen(row)]
        unread = [kolom.naam for kolom in KOLOMMEN if kolom.naam not in row.waarden]
        refusals = controleer_plaatsing(_gegevens(row), unread)
        return [*found, *(Fout(row.nummer, refusal.veld, refusal.zin) for refusal in refusals)]

    def _verwijzing(self, row: Rij) -> list[Fout]:
        reference = row.waarden.get("verwijzing")
        if reference is None:
            return []
        first = self.gezien.setdefault(str(reference), row.nummer)
        if first == row.nummer:
            return []
        return [Fout(row.nummer, "verwijzing", f"Deze verwijzing staat ook in rij {first}.")]

    def _scholen(self, row: Rij) -> list[Fout]:
        found = [
            Fout(row.nummer, column, "Deze vestigingscode is niet bekend. Importeer eerst de school.")
            for column in SCHOLEN
            if row.waarden.get(column) and self._school(row, column) is None
        ]
        if {ONTVANGEND, "soort"} <= row.waarden.keys() and not row[ONTVANGEND] and row["soort"] is not Soort.DWS:
            found.append(Fout(row.nummer, ONTVANGEND, "Vul de ontvangende school in."))
        return found

    def _school(self, row: Rij, column: str) -> int | None:
        return self.scholen.get(str(row[column] or "").replace(" ", "").upper())

    def plaatsing(self, row: Rij) -> Plaatsingrij:
        """A row with nothing wrong."""
        facts = _gegevens(row)
        return Plaatsingrij(
            verwijzing=str(row["verwijzing"]),
            school_verwijzend_id=self._school(row, VERWIJZEND),
            school_ontvangend_id=self._school(row, ONTVANGEND),
            categorie=str(facts.categorie or ""),
            soort=str(facts.soort),
            kostendrager=str(facts.kostendrager),
            begin=facts.begin,
            einde=facts.einde,
        )


def _gegevens(row: Rij) -> Plaatsgegevens:
    """The facts of a row.  What could not be read is anything: no rule looks at it."""
    found = row.waarden
    kind, begin = cast(Soort, found.get("soort", Soort.TLV)), cast(date, found.get("begin", date.min))
    end = cast(date | None, found.get("einde"))
    if kind is Soort.DWS and end is None and "begin" in found:
        end = Schooljaar.van(begin).laatste_dag
    return Plaatsgegevens(
        soort=kind,
        categorie=cast(Categorie | None, found.get("categorie")),
        kostendrager=cast(Kostendrager, found.get("kostendrager", Kostendrager.SWV)),
        met_verwijzende_school=bool(found.get(VERWIJZEND)),
        begin=begin,
        einde=end,
    )
