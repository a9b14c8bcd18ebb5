"""Importing the files of the whole country against COPY, which is the fastest that PostgreSQL takes rows in.

As it happens every year: of the schools one in twenty changed, so the floor is COPY of the same file into a table of
texts with a primary key.  Of the counts every one is new, and a count may not be without its school, twice on a day, or
both a number and 'fewer than five': the floor is COPY of the same counts into the same table, with these rules.  What
COPY of that file into a table of texts costs is printed as well.
"""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from bench._pair import Outcome, Side, compare, inform
from kernen.domain.duo import maak_grenzen
from kernen.models import Leerlingtelling, School
from kernen.overdracht import BEHEERDER
from kernen.services.imports import importeer
from swv_portal.common.memory import settle
from swv_portal.common.tables import Fouten
from tests.kernen.duo import KOPPEN_02, KOPPEN_06, bestand_02, bestand_06, rij_02, rij_06

VESTIGINGEN, TELLINGEN = 7_000, 9_700


def _codes(number: int) -> list[str]:
    return [f"{10 + n // 676}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}00" for n in range(number)]


def _scholen(variant: int) -> bytes:
    return bestand_02(
        *(
            rij_02(code, f"School {code} {0 if n % 20 else variant}", bestuur=str(90_000 + n % 900))
            for n, code in enumerate(_codes(VESTIGINGEN))
        )
    )


def _leerlingen(variant: int) -> bytes:
    return bestand_06(*(rij_06(code, str(100 + n % 300 + variant)) for n, code in enumerate(_codes(TELLINGEN))))


def _ours(soort: str, files: list[bytes], rows: Callable[[], int], jaar: int | None = None) -> Callable[[], int]:
    turn: Iterator[bytes] = itertools.cycle(files)

    def work() -> int:
        with connection.cursor() as cursor:
            cursor.execute("truncate kernen_leerlingtelling")
        done = importeer(actor=BEHEERDER, soort=soort, bron=next(turn), grenzen=maak_grenzen(), jaar=jaar)
        assert not isinstance(done, Fouten), done.zinnen
        return rows()

    return work


def _floor(koppen: str, file: bytes, encoding: str) -> Callable[[], int]:
    names = [f"k{n} text" for n in range(koppen.count(";") + 1)]
    at = koppen.split(";").index("VESTIGINGSCODE")
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists ruwe_kopie")
        cursor.execute(f"create table ruwe_kopie ({', '.join(names)}, primary key (k{at}))")
    sql = f"copy ruwe_kopie from stdin (format csv, delimiter ';', header, encoding '{encoding}')"

    def work() -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("truncate ruwe_kopie")
            raw: Any = cursor.cursor
            with raw.copy(sql) as copy:
                copy.write(file.removeprefix(b"\xef\xbb\xbf"))
            cursor.execute("select count(*) from ruwe_kopie")
            return int(cursor.fetchone()[0])

    return work


def _floor_tellingen() -> Callable[[], int]:
    """COPY of the counts as they are in the table now into that table, emptied."""
    names = "school_id, teldatum, aantal, minder_dan_vijf"
    with connection.cursor() as cursor:
        raw: Any = cursor.cursor
        with raw.copy(f"copy (select {names} from kernen_leerlingtelling order by school_id) to stdout") as copy:
            rows = b"".join(map(bytes, copy))

    def work() -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("truncate kernen_leerlingtelling")
            raw: Any = cursor.cursor
            with raw.copy(f"copy kernen_leerlingtelling ({names}) from stdin") as copy:
                copy.write(rows)
        return Leerlingtelling.objects.count()

    return work


def main() -> list[Outcome]:
    settle()  # as the command and the web server do
    schools = [_scholen(0), _scholen(1)]
    first = compare(
        f"{VESTIGINGEN} schoolvestigingen opnieuw inlezen, 1 op de 20 gewijzigd",
        ours=Side("importeer()", _ours("scholen", schools, School.objects.count)),
        floor=Side("COPY", _floor(KOPPEN_02, schools[0], "WIN1252")),
        same=int.__eq__,
        doel=4,
    )
    counts = [_leerlingen(0), _leerlingen(1)]
    ours = _ours("leerlingen", counts, Leerlingtelling.objects.count, 2023)
    ours()
    second = compare(
        f"{TELLINGEN} vestigingen met leerlingen inlezen, elke telling nieuw",
        ours=Side("importeer()", ours),
        floor=Side("COPY naar dezelfde tabel", _floor_tellingen()),
        same=int.__eq__,
        doel=4,
    )
    text = Side("COPY naar een tabel met teksten", _floor(KOPPEN_06, counts[0], "UTF8"))
    inform(
        f"{TELLINGEN} vestigingen met leerlingen inlezen, ter vergelijking", ours=Side("importeer()", ours), floor=text
    )
    return [first, second]
