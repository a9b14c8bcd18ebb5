"""Reading in tariffs and a begroting: first what stands in the file, then whether it is kept.

Between the two steps nothing is stored: the page carries the file itself, signed for this person and for an hour.
"""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from financien.domain.afwijkingen import vind_afwijkingen
from financien.domain.begroting import totalen
from financien.forms import BegrotingBestandForm, TarievenBestandForm
from financien.importers.begroting import Begrotingsbestand, Totalenbestand, lees_begroting, lees_totalen
from financien.importers.tarieven import Tariefrij, lees_tarieven
from financien.queries.tarieven import notatie
from financien.services.begroting import bewaar_begroting
from financien.services.tarieven import bewaar_tarieven
from financien.views.toegang import GELD
from swv_portal.access.requests import actor_van, voor_rollen
from swv_portal.common.money import dutch_amount
from swv_portal.common.screens import Kolom, Tabel, maak_tabel
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.uploads import accept_table

#: A table of tariffs or of a begroting is small; the page has to carry it.
GROOTSTE = 200_000
EEN_UUR = 3600
VERLOPEN = Refusal("verlopen", "Dit is te lang geleden. Kies het bestand opnieuw.")


@dataclass(frozen=True)
class Voorbeeld:
    """What stands in a file that can be kept: a sentence, tables, and the file for the next step."""

    zin: str
    tabellen: list[Tabel]
    pakket: str = ""


def _inhoud(request: HttpRequest, veld: str) -> bytes | str | None:
    """The bytes of an uploaded file; a sentence when we do not take it in, ``None`` when it was not sent."""
    file = request.FILES.get(veld)
    if file is None:
        return None
    upload = accept_table(file, max_bytes=GROOTSTE, veld=veld)
    return upload.zin if isinstance(upload, Refusal) else upload.inhoud


def _salt(request: HttpRequest, soort: str) -> str:
    return f"financien.inlezen.{soort}.{request.user.pk}"


def _pak_in(request: HttpRequest, soort: str, gegevens: dict[str, Any]) -> str:
    packed = {
        key: base64.b64encode(value).decode() if isinstance(value, bytes) else value for key, value in gegevens.items()
    }
    return signing.dumps(packed, salt=_salt(request, soort), compress=True)


def _pak_uit(request: HttpRequest, soort: str) -> dict[str, Any] | None:
    try:
        return signing.loads(request.POST.get("pakket", ""), salt=_salt(request, soort), max_age=EEN_UUR)
    except signing.BadSignature:
        return None


def _bytes(value: str | None) -> bytes | None:
    return None if value is None else base64.b64decode(value)


def _toon(
    request: HttpRequest,
    sjabloon: dict[str, str],
    form: Any,
    voorbeeld: Voorbeeld | None,
    weigering: Refusal | None = None,
) -> HttpResponse:
    status = 422 if form.errors or weigering else 200
    context = {**sjabloon, "form": form, "voorbeeld": voorbeeld, "weigering": weigering}
    return render(request, "financien/inlezen.html", context, status=status)


# ---- tariffs ---------------------------------------------------------------------------------------------------------


def _tarieven_sjabloon() -> dict[str, str]:
    return {
        "titel": "Tarieven inlezen",
        "uitleg": "Een CSV- of Excel-bestand met de kolommen code, omschrijving, bedrag en eenheid.",
        "terug": reverse("financien:tarieven"),
    }


def _tarieven_tabel(rijen: list[Tariefrij]) -> Tabel:
    columns: list[Kolom | str] = ["Code", "Omschrijving", Kolom("Bedrag", getal=True), "Eenheid"]
    return maak_tabel(
        "Tarieven in het bestand",
        columns,
        [[rij.code, rij.omschrijving, notatie(rij.bedrag, rij.eenheid), rij.eenheid] for rij in rijen],
    )


@require_http_methods(["GET", "POST"])
@voor_rollen(*GELD)
def tarieven(request: HttpRequest) -> HttpResponse:
    """Choose a file with tariffs, see what stands in it, keep it."""
    if request.method == "POST" and "pakket" in request.POST:
        return _bewaar_tarieven(request)
    form = TarievenBestandForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _toon(request, _tarieven_sjabloon(), form, None)
    data = _inhoud(request, "bestand")
    rijen = lees_tarieven(data) if isinstance(data, bytes) else None
    if rijen is None or isinstance(rijen, Fouten):
        for zin in rijen.zinnen if rijen else [str(data)]:
            form.add_error("bestand", zin)
        return _toon(request, _tarieven_sjabloon(), form, None)
    clean = form.cleaned_data
    established = clean["vastgesteld"].isoformat() if clean["vastgesteld"] else None
    packet = {"bestand": data, "jaar": int(clean["jaar"]), "bron": clean["bron"], "vastgesteld": established}
    voorbeeld = Voorbeeld(
        f"{len(rijen)} tarieven voor {packet['jaar']}. Een tarief dat er al is, krijgt het nieuwe bedrag.",
        [_tarieven_tabel(rijen)],
        _pak_in(request, "tarieven", packet),
    )
    return _toon(request, _tarieven_sjabloon(), form, voorbeeld)


def _bewaar_tarieven(request: HttpRequest) -> HttpResponse:
    packet = _pak_uit(request, "tarieven")
    rijen = lees_tarieven(_bytes(packet["bestand"]) or b"") if packet else None
    if packet is None or rijen is None or isinstance(rijen, Fouten):
        return _toon(request, _tarieven_sjabloon(), TarievenBestandForm(), None, VERLOPEN)
    established = date.fromisoformat(packet["vastgesteld"]) if packet["vastgesteld"] else None
    outcome = bewaar_tarieven(
        actor=actor_van(request), jaar=packet["jaar"], rijen=rijen, bron=packet["bron"], vastgesteld=established
    )
    if isinstance(outcome, Refusal):
        return _toon(request, _tarieven_sjabloon(), TarievenBestandForm(), None, outcome)
    messages.success(request, f"{outcome.nieuw} tarieven zijn nieuw, {outcome.gewijzigd} zijn gewijzigd.")
    return redirect(f"{reverse('financien:tarieven')}?jaar={packet['jaar']}")


# ---- begroting -------------------------------------------------------------------------------------------------------


def _begroting_sjabloon() -> dict[str, str]:
    return {
        "titel": "Begroting inlezen",
        "uitleg": "Een CSV- of Excel-bestand met de kolommen soort, groep en post, en één kolom per jaar.",
        "terug": reverse("financien:begroting"),
    }


def _lees_beide(
    posten: bytes | str | None, totaal: bytes | str | None
) -> tuple[Begrotingsbestand, Totalenbestand | None] | list[tuple[str, str]]:
    """Both files, or what is wrong as (field, sentence)."""
    wrong: list[tuple[str, str]] = []
    found = lees_begroting(posten) if isinstance(posten, bytes) else None
    totals = lees_totalen(totaal) if isinstance(totaal, bytes) else None
    for field, raw, outcome in (("posten", posten, found), ("totalen", totaal, totals)):
        if isinstance(raw, str):
            wrong.append((field, raw))
        elif isinstance(outcome, Fouten):
            wrong += [(field, zin) for zin in outcome.zinnen]
    if wrong or not isinstance(found, Begrotingsbestand):
        return wrong or [("posten", "Kies een bestand.")]
    return found, totals if isinstance(totals, Totalenbestand) else None


def _begroting_voorbeeld(bestand: Begrotingsbestand, gepubliceerd: Totalenbestand | None, pakket: str) -> Voorbeeld:
    found = totalen(bestand.posten, bestand.jaren)
    columns: list[Kolom | str] = ["Totaal", *(Kolom(str(jaar), getal=True) for jaar in bestand.jaren)]
    rows = [[t.titel, *(dutch_amount(t.bedragen[jaar], 0) for jaar in bestand.jaren)] for t in found if t.niveau == 2]
    tables = [maak_tabel("Berekende totalen", columns, rows, kaarten=False)]
    text = f"{len(bestand.posten)} posten over {bestand.jaren[0]} tot en met {bestand.jaren[-1]}."
    if gepubliceerd is not None:
        count = len(vind_afwijkingen(bestand.posten, found, gepubliceerd.regels))
        text += f" {count} gepubliceerde bedragen volgen niet uit de posten; u ziet ze straks met een verklaring."
    return Voorbeeld(text, tables, pakket)


@require_http_methods(["GET", "POST"])
@voor_rollen(*GELD)
def begroting(request: HttpRequest) -> HttpResponse:
    """Choose the files of a begroting, see what stands in them, keep them."""
    if request.method == "POST" and "pakket" in request.POST:
        return _bewaar_begroting(request)
    form = BegrotingBestandForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _toon(request, _begroting_sjabloon(), form, None)
    posten, totaal = _inhoud(request, "posten"), _inhoud(request, "totalen")
    gelezen = _lees_beide(posten, totaal)
    if isinstance(gelezen, list):
        for field, zin in gelezen:
            form.add_error(field, zin)
        return _toon(request, _begroting_sjabloon(), form, None)
    clean = form.cleaned_data
    packet = {"posten": posten, "totalen": totaal, "naam": clean["naam"], "bron": clean["bron"]}
    voorbeeld = _begroting_voorbeeld(*gelezen, _pak_in(request, "begroting", packet))
    return _toon(request, _begroting_sjabloon(), form, voorbeeld)


def _bewaar_begroting(request: HttpRequest) -> HttpResponse:
    packet = _pak_uit(request, "begroting")
    gelezen = _lees_beide(_bytes(packet["posten"]), _bytes(packet["totalen"])) if packet else []
    if packet is None or isinstance(gelezen, list):
        return _toon(request, _begroting_sjabloon(), BegrotingBestandForm(), None, VERLOPEN)
    outcome = bewaar_begroting(
        actor=actor_van(request), bestand=gelezen[0], totalen=gelezen[1], naam=packet["naam"], bron=packet["bron"]
    )
    if isinstance(outcome, Refusal):
        return _toon(request, _begroting_sjabloon(), BegrotingBestandForm(), None, outcome)
    messages.success(request, f"'{outcome.naam}' is ingelezen.")
    return redirect("financien:begroting_detail", pk=outcome.pk)
