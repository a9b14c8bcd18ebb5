"""What importing a file would change: the rows in a temporary table, compared in SQL with what is there."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import psycopg
from django.db import connection

from kernen.domain.duo_kolommen import SCHOLEN
from kernen.domain.tellingen import teldatum
from kernen.importers.lezen import Gelezen
from swv_portal.common.tables.copying import als_copy


@dataclass(frozen=True)
class Wijziging:
    """What changes on one school: its code and name, and sentences such as 'naam: De Berk wordt De Beuk'."""

    vestigingscode: str
    naam: str
    wat: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bestuursnaam:
    """A board whose name in the file is not simply taken over.

    ``naam`` is what it is called in the portal (empty for one without a name of its own), ``in_bestand`` the name that
    the file has most often, ``namen`` how many different ones it has.
    """

    nummer: str
    naam: str
    in_bestand: str
    namen: int


@dataclass
class Verschil:
    """What importing a file would change.  ``gelijk``, ``buiten`` and ``leeg`` count rows that change nothing.

    ``besturen_anders`` keep their name in the portal; ``besturen_meer_namen`` get the one that the file has most often.
    """

    nieuw: list[Wijziging] = field(default_factory=list)
    gewijzigd: list[Wijziging] = field(default_factory=list)
    verdwenen: list[Wijziging] = field(default_factory=list)
    besturen: list[str] = field(default_factory=list)
    besturen_anders: list[Bestuursnaam] = field(default_factory=list)
    besturen_meer_namen: list[Bestuursnaam] = field(default_factory=list)
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
        return hashlib.sha256(repr(self).encode()).hexdigest()


def _kolommen(gelezen: Gelezen) -> dict[str, Sequence[object]]:
    """The columns of ``duo_rijen``; a column in which nothing stands is left to its default."""
    schools = gelezen.scholen._asdict()
    columns: dict[str, Sequence[object]] = {"code": schools.pop("vestigingscode")}
    columns |= {name: values for name, values in schools.items() if any(values)}
    if counts := gelezen.beoordeling.aantallen:
        columns["aantal"] = [count.aantal for count in counts]
        columns["klein"] = [count.minder_dan_vijf for count in counts]
    return columns


_STAGING = """
    create temporary table duo_rijen (
        code text, naam text, soort text, bestuur text default '', bestuursnaam text default '',
        straat text default '', huisnummer text default '', postcode text default '', plaats text default '',
        gemeente text default '', aantal integer, klein boolean
    ) on commit drop
"""


def zet_klaar(gelezen: Gelezen) -> None:
    """Put the rows in the temporary table ``duo_rijen``; it is gone at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists duo_rijen")
        cursor.execute(_STAGING)
        raw = cast("psycopg.Cursor[Any]", cursor.cursor)  # Django's wrapper knows no COPY
        columns = _kolommen(gelezen)
        with raw.copy(f"copy duo_rijen ({', '.join(columns)}) from stdin") as copy:
            copy.write(als_copy(list(columns.values())))


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
#: Instead of these two when the file names boards.  In file 06 only the board of a new school is in its row.
_BESTUREN_MET_NAAM_SQL = """
    select d.bestuur, b.id is null, case when b.naam <> 'Bevoegd gezag ' || d.bestuur then b.naam else '' end,
        mode() within group (order by nullif(d.bestuursnaam, '')), count(distinct nullif(d.bestuursnaam, ''))
    from duo_rijen d left join kernen_schoolbestuur b on b.bevoegd_gezag_nummer = d.bestuur
    where d.bestuur <> ''
    group by d.bestuur, b.id order by d.bestuur
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


def _vergelijk_besturen(found: Verschil, gelezen: Gelezen, zonder_namen: str) -> None:
    if not any(gelezen.scholen.bestuursnaam):
        found.besturen = [number for (number,) in _vraag(zonder_namen)]
        return
    for number, is_new, naam, in_file, names in _vraag(_BESTUREN_MET_NAAM_SQL):
        if is_new:
            found.besturen.append(number)
        board = Bestuursnaam(number, naam or "", in_file or "", names)
        if board.naam and board.in_bestand and board.naam != board.in_bestand:
            found.besturen_anders.append(board)
        elif not board.naam and names > 1:
            found.besturen_meer_namen.append(board)


def _vergelijk_scholen(found: Verschil, gelezen: Gelezen) -> None:
    _vergelijk_besturen(found, gelezen, _BESTUREN_SQL)
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
    found.gelijk = len(gelezen.scholen.vestigingscode) - len(found.nieuw) - len(found.gewijzigd)
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
        _vergelijk_besturen(found, gelezen, _BESTUREN_NIEUWE_SCHOLEN_SQL)
    day = teldatum(gelezen.jaar)
    found.tellingen_nieuw = _vraag(_NIEUWE_TELLINGEN_SQL, [day])[0][0]
    for code, naam, number, small, old, old_small in _vraag(_TELLINGEN_SQL, [day]):
        change = f"{_aantal(old, old_small)} wordt {_aantal(number, small)}"
        found.tellingen_gewijzigd.append(Wijziging(code, naam, (change,)))
    counts = gelezen.beoordeling.aantallen
    found.leerlingen = sum(count.aantal or 0 for count in counts)
    found.minder_dan_vijf = sum(count.minder_dan_vijf for count in counts)
    found.gelijk = len(counts) - found.tellingen_nieuw - len(found.tellingen_gewijzigd)
