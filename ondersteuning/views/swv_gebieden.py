"""The table of SWV areas: how full it is, and one postcode looked up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ondersteuning.domain.rollen import DOSSIER_EN_BEHEER
from ondersteuning.forms.swv_gebieden import ZoekForm
from ondersteuning.queries.swv_gebieden import eigen_code, gebieden, tabelstand
from swv_portal.access.requests import voor_rollen
from swv_portal.common.dates import lange_datum
from swv_portal.common.money import dutch_count
from swv_portal.common.screens import Gegeven


@require_safe
@voor_rollen(*DOSSIER_EN_BEHEER)
def swv_gebieden(request: HttpRequest) -> HttpResponse:
    """How many postcodes the table has and from when; with ``pc4`` also whose that postcode is."""
    stand = tabelstand()
    form = ZoekForm({"pc4": request.GET.get("pc4", "").strip()[:20].replace("\x00", "")})
    pc4 = form.cleaned_data["pc4"] if form.is_valid() else ""
    own = eigen_code()
    found = gebieden(pc4).get(pc4) if pc4 else None
    context = {
        "stand": stand,
        "regels": [
            Gegeven("Postcodes", dutch_count(stand.postcodes, "postcode", "postcodes")),
            Gegeven("Samenwerkingsverbanden", str(stand.verbanden)),
            Gegeven("Ingelezen op", lange_datum(stand.ingelezen_op) if stand.ingelezen_op else ""),
            Gegeven("Ons registratienummer", own),
        ],
        "getypt": form.data["pc4"],
        "fout": " ".join(str(error) for error in form.errors.get("pc4", [])),
        "pc4": pc4,
        "gebied": found,
        "van_ons": found is not None and found.code == own,
    }
    return render(request, "ondersteuning/swv_gebieden.html", context, status=422 if form.errors else 200)
