"""The test list of the SWV: what the procedure asks, per item met or not, and why.

The SWV tests the procedure, not the pupil: the triade knows what the pupil needs (ondersteuningsplan SWV PO
Zuid-Kennemerland 2024-2028, par. 2.4 and 6.1.3).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ondersteuning.domain.deskundigen import FUNCTIENAMEN, is_oud
from ondersteuning.domain.stand import Stand
from ondersteuning.domain.welk_swv import Wie
from swv_portal.common.dates import lange_datum


class Uitkomst(StrEnum):
    """``LET_OP`` does not block: the SWV weighs it."""

    VOLDAAN = "voldaan"
    NIET = "niet voldaan"
    LET_OP = "let op"


@dataclass(frozen=True)
class Punt:
    """One item: what is tested, how it came out, why, and where the rule stands."""

    code: str
    titel: str
    uitkomst: Uitkomst
    waarom: str
    bron: str


def _punt(code: str, titel: str, ok: bool, ja: str, nee: str, bron: str, anders: Uitkomst = Uitkomst.NIET) -> Punt:
    return Punt(code, titel, Uitkomst.VOLDAAN if ok else anders, ja if ok else nee, bron)


def formulier(stand: Stand) -> Punt:
    missing = ", ".join(label for _, label in stand.ontbreekt)
    return _punt(
        "formulier",
        "Het formulier is volledig",
        not stand.ontbreekt,
        "Alle verplichte vragen zijn ingevuld.",
        f"Nog niet ingevuld: {missing}.",
        "par. 6.1.3; Awb art. 4:2",
    )


def ouders_uitgenodigd(stand: Stand) -> Punt:
    waiting = [parent.label for parent in stand.ouders if not parent.uitgenodigd]
    complete = len(stand.ouders) >= 2 or stand.een_ouder_reden
    why = f"Nog niet uitgenodigd: {', '.join(waiting)}." if waiting else ""
    if not stand.ouders:
        why = "Er is nog geen ouder met gezag ingevuld."
    elif not complete:
        why = f"Er is één ouder ingevuld. De reden daarvoor ontbreekt. {why}".strip()
    return _punt(
        "ouders_uitgenodigd",
        "Alle ouders met gezag zijn uitgenodigd",
        bool(stand.ouders) and complete and not waiting,
        f"Uitgenodigd: {', '.join(parent.label for parent in stand.ouders)}.",
        why,
        "par. 2.4 en 6.1.3",
    )


def ouders_gezien(stand: Stand) -> Punt:
    waiting = [parent.label for parent in stand.ouders if parent.gezien_op is None]
    signed = [f"{parent.label} op {lange_datum(parent.gezien_op)}" for parent in stand.ouders if parent.gezien_op]
    return _punt(
        "ouders_gezien",
        "De ouders hebben 'voor gezien' getekend",
        bool(stand.ouders) and not waiting,
        f"Getekend: {', '.join(signed)}.",
        f"Niet getekend: {', '.join(waiting) or 'geen ouder ingevuld'}. Dit houdt een besluit niet tegen.",
        "par. 6.1.3, voetnoot over ondertekenen",
        Uitkomst.LET_OP,
    )


def leerling_gehoord(stand: Stand) -> Punt:
    own = "De leerling vulde zelf een formulier in." if stand.eigen_formulier else "De leerling is gehoord."
    return _punt(
        "leerling_gehoord",
        "De leerling is gehoord, of er staat waarom niet",
        stand.leerling_gehoord or stand.reden_niet_gehoord,
        own if stand.leerling_gehoord else "Er staat een reden waarom niet.",
        "Er staat niet wat de leerling vindt, en ook niet waarom dat ontbreekt.",
        "par. 2.5",
    )


def eerste_advies(stand: Stand) -> Punt:
    advice = stand.eerste_advies
    ok = advice is not None and advice.met_tekst and not is_oud(advice.gegeven_op, stand.vandaag)
    reason = "De eerste deskundige heeft nog geen eigen advies gegeven."
    if advice is not None and advice.met_tekst:
        reason = f"Het advies van {lange_datum(advice.gegeven_op)} is ouder dan een jaar."
    return _punt(
        "eerste_advies",
        "De eerste deskundige gaf een eigen advies met redenen",
        ok,
        f"{FUNCTIENAMEN[advice.functie]}, {lange_datum(advice.gegeven_op)}." if advice else "",
        reason,
        "WPO art. 18a; par. 6.1.3",
    )


def tweede_advies(stand: Stand) -> Punt:
    advice = stand.tweede_advies
    ok = advice is not None and advice.met_tekst and not is_oud(advice.gegeven_op, stand.vandaag)
    reason = "De tweede deskundige heeft nog geen eigen advies gegeven."
    if advice is not None and advice.met_tekst:
        reason = f"Het advies van {lange_datum(advice.gegeven_op)} is ouder dan een jaar."
    return _punt(
        "tweede_advies",
        "De tweede deskundige gaf een eigen advies met redenen",
        ok,
        f"{FUNCTIENAMEN[advice.functie]}, {lange_datum(advice.gegeven_op)}." if advice else "",
        reason,
        "WPO art. 18a; par. 6.1.3",
    )


def tweede_onafhankelijk(stand: Stand) -> Punt:
    refusal = stand.tweede_bezwaar
    return _punt(
        "tweede_onafhankelijk",
        "De tweede deskundige is onafhankelijk",
        refusal is None,
        "Een andere functie dan de eerste, en niet in dienst van een van beide scholen.",
        refusal.zin if refusal else "",
        "par. 6.1.3, de tweede deskundige",
    )


def tweede_betrokken(stand: Stand) -> Punt:
    advice = stand.tweede_advies
    return _punt(
        "tweede_betrokken",
        "De tweede deskundige is echt betrokken bij de leerling",
        advice is not None and advice.betrokken,
        "De deskundige heeft dat zelf bevestigd.",
        "De deskundige heeft dit nog niet bevestigd.",
        "par. 6.1.3, de triade",
    )


_PLAATS = "De ontvangende school heeft de plaats bevestigd."


def plaats(stand: Stand) -> Punt:
    return _punt(
        "plaats",
        "De ontvangende school heeft plaats",
        stand.plaats is True,
        "De leerling blijft op de eigen school." if stand.eigen_school else _PLAATS,
        "De ontvangende school heeft de plaats niet bevestigd.",
        "par. 2.4 en 6.1.3",
    )


def categorie(stand: Stand) -> Punt:
    refusal = stand.categorie_bezwaar
    return _punt(
        "categorie",
        "De categorie past bij de school",
        refusal is None,
        "De categorie past bij de soort school.",
        refusal.zin if refusal else "",
        "par. 6.1.3",
    )


def geldigheid(stand: Stand) -> Punt:
    refusal = stand.geldigheid_bezwaar
    return _punt(
        "geldigheid",
        "De periode loopt tot en met een 31 juli",
        refusal is None,
        "Hele schooljaren, plus de rest van het lopende schooljaar.",
        refusal.zin if refusal else "",
        "WEC art. 40 lid 15",
    )


def terugkeer(stand: Stand) -> Punt:
    return _punt(
        "terugkeer",
        "Er is gesproken over terugkeer",
        stand.terugkeer_afgesproken or stand.reden_geen_terugkeer,
        "Er is een moment afgesproken."
        if stand.terugkeer_afgesproken
        else "De reden waarom er geen moment is, is gegeven.",
        "Er staat geen moment van mogelijke terugkeer, en ook geen reden waarom niet.",
        "par. 2.4 en 6.1.3",
    )


def mandaat(stand: Stand) -> Punt:
    return _punt(
        "mandaat",
        "De jeugdhulpinstelling is gemandateerd",
        stand.mandaat,
        "De instelling stond op de lijst van het samenwerkingsverband toen de aanvraag begon.",
        "De instelling stond niet op de lijst van het samenwerkingsverband toen de aanvraag begon.",
        "par. 6.1.3, formulier D",
    )


def aanleiding(stand: Stand) -> Punt:
    refusal = stand.aanleiding_bezwaar
    return _punt(
        "aanleiding",
        "De aanleiding past bij route D",
        refusal is None,
        "De leerling zat nog niet op school, is pas begonnen, of komt van de Internationale Taalklas.",
        refusal.zin if refusal else "",
        "par. 6.1.3, formulier D",
    )


def budget_afgestemd(stand: Stand) -> Punt:
    return _punt(
        "budget_afgestemd",
        "Het budget is met de ouders afgestemd",
        stand.budget_afgestemd,
        "De ouders weten van het budget en willen het.",
        "Er staat niet dat de ouders van het budget weten en het willen.",
        "par. 6.1.3, formulier D",
    )


def akkoord(stand: Stand) -> Punt:
    return _punt(
        "akkoord",
        "Het andere samenwerkingsverband gaat akkoord",
        stand.akkoord,
        "Het getekende akkoord zit bij de aanvraag.",
        "Het getekende akkoord van het andere samenwerkingsverband zit nog niet bij de aanvraag.",
        "par. 6.1.3, plaatsingsakkoord",
    )


def ander_swv(stand: Stand) -> Punt:
    refusal = stand.ander_swv_bezwaar
    return _punt(
        "ander_swv",
        "De leerling hoort bij een ander samenwerkingsverband",
        refusal is None,
        "De code is die van een ander samenwerkingsverband.",
        refusal.zin if refusal else "",
        "par. 6.1.3, plaatsingsakkoord",
    )


def bemiddeling(stand: Stand) -> Punt:
    refusal = stand.bemiddeling_bezwaar
    return _punt(
        "bemiddeling",
        "Bemiddeling is gebruikt, of door de ouders afgewezen",
        refusal is None,
        "Er staat wat er was, wanneer, en hoe het afliep.",
        refusal.zin if refusal else "",
        "par. 6.1.3, eenzijdige aanvraag",
    )


def onderzoek(stand: Stand) -> Punt:
    outcome = "past" if stand.onderzoek_past else "past niet"
    return _punt(
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
    waiting = sum(1 for each in stand.leden if each is None)
    why = "Er zijn nog geen leden om advies gevraagd."
    if stand.leden:
        why = "Niet alle leden zeggen ja." if False in stand.leden else f"Nog geen antwoord van {waiting} van de leden."
    return _punt(
        "unaniem",
        "Twee leden van de algemene vergadering zeggen allebei ja",
        len(stand.leden) == 2 and all(stand.leden),
        "Beide leden zeggen ja.",
        why,
        "par. 6.1.3, TLV op de BAO",
    )


def schooljaar(stand: Stand) -> Punt:
    refusal = stand.geldigheid_bezwaar
    return _punt(
        "schooljaar",
        "De periode ligt binnen één schooljaar",
        refusal is None,
        "Tot en met 31 juli van dat schooljaar.",
        refusal.zin if refusal else "",
        "par. 8.1.4",
    )


def ouders_akkoord(stand: Stand) -> Punt:
    waiting = [parent.label for parent in stand.ouders if not parent.eens]
    return _punt(
        "ouders_akkoord",
        "De ouders zijn het eens met nog een schooljaar",
        bool(stand.ouders) and not waiting,
        "Alle ouders zijn het eens.",
        f"Nog niet eens: {', '.join(waiting) or 'geen ouder ingevuld'}.",
        "par. 8.1.4",
    )


def triade(stand: Stand) -> Punt:
    against = ", ".join(stand.tegen)
    return _punt(
        "triade",
        "De triade is het eens",
        not stand.tegen,
        "Niemand heeft bezwaar gemaakt.",
        f"Niet eens: {against}. Toekennen vraagt dan een motivering.",
        "par. 2.4 en 6.1.3",
        Uitkomst.LET_OP,
    )


def reacties(stand: Stand) -> Punt | None:
    """Does a parent object to a part of what is written?  It never blocks; ``None`` when nobody does."""
    found = "; ".join(f"{parent.label} bij {', '.join(parent.reacties)}" for parent in stand.ouders if parent.reacties)
    if not found:
        return None
    why = f"Volgens een ouder klopt een deel niet: {found}. De woorden staan bij dat deel."
    return Punt("reacties", "De ouders herkennen wat er staat", Uitkomst.LET_OP, why, "par. 6.1.3")


def welk_swv(stand: Stand) -> Punt | None:
    """Must another SWV decide, or is that unknown?  It never blocks; ``None`` when it was not looked up."""
    if stand.welk_swv is None:
        return None
    ours, why = stand.welk_swv.wie is Wie.WIJ, stand.welk_swv.zin
    return _punt("welk_swv", "Ons samenwerkingsverband beslist", ours, why, why, stand.welk_swv.bron, Uitkomst.LET_OP)


_PUNTEN: tuple[Callable[[Stand], Punt], ...] = (
    formulier,
    mandaat,
    aanleiding,
    ander_swv,
    akkoord,
    bemiddeling,
    onderzoek,
    unaniem,
    schooljaar,
    ouders_akkoord,
    leerling_gehoord,
    ouders_uitgenodigd,
    ouders_gezien,
    eerste_advies,
    plaats,
    tweede_advies,
    tweede_onafhankelijk,
    tweede_betrokken,
    categorie,
    geldigheid,
    terugkeer,
    budget_afgestemd,
    triade,
)


def toets(stand: Stand) -> tuple[Punt, ...]:
    """The items of the test list that count on this route, in the order of the procedure."""
    sometimes = (reacties(stand), welk_swv(stand))
    return (*van_toepassing(stand, _PUNTEN), *(item for item in sometimes if item is not None))


def van_toepassing(stand: Stand, punten: Iterable[Callable[[Stand], Punt]]) -> list[Punt]:
    """Of these items the ones that count on the route of this application."""
    return [item for item in (test(stand) for test in punten) if item.code in stand.route.punten]


def niet_voldaan(stand: Stand) -> tuple[Punt, ...]:
    """The items that block a grant."""
    return tuple(item for item in toets(stand) if item.uitkomst is Uitkomst.NIET)
