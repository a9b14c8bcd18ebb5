"""What the shell shows in the demo only: the other roles."""

from django.http import HttpRequest

from swv_portal.local.roles import DEMO_ROLLEN, demo_adres, demo_naam


def demo(request: HttpRequest) -> dict[str, object]:
    mine = request.user.email if hasattr(request, "user") and request.user.is_authenticated else ""
    return {
        "demo": True,
        "demo_rollen": [
            {"rol": rol.value, "naam": demo_naam(rol), "actief": demo_adres(rol) == mine} for rol in DEMO_ROLLEN
        ],
    }
