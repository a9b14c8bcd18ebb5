"""What the shell of every page shows: the name of the SWV, the menus, the roles of the person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kernen.models import Samenwerkingsverband
from swv_portal.common.scoping import NIEMAND, Bereik
from swv_portal.start.navigation import hoofdmenu, persoonsmenu, rollen_label


def schil(request: HttpRequest) -> dict[str, Any]:
    """Values for ``base.html``.  Visitors and people with a personal link get no menus."""
    shell: dict[str, Any] = {"demo": settings.DEMO, "swv_naam": _name}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        bereik: Bereik = getattr(request, "bereik", NIEMAND)
        shell |= {
            "navigatie": hoofdmenu(bereik, request.path),
            "persoonsmenu": persoonsmenu(bereik, request.path),
            "rollen_label": rollen_label(bereik),
        }
    return shell


class _Name:
    """Read once per page, and only by a template that prints it."""

    def __call__(self) -> str:
        return Samenwerkingsverband.objects.values_list("naam", flat=True).first() or ""


_name = _Name()
