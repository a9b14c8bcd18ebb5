"""What must be so before a step of an application can be taken.  Each says why not, or ``None``.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 2.4 and 6.1.3; Awb art. 3:46 and 4:15.
"""

from ondersteuning.domain import toets
from ondersteuning.domain.route import Deelnemer
from ondersteuning.domain.stand import Stand
from swv_portal.common.dates import lange_datum
from swv_portal.common.words import met_hoofdletter
from swv_portal.common.workflow import Refusal

#: What can only be put right on the form itself; once the application was handed in, some of its pages are fixed.
_VAN_HET_FORMULIER = (toets.formulier, toets.leerling_gehoord, toets.budget_afgestemd)


def formulier_volledig(stand: Stand) -> Refusal | None:
    """Every obligatory field is filled, the pupil's voice and the moment of return included."""
    for item in toets.van_toepassing(stand, (*_VAN_HET_FORMULIER, toets.terugkeer)):
        if item.uitkomst is not toets.Uitkomst.VOLDAAN:
            return Refusal(item.code, item.waarom)
    return None


def ouders_bekend(stand: Stand) -> Refusal | None:
    """Two parents with custody, or one with the reason why."""
    if not stand.ouders:
        return Refusal("ouders", "Vul ten minste één ouder met gezag in.")
    if len(stand.ouders) == 1 and not stand.een_ouder_reden:
        return Refusal("ouders", "Vul de tweede ouder in, of schrijf waarom er één ouder met gezag is.")
    return None


def eerste_advies_gevraagd(stand: Stand) -> Refusal | None:
    """Does this route ask a first expert?  A regular school with a budget only says whether it has a place."""
    if stand.route.vraagt(Deelnemer.EERSTE_DESKUNDIGE):
        return None
    return Refusal("route", "Bij deze aanvraag geeft uw school geen advies. U zegt alleen of er plaats is.")


def keuzes_kloppen(stand: Stand) -> Refusal | None:
    """What was chosen keeps to its rules: reason, second expert, category, period, other SWV."""
    return (
        stand.weigering_aanleiding
        or stand.weigering_tweede
        or stand.weigering_categorie
        or stand.weigering_geldigheid
        or stand.weigering_ander_swv
    )


def ouders_uitgenodigd(stand: Stand) -> Refusal | None:
    """Every parent with custody had an invitation.  Whether they signed does not matter (par. 6.1.3, footnote)."""
    item = toets.ouders_uitgenodigd(stand)
    return None if item.uitkomst is toets.Uitkomst.VOLDAAN else Refusal(item.code, item.waarom)


def adviezen_gegeven(stand: Stand) -> Refusal | None:
    """The experts that the route asks gave their own advice, and the receiving school has a place."""
    asked = (
        toets.eerste_advies,
        toets.plaats,
        toets.tweede_advies,
        toets.tweede_onafhankelijk,
        toets.tweede_betrokken,
    )
    for item in toets.van_toepassing(stand, asked):
        if item.uitkomst is not toets.Uitkomst.VOLDAAN:
            return Refusal(item.code, item.waarom)
    return None


def toets_voldaan(stand: Stand) -> Refusal | None:
    """The SWV grants only what meets every item of the procedure."""
    missing = toets.niet_voldaan(stand)
    if missing:
        titles = "; ".join(item.titel.lower() for item in missing)
        return Refusal("toets", f"Toekennen kan nu niet. Niet voldaan: {titles}. {_wat_nu(stand, missing)}", "besluit")
    return None


def _wat_nu(stand: Stand, missing: tuple[toets.Punt, ...]) -> str:
    """What can be done about the items that are not met: some are for who does the application, some for the SWV."""
    codes = {item.code for item in missing}
    if "unaniem" in codes and False in stand.leden:
        return "Niet beide leden zeggen ja. U kunt daarom alleen weigeren."
    asked = []
    if codes - {"onderzoek", "unaniem"}:
        asked.append(f"Vraag {stand.route.de_indiener} om aanvulling.")
    if "onderzoek" in codes:
        asked.append("Leg eerst het onderzoek vast.")
    if "unaniem" in codes:
        asked.append("Wacht op het advies van de leden." if stand.leden else "Vraag eerst twee leden om advies.")
    return " ".join(asked)


def gemotiveerd_tegen_partij(stand: Stand) -> Refusal | None:
    """Granting against a party needs a motivation."""
    if stand.tegen and not stand.toelichting.strip():
        return Refusal(
            "motivering",
            f"Niet iedereen is het eens ({', '.join(stand.tegen)}). Schrijf waarom u toch toekent.",
            "motivering",
        )
    return None


def gemotiveerd(stand: Stand) -> Refusal | None:
    """A refusal of the application needs a motivation (Awb art. 3:46)."""
    return None if stand.toelichting.strip() else Refusal("motivering", "Schrijf waarom u weigert.", "motivering")


def toegelicht(stand: Stand) -> Refusal | None:
    """Who gives an application back says what is the matter."""
    return None if stand.toelichting.strip() else Refusal("toelichting", "Schrijf wat er nodig is.", "toelichting")


def intrekking_gemotiveerd(stand: Stand) -> Refusal | None:
    """Withdrawing a TLV needs a motivation (Awb art. 3:46)."""
    return None if stand.toelichting.strip() else Refusal("reden", "Schrijf waarom u het besluit intrekt.", "reden")


def aanvultermijn_voorbij(stand: Stand) -> Refusal | None:
    """The SWV goes on without the completion only after the time that the school was given (Awb art. 4:15)."""
    until = stand.aanvulling_uiterlijk
    if until is not None and stand.vandaag <= until:
        who = stand.route.de_indiener
        sentence = f"{met_hoofdletter(who)} heeft nog tot en met {lange_datum(until)} de tijd."
        return Refusal("aanvultermijn", sentence)
    return None
