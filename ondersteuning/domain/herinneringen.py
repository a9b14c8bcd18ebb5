"""Reminding who must act on an application: who can be reminded, and how often.

Source: issue 'Ondersteuning', seen from the IB'er: what is asked of whom since when, remind with one click.  How often
is a setting of the SWV.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, CONCEPT, INDIENER, INGEDIEND, WORDT_VERSTUURD
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from swv_portal.common.dates import datum
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.words import met_hoofdletter
from swv_portal.common.workflow import Refusal

#: The same party is reminded again after so many days at the earliest, unless the SWV says otherwise.
HERINNER_NA_DAGEN = 1


class Wie(StrEnum):
    """Of whom something is asked.  The first three have a personal link, the others an account."""

    OUDER = "ouder"
    TWEEDE_DESKUNDIGE = "tweede_deskundige"
    INSTELLING = "instelling"
    ONTVANGEND = "ontvangend"
    SCHOOL = "school"
    LID = "lid"


#: What is asked of each, as the list says it.
WAT = {
    Wie.OUDER: "tekent 'voor gezien'",
    Wie.TWEEDE_DESKUNDIGE: "geeft het tweede advies",
    Wie.INSTELLING: "vult de aanvraag in",
    Wie.ONTVANGEND: "geeft het eerste advies en bevestigt de plaats",
    Wie.SCHOOL: "vult de aanvraag aan",
    Wie.LID: "geeft advies als lid van de algemene vergadering",
}
#: The kinds of party that come by a personal link.
PARTIJEN = {
    procedure.OUDER: Wie.OUDER,
    procedure.TWEEDE_DESKUNDIGE: Wie.TWEEDE_DESKUNDIGE,
    procedure.INSTELLING: Wie.INSTELLING,
}
#: How a reminder begins: its subject, and its first words.
ZINNEN = {
    Wie.OUDER: "Teken voor gezien",
    Wie.TWEEDE_DESKUNDIGE: "Geef uw advies",
    Wie.INSTELLING: "Vul de aanvraag in",
    Wie.ONTVANGEND: "Geef advies en bevestig de plaats",
    Wie.SCHOOL: "Vul aan",
    Wie.LID: "Geef advies",
}
#: In these states each of them can be asked something.
GEVRAAGD_IN = {
    Wie.OUDER: frozenset({BIJ_PARTIJEN, INGEDIEND, AANVULLING}),
    Wie.TWEEDE_DESKUNDIGE: frozenset({BIJ_PARTIJEN}),
    Wie.INSTELLING: frozenset({CONCEPT, AANVULLING}),
    Wie.ONTVANGEND: frozenset({BIJ_PARTIJEN}),
    Wie.SCHOOL: frozenset({AANVULLING}),
    Wie.LID: frozenset({INGEDIEND}),
}
#: Is anything asked at all?  In the first always, in the others only of the parents, and in the last of an institution.
#: Outside the SWV nobody sees that a decision waits to be sent: what was asked stays asked.
VRAAGT_ALTIJD = frozenset({BIJ_PARTIJEN, AANVULLING})
VRAAGT_OUDERS = frozenset({INGEDIEND, WORDT_VERSTUURD})
VRAAGT_INSTELLING = CONCEPT
NIET_MEER = Refusal("klaar", "Hier wordt niet meer op gewacht. Er is niemand herinnerd.")


@dataclass(frozen=True)
class Vraag:
    """What is asked of ``wie`` since ``sinds``; ``klaar``: it was done.  ``bereikbaar``: a link, or an account.

    ``alleen_plaats``: of the receiving school no advice is asked (any more), only the place.
    ``aanvullen``: an institution filled the application in, and is asked to complete it.
    """

    wie: Wie
    label: str
    sinds: date | None
    klaar: bool
    bereikbaar: bool = True
    alleen_plaats: bool = False
    aanvullen: bool = False

    @property
    def wat(self) -> str:
        """What is asked, as the list says it."""
        if self.aanvullen:
            return WAT[Wie.SCHOOL]
        return "bevestigt de plaats" if self.alleen_plaats else WAT[self.wie]

    @property
    def zin(self) -> str:
        """How the reminder begins."""
        if self.aanvullen:
            return ZINNEN[Wie.SCHOOL]
        return "Bevestig de plaats" if self.alleen_plaats else ZINNEN[self.wie]


def vraagt_iets(staat: str, *, ouders: bool, instelling: bool) -> bool:
    """Is something asked of somebody outside the SWV?

    ``ouders``: a parent was asked to sign and did not do so yet; ``instelling``: an institution was asked to fill it
    in.  ``queries.herinneringen.te_vragen`` asks the same of the database.
    """
    if staat in VRAAGT_OUDERS:
        return ouders
    return staat in VRAAGT_ALTIJD or (staat == VRAAGT_INSTELLING and instelling)


def open_vraag(staat: str, vraag: Vraag) -> bool:
    """Is something asked of this party now?"""
    return staat in GEVRAAGD_IN[vraag.wie] and vraag.sinds is not None and not vraag.klaar


def mag_herinneren(
    staat: str, vraag: Vraag, *, laatste: date | None, vandaag: date, na_dagen: int = HERINNER_NA_DAGEN
) -> Refusal | None:
    """May this party be reminded today?  ``laatste``: the day of the last reminder.

    Refuses ``klaar`` (nothing is asked any more), ``onbereikbaar`` (no working link, or no account) and ``te_snel``.
    """
    if not open_vraag(staat, vraag):
        return NIET_MEER
    if not vraag.bereikbaar:
        return Refusal("onbereikbaar", _onbereikbaar(vraag))
    if laatste is not None and vandaag < laatste + timedelta(days=na_dagen):
        again = datum(laatste + timedelta(days=na_dagen))
        return Refusal("te_snel", f"{met_hoofdletter(vraag.label)} is al herinnerd. Opnieuw kan vanaf {again}.")
    return None


def mag_lid_herinneren(
    staat: str,
    *,
    gevraagd_op: date,
    gegeven: bool,
    laatste: date | None,
    vandaag: date,
    na_dagen: int = HERINNER_NA_DAGEN,
) -> Refusal | None:
    """The same for a member of the algemene vergadering, who is not reminded on the day of the asking.

    Refuses what ``mag_herinneren`` refuses.
    """
    if not gegeven and vandaag <= gevraagd_op:
        return Refusal("te_snel", "De leden zijn vandaag al gevraagd. Herinneren kan vanaf morgen.", "leden")
    asked = Vraag(Wie.LID, "het lid", gevraagd_op, klaar=gegeven)
    return mag_herinneren(staat, asked, laatste=laatste, vandaag=vandaag, na_dagen=na_dagen)


def _onbereikbaar(vraag: Vraag) -> str:
    if vraag.wie in PARTIJEN.values():
        return f"De link van {vraag.label} werkt niet. Geef eerst een nieuwe link in het dossier."
    return f"Bij {vraag.label} heeft nog niemand een account die dit kan doen."


def mag_iemand_herinneren(rollen: frozenset[str], wie: Wie) -> Refusal | None:
    """Whoever does the application, the pupil's school and the SWV remind others; the SWV also reminds that school.

    Members of the algemene vergadering are reminded by the SWV, which asked them.
    """
    allowed = SWV_DOSSIER if wie in {Wie.SCHOOL, Wie.LID} else SCHOOL_EN_SWV | {INDIENER}
    return None if rollen & allowed else Refusal("rol", "U kunt deze herinnering niet sturen.")
