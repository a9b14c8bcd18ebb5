"""The figures about absence for the inspectie, as a report, a workbook and JSON."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from ondersteuning.domain.aanwezigheid import DEFINITIES
from ondersteuning.queries.kwartaalrapport import TE_KLEIN, Kwartaalcijfers, Thuiszitter, kwartaalcijfers
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.tables import Blad, Opmaak, Uitkolom, schrijf_xlsx
from swv_portal.jobs.registry import Permanent, Report

#: The figures about absence for the inspectie: always as somebody outside the SWV may see them.
THUISZITTERS = "ondersteuning.thuiszitters"


def maak_thuiszitterscijfers(bereik: Bereik, params: dict[str, Any]) -> Kwartaalcijfers:
    """``params``: ``peildatum`` (``2026-10-01``).  ``Permanent`` for who does not handle dossiers of the SWV."""
    if not bereik.heeft(*SWV_DOSSIER):
        raise Permanent("Alleen het samenwerkingsverband maakt dit rapport.")
    return kwartaalcijfers(bereik, date.fromisoformat(params["peildatum"]), buiten=True)


def _thuiszittersnaam(cijfers: Kwartaalcijfers) -> str:
    return f"thuiszitters {cijfers.peildatum.isoformat()}"


THUISZITTERSRAPPORT = Report(
    THUISZITTERS,
    "Thuiszitters: aantallen zonder namen",
    "reports/ondersteuning_thuiszitters.html",
    maak_thuiszitterscijfers,
    _thuiszittersnaam,
)


def thuiszitters_xlsx(cijfers: Kwartaalcijfers) -> bytes:
    """The figures as a workbook with one sheet; what is kept back says so in words."""
    rows: list[tuple[str | int, ...]] = []
    for title, lines in (("Alle leerlingen", (cijfers.totaal,)), *((t.titel, t.rijen) for t in cijfers.tabellen)):
        rows += [
            (title, line.label, *(TE_KLEIN if number is None else number for number in line.aantallen))
            for line in lines
        ]
    columns: list[Uitkolom | str] = [
        "Verdeeld naar",
        "Klasse",
        *(Uitkolom(name, Opmaak.GEHEEL) for name in cijfers.definities),
    ]
    source = "meldingen van aanwezigheid in het portaal"
    return schrijf_xlsx([Blad("Thuiszitters", columns, rows, "Thuiszitters", source, cijfers.peildatum)])


def thuiszitters_json(peildatum: date, rijen: Sequence[Thuiszitter]) -> str:
    """Everybody who counts on ``peildatum``, without names (layout: docs/bestanden.md)."""
    data = {
        "peildatum": peildatum.isoformat(),
        "definities": {name: sum(row.definities[name] for row in rijen) for name in DEFINITIES},
        "thuiszitters": [
            {
                "kenmerk": row.kenmerk,
                "school": row.school,
                "eerste_dag": row.eerste_dag.isoformat(),
                "weken": row.weken,
                "oorzaak": row.oorzaak,
                **row.definities,
            }
            for row in rijen
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
