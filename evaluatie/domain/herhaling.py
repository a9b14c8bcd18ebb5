"""May a round that was published be published again, with other answers?

Who has both publications can subtract them.  What differs is then a group of its own, and gets the same protection as
every group: it has no answers, or at least the minimum.  See ``docs/besluiten/0040-kleine-groepen.md``, 'A second
publication', for these rules and their limits; ``tests/evaluatie/domain/test_herhaling_lineair.py`` checks whose
answers follow from both publications together, with the linear algebra of ``onthulling``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluatie.domain.uitkomsten import Groep, Tellingen, rijen_van
from evaluatie.domain.verdeling import keuze_is_veilig, verdeling_is_veilig
from evaluatie.domain.vragenlijst import Vraag, Vraagsoort
from swv_portal.common.workflow import Refusal

#: With three different sets of answers, one that differs enough from each of the others can still be a sum of both
#: and one person more.
MEESTE_PUBLICATIES = 2

#: How groups that were not there before are called together.
NIEUWE_GROEPEN = "nieuwe groepen samen"

#: Per group the number of people per answer, and last of no answer.
Rijen = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Antwoordbeeld:
    """The counts of a round at one moment: respondents per group, answers per (group, question, value)."""

    groepen: Mapping[str, int]
    tellingen: Tellingen


@dataclass(frozen=True)
class _Paar:
    """The answers to one question of the same people, as far as anybody knows, in two publications."""

    naam: str
    oud: Sequence[int]
    nieuw: Sequence[int]

    @property
    def erbij(self) -> list[int]:
        """The answers that came in addition, per option."""
        return _meer(self.nieuw, self.oud)

    @property
    def eraf(self) -> list[int]:
        return _meer(self.oud, self.nieuw)

    @property
    def verschil(self) -> int:
        """How many answers changed, came or went at the least; one that changed came and went."""
        return max(sum(self.erbij), sum(self.eraf))


def _meer(counts: Sequence[int], before: Sequence[int]) -> list[int]:
    return [max(0, count - earlier) for count, earlier in zip(counts, before, strict=True)]


@dataclass(frozen=True)
class _Verschil:
    """One question in two publications."""

    vraag: Vraag
    oud: Rijen
    nieuw: Rijen
    #: How the groups of ``nieuw`` are written.
    namen: Mapping[str, str]

    @property
    def is_er(self) -> bool:
        """Did anything change?  Another name for a group, and another order, is no change."""
        return sorted(map(tuple, self.oud.values())) != sorted(map(tuple, self.nieuw.values()))

    @property
    def gebleven(self) -> list[_Paar]:
        """The groups that are in both."""
        shared = sorted(self.oud.keys() & self.nieuw.keys())
        return [_Paar(name, self.oud[name][:-1], self.nieuw[name][:-1]) for name in shared]

    @property
    def alleen_oud(self) -> dict[str, Sequence[int]]:
        return {name: row for name, row in sorted(self.oud.items()) if name not in self.nieuw}

    @property
    def alleen_nieuw(self) -> dict[str, Sequence[int]]:
        return {name: row for name, row in sorted(self.nieuw.items()) if name not in self.oud}

    @property
    def hernoemd(self) -> list[_Paar]:
        """A group that is gone may be one that is new, under another name; all of them together may be the others."""
        gone, new = self.alleen_oud, self.alleen_nieuw
        pairs = [_Paar(name, before[:-1], after[:-1]) for before in gone.values() for name, after in new.items()]
        return [*pairs, self.rest] if pairs else []

    @property
    def rest(self) -> _Paar:
        """Everybody in the groups that are not in both."""
        nobody = [0] * (len(self.vraag.opties) + 1)
        before, after = (
            [sum(column) for column in zip(nobody, *rows.values(), strict=True)][:-1]
            for rows in (self.alleen_oud, self.alleen_nieuw)
        )
        return _Paar(NIEUWE_GROEPEN, before, after)


def weiger_herhaling(
    vragen: Sequence[Vraag], eerder: Sequence[Antwoordbeeld], nu: Antwoordbeeld, minimum: int
) -> Refusal | None:
    """Why the answers ``nu`` may not be published beside what was published (``eerder``); ``None`` when they may.

    What was published may be published again.  Codes: ``te_vaak``, ``te_weinig_nieuw``, ``samen_afleidbaar``.
    """
    if nu in eerder:
        return None
    if len(eerder) >= MEESTE_PUBLICATIES:
        return Refusal(
            "te_vaak",
            f"Van deze ronde zijn al {len(eerder)} verschillende uitkomsten gepubliceerd. Nog een andere kan niet: wie "
            f"alle uitkomsten heeft, kan antwoorden van enkele mensen afleiden. {_TERUG}",
        )
    for beeld in eerder:
        for vraag in vragen:
            if refusal := _weiger_vraag(_verschil(vraag, beeld, nu), minimum):
                return refusal
    return None


_TERUG = "De antwoorden die al gepubliceerd waren, kunt u wel opnieuw publiceren."


def _verschil(vraag: Vraag, oud: Antwoordbeeld, nieuw: Antwoordbeeld) -> _Verschil:
    names = {name.casefold(): name for name in nieuw.groepen}
    return _Verschil(vraag, _rijen(vraag, oud), _rijen(vraag, nieuw), names)


def _rijen(vraag: Vraag, beeld: Antwoordbeeld) -> Rijen:
    """The rows of the groups; how a name is written does not make another group."""
    groups = [Groep(name, count) for name, count in beeld.groepen.items()]
    return {name.casefold(): row for name, row in rijen_van(vraag, groups, beeld.tellingen).items()}


def _weiger_vraag(verschil: _Verschil, minimum: int) -> Refusal | None:
    if not verschil.is_er:
        return None
    if verschil.vraag.soort is Vraagsoort.KEUZE:
        return _weiger_keuze(verschil, minimum)
    return _weiger_groepen(verschil, minimum) or _weiger_verdeling(verschil, minimum)


def _weiger_keuze(verschil: _Verschil, minimum: int) -> Refusal | None:
    """Of a choice question the totals over everybody are published, so who is in the difference is known together."""
    pairs = [*verschil.gebleven, verschil.rest]
    changed = max(sum(sum(pair.erbij) for pair in pairs), sum(sum(pair.eraf) for pair in pairs))
    if 0 < changed < minimum:
        return _te_weinig("in alle groepen samen", minimum)
    added = {pair.naam: [*pair.erbij, 0] for pair in verschil.gebleven} | verschil.alleen_nieuw
    removed = {pair.naam: [*pair.eraf, 0] for pair in verschil.gebleven} | verschil.alleen_oud
    if keuze_is_veilig(added, minimum) and keuze_is_veilig(removed, minimum):
        return None
    return _samen_afleidbaar(verschil.vraag)


def _weiger_groepen(verschil: _Verschil, minimum: int) -> Refusal | None:
    """Of a score question the mean of a group is published, so the difference is known per group shown in both."""
    for pair in (*verschil.gebleven, *verschil.hernoemd):
        if min(sum(pair.oud), sum(pair.nieuw)) >= minimum and 0 < pair.verschil < minimum:
            return _te_weinig(f"in '{verschil.namen.get(pair.naam, pair.naam)}'", minimum)
    return None


def _weiger_verdeling(verschil: _Verschil, minimum: int) -> Refusal | None:
    """A table of scores beside small groups rests on a proof of doubt; there is no such proof for two tables."""
    scores = [optie.score or 0 for optie in verschil.vraag.opties]
    tables = (verschil.oud, verschil.nieuw)
    small = any(0 < sum(row[:-1]) < minimum for rows in tables for row in rows.values())
    if not (verschil.vraag.verdeling and small):
        return None
    published = any(verdeling_is_veilig(rows, scores, minimum) for rows in tables)
    return _samen_afleidbaar(verschil.vraag) if published else None


def _te_weinig(waar: str, minimum: int) -> Refusal:
    return Refusal(
        "te_weinig_nieuw",
        f"Sinds de vorige publicatie zijn er {waar} minder dan {minimum} antwoorden op een vraag bijgekomen, "
        f"veranderd of weggehaald. Wie de vorige uitkomsten heeft, kan die antwoorden afleiden. Publiceren kan op zijn "
        f"vroegst als het er minstens {minimum} zijn. {_TERUG}",
    )


def _samen_afleidbaar(vraag: Vraag) -> Refusal:
    return Refusal(
        "samen_afleidbaar",
        f"Wie ook de vorige uitkomsten heeft, kan misschien antwoorden van een kleine groep afleiden. Het gaat "
        f"om de vraag: {vraag.tekst} {_TERUG}",
    )
