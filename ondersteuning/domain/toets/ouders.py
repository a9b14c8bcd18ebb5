"""Items about the parents, and whether the triade agrees.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 2.4, 6.1.3 and 8.1.4.
"""

from ondersteuning.domain.stand import Stand
from ondersteuning.domain.toets.punt import Punt, Uitkomst, maak_punt
from swv_portal.common.dates import lange_datum


def ouders_uitgenodigd(stand: Stand) -> Punt:
    """Is every parent with authority invited?  One parent only asks for a reason."""
    waiting = [parent.label for parent in stand.ouders if not parent.uitgenodigd]
    complete = len(stand.ouders) >= 2 or stand.een_ouder_reden
    why = f"Nog niet uitgenodigd: {', '.join(waiting)}." if waiting else ""
    if not stand.ouders:
        why = "Er is nog geen ouder met gezag ingevuld."
    elif not complete:
        why = f"Er is één ouder ingevuld. De reden daarvoor ontbreekt. {why}".strip()
    return maak_punt(
        "ouders_uitgenodigd",
        "Alle ouders met gezag zijn uitgenodigd",
        bool(stand.ouders) and complete and not waiting,
        f"Uitgenodigd: {', '.join(parent.label for parent in stand.ouders)}.",
        why,
        "par. 2.4 en 6.1.3",
    )


def ouders_gezien(stand: Stand) -> Punt:
    """Did every parent sign 'voor gezien'?  It never blocks a decision."""
    waiting = [parent.label for parent in stand.ouders if parent.gezien_op is None]
    signed = [f"{parent.label} op {lange_datum(parent.gezien_op)}" for parent in stand.ouders if parent.gezien_op]
    return maak_punt(
        "ouders_gezien",
        "De ouders hebben 'voor gezien' getekend",
        bool(stand.ouders) and not waiting,
        f"Getekend: {', '.join(signed)}.",
        f"Niet getekend: {', '.join(waiting) or 'geen ouder ingevuld'}. Dit houdt een besluit niet tegen.",
        "par. 6.1.3, voetnoot over ondertekenen",
        Uitkomst.LET_OP,
    )


def ouders_akkoord(stand: Stand) -> Punt:
    """Does every parent agree (the routes on which nothing can be granted without that)?"""
    waiting = [parent.label for parent in stand.ouders if not parent.eens]
    return maak_punt(
        "ouders_akkoord",
        "De ouders zijn het eens met nog een schooljaar",
        bool(stand.ouders) and not waiting,
        "Alle ouders zijn het eens.",
        f"Nog niet eens: {', '.join(waiting) or 'geen ouder ingevuld'}.",
        "par. 8.1.4",
    )


def triade(stand: Stand) -> Punt:
    """Does everybody of the triade agree?  It never blocks; a grant against somebody then asks for reasons.

    It is about what parents and experts said of the application, not about an objection to the decision.
    """
    silent = [parent.label for parent in stand.ouders if parent.eens is None]
    why = [f"Niet eens: {', '.join(stand.tegen)}. Toekennen vraagt dan een motivering."] if stand.tegen else []
    if silent:
        verb = "heeft" if len(silent) == 1 else "hebben"
        who = f"{' en '.join(silent)} {verb}"
        why.append(f"{who[:1].upper()}{who[1:]} nog niet gereageerd. Dit houdt een besluit niet tegen.")
    return maak_punt(
        "triade",
        "De triade is het eens",
        not why,
        "De ouders en de deskundigen zijn het eens met de aanvraag.",
        " ".join(why),
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
