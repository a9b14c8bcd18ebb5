"""Agreements about a pupil with a period: symbiose, a DWS place and an observation place.

Sources: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (symbiose: regular and specialised education
agree on programme and funding, in an agreement and in the OPP), 5.1.2 (Day a Week School from group 5; observatiegroep
for two years) and 8.1.2 (a DWS place is bought per year; another suitable pupil may take it over; no refund).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.rollen import SCHOOLROLLEN
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import SWV_DOSSIER, Rol
from swv_portal.common.words import met_hoofdletter
from swv_portal.common.workflow import Refusal, Transition, Workflow


class Soort(StrEnum):
    """The three kinds of agreement."""

    SYMBIOSE = "symbiose"
    DWS = "dws"
    OBSERVATIE = "observatie"


SOORTNAMEN: Mapping[str, str] = {
    Soort.SYMBIOSE.value: "symbiose",
    Soort.DWS.value: "plaats op de Day a Week School",
    Soort.OBSERVATIE.value: "observatieplaats",
}
#: As a choice or a heading begins.
SOORTKOPPEN: Mapping[str, str] = {code: met_hoofdletter(name) for code, name in SOORTNAMEN.items()}
#: What stands before the number of an agreement.
VOORVOEGSELS: Mapping[str, str] = {Soort.SYMBIOSE.value: "SYM", Soort.DWS.value: "DWS", Soort.OBSERVATIE.value: "OBS"}
#: What each is, for who chooses, in our own words.
UITLEG: Mapping[str, str] = {
    Soort.SYMBIOSE.value: "De leerling volgt een deel van de lessen op een andere school. Een gewone basisschool en "
    "een school voor speciaal (basis)onderwijs spreken dat samen af. Het samenwerkingsverband krijgt bericht.",
    Soort.DWS.value: "Eén dag per week samen met andere leerlingen die veel aankunnen. Uw school koopt de plaats voor "
    "een schooljaar. Het samenwerkingsverband beslist of er plaats is.",
    Soort.OBSERVATIE.value: "Tijdelijk in een observatiegroep, om te zien wat een jonge leerling nodig heeft. Het "
    "samenwerkingsverband betaalt en beslist.",
}

CONCEPT, BIJ_SCHOLEN, BIJ_SWV = "concept", "bij_scholen", "bij_swv"
LOPEND, AFGEWEZEN, INGETROKKEN, GESTOPT = "lopend", "afgewezen", "ingetrokken", "gestopt"
STATEN = {
    CONCEPT: "In voorbereiding",
    BIJ_SCHOLEN: "Wacht op handtekeningen",
    BIJ_SWV: "Ligt bij het samenwerkingsverband",
    LOPEND: "Afgesproken",
    AFGEWEZEN: "Afgewezen",
    INGETROKKEN: "Ingetrokken",
    GESTOPT: "Eerder gestopt",
}
#: These have a day until which they are kept.
MET_BEWAARDAG = frozenset({LOPEND, AFGEWEZEN, INGETROKKEN, GESTOPT})

#: The other school takes part through its director; the portal moves an agreement on by itself.
ANDERE_DIRECTEUR = "directeur van de andere school"
PORTAAL = "portaal"

#: Groups in which a pupil can take part in DWS (par. 5.1.2: from group 5).
DWS_VANAF_GROEP = 5
GROEPEN = tuple(str(number) for number in range(1, 9))

#: Defaults of what an SWV may want otherwise.
OBSERVATIE_MAANDEN = 24
SYMBIOSE_SCHOOLJAREN = 1


@dataclass(frozen=True)
class Feiten:
    """What the procedure looks at, of one agreement today.

    ``ontbreekt``: labels of what must be filled in; ``bezwaren``: what is wrong with group, schools or period;
    ``getekend_*``: on which day a director signed.
    """

    soort: str
    vandaag: date
    einde: date | None = None
    ontbreekt: tuple[str, ...] = ()
    bezwaren: tuple[Refusal, ...] = ()
    getekend_school: date | None = None
    getekend_andere: date | None = None
    toelichting: str = ""

    @property
    def met_andere_school(self) -> bool:
        return self.soort != Soort.DWS

    @property
    def getekend(self) -> bool:
        """Did everybody sign?  A DWS place has no second school: it is organised by the SWV (par. 5.1.2)."""
        return self.getekend_school is not None and (not self.met_andere_school or self.getekend_andere is not None)


def ingevuld(feiten: Feiten) -> Refusal | None:
    """The agreement holds the pupil, the period, the goals and what the kind asks for (par. 6.1.3, 5.1.2, 8.1.2)."""
    if not feiten.ontbreekt:
        return None
    return Refusal("ontbreekt", f"Vul eerst in: {', '.join(feiten.ontbreekt)}.")


def past(feiten: Feiten) -> Refusal | None:
    """Period, group and other school fit the kind (see ``domain.overeenkomstperiode``)."""
    return feiten.bezwaren[0] if feiten.bezwaren else None


def school_tekende_niet(feiten: Feiten) -> Refusal | None:
    """Each director signs once.  Source: own rule; par. 6.1.3 says only that the two lay it down in an agreement."""
    return Refusal("getekend", "Uw school tekende al.") if feiten.getekend_school else None


def andere_tekende_niet(feiten: Feiten) -> Refusal | None:
    """As ``school_tekende_niet``, for the other school; a DWS place has no other school (par. 5.1.2)."""
    if not feiten.met_andere_school:
        return Refusal("geen_school", "Bij deze overeenkomst hoort geen tweede school.")
    return Refusal("getekend", "Uw school tekende al.") if feiten.getekend_andere else None


def iedereen_tekende(feiten: Feiten) -> Refusal | None:
    """Both schools agree with each other (par. 6.1.3); of a DWS place the school that buys it (par. 8.1.2)."""
    return None if feiten.getekend else Refusal("niet_getekend", "Nog niet iedereen tekende.")


def zonder_swv(feiten: Feiten) -> Refusal | None:
    """Symbiose is between the schools (par. 6.1.3): the SWV is told, and decides nothing."""
    return None if feiten.soort == Soort.SYMBIOSE else Refusal("swv", "Het samenwerkingsverband beslist eerst.")


def met_swv(feiten: Feiten) -> Refusal | None:
    """The SWV organises DWS and pays the observatiegroep (par. 5.1.2): it decides whether there is room."""
    return Refusal("zonder_swv", "De scholen spreken dit samen af.") if feiten.soort == Soort.SYMBIOSE else None


def toegelicht(feiten: Feiten) -> Refusal | None:
    """Saying no, or stopping, goes with the reason (own rule, as with every refusal in the portal)."""
    return None if feiten.toelichting.strip() else Refusal("toelichting", "Schrijf op waarom.", "toelichting")


def nog_niet_voorbij(feiten: Feiten) -> Refusal | None:
    """What has ended can not be stopped or passed on."""
    if feiten.einde is not None and feiten.einde < feiten.vandaag:
        return Refusal("voorbij", f"De overeenkomst is afgelopen op {lange_datum(feiten.einde)}.")
    return None


def is_dws(feiten: Feiten) -> Refusal | None:
    """Only a DWS place may pass to another pupil (par. 8.1.2)."""
    return None if feiten.soort == Soort.DWS else Refusal("soort", "Alleen een DWS-plaats gaat over op een ander.")


_TEKENEN = frozenset({BIJ_SCHOLEN})
#: The portal ends what its pupil leaves behind.
_EINDIGEN = SCHOOLROLLEN | {PORTAAL}
_VOOR_BESLUIT = frozenset({CONCEPT, BIJ_SCHOLEN, BIJ_SWV})

OVEREENKOMST = Workflow(
    STATEN,
    (
        Transition(
            "leg_voor", "Leg voor om te tekenen", frozenset({CONCEPT}), BIJ_SCHOLEN, SCHOOLROLLEN, (ingevuld, past)
        ),
        Transition(
            "teken",
            "Teken voor uw school",
            _TEKENEN,
            BIJ_SCHOLEN,
            frozenset({Rol.SCHOOLDIRECTEUR}),
            (school_tekende_niet, past),
        ),
        Transition(
            "teken_andere",
            "Teken voor de andere school",
            _TEKENEN,
            BIJ_SCHOLEN,
            frozenset({ANDERE_DIRECTEUR}),
            (andere_tekende_niet, past),
        ),
        Transition("zeg_nee", "Wij doen niet mee", _TEKENEN, CONCEPT, frozenset({ANDERE_DIRECTEUR}), (toegelicht,)),
        Transition("gaat_in", "Gaat in", _TEKENEN, LOPEND, frozenset({PORTAAL}), (iedereen_tekende, zonder_swv)),
        Transition(
            "gaat_naar_swv",
            "Gaat naar het samenwerkingsverband",
            _TEKENEN,
            BIJ_SWV,
            frozenset({PORTAAL}),
            (iedereen_tekende, met_swv),
        ),
        Transition("stem_in", "Stem in", frozenset({BIJ_SWV}), LOPEND, SWV_DOSSIER, (past,)),
        Transition("wijs_af", "Wijs af", frozenset({BIJ_SWV}), AFGEWEZEN, SWV_DOSSIER, (toegelicht,)),
        Transition("haal_terug", "Haal terug om te wijzigen", frozenset({BIJ_SCHOLEN, BIJ_SWV}), CONCEPT, SCHOOLROLLEN),
        Transition("trek_in", "Trek in", _VOOR_BESLUIT, INGETROKKEN, _EINDIGEN),
        Transition(
            "geef_door",
            "Geef door aan een andere leerling",
            frozenset({LOPEND, GESTOPT}),
            LOPEND,
            SCHOOLROLLEN,
            (is_dws, nog_niet_voorbij),
        ),
        Transition("stop", "Stop eerder", frozenset({LOPEND}), GESTOPT, _EINDIGEN, (nog_niet_voorbij, toegelicht)),
    ),
)


def mag_wijzigen(staat: str, rollen: frozenset[str]) -> Refusal | None:
    """The pupil's school changes it as long as nobody was asked to sign: a signature is under one text."""
    if not rollen & SCHOOLROLLEN:
        return Refusal("rol", "Alleen de school van de leerling wijzigt de overeenkomst.")
    if staat == CONCEPT:
        return None
    return Refusal("staat", f"Wijzigen kan nu niet: de status is '{STATEN[staat]}'. Haal de overeenkomst eerst terug.")


def bewaardag(soort: str, einde: date, gestopt_per: date | None = None) -> date:
    """The last day of keeping: three years after the last day (issue: retention of what is not a TLV).

    A DWS place that stopped can still be passed on, so it ends with the school year that was bought.
    """
    last = einde if gestopt_per is None or soort == Soort.DWS else gestopt_per
    return bewaren_tot(last)
