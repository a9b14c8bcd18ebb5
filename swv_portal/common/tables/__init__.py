"""Tables in and out: CSV and XLSX files, read all-or-nothing with errors as values, written safe to open.

Reading::

    KOLOMMEN = [
        Kolom("vestigingscode", koppen=("VESTIGINGSNUMMER", "Vestigingscode")),
        Kolom("leerlingen", soort=Soort.GEHEEL, minimum=0),
        Kolom("opmerking", aanwezig=False, leeg=True),
    ]
    gelezen = lees_tabel(Path("bestand.csv"), KOLOMMEN)
    if isinstance(gelezen, Fouten):
        ...                                    # every Fout has rij, kolom and a Dutch sentence
    for rij in gelezen.rijen:
        rij.nummer, rij["vestigingscode"]      # typed values; an empty cell is None

Writing: ``schrijf_csv`` (machine or Dutch notation) and ``schrijf_xlsx``.
"""

from swv_portal.common.tables.columns import Fout, Fouten, Kolom, Onleesbaar, Soort, normaliseer
from swv_portal.common.tables.files import Bron
from swv_portal.common.tables.grenzen import Grenzen
from swv_portal.common.tables.reading import Rij, Tabel, lees_tabel
from swv_portal.common.tables.writing import (
    CSV_TYPE,
    XLSX_TYPE,
    Blad,
    Opmaak,
    Uitkolom,
    Waarde,
    csv_regels,
    schrijf_csv,
    schrijf_xlsx,
)

__all__ = [
    "CSV_TYPE",
    "XLSX_TYPE",
    "Blad",
    "Bron",
    "Fout",
    "Fouten",
    "Grenzen",
    "Kolom",
    "Onleesbaar",
    "Opmaak",
    "Rij",
    "Soort",
    "Tabel",
    "Uitkolom",
    "Waarde",
    "csv_regels",
    "lees_tabel",
    "normaliseer",
    "schrijf_csv",
    "schrijf_xlsx",
]
