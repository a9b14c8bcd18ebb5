"""Who pays a place, and why.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.2 (the referring school pays from its own
budget; the school that referred earlier goes on paying when the TLV is prolonged) and 8.1.3 (paid by the SWV: route D,
the Internationale Taalklas, women's shelter, decision of the board); par. 6.1.3 (bao-bao: the previous school pays a
referral within two years); a pupil of another SWV is paid by that SWV (plaatsingsakkoord).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ondersteuning.domain.plaatsing import KOSTENDRAGERNAMEN, Kostendrager
from swv_portal.common.workflow import Refusal


class Betaalreden(StrEnum):
    """Why somebody pays.  The payer follows from it."""

    VERWIJZER = "verwijzer"
    EERDER = "eerder"
    BAO_BAO = "bao_bao"
    ROUTE_D = "route_d"
    ITK = "itk"
    OPVANG = "opvang"
    BESTUUR = "bestuur"
    ANDER_SWV = "ander_swv"


@dataclass(frozen=True)
class Betaling:
    """A reason in words, with the payer that belongs to it."""

    betaler: Kostendrager
    zin: str


BETALINGEN: Mapping[Betaalreden, Betaling] = {
    Betaalreden.VERWIJZER: Betaling(Kostendrager.SCHOOL, "de school verwijst de leerling"),
    Betaalreden.EERDER: Betaling(Kostendrager.SCHOOL, "de school die de leerling eerder verwees, blijft betalen"),
    Betaalreden.BAO_BAO: Betaling(
        Kostendrager.VORIGE_SCHOOL, "overstap tussen twee basisscholen, korter dan twee jaar geleden"
    ),
    Betaalreden.ROUTE_D: Betaling(Kostendrager.SWV, "de leerling kwam via een jeugdhulpinstelling (route D)"),
    Betaalreden.ITK: Betaling(Kostendrager.SWV, "de leerling komt van de Internationale Taalklas (ITK)"),
    Betaalreden.OPVANG: Betaling(Kostendrager.SWV, "de leerling woont in de vrouwenopvang"),
    Betaalreden.BESTUUR: Betaling(Kostendrager.SWV, "het bestuur van het samenwerkingsverband besloot dit"),
    Betaalreden.ANDER_SWV: Betaling(Kostendrager.ANDER_SWV, "de leerling hoort bij een ander samenwerkingsverband"),
}
BETAALREDENNAMEN: Mapping[str, str] = {str(reason): each.zin for reason, each in BETALINGEN.items()}
#: With these reasons another school pays than the school where the pupil is now, so it must be known which.
MET_VORIGE_SCHOOL = frozenset({Betaalreden.EERDER, Betaalreden.BAO_BAO})
#: With these the referral costs a regular school nothing during the whole primary school time (par. 8.1.2).
HELE_SCHOOLTIJD = frozenset({Betaalreden.ROUTE_D, Betaalreden.ITK})
#: The reason that goes with the payer of a route, when nothing else is known of the pupil.
_GEWOON: Mapping[Kostendrager, Betaalreden] = {
    Kostendrager.SCHOOL: Betaalreden.VERWIJZER,
    Kostendrager.VORIGE_SCHOOL: Betaalreden.BAO_BAO,
    Kostendrager.SWV: Betaalreden.ROUTE_D,
    Kostendrager.ANDER_SWV: Betaalreden.ANDER_SWV,
}


@dataclass(frozen=True)
class Keuze:
    """What was chosen at the decision.  ``vorige_school`` is the key of the school of ``MET_VORIGE_SCHOOL``."""

    reden: Betaalreden
    toelichting: str = ""
    vorige_school: int | None = None

    @property
    def betaler(self) -> Kostendrager:
        return BETALINGEN[self.reden].betaler


def gewone_reden(betaler: Kostendrager) -> Betaalreden:
    """The reason with which the payer of a route pays."""
    return _GEWOON[betaler]


def controleer_betaler(
    keuze: Keuze, *, gewoon: Betaalreden, verwijzende_school: int | None, van_speciaal: bool = False
) -> Refusal | None:
    """Is this a payer that can be explained?

    ``van_speciaal``: the pupil is at a special school now, which has no budget to pay from.  Codes: ``verwijzer`` (that
    school would pay), ``toelichting`` (otherwise than usual, and nothing says why), ``vorige_school`` (the school that
    pays is not said, or is the school of now).
    """
    if keuze.reden is Betaalreden.VERWIJZER and van_speciaal:
        return Refusal(
            "verwijzer", "De speciale school van nu betaalt de plaats niet. Kies wie wel betaalt.", "betaler"
        )
    if keuze.reden is Betaalreden.EERDER and keuze.vorige_school is None:
        return Refusal("vorige_school", "Kies welke school de leerling eerder verwees: die betaalt.", "vorige_school")
    if keuze.reden is Betaalreden.BAO_BAO and keuze.vorige_school is None:
        return Refusal("vorige_school", "Kies welke school de leerling hiervoor had: die betaalt.", "vorige_school")
    if keuze.reden in MET_VORIGE_SCHOOL and keuze.vorige_school == verwijzende_school:
        return Refusal("vorige_school", "De vorige school kan niet de school van nu zijn.", "vorige_school")
    if keuze.reden is not gewoon and not keuze.toelichting.strip():
        return Refusal(
            "toelichting",
            "Dit is anders dan gewoon bij deze aanvraag. Schrijf waarom.",
            "betaler_toelichting",
        )
    return None


def betaler_zin(reden: str, betaler: str, *, vorige_school: str = "") -> str:
    """Payer and reason in a sentence; the payer alone when the reason is not known (an older decision)."""
    who = KOSTENDRAGERNAMEN.get(betaler, "")
    if vorige_school:
        who = f"{who}: {vorige_school}"
    why = BETAALREDENNAMEN.get(reden, "")
    return f"{who}; {why}" if who and why else who


def keuzes() -> list[tuple[str, str]]:
    """The reasons to choose from, the payer first."""
    return [
        (str(reason), f"{KOSTENDRAGERNAMEN[each.betaler].capitalize()}: {each.zin}")
        for reason, each in BETALINGEN.items()
    ]
