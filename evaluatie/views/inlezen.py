"""Reading in answers on screen: offer a file, look it over, confirm or let it go."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evaluatie.forms import InleesForm
from evaluatie.importers import Ingelezen
from evaluatie.models import Ronde
from evaluatie.queries import vragenlijst_met_vragen
from evaluatie.services.antwoorden import Inleesverslag, Inleesverzoek
from evaluatie.services.inlezen import ANTWOORDEN, bevestig, bied_aan, verzoek_van, voorbeeld
from evaluatie.views.rondes import BEHEERDERS
from swv_portal.access.actors import Actor
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_count
from swv_portal.common.screens import Gegeven, Kolom, Tabel, maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.views.aanbod import als_weigering, beslispagina


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*BEHEERDERS)
def inlezen(request: HttpRequest) -> HttpResponse:
    """Offer a file with answers.  Nothing is read in yet."""
    form = InleesForm(request.POST or None, request.FILES or None, initial=_begin(request))
    if request.method == "POST" and form.is_valid():
        offered = bied_aan(
            actor=actor_van(request),
            bestand=form.cleaned_data["bestand"],
            verzoek=form.verzoek,
            vandaag=timezone.localdate(),
        )
        if isinstance(offered, Aanbod):
            return redirect("evaluatie:voorbeeld", sleutel=offered.sleutel)
        form.weiger_bestand(offered)
    return render(request, "evaluatie/inlezen.html", {"form": form}, status=422 if form.errors else 200)


def _begin(request: HttpRequest) -> dict[str, object]:
    """The round that the link named (``?ronde=``), filled in already."""
    code = request.GET.get("ronde", "")
    found = Ronde.objects.visible_to(bereik_van(request)).filter(code=code).first() if code.isprintable() else None
    if found is None:
        return {}
    return {"ronde": found.code, "titel": found.titel, "schooljaar": str(Schooljaar(found.schooljaar))}


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*BEHEERDERS)
def bekijk(request: HttpRequest, sleutel: uuid.UUID) -> HttpResponse:
    """What an offered file would do, and the decision on it."""

    def done(_aanbod: Aanbod, verslag: Inleesverslag) -> HttpResponse:
        people = dutch_count(verslag.ingelezen.respondenten, "respondent is", "respondenten zijn")
        messages.success(request, f"{people} ingelezen.")
        return redirect("evaluatie:ronde", code=verslag.ronde_code)

    def show(actor: Actor, aanbod: Aanbod, weigering: Refusal | None) -> HttpResponse:
        shown = voorbeeld(actor=actor, aanbod=aanbod)
        if isinstance(shown, Inleesverslag):
            context = _voorbeeldcontext(verzoek_van(aanbod), shown)
        else:
            context, weigering = {}, als_weigering(shown)
        context["weigering"] = weigering
        return render(request, "evaluatie/voorbeeld.html", context, status=422 if weigering else 200)

    return beslispagina(
        request,
        soort=ANTWOORDEN,
        sleutel=sleutel,
        bevestig=partial(bevestig, vandaag=timezone.localdate()),
        gelukt=done,
        toon=show,
        terug=reverse("evaluatie:rondes"),
    )


def _voorbeeldcontext(verzoek: Inleesverzoek, verslag: Inleesverslag) -> dict[str, object]:
    facts = [
        Gegeven("Ronde", f"{verzoek.titel} ({verzoek.code})"),
        Gegeven("Bestaat al", "nee, dit wordt een nieuwe ronde" if verslag.is_nieuw else "ja"),
        Gegeven("Schooljaar", str(Schooljaar(verzoek.schooljaar)) if verzoek.schooljaar else ""),
        Gegeven("Respondenten", str(verslag.ingelezen.respondenten)),
        Gegeven("Antwoorden", str(verslag.ingelezen.antwoorden)),
        Gegeven("Uitkomsten", "worden meteen gepubliceerd" if verslag.gepubliceerd else "zijn nog niet voor anderen"),
    ]
    if verslag.vervangen:
        people = dutch_count(verslag.vervangen, "respondent", "respondenten")
        facts.append(Gegeven("Wordt vervangen", f"de antwoorden van {people}"))
    return {
        "verslag": verslag,
        "gegevens": facts,
        "groepen": _groepentabel(verslag),
        "vragen": _vragentabel(verzoek.vragenlijst, verslag.ingelezen),
    }


def _groepentabel(verslag: Inleesverslag) -> Tabel:
    rows = [
        (
            name,
            "nee" if name in verslag.zonder_kern else "ja",
            str(count),
            "ja" if count >= verslag.minimum else f"nee, minder dan {verslag.minimum}",
        )
        for name, count in sorted(verslag.ingelezen.groepen.items())
    ]
    columns: list[Kolom | str] = ["Groep", "Is een kern", Kolom("Respondenten", getal=True), "Wordt getoond"]
    return maak_tabel("Groepen in het bestand", columns, rows, toon_titel=True)


def _vragentabel(vragenlijst: str, ingelezen: Ingelezen) -> Tabel:
    rows = []
    for vraag in vragenlijst_met_vragen(vragenlijst):
        count = ingelezen.n(vraag.code)
        rows.append((vraag.tekst, str(count), str(ingelezen.respondenten - count)))
    columns: list[Kolom | str] = ["Vraag", Kolom("Antwoorden", getal=True), Kolom("Geen antwoord", getal=True)]
    return maak_tabel("Vragen in het bestand", columns, rows, toon_titel=True)
