"""The test list of the SWV: what the procedure asks, per item met or not, and why.

The SWV tests the procedure, not the pupil: the triade knows what the pupil needs (ondersteuningsplan SWV PO
Zuid-Kennemerland 2024-2028, par. 2.4 and 6.1.3).
"""

from collections.abc import Callable
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
    return _punt(
        "leerling_gehoord",
        "De leerling is gehoord, of er staat waarom niet",
        stand.leerling_gehoord or stand.reden_niet_gehoord,
        "De leerling is gehoord." if stand.leerling_gehoord else "De school geeft een reden waarom niet.",
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


def plaats(stand: Stand) -> Punt:
    return _punt(
        "plaats",
        "De ontvangende school heeft plaats",
        stand.plaats is True,
        "De ontvangende school heeft de plaats bevestigd.",
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


def welk_swv(stand: Stand) -> Punt | None:
    """Must another SWV decide, or is that unknown?  It never blocks; ``None`` when it was not looked up."""
    if stand.welk_swv is None:
        return None
    ours, why = stand.welk_swv.wie is Wie.WIJ, stand.welk_swv.zin
    return _punt("welk_swv", "Ons samenwerkingsverband beslist", ours, why, why, stand.welk_swv.bron, Uitkomst.LET_OP)


_PUNTEN: tuple[Callable[[Stand], Punt], ...] = (
    formulier,
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
    triade,
)


def toets(stand: Stand) -> tuple[Punt, ...]:
    """All items of the test list, in the order of the procedure."""
    which = welk_swv(stand)
    return (*(test(stand) for test in _PUNTEN), *((which,) if which else ()))


def niet_voldaan(stand: Stand) -> tuple[Punt, ...]:
    """The items that block a grant."""
    return tuple(item for item in toets(stand) if item.uitkomst is Uitkomst.NIET)
