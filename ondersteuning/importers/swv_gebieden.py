"""Reading a file of SWV areas: ``pc4;swv_code;swv_naam``.  Nothing is written here."""

from dataclasses import dataclass

from ondersteuning.domain.welk_swv import GEEN_CODE, GEEN_PC4, PC4, SWV_CODE
from swv_portal.common.tables import Fout, Fouten, Kolom, Onleesbaar, Rij, lees_tabel
from swv_portal.common.tables.columns import als_tekst
from swv_portal.common.tables.files import Bron


@dataclass(frozen=True)
class Gebiedrij:
    """One postcode as the file has it."""

    pc4: str
    swv_code: str
    swv_naam: str


def _pc4(value: object) -> object:
    text = als_tekst(value)
    return text if PC4.fullmatch(text) else Onleesbaar(GEEN_PC4)


def _code(value: object) -> object:
    text = als_tekst(value).upper()
    return text if SWV_CODE.fullmatch(text) else Onleesbaar(GEEN_CODE)


KOLOMMEN = (
    Kolom("pc4", koppen=("POSTCODE4", "POSTCODE", "PC 4"), lees=_pc4),
    Kolom("swv_code", koppen=("SWV", "SWV-nummer", "NUMMER_SAMENWERKINGSVERBAND"), lees=_code),
    Kolom("swv_naam", koppen=("NAAM", "NAAM_SAMENWERKINGSVERBAND"), max_lengte=150),
)


def lees_swv_gebieden(bron: Bron) -> list[Gebiedrij] | Fouten:
    """Every row of the file, or every error with row and column.  A postcode stands in the file once."""
    table = lees_tabel(bron, KOLOMMEN, controleer=_Controle())
    if isinstance(table, Fouten):
        return table
    return [Gebiedrij(str(row["pc4"]), str(row["swv_code"]), str(row["swv_naam"])) for row in table.rijen]


class _Controle:
    """Remembers the postcodes and the names that it has seen: one of each per file, one name per code."""

    def __init__(self) -> None:
        self.postcodes: dict[str, int] = {}
        self.namen: dict[str, tuple[str, int]] = {}

    def __call__(self, row: Rij) -> list[Fout]:
        found = []
        if "pc4" in row.waarden:
            first = self.postcodes.setdefault(str(row["pc4"]), row.nummer)
            if first != row.nummer:
                found.append(Fout(row.nummer, "pc4", f"Deze postcode staat ook in rij {first}."))
        if {"swv_code", "swv_naam"} <= row.waarden.keys():
            name, first = self.namen.setdefault(str(row["swv_code"]), (str(row["swv_naam"]), row.nummer))
            if name != row["swv_naam"]:
                found.append(Fout(row.nummer, "swv_naam", f"Deze code heeft in rij {first} een andere naam."))
        return found
