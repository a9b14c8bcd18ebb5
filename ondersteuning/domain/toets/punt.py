"""One item of the test list."""

from dataclasses import dataclass
from enum import StrEnum


class Uitkomst(StrEnum):
    """``LET_OP`` does not block: the SWV weighs it."""

    VOLDAAN = "voldaan"
    NIET = "niet voldaan"
    LET_OP = "let op"


@dataclass(frozen=True)
class Punt:
    """One item: what is tested, how it came out, why, and where the rule stands."""

    code: str
    titel: str
    uitkomst: Uitkomst
    waarom: str
    bron: str


def maak_punt(code: str, titel: str, ok: bool, ja: str, nee: str, bron: str, anders: Uitkomst = Uitkomst.NIET) -> Punt:
    """An item with its outcome: ``ja`` says why it is met; otherwise ``nee`` says why not, and it is ``anders``."""
    return Punt(code, titel, Uitkomst.VOLDAAN if ok else anders, ja if ok else nee, bron)
