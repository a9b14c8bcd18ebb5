"""What this SWV wants otherwise about ondersteuning: one page with every part, and a form for each."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.rollen import DOSSIER_EN_BEHEER, INSTELLERS
from ondersteuning.forms.instellingen import AanwezigheidsinstellingenForm, InstellingenForm, OverstapinstellingenForm
from ondersteuning.services.instellingen import AANWEZIGHEID, OVERSTAP, TLV, Instellingendeel, bewaar_instellingen
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.scoping import Bereik
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Deel:
    """One part: its settings, their form, and the words of its page."""

    soort: Instellingendeel
    form: type[InstellingenForm | OverstapinstellingenForm | AanwezigheidsinstellingenForm]
    adres: str
    naam: str
    wat: str
    verandert: tuple[str, ...]

    @property
    def url(self) -> str:
        return reverse(f"ondersteuning:{self.adres}")


DELEN = {
    "tlv": Deel(
        TLV,
        InstellingenForm,
        "tlv_instellingen",
        "TLV, overeenkomsten en capaciteitenlijst",
        "Het TLV-nummer, de tijd om een besluit terug te nemen, herinneren, ouders bellen, overeenkomsten, "
        "terugkijken met scholen en formulier D.",
        ("Het patroon geldt voor nieuwe TLV-nummers. Nummers die er al zijn, blijven zoals ze zijn.",),
    ),
    "overstap": Deel(
        OVERSTAP,
        OverstapinstellingenForm,
        "overstap_instellingen",
        "Overstap en terugplaatsing",
        "Hoe lang een budget loopt, en hoe lang de oude school betaalt.",
        (
            "Dit geldt voor overstappen die hierna definitief worden. Wat al definitief is, blijft zoals het was.",
            "Het bedrag van het budget staat bij de tarieven.",
        ),
    ),
    "aanwezigheid": Deel(
        AANWEZIGHEID,
        AanwezigheidsinstellingenForm,
        "aanwezigheidsinstellingen",
        "Aanwezigheid",
        "Wanneer het casusoverleg is, en op welke dagen u de thuiszitters telt.",
        (
            "Vanaf het eerste overleg rekent het portaal de volgende uit. Verschuift het ritme? "
            "Vul dan een nieuwe eerste dag in.",
            "De vier dagen gelden voor het rapport aan de inspectie. Meldingen en alarmen blijven zoals ze zijn.",
        ),
    ),
}


def _delen(bereik: Bereik) -> list[Deel]:
    """The parts that this person may change."""
    return [deel for deel in DELEN.values() if bereik.heeft(*deel.soort.rollen)]


@require_safe
@voor_rollen(*DOSSIER_EN_BEHEER)
def overzicht(request: HttpRequest) -> HttpResponse:
    """Every part with what can be chosen there, and what else the SWV keeps itself."""
    bereik = bereik_van(request)
    context = {"delen": _delen(bereik), "mag_instellen": bereik.heeft(*INSTELLERS)}
    return render(request, "ondersteuning/alle_instellingen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*DOSSIER_EN_BEHEER)
def wijzigen(request: HttpRequest, deel: str) -> HttpResponse:
    """Change one part."""
    bereik = bereik_van(request)
    part, mine = DELEN[deel], _delen(bereik)
    if part not in mine:
        raise PermissionDenied
    now = part.soort.model._default_manager.first() or part.soort.model()
    form = part.form(request.POST or None, initial=part.form.beginwaarden(now))
    if request.method == "POST" and form.is_valid():
        answer = bewaar_instellingen(
            soort=part.soort, actor=actor_van(request), versie=form.versie_van_formulier, waarden=form.waarden
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De instellingen zijn bewaard.")
            return redirect(part.url)
        form.weiger(answer)
    context = {
        "form": form,
        "deel": part,
        "andere": [other for other in mine if other is not part],
        "mag_instellen": bereik.heeft(*INSTELLERS),
    }
    return render(request, "ondersteuning/instellingen.html", context, status=422 if form.errors else 200)
