"""Searching a school by a part of its name among 100,000, against looking at every name (LIKE without an index)."""

from collections.abc import Callable
from datetime import date

from django.db import connection

from bench import _web
from bench._pair import Outcome, Side, compare
from kernen.models import School
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import Bereik, Rol
from tests.factories.kernen import PersoonFactory, SamenwerkingsverbandFactory, SchoolbestuurFactory, geef_rol

SCHOLEN = 100_000
HOEVEEL = 10
#: Names as schools have them: two halves make 400 words, each of which 250 schools carry.
_BEGIN = "Zee Duin Meeuw Strand Vuur Wad Golf Schelp Anker Helm Kust Storm Zand Eb Vloed Haven Kreek Polder Riet Wind"
_EIND = "hond pad nest loper toren vogel slag vis tuin gras lijn wolk bank kaap berg meester plas molen veld wijzer"
NAMEN = [begin + eind for eind in _EIND.split() for begin in _BEGIN.split()]
#: Half a word, a word and a number, a word that is also a part of others, and a code.
WOORDEN = ("meeuwne", "zeehond 77", "vuurtoren", "10bc")
_TEKST = "lower(naam || ' ' || vestigingscode || ' ' || plaats)"


def _code(number: int) -> str:
    pair = number // 100
    return f"{10 + pair // 676 % 90}{chr(65 + pair // 26 % 26)}{chr(65 + pair % 26)}{number % 100:02}"


def load() -> Bereik:
    """A hundred thousand schools of one board, and the reach of somebody of the SWV."""
    SamenwerkingsverbandFactory()
    board = SchoolbestuurFactory()
    rows = (
        School(
            vestigingscode=_code(n),
            brin=_code(n)[:4],
            naam=f"De {NAMEN[n % 400]} {n}",
            soort="BAO",
            bestuur=board,
            plaats="Kust",
        )
        for n in range(SCHOLEN)
    )
    School.objects.bulk_create(rows, batch_size=5000)
    person = PersoonFactory()
    geef_rol(person, Rol.SWV_MEDEWERKER)
    _web.analyze()
    return bereik_voor(person.pk, date.today())  # noqa: DTZ011


def _ours(bereik: Bereik, q: str) -> Callable[[], list[str]]:
    found = School.objects.visible_to(bereik).actief().zoek(q).order_by("naam", "vestigingscode")
    sql, params = found.values_list("naam")[:HOEVEEL].query.sql_with_params()
    return _asked(sql, list(params))


def _floor(q: str) -> Callable[[], list[str]]:
    words = [f"%{word}%" for word in q.split()]
    where = " AND ".join([f"{_TEKST} LIKE %s"] * len(words))
    return _asked(
        f"SELECT naam FROM kernen_school WHERE actief AND {where} ORDER BY naam, vestigingscode LIMIT {HOEVEEL}", words
    )


def _asked(sql: str, params: list[object]) -> Callable[[], list[str]]:
    def ask() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [name for (name,) in cursor.fetchall()]

    return ask


def main() -> list[Outcome]:
    bereik = load()
    return [
        compare(
            f"zoeken naar '{q}' in 100.000 scholen / LIKE zonder index",
            ours=Side("zoek", _ours(bereik, q)),
            floor=Side("LIKE", _floor(q)),
            same=lambda a, b: a == b and len(a) > 0,
            doel=0.1,
        )
        for q in WOORDEN
    ]
