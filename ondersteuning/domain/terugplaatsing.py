"""Back from special education to a regular school: the procedure, and when there is a budget for it.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (phase 5, the form) and 8.1.5.
The special school starts, all parties meet obligatorily at the start, and the SWV pays the receiving school for two
years when that is not the school the pupil came from, or the pupil never was at a regular school.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ondersteuning.domain import overstap
from ondersteuning.domain.overstap import BIJ_SWV, CONCEPT, DEFINITIEF, GEVRAAGD, INGETROKKEN, NAAR_SCHOOL, VAN_SCHOOL
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal, Transition, Workflow

#: Kinds of school that send a pupil back, and that receive one.
VAN_SOORTEN = frozenset({"SBO", "SO", "SO-VSO"})
NAAR_SOORTEN = frozenset({"BAO"})


class Herkomst(StrEnum):
    """Where the pupil was before special education."""

    DEZE = "deze"
    ANDERE = "andere"
    NOOIT = "nooit"


HERKOMSTNAMEN: Mapping[str, str] = {
    Herkomst.DEZE.value: "Op de school waar de leerling nu naartoe gaat",
    Herkomst.ANDERE.value: "Op een andere gewone school",
    Herkomst.NOOIT.value: "De leerling zat nog nooit op een gewone school",
}


class Aanwezig(StrEnum):
    """Who was at the start meeting."""

    OUDERS = "ouders"
    VAN = "van_school"
    NAAR = "naar_school"
    LEERLING = "leerling"
    SWV = "swv"


AANWEZIGNAMEN: Mapping[str, str] = {
    Aanwezig.OUDERS.value: "ouder(s) met gezag",
    Aanwezig.VAN.value: "de school die de leerling verlaat",
    Aanwezig.NAAR.value: "de nieuwe school",
    Aanwezig.LEERLING.value: "de leerling",
    Aanwezig.SWV.value: "het samenwerkingsverband",
}
#: Without these it is not a meeting of all parties.
VERPLICHT_AANWEZIG = (Aanwezig.OUDERS, Aanwezig.VAN, Aanwezig.NAAR)


@dataclass(frozen=True)
class Stand:
    """The facts that the procedure looks at.  ``tlv_van_ontvangende``: the receiving school referred the pupil once."""

    vandaag: date
    tlv_begin: date | None
    naar_school: bool
    overstap_op: date | None
    herkomst: str
    tlv_van_ontvangende: bool = False
    gesprek_op: date | None = None
    aanwezig: frozenset[str] = frozenset()
    afspraken: bool = False
    toestemming_op: date | None = None
    toelichting: str = ""


def geen_budget(herkomst: str, *, tlv_van_ontvangende: bool) -> Refusal | None:
    """Why the receiving school gets no budget, or ``None``: it does (par. 6.1.3).

    There is one when this is not the school the pupil came from, or the pupil never was at a regular school.  What the
    TLV says goes before what is filled in.  Codes ``oude_school``, ``tlv_oude_school``.
    """
    if herkomst == Herkomst.DEZE:
        return Refusal("oude_school", "Geen budget, omdat de leerling teruggaat naar de eigen oude school.")
    if tlv_van_ontvangende:
        return Refusal(
            "tlv_oude_school",
            "Geen budget, omdat de leerling volgens de TLV van deze school kwam en dus naar de oude school teruggaat.",
        )
    return None


def plan_volledig(stand: Stand) -> Refusal | None:
    """There is a TLV to end, a school to go to, a day, and it is known where the pupil came from."""
    if stand.tlv_begin is None:
        return Refusal("tlv", "Vul het nummer van de TLV in waarmee de leerling op uw school zit.", "tlv")
    if not stand.naar_school:
        return Refusal("naar_school", "Kies de school waar de leerling naartoe gaat.", "naar_school")
    if stand.herkomst not in HERKOMSTNAMEN:
        return Refusal("herkomst", "Vul in waar de leerling eerder op school zat.", "herkomst")
    return overstap.controleer_dag(stand.overstap_op, vandaag=stand.vandaag)


def na_begin_tlv(stand: Stand) -> Refusal | None:
    """The place with the TLV lasts at least a day: it ends the day before the enrolment."""
    if stand.tlv_begin is None or stand.overstap_op is None or stand.overstap_op > stand.tlv_begin:
        return None
    sentence = f"De plaats met de TLV begint op {lange_datum(stand.tlv_begin)}. De inschrijving ligt daarna."
    return Refusal("voor_tlv", sentence, "overstap_op")


def startgesprek_gehouden(stand: Stand) -> Refusal | None:
    """All parties came together at the start, as is obligatory (par. 6.1.3); what they agreed is written."""
    if stand.gesprek_op is None:
        return Refusal("gesprek", "Leg eerst het startgesprek vast: alle partijen komen verplicht bij elkaar.")
    missing = [AANWEZIGNAMEN[who] for who in VERPLICHT_AANWEZIG if who not in stand.aanwezig]
    if missing:
        return Refusal("gesprek_aanwezig", f"Bij het startgesprek ontbrak: {', '.join(missing)}.", "aanwezig")
    if not stand.afspraken:
        return Refusal("afspraken", "Schrijf op wat in het startgesprek is afgesproken.", "afspraken")
    return None


def ouders_stemden_in(stand: Stand) -> Refusal | None:
    """The parents' consent is recorded."""
    if stand.toestemming_op is None:
        return Refusal("toestemming", "Leg vast wanneer de ouders toestemming gaven.", "toestemming_op")
    return None


def toegelicht(stand: Stand) -> Refusal | None:
    return overstap.toegelicht(stand.toelichting)


TERUGPLAATSING = Workflow(
    staten=dict(overstap.STATEN),
    transitions=(
        Transition(
            "vraag",
            "Vraag de nieuwe school",
            frozenset({CONCEPT}),
            GEVRAAGD,
            frozenset({VAN_SCHOOL}),
            (plan_volledig, na_begin_tlv),
        ),
        Transition(
            "leg_gesprek_vast",
            "Leg het startgesprek vast",
            frozenset({GEVRAAGD}),
            GEVRAAGD,
            frozenset({VAN_SCHOOL, NAAR_SCHOOL}),
        ),
        Transition(
            "bevestig",
            "Bevestig de komst van de leerling",
            frozenset({GEVRAAGD}),
            BIJ_SWV,
            frozenset({NAAR_SCHOOL}),
            (startgesprek_gehouden, ouders_stemden_in),
        ),
        Transition(
            "neem_niet_aan",
            "Zeg dat het niet kan",
            frozenset({GEVRAAGD}),
            CONCEPT,
            frozenset({NAAR_SCHOOL}),
            (toegelicht,),
        ),
        Transition("haal_terug", "Haal terug om te wijzigen", frozenset({GEVRAAGD}), CONCEPT, frozenset({VAN_SCHOOL})),
        Transition(
            "stel_vast",
            "Maak definitief",
            frozenset({BIJ_SWV}),
            DEFINITIEF,
            SWV_DOSSIER,
            (plan_volledig, na_begin_tlv, startgesprek_gehouden, ouders_stemden_in),
        ),
        Transition("geef_terug", "Geef terug aan de school", frozenset({BIJ_SWV}), CONCEPT, SWV_DOSSIER, (toegelicht,)),
        Transition("trek_in", "Trek in", overstap.LOPEND, INGETROKKEN, frozenset({VAN_SCHOOL})),
    ),
)
