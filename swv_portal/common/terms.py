"""Legal terms: when a term ends, what suspended it, and why the last day moved.  Every result explains itself.

No clock: ``today`` is always an argument.  The day on which something happens (receipt, announcement) does not count; a
term of weeks ends on the same day of the week, a term of months on the same day of the month.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import holidays

from swv_portal.common.dates import lange_datum, plus_maanden

EEN_DAG = timedelta(days=1)
_NAMEN = {
    "New Year's Day": "Nieuwjaarsdag",
    "Good Friday": "Goede Vrijdag",
    "Easter Monday": "tweede paasdag",
    "King's Day": "Koningsdag",
    "Liberation Day": "Bevrijdingsdag",
    "Ascension Day": "Hemelvaartsdag",
    "Pentecost Monday": "tweede pinksterdag",
    "Christmas Day": "eerste kerstdag",
    "Second Day of Christmas": "tweede kerstdag",
}


@lru_cache(maxsize=64)
def feestdagen(jaar: int) -> dict[date, str]:
    """The public holidays of Algemene termijnenwet art. 3 lid 1 and 2 in ``jaar``: day -> Dutch name.

    5 May counts every year, Goede Vrijdag is equal to a holiday (lid 2).  Easter and Pentecost Sunday are no holiday of
    this law (they are Sundays anyway).
    """
    found: dict[date, str] = {}
    for day, names in holidays.country_holidays(
        "NL", years=jaar, categories=("public", "optional"), language="en_US"
    ).items():
        known = [_NAMEN[name] for name in names.split("; ") if name in _NAMEN]
        if known:
            found[day] = " en ".join(known)
    return found


def geen_werkdag(dag: date, gelijkgesteld: Iterable[date] = ()) -> str | None:
    """Why ``dag`` can not be the last day of a term (Algemene termijnenwet art. 1 and 3), or ``None`` when it can.

    ``gelijkgesteld``: days that a royal decree made equal to a holiday (art. 3 lid 3), such as the Friday after
    Ascension.
    """
    feestdag = feestdagen(dag.year).get(dag)
    if feestdag is not None:
        return feestdag
    if dag in set(gelijkgesteld):
        return "een met een feestdag gelijkgestelde dag"
    return {5: "een zaterdag", 6: "een zondag"}.get(dag.weekday())


@dataclass(frozen=True)
class Duur:
    """How long a term is: weeks or months, one of the two."""

    weken: int = 0
    maanden: int = 0

    def __post_init__(self) -> None:
        if (self.weken > 0) == (self.maanden > 0) or min(self.weken, self.maanden) < 0:
            raise ValueError("a term has weeks or months")

    def vanaf(self, dag: date) -> date:
        """The last day of a term of this length after ``dag`` (``dag`` itself does not count)."""
        return dag + timedelta(weeks=self.weken) if self.weken else plus_maanden(dag, self.maanden)

    @property
    def verschuift(self) -> bool:
        """Only terms of at most twelve weeks or three months shift (Algemene termijnenwet art. 4 onder a)."""
        return self.weken <= 12 and self.maanden <= 3

    def __str__(self) -> str:
        amount, one, more = (self.weken, "week", "weken") if self.weken else (self.maanden, "maand", "maanden")
        return f"{amount} {one if amount == 1 else more}"


@dataclass(frozen=True)
class Stilstand:
    """How a request that suspends a term is called when the term is explained, and the article by which it does."""

    vraag: str
    antwoord: str
    grondslag: str


#: The completion of an application.
AANVULLEN = Stilstand("Om aanvulling gevraagd", "aangevuld", "Awb art. 4:15")


@dataclass(frozen=True)
class Opschorting:
    """A request for completion: asked on ``gevraagd``, to be answered by ``uiterlijk``, answered on ``aangevuld``.

    Awb art. 4:15 lid 1 onder a, and 7:10 lid 2 for an objection: the term stands still from the day after
    the request until the day of the completion, or until the day on which the time given has passed unused (the day
    after ``uiterlijk``).  A request without a time limit suspends nothing, therefore ``uiterlijk`` is obligatory.
    """

    gevraagd: date
    uiterlijk: date
    aangevuld: date | None = None

    def __post_init__(self) -> None:
        if self.uiterlijk <= self.gevraagd:
            raise ValueError("the time given must end after the request")
        if self.aangevuld is not None and self.aangevuld < self.gevraagd:
            raise ValueError("completed before it was asked")

    @property
    def eerste_dag(self) -> date:
        return self.gevraagd + EEN_DAG

    def hervat(self, today: date) -> date:
        """The first day on which the term runs again; for an open request: at the earliest tomorrow."""
        lapsed = self.uiterlijk + EEN_DAG
        if self.aangevuld is not None:
            return max(self.eerste_dag, min(self.aangevuld, lapsed))
        return max(self.eerste_dag, min(today + EEN_DAG, lapsed))

    def loopt(self, today: date) -> bool:
        """Does the term stand still on ``today`` because of this request?"""
        return self.eerste_dag <= today and self.aangevuld is None and today <= self.uiterlijk


@dataclass(frozen=True)
class Verlenging:
    """The people who wait were told on ``gemeld`` that the term ends on ``tot`` (Awb art. 4:14)."""

    gemeld: date
    tot: date


@dataclass(frozen=True)
class Termijn:
    """A term with its last day and the explanation.  Made by ``bereken``."""

    naam: str
    grondslag: str
    begin: date
    duur: Duur
    laatste_dag: date
    zonder_verschuiving: date
    verschoven_om: str | None = None
    opgeschort: int = 0
    staat_stil: bool = False
    opschortingen: tuple[Opschorting, ...] = ()
    verlenging: Verlenging | None = None
    stilstand: Stilstand = AANVULLEN

    @property
    def uitleg(self) -> tuple[str, ...]:
        """Sentences that say how the last day came about, to be shown or printed beneath it."""
        lines = [f"{self.duur} na {lange_datum(self.begin)} ({self.grondslag})."]
        for item in self.opschortingen:
            done = self.stilstand.antwoord
            end = f"{done} op {lange_datum(item.aangevuld)}" if item.aangevuld else f"nog niet {done}"
            asked, until = lange_datum(item.gevraagd), lange_datum(item.uiterlijk)
            lines.append(f"{self.stilstand.vraag} op {asked}, uiterlijk {until}: {end}.")
        if any(item.gevraagd < self.begin for item in self.opschortingen):
            lines.append(f"Alleen de dagen na {lange_datum(self.begin)} tellen: toen begon de termijn.")
        if self.opschortingen:
            word = "dag" if self.opgeschort == 1 else "dagen"
            law = self.stilstand.grondslag
            lines.append(f"De termijn heeft daardoor {self.opgeschort} {word} stilgestaan ({law}).")
        if self.verlenging is not None:
            told, until = lange_datum(self.verlenging.gemeld), lange_datum(self.verlenging.tot)
            lines.append(f"Op {told} verlengd tot en met {until} (Awb art. 4:14).")
        if self.verschoven_om:
            lines.append(
                f"De termijn eindigt op {lange_datum(self.zonder_verschuiving)}, dat is {self.verschoven_om}. "
                f"Daarom is de laatste dag {lange_datum(self.laatste_dag)} (Algemene termijnenwet art. 1 en 3)."
            )
        return tuple(lines)


def bereken(
    naam: str,
    *,
    begin: date,
    duur: Duur,
    grondslag: str,
    today: date,
    opschortingen: Sequence[Opschorting] = (),
    gelijkgesteld: Iterable[date] = (),
    verlenging: Verlenging | None = None,
    stilstand: Stilstand = AANVULLEN,
) -> Termijn:
    """The term that starts the day after ``begin`` and lasts ``duur``, with what suspended and moved it.

    Of a request made before the term only the days count that lie in it.  Requests made on or after the (moved) last
    day suspend nothing: they stop the term from the day after, and there is no term left then.  One made on a day to
    which the last day only moved suspends what is left of that.  Days that fall in two requests count once.  While a
    request is open the last day moves on with ``today``.  After an extension the term ends on the day that was told, or
    later when it stood still after that.
    """
    equal = frozenset(gelijkgesteld)
    used, counted, last = _stilgestaan(opschortingen, begin, duur, equal, verlenging, today)
    moved, why = _verschuif(last, duur, equal)
    return Termijn(
        naam=naam,
        grondslag=grondslag,
        begin=begin,
        duur=duur,
        laatste_dag=moved,
        zonder_verschuiving=last,
        verschoven_om=why,
        opgeschort=counted,
        staat_stil=any(item.loopt(today) for item in used),
        opschortingen=tuple(used),
        verlenging=verlenging,
        stilstand=stilstand,
    )


def _stilgestaan(
    opschortingen: Sequence[Opschorting],
    begin: date,
    duur: Duur,
    equal: frozenset[date],
    verlenging: Verlenging | None,
    today: date,
) -> tuple[list[Opschorting], int, date]:
    """Which requests suspended the term, how many days, and the last day before it moves for a weekend or holiday."""
    last = _verlengd(duur.vanaf(begin), set(), verlenging)
    counted: set[date] = set()
    beyond = EEN_DAG * 0
    used: list[Opschorting] = []
    for item in sorted(opschortingen, key=lambda o: (o.gevraagd, o.uiterlijk)):
        moved = _verschuif(last, duur, equal)[0]
        first = max(item.eerste_dag, begin + EEN_DAG)
        still = {first + EEN_DAG * n for n in range((item.hervat(today) - first).days)} - counted
        if item.gevraagd >= moved or (item.gevraagd < begin and not still):
            continue
        used.append(item)
        if still and item.gevraagd >= last:
            beyond += moved - last
        counted |= still
        last = _verlengd(duur.vanaf(begin), counted, verlenging) + beyond
    return used, len(counted), last


def _verlengd(last: date, counted: set[date], verlenging: Verlenging | None) -> date:
    """The last day after ``counted`` days of standing still, of which those after an extension move that too."""
    moved = last + timedelta(days=len(counted))
    if verlenging is None:
        return moved
    later = sum(day > verlenging.gemeld for day in counted)
    return max(moved, verlenging.tot + timedelta(days=later))


def _verschuif(last: date, duur: Duur, equal: frozenset[date]) -> tuple[date, str | None]:
    """Algemene termijnenwet art. 1 lid 1: on to the first day that is no Saturday, Sunday or public holiday."""
    why = geen_werkdag(last, equal) if duur.verschuift else None
    day = last
    while duur.verschuift and geen_werkdag(day, equal):
        day += EEN_DAG
    return day, why


def bezwaartermijn(bekendgemaakt: date, *, today: date, gelijkgesteld: Iterable[date] = ()) -> Termijn:
    """Objection: six weeks (Awb art. 6:7) from the day after the announcement (art. 6:8 lid 1)."""
    return bereken(
        "bezwaar",
        begin=bekendgemaakt,
        duur=Duur(weken=6),
        grondslag="Awb art. 6:7 en 6:8",
        today=today,
        gelijkgesteld=gelijkgesteld,
    )


def beroepstermijn(bekendgemaakt: date, *, today: date, gelijkgesteld: Iterable[date] = ()) -> Termijn:
    """Appeal to the court against a decision on an objection: as long as the term for objection (same articles)."""
    return replace(bezwaartermijn(bekendgemaakt, today=today, gelijkgesteld=gelijkgesteld), naam="beroep")


def beslistermijn(
    ontvangen: date,
    *,
    today: date,
    opschortingen: Sequence[Opschorting] = (),
    gelijkgesteld: Iterable[date] = (),
    verlenging: Verlenging | None = None,
) -> Termijn:
    """The decision on an application: eight weeks (Awb art. 4:13), suspended (art. 4:15) or extended (art. 4:14)."""
    return bereken(
        "wettelijke beslistermijn",
        begin=ontvangen,
        duur=Duur(weken=8),
        grondslag="Awb art. 4:13",
        today=today,
        opschortingen=opschortingen,
        gelijkgesteld=gelijkgesteld,
        verlenging=verlenging,
    )
