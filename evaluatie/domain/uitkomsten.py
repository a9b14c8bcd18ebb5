"""From counts to what is published: the one place where small groups are hidden.

Screens, report, spreadsheet and export show these values and nothing else, staff included.  Source of the layout: the
published tables of the evaluation 'Impuls kernen', SWV PO IJmond, 2024-2025, which leave out groups with too few
respondents; see ``docs/besluiten/0040-kleine-groepen.md`` for what is stricter here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluatie.domain.afronding import half_omhoog, percentage
from evaluatie.domain.onthulling import verberg_verder
from evaluatie.domain.verdeling import keuze_is_veilig, verdeling_is_veilig
from evaluatie.domain.vragenlijst import Vraag, Vraagsoort

#: Answers per (group, question, value of the option).
Tellingen = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Groep:
    """A group of respondents, usually a kern.  ``respondenten``: everybody who handed in the questionnaire."""

    naam: str
    respondenten: int


@dataclass(frozen=True)
class Aandeel:
    """How many chose an option.  ``percentage`` is ``None`` for an option that is only counted."""

    waarde: str
    label: str
    aantal: int
    percentage: Decimal | None


@dataclass(frozen=True)
class Groepsgemiddelde:
    """The mean of a group; ``None`` when the group gave too few answers to this question."""

    groep: str
    respondenten: int
    gemiddelde: Decimal | None


@dataclass(frozen=True)
class KeuzeUitkomst:
    """``verdeling`` is ``None`` when fewer than the minimum answered, or when it would give a small group away (then
    ``verdeling_verborgen``)."""

    vraag: Vraag
    n: int
    geen_antwoord: int
    verdeling: tuple[Aandeel, ...] | None
    verdeling_verborgen: bool


@dataclass(frozen=True)
class ScoreUitkomst:
    """``groepen``: from high to low, hidden ones last.  ``gemiddelde``: over the shown groups only.

    ``verdeling``: percentages of all respondents; ``None`` when the question has none or it would give a hidden group
    away (then ``verdeling_verborgen``).
    """

    vraag: Vraag
    n: int
    geen_antwoord: int
    groepen: tuple[Groepsgemiddelde, ...]
    gemiddelde: Decimal | None
    verdeling: tuple[Aandeel, ...] | None
    verdeling_verborgen: bool

    @property
    def getoond(self) -> list[Groepsgemiddelde]:
        return [groep for groep in self.groepen if groep.gemiddelde is not None]

    @property
    def verborgen(self) -> list[str]:
        return [groep.groep for groep in self.groepen if groep.gemiddelde is None]

    @property
    def respondenten_getoond(self) -> int:
        """How many handed in the questionnaire in the shown groups together."""
        return sum(groep.respondenten for groep in self.getoond)


Uitkomst = KeuzeUitkomst | ScoreUitkomst


def publiceer(
    vragen: Sequence[Vraag], groepen: Sequence[Groep], tellingen: Tellingen, minimum: int
) -> tuple[Uitkomst, ...]:
    """What may be published of a round, per question in the order of ``vragen``.

    ``minimum`` is the smallest number of answers of which a figure is shown (at least 1).  A combination that is not in
    ``tellingen`` was not chosen.  ``ValueError`` when a group has more answers to a question than respondents.
    """
    if minimum < 1:
        raise ValueError("the minimum is at least one answer")
    return tuple(_uitkomst(vraag, groepen, tellingen, minimum) for vraag in vragen)


def _uitkomst(vraag: Vraag, groepen: Sequence[Groep], tellingen: Tellingen, minimum: int) -> Uitkomst:
    if vraag.soort is Vraagsoort.SCORE:
        return _score(vraag, groepen, tellingen, minimum)
    return _keuze(vraag, groepen, tellingen, minimum)


def _rijen(vraag: Vraag, groepen: Sequence[Groep], tellingen: Tellingen) -> dict[str, list[int]]:
    """Per group the count of every option, and last of no answer."""
    rows = {}
    for groep in groepen:
        counts = [tellingen.get((groep.naam, vraag.code, optie.waarde), 0) for optie in vraag.opties]
        without = groep.respondenten - sum(counts)
        if without < 0:
            raise ValueError(f"more answers than respondents: {vraag.code}")
        rows[groep.naam] = [*counts, without]
    return rows


def _aandelen(vraag: Vraag, counts: Sequence[int], geheel: int) -> tuple[Aandeel, ...]:
    return tuple(
        Aandeel(optie.waarde, optie.label, count, percentage(count, geheel) if optie.in_percentages else None)
        for optie, count in zip(vraag.opties, counts, strict=True)
    )


def _keuze(vraag: Vraag, groepen: Sequence[Groep], tellingen: Tellingen, minimum: int) -> KeuzeUitkomst:
    rows = _rijen(vraag, groepen, tellingen)
    *counts, without = [sum(column) for column in zip(*rows.values(), strict=True)] or [0] * (len(vraag.opties) + 1)
    n = sum(counts)
    enough = n >= minimum
    safe = enough and keuze_is_veilig(rows, minimum)
    return KeuzeUitkomst(vraag, n, without, _aandelen(vraag, counts, n) if safe else None, enough and not safe)


def _score(vraag: Vraag, groepen: Sequence[Groep], tellingen: Tellingen, minimum: int) -> ScoreUitkomst:
    rows = _rijen(vraag, groepen, tellingen)
    scores = [optie.score or 0 for optie in vraag.opties]
    answers = {name: sum(row[:-1]) for name, row in rows.items()}
    sums = {name: sum(s * c for s, c in zip(scores, row, strict=False)) for name, row in rows.items()}
    shown = verberg_verder(answers, frozenset(rows), minimum)
    means = {name: half_omhoog(sums[name], answers[name]) for name in shown}
    ranked = sorted(groepen, key=lambda g: (g.naam not in shown, -means.get(g.naam, Decimal(0)), g.naam.casefold()))
    total = half_omhoog(sum(sums[name] for name in shown), sum(answers[name] for name in shown)) if shown else None
    n, respondents = sum(answers.values()), sum(groep.respondenten for groep in groepen)
    safe = vraag.verdeling and n >= minimum and verdeling_is_veilig(rows, scores, minimum)
    return ScoreUitkomst(
        vraag,
        n,
        respondents - n,
        tuple(Groepsgemiddelde(g.naam, g.respondenten, means.get(g.naam)) for g in ranked),
        total,
        _scoreverdeling(vraag, rows, respondents) if safe else None,
        vraag.verdeling and not safe,
    )


def _scoreverdeling(vraag: Vraag, rows: Mapping[str, Sequence[int]], respondents: int) -> tuple[Aandeel, ...]:
    """From the highest score to the lowest; the 0 only when somebody gave it, as in the published table."""
    counts = [sum(column) for column in zip(*rows.values(), strict=True)][:-1]
    shares = reversed(_aandelen(vraag, counts, respondents))
    return tuple(share for share in shares if share.aantal or share.waarde != str(vraag.laagste))
