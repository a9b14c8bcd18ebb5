"""What is invoiced to other SWV's, per school year, on screen and as CSV."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ondersteuning.domain.rollen import DOSSIER_EN_GELD
from ondersteuning.queries.factureren import Factuurregel, factuurregels, per_swv
from swv_portal.access.requests import bereik_van, voor_rollen
from swv_portal.common.dates import Schooljaar, datum
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.money import dutch_count
from swv_portal.common.screens import maak_tabel
from swv_portal.common.tables import CSV_TYPE, Waarde, schrijf_csv

_KOPPEN = ("Kenmerk", "TLV-nummer van dat samenwerkingsverband", "IKC", "Categorie", "Van", "Tot en met", "Maanden")
_CSV = (
    "swv_code",
    "swv_naam",
    "kenmerk",
    "tlvnummer",
    "vestigingscode",
    "school",
    "categorie",
    "van",
    "tot_en_met",
    "maanden",
)
#: As many school years as can be chosen: this one and those before it.
JAREN = 4


def _jaar(request: HttpRequest) -> Schooljaar:
    """The school year of the address; the current one when that is none of those that can be chosen."""
    now = Schooljaar.van(timezone.localdate())
    chosen = request.GET.get("jaar", "")
    begin = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) == 4 else now.begin
    return Schooljaar(begin) if now.begin - JAREN < begin <= now.begin + 1 else now


def _cellen(regel: Factuurregel) -> list[Any]:
    return [
        regel.verwijzing,
        regel.tlvnummer,
        regel.school,
        regel.categorie,
        datum(regel.van),
        datum(regel.tot),
        str(regel.maanden),
    ]


@require_safe
@voor_rollen(*DOSSIER_EN_GELD)
def te_factureren(request: HttpRequest) -> HttpResponse:
    """The places that another SWV pays, gathered per SWV."""
    year = _jaar(request)
    lines = factuurregels(bereik_van(request), year)
    now = Schooljaar.van(timezone.localdate()).begin
    context = {
        "jaar": year,
        "jaren": [(str(begin), str(Schooljaar(begin))) for begin in range(now + 1, now - JAREN, -1)],
        "tabellen": [maak_tabel(name, _KOPPEN, [_cellen(regel) for regel in found]) for name, found in per_swv(lines)],
        "totaal": dutch_count(len(lines), "plaats", "plaatsen"),
    }
    return render(request, "ondersteuning/te_factureren.html", context)


@require_safe
@voor_rollen(*DOSSIER_EN_GELD)
def csv(request: HttpRequest) -> HttpResponse:
    """The same as a file for the administration, without names."""
    year = _jaar(request)
    rows: list[list[Waarde]] = [
        [
            regel.code,
            regel.naam,
            regel.verwijzing,
            regel.tlvnummer,
            regel.vestigingscode,
            regel.school,
            regel.categorie,
            regel.van,
            regel.tot,
            regel.maanden,
        ]
        for regel in factuurregels(bereik_van(request), year)
    ]
    return bestand_antwoord(f"te-factureren-{year.kort}.csv", schrijf_csv(_CSV, rows, "nl"), CSV_TYPE)
