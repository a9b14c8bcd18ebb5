"""The list of applications."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ondersteuning.domain.aanvraag import STATEN
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.rollen import AANVRAAGLEZERS, INSTELLERS
from ondersteuning.forms.lijst import AanvraagfilterForm
from ondersteuning.queries.lijst import Aanvraagfilter, bladzijde, keuzes, kolommen, lijkt_nummer, staatkeuzes
from swv_portal.access.requests import bereik_van, voor_rollen
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import maak_tabel

#: What somebody is told who looks for a name in the list, whose filters stand in the address.
NAMEN_ZOEKEN = "Zoeken op naam doet u met de zoekbalk bovenaan."
#: More columns than this do not fit in 1280 px with the usual room around the words.
PAST_OP_EEN_LAPTOP = 7


def _zonder_q(request: HttpRequest) -> str:
    left = request.GET.copy()
    left.pop("q", None)
    return left.urlencode()


@require_safe
@voor_rollen(*AANVRAAGLEZERS)
def aanvragen(request: HttpRequest) -> HttpResponse:
    """The list, with its filters in the address; a name that was typed is not searched and leaves the address."""
    bereik = bereik_van(request)
    chosen = AanvraagfilterForm(request.GET).waarden
    typed = chosen.get("q") or ""
    if typed.strip() and not lijkt_nummer(typed):
        messages.info(request, NAMEN_ZOEKEN)
        return redirect(f"{request.path}?{_zonder_q(request)}")
    filters = Aanvraagfilter(
        staat=str(chosen["staat"]) if chosen.get("staat") in {*STATEN, "lopend"} else "",
        school=chosen.get("school"),
        categorie=str(chosen["categorie"]) if chosen.get("categorie") in CATEGORIENAMEN else "",
        q=typed,
    )
    page = bladzijde(bereik, filters, Plek.uit(request.GET), timezone.localdate())
    offered = keuzes(bereik)
    headers = kolommen(bereik)
    empty = "Er is geen aanvraag die hierbij past." if any(vars(filters).values()) else "Er is nog geen aanvraag."
    context = {
        "tabel": maak_tabel("Aanvragen", headers, page.rijen, leeg=empty, breed=len(headers) > PAST_OP_EEN_LAPTOP),
        "page": page,
        "totaal": page.totaal("aanvraag", "aanvragen"),
        "filters": filters,
        "zoekhint": NAMEN_ZOEKEN,
        "staten": [("lopend", "Alle lopende"), *staatkeuzes(bereik)],
        "scholen": offered.scholen,
        "categorieen": list(CATEGORIENAMEN.items()),
        "mag_beginnen": offered.mag_beginnen,
        "mag_plaatsingen": bereik.heeft(*SWV_DOSSIER),
        "mag_instellen": bereik.heeft(*INSTELLERS),
    }
    return render(request, "ondersteuning/aanvragen.html", context)
