"""Items that count on one or a few routes, and which SWV decides.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 and 8.1.4.
"""

from ondersteuning.domain.stand import Stand
from ondersteuning.domain.toets.punt import Punt, Uitkomst, maak_punt
from ondersteuning.domain.welk_swv import Wie
from swv_portal.common.dates import lange_datum


def mandaat(stand: Stand) -> Punt:
    """Was the jeugdhulpinstelling on the list of the SWV when the application began?"""
    return maak_punt(
        "mandaat",
        "De jeugdhulpinstelling is gemandateerd",
        stand.mandaat,
        "De instelling stond op de lijst van het samenwerkingsverband toen de aanvraag begon.",
        "De instelling stond niet op de lijst van het samenwerkingsverband toen de aanvraag begon.",
        "par. 6.1.3, formulier D",
    )


def aanleiding(stand: Stand) -> Punt:
    """Is the reason of the application one of those for which route D is meant?"""
    refusal = stand.weigering_aanleiding
    return maak_punt(
        "aanleiding",
        "De aanleiding past bij route D",
        refusal is None,
        "De leerling zat nog niet op school, is pas begonnen, of komt van de Internationale Taalklas.",
        refusal.zin if refusal else "",
        "par. 6.1.3, formulier D",
    )


def budget_afgestemd(stand: Stand) -> Punt:
    """Do the parents know of the budget, and do they want it?"""
    return maak_punt(
        "budget_afgestemd",
        "Het budget is met de ouders afgestemd",
        stand.budget_afgestemd,
        "De ouders weten van het budget en willen het.",
        "Er staat niet dat de ouders van het budget weten en het willen.",
        "par. 6.1.3, formulier D",
    )


def akkoord(stand: Stand) -> Punt:
    """Is the signed agreement of the other SWV with the application?"""
    return maak_punt(
        "akkoord",
        "Het andere samenwerkingsverband gaat akkoord",
        stand.akkoord,
        "Het getekende akkoord zit bij de aanvraag.",
        "Het getekende akkoord van het andere samenwerkingsverband zit nog niet bij de aanvraag.",
        "par. 6.1.3, plaatsingsakkoord",
    )


def ander_swv(stand: Stand) -> Punt:
    """Is the code that of another SWV than ours?"""
    refusal = stand.weigering_ander_swv
    return maak_punt(
        "ander_swv",
        "De leerling hoort bij een ander samenwerkingsverband",
        refusal is None,
        "De code is die van een ander samenwerkingsverband.",
        refusal.zin if refusal else "",
        "par. 6.1.3, plaatsingsakkoord",
    )


def bemiddeling(stand: Stand) -> Punt:
    """Was there mediation, or did the parents turn it down?"""
    refusal = stand.weigering_bemiddeling
    return maak_punt(
        "bemiddeling",
        "Bemiddeling is gebruikt, of door de ouders afgewezen",
        refusal is None,
        "Er staat wat er was, wanneer, en hoe het afliep.",
        refusal.zin if refusal else "",
        "par. 6.1.3, eenzijdige aanvraag",
    )


def onderzoek(stand: Stand) -> Punt:
    """Is the independent research on record?  What it concludes does not count here."""
    outcome = "past" if stand.onderzoek_past else "past niet"
    return maak_punt(
        "onderzoek",
        "Er is een onafhankelijk onderzoek",
        stand.onderzocht_op is not None,
        f"Klaar op {lange_datum(stand.onderzocht_op)}. Conclusie: speciaal onderwijs {outcome}."
        if stand.onderzocht_op
        else "",
        "Het onafhankelijk onderzoek is nog niet vastgelegd.",
        "par. 6.1.3, eenzijdige aanvraag",
    )


def unaniem(stand: Stand) -> Punt:
    """Did two members of the algemene vergadering both say yes?"""
    waiting = sum(1 for each in stand.leden if each is None)
    why = "Er zijn nog geen leden om advies gevraagd."
    if stand.leden:
        why = "Niet alle leden zeggen ja." if False in stand.leden else f"Nog geen antwoord van {waiting} van de leden."
    return maak_punt(
        "unaniem",
        "Twee leden van de algemene vergadering zeggen allebei ja",
        len(stand.leden) == 2 and all(stand.leden),
        "Beide leden zeggen ja.",
        why,
        "par. 6.1.3, TLV op de BAO",
    )


def welk_swv(stand: Stand) -> Punt | None:
    """Must another SWV decide, or is that unknown?  It never blocks; ``None`` when it was not looked up."""
    if stand.welk_swv is None:
        return None
    ours, why = stand.welk_swv.wie is Wie.WIJ, stand.welk_swv.zin
    return maak_punt(
        "welk_swv", "Ons samenwerkingsverband beslist", ours, why, why, stand.welk_swv.bron, Uitkomst.LET_OP
    )
