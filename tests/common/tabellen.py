"""What the tests of reading tables share: two columns, a workbook, and the outcome as values or as sentences."""

import io

import openpyxl

from swv_portal.common.tables import Fouten, Kolom, Soort, Tabel, lees_tabel

NAAM = Kolom("naam")
AANTAL = Kolom("aantal", soort=Soort.GEHEEL, leeg=True)


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def waarden(bron: bytes, kolommen: list[Kolom], **opties: object) -> list[list[object]]:
    read = lees_tabel(bron, kolommen, **opties)
    assert isinstance(read, Tabel), read
    return [[rij[kolom.naam] for kolom in kolommen] for rij in read.rijen]


def zinnen(bron: bytes, kolommen: list[Kolom], **opties: object) -> list[str]:
    read = lees_tabel(bron, kolommen, **opties)
    assert isinstance(read, Fouten), read
    return read.zinnen
