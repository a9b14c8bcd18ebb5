"""Importing DUO's files: upload, look at what would change, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernen.domain.duo_kolommen import BESTANDEN
from kernen.domain.rollen import SCHOLENBEHEER
from kernen.forms.beheer import BevestigForm, ImportForm
from kernen.models import Schoolimport
from kernen.services import imports as service
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.money import dutch_number
from swv_portal.common.screens import Cel, Gegeven, Status, Toon, maak_tabel
from swv_portal.common.templatetags.portaal import datumtijd
from swv_portal.common.workflow import Refusal

TOON: dict[str, Toon] = {"klaar": "bezig", "geweigerd": "fout", "toegepast": "goed", "vervallen": "neutraal"}
MEESTE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOLENBEHEER)
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; what was imported before stands below."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        result = service.bereid_voor(
            actor=actor_van(request),
            soort=form.cleaned_data["soort"],
            bestand=form.cleaned_data["bestand"],
            gemeenten=form.cleaned_data["gemeenten"],
            pc4=form.cleaned_data["pc4"],
            jaar=form.cleaned_data["jaar"],
        )
        if not isinstance(result, Refusal):
            return redirect("kernen:import", pk=result.pk)
        form.weiger(result)
    rows = Schoolimport.objects.visible_to(bereik_van(request)).select_related("door")[:MEESTE]
    tabel = maak_tabel(
        "Eerdere imports",
        ["Import", "Soort", "Wanneer", "Door", "Status"],
        [
            [
                Cel(f"Import {row.pk}", reverse("kernen:import", args=[row.pk])),
                BESTANDEN[row.soort],
                datumtijd(row.aangemaakt),
                str(row.door) if row.door else "de opdrachtregel",
                Status(row.get_staat_display(), TOON[row.staat]),
            ]
            for row in rows
        ],
        leeg="Er is nog niets ingelezen.",
    )
    context = {"form": form, "tabel": tabel}
    return render(request, "kernen/imports.html", context, status=422 if form.errors else 200)


def _gegevens(row: Schoolimport) -> list[Gegeven]:
    limits = [*(name.title() for name in row.gemeenten), *row.pc4]
    facts = [
        Gegeven("Soort", BESTANDEN[row.soort]),
        Gegeven("Grenzen", ", ".join(limits) or "geen, heel Nederland"),
    ]
    if row.jaar:
        facts.append(Gegeven("Teldatum", f"1 februari {row.jaar}"))
    return facts


#: The groups of the preview: key, heading, and what stands when the group is empty.
GROEPEN = (
    ("nieuw", "Nieuw", "Er komen geen scholen bij."),
    ("gewijzigd", "Gewijzigd", "Er wijzigt niets aan scholen."),
    ("tellingen_gewijzigd", "Gewijzigde tellingen", "Er wijzigen geen tellingen."),
    ("verdwenen", "Niet meer in het bestand", "Er verdwijnen geen scholen."),
)


def _groepen(row: Schoolimport) -> list[dict[str, Any]]:
    found = []
    skipped = {"scholen": {"tellingen_gewijzigd"}, "leerlingen": {"gewijzigd", "verdwenen"}}[row.soort]
    for key, heading, empty in GROEPEN:
        if key in skipped:
            continue
        items, number = row.voorbeeld.get(key, []), row.voorbeeld.get(f"{key}_aantal", 0)
        tabel = maak_tabel(
            heading,
            ["Vestigingscode", "School", "Wat"],
            [[item["vestigingscode"], item["naam"], "; ".join(item["wat"]) or "–"] for item in items],
            leeg=empty,
        )
        more = number - len(items)
        found.append(
            {"kop": heading, "aantal": dutch_number(number), "tabel": tabel, "meer": dutch_number(more) if more else ""}
        )
    return found


def _fouten(row: Schoolimport) -> dict[str, Any]:
    errors = row.voorbeeld.get("fouten", [])
    tabel = maak_tabel(
        "Wat er niet klopt",
        ["Rij", "Kolom", "Wat er is"],
        [[str(item["rij"] or "–"), item["kolom"] or "–", item["zin"]] for item in errors],
    )
    return {"fouten": tabel, "meer_fouten": row.voorbeeld.get("meer", 0)}


@require_safe
@voor_rollen(*SCHOLENBEHEER)
def importpagina(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would change, or did; the page can be refreshed and left, and still be confirmed later."""
    row = get_object_or_404(Schoolimport.objects.visible_to(bereik_van(request)), pk=pk)
    shown = row.voorbeeld
    refused = row.staat == Schoolimport.Staat.GEWEIGERD
    numbers = [
        ("Gelijk gebleven", shown.get("gelijk", 0)),
        ("Buiten de grenzen", shown.get("buiten", 0)),
        ("Nieuwe besturen", len(shown.get("besturen", []))),
    ]
    if row.soort == "leerlingen":
        numbers.insert(0, ("Leerlingen samen", shown.get("leerlingen", 0)))
        numbers.insert(1, ("Nieuwe tellingen", shown.get("tellingen_nieuw", 0)))
        numbers.append(("Gesloten, zonder leerlingen", shown.get("leeg", 0)))
    context = {
        "import": row,
        "status": Status(row.get_staat_display(), TOON[row.staat]),
        "gegevens": _gegevens(row),
        "geweigerd": refused,
        "groepen": [] if refused else _groepen(row),
        "cijfers": [] if refused else [(label, dutch_number(number)) for label, number in numbers],
        "klaar": row.staat == Schoolimport.Staat.KLAAR,
        "vervallen": row.staat == Schoolimport.Staat.VERVALLEN,
        "form": BevestigForm() if shown.get("verdwenen_aantal") else None,
        "tijdlijn": tijdlijn(row),
        **_fouten(row),
    }
    return render(request, "kernen/import.html", context)


@require_POST
@voor_rollen(*SCHOLENBEHEER)
def import_bevestigen(request: HttpRequest, pk: int) -> HttpResponse:
    close = request.POST.get("sluit_verdwenen") == "on"
    result = service.bevestig(actor=actor_van(request), pk=pk, sluit_verdwenen=close)
    if isinstance(result, Refusal):
        messages.error(request, result.zin)
    else:
        messages.success(request, "Het bestand is ingelezen.")
    return redirect("kernen:import", pk=pk)


@require_POST
@voor_rollen(*SCHOLENBEHEER)
def import_vervallen(request: HttpRequest, pk: int) -> HttpResponse:
    result = service.laat_vervallen(actor=actor_van(request), pk=pk)
    if isinstance(result, Refusal):
        messages.error(request, result.zin)
        return redirect("kernen:import", pk=pk)
    messages.success(request, "Er is niets ingelezen.")
    return redirect("kernen:imports")
