"""The list of pupils, and making a dossier."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.fase import FASEN
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.forms.leerlingen import LeerlingfilterForm, NieuweLeerlingForm
from ondersteuning.queries.leerlingen import consulenten, dossierscholen
from ondersteuning.queries.leerlinglijst import KOLOMMEN, Leerlingfilter, bladzijde
from ondersteuning.services.leerlingen import maak_leerling
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def leerlingen(request: HttpRequest) -> HttpResponse:
    """The list, with its filters in the address; no address holds a name."""
    bereik, today = bereik_van(request), timezone.localdate()
    chosen = LeerlingfilterForm(request.GET).waarden
    filters = Leerlingfilter(
        fase=str(chosen["fase"]) if chosen.get("fase") in FASEN else "",
        school=chosen.get("school"),
        consulent=chosen.get("consulent"),
    )
    page = bladzijde(bereik, filters, Plek.uit(request.GET))
    empty = "Er is geen leerling die hierbij past." if any(vars(filters).values()) else "Er is nog geen dossier."
    context = {
        "tabel": maak_tabel("Leerlingen", list(KOLOMMEN), page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("leerling", "leerlingen"),
        "filters": filters,
        "fasen": list(FASEN.items()),
        "scholen": [(str(pk), name) for pk, name in dossierscholen(bereik)],
        "consulenten": [(str(pk), name) for pk, name in consulenten(today)],
    }
    return render(request, "ondersteuning/leerlingen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def leerling_nieuw(request: HttpRequest) -> HttpResponse:
    """Make the dossier of a pupil of the own school; the SWV also of one who is not at a school yet."""
    bereik = bereik_van(request)
    schools, is_swv = dossierscholen(bereik), bereik.heeft(*SWV_DOSSIER)
    if not schools and not is_swv:
        raise PermissionDenied
    form = NieuweLeerlingForm(request.POST or None, scholen=schools, zonder_school=is_swv)
    if request.method == "POST" and form.is_valid():
        actor, school = actor_van(request), form.cleaned_data["school"]
        outcome = once(
            actor=actor,
            soort="ondersteuning.leerling",
            sleutel=sleutel_van(request),
            maak=lambda: maak_leerling(
                actor=actor, school_id=school, gegevens=form.gegevens, vandaag=timezone.localdate()
            ),
            pad=lambda leerling: reverse("ondersteuning:leerling", args=[leerling.pk]),
        )
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, "Het dossier is gemaakt.", eerder=outcome.eerder)
        form.weiger(outcome)
    status = 422 if form.is_bound else 200
    return render(request, "ondersteuning/leerling_nieuw.html", {"form": form, "is_swv": is_swv}, status=status)
