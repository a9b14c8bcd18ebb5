"""The sociale kaart: read by everybody, proposed by schools, kept by the SWV."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.domain.sociale_kaart import AANBIEDER, CATEGORIEEN, STATEN
from ondersteuning.forms.sociale_kaart import AanbiederForm, KaartfilterForm
from ondersteuning.models import Aanbieder
from ondersteuning.queries import sociale_kaart as queries
from ondersteuning.services.sociale_kaart import VELDEN, stel_voor, wijzig_aanbieder, zet_stap
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, versie_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.money import dutch_count
from swv_portal.common.paging import PER_BLADZIJDE, Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once

_GELUKT = {
    "publiceer": "De aanbieder staat nu op de sociale kaart.",
    "verberg": "De aanbieder is verborgen. Alleen het samenwerkingsverband ziet deze nog.",
    "toon_weer": "De aanbieder staat weer op de sociale kaart.",
}


def _lijst(filters: queries.Kaartfilter, rijen: Any, kolommen: tuple[str, ...], leeg: str) -> dict[str, Any]:
    searched = any(vars(filters).values())
    text = "Er is geen aanbieder die hierbij past. Probeer een ander woord of een andere categorie."
    return {
        "tabel": maak_tabel("Aanbieders", kolommen, rijen, leeg=text if searched else leeg),
        "filters": filters,
        "categorieen": list(CATEGORIEEN.items()),
    }


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """The map by name, for everybody, logged in or not; search, category and letter stand in the address."""
    bereik, filters = bereik_van(request), KaartfilterForm(request.GET).filters
    paginator: Any = Paginator(queries.kaart(filters), PER_BLADZIJDE)
    page = paginator.get_page(request.GET.get("pagina"))
    rows = queries.rijen(page.object_list, met_status=False)
    context = {
        **_lijst(filters, rows, queries.KOLOMMEN, "Er staat nog geen aanbieder op de sociale kaart."),
        "page": page,
        "totaal": dutch_count(paginator.count, "aanbieder", "aanbieders"),
        "letters": _letters(request, filters),
        "laatst": queries.laatst_gewijzigd(),
        "mag_voorstellen": bereik.heeft(*SCHOOL_EN_SWV),
        "mag_beheren": bereik.heeft(*SWV_DOSSIER),
    }
    return render(request, "ondersteuning/sociale_kaart.html", context)


def _letters(request: HttpRequest, filters: queries.Kaartfilter) -> list[tuple[str, str]]:
    """Each first letter with the address that shows its names, the other filters kept."""
    kept = request.GET.copy()
    for name in ("letter", "pagina"):
        kept.pop(name, None)
    found = []
    for letter in queries.letters(filters):
        kept["letter"] = letter
        found.append((letter, f"?{kept.urlencode()}"))
    return found


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def mijn(request: HttpRequest) -> HttpResponse:
    """What this person proposed, and what became of it."""
    paginator: Any = Paginator(queries.eigen_voorstellen(bereik_van(request)), PER_BLADZIJDE)
    page = paginator.get_page(request.GET.get("pagina"))
    rows = queries.rijen(page.object_list, met_status=True)
    context = {
        "tabel": maak_tabel("Mijn voorstellen", queries.BEHEERKOLOMMEN, rows, leeg="U stelde nog geen aanbieder voor."),
        "page": page,
        "totaal": dutch_count(paginator.count, "voorstel", "voorstellen"),
    }
    return render(request, "ondersteuning/sociale_kaart_mijn.html", context)


@require_safe
def aanbieder(request: HttpRequest, pk: int) -> HttpResponse:
    """One provider: for everybody when it is shown; the SWV sees every one, with the steps it may take."""
    bereik = bereik_van(request)
    row = get_object_or_404(Aanbieder.objects.visible_to(bereik), pk=pk)
    keeps = bereik.heeft(*SWV_DOSSIER)
    context = {
        "aanbieder": row,
        "gegevens": queries.gegevens(row),
        "status": queries.status_van(row),
        "mag_beheren": keeps,
        "opties": AANBIEDER.options(row.staat, bereik.rollen, row),
        "tijdlijn": tijdlijn(row) if keeps else [],
    }
    return render(request, "ondersteuning/aanbieder.html", context)


@require_safe
@voor_rollen(*SWV_DOSSIER)
def beheer(request: HttpRequest) -> HttpResponse:
    """Everything that was proposed, shown or hidden, for who keeps the map."""
    filters = KaartfilterForm(request.GET).filters
    page = queries.beheerlijst(bereik_van(request), filters, Plek.uit(request.GET))
    context = _lijst(filters, page.rijen, queries.BEHEERKOLOMMEN, "Er is nog geen aanbieder voorgesteld.")
    context |= {"page": page, "totaal": page.totaal("aanbieder", "aanbieders"), "staten": list(STATEN.items())}
    return render(request, "ondersteuning/sociale_kaart_beheer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def voorstellen(request: HttpRequest) -> HttpResponse:
    """Propose a provider.  Its page is where one comes out: the proposer sees that it waits for the SWV."""
    form = AanbiederForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor, data = actor_van(request), form.cleaned_data
        outcome = once(
            actor=actor,
            soort="ondersteuning.aanbieder",
            sleutel=sleutel_van(request),
            maak=lambda: stel_voor(actor=actor, waarden=data),
            pad=lambda row: reverse("sociale_kaart:aanbieder", args=[row.pk]),
        )
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, "De aanbieder is voorgesteld.", eerder=outcome.eerder)
        form.weiger(outcome)
    context = {"form": form, "titel": "Aanbieder voorstellen", "terug": reverse("sociale_kaart:lijst"), "nieuw": True}
    return _formulier(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a provider."""
    row = get_object_or_404(Aanbieder.objects.visible_to(bereik_van(request)), pk=pk)
    url = reverse("sociale_kaart:aanbieder", args=[pk])
    form = AanbiederForm(request.POST or None, initial={name: getattr(row, name) for name in (*VELDEN, "versie")})
    if request.method == "POST" and form.is_valid():
        answer = wijzig_aanbieder(
            actor=actor_van(request), pk=pk, versie=form.versie_van_formulier, waarden=form.cleaned_data
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De gegevens zijn bewaard.")
            return redirect(url)
        form.weiger(answer)
    return _formulier(request, {"form": form, "titel": f"{row.naam} wijzigen", "terug": url})


def _formulier(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, "ondersteuning/aanbieder_formulier.html", context, status=status)


@require_POST
@voor_rollen(*SWV_DOSSIER)
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, hide or show again."""
    name = request.POST.get("stap", "")
    if name not in _GELUKT:
        raise Http404
    answer = zet_stap(actor=actor_van(request), pk=pk, versie=versie_van(request), stap=name)
    if isinstance(answer, Refusal):
        messages.error(request, answer.zin)
    else:
        messages.success(request, _GELUKT[name])
    return redirect("sociale_kaart:aanbieder", pk=pk)
