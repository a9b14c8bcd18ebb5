"""The code of a round: the school year that it names, and whether a new one was meant to be one that is there."""

import re
from collections.abc import Iterable

from swv_portal.common.dates import Schooljaar

_TWEE_JAREN = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{4}(?![0-9])")
#: So many characters at most are typed wrong: a code that differs in more was meant to be another one.
MEESTE_TIKFOUTEN = 2
#: One wrong character for every four of the code: a short code with more of them is another word ('r' and 's').
LETTERS_PER_FOUT = 4


def schooljaar_in(code: str) -> int | None:
    """The school year that the code names (``kernen-2024-2025``), as the year in which it begins."""
    for found in _TWEE_JAREN.findall(code):
        try:
            return Schooljaar.lees(found).begin
        except ValueError:  # two years, but not of one school year
            continue
    return None


def lijkt_op(code: str, bekend: Iterable[str]) -> list[str]:
    """The known codes that ``code`` looks like a mistype of.  None when it is known itself.

    Another school year, another number (``ronde-2`` beside ``ronde-1``) and a part behind a hyphen
    (``kernen-2024-2025-na``) are typed on purpose.  A number that spoils the school year is not.
    """
    known = list(bekend)
    return [] if code in known else [other for other in known if _verschreven(code, other)]


def _verschreven(code: str, other: str) -> bool:
    if code.startswith(f"{other}-") or other.startswith(f"{code}-"):
        return False
    year, other_year = schooljaar_in(code), schooljaar_in(other)
    if year is not None and other_year is not None and year != other_year:
        return False
    if other_year is None and _zonder_getallen(code) == _zonder_getallen(other):
        return False
    allowed = min(MEESTE_TIKFOUTEN, min(len(code), len(other)) // LETTERS_PER_FOUT)
    return _afstand(code, other) <= allowed


def _zonder_getallen(code: str) -> str:
    return re.sub("[0-9]+", "0", code)


def _afstand(een: str, ander: str) -> int:
    """How many characters have to be added, left out, replaced, or exchanged with the next one."""
    before: list[int] = []
    row = list(range(len(ander) + 1))
    for i, letter in enumerate(een, start=1):
        before, previous, row = row, before, [i]
        for j, other in enumerate(ander, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == ander[j - 2] and een[i - 2] == other:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
    return row[-1]
