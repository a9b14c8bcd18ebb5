"""Who comes in at which pages about money, and what every view does with the answer of a service."""

from django.http import HttpResponse
from django.utils.text import get_valid_filename

from financien.querysets import LEZERS, ONTVANGERS
from swv_portal.common.scoping import SWV_GELD, Rol
from swv_portal.common.screens import Status, Toon

KIJKERS = tuple(sorted(LEZERS | ONTVANGERS))
STAF = tuple(sorted(LEZERS))
GELD = tuple(sorted(SWV_GELD))
BEGROTING = tuple(sorted(LEZERS | {Rol.SCHOOLBESTUURDER}))

TONEN: dict[str, Toon] = {"concept": "let_op", "vastgesteld": "goed", "vervangen": "neutraal"}


def budgetstatus(staat: str, naam: str) -> Status:
    return Status(naam, TONEN[staat])


def bestand(inhoud: bytes | str, content_type: str, naam: str) -> HttpResponse:
    """A file to save."""
    return HttpResponse(
        inhoud,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{get_valid_filename(naam)}"'},
    )
