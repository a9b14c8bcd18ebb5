"""The phases of a pupil's dossier, and who may say by hand that it is in another one.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1 (from the first signal to the return to a
regular school).  Where procedures tell the phase, the dossier follows them (``fase_bij``); the school and the SWV can
set it by hand, with the reason.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain import overstap
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from swv_portal.common.workflow import Refusal, Transition, Workflow

SIGNALERING = "signalering"
INDICATIE = "indicatie"
AFSTEMMING = "afstemming"
PLAATSING = "plaatsing"
TERUGPLAATSING = "terugplaatsing"

FASEN = {
    SIGNALERING: "Signalering",
    INDICATIE: "Indicatie",
    AFSTEMMING: "Afstemming",
    PLAATSING: "Plaatsing",
    TERUGPLAATSING: "Terugplaatsing",
}
UITLEG = {
    SIGNALERING: "De school ziet dat de leerling meer nodig heeft.",
    INDICATIE: "De school zoekt uit welke ondersteuning past, en vult een aanvraag in.",
    AFSTEMMING: "Ouders, deskundigen, scholen en het samenwerkingsverband stemmen af.",
    PLAATSING: "De leerling krijgt de ondersteuning of plaats die is afgesproken.",
    TERUGPLAATSING: "De leerling gaat terug naar een gewone basisschool.",
}


@dataclass(frozen=True)
class Fasewissel:
    """What the rule looks at: the words that go with the change."""

    reden: str = ""


def met_reden(wissel: Fasewissel) -> Refusal | None:
    """Who sets the phase by hand says why: it stands in the timeline of the dossier."""
    return None if wissel.reden.strip() else Refusal("reden", "Schrijf waarom de fase verandert.", "reden")


def _stap(fase: str) -> Transition:
    return Transition(
        f"naar_{fase}",
        f"Zet op {FASEN[fase].lower()}",
        frozenset(FASEN) - {fase},
        fase,
        SCHOOL_EN_SWV,
        (met_reden,),
    )


FASE = Workflow(staten=FASEN, transitions=tuple(_stap(fase) for fase in FASEN))

#: What an application of a pupil says about the phase, by its state.
FASE_BIJ_STAAT: Mapping[str, str] = {
    procedure.CONCEPT: INDICATIE,
    procedure.BIJ_PARTIJEN: AFSTEMMING,
    procedure.INGEDIEND: AFSTEMMING,
    procedure.AANVULLING: AFSTEMMING,
    procedure.WORDT_VERSTUURD: AFSTEMMING,
    procedure.TOEGEKEND: PLAATSING,
}
_VOLGORDE = list(FASEN)


@dataclass(frozen=True)
class Aanvraagfeit:
    """An application of the pupil: its state, and the first day of what was granted."""

    staat: str
    geldig_van: date | None = None


@dataclass(frozen=True)
class Terugfeit:
    """A terugplaatsing of the pupil.

    ``gesprek``: the start meeting was held.  ``geplaatst``: its place came from an import, so that no application tells
    about it, and runs today.
    """

    staat: str
    gesprek: bool = False
    overstap_op: date | None = None
    geplaatst: bool = False


def verste(*fasen: str) -> str:
    """The phase that is furthest in the order of the plan; without any the signal."""
    return max(fasen, key=_VOLGORDE.index, default=SIGNALERING)


def fase_bij(aanvragen: Iterable[Aanvraagfeit], terug: Collection[Terugfeit] = (), *, vandaag: date) -> str:
    """The phase that follows from everything that runs about a pupil: the furthest one that any of it says.

    So a prolongation that is being filled in leaves a pupil with a place where it is.  From the day on which a pupil
    went back for good, that terugplaatsing says nothing any more, and neither does a grant from before that day.
    """
    came = [case.overstap_op for case in terug if case.staat == overstap.DEFINITIEF and case.overstap_op is not None]
    back = max((day for day in came if day <= vandaag), default=None)
    said = [FASE_BIJ_STAAT[row.staat] for row in aanvragen if row.staat in FASE_BIJ_STAAT and not _voorbij(row, back)]
    said += [_bij_terugplaatsing(case, vandaag) for case in terug]
    return verste(*said)


def _voorbij(feit: Aanvraagfeit, terug_op: date | None) -> bool:
    """Is this a grant that ended because the pupil went back?"""
    if terug_op is None or feit.staat != procedure.TOEGEKEND or feit.geldig_van is None:
        return False
    return feit.geldig_van < terug_op


def _bij_terugplaatsing(feit: Terugfeit, vandaag: date) -> str:
    """The return begins with the start meeting and lasts until the pupil is at the new school (par. 6.1.3, phase 5)."""
    running = feit.staat in overstap.LOPEND and feit.gesprek
    to_come = feit.staat == overstap.DEFINITIEF and feit.overstap_op is not None and feit.overstap_op > vandaag
    if running or to_come:
        return TERUGPLAATSING
    return PLAATSING if feit.geplaatst and feit.staat != overstap.DEFINITIEF else SIGNALERING
