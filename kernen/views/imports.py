"""Importing DUO's files: upload, look at what would change, confirm."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kernen.domain.duo_kolommen import BESTANDEN, LEERLINGEN, SCHOLEN
from kernen.domain.rollen import SCHOLENBEHEER
from kernen.forms.beheer import BevestigForm, ImportForm
from kernen.services import imports as service
from swv_portal.access.actors import Actor
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.dates import datum_met_tijd
from swv_portal.common.money import dutch_number
from swv_portal.common.screens import Cel, Gegeven, Kolom, Status, Tabel, Toon, maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services.aanbod import zoek
from swv_portal.jobs.views.aanbod import beslispagina

TOON: dict[str, Toon] = {"klaar": "bezig", "toegepast": "goed", "vervallen": "neutraal"}
MEESTE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOLENBEHEER)
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; what was imported before stands below."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        offered = service.bied_aan(
            actor=actor_van(request),
            soort=form.cleaned_data["soort"],
            bestand=form.cleaned_data["bestand"],
            vandaag=timezone.localdate(),
            gemeenten=form.cleaned_data["gemeenten"],
            pc4=form.cleaned_data["pc4"],
            jaar=form.cleaned_data["jaar"],
        )
        if isinstance(offered, Aanbod):
            return redirect("kernen:import", sleutel=offered.sleutel)
        form.weiger_bestand(offered)
    rows = Aanbod.objects.visible_to(bereik_van(request), service.DUO).select_related("aanvrager")[:MEESTE]
    tabel = maak_tabel(
        "Eerdere imports",
        ["Import", "Soort", "Wanneer", "Door", "Status"],
        [
            [
                Cel(f"Import {row.pk}", reverse("kernen:import", args=[row.sleutel])),
                BESTANDEN[row.gegevens["soort"]],
                datum_met_tijd(row.aangemaakt),
                str(row.aanvrager) if row.aanvrager else "de opdrachtregel",
                Status(row.get_staat_display(), TOON[row.staat]),
            ]
            for row in rows
        ],
        leeg="Er is nog niets ingelezen.",
    )
    context = {"form": form, "tabel": tabel}
    return render(request, "kernen/imports.html", context, status=422 if form.errors else 200)


def _gegevens(gegevens: dict[str, Any]) -> list[Gegeven]:
    limits = [*(name.title() for name in gegevens["gemeenten"]), *gegevens["pc4"]]
    facts = [
        Gegeven("Soort", BESTANDEN[gegevens["soort"]]),
        Gegeven("Grenzen", ", ".join(limits) or "geen, heel Nederland"),
    ]
    if gegevens["jaar"]:
        facts.append(Gegeven("Teldatum", f"1 februari {gegevens['jaar']}"))
    return facts


#: The groups of the preview: key, heading, and what stands when the group is empty.
GROEPEN = (
    ("nieuw", "Nieuw", "Er komen geen scholen bij."),
    ("gewijzigd", "Gewijzigd", "Er wijzigt niets aan scholen."),
    ("tellingen_gewijzigd", "Gewijzigde tellingen", "Er wijzigen geen tellingen."),
    ("verdwenen", "Niet meer in het bestand", "Er verdwijnen geen scholen."),
)


def _groepen(soort: str, voorbeeld: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    skipped = {SCHOLEN: {"tellingen_gewijzigd"}, LEERLINGEN: {"gewijzigd", "verdwenen"}}[soort]
    for key, heading, empty in GROEPEN:
        if key in skipped:
            continue
        items = voorbeeld[key]
        tabel = maak_tabel(
            heading,
            ["Vestigingscode", "School", "Wat"],
            [[item["vestigingscode"], item["naam"], "; ".join(item["wat"]) or "–"] for item in items],
            leeg=empty,
        )
        found.append(_groep(tabel, len(items), voorbeeld[f"{key}_aantal"]))
    return [*found, *_besturen(voorbeeld)]


def _groep(tabel: Tabel, shown: int, number: int) -> dict[str, Any]:
    more = dutch_number(number - shown) if number > shown else ""
    return {"kop": tabel.titel, "aantal": dutch_number(number), "tabel": tabel, "meer": more}


#: The boards whose name in the file is not simply taken over: key, heading, and the header of the name in the file.
BESTUREN = (
    ("besturen_anders", "Besturen die in het bestand anders heten", "Naam in het bestand"),
    ("besturen_meer_namen", "Besturen met meer dan één naam in het bestand", "Naam die er het vaakst staat"),
)


def _besturen(voorbeeld: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for key, heading, chosen in BESTUREN:
        if items := voorbeeld[key]:
            rows = [
                [item["nummer"], item["naam"] or "nog geen", item["in_bestand"], dutch_number(item["namen"])]
                for item in items
            ]
            names = Kolom("Namen in het bestand", getal=True)
            head: list[Kolom | str] = ["Bevoegd gezag", "Naam in het portaal", chosen, names]
            found.append(_groep(maak_tabel(heading, head, rows), len(items), voorbeeld[f"{key}_aantal"]))
    return found


def _cijfers(soort: str, voorbeeld: dict[str, Any]) -> list[tuple[str, str]]:
    numbers = [
        ("Gelijk gebleven", voorbeeld["gelijk"]),
        ("Buiten de grenzen", voorbeeld["buiten"]),
        ("Nieuwe besturen", len(voorbeeld["besturen"])),
    ]
    if soort == LEERLINGEN:
        numbers = [
            ("Leerlingen samen", voorbeeld["leerlingen"]),
            ("Nieuwe tellingen", voorbeeld["tellingen_nieuw"]),
            *numbers,
            ("Gesloten, zonder leerlingen", voorbeeld["leeg"]),
        ]
    return [(label, dutch_number(number)) for label, number in numbers]


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOLENBEHEER)
def importpagina(request: HttpRequest, sleutel: uuid.UUID) -> HttpResponse:
    """What a file would change, or did, and the decision on it; it can be left, and still be confirmed later."""
    page = reverse("kernen:import", args=[sleutel])

    def done(_aanbod: Aanbod, _ingelezen: Aanbod) -> HttpResponse:
        messages.success(request, "Het bestand is ingelezen.")
        return redirect(page)

    def show(_actor: Actor, aanbod: Aanbod, weigering: Refusal | None) -> HttpResponse:
        return _toon(request, aanbod, weigering)

    if request.method != "POST":
        return show(actor_van(request), zoek(soort=service.DUO, actor=actor_van(request), sleutel=sleutel), None)
    close = request.POST.get("sluit_verdwenen") == "on"
    confirm = partial(service.bevestig, sluit_verdwenen=close)
    return beslispagina(
        request, soort=service.DUO, sleutel=sleutel, bevestig=confirm, gelukt=done, toon=show, terug=page
    )


def _toon(request: HttpRequest, aanbod: Aanbod, weigering: Refusal | None) -> HttpResponse:
    kind, shown = aanbod.gegevens["soort"], aanbod.voorbeeld
    context = {
        "import": aanbod,
        "status": Status(aanbod.get_staat_display(), TOON[aanbod.staat]),
        "gegevens": _gegevens(aanbod.gegevens),
        "namen": service.zinnen_over_namen(shown["besturen_anders_aantal"], shown["besturen_meer_namen_aantal"]),
        "groepen": _groepen(kind, shown),
        "cijfers": _cijfers(kind, shown),
        "klaar": aanbod.staat == Aanbod.Staat.KLAAR,
        "vervallen": aanbod.staat == Aanbod.Staat.VERVALLEN,
        "form": BevestigForm() if shown["verdwenen_aantal"] else None,
        "tijdlijn": tijdlijn(aanbod),
        "weigering": weigering,
    }
    return render(request, "kernen/import.html", context, status=422 if weigering else 200)
