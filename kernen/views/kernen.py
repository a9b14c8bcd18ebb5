"""Kernen, their budgets and sessions, and the settings of the SWV."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kernen import queries
from kernen.domain.kernplan import SCHRIJVERS
from kernen.domain.rollen import SCHOLENBEHEER
from kernen.forms.beheer import BudgetForm, InstellingenForm, KernForm, begin_van_instellingen
from kernen.forms.kernplan import SessieForm
from kernen.models import Kern, Kernsessie
from kernen.services.kernen import BUDGETBEHEER, SESSIEVELDEN, maak_kern, wijzig_kern, wijzig_sessie, zet_budget
from kernen.services.scholen import INSTELLINGENBEHEER, bewaar_swv
from kernen.views.pagina import formulier, gelukt_of_geweigerd, gemaakt_of_geweigerd, getal_uit
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, voor_rollen
from swv_portal.common.dates import MAANDEN, Schooljaar, datum
from swv_portal.common.money import dutch_amount
from swv_portal.common.scoping import SWV_KERNEN, Bereik, Rol
from swv_portal.common.screens import Cel, Gegeven, Kolom, Status, Tabel, maak_tabel
from swv_portal.jobs.services.once import once


def schooljaar_van(request: HttpRequest, today: date) -> Schooljaar:
    """The school year in the address (``?schooljaar=2025``), or the running one."""
    year = getal_uit(request.GET.get("schooljaar", ""))
    return Schooljaar(year) if year and 1990 <= year <= 2100 else Schooljaar.van(today)


@require_safe
@voor_rollen(*Rol)
def kernen(request: HttpRequest) -> HttpResponse:
    """The kernen that this person sees, with the plan of this school year."""
    bereik, today = bereik_van(request), timezone.localdate()
    year = Schooljaar.van(today)
    rows = queries.kernregels(bereik, today)
    chairs = queries.voorzitters(today, [kern.pk for kern in rows])
    plans = {plan.kern_id: plan for plan in queries.kernplannen_voor(bereik).filter(schooljaar=year.begin)}
    tabel = maak_tabel(
        "Kernen",
        ["Kern", Kolom("Scholen", getal=True), "Voorzitter", f"Kernplan {year}"],
        [
            [
                Cel(kern.naam, reverse("kernen:kern", args=[kern.pk])),
                str(kern.scholen),
                chairs.get(kern.pk, "nog geen voorzitter"),
                queries.kernplan_status(plans[kern.pk]) if kern.pk in plans else Status("nog niet", "neutraal"),
            ]
            for kern in rows
        ],
        leeg="Er is nog geen kern die u kunt zien.",
    )
    return render(request, "kernen/kernen.html", {"tabel": tabel, "beheer": bereik.heeft(*SCHOLENBEHEER)})


@require_safe
@voor_rollen(*Rol)
def kern(request: HttpRequest, pk: int) -> HttpResponse:
    """One kern: schools on a day, chair, plans, sessions and budget."""
    bereik, today = bereik_van(request), timezone.localdate()
    row = get_object_or_404(Kern.objects.visible_to(bereik), pk=pk)
    year = schooljaar_van(request, today)
    day = today if today in year else year.eerste_dag
    roles = bereik.rollen_bij(kern=pk)
    plans = list(queries.kernplannen_voor(bereik).filter(kern=row).order_by("-schooljaar"))
    sees_money = bool(roles & (BUDGETBEHEER | SCHRIJVERS | {Rol.BEHEERDER}))
    budget = queries.budget_van(pk, year.begin) if sees_money else None
    context = {
        "kern": row,
        "schooljaar": year,
        "jaren": [Schooljaar.van(today).volgende, *(Schooljaar(Schooljaar.van(today).begin - n) for n in range(4))],
        "dag": day,
        "scholen": _scholentabel(bereik, pk, day),
        "voorzitter": queries.voorzitters(today, [pk]).get(pk, "nog geen voorzitter"),
        "budget": dutch_amount(budget) if budget is not None else "nog niet bepaald",
        "toont_budget": sees_money,
        "mag_budget": bool(roles & BUDGETBEHEER),
        "plannen": _planrijen(plans),
        "mag_beginnen": bool(SCHRIJVERS & roles) and year.begin not in {plan.schooljaar for plan in plans},
        "sessies": _sessietabel(list(queries.sessies_van(bereik, pk, year.begin))),
        "beheer": bool(roles & SCHOLENBEHEER),
    }
    return render(request, "kernen/kern.html", context)


def _scholentabel(bereik: Bereik, kern_id: int, day: date) -> Tabel:
    """The names of the schools of a kern are known to everybody in it; the pages of those schools are not."""
    rows = queries.scholen_in_kern(kern_id, day)
    open_to = set(queries.scholen_voor(bereik, alleen_actief=False).in_kern(kern_id, day).values_list("pk", flat=True))
    return maak_tabel(
        f"Scholen op {datum(day)}",
        ["School", "Soort", "Plaats"],
        [
            [
                Cel(row.naam, reverse("kernen:school", args=[row.pk]) if row.pk in open_to else ""),
                f"IKC ({row.soort})" if row.is_ikc else row.soort,
                row.plaats or "–",
            ]
            for row in rows
        ],
        leeg="In deze kern zit op die dag geen school.",
        toon_titel=True,
    )


def _planrijen(plans: list[Any]) -> Tabel:
    return maak_tabel(
        "Kernplannen",
        ["Schooljaar", "Status"],
        [
            [Cel(plan.schooljaar_tekst, reverse("kernen:kernplan", args=[plan.pk])), queries.kernplan_status(plan)]
            for plan in plans
        ],
        leeg="Er is nog geen kernplan dat u kunt zien.",
    )


def wanneer(session: Kernsessie) -> str:
    """The day of a session, or the month when there is no day yet."""
    if session.datum:
        return datum(session.datum)
    return f"{MAANDEN[session.maand.month - 1]} {session.maand.year}, dag nog niet bekend"


def _sessietabel(sessions: list[Kernsessie]) -> Tabel:
    return maak_tabel(
        "Kernsessies",
        ["Sessie", "Wanneer", "Doel", "Verslag"],
        [
            [
                Cel(f"Sessie {row.nummer}", reverse("kernen:sessie", args=[row.pk])),
                wanneer(row),
                row.doel,
                Status("geschreven", "goed") if row.verslag else Status("nog niet", "neutraal"),
            ]
            for row in sessions
        ],
        leeg="Voor dit schooljaar zijn nog geen sessies gepland.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOLENBEHEER)
def kern_nieuw(request: HttpRequest) -> HttpResponse:
    form = KernForm(request.POST or None)
    del form.fields["actief"]
    if request.method == "POST" and form.is_valid():
        actor = actor_van(request)
        outcome = once(
            actor=actor,
            soort="kernen.kern",
            sleutel=sleutel_van(request),
            maak=lambda: maak_kern(actor=actor, naam=form.cleaned_data["naam"]),
            pad=lambda kern: reverse("kernen:kern", args=[kern.pk]),
        )
        if done := gemaakt_of_geweigerd(request, form, outcome):
            return done
    return formulier(request, form, titel="Nieuwe kern", terug=reverse("kernen:kernen"), knop="Maak de kern")


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOLENBEHEER)
def kern_wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Kern.objects.visible_to(bereik_van(request)), pk=pk)
    form = KernForm(request.POST or None, initial={"naam": row.naam, "actief": row.actief, "versie": row.versie})
    url = reverse("kernen:kern", args=[pk])
    if request.method == "POST" and form.is_valid():
        result = wijzig_kern(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            naam=form.cleaned_data["naam"],
            actief=form.cleaned_data["actief"],
            vandaag=timezone.localdate(),
        )
        if done := gelukt_of_geweigerd(form, result, url):
            return done
    return formulier(request, form, titel=f"Kern {row.naam} wijzigen", terug=url)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*BUDGETBEHEER)
def kern_budget(request: HttpRequest, pk: int, schooljaar: int) -> HttpResponse:
    """What a kern may spend in a school year."""
    row = get_object_or_404(Kern.objects.visible_to(bereik_van(request)), pk=pk)
    budget = queries.kernbudget_van(pk, schooljaar)
    form = BudgetForm(request.POST or None, initial={"bedrag": budget.bedrag, "versie": budget.versie})
    url = f"{reverse('kernen:kern', args=[pk])}?schooljaar={schooljaar}"
    if request.method == "POST" and form.is_valid():
        result = zet_budget(
            actor=actor_van(request),
            kern_id=pk,
            schooljaar=schooljaar,
            versie=form.versie_van_formulier,
            bedrag=form.cleaned_data["bedrag"],
        )
        if done := gelukt_of_geweigerd(form, result, url):
            return done
    return formulier(request, form, titel=f"Kernbudget {row.naam} {Schooljaar(schooljaar)}", terug=url)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*Rol)
def sessie(request: HttpRequest, pk: int) -> HttpResponse:
    """A session: everybody of the kern reads it, the chair and the SWV write."""
    bereik = bereik_van(request)
    row = get_object_or_404(Kernsessie.objects.visible_to(bereik).select_related("kern"), pk=pk)
    may_write = bool(bereik.rollen_bij(kern=row.kern_id) & (SWV_KERNEN | {Rol.KERNVOORZITTER}))
    initial = {name: getattr(row, name) for name in (*SESSIEVELDEN, "versie")}
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = SessieForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        result = wijzig_sessie(
            actor=actor_van(request), pk=pk, versie=form.versie_van_formulier, waarden=form.cleaned_data
        )
        if done := gelukt_of_geweigerd(form, result, request.path):
            messages.success(request, "De sessie is bewaard.")
            return done
    facts = [Gegeven("Wanneer", wanneer(row)), Gegeven("Doel", row.doel), Gegeven("Inhoud", row.focus)]
    facts.append(Gegeven("Kort verslag", row.verslag or "Er is nog geen verslag."))
    context = {"sessie": row, "form": form if may_write else None, "gegevens": facts}
    return render(request, "kernen/sessie.html", context, status=422 if may_write and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*INSTELLINGENBEHEER)
def instellingen(request: HttpRequest) -> HttpResponse:
    """The settings of the samenwerkingsverband."""
    form = InstellingenForm(request.POST or None, initial=begin_van_instellingen(queries.swv()))
    if request.method == "POST" and form.is_valid():
        result = bewaar_swv(actor=actor_van(request), versie=form.versie_van_formulier, waarden=form.cleaned_data)
        if done := gelukt_of_geweigerd(form, result, request.path):
            messages.success(request, "De instellingen zijn bewaard.")
            return done
    return formulier(request, form, titel="Instellingen", terug="/")
