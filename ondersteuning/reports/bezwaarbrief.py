"""The letter of a decision on an objection.

The words are the SWV's own (``domain/briefsoorten.py``); the facts, the law and the layout are the house's.
"""

from dataclasses import dataclass
from datetime import date

from ondersteuning.domain.bezwaar import (
    BEROEP_BIJ_OPNIEUW,
    BESLIST,
    UITKOMST_UITLEG,
    Gevolg,
    Uitkomst,
    bezwaarmaker_in_brief,
)
from ondersteuning.domain.briefsoorten import OP_BEZWAAR
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.bezwaar import aantal_ouders, briefnummer
from ondersteuning.queries.dossier import met_alles
from ondersteuning.queries.stand import instellingen
from ondersteuning.reports.brieven import NIET_GENOMEN, Brief, GeenBesluit, Gemaakt, druk_af, gedeeld
from swv_portal.common.dates import lange_datum
from swv_portal.common.terms import beroepstermijn

BEZWAARSJABLOON = "reports/ondersteuning_bezwaar.html"


@dataclass(frozen=True, kw_only=True)
class Bezwaarbrief(Brief):
    """What the letter says; ``advies_op`` is empty when the committee gave no advice.

    ``vervolg``: which way is open against the decision that still has to come, when there is one.
    """

    bezwaar_van: str
    ontvangen_op: str
    tegen: str
    uitkomst: str
    uitkomst_uitleg: str
    gevolg: str
    advies_op: str
    beroep_tot: str
    wet: str
    vervolg: str = ""


def bezwaarbrief(bezwaar: Bezwaar, *, dag: date) -> Bezwaarbrief:
    """The letter of a decided objection, announced on ``dag``.  ``GeenBesluit`` when it was not decided on.

    ``bezwaar.aanvraag`` has what belongs to it.
    """
    if bezwaar.staat != BESLIST:
        raise GeenBesluit("there is no decision on this objection")
    aanvraag = bezwaar.aanvraag
    term = beroepstermijn(dag, today=dag, gelijkgesteld=instellingen().gelijkgesteld)
    looked_at = bezwaar.uitkomst != Uitkomst.NIET_ONTVANKELIJK
    return Bezwaarbrief(
        **gedeeld(aanvraag, OP_BEZWAAR, dag) | {"bezwaar_uitleg": term.uitleg},
        nummer="",
        motivering=bezwaar.motivering,
        bezwaar_van=bezwaarmaker_in_brief(bezwaar.bezwaarmaker, ouders=aantal_ouders(aanvraag)),
        ontvangen_op=lange_datum(bezwaar.ontvangen_op),
        tegen=bezwaar.get_tegen_display(),
        uitkomst=bezwaar.get_uitkomst_display(),
        uitkomst_uitleg=UITKOMST_UITLEG[bezwaar.uitkomst],
        gevolg=bezwaar.get_gevolg_display(),
        advies_op=lange_datum(bezwaar.advies_op) if bezwaar.advies_op else "",
        beroep_tot=lange_datum(term.laatste_dag),
        wet="artikel 7:11 en 7:12" if looked_at else "hoofdstuk 6",
        vervolg=BEROEP_BIJ_OPNIEUW if bezwaar.gevolg == Gevolg.OPNIEUW else "",
    )


def _bezwaar_met_alles(bezwaar_id: int) -> Bezwaar:
    found = Bezwaar.objects.get(pk=bezwaar_id)
    found.aanvraag = met_alles(Aanvraag.objects.all()).get(pk=found.aanvraag_id)
    return found


def maak_bezwaarbrief(bezwaar_id: int, *, dag: date) -> Gemaakt:
    """The letter of a decision on an objection; made again for the same day it has the same words."""
    found = _bezwaar_met_alles(bezwaar_id)
    letter = bezwaarbrief(found, dag=dag)
    return Gemaakt(_naam(found), druk_af(letter, BEZWAARSJABLOON, dag=dag), letter.soort, letter.tekst)


def _naam(bezwaar: Bezwaar) -> str:
    which = briefnummer(bezwaar)
    more = f"-{which}" if which > 1 else ""
    return f"Beslissing-op-bezwaar-{bezwaar.aanvraag.kenmerk}{more}.pdf".replace("/", "-")


def maak_bezwaarvoorbeeld(
    bezwaar_id: int, *, uitkomst: str, gevolg: str, motivering: str, dag: date
) -> tuple[str, bytes]:
    """The letter as it would be of a decision that was not taken yet.  Marked as a preview; nothing is stored."""
    found = _bezwaar_met_alles(bezwaar_id)
    found.staat, found.uitkomst, found.gevolg, found.motivering = BESLIST, uitkomst, gevolg, motivering
    letter = bezwaarbrief(found, dag=dag)
    return f"Voorbeeld-{_naam(found)}", druk_af(letter, BEZWAARSJABLOON, dag=dag, opschrift=NIET_GENOMEN)
