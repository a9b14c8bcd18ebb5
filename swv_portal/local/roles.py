"""The demo users: one per role, made by the example data."""

from swv_portal.common.scoping import ROLNAMEN, Rol

#: The password of every demo user.  It opens nothing but example data: production settings refuse DEMO.
WACHTWOORD = "welkom-bij-de-demo"

#: The second code of every personal link of the example data.
VOORBEELDCODE = "KERN-2345"

#: In the order in which the login page shows them.
DEMO_ROLLEN: tuple[Rol, ...] = (
    Rol.SWV_MEDEWERKER,
    Rol.DIRECTEUR_BESTUURDER,
    Rol.CONTROLLER,
    Rol.IBER,
    Rol.SCHOOLDIRECTEUR,
    Rol.KERNVOORZITTER,
    Rol.SCHOOLBESTUURDER,
    Rol.ORTHOPEDAGOOG,
    Rol.BEHEERDER,
)

_TOELICHTING = {Rol.ORTHOPEDAGOOG: "ontvangende school"}


def demo_adres(rol: Rol) -> str:
    return f"{rol.replace('_', '-')}@demo.example"


def demo_naam(rol: Rol) -> str:
    """The role as the login page and the terminal name it: ``orthopedagoog (ontvangende school)``."""
    extra = _TOELICHTING.get(rol)
    return f"{ROLNAMEN[rol]} ({extra})" if extra else ROLNAMEN[rol]
