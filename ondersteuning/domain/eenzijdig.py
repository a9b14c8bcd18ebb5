"""The one-sided application: a board asks for a TLV although parents and school do not agree.

It follows a decision to remove the pupil.  The SWV tests whether the offer of mediation or the national
onderwijsconsulenten was used, or declined by the parents; then it decides on the ground of an independent
investigation.  Two experts still advise (WPO art. 18a lid 11): the plan makes no exception.  The parents are invited
and may say what they think; their consent is not needed.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 ('Eenzijdige aanvraag TLV').  That the
director alone decides, with a motivation also for a grant, follows from deciding against a party (Awb art. 3:46).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain import toets, voorwaarden
from ondersteuning.domain.rollen import DIRECTEUR_VAN_HET_SWV
from ondersteuning.domain.stand import Stand
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal, Transition, Workflow


class Bemiddeling(StrEnum):
    """What was done before the application to come to an agreement."""

    MEDIATION = "mediation"
    ONDERWIJSCONSULENTEN = "onderwijsconsulenten"
    BEIDE = "beide"
    AFGEWEZEN = "afgewezen"


BEMIDDELINGNAMEN: Mapping[str, str] = {
    Bemiddeling.MEDIATION.value: "Er was bemiddeling",
    Bemiddeling.ONDERWIJSCONSULENTEN.value: "De landelijke onderwijsconsulenten hielpen",
    Bemiddeling.BEIDE.value: "Er was bemiddeling, en de landelijke onderwijsconsulenten hielpen",
    Bemiddeling.AFGEWEZEN.value: "Het is aangeboden, maar de ouders wilden het niet",
}
AFWIJZERS: Mapping[str, str] = {"ouders": "beide ouders", "ouder_1": "ouder 1", "ouder_2": "ouder 2"}


class Conclusie(StrEnum):
    """What the independent investigation came to."""

    PAST = "past"
    PAST_NIET = "past_niet"


CONCLUSIENAMEN: Mapping[str, str] = {
    Conclusie.PAST.value: "Speciaal onderwijs past bij wat de leerling nodig heeft",
    Conclusie.PAST_NIET.value: "Speciaal onderwijs past niet bij wat de leerling nodig heeft",
}


def controleer_bemiddeling(
    *,
    bemiddeling: str,
    verwijderd_op: date | None,
    op: date | None,
    uitkomst: bool,
    afgewezen_door: str,
    vandaag: date,
) -> tuple[Refusal, ...]:
    """Was an agreement tried, or declined by the parents?  Everything that is missing; ``uitkomst``: how it ended.

    Codes: ``verwijdering`` (no decision to remove the pupil, or in the future), ``bemiddeling`` (nothing was tried),
    ``bemiddeling_op`` (no day, or in the future), ``afgewezen_door`` (which parent said no), ``bemiddeling_uitkomst``.
    """
    found = []
    if verwijderd_op is None or verwijderd_op > vandaag:
        sentence = "Vul in op welke dag het bestuur dat besloot. Die dag ligt niet na vandaag."
        found.append(Refusal("verwijdering", sentence, "verwijderd_op"))
    if bemiddeling not in BEMIDDELINGNAMEN:
        sentence = "Eerst is er bemiddeling, of hulp van de landelijke onderwijsconsulenten. Vul in wat er was."
        found.append(Refusal("bemiddeling", sentence, "bemiddeling"))
    if op is None or op > vandaag:
        sentence = "Vul in op welke dag dit was. Die dag ligt niet na vandaag."
        found.append(Refusal("bemiddeling_op", sentence, "bemiddeling_op"))
    if bemiddeling == Bemiddeling.AFGEWEZEN and afgewezen_door not in AFWIJZERS:
        sentence = "Vul in welke ouder dit niet wilde."
        found.append(Refusal("afgewezen_door", sentence, "bemiddeling_afgewezen_door"))
    if not uitkomst:
        found.append(Refusal("bemiddeling_uitkomst", "Schrijf hoe dit afliep.", "bemiddeling_uitkomst"))
    return tuple(found)


def beoordeel_onderzoek(
    *, onderzoeker: str, op: date | None, conclusie: str, tekst: str, werkgever: str, betrokken: tuple[str, ...]
) -> Refusal | None:
    """Is this an independent investigation on which can be decided?

    ``betrokken``: the names of both schools and their boards, none of which may be the employer.  Codes:
    ``onderzoeker``, ``onafhankelijk``, ``op``, ``conclusie``, ``tekst``.
    """
    if not onderzoeker.strip() or not werkgever.strip():
        return Refusal("onderzoeker", "Vul in wie het onderzoek deed, en waar die werkt.", "onderzoeker")
    if werkgever.strip().casefold() in {name.strip().casefold() for name in betrokken}:
        sentence = "De onderzoeker werkt bij een van de scholen of bij het bestuur. Dat is niet onafhankelijk."
        return Refusal("onafhankelijk", sentence, "werkgever")
    if op is None:
        return Refusal("op", "Vul in op welke dag het onderzoek klaar was.", "afgerond_op")
    if conclusie not in CONCLUSIENAMEN:
        return Refusal("conclusie", "Kies wat de conclusie is.", "conclusie")
    if not tekst.strip():
        return Refusal("tekst", "Schrijf in het kort waarom dat de conclusie is.", "tekst")
    return None


def bemiddeling_gedaan(stand: Stand) -> Refusal | None:
    """Mediation or the onderwijsconsulenten were used, or the parents declined."""
    return stand.weigering_bemiddeling


def onderzocht(stand: Stand) -> Refusal | None:
    """The independent investigation is there: without it nothing is decided."""
    item = toets.onderzoek(stand)
    return None if item.uitkomst is toets.Uitkomst.VOLDAAN else Refusal(item.code, item.waarom, "besluit")


def toekenning_gemotiveerd(stand: Stand) -> Refusal | None:
    """A grant goes against the parents, so it always needs a motivation."""
    if stand.toelichting.strip():
        return None
    sentence = "Dit besluit gaat tegen de wens van de ouders in. Schrijf waarom u de TLV toekent."
    return Refusal("motivering", sentence, "motivering")


_BESLISSEN = frozenset({"weiger", "neem_terug", "trek_tlv_in"})


def _stap(step: Transition) -> Transition:
    """The step as it is taken here."""
    if step.naam in {"leg_voor", "dien_in"}:
        return replace(step, voorwaarden=(*step.voorwaarden, bemiddeling_gedaan))
    if step.naam == "ken_toe":
        return replace(
            step, rollen=DIRECTEUR_VAN_HET_SWV, voorwaarden=(voorwaarden.toets_voldaan, toekenning_gemotiveerd)
        )
    if step.naam == "weiger":
        return replace(step, rollen=DIRECTEUR_VAN_HET_SWV, voorwaarden=(onderzocht, *step.voorwaarden))
    return replace(step, rollen=DIRECTEUR_VAN_HET_SWV) if step.naam in _BESLISSEN else step


EENZIJDIG = Workflow(
    staten=procedure.STATEN,
    transitions=(
        *(_stap(step) for step in procedure.AANVRAAG.transitions),
        Transition(
            "leg_onderzoek_vast",
            "Leg het onafhankelijk onderzoek vast",
            frozenset({procedure.INGEDIEND}),
            procedure.INGEDIEND,
            SWV_DOSSIER,
        ),
    ),
)
