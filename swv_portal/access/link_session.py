"""The session of somebody with a personal link: a signed cookie of its own, apart from the session of an account.

It names one link and the link's current session number, and ends after half an hour without a request.  Nothing is
written while somebody only looks; withdrawing the link, or entering the code elsewhere, ends it at once.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.queries import open_link

#: Seconds without a request after which the code is asked for again.
RUST = 30 * 60
_SALT = "swv_portal.access.link"


def link_of_session(request: HttpRequest) -> PersoonlijkeLink | None:
    """The link whose code was entered in this browser, when that session still counts."""
    value = request.COOKIES.get(settings.LINK_COOKIE_NAME)
    if not value:
        return None
    try:
        link_id, sessie = signing.loads(value, salt=_SALT, max_age=RUST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return open_link(link_id, sessie)


def keep_session(response: HttpResponse, link: PersoonlijkeLink) -> None:
    """(Re)start the half hour.  The cookie ends with the browser, and at the latest with the half hour."""
    response.set_cookie(
        settings.LINK_COOKIE_NAME,
        signing.dumps([link.pk, link.sessie], salt=_SALT),
        max_age=RUST,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_session(response: HttpResponse) -> None:
    response.delete_cookie(settings.LINK_COOKIE_NAME, samesite="Lax")


def protect(response: HttpResponse) -> HttpResponse:
    """No address of a personal page goes to another site, and no copy stays in a cache or on a shared computer."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
