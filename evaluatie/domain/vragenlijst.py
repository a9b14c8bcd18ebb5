"""What a questionnaire is: questions with their options.  The questionnaires themselves are rows in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Vraagsoort(StrEnum):
    """A choice between options, or a score on a scale."""

    KEUZE = "keuze"
    SCORE = "score"


@dataclass(frozen=True)
class Optie:
    """One possible answer.  ``waarde`` is the code in files; ``score`` its number when the question is a score.

    ``in_percentages`` is false for an answer that is counted but gets no percentage in the tables ('anders').
    """

    waarde: str
    label: str
    score: int | None = None
    in_percentages: bool = True


@dataclass(frozen=True)
class Vraag:
    """One question.  ``over`` completes 'Het meest tevreden …' in a conclusion; empty: the conclusion speaks of scores.

    ``verdeling``: a score question of which the table of scores over all respondents is published too.
    """

    code: str
    tekst: str
    soort: Vraagsoort
    opties: tuple[Optie, ...]
    over: str = ""
    verdeling: bool = False

    @property
    def hoogste(self) -> int:
        """The top of the scale of a score question."""
        return max(optie.score for optie in self.opties if optie.score is not None)

    @property
    def laagste(self) -> int:
        return min(optie.score for optie in self.opties if optie.score is not None)


@dataclass(frozen=True)
class Vragenlijst:
    code: str
    titel: str
    vragen: tuple[Vraag, ...]


def keuzevraag(code: str, tekst: str, waarden: Sequence[str]) -> Vraag:
    """A choice; the answer ``anders`` is counted without a percentage, as in the published tables."""
    opties = tuple(Optie(waarde, LABELS[waarde], None, waarde != "anders") for waarde in waarden)
    return Vraag(code, tekst, Vraagsoort.KEUZE, opties)


def scorevraag(code: str, tekst: str, over: str, *, verdeling: bool = False) -> Vraag:
    """A score from 0 to 5, from low to high."""
    opties = tuple(Optie(str(score), str(score), score) for score in range(6))
    return Vraag(code, tekst, Vraagsoort.SCORE, opties, over, verdeling)


LABELS = {
    "ja": "Ja",
    "nee": "Nee",
    "soms": "Soms",
    "twijfel": "Twijfel",
    "twijfels": "Twijfels",
    "anders": "Anders",
}

#: The questions of the evaluation of working in kernen.  Source: evaluation 'Impuls kernen', SWV PO IJmond, 2024-2025.
KERNEVALUATIE = Vragenlijst(
    "kernevaluatie",
    "Evaluatie werken in kernen",
    (
        keuzevraag(
            "duidelijkheid_bedoeling", "Is voor u duidelijk wat de bedoeling is van werken in kernen?", ("ja", "nee")
        ),
        keuzevraag(
            "draagvlak_bij_start",
            "Was er draagvlak toen het werken in kernen begon?",
            ("twijfels", "ja", "nee"),
        ),
        keuzevraag(
            "verwachtingen_besproken",
            "Zijn in de eerste bijeenkomsten de verwachtingen besproken?",
            ("ja", "nee"),
        ),
        keuzevraag(
            "meerwaarde_samenwerking",
            "Heeft de kern meerwaarde voor de samenwerking tussen uw scholen?",
            ("ja", "twijfel", "nee", "anders"),
        ),
        scorevraag(
            "tevredenheid_samenwerking",
            "Hoe tevreden bent u over de samenwerking in uw kern?",
            "over de samenwerking in de kern",
        ),
        keuzevraag(
            "onderwerpen_inbrengen", "Kunt u zelf onderwerpen inbrengen in het kernoverleg?", ("ja", "soms", "nee")
        ),
        scorevraag(
            "tevredenheid_voorzitterschap",
            "Hoe tevreden bent u over het voorzitterschap van uw kern?",
            "over het voorzitterschap",
        ),
        scorevraag(
            "tevredenheid_frequentie",
            "Hoe tevreden bent u over hoe vaak uw kern bij elkaar komt?",
            "over hoe vaak de kern bij elkaar komt",
        ),
        keuzevraag(
            "meerwaarde_kennisdeling",
            "Heeft de kern meerwaarde voor het delen van kennis en expertise?",
            ("ja", "twijfel", "nee", "anders"),
        ),
        scorevraag(
            "tevredenheid_opbrengsten",
            "Hoe tevreden bent u over wat het kernoverleg oplevert?",
            "over wat het kernoverleg oplevert",
            verdeling=True,
        ),
    ),
)

#: The questionnaires that every installation has.
VRAGENLIJSTEN = {KERNEVALUATIE.code: KERNEVALUATIE}
