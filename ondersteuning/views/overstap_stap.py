"""The steps of an overstap, each confirmed on a page that says what will happen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.forms.overstap import VerklaringForm
from ondersteuning.models import Terugplaatsing
from ondersteuning.queries.overstap import WORKFLOWS
from ondersteuning.queries.overstap_dossier import Overstapdossier, budgetoordeel
from ondersteuning.services.baobao import BEVESTIGINGEN
from ondersteuning.services.baobao import bevestig as bevestig_overstap
from ondersteuning.services.overstap import zet_stap
from ondersteuning.services.terugplaatsing import stel_vast
from ondersteuning.views.bevestigen import Betreft, Bevestiging, bevestig
from ondersteuning.views.overstap import geval_voor
from swv_portal.access.requests import actor_van, voor_rollen

_BEVESTIG = Bevestiging(
    "Overstap bevestigen",
    (
        "U bevestigt met uw eigen account, namens uw school. De andere directeur doet hetzelfde.",
        "Hebben beide directeuren bevestigd? Dan is de overstap definitief.",
        "De school die de leerling verlaat, betaalt dan nog een tijd als de leerling naar SBO of SO gaat.",
    ),
    "U hebt bevestigd.",
    formulier=VerklaringForm,
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
        vraag="Waarom kan het niet, of wat klopt er niet?",
        gevaarlijk=True,
    ),
    "haal_terug": Bevestiging(
        "Terughalen om te wijzigen",
        ("U kunt de gegevens weer wijzigen.", "De nieuwe school ziet het niet meer tot u het opnieuw voorlegt."),
        "Het is terug bij uw school.",
        gevaarlijk=True,
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
        vraag="Wat moet de school nog doen?",
        gevaarlijk=True,
    ),
    "trek_in": Bevestiging(
        "Intrekken",
        ("Dit stopt. U kunt het niet ongedaan maken.", "Wij bewaren de gegevens nog drie jaar."),
        "Het is ingetrokken.",
        gevaarlijk=True,
    ),
    "laat_vervallen": Bevestiging(
        "Laten vervallen",
        ("De oude school betaalt een verwijzing niet meer vanwege deze overstap.", "Beide scholen krijgen bericht."),
        "De overstap is vervallen.",
        vraag="Waarom vervalt de overstap?",
        gevaarlijk=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def stap_zetten(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Confirm one step of the procedure."""
    step = STAPPEN.get(naam)
    if step is None:
        raise Http404
    case, page = geval_voor(request, pk)
    if naam not in {each.naam for each in WORKFLOWS[case.soort].transitions}:
        raise Http404
    about = Betreft(
        page.soort.lower(),
        case.kenmerk,
        reverse("ondersteuning:overstap", args=[pk]),
        regels=page.samenvatting,
        oordeel=budgetoordeel(case) if naam == "stel_vast" and isinstance(case, Terugplaatsing) else "",
    )
    return bevestig(
        request,
        step,
        about,
        begin={"versie": case.versie},
        mag=lambda: naam in {option.transition.naam for option in page.opties},
        doe=lambda form: _doe(request, page, naam, form),
        # Who gave it back may not see it any more.
        daarna=(lambda: reverse("ondersteuning:overstappen")) if naam == "neem_niet_aan" else None,
    )


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
        return bevestig_overstap(**common, naam=naam, **said)
    return zet_stap(**common, naam=naam, toelichting=form.cleaned_data.get("toelichting", ""))
