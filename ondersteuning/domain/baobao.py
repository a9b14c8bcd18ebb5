"""From one regular school to another (bao-bao): the procedure, and who pays a later referral.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.3: when it is not a removal and both directors
say that the pupil needs extra support, the school that the pupil leaves stays financially responsible for two years for
a referral to SO or SBO.  The schools report it to the SWV, after talking with the parents.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from ondersteuning.domain import overstap
from ondersteuning.domain.overstap import (
    CONCEPT,
    DEFINITIEF,
    GEVRAAGD,
    INGETROKKEN,
    NAAR_DIRECTEUR,
    VAN_DIRECTEUR,
    VAN_SCHOOL,
)
from ondersteuning.domain.plaatsing import Kostendrager
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal, Transition, Workflow

SOORTEN = frozenset({"BAO"})
#: How long the school that the pupil left pays, and the default of the setting.
BETAALJAREN = 2

#: Who takes the step that nobody takes: the portal, when both directors confirmed.
PORTAAL = "portaal"

STATEN = {
    CONCEPT: overstap.STATEN[CONCEPT],
    GEVRAAGD: "Bij beide directeuren",
    DEFINITIEF: overstap.STATEN[DEFINITIEF],
    INGETROKKEN: overstap.STATEN[INGETROKKEN],
}


@dataclass(frozen=True)
class Stand:
    """The facts that the procedure looks at.

    ``van_door`` and ``naar_door`` are the accounts that confirmed for each side, ``wie`` is who is about to.
    """

    vandaag: date
    naar_school: bool
    overstap_op: date | None
    toestemming_op: date | None
    van_door: int | None = None
    naar_door: int | None = None
    van_bevestigd: bool = False
    naar_bevestigd: bool = False
    extra_behoeften: bool = False
    geen_verhuizing: bool = False
    wie: int | None = None
    toelichting: str = ""

    def met_verklaring(self, *, extra_behoeften: bool, geen_verhuizing: bool, wie: int | None) -> Self:
        """With what a director declares while confirming."""
        return replace(self, extra_behoeften=extra_behoeften, geen_verhuizing=geen_verhuizing, wie=wie)


def laatste_dag(overstap_op: date, jaren: int = BETAALJAREN) -> date:
    """The last day on which a referral is still paid by the school that the pupil left.

    Whole years from the day of the overstap, that day included.  Who went over on 29 February has them until the last
    day of February.
    """
    try:
        end = overstap_op.replace(year=overstap_op.year + jaren)
    except ValueError:
        end = date(overstap_op.year + jaren, 3, 1)
    return end - timedelta(days=1)


def betaler_na_baobao(overstap_op: date, verwijzing_op: date, *, tot_en_met: date) -> Kostendrager:
    """Who pays a referral to SO or SBO on ``verwijzing_op`` after an overstap: the previous school, or the school.

    ``tot_en_met`` is the ``laatste_dag`` that was told to both schools: a setting that changes later does not move it.
    """
    if overstap_op <= verwijzing_op <= tot_en_met:
        return Kostendrager.VORIGE_SCHOOL
    return Kostendrager.SCHOOL


def plan_volledig(stand: Stand) -> Refusal | None:
    """It is known where to and when, and the parents agree (the schools report it after talking with them)."""
    if not stand.naar_school:
        return Refusal("naar_school", "Kies de school waar de leerling naartoe gaat.", "naar_school")
    if refusal := overstap.controleer_dag(stand.overstap_op, vandaag=stand.vandaag):
        return refusal
    if stand.toestemming_op is None:
        return Refusal("toestemming", "Leg vast wanneer de ouders toestemming gaven.", "toestemming_op")
    return None


def verklaard(stand: Stand) -> Refusal | None:
    """The director says both things: extra needs, and not a removal."""
    if not stand.extra_behoeften:
        sentence = "Deze afspraak is er alleen voor een leerling die extra ondersteuning nodig heeft."
        return Refusal("extra_behoeften", sentence, "extra_behoeften")
    if not stand.geen_verhuizing:
        return Refusal(
            "verhuizing",
            "Bij een verhuizing geldt de afspraak over het betalen niet. Trek de overstap dan in.",
            "geen_verhuizing",
        )
    return None


def ander_account(stand: Stand) -> Refusal | None:
    """Each director confirms with an own account: one person can not agree with himself."""
    if stand.wie is not None and stand.wie in {stand.van_door, stand.naar_door}:
        return Refusal("zelfde", "U bevestigde al voor de andere school. Een ander bevestigt voor deze school.")
    return None


def van_nog_niet(stand: Stand) -> Refusal | None:
    return Refusal("al_bevestigd", "Uw school heeft al bevestigd.") if stand.van_bevestigd else None


def naar_nog_niet(stand: Stand) -> Refusal | None:
    return Refusal("al_bevestigd", "Uw school heeft al bevestigd.") if stand.naar_bevestigd else None


def beide_bevestigd(stand: Stand) -> Refusal | None:
    if stand.van_bevestigd and stand.naar_bevestigd:
        return None
    return Refusal("bevestigd", "Nog niet beide directeuren hebben bevestigd.")


def toegelicht(stand: Stand) -> Refusal | None:
    return overstap.toegelicht(stand.toelichting)


BAOBAO = Workflow(
    staten=STATEN,
    transitions=(
        Transition(
            "vraag",
            "Vraag beide directeuren",
            frozenset({CONCEPT}),
            GEVRAAGD,
            frozenset({VAN_SCHOOL}),
            (plan_volledig,),
        ),
        Transition(
            "bevestig_van",
            "Bevestig voor de school die de leerling verlaat",
            frozenset({GEVRAAGD}),
            GEVRAAGD,
            frozenset({VAN_DIRECTEUR}),
            (van_nog_niet, ander_account, verklaard),
        ),
        Transition(
            "bevestig_naar",
            "Bevestig voor de nieuwe school",
            frozenset({GEVRAAGD}),
            GEVRAAGD,
            frozenset({NAAR_DIRECTEUR}),
            (naar_nog_niet, ander_account, verklaard),
        ),
        Transition(
            "leg_vast",
            "Leg vast als beide directeuren bevestigden",
            frozenset({GEVRAAGD}),
            DEFINITIEF,
            frozenset({PORTAAL}),
            (plan_volledig, beide_bevestigd),
        ),
        Transition(
            "neem_niet_aan",
            "Zeg dat het niet klopt",
            frozenset({GEVRAAGD}),
            CONCEPT,
            frozenset({NAAR_DIRECTEUR}),
            (toegelicht,),
        ),
        Transition("haal_terug", "Haal terug om te wijzigen", frozenset({GEVRAAGD}), CONCEPT, frozenset({VAN_SCHOOL})),
        Transition("trek_in", "Trek in", frozenset({CONCEPT, GEVRAAGD}), INGETROKKEN, frozenset({VAN_SCHOOL})),
        Transition(
            "laat_vervallen",
            "Laat vervallen",
            frozenset({DEFINITIEF}),
            INGETROKKEN,
            SWV_DOSSIER,
            (toegelicht,),
        ),
    ),
)
