"""What this SWV wants otherwise about ondersteuning."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.instellers import INSTELLERS
from ondersteuning.forms.instellingen import InstellingenForm
from ondersteuning.queries.stand import instellingen as huidige
from ondersteuning.services.instellingen import ROUTE_D, TERMIJNEN, VOORZIENINGEN, bewaar_instellingen
from swv_portal.access.requests import actor_van, voor_rollen
from swv_portal.common.workflow import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*sorted(INSTELLERS))
def instellingen(request: HttpRequest) -> HttpResponse:
    """The settings of TLV's, agreements, the capaciteitenlijst and calling parents."""
    now = huidige()
    initial = {
        "versie": now.versie,
        "nummerpatroon": now.nummerpatroon,
        **{name: getattr(now, name) for name in (*TERMIJNEN, *VOORZIENINGEN, *ROUTE_D)},
        "gelijkgesteld": "\n".join(f"{day:%d-%m-%Y}" for day in now.gelijkgesteld),
    }
    form = InstellingenForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = bewaar_instellingen(
            actor=actor_van(request),
            versie=form.versie_van_formulier,
            nummerpatroon=form.cleaned_data["nummerpatroon"],
            termijnen={name: int(form.cleaned_data[name]) for name in TERMIJNEN},
            voorzieningen={name: int(form.cleaned_data[name]) for name in VOORZIENINGEN},
            route_d={
                "weken_na_start": int(form.cleaned_data["weken_na_start"]),
                "expertteam_naam": form.cleaned_data["expertteam_naam"],
                "expertteam_email": form.cleaned_data["expertteam_email"],
            },
            gelijkgesteld=form.cleaned_data["gelijkgesteld"],
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De instellingen zijn bewaard.")
            return redirect("ondersteuning:instellingen")
        form.weiger(answer)
    return render(request, "ondersteuning/instellingen.html", {"form": form}, status=422 if form.errors else 200)
