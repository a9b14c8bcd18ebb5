"""Reading in answers on screen: offer a file, look it over, confirm or withdraw."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evaluatie.forms import InleesForm
from evaluatie.models import Ronde
from evaluatie.queries import minimum_groep, vragenlijst_met_vragen
from evaluatie.services.inlezen import Voorbeeld, bevestig, bied_aan, trek_in, voorbeeld
from evaluatie.services.rondes import Inleesverslag
from evaluatie.views.rondes import BEHEERDERS
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.dates import Schooljaar
from swv_portal.common.screens import Gegeven, Kolom, Tabel, maak_tabel
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal


@require_http_methods(["GET", "POST"])
@voor_rollen(*BEHEERDERS)
def inlezen(request: HttpRequest) -> HttpResponse:
    """Offer a file with answers.  Nothing is read in yet."""
    form = InleesForm(request.POST or None, request.FILES or None, initial=_begin(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            offered = bied_aan(
                actor=actor_van(request),
                bestand=form.cleaned_data["bestand"],
                opdracht=form.opdracht,
                vandaag=timezone.localdate(),
            )
            if isinstance(offered, Fouten):
                form.weiger_bestand(offered)
            elif isinstance(offered, Refusal):
                form.weiger(offered)
            else:
                return redirect("evaluatie:voorbeeld", sleutel=offered.sleutel)
    return render(request, "evaluatie/inlezen.html", {"form": form}, status=status)


def _begin(request: HttpRequest) -> dict[str, object]:
    """The round that the link named (``?ronde=``), filled in already."""
    code = request.GET.get("ronde", "")
    found = Ronde.objects.visible_to(bereik_van(request)).filter(code=code).first() if code.isprintable() else None
    if found is None:
        return {}
    return {"code": found.code, "titel": found.titel, "schooljaar": str(Schooljaar(found.schooljaar))}


@require_http_methods(["GET", "POST"])
@voor_rollen(*BEHEERDERS)
def bekijk(request: HttpRequest, sleutel: uuid.UUID) -> HttpResponse:
    """What an offered file would do; POST ``actie`` reads it in (``bevestig``) or lets it go (``trek_in``)."""
    if request.method == "GET":
        return _toon(request, sleutel, None)
    actor = actor_van(request)
    if request.POST.get("actie") != "bevestig":
        trek_in(actor=actor, sleutel=sleutel)
        messages.info(request, "Het bestand is niet ingelezen en is verwijderd.")
        return redirect("evaluatie:rondes")
    done = bevestig(actor=actor, sleutel=sleutel, vandaag=timezone.localdate())
    if isinstance(done, Inleesverslag):
        messages.success(request, f"{done.ingelezen.respondenten} respondenten zijn ingelezen.")
        return redirect("evaluatie:ronde", code=done.ronde_code)
    return _toon(request, sleutel, done if isinstance(done, Refusal) else None)


def _toon(request: HttpRequest, sleutel: uuid.UUID, weigering: Refusal | None) -> HttpResponse:
    shown = voorbeeld(actor=actor_van(request), sleutel=sleutel)
    context: dict[str, object] = {"weigering": weigering}
    if isinstance(shown, Voorbeeld):
        context |= _voorbeeldcontext(shown)
    elif isinstance(shown, Fouten):
        context["weigering"] = Refusal("bestand", " ".join(shown.zinnen[:3]))
    else:
        context["weigering"] = shown
    return render(request, "evaluatie/voorbeeld.html", context, status=422 if context["weigering"] else 200)


def _voorbeeldcontext(voorbeeld: Voorbeeld) -> dict[str, object]:
    inlezing, verslag = voorbeeld.inlezing, voorbeeld.verslag
    facts = [
        Gegeven("Ronde", f"{inlezing.titel} ({inlezing.ronde_code})"),
        Gegeven("Schooljaar", str(Schooljaar(inlezing.schooljaar)) if inlezing.schooljaar else ""),
        Gegeven("Respondenten", str(verslag.ingelezen.respondenten)),
        Gegeven("Antwoorden", str(verslag.ingelezen.antwoorden)),
        Gegeven("Uitkomsten", "worden meteen gepubliceerd" if inlezing.publiceer else "zijn nog niet voor anderen"),
    ]
    if verslag.vervangen:
        facts.append(Gegeven("Wordt vervangen", f"de antwoorden van {verslag.vervangen} respondenten"))
    return {
        "inlezing": inlezing,
        "verslag": verslag,
        "gegevens": facts,
        "groepen": _groepentabel(voorbeeld),
        "vragen": _vragentabel(voorbeeld),
    }


def _groepentabel(voorbeeld: Voorbeeld) -> Tabel:
    minimum = minimum_groep()
    rows = [
        (name, str(count), "ja" if count >= minimum else f"nee, minder dan {minimum}")
        for name, count in sorted(voorbeeld.verslag.ingelezen.groepen.items())
    ]
    columns: list[Kolom | str] = ["Groep", Kolom("Respondenten", getal=True), "Wordt getoond"]
    return maak_tabel("Groepen in het bestand", columns, rows, toon_titel=True)


def _vragentabel(voorbeeld: Voorbeeld) -> Tabel:
    read = voorbeeld.verslag.ingelezen
    rows = []
    for vraag in vragenlijst_met_vragen(voorbeeld.inlezing.vragenlijst):
        count = read.n(vraag.code)
        rows.append((vraag.tekst, str(count), str(read.respondenten - count)))
    columns: list[Kolom | str] = ["Vraag", Kolom("Antwoorden", getal=True), Kolom("Geen antwoord", getal=True)]
    return maak_tabel("Vragen in het bestand", columns, rows, toon_titel=True)
