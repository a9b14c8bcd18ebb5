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
WORDT_VERSTUURD = "wordt_verstuurd"
TOEGEKEND = "toegekend"
GEWEIGERD = "geweigerd"
BEEINDIGD = "beeindigd"
INGETROKKEN = "ingetrokken"

STATEN = {
    CONCEPT: "Wordt ingevuld",
    BIJ_PARTIJEN: "Bij ouders en deskundigen",
    INGEDIEND: "Bij het samenwerkingsverband",
    AANVULLING: "Aanvulling gevraagd",
    WORDT_VERSTUURD: "Besluit wordt verstuurd",
    TOEGEKEND: "Toegekend",
    GEWEIGERD: "Geweigerd",
    BEEINDIGD: "TLV ingetrokken",
    INGETROKKEN: "Ingetrokken",
}
LOPEND = frozenset({CONCEPT, BIJ_PARTIJEN, INGEDIEND, AANVULLING, WORDT_VERSTUURD})
#: From what was handed in no step leads back here.
NOOIT_INGEDIEND = frozenset({CONCEPT, BIJ_PARTIJEN})
BESLOTEN = frozenset({TOEGEKEND, GEWEIGERD, BEEINDIGD})
AFGESLOTEN = BESLOTEN | {INGETROKKEN}
#: Here there is (or was) a TLV, with its number.
MET_TLV = frozenset({TOEGEKEND, BEEINDIGD})

#: Roles of people without an account: they come by a personal link.
OUDER = "ouder"
TWEEDE_DESKUNDIGE = "tweede_deskundige"
INSTELLING = "instelling"
#: Steps that nobody takes by hand: the letter goes out, an objection was decided.
VERZENDING = "verzending"
BESLISSING_OP_BEZWAAR = "beslissing_op_bezwaar"

#: Who does the application, and who answers for the receiving school: the route says which people these are.
INDIENER = "indiener"
ONTVANGER = "ontvanger"
INDIENERS = frozenset({INDIENER})
ONTVANGEND = frozenset({ONTVANGER})
#: Those of the pupil's own school, whoever does the application.
SCHOOL = frozenset({Rol.IBER, Rol.SCHOOLDIRECTEUR})

#: The steps of the form that a school may still change while the SWV waits for completion.  The receiving school and
#: the second expert are fixed then: the advices are about them.
STAPPEN_BIJ_AANVULLING = frozenset({"leerling", "ouders", "onderbouwing", "akkoord", "bemiddeling"})


def formulier_volledig(stand: Stand) -> Refusal | None:
    """Every obligatory field is filled, the pupil's voice and the moment of return included."""
    for item in toets.van_toepassing(stand, (toets.formulier, toets.leerling_gehoord, toets.terugkeer)):
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
    """What was chosen keeps to its rules: reason, second expert, category, period, other SWV."""
    return (
        stand.aanleiding_bezwaar
        or stand.tweede_bezwaar
        or stand.categorie_bezwaar
        or stand.geldigheid_bezwaar
        or stand.ander_swv_bezwaar
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


def intrekking_gemotiveerd(stand: Stand) -> Refusal | None:
    """Withdrawing a TLV needs a motivation (Awb art. 3:46)."""
    return None if stand.toelichting.strip() else Refusal("reden", "Schrijf waarom u de TLV intrekt.", "reden")


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
            INDIENERS,
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
        Transition("haal_terug", "Haal terug om te wijzigen", frozenset({BIJ_PARTIJEN}), CONCEPT, INDIENERS),
        Transition(
            "dien_in",
            "Dien in bij het samenwerkingsverband",
            frozenset({BIJ_PARTIJEN}),
            INGEDIEND,
            INDIENERS,
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
            INDIENERS,
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
            WORDT_VERSTUURD,
            SWV_DOSSIER,
            (toets_voldaan, gemotiveerd_tegen_partij),
        ),
        Transition("weiger", "Weiger", frozenset({INGEDIEND}), WORDT_VERSTUURD, SWV_DOSSIER, (gemotiveerd,)),
        Transition(
            "verleng",
            "Verleng de beslistermijn",
            frozenset({INGEDIEND}),
            INGEDIEND,
            SWV_DOSSIER,
            (toegelicht,),
        ),
        Transition("neem_terug", "Neem het besluit terug", frozenset({WORDT_VERSTUURD}), INGEDIEND, SWV_DOSSIER),
        Transition(
            "verstuur_toekenning",
            "De brief gaat uit: toegekend",
            frozenset({WORDT_VERSTUURD}),
            TOEGEKEND,
            frozenset({VERZENDING}),
        ),
        Transition(
            "verstuur_weigering",
            "De brief gaat uit: geweigerd",
            frozenset({WORDT_VERSTUURD}),
            GEWEIGERD,
            frozenset({VERZENDING}),
        ),
        Transition(
            "trek_tlv_in",
            "Trek de TLV in",
            frozenset({TOEGEKEND}),
            BEEINDIGD,
            SWV_DOSSIER,
            (intrekking_gemotiveerd,),
        ),
        Transition(
            "laat_vervallen",
            "Bezwaar gegrond: de TLV vervalt",
            frozenset({TOEGEKEND}),
            BEEINDIGD,
            frozenset({BESLISSING_OP_BEZWAAR}),
        ),
        Transition(
            "laat_herleven",
            "Bezwaar gegrond: de TLV geldt weer",
            frozenset({BEEINDIGD}),
            TOEGEKEND,
            frozenset({BESLISSING_OP_BEZWAAR}),
        ),
        Transition(
            "heroverweeg",
            "Bezwaar gegrond: besluit opnieuw",
            frozenset({GEWEIGERD}),
            INGEDIEND,
            frozenset({BESLISSING_OP_BEZWAAR}),
        ),
        Transition("trek_in", "Trek de aanvraag in", LOPEND, INGETROKKEN, INDIENERS),
    ),
)


def mag_bewerken(staat: str, rollen: frozenset[str], stap: str) -> Refusal | None:
    """May somebody with ``rollen`` change this step of the form now?"""
    if not rollen & INDIENERS:
        return Refusal("rol", "Alleen wie de aanvraag doet, kan die wijzigen.")
    if staat == CONCEPT:
        return None
    if staat == AANVULLING:
        if stap in STAPPEN_BIJ_AANVULLING:
            return None
        return Refusal("staat", "De school en de deskundige liggen vast: de adviezen gaan daarover.")
    shown = INGEDIEND if staat == WORDT_VERSTUURD else staat
    return Refusal("staat", f"Wijzigen kan niet: de status is '{STATEN[shown]}'.")


def mag_tekenen(staat: str) -> Refusal | None:
    """Parents can sign 'voor gezien' from the moment they are asked until the decision."""
    if staat in {BIJ_PARTIJEN, INGEDIEND, AANVULLING}:
        return None
    if staat == CONCEPT:
        return Refusal("staat", "De aanvraag wordt nu aangepast. U krijgt bericht als u weer kunt kijken.")
    if staat == WORDT_VERSTUURD:
        # Says no more than that it lies there: the decision can still be taken back.
        return Refusal("staat", "Het samenwerkingsverband werkt nu aan de aanvraag. Probeer het over een uur opnieuw.")
    return Refusal("staat", "Tekenen kan niet meer: de aanvraag is afgerond.")


def mag_uitnodigen(staat: str, soort: str = OUDER) -> Refusal | None:
    """Personal links are given out from the moment that the parties are asked; also after the decision.

    The institution that fills in the application gets its link before that.
    """
    if staat == INGETROKKEN or (staat == CONCEPT and soort != INSTELLING):
        return Refusal("staat", "Uitnodigen kan als de aanvraag is voorgelegd aan ouders en deskundigen.")
    return None
