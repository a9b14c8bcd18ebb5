"""The portal's addresses, and two pages behind a personal link that only these tests have."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from swv_portal import urls as portal
from swv_portal.access.requests import met_link

SOORT = "test.ouder"
ANDERE_SOORT = "test.deskundige"


@met_link(SOORT)
def ouder(request: HttpRequest) -> HttpResponse:
    link = request.persoonlijke_link
    who = f"{request.actor.label}|{request.actor.link_id}|{request.user.is_authenticated}|{bool(request.bereik.rollen)}"
    return HttpResponse(f"dossier {link.onderwerp_id} {who} {request.POST.get('tekst', '')}")


@met_link(ANDERE_SOORT)
def deskundige(request: HttpRequest) -> HttpResponse:
    return HttpResponse("advies")


urlpatterns = [
    *portal.urlpatterns,
    path("test/ouder/", ouder, name="test_ouder"),
    path("test/deskundige/", deskundige, name="test_deskundige"),
]
handler400, handler403, handler404, handler500 = (
    portal.handler400,
    portal.handler403,
    portal.handler404,
    portal.handler500,
)
