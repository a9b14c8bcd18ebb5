"""The results of a round as JSON and XLSX.

The JSON has the layout in which the evaluation of 2024-2025 was published, with ``null`` for what is hidden, and also
``n``, ``geen_antwoord`` and the mean over the shown groups per question.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from evaluatie.domain.uitkomsten import Aandeel, KeuzeUitkomst, ScoreUitkomst, Uitkomst
from evaluatie.queries import Resultaat
from swv_portal.common.tables import Blad, Opmaak, Uitkolom, Waarde, schrijf_xlsx


def _getal(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _percentages(shares: tuple[Aandeel, ...]) -> dict[str, float | None]:
    return {share.waarde: _getal(share.percentage) for share in shares if share.percentage is not None}


def _aantallen(shares: tuple[Aandeel, ...]) -> dict[str, int]:
    return {share.waarde: share.aantal for share in shares}


def _keuze(uitkomst: KeuzeUitkomst) -> dict[str, Any]:
    shares = uitkomst.verdeling
    return {
        "percentages": _percentages(shares) if shares is not None else None,
        "aantallen_afgeleid": _aantallen(shares) if shares is not None else None,
    }


def _score(uitkomst: ScoreUitkomst) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if uitkomst.vraag.verdeling:
        shares = uitkomst.verdeling
        found["percentages_van_alle_respondenten"] = _percentages(shares) if shares is not None else None
        found["aantallen_afgeleid"] = _aantallen(shares) if shares is not None else None
    found["gemiddelde_per_groep"] = {groep.groep: _getal(groep.gemiddelde) for groep in uitkomst.groepen}
    found["gemiddelde_getoonde_groepen"] = _getal(uitkomst.gemiddelde)
    return found


def _vraag(uitkomst: Uitkomst) -> dict[str, Any]:
    vraag = uitkomst.vraag
    is_score = isinstance(uitkomst, ScoreUitkomst)
    return {
        "soort": f"score {vraag.laagste}-{vraag.hoogste}" if is_score else "keuze",
        "tekst": vraag.tekst,
        **(_score(uitkomst) if isinstance(uitkomst, ScoreUitkomst) else _keuze(uitkomst)),
        "n": uitkomst.n,
        "geen_antwoord": uitkomst.geen_antwoord,
    }


def als_json(resultaat: Resultaat) -> str:
    """The published results as a JSON text (UTF-8, indented, ending in a newline)."""
    data = {
        "titel": resultaat.titel,
        "ronde": resultaat.code,
        "schooljaar": resultaat.schooljaar,
        "groepen": [{"naam": groep.naam, "respondenten": groep.respondenten} for groep in resultaat.groepen],
        "minimum_respondenten_gepubliceerd": (
            f"groepen met minder dan {resultaat.minimum} antwoorden op een vraag staan er als null in"
        ),
        "vragen": {uitkomst.vraag.code: _vraag(uitkomst) for uitkomst in resultaat.uitkomsten},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def als_xlsx(resultaat: Resultaat) -> bytes:
    """The published results as a workbook: groups, choices, means per group and distributions of scores."""
    choices = [item for item in resultaat.uitkomsten if isinstance(item, KeuzeUitkomst)]
    scores = [item for item in resultaat.uitkomsten if isinstance(item, ScoreUitkomst)]
    respondents, number = Uitkolom("Respondenten", Opmaak.GEHEEL), Uitkolom("Aantal", Opmaak.GEHEEL)
    share, mean = Uitkolom("Percentage", Opmaak.EEN_DECIMAAL), Uitkolom("Gemiddelde", Opmaak.EEN_DECIMAAL)
    share_of_all = Uitkolom("Percentage van alle respondenten", Opmaak.EEN_DECIMAAL)
    answered, left_open = Uitkolom("Antwoorden", Opmaak.GEHEEL), Uitkolom("Geen antwoord", Opmaak.GEHEEL)
    sheets: list[tuple[str, list[Uitkolom | str], Sequence[Sequence[Waarde]]]] = [
        ("Groepen", ["Groep", respondents], [(groep.naam, groep.respondenten) for groep in resultaat.groepen]),
        (
            "Vragen",
            ["Vraag", "Soort", answered, left_open],
            [(u.vraag.tekst, str(u.vraag.soort), u.n, u.geen_antwoord) for u in resultaat.uitkomsten],
        ),
        ("Keuzevragen", ["Vraag", "Antwoord", number, share], _verdelingsrijen(choices)),
        (
            "Scores per groep",
            ["Vraag", "Groep", respondents, mean, "Opmerking"],
            [row for uitkomst in scores for row in _scorerijen(uitkomst)],
        ),
        ("Verdeling scores", ["Vraag", "Score", number, share_of_all], _verdelingsrijen(scores)),
    ]
    return schrijf_xlsx(
        [
            Blad(naam, kolommen, rijen, resultaat.titel, "antwoorden op de vragenlijst", resultaat.gesloten_op)
            for naam, kolommen, rijen in sheets
        ]
    )


def _verdelingsrijen(uitkomsten: Sequence[Uitkomst]) -> list[tuple[Waarde, ...]]:
    return [
        (uitkomst.vraag.tekst, share.label, share.aantal, share.percentage)
        for uitkomst in uitkomsten
        for share in uitkomst.verdeling or ()
    ]


def _scorerijen(uitkomst: ScoreUitkomst) -> list[tuple[str, str, int, Decimal | None, str]]:
    rows = [
        (
            uitkomst.vraag.tekst,
            groep.groep,
            groep.respondenten,
            groep.gemiddelde,
            "" if groep.gemiddelde is not None else "te weinig antwoorden",
        )
        for groep in uitkomst.groepen
    ]
    if uitkomst.gemiddelde is not None:
        total = uitkomst.respondenten_getoond
        rows.append((uitkomst.vraag.tekst, "Getoonde groepen samen", total, uitkomst.gemiddelde, ""))
    return rows
