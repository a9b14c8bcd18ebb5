"""Importing DUO's files: read, put the rows in a temporary table with COPY, compare in SQL, write with one upsert.

Runs inside the transaction of a service.  ``lees`` and ``vergelijk`` change nothing; ``schrijf`` does what
``vergelijk`` showed.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

from kernen.domain.duo import (
    Beoordeling,
    Grenzen,
    Schoolregel,
    beoordeel_leerlingen,
    beoordeel_scholen,
)
from kernen.domain.duo_kolommen import LEERLINGEN, SCHOLEN, jaren_in, kolommen_van
from kernen.domain.duo_plat import beoordeel_leerlingen_plat, beoordeel_scholen_plat
from kernen.domain.tellingen import teldatum
from kernen.models import School
from swv_portal.common.tables import Fouten, lees_tabel
from swv_portal.common.tables import Grenzen as Bestandsgrenzen
from swv_portal.common.tables.copying import als_copy
from swv_portal.common.tables.files import Bron
from swv_portal.common.tables.plain import lees_plat


@dataclass(frozen=True)
class Gelezen:
    """A file that was read and found good.  ``jaar`` is the year of the counts (file 06 only)."""

    soort: str
    beoordeling: Beoordeling
    grenzen: Grenzen
    jaar: int | None

    @property
    def scholen(self) -> list[Schoolregel]:
        if self.soort == SCHOLEN:
            return self.beoordeling.scholen
        return [row.school for row in self.beoordeling.tellingen]


@dataclass(frozen=True)
class Wijziging:
    """What changes on one school: its code and name, and sentences such as 'naam: De Berk wordt De Beuk'."""

    vestigingscode: str
    naam: str
    wat: tuple[str, ...] = ()


@dataclass
class Verschil:
    """What importing a file would change.  ``gelijk``, ``buiten`` and ``leeg`` count rows that change nothing."""

    nieuw: list[Wijziging] = field(default_factory=list)
    gewijzigd: list[Wijziging] = field(default_factory=list)
    verdwenen: list[Wijziging] = field(default_factory=list)
    besturen: list[str] = field(default_factory=list)
    tellingen_nieuw: int = 0
    tellingen_gewijzigd: list[Wijziging] = field(default_factory=list)
    leerlingen: int = 0
    minder_dan_vijf: int = 0
    gelijk: int = 0
    buiten: int = 0
    leeg: int = 0
    jaar: int | None = None

    @property
    def vingerafdruk(self) -> str:
        """The same changes give the same hash."""
        content = json.dumps(self.__dict__, default=lambda value: value.__dict__, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def lees(soort: str, bron: Bron, grenzen: Grenzen, jaar: int | None = None) -> Gelezen | Fouten:
    """Read and judge a file of kind ``scholen`` or ``leerlingen``; every error with row and column."""
    columns = kolommen_van(soort, jaar)
    known = dict(School.objects.values_list("vestigingscode", "postcode")) if soort == LEERLINGEN else {}
    source = bron if isinstance(bron, bytes | Path) else bron.read(Bestandsgrenzen().bytes + 1)
    plain = lees_plat(source, columns)
    judged: Beoordeling | Fouten | None = None
    if plain is not None:
        koppen = plain.koppen
        judged = (
            beoordeel_scholen_plat(plain, grenzen)
            if soort == SCHOLEN
            else beoordeel_leerlingen_plat(plain, grenzen, known)
        )
    if judged is None:
        tabel = lees_tabel(source, columns)
        if isinstance(tabel, Fouten):
            return tabel
        koppen = tabel.koppen
        judged = beoordeel_scholen(tabel, grenzen) if soort == SCHOLEN else beoordeel_leerlingen(tabel, grenzen, known)
    if isinstance(judged, Fouten):
        return judged
    return Gelezen(soort, judged, grenzen, next(iter(jaren_in([koppen["aantal"]]))) if soort == LEERLINGEN else None)


def _kolommen(gelezen: Gelezen) -> list[Sequence[object]]:
    """The columns of ``duo_rijen``."""
    number, code, name, kind, board, board_name, town, street, house, postcode, place = zip(
        *gelezen.scholen, strict=True
    )
    if gelezen.soort == LEERLINGEN:
        counts = [row.aantal for row in gelezen.beoordeling.tellingen]
        pupils: list[object] = [count.aantal for count in counts]
        small: list[object] = [count.minder_dan_vijf for count in counts]
    else:
        pupils = small = [None] * len(number)
    return [code, name, kind, board, board_name, street, house, postcode, place, town, pupils, small]


_STAGING = """
    create temporary table duo_rijen (
        code text, naam text, soort text, bestuur text, bestuursnaam text, straat text, huisnummer text,
        postcode text, plaats text, gemeente text, aantal integer, klein boolean
    ) on commit drop
"""
_COPY = (
    "copy duo_rijen (code, naam, soort, bestuur, bestuursnaam, straat, huisnummer, postcode, plaats, gemeente, aantal,"
    " klein) from stdin"
)


def zet_klaar(gelezen: Gelezen) -> None:
    """Put the rows in the temporary table ``duo_rijen``; it is gone at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists duo_rijen")
        cursor.execute(_STAGING)
        raw = cast("psycopg.Cursor[Any]", cursor.cursor)  # Django's wrapper knows no COPY
        with raw.copy(_COPY) as copy:
            copy.write(als_copy(_kolommen(gelezen)))


def _vraag(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or [])
        return cast(list[tuple[Any, ...]], cursor.fetchall())


_VELDEN = ("naam", "soort", "bestuur", "straat", "huisnummer", "postcode", "plaats", "gemeente")
_SCHOLEN_SQL = """
    select d.code, s.id is null, coalesce(s.actief, true),
        d.naam, s.naam, coalesce(d.soort, s.soort, 'BAO'), s.soort, d.bestuur, b.bevoegd_gezag_nummer,
        d.straat, s.straat, d.huisnummer, s.huisnummer, d.postcode, s.postcode, d.plaats, s.plaats,
        d.gemeente, s.gemeente
    from duo_rijen d
    left join kernen_school s on s.vestigingscode = d.code
    left join kernen_schoolbestuur b on b.id = s.bestuur_id
    where s.id is null or not s.actief or (d.naam, coalesce(d.soort, s.soort), d.bestuur, d.straat, d.huisnummer,
        d.postcode, d.plaats, d.gemeente) is distinct from (s.naam, s.soort, b.bevoegd_gezag_nummer, s.straat,
        s.huisnummer, s.postcode, s.plaats, s.gemeente)
    order by d.code
"""
_NIEUW_SQL = """
    select d.code, d.naam, d.soort from duo_rijen d left join kernen_school s on s.vestigingscode = d.code
    where s.id is null order by d.code
"""
_BESTUREN_SQL = """
    select distinct d.bestuur from duo_rijen d left join kernen_schoolbestuur b on b.bevoegd_gezag_nummer = d.bestuur
    where b.id is null order by 1
"""
#: In file 06 the board of a school that is known already stays as it is, so it need not exist.
_BESTUREN_NIEUWE_SCHOLEN_SQL = """
    select distinct d.bestuur from duo_rijen d
    where not exists (select from kernen_school s where s.vestigingscode = d.code)
        and not exists (select from kernen_schoolbestuur b where b.bevoegd_gezag_nummer = d.bestuur)
    order by 1
"""
_VERDWENEN_SQL = """
    select s.vestigingscode, s.naam, s.gemeente, s.postcode from kernen_school s
    where s.actief and not s.buiten_regio and not exists (select 1 from duo_rijen d where d.code = s.vestigingscode)
        and s.soort in (select distinct coalesce(soort, 'BAO') from duo_rijen)
    order by s.vestigingscode
"""
_TELLINGEN_SQL = """
    select d.code, s.naam, d.aantal, d.klein, t.aantal, t.minder_dan_vijf
    from duo_rijen d
    join kernen_school s on s.vestigingscode = d.code
    join kernen_leerlingtelling t on t.school_id = s.id and t.teldatum = %s
    where (d.aantal, d.klein) is distinct from (t.aantal, t.minder_dan_vijf)
    order by d.code
"""
_NIEUWE_TELLINGEN_SQL = """
    select count(*) from duo_rijen d
    left join kernen_school s on s.vestigingscode = d.code
    left join kernen_leerlingtelling t on t.school_id = s.id and t.teldatum = %s
    where t.id is null
"""


def vergelijk(gelezen: Gelezen) -> Verschil:
    """What would change; the rows must be in ``duo_rijen`` (see ``zet_klaar``)."""
    judged = gelezen.beoordeling
    found = Verschil(buiten=judged.buiten, leeg=judged.leeg, jaar=gelezen.jaar)
    if gelezen.soort == SCHOLEN:
        _vergelijk_scholen(found, gelezen)
    else:
        _vergelijk_leerlingen(found, gelezen)
    return found


def _vergelijk_scholen(found: Verschil, gelezen: Gelezen) -> None:
    found.besturen = [number for (number,) in _vraag(_BESTUREN_SQL)]
    for code, is_new, active, *pairs in _vraag(_SCHOLEN_SQL):
        naam = pairs[0]
        if is_new:
            found.nieuw.append(Wijziging(code, naam, (str(pairs[2]),)))
            continue
        changes = [
            f"{field}: {old or 'leeg'} wordt {new or 'leeg'}"
            for field, new, old in zip(_VELDEN, pairs[::2], pairs[1::2], strict=True)
            if new != old
        ]
        if not active:
            changes.append("staat weer in het bestand en wordt actief")
        found.gewijzigd.append(Wijziging(code, naam, tuple(changes)))
    found.gelijk = len(gelezen.scholen) - len(found.nieuw) - len(found.gewijzigd)
    found.verdwenen = [
        Wijziging(code, naam)
        for code, naam, gemeente, postcode in _vraag(_VERDWENEN_SQL)
        if gelezen.grenzen.omvat(gemeente, postcode)
    ]


def _aantal(number: int | None, small: bool | None) -> str:
    return "<5" if small else str(number)


def _vergelijk_leerlingen(found: Verschil, gelezen: Gelezen) -> None:
    assert gelezen.jaar is not None  # noqa: S101  file 06 always has a year
    found.nieuw = [Wijziging(code, naam, (soort,)) for code, naam, soort in _vraag(_NIEUW_SQL)]
    if found.nieuw:
        found.besturen = [number for (number,) in _vraag(_BESTUREN_NIEUWE_SCHOLEN_SQL)]
    day = teldatum(gelezen.jaar)
    found.tellingen_nieuw = _vraag(_NIEUWE_TELLINGEN_SQL, [day])[0][0]
    for code, naam, number, small, old, old_small in _vraag(_TELLINGEN_SQL, [day]):
        change = f"{_aantal(old, old_small)} wordt {_aantal(number, small)}"
        found.tellingen_gewijzigd.append(Wijziging(code, naam, (change,)))
    rows = gelezen.beoordeling.tellingen
    found.leerlingen = sum(row.aantal.aantal or 0 for row in rows)
    found.minder_dan_vijf = sum(row.aantal.minder_dan_vijf for row in rows)
    found.gelijk = len(rows) - found.tellingen_nieuw - len(found.tellingen_gewijzigd)


_SCHRIJF_BESTUREN = """
    insert into kernen_schoolbestuur (bevoegd_gezag_nummer, naam, straat, huisnummer, postcode, plaats, lid, versie)
    select d.bestuur, coalesce(nullif(max(d.bestuursnaam), ''), 'Bevoegd gezag ' || d.bestuur), '', '', '', '', true, 1
    from duo_rijen d left join kernen_school s on s.vestigingscode = d.code
    where %s or s.id is null
    group by d.bestuur order by d.bestuur
    on conflict (bevoegd_gezag_nummer) do update set naam = excluded.naam, versie = kernen_schoolbestuur.versie + 1
        where kernen_schoolbestuur.naam = 'Bevoegd gezag ' || kernen_schoolbestuur.bevoegd_gezag_nummer
        and excluded.naam <> kernen_schoolbestuur.naam
"""
_NIEUWE_SCHOLEN = """
    insert into kernen_school (vestigingscode, brin, naam, soort, is_ikc, bestuur_id, straat, huisnummer, postcode,
        plaats, gemeente, actief, buiten_regio, swv_code, versie)
    select d.code, left(d.code, 4), d.naam, coalesce(d.soort, o.soort, 'BAO'), false, b.id, d.straat, d.huisnummer,
        d.postcode, d.plaats, d.gemeente, true, false, '', 1
    from duo_rijen d join kernen_schoolbestuur b on b.bevoegd_gezag_nummer = d.bestuur
    left join kernen_school o on o.vestigingscode = d.code
    where o.id is null order by d.code
"""
_WIJZIG_SCHOLEN = """
    update kernen_school o set naam = d.naam, soort = coalesce(d.soort, o.soort), bestuur_id = b.id,
        straat = d.straat, huisnummer = d.huisnummer, postcode = d.postcode, plaats = d.plaats, gemeente = d.gemeente,
        actief = true, versie = o.versie + 1
    from duo_rijen d join kernen_schoolbestuur b on b.bevoegd_gezag_nummer = d.bestuur
    where o.vestigingscode = d.code and (not o.actief or (o.naam, o.soort, o.bestuur_id, o.straat, o.huisnummer,
        o.postcode, o.plaats, o.gemeente) is distinct from (d.naam, coalesce(d.soort, o.soort), b.id, d.straat,
        d.huisnummer, d.postcode, d.plaats, d.gemeente))
"""
_WIJZIG_TELLINGEN = """
    update kernen_leerlingtelling t set aantal = d.aantal, minder_dan_vijf = d.klein
    from duo_rijen d join kernen_school s on s.vestigingscode = d.code
    where t.school_id = s.id and t.teldatum = %s
        and (t.aantal, t.minder_dan_vijf) is distinct from (d.aantal, d.klein)
"""
_NIEUWE_TELLINGEN = """
    insert into kernen_leerlingtelling (school_id, teldatum, aantal, minder_dan_vijf)
    select s.id, %s, d.aantal, d.klein from duo_rijen d join kernen_school s on s.vestigingscode = d.code
    where not exists (select from kernen_leerlingtelling t where t.school_id = s.id and t.teldatum = %s)
    order by s.id
"""


def schrijf(gelezen: Gelezen, verschil: Verschil, verdwenen: Iterable[str] = ()) -> None:
    """Write the rows of ``duo_rijen``, of which ``vergelijk`` just answered ``verschil``.

    The schools with a code in ``verdwenen`` become inactive.  One import at a time: the caller holds the lock, so that
    an update and an insert are enough; an upsert of many new rows costs half as much again.
    """
    with connection.cursor() as cursor:
        if verschil.besturen or any(school.bestuursnaam for school in gelezen.scholen):
            cursor.execute(_SCHRIJF_BESTUREN, [gelezen.soort == SCHOLEN])
        if verschil.gewijzigd:
            cursor.execute(_WIJZIG_SCHOLEN)
        if verschil.nieuw:
            cursor.execute(_NIEUWE_SCHOLEN)
        if gelezen.jaar is not None:
            _schrijf_tellingen(cursor, verschil, teldatum(gelezen.jaar))
        codes = list(verdwenen)
        if codes:
            cursor.execute(
                "update kernen_school set actief = false, versie = versie + 1 where vestigingscode = any(%s)", [codes]
            )


def _schrijf_tellingen(cursor: CursorWrapper, verschil: Verschil, day: date) -> None:
    if verschil.tellingen_gewijzigd:
        cursor.execute(_WIJZIG_TELLINGEN, [day])
    if verschil.tellingen_nieuw:
        cursor.execute(_NIEUWE_TELLINGEN, [day, day])
