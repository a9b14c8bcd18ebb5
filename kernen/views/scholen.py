"""Schools and boards."""

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kernen import queries
from kernen.domain.rollen import SCHOLENBEHEER
from kernen.forms.beheer import BestuurForm, KernindelingForm, SchoolForm
from kernen.models import School, Schoolbestuur
from kernen.services.kernen import plaats_school
from kernen.services.scholen import BESTUURVELDEN, INSTELLINGENBEHEER, SCHOOLVELDEN, wijzig_bestuur, wijzig_school
from kernen.views.pagina import formulier, gelukt_of_geweigerd, gemaakt_of_geweigerd, getal_uit
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.charts import staafdiagram
from swv_portal.common.dates import lange_datum
from swv_portal.common.money import dutch_number
from swv_portal.common.scoping import SWV_ROLLEN, Rol
from swv_portal.common.screens import Cel, Gegeven, Grafiek, Kolom, Tabel, maak_tabel
from swv_portal.jobs.services.once import once

PER_BLADZIJDE = 25


def _filters(request: HttpRequest) -> queries.Schoolfilter:
    get = request.GET.get
    return queries.Schoolfilter(
        q=get("q", "").replace("\x00", "").strip()[:100],
        soort=get("soort", "").replace("\x00", "")[:10],
        bestuur=getal_uit(get("bestuur", "")),
        kern=getal_uit(get("kern", "")),
        gemeente=get("gemeente", "").replace("\x00", "")[:80],
        ook_inactief=get("gesloten") == "ja",
    )


def _schooltabel(titel: str, rijen: list[list[Any]], leeg: str) -> Tabel:
    kolommen: list[Kolom | str] = ["School", "Soort", "Bestuur", "Kern", "Plaats", Kolom("Leerlingen", getal=True)]
    return maak_tabel(titel, kolommen, rijen, leeg=leeg)


@require_safe
@voor_rollen(*Rol)
def scholen(request: HttpRequest) -> HttpResponse:
    """The schools that this person sees, filtered."""
    bereik, today, filters = bereik_van(request), timezone.localdate(), _filters(request)
    paginator: Any = Paginator(queries.gefilterde_scholen(bereik, filters, today), PER_BLADZIJDE)
    page = paginator.get_page(request.GET.get("pagina"))
    rows = queries.schoolrijen(page.object_list, today)
    number = paginator.count
    context = {
        "tabel": _schooltabel("Scholen", rows, "Geen school past bij deze filters."),
        "page": page,
        "totaal": f"{dutch_number(number)} {'school' if number == 1 else 'scholen'}",
        "filters": filters,
        "soorten": queries.soortkeuzes(),
        "beheer": bereik.heeft(*SCHOLENBEHEER),
        "mag_besturen": bereik.heeft(*SWV_ROLLEN, Rol.SCHOOLBESTUURDER),
        "mag_instellingen": bereik.heeft(*INSTELLINGENBEHEER),
        "keuzes": queries.filterkeuzes(bereik),
    }
    return render(request, "kernen/scholen.html", context)


def _leerlinggrafiek(school: School) -> Grafiek | None:
    counts = queries.tellingen_van(school.pk)
    if not counts:
        return None
    bars = [
        (str(row.teldatum.year), Decimal(row.aantal.aantal) if row.aantal.aantal is not None else None)
        for row in counts
    ]
    newest = counts[-1]
    word = "leerling" if newest.aantal.aantal == 1 else "leerlingen"
    sentence = f"Op {lange_datum(newest.teldatum)} telde de school {newest.aantal.tekst} {word}."
    if newest.aantal.minder_dan_vijf:
        sentence = f"Op {lange_datum(newest.teldatum)} telde de school minder dan vijf leerlingen."
    # A year that DUO publishes as '<5' has no bar of its own; it stands in the table.
    visible = [(label, number) for label, number in bars if number is not None]
    return Grafiek(
        "Leerlingen per teldatum",
        staafdiagram("Leerlingen per teldatum", sentence, visible),
        ["Teldatum", "Leerlingen"],
        [[lange_datum(row.teldatum), row.aantal.tekst] for row in counts],
        conclusie=sentence,
        bron="DUO, leerlingen per vestiging, teldatum 1 februari",
    )


@require_safe
@voor_rollen(*Rol)
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """One school: where it is, its kern, its counts, who works there."""
    bereik, today = bereik_van(request), timezone.localdate()
    row = get_object_or_404(School.objects.visible_to(bereik).select_related("bestuur"), pk=pk)
    manages = bereik.heeft(*SCHOLENBEHEER)
    periods = queries.kernperioden(pk)
    kern = next((item for item in periods if item.van <= today and (item.tot is None or item.tot > today)), None)
    sees_board = bereik.heeft(*SWV_ROLLEN) or row.bestuur_id in bereik.plaatsen(Rol.SCHOOLBESTUURDER)
    facts = [
        Gegeven("Vestigingscode", row.vestigingscode),
        Gegeven("Soort", row.soortnaam),
        Gegeven("Adres", "\n".join(row.adresregels)),
        Gegeven("Gemeente", row.gemeente),
        Gegeven("Kern", kern.kern if kern else "geen"),
    ]
    if row.buiten_regio:
        facts.append(Gegeven("Regio", f"buiten de regio {row.swv_code}".strip()))
    context = {
        "school": row,
        "gegevens": facts,
        "kern": kern,
        "mag_bestuur": sees_board,
        "grafiek": _leerlinggrafiek(row),
        "rollen": queries.rollen_bij(bereik, today, school=pk),
        "toont_rollen": manages or pk in bereik.plaatsen(Rol.SCHOOLDIRECTEUR),
        "perioden": periods,
        "beheer": manages,
        "tijdlijn": tijdlijn(row) if manages else None,
    }
    return render(request, "kernen/school.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOLENBEHEER)
def school_wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    bereik = bereik_van(request)
    row = get_object_or_404(School.objects.visible_to(bereik), pk=pk)
    initial = {name: getattr(row, name) for name in (*SCHOOLVELDEN, "versie")}
    form = SchoolForm(request.POST or None, initial=initial, bereik=bereik)
    url = reverse("kernen:school", args=[pk])
    if request.method == "POST" and form.is_valid():
        result = wijzig_school(
            actor=actor_van(request), pk=pk, versie=form.versie_van_formulier, waarden=form.cleaned_data
        )
        if done := gelukt_of_geweigerd(form, result, url):
            return done
    return formulier(request, form, titel=f"{row.naam} wijzigen", terug=url)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOLENBEHEER)
def school_indelen(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a school in another kern from a day."""
    bereik = bereik_van(request)
    row = get_object_or_404(School.objects.visible_to(bereik), pk=pk)
    form = KernindelingForm(request.POST or None, bereik=bereik)
    url = reverse("kernen:school", args=[pk])
    if request.method == "POST" and form.is_valid():
        actor, data = actor_van(request), form.cleaned_data
        outcome = once(
            actor=actor,
            soort="kernen.indeling",
            sleutel=sleutel_van(request),
            maak=lambda: plaats_school(actor=actor, school_id=pk, kern_id=data["kern"], van=data["van"]),
            pad=lambda _: url,
        )
        if done := gemaakt_of_geweigerd(request, form, outcome):
            return done
    return formulier(request, form, titel=f"{row.naam} bij een kern indelen", terug=url)


@require_safe
@voor_rollen(*SWV_ROLLEN, Rol.SCHOOLBESTUURDER)
def besturen(request: HttpRequest) -> HttpResponse:
    rows, teldatum = queries.bestuurregels(bereik_van(request))
    tabel = maak_tabel(
        "Schoolbesturen",
        ["Bestuur", "Nummer", Kolom("Scholen", getal=True), Kolom("Leerlingen", getal=True), "Lid"],
        [
            [
                Cel(row.naam, reverse("kernen:bestuur", args=[row.pk])),
                row.nummer,
                str(row.scholen),
                row.leerlingen,
                "ja" if row.lid else "nee",
            ]
            for row in rows
        ],
        leeg="Er is nog geen schoolbestuur. Lees eerst het bestand met scholen in.",
    )
    return render(request, "kernen/besturen.html", {"tabel": tabel, "teldatum": teldatum})


@require_safe
@voor_rollen(*SWV_ROLLEN, Rol.SCHOOLBESTUURDER)
def bestuur(request: HttpRequest, pk: int) -> HttpResponse:
    """One board with its schools."""
    bereik, today = bereik_van(request), timezone.localdate()
    row = get_object_or_404(Schoolbestuur.objects.visible_to(bereik), pk=pk)
    schools = queries.scholen_voor(bereik).filter(bestuur=row).select_related(None).order_by("naam", "vestigingscode")
    context = {
        "bestuur": row,
        "gegevens": [
            Gegeven("Nummer bevoegd gezag", row.bevoegd_gezag_nummer),
            Gegeven("Adres", "\n".join(row.adresregels)),
            Gegeven("Lid van dit samenwerkingsverband", "ja" if row.lid else "nee"),
        ],
        "tabel": _schooltabel("Scholen van dit bestuur", queries.schoolrijen(schools, today), "Geen open scholen."),
        "rollen": queries.rollen_bij(bereik, today, bestuur=pk),
        "beheer": bereik.heeft(*SCHOLENBEHEER),
    }
    return render(request, "kernen/bestuur.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOLENBEHEER)
def bestuur_wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Schoolbestuur.objects.visible_to(bereik_van(request)), pk=pk)
    form = BestuurForm(request.POST or None, initial={name: getattr(row, name) for name in (*BESTUURVELDEN, "versie")})
    url = reverse("kernen:bestuur", args=[pk])
    if request.method == "POST" and form.is_valid():
        result = wijzig_bestuur(
            actor=actor_van(request), pk=pk, versie=form.versie_van_formulier, waarden=form.cleaned_data
        )
        if done := gelukt_of_geweigerd(form, result, url):
            return done
    return formulier(request, form, titel=f"{row.naam} wijzigen", terug=url)
