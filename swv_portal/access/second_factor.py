"""Who must have a second factor, and whether somebody has one."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled

from swv_portal.common.scoping import SWV_ROLLEN, Bereik

#: What stays reachable without a second factor: making one, logging out, static files and the health check.
TOEGESTAAN_ZONDER = ("/account/", "/static/", "/gezond/")


def needs_second_factor(user: Any, bereik: Bereik) -> bool:
    """Everybody who works at the SWV itself, and whoever may enter the technical administration."""
    return bool(user.is_staff or bereik.rollen & SWV_ROLLEN)


def has_second_factor(user: Any) -> bool:
    return is_mfa_enabled(user)
