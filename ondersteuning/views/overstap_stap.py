"""The steps of an overstap, each confirmed on a page that says what will happen."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.forms.besluit import ToelichtingForm, VersieForm
from ondersteuning.forms.overstap import VerklaringForm
from ondersteuning.models import Terugplaatsing
from ondersteuning.queries.overstap import WORKFLOWS
from ondersteuning.queries.overstap_dossier import Overstapdossier, budgetoordeel
from ondersteuning.services.baobao import BEVESTIGINGEN, bevestig
from ondersteuning.services.overstap import zet_stap
from ondersteuning.services.terugplaatsing import stel_vast
from ondersteuning.views.overstap import LEZERS, ONGEDAAN, geval_voor
from swv_portal.access.requests import actor_van, voor_rollen
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Bevestiging:
    """What a step does, in words; ``waarom`` asks for a reason."""

    kop: str
    uitleg: tuple[str, ...]
    gelukt: str
    waarom: str = ""
    verklaring: bool = False


_BEVESTIG = Bevestiging(
    "Overstap bevestigen",
    (
        "U bevestigt met uw eigen account, namens uw school. De andere directeur doet hetzelfde.",
        "Hebben beide directeuren bevestigd? Dan is de overstap definitief.",
        "De school die de leerling verlaat, betaalt dan nog een tijd als de leerling naar SBO of SO gaat.",
    ),
    "U hebt bevestigd.",
    verklaring=True,
)

STAPPEN = {
    "vraag": Bevestiging(
        "Voorleggen",
        ("De nieuwe school ziet vanaf nu alles wat hier staat.", "U kunt het terughalen zolang het nog niet rond is."),
        "Het is voorgelegd.",
    ),
    "bevestig": Bevestiging(
        "Komst van de leerling bevestigen",
        ("U bevestigt dat de leerling op de eerste dag bij u komt.", "Het samenwerkingsverband maakt het definitief."),
        "U hebt bevestigd. Het samenwerkingsverband maakt het definitief.",
    ),
    "bevestig_van": _BEVESTIG,
    "bevestig_naar": _BEVESTIG,
    "neem_niet_aan": Bevestiging(
        "Zeggen dat het niet kan",
        ("De school die de leerling verlaat, kan de gegevens wijzigen.", "U ziet het dan niet meer."),
        "U hebt het teruggegeven.",
        waarom="Waarom kan het niet, of wat klopt er niet?",
    ),
    "haal_terug": Bevestiging(
        "Terughalen om te wijzigen",
        ("U kunt de gegevens weer wijzigen.", "De nieuwe school ziet het niet meer tot u het opnieuw voorlegt."),
        "Het is terug bij uw school.",
    ),
    "stel_vast": Bevestiging(
        "Terugplaatsing definitief maken",
        (
            "De plaats met de TLV stopt op de dag voor de eerste dag op de nieuwe school.",
            "Beide scholen krijgen bericht.",
        ),
        "De terugplaatsing is definitief.",
    ),
    "geef_terug": Bevestiging(
        "Teruggeven aan de school",
        ("De school die de leerling verlaat, past de gegevens aan en legt ze opnieuw voor.",),
        "U hebt het teruggegeven.",
        waarom="Wat moet de school nog doen?",
    ),
    "trek_in": Bevestiging(
        "Intrekken",
        ("Dit stopt. U kunt het niet ongedaan maken.", "Wij bewaren de gegevens nog drie jaar."),
        "Het is ingetrokken.",
    ),
    "laat_vervallen": Bevestiging(
        "Laten vervallen",
        ("De oude school betaalt een verwijzing niet meer vanwege deze overstap.", "Beide scholen krijgen bericht."),
        "De overstap is vervallen.",
        waarom="Waarom vervalt de overstap?",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*LEZERS)
def stap_zetten(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Confirm one step of the procedure."""
    words = STAPPEN.get(naam)
    if words is None:
        raise Http404
    case, page = geval_voor(request, pk)
    if naam not in {step.naam for step in WORKFLOWS[case.soort].transitions}:
        raise Http404
    form = _formulier(request, words, case.versie)
    if request.method == "POST" and form.is_valid():
        answer = _doe(request, page, naam, form)
        if not isinstance(answer, Refusal):
            messages.success(request, words.gelukt)
            # Who gave it back may not see it any more.
            gone = naam == "neem_niet_aan"
            return redirect("ondersteuning:overstappen") if gone else redirect("ondersteuning:overstap", pk=pk)
        if answer.code == "rol":
            raise PermissionDenied
        form.weiger(answer)
    elif request.method != "POST" and naam not in {option.transition.naam for option in page.opties}:
        return redirect("ondersteuning:overstap", pk=pk)
    context = {
        "dossier": page,
        "geval": case,
        "stap": words,
        "form": form,
        "gevaarlijk": naam in ONGEDAAN,
        "oordeel": budgetoordeel(case) if naam == "stel_vast" and isinstance(case, Terugplaatsing) else "",
    }
    return render(request, "ondersteuning/overstap_stap.html", context, status=422 if form.errors else 200)


def _formulier(request: HttpRequest, words: Bevestiging, versie: int) -> Any:
    initial = {"versie": versie}
    if words.waarom:
        return ToelichtingForm(request.POST or None, initial=initial, label=words.waarom)
    return (VerklaringForm if words.verklaring else VersieForm)(request.POST or None, initial=initial)


def _doe(request: HttpRequest, page: Overstapdossier, naam: str, form: Any) -> Any:
    """Call the service of this step."""
    common = {
        "actor": actor_van(request),
        "pk": page.geval.pk,
        "versie": form.versie_van_formulier,
        "vandaag": timezone.localdate(),
    }
    if naam == "stel_vast":
        return stel_vast(**common)
    if naam in BEVESTIGINGEN:
        said = {name: form.cleaned_data[name] for name in ("extra_behoeften", "geen_verhuizing")}
        return bevestig(**common, naam=naam, **said)
    return zet_stap(**common, naam=naam, toelichting=form.cleaned_data.get("toelichting", ""))
