"""Roles: which place belongs to which role, and what makes granting one impossible.

A role stays tied to its place (a school, a kern, a board, or the SWV itself) and to a period.
"""

from dataclasses import dataclass
from datetime import date

from swv_portal.common.scoping import PLAATS, ROLNAMEN, SCHOOL_DOSSIER, SWV_ROLLEN, Rol
from swv_portal.common.workflow import Refusal

#: Who may give and take roles at schools, kernen and boards.
TOEKENNERS = frozenset({Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER})
#: Who may give and take roles at the SWV itself: a smaller circle, because these roles see everything.
SWV_TOEKENNERS = frozenset({Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER})

#: When one of these is given, the directeur-bestuurder is told: roles at the SWV, and roles that read dossiers of
#: children (a schoolbestuurder the applications that the board does itself).
#: See docs/besluiten/0009-niemand-geeft-zichzelf-een-rol.md.
GEMELDE_ROLLEN = SWV_ROLLEN | SCHOOL_DOSSIER | {Rol.SCHOOLBESTUURDER}

PLAATSNAMEN = {"school": "een school", "kern": "een kern", "bestuur": "een schoolbestuur", "swv": "geen plaats"}


@dataclass(frozen=True)
class Rolverzoek:
    """What somebody asks for: a role, the ids of the places that were chosen, and the period."""

    rol: Rol
    school_id: int | None
    kern_id: int | None
    bestuur_id: int | None
    van: date
    tot: date | None

    @property
    def plaatsen(self) -> dict[str, int]:
        chosen = {"school": self.school_id, "kern": self.kern_id, "bestuur": self.bestuur_id}
        return {kind: pk for kind, pk in chosen.items() if pk is not None}


def toekenners_van(rol: Rol) -> frozenset[Rol]:
    """The roles that may give (or take) ``rol``."""
    return SWV_TOEKENNERS if rol in SWV_ROLLEN else TOEKENNERS


def beoordeel_verzoek(verzoek: Rolverzoek, rollen: frozenset[Rol]) -> Refusal | None:
    """May somebody with ``rollen`` grant this?  ``None`` is yes.

    Refuses: ``rol`` (not yours to give), ``plaats`` (not exactly the one place that belongs to the role), ``periode``
    (ends before it begins).
    """
    if not toekenners_van(verzoek.rol) & rollen:
        return Refusal("rol", f"U kunt de rol {ROLNAMEN[verzoek.rol]} niet geven of intrekken.", "rol")
    wanted = PLAATS[verzoek.rol]
    expected = set() if wanted == "swv" else {wanted}
    if set(verzoek.plaatsen) != expected:
        field = "rol" if wanted == "swv" else wanted
        return Refusal("plaats", f"Bij de rol {ROLNAMEN[verzoek.rol]} hoort {PLAATSNAMEN[wanted]}.", field)
    if verzoek.tot is not None and verzoek.tot <= verzoek.van:
        return Refusal("periode", "De einddatum moet na de begindatum liggen.", "tot")
    return None


#: What can be done with the account of a person: the code, and the Dutch verb on the button.
ACCOUNTSTAPPEN = {
    "sluit": "Sluit het account af",
    "heropen": "Open het account weer",
    "nodig_uit": "Stuur een nieuwe uitnodiging",
    "trek_uitnodiging_in": "Trek de uitnodiging in",
}


def mag_account_beheren(rollen: frozenset[Rol], rollen_van_persoon: frozenset[Rol]) -> Refusal | None:
    """May somebody with ``rollen`` close, open or invite a person who holds ``rollen_van_persoon`` now?

    Only who could take every one of those roles: otherwise an employee could lock out who manages the portal.
    """
    allowed = rollen & TOEKENNERS and all(toekenners_van(rol) & rollen for rol in rollen_van_persoon)
    return None if allowed else Refusal("rol", "U kunt het account van deze persoon niet beheren.")


def accountstappen(*, actief: bool, in_gebruik_geweest: bool, uitnodiging: str | None) -> tuple[str, ...]:
    """The steps that make sense now; ``uitnodiging`` is the state of the newest invitation, ``None`` without one."""
    if actief:
        return ("sluit",)
    if in_gebruik_geweest:
        return ("heropen",)
    return ("nodig_uit", "trek_uitnodiging_in") if uitnodiging == "open" else ("nodig_uit",)


#: Who keeps the schools, boards, kernen, tariffs and the settings of the SWV.
SCHOLENBEHEER = TOEKENNERS


def mag(rollen: frozenset[Rol], toegestaan: frozenset[Rol], wat: str) -> Refusal | None:
    """Does one of ``rollen`` allow ``wat`` (a Dutch infinitive: 'scholen wijzigen')?  Refuses with ``rol``."""
    return None if rollen & toegestaan else Refusal("rol", f"U mag niet {wat}.")
