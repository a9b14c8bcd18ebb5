"""The versions of a letter as a procedure, and what differs between two of them.

A version is a concept until somebody makes it geldend; the one that was becomes 'vervangen', as with a begroting
(``docs/besluiten/0034-begroting-concept.md``).  Source: own rule of the portal, see
``docs/besluiten/0055-brieven-van-het-swv.md``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Protocol

from ondersteuning.domain.briefsoorten import SOORTEN, Blokken, controleer_blokken
from ondersteuning.domain.rollen import INSTELLERS
from swv_portal.common.workflow import Refusal, Transition, Workflow

CONCEPT, GELDEND, VERVANGEN, WEGGELEGD = "concept", "geldend", "vervangen", "weggelegd"

#: The number of the text with which every SWV begins.
STANDAARD = 0


class Briefstand(Protocol):
    """What a condition asks of a version."""

    @property
    def soort(self) -> str: ...

    @property
    def blokken(self) -> Blokken: ...


def teksten_kloppen(versie: Briefstand) -> Refusal | None:
    """Every text holds what it must hold (Awb art. 3:45 and 3:46) and fields that exist."""
    wrong = controleer_blokken(versie.soort, versie.blokken)
    if not wrong:
        return None
    label = SOORTEN[versie.soort].blokken[wrong[0].veld].label if wrong[0].veld else "De brief"
    return Refusal("teksten", f"{label}: {wrong[0].zin}")


BRIEFVERSIE = Workflow(
    staten={CONCEPT: "concept", GELDEND: "geldend", VERVANGEN: "vervangen", WEGGELEGD: "weggelegd"},
    transitions=(
        Transition("maak_geldend", "Maak geldend", frozenset({CONCEPT}), GELDEND, INSTELLERS, (teksten_kloppen,)),
        Transition("leg_weg", "Leg het concept weg", frozenset({CONCEPT}), WEGGELEGD, INSTELLERS),
        Transition("vervang", "Vervang door een nieuwe versie", frozenset({GELDEND}), VERVANGEN, INSTELLERS),
    ),
)


class Teken(StrEnum):
    """What happened to a piece of text."""

    GELIJK = "gelijk"
    WEG = "weg"
    NIEUW = "nieuw"


@dataclass(frozen=True, slots=True)
class Deel:
    """A piece of a text that was compared."""

    tekst: str
    teken: Teken


@dataclass(frozen=True)
class Verschil:
    """One block that is not the same in two versions."""

    label: str
    delen: tuple[Deel, ...]


def verschillen(soort: str, oud: Blokken, nieuw: Mapping[str, str]) -> list[Verschil]:
    """The blocks of this kind of letter that differ, word by word, in the order of the letter."""
    return [
        Verschil(blok.label, woordverschil(oud.get(name, ""), nieuw.get(name, "")))
        for name, blok in SOORTEN[soort].blokken.items()
        if oud.get(name, "") != nieuw.get(name, "")
    ]


def woordverschil(oud: str, nieuw: str) -> tuple[Deel, ...]:
    """What went and what came, word by word; what is gone stands before what came in its place."""
    before, after = _woorden(oud), _woorden(nieuw)
    found: list[Deel] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Deel("".join(before[i1:i2]), Teken.GELIJK))
            continue
        gone, came = "".join(before[i1:i2]), "".join(after[j1:j2])
        found += [Deel(gone, Teken.WEG)] if gone else []
        found += [Deel(came, Teken.NIEUW)] if came else []
    return tuple(found)


def _woorden(tekst: str) -> list[str]:
    """Words with the white space that follows them, so that a phrase that changed is one piece."""
    return re.findall(r"\S+\s*|\s+", tekst)
