"""Reading a file with tariffs: ``code;omschrijving;bedrag;eenheid`` and, when there, ``bron``."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO

from financien.domain.tarieven import Tariefcode
from swv_portal.common.tables import Fout, Fouten, Kolom, Onleesbaar, Soort, lees_tabel


@dataclass(frozen=True)
class Tariefrij:
    """One tariff as it stands in the file; ``bron`` is empty when the file has no such column."""

    code: str
    omschrijving: str
    bedrag: Decimal
    eenheid: str
    bron: str = ""


def _code(value: object) -> object:
    text = str(value).strip().lower()
    if text in set(Tariefcode):
        return text
    return Onleesbaar(f"Deze code is niet bekend. Kies een van deze codes: {', '.join(Tariefcode)}.")


KOLOMMEN = [
    Kolom("code", lees=_code),
    Kolom("omschrijving", max_lengte=200),
    Kolom("bedrag", soort=Soort.DECIMAAL, minimum=Decimal(0), maximum=Decimal("9999999.9999")),
    Kolom("eenheid", max_lengte=60),
    Kolom("bron", aanwezig=False, leeg=True, max_lengte=200),
]


def lees_tarieven(bron: bytes | Path | IO[bytes]) -> list[Tariefrij] | Fouten:
    """All rows, or the errors with row and column.  A code may stand in the file once, with at most four decimals."""
    tabel = lees_tabel(bron, KOLOMMEN)
    if isinstance(tabel, Fouten):
        return tabel
    found: list[Tariefrij] = []
    errors: list[Fout] = []
    seen: set[str] = set()
    for rij in tabel.rijen:
        row = Tariefrij(**{name: value for name, value in rij.waarden.items() if value is not None})  # type: ignore[arg-type]
        if row.code in seen:
            errors.append(Fout(rij.nummer, tabel.koppen["code"], f"'{row.code}' staat er twee keer in."))
        if row.bedrag != row.bedrag.quantize(Decimal("0.0001")):
            errors.append(Fout(rij.nummer, tabel.koppen["bedrag"], "Hoogstens vier cijfers achter de komma."))
        seen.add(row.code)
        found.append(row)
    return Fouten(tuple(errors)) if errors else found
