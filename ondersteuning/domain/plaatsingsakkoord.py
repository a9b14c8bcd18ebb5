"""The plaatsingsakkoord: a pupil of another SWV comes to an IKC here; that SWV gives the TLV and pays.

Nobody is asked for advice: the triade was at the other SWV.  What is tested is that this SWV agreed.  Source:
ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 and 8.1.6.
"""

from dataclasses import replace

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain import toets, voorwaarden
from ondersteuning.domain.stand import Stand
from ondersteuning.domain.welk_swv import SWV_CODE
from swv_portal.common.workflow import Refusal, Transition, Workflow


def controleer_ander_swv(code: str, *, eigen_code: str) -> Refusal | None:
    """The code of the SWV that pays: a real one, and not our own.  Codes: ``swv_code``, ``eigen_swv``."""
    if not SWV_CODE.fullmatch(code):
        return Refusal("swv_code", "Schrijf de code als PO en vier cijfers, bijvoorbeeld PO3004.", "ander_swv_code")
    if code == eigen_code:
        return Refusal(
            "eigen_swv",
            "Dit is de code van ons eigen samenwerkingsverband. Een plaatsingsakkoord is voor een leerling uit een "
            "ander gebied.",
            "ander_swv_code",
        )
    return None


def akkoord_volledig(stand: Stand) -> Refusal | None:
    """Which SWV it is, and its signed consent as a file."""
    for item in (toets.ander_swv(stand), toets.akkoord(stand)):
        if item.uitkomst is not toets.Uitkomst.VOLDAAN:
            return Refusal(item.code, item.waarom)
    return None


#: Nobody is asked for advice or a place on this route.
_ZONDER = frozenset(
    {"leg_voor", "geef_eerste_advies", "bevestig_plaats", "geen_plaats", "geef_tweede_advies", "haal_terug"}
)


def _stap(step: Transition) -> Transition:
    """The step as it is taken here."""
    if step.naam == "dien_in":
        conditions = (voorwaarden.formulier_volledig, voorwaarden.keuzes_kloppen, akkoord_volledig)
        return replace(step, van=frozenset({procedure.CONCEPT}), voorwaarden=conditions)
    if step.naam == "vul_aan":
        return replace(step, voorwaarden=(voorwaarden.formulier_volledig, akkoord_volledig, voorwaarden.toegelicht))
    if step.naam == "ken_toe":
        return replace(step, label="Leg de plaats vast", voorwaarden=(voorwaarden.toets_voldaan,))
    return step


PLAATSINGSAKKOORD = Workflow(
    staten=procedure.STATEN,
    transitions=tuple(_stap(step) for step in procedure.AANVRAAG.transitions if step.naam not in _ZONDER),
)
