"""The procedure of an application for a TLV: its states, and who may take which step when.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 2.4 and 6.1.3; Awb art. 4:5 and 4:15 (completion).
"""

from ondersteuning.domain import toets
from ondersteuning.domain.stand import Stand
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import SWV_DOSSIER, Rol
from swv_portal.common.workflow import Refusal, Transition, Workflow

CONCEPT = "concept"
BIJ_PARTIJEN = "bij_partijen"
INGEDIEND = "ingediend"
AANVULLING = "aanvulling"
TOEGEKEND = "toegekend"
GEWEIGERD = "geweigerd"
INGETROKKEN = "ingetrokken"

STATEN = {
    CONCEPT: "School vult in",
    BIJ_PARTIJEN: "Bij ouders en deskundigen",
    INGEDIEND: "Bij het samenwerkingsverband",
    AANVULLING: "Aanvulling gevraagd",
    TOEGEKEND: "Toegekend",
    GEWEIGERD: "Geweigerd",
    INGETROKKEN: "Ingetrokken",
}
LOPEND = frozenset({CONCEPT, BIJ_PARTIJEN, INGEDIEND, AANVULLING})
#: From what was handed in no step leads back here.
NOOIT_INGEDIEND = frozenset({CONCEPT, BIJ_PARTIJEN})
BESLOTEN = frozenset({TOEGEKEND, GEWEIGERD})
AFGESLOTEN = frozenset({TOEGEKEND, GEWEIGERD, INGETROKKEN})

#: Roles of people without an account: they come by a personal link.
OUDER = "ouder"
TWEEDE_DESKUNDIGE = "tweede_deskundige"

SCHOOL = frozenset({Rol.IBER, Rol.SCHOOLDIRECTEUR})
ONTVANGEND = frozenset({Rol.ORTHOPEDAGOOG})

#: The steps of the form that a school may still change while the SWV waits for completion.  The receiving school and
#: the second expert are fixed then: the advices are about them.
STAPPEN_BIJ_AANVULLING = frozenset({"leerling", "ouders", "onderbouwing"})


def formulier_volledig(stand: Stand) -> Refusal | None:
    """Every obligatory field is filled, the pupil's voice and the moment of return included."""
    for item in (toets.formulier(stand), toets.leerling_gehoord(stand), toets.terugkeer(stand)):
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


def keuzes_kloppen(stand: Stand) -> Refusal | None:
    """The second expert, the category and the period keep to their rules."""
    return stand.tweede_bezwaar or stand.categorie_bezwaar or stand.geldigheid_bezwaar


def ouders_uitgenodigd(stand: Stand) -> Refusal | None:
    """Every parent with custody had an invitation.  Whether they signed does not matter (par. 6.1.3, footnote)."""
    item = toets.ouders_uitgenodigd(stand)
    return None if item.uitkomst is toets.Uitkomst.VOLDAAN else Refusal(item.code, item.waarom)


def adviezen_gegeven(stand: Stand) -> Refusal | None:
    """Both experts gave their own advice, and the receiving school has a place."""
    items = (
        toets.eerste_advies(stand),
        toets.plaats(stand),
        toets.tweede_advies(stand),
        toets.tweede_onafhankelijk(stand),
        toets.tweede_betrokken(stand),
    )
    for item in items:
        if item.uitkomst is not toets.Uitkomst.VOLDAAN:
            return Refusal(item.code, item.waarom)
    return None


def toets_voldaan(stand: Stand) -> Refusal | None:
    """The SWV grants only what meets every item of the procedure."""
    missing = toets.niet_voldaan(stand)
    if missing:
        titles = "; ".join(item.titel.lower() for item in missing)
        sentence = f"Toekennen kan nog niet. Niet voldaan: {titles}. Vraag de school om aanvulling."
        return Refusal("toets", sentence, "besluit")
    return None


def gemotiveerd_tegen_partij(stand: Stand) -> Refusal | None:
    """Granting against a party needs a motivation."""
    if stand.tegen and not stand.toelichting.strip():
        return Refusal(
            "motivering",
            f"Niet iedereen is het eens ({', '.join(stand.tegen)}). Schrijf waarom u de TLV toch toekent.",
            "motivering",
        )
    return None


def gemotiveerd(stand: Stand) -> Refusal | None:
    """A refusal of the application needs a motivation (Awb art. 3:46)."""
    return None if stand.toelichting.strip() else Refusal("motivering", "Schrijf waarom u weigert.", "motivering")


def toegelicht(stand: Stand) -> Refusal | None:
    """Who gives an application back says what is the matter."""
    return None if stand.toelichting.strip() else Refusal("toelichting", "Schrijf wat er nodig is.", "toelichting")


def aanvultermijn_voorbij(stand: Stand) -> Refusal | None:
    """The SWV goes on without the completion only after the time that the school was given (Awb art. 4:15)."""
    until = stand.aanvulling_uiterlijk
    if until is not None and stand.vandaag <= until:
        return Refusal("aanvultermijn", f"De school heeft nog tot en met {lange_datum(until)} de tijd.")
    return None


AANVRAAG = Workflow(
    staten=STATEN,
    transitions=(
        Transition(
            "leg_voor",
            "Leg voor aan ouders en deskundigen",
            frozenset({CONCEPT}),
            BIJ_PARTIJEN,
            SCHOOL,
            (formulier_volledig, ouders_bekend, keuzes_kloppen),
        ),
        Transition("geef_eerste_advies", "Geef advies", frozenset({BIJ_PARTIJEN}), BIJ_PARTIJEN, ONTVANGEND),
        Transition("bevestig_plaats", "Bevestig de plaats", frozenset({BIJ_PARTIJEN}), BIJ_PARTIJEN, ONTVANGEND),
        Transition("geen_plaats", "Geen plaats", frozenset({BIJ_PARTIJEN}), CONCEPT, ONTVANGEND, (toegelicht,)),
        Transition(
            "geef_tweede_advies",
            "Geef advies",
            frozenset({BIJ_PARTIJEN}),
            BIJ_PARTIJEN,
            frozenset({TWEEDE_DESKUNDIGE}),
        ),
        Transition("haal_terug", "Haal terug om te wijzigen", frozenset({BIJ_PARTIJEN}), CONCEPT, SCHOOL),
        Transition(
            "dien_in",
            "Dien in bij het samenwerkingsverband",
            frozenset({BIJ_PARTIJEN}),
            INGEDIEND,
            SCHOOL,
            (formulier_volledig, ouders_uitgenodigd, keuzes_kloppen, adviezen_gegeven),
        ),
        Transition(
            "vraag_aanvulling", "Vraag om aanvulling", frozenset({INGEDIEND}), AANVULLING, SWV_DOSSIER, (toegelicht,)
        ),
        Transition(
            "vul_aan",
            "Stuur de aanvulling",
            frozenset({AANVULLING}),
            INGEDIEND,
            SCHOOL,
            (formulier_volledig, ouders_uitgenodigd, toegelicht),
        ),
        Transition(
            "hervat",
            "Ga verder zonder aanvulling",
            frozenset({AANVULLING}),
            INGEDIEND,
            SWV_DOSSIER,
            (aanvultermijn_voorbij,),
        ),
        Transition(
            "ken_toe",
            "Ken de TLV toe",
            frozenset({INGEDIEND}),
            TOEGEKEND,
            SWV_DOSSIER,
            (toets_voldaan, gemotiveerd_tegen_partij),
        ),
        Transition("weiger", "Weiger", frozenset({INGEDIEND}), GEWEIGERD, SWV_DOSSIER, (gemotiveerd,)),
        Transition("trek_in", "Trek de aanvraag in", LOPEND, INGETROKKEN, SCHOOL),
    ),
)


def mag_bewerken(staat: str, rollen: frozenset[str], stap: str) -> Refusal | None:
    """May somebody with ``rollen`` change this step of the form now?"""
    if not rollen & SCHOOL:
        return Refusal("rol", "Alleen de school van de leerling kan de aanvraag wijzigen.")
    if staat == CONCEPT:
        return None
    if staat == AANVULLING:
        if stap in STAPPEN_BIJ_AANVULLING:
            return None
        return Refusal("staat", "De school en de deskundige liggen vast: de adviezen gaan daarover.")
    return Refusal("staat", f"Wijzigen kan niet: de status is '{STATEN[staat]}'.")


def mag_tekenen(staat: str) -> Refusal | None:
    """Parents can sign 'voor gezien' from the moment they are asked until the decision."""
    if staat in {BIJ_PARTIJEN, INGEDIEND, AANVULLING}:
        return None
    if staat == CONCEPT:
        return Refusal("staat", "De school past de aanvraag nu aan. U krijgt bericht als u weer kunt kijken.")
    return Refusal("staat", "Tekenen kan niet meer: de aanvraag is afgerond.")


def mag_uitnodigen(staat: str) -> Refusal | None:
    """The school gives out personal links from the moment that the parties are asked; also after the decision."""
    if staat in {CONCEPT, INGETROKKEN}:
        return Refusal("staat", "Uitnodigen kan als de aanvraag is voorgelegd aan ouders en deskundigen.")
    return None
