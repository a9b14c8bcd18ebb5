"""The figures of a school year as screen parts, PDF report and spreadsheet: all from one ``Cijfers``."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ondersteuning.domain.rollen import CIJFERLEZERS
from ondersteuning.domain.statistiek import MINIMUM
from ondersteuning.queries.statistiek import Cijfers, Overzicht, cijfers, jaren
from swv_portal.common.charts import staafdiagram
from swv_portal.common.dates import datum
from swv_portal.common.money import dutch_number
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Grafiek, Kolom, Tabel, maak_tabel
from swv_portal.common.tables import Blad, Opmaak, Uitkolom, Waarde, schrijf_xlsx
from swv_portal.jobs.registry import Permanent, Report

CIJFERRAPPORT = "ondersteuning.cijfers"
VERBORGEN = "verborgen"
BRON = "besluiten en plaatsingen in het portaal"
UITLEG = (
    f"Een aantal onder {MINIMUM} is verborgen, en soms ook een groter aantal waaruit het af te leiden is. "
    "U leest schooljaren die voorbij zijn."
)


@dataclass(frozen=True)
class Cijferbeeld:
    """Feeds the screen and ``reports/ondersteuning_cijfers.html``."""

    cijfers: Cijfers
    conclusie: str
    uitleg: str
    grafiek: Grafiek | None
    tabellen: tuple[Tabel, ...]
    overig: Tabel


def getal(aantal: int | None) -> str:
    return VERBORGEN if aantal is None else dutch_number(aantal)


def cijferbeeld(found: Cijfers) -> Cijferbeeld:
    """The figures as people read them."""
    return Cijferbeeld(
        cijfers=found,
        conclusie=conclusie(found),
        uitleg=UITLEG if found.van_buiten else "",
        grafiek=_grafiek(found),
        tabellen=tuple(_tabel(table, found.totaal) for table in found.overzichten),
        overig=maak_tabel(
            "Terugkeer en grensverkeer",
            ["Wat", Kolom("Aantal", getal=True)],
            [[row.label, getal(row.aantal)] for row in found.overig],
            toon_titel=True,
        ),
    )


def conclusie(found: Cijfers) -> str:
    """In a sentence or two what the figures say."""
    if found.totaal is None:
        return f"Er zijn in {found.schooljaar} minder dan {MINIMUM} TLV's afgegeven."
    many = "Er is 1 TLV" if found.totaal == 1 else f"Er zijn {dutch_number(found.totaal)} TLV's"
    text = f"{many} afgegeven in {found.schooljaar}."
    if found.dagen_mediaan is None or found.dagen_90 is None:
        return text
    half = dutch_number(found.dagen_mediaan, 0 if found.dagen_mediaan == int(found.dagen_mediaan) else 1)
    return f"{text} De helft van de besluiten kwam binnen {half} dagen, 90% binnen {found.dagen_90} dagen."


def _tabel(table: Overzicht, totaal: int | None) -> Tabel:
    return maak_tabel(
        table.titel,
        [table.kolom, Kolom("TLV's", getal=True)],
        [[row.label, getal(row.aantal)] for row in table.regels],
        totaal=["Totaal", getal(totaal)],
        toon_titel=True,
        leeg="Er is geen TLV afgegeven.",
    )


def _grafiek(found: Cijfers) -> Grafiek | None:
    """The TLV's by category; what is hidden has no bar, and without a bar there is no chart."""
    table = next(each for each in found.overzichten if each.kolom == "Categorie")
    title = f"TLV's per categorie, {found.schooljaar}"
    rows = [(row.label, Decimal(row.aantal)) for row in table.regels if row.aantal is not None]
    if not any(number for _, number in rows):
        return None
    text = "; ".join(f"{row.label}: {getal(row.aantal)}" for row in table.regels)
    return Grafiek(
        titel=title,
        svg=staafdiagram(title, text, rows),
        kop=(table.kolom, "TLV's"),
        rijen=[(row.label, getal(row.aantal)) for row in table.regels],
        bron=f"{BRON}, {datum(found.peildatum)}",
    )


def bouw_cijfers(bereik: Bereik, params: dict[str, Any]) -> Cijferbeeld:
    """For the report registry: ``params["schooljaar"]`` is a year that this person reads, as 2024-2025."""
    today = timezone.localdate()
    chosen = next((year for year in jaren(bereik, today) if str(year) == params["schooljaar"]), None)
    if chosen is None or not bereik.heeft(*CIJFERLEZERS):
        raise Permanent("De cijfers van dit schooljaar zijn er niet, of u kunt ze niet zien.")
    return cijferbeeld(cijfers(bereik, chosen, today))


def bestandsnaam(beeld: Cijferbeeld) -> str:
    return beeld.cijfers.bestandsnaam


RAPPORT = Report(
    CIJFERRAPPORT, "TLV's in een schooljaar", "reports/ondersteuning_cijfers.html", bouw_cijfers, bestandsnaam
)


def cijfers_xlsx(found: Cijfers) -> bytes:
    """A sheet with every figure, and one per table; a hidden figure is an empty cell with the reason beside it."""
    number = Uitkolom("Aantal", Opmaak.GEHEEL)
    days: list[list[Waarde]] = [
        ["TLV's", found.totaal, _reden(found.totaal)],
        ["Dagen tot het besluit, mediaan", found.dagen_mediaan, ""],
        ["Dagen tot het besluit, 90%", found.dagen_90, ""],
    ]
    days += [[row.label, row.aantal, _reden(row.aantal)] for row in found.overig]
    sheets: list[tuple[str, Sequence[Uitkolom | str], list[list[Waarde]]]] = [
        ("In het kort", ["Wat", number, "Opmerking"], days)
    ]
    for table in found.overzichten:
        rows: list[list[Waarde]] = [[row.label, row.aantal, _reden(row.aantal)] for row in table.regels]
        sheets.append((table.titel, [table.kolom, number, "Opmerking"], rows))
    title = f"TLV's in {found.schooljaar}"
    return schrijf_xlsx([Blad(name, columns, rows, title, BRON, found.peildatum) for name, columns, rows in sheets])


def _reden(aantal: int | None) -> str:
    return VERBORGEN if aantal is None else ""
