"""The procedure of an application for a TLV: its states, and who may take which step when.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 2.4 and 6.1.3; Awb art. 4:5 and 4:15 (completion).
"""

from ondersteuning.domain.voorwaarden import (
    aanvultermijn_voorbij,
    adviezen_gegeven,
    eerste_advies_gevraagd,
    formulier_volledig,
    gemotiveerd,
    gemotiveerd_tegen_partij,
    intrekking_gemotiveerd,
    keuzes_kloppen,
    ouders_bekend,
    ouders_uitgenodigd,
    toegelicht,
    toets_voldaan,
)
from swv_portal.common.scoping import SWV_DOSSIER
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
    BEEINDIGD: "Besluit ingetrokken",
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

#: The steps of the form that a school may still change while the SWV waits for completion.  The receiving school and
#: the second expert are fixed then: the advices are about them.
STAPPEN_BIJ_AANVULLING = frozenset({"leerling", "ouders", "onderbouwing", "akkoord", "bemiddeling"})


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
        Transition(
            "geef_eerste_advies",
            "Geef advies",
            frozenset({BIJ_PARTIJEN}),
            BIJ_PARTIJEN,
            ONTVANGEND,
            (eerste_advies_gevraagd,),
        ),
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
            "besluit_opnieuw",
            "Tekent, en is het niet eens met wat is toegekend: besluit opnieuw",
            frozenset({WORDT_VERSTUURD}),
            INGEDIEND,
            frozenset({OUDER}),
        ),
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
            "Trek het besluit in",
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
    """Parents can sign 'voor gezien' from the moment they are asked until the letter of the decision goes out.

    A decision exists from then on (Awb art. 3:40); before that nobody outside the SWV can tell that it was taken.
    """
    if staat in {BIJ_PARTIJEN, INGEDIEND, AANVULLING, WORDT_VERSTUURD}:
        return None
    if staat == CONCEPT:
        return Refusal("staat", "De aanvraag wordt nu aangepast. U krijgt bericht als u weer kunt kijken.")
    return Refusal("staat", "Tekenen kan niet meer: de aanvraag is afgerond.")


def mag_uitnodigen(staat: str, soort: str = OUDER) -> Refusal | None:
    """Personal links are given out from the moment that the parties are asked; also after the decision.

    The institution that fills in the application gets its link before that.
    """
    if staat == INGETROKKEN or (staat == CONCEPT and soort != INSTELLING):
        return Refusal("staat", "Uitnodigen kan als de aanvraag is voorgelegd aan ouders en deskundigen.")
    return None
