"""A budget: its schools, calculating, establishing, what changed, and as a file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from financien.domain.procedure import BUDGET
from financien.models import Budget, Budgetjaar
from financien.queries.budget import Schoolrij, kop_van, schoolrijen
from financien.queries.budgetjaar import volumebeeld
from financien.queries.vergelijking import vergelijking, vorige_versie
from financien.querysets import LEZERS
from financien.reports.uitvoer import budget_csv, budget_xlsx, uitvoer_van_budget
from financien.services.beschikkingen import maak_beschikkingen
from financien.services.budget import bereken_budget, stel_budget_vast
from financien.views.tabellen import scholentabel, verschillentabel
from financien.views.toegang import GELD, KIJKERS, statuswoord
from swv_portal.access.requests import (
    actor_van,
    bereik_van,
    sleutel_van,
    to_result,
    versie_van,
    voor_rollen,
)
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.money import ZERO
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.tables import CSV_TYPE, XLSX_TYPE
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once

PER_BLADZIJDE = 100


def _budget(request: HttpRequest, pk: int) -> Budget:
    rows = Budget.objects.visible_to(bereik_van(request)).select_related("budgetjaar")
    return get_object_or_404(rows, pk=pk)


def _gefilterd(rijen: list[Schoolrij], bestuur: str) -> list[Schoolrij]:
    return [rij for rij in rijen if str(rij.bestuur_id) == bestuur] if bestuur else rijen


def _pagina(request: HttpRequest, budget: Budget, weigering: Refusal | None = None) -> HttpResponse:
    bereik = bereik_van(request)
    is_staff = bereik.heeft(*LEZERS)
    search, board = request.GET.get("q", "").replace("\x00", "")[:100], request.GET.get("bestuur", "")
    found = schoolrijen(bereik, budget.pk, zoek=search)
    rows = _gefilterd(found, board)
    page = Paginator(rows, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    versions = Budget.objects.visible_to(bereik).filter(budgetjaar=budget.budgetjaar_id).order_by("-versienummer")
    context = {
        "budget": budget,
        "kop": kop_van(budget),
        "status": statuswoord(budget.staat, BUDGET.staten[budget.staat]),
        "tabel": scholentabel(list(page.object_list), met_bestuur=len({rij.bestuur_id for rij in found}) > 1),
        "page": page,
        "aantal": f"{len(rows)} {'school' if len(rows) == 1 else 'scholen'}",
        "totaal": sum((rij.totaal for rij in rows if rij.totaal is not None), ZERO),
        "besturen": sorted({(rij.bestuur, rij.bestuur_id) for rij in found}),
        "q": search,
        "bestuur": board,
        "versies": list(versions.values_list("pk", "versienummer", "staat")),
        "is_staff": is_staff,
        "mag_rekenen": bereik.heeft(*SWV_GELD) and budget.jaar_open,
        "opties": _opties(request, budget),
        "opmerkingen": budget.opmerkingen if is_staff else [],
        "volume": volumebeeld(budget) if is_staff else [],
        "tijdlijn": tijdlijn(budget) if is_staff else [],
        "weigering": weigering,
    }
    return render(request, "financien/budget.html", context, status=422 if weigering else 200)


#: The steps that have a button of their own; the others follow from calculating and establishing again.
KNOPPEN = frozenset({"stel_vast", "maak_beschikkingen"})


def _opties(request: HttpRequest, budget: Budget) -> list[object]:
    options = BUDGET.options(budget.staat, bereik_van(request).rollen, budget)
    return [option for option in options if option.transition.naam in KNOPPEN]


@require_safe
@voor_rollen(*KIJKERS)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The schools of a budget that this person may see, with filters in the address."""
    return _pagina(request, _budget(request, pk))


@require_POST
@voor_rollen(*GELD)
def bereken(request: HttpRequest, jaar_pk: int) -> HttpResponse:
    """Calculate a year and go to the new version."""
    jaar = get_object_or_404(Budgetjaar.objects.visible_to(bereik_van(request)), pk=jaar_pk)
    actor = actor_van(request)
    outcome = once(
        actor=actor,
        soort="financien.bereken",
        sleutel=sleutel_van(request),
        maak=lambda: bereken_budget(actor=actor, jaar_pk=jaar.pk),
        pad=lambda budget: reverse("financien:budget", args=[budget.pk]),
    )
    if isinstance(outcome, Refusal):
        return render(request, "financien/niet_berekend.html", {"jaar": jaar, "weigering": outcome}, status=422)
    made = outcome.gemaakt
    done = f"Het budget {jaar.jaar} is berekend. Dit is versie {made.versienummer}." if made else ""
    return to_result(request, outcome.pad, done, eerder=outcome.eerder)


@require_POST
@voor_rollen(*GELD)
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    """Establish a budget, or have its letters made."""
    budget = _budget(request, pk)
    name = request.POST.get("stap", "")
    if name == "maak_beschikkingen":
        return _maak_beschikkingen(request, pk)
    if name == "stel_vast":
        outcome = stel_budget_vast(actor=actor_van(request), pk=pk, versie=versie_van(request))
    else:
        outcome = Refusal("stap", "Deze stap bestaat niet.")
    if isinstance(outcome, Refusal):
        return _pagina(request, _budget(request, pk), outcome)
    messages.success(request, f"Het budget {budget.budgetjaar.jaar} is vastgesteld.")
    return redirect("financien:budget", pk=pk)


def _maak_beschikkingen(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_van(request)
    outcome = once(
        actor=actor,
        soort="financien.beschikkingen",
        sleutel=sleutel_van(request),
        maak=lambda: maak_beschikkingen(actor=actor, pk=pk),
        pad=lambda budget: reverse("financien:beschikkingen", args=[budget.pk]),
    )
    if isinstance(outcome, Refusal):
        return _pagina(request, _budget(request, pk), outcome)
    return to_result(request, outcome.pad, "De beschikkingen worden gemaakt.", eerder=outcome.eerder)


@require_safe
@voor_rollen(*KIJKERS)
def verschillen(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since an earlier version (``?met=`` its key; without it the version before)."""
    bereik = bereik_van(request)
    budget = _budget(request, pk)
    asked = request.GET.get("met", "")
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
            raise Http404
        other = _budget(request, int(asked))
        if other.budgetjaar_id != budget.budgetjaar_id:
            raise Http404
    else:
        earlier = vorige_versie(bereik, budget)
        if earlier is None:
            raise Http404
        other = earlier
    compared = vergelijking(bereik, budget, other)
    context = {"budget": budget, "vergelijking": compared, "tabel": verschillentabel(compared)}
    return render(request, "financien/verschillen.html", context)


@require_safe
@voor_rollen(*KIJKERS)
def als_bestand(request: HttpRequest, pk: int, formaat: str) -> HttpResponse:
    """The lines of the schools that this person may see, as XLSX or CSV (Dutch notation)."""
    budget = _budget(request, pk)
    uitvoer = uitvoer_van_budget(bereik_van(request), budget)
    name = f"budget-{budget.budgetjaar.jaar}-versie-{budget.versienummer}"
    if formaat == "xlsx":
        return bestand_antwoord(f"{name}.xlsx", budget_xlsx(uitvoer), XLSX_TYPE)
    return bestand_antwoord(f"{name}.csv", budget_csv(uitvoer, "nl"), CSV_TYPE)
