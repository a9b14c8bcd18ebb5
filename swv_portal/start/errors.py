"""The pages for what can not be shown.

Plain pages without a menu, except the two 403 pages (no right; a form too old) for who is logged in.  A plain page
needs no database, session or token.  The 404 is one and the same page, byte for byte, whether something does not exist
or lies outside one's reach.  Who is logged in and may not do this, or was too late, is not lost: those two pages have
the shell of every other page.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from swv_portal.access.typed import typed_fields
from swv_portal.common.files import grootte


@dataclass(frozen=True)
class Melding:
    """What an error page says: a heading, and what one can do."""

    status: int
    kop: str
    zin: str


VERZOEK = Melding(
    400, "Dit verzoek klopt niet", "Het portaal kan dit verzoek niet lezen. Ga terug en probeer het opnieuw."
)
GEEN_RECHT = Melding(
    403,
    "Hier hebt u geen toegang toe",
    "Denkt u dat dit niet klopt? De beheerder van het portaal bij uw samenwerkingsverband regelt wie wat mag.",
)
NIET_GEVONDEN = Melding(
    404,
    "Deze pagina is er niet",
    "De pagina bestaat niet, of hoort bij een school, kern of bestuur van een ander. Controleer het adres.",
)
STORING = Melding(
    500,
    "Er ging iets mis in het portaal",
    "Dit ligt niet aan u. Probeer het over een paar minuten opnieuw. "
    "Blijft het misgaan, bel dan het samenwerkingsverband.",
)
FORMULIER = Melding(
    403,
    "Dit formulier is niet verzonden",
    "Het formulier was te oud, of uw browser stuurde geen cookies mee. "
    "Ga terug, ververs de pagina en probeer het opnieuw.",
)


def te_groot() -> Melding:
    """What somebody reads whose file is larger than the settings allow."""
    return Melding(
        413,
        "Dit bestand is te groot",
        f"Een bestand mag hoogstens {grootte(settings.MAX_UPLOAD_BYTES)} groot zijn. Maak het kleiner, of verdeel het.",
    )


def page(melding: Melding) -> HttpResponse:
    """The page, the same for everybody."""
    return HttpResponse(render_to_string("start/fout.html", {"melding": melding}), status=melding.status)


def page_in_shell(request: HttpRequest, melding: Melding) -> HttpResponse:
    """The page with the shell around it for who is logged in, so that one can go on from there."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return page(melding)
    return render(request, "start/fout.html", {"melding": melding, "ingelogd": True}, status=melding.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return page(te_groot() if isinstance(exception, RequestDataTooBig) else VERZOEK)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """For who is logged in with menu and search, and the role that it is about; for others the plain page."""
    return page_in_shell(request, GEEN_RECHT)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return page(NIET_GEVONDEN)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return page(STORING)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was too old.  When it stood on one of our own pages, what was typed can be sent again from here."""
    typed = typed_fields(request)
    if typed is None:
        return page_in_shell(request, FORMULIER)
    return render(request, "start/formulier_verlopen.html", {"getypt": typed}, status=403)
