"""What the shell of every page shows: the name of the SWV, the menus, the roles of the person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from swv_portal.common.house import swv_naam
from swv_portal.common.scoping import NIEMAND, Bereik
from swv_portal.start.navigation import deelmenu, hoofdmenu, persoonsmenu, rollen_label


def schil(request: HttpRequest) -> dict[str, Any]:
    """Values for ``base.html``.  Visitors and people with a personal link get no menus.

    The name is looked up at most once, by a template that prints it.
    """
    shell: dict[str, Any] = {"demo": settings.DEMO, "swv_naam": SimpleLazyObject(swv_naam)}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        bereik: Bereik = getattr(request, "bereik", NIEMAND)
        shell |= {
            "navigatie": hoofdmenu(bereik, request.path),
            "deelmenu": deelmenu(bereik, request.path),
            "persoonsmenu": persoonsmenu(bereik, request.path),
            "rollen_label": rollen_label(bereik),
        }
    return shell
