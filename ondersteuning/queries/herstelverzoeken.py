"""Requests to send what is missing in an objection: which one is open, and how each is told on the page."""

from dataclasses import dataclass
from datetime import date

from ondersteuning.domain.bezwaar import BESLIST, INGETROKKEN
from ondersteuning.domain.bezwaartermijnen import Bezwaartermijnen
from ondersteuning.domain.herstelverzoek import loopt_nog
from ondersteuning.models import Bezwaar, Herstelverzoek
from swv_portal.common.dates import lange_datum

#: What became of a request that was open when the objection ended.
_VERZOEK_GESLOTEN = {
    BESLIST: "Niet ontvangen voordat op het bezwaar is beslist. Dit verzoek is daarmee gesloten.",
    INGETROKKEN: "Niet ontvangen: het bezwaar is ingetrokken. Dit verzoek is daarmee gesloten.",
}


@dataclass(frozen=True)
class Herstelregel:
    """One request to repair an omission: when, how it ended, and whether the term stood still for it."""

    kop: str
    wat: str
    zin: str


def open_herstelverzoek(bezwaar: Bezwaar) -> Herstelverzoek | None:
    """The newest request, as long as nobody recorded that the omission was repaired; its time may have passed."""
    newest = max(bezwaar.herstelverzoeken.all(), key=lambda each: each.pk, default=None)
    return newest if newest is not None and newest.hersteld_op is None else None


def herstel_tot(bezwaar: Bezwaar, *, vandaag: date) -> date | None:
    """Until when who objected can still send what is missing; nothing when nothing is asked, or its time is over."""
    waits = open_herstelverzoek(bezwaar)
    return waits.uiterlijk if waits is not None and loopt_nog(waits.opschorting, vandaag) else None


def herstelregel(verzoek: Herstelverzoek, bezwaar: Bezwaar, terms: Bezwaartermijnen, *, vandaag: date) -> Herstelregel:
    """How this request ended, or stands, on ``vandaag``."""
    ended = bezwaar.afgesloten_op
    asked, until = lange_datum(verzoek.gevraagd_op), lange_datum(verzoek.uiterlijk)
    if verzoek.hersteld_op is not None:
        late = ", na die dag" if verzoek.hersteld_op > verzoek.uiterlijk else ""
        sentence = f"Ontvangen op {lange_datum(verzoek.hersteld_op)}{late}."
    elif loopt_nog(verzoek.opschorting, ended or vandaag):
        sentence = "Nog niet ontvangen." if ended is None else _VERZOEK_GESLOTEN[bezwaar.staat]
    else:
        sentence = "Niet ontvangen. De tijd daarvoor is voorbij."
    still = _stilstand(verzoek, terms, vandaag=vandaag) if ended is None else ""
    words = f"{sentence} {still}".strip()
    return Herstelregel(f"Gevraagd op {asked}, uiterlijk {until}", verzoek.wat, words)


def _stilstand(verzoek: Herstelverzoek, terms: Bezwaartermijnen, *, vandaag: date) -> str:
    """What this request does to the term, as far as the explanation of the term does not say it."""
    begin = terms.eerste.begin
    if terms.schort_op(verzoek.opschorting):
        return "De termijn staat nu stil." if verzoek.opschorting.loopt(vandaag) else ""
    if verzoek.gevraagd_op <= begin:
        word = "begint" if vandaag <= begin else "begon"
        return f"De termijn voor de beslissing {word} pas na {lange_datum(begin)}."
    return "De termijn was toen al voorbij. Die stond hierdoor niet stil."
