"""The menukaart, the tariffs and the sessions of a school year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernen import queries
from kernen.domain.sessies import JAARRITME
from kernen.forms.kernplan import TariefForm, ThemaForm
from kernen.models import Menukaartthema, Uurtarief
from kernen.services.kernen import plan_sessies
from kernen.services.menukaart import TARIEFVELDEN, THEMAVELDEN, bewaar_tarief, bewaar_thema, neem_over
from kernen.views.kernen import schooljaar_van, wanneer
from kernen.views.pagina import formulier, gelukt_of_geweigerd, gemaakt_of_geweigerd
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_amount, dutch_count
from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.common.screens import Cel, Kolom, Status, maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


@require_safe
@voor_rollen(*Rol)
def menukaart(request: HttpRequest) -> HttpResponse:
    """The themes and tariffs of a school year: everybody reads, the SWV writes."""
    today = timezone.localdate()
    year = schooljaar_van(request, today)
    writes = bereik_van(request).heeft(*SWV_KERNEN)
    context = {
        "schooljaar": year,
        "jaren": _jaren(today),
        "themas": list(Menukaartthema.objects.visible_to(bereik_van(request)).filter(schooljaar=year.begin)),
        "tarieven": _tarieventabel(request, year, writes),
        "schrijft": writes,
    }
    return render(request, "kernen/menukaart.html", context)


def _jaren(today: date) -> list[Schooljaar]:
    now = Schooljaar.van(today)
    return sorted({now, now.volgende, *queries.menukaartjaren()}, reverse=True)


def _tarieventabel(request: HttpRequest, year: Schooljaar, writes: bool) -> Any:
    rows = Uurtarief.objects.visible_to(bereik_van(request)).filter(schooljaar=year.begin)
    return maak_tabel(
        f"Uurtarieven {year}",
        ["Wie", "Wat", "Stap van de route", Kolom("Per uur", getal=True)],
        [
            [
                Cel(row.professional, reverse("kernen:tarief", args=[row.pk]) if writes else ""),
                row.omschrijving,
                f"stap {row.stap}",
                dutch_amount(row.bedrag) if row.bedrag is not None else "volgens offerte",
            ]
            for row in rows
        ],
        leeg="Voor dit schooljaar zijn er nog geen tarieven.",
    )


@dataclass(frozen=True)
class Regelsoort:
    """A kind of row of the menukaart: what a page that changes one needs."""

    woord: str
    model: Any
    formulier: Any
    velden: tuple[str, ...]
    bewaar: Callable[..., Any]


THEMA = Regelsoort("thema", Menukaartthema, ThemaForm, THEMAVELDEN, bewaar_thema)
TARIEF = Regelsoort("tarief", Uurtarief, TariefForm, TARIEFVELDEN, bewaar_tarief)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_KERNEN)
def thema(request: HttpRequest, pk: int | None = None, schooljaar: int | None = None) -> HttpResponse:
    """Change a theme, or add one to a school year."""
    return _wijzig(request, THEMA, pk, schooljaar)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_KERNEN)
def tarief(request: HttpRequest, pk: int | None = None, schooljaar: int | None = None) -> HttpResponse:
    """Change a tariff per hour, or add one to a school year."""
    return _wijzig(request, TARIEF, pk, schooljaar)


def _wijzig(request: HttpRequest, soort: Regelsoort, pk: int | None, schooljaar: int | None) -> HttpResponse:
    row = get_object_or_404(soort.model.objects.visible_to(bereik_van(request)), pk=pk) if pk else None
    year = row.schooljaar if row else schooljaar or 0
    initial = {name: getattr(row, name) for name in (*soort.velden, "versie")} if row else {}
    form = soort.formulier(request.POST or None, initial=initial)
    url = f"{reverse('kernen:menukaart')}?schooljaar={year}"
    if request.method == "POST" and form.is_valid():
        actor, data = actor_van(request), form.cleaned_data

        def bewaar() -> Any:
            return soort.bewaar(actor=actor, pk=pk, versie=form.versie_van_formulier, schooljaar=year, waarden=data)

        if row is not None:
            done = gelukt_of_geweigerd(form, bewaar(), url)
        else:
            key = sleutel_van(request)
            made = once(actor=actor, soort=f"kernen.{soort.woord}", sleutel=key, maak=bewaar, pad=lambda _: url)
            done = gemaakt_of_geweigerd(request, form, made)
        if done:
            return done
    title = f"{soort.woord.capitalize()} {row}" if row else f"Nieuw {soort.woord}"
    return formulier(request, form, titel=title, terug=url)


@require_POST
@voor_rollen(*SWV_KERNEN)
def menukaart_overnemen(request: HttpRequest, schooljaar: int) -> HttpResponse:
    """Copy menukaart and tariffs of the year before."""
    actor, url = actor_van(request), f"{reverse('kernen:menukaart')}?schooljaar={schooljaar}"
    outcome = once(
        actor=actor,
        soort="kernen.menukaart",
        sleutel=sleutel_van(request),
        maak=lambda: neem_over(actor=actor, schooljaar=schooljaar),
        pad=lambda _: url,
    )
    if isinstance(outcome, Refusal):
        messages.error(request, outcome.zin)
        return redirect(url)
    return to_result(request, url, "De menukaart en de tarieven zijn overgenomen.", eerder=outcome.eerder)


@require_safe
@voor_rollen(*Rol)
def sessies(request: HttpRequest) -> HttpResponse:
    """The sessions of all kernen that this person sees, in a school year."""
    bereik, today = bereik_van(request), timezone.localdate()
    year = schooljaar_van(request, today)
    rows = queries.sessies_in(bereik, year.begin)
    tabel = maak_tabel(
        f"Kernsessies {year}",
        ["Kern", "Sessie", "Wanneer", "Doel", "Verslag"],
        [
            [
                row.kern.naam,
                Cel(f"Sessie {row.nummer}", reverse("kernen:sessie", args=[row.pk])),
                wanneer(row),
                row.doel,
                Status("geschreven", "goed") if row.verslag else Status("nog niet", "neutraal"),
            ]
            for row in rows
        ],
        leeg="Voor dit schooljaar zijn nog geen sessies gepland.",
    )
    context = {
        "tabel": tabel,
        "schooljaar": year,
        "jaren": _jaren(today),
        "mag_plannen": bereik.heeft(*SWV_KERNEN),
    }
    return render(request, "kernen/sessies.html", context)


@require_POST
@voor_rollen(*SWV_KERNEN)
def sessies_plannen(request: HttpRequest, schooljaar: int) -> HttpResponse:
    """Give every kern the four sessions of a school year."""
    year = Schooljaar(schooljaar) if 1990 <= schooljaar <= 2100 else None
    if year is None:
        raise Http404
    planned = [(item.nummer, item.in_jaar(year.begin), item.doel, "\n".join(item.focus)) for item in JAARRITME]
    result = plan_sessies(actor=actor_van(request), schooljaar=year.begin, sessies=planned)
    if isinstance(result, Refusal):
        messages.error(request, result.zin)
    else:
        messages.success(request, f"{dutch_count(result, 'sessie is', 'sessies zijn')} gepland.")
    return redirect(f"{reverse('kernen:sessies')}?schooljaar={schooljaar}")
