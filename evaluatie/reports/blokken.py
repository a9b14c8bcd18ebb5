"""One question as it is shown: conclusion, chart, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluatie.domain.uitkomsten import Aandeel, KeuzeUitkomst, ScoreUitkomst, Uitkomst
from evaluatie.domain.zinnen import cijfer, conclusie, opsomming, procent
from evaluatie.queries import Resultaat
from swv_portal.common.charts import TE_WEINIG, staafdiagram
from swv_portal.common.money import dutch_number
from swv_portal.common.screens import Grafiek, Kolom, Tabel, maak_tabel


@dataclass(frozen=True)
class Blok:
    """``zinnen``: the conclusion.  ``grafieken``: none when there is nothing that may be shown."""

    code: str
    nummer: int
    titel: str
    zinnen: tuple[str, ...]
    grafieken: tuple[Grafiek, ...]


def _aantal(number: int) -> str:
    return dutch_number(number)


def _bron(resultaat: Resultaat, over: str) -> str:
    day = f", gesloten op {resultaat.gesloten_op:%d-%m-%Y}" if resultaat.gesloten_op else ""
    return f"{resultaat.titel}{day}. {over}"


def _verdeling(titel: str, shares: Sequence[Aandeel], bron: str, labels: str, kleur: int) -> Grafiek:
    printed = [share for share in shares if share.percentage is not None]
    says = "; ".join(f"{share.label}: {procent(share.percentage)}" for share in printed)
    svg = staafdiagram(titel, f"{says}.", [(share.label, share.percentage) for share in printed], "%", 100, kleur)
    rows = [(share.label, _aantal(share.aantal), procent(share.percentage)) for share in shares]
    return Grafiek(titel, svg, (labels, "Aantal", "Percentage"), rows, bron=bron)


def _gemiddelden(titel: str, uitkomst: ScoreUitkomst, bron: str) -> Grafiek:
    says = "; ".join(
        f"{groep.groep}: {cijfer(groep.gemiddelde) if groep.gemiddelde is not None else TE_WEINIG}"
        for groep in uitkomst.groepen
    )
    bars = [(groep.groep, groep.gemiddelde) for groep in uitkomst.groepen]
    svg = staafdiagram(titel, f"{says}.", bars, "", uitkomst.vraag.hoogste)
    rows = [
        (
            groep.groep,
            cijfer(groep.gemiddelde) if groep.gemiddelde is not None else TE_WEINIG,
            _aantal(groep.respondenten),
        )
        for groep in uitkomst.groepen
    ]
    if uitkomst.gemiddelde is not None:
        rows.append(("Getoonde groepen samen", cijfer(uitkomst.gemiddelde), _aantal(uitkomst.respondenten_getoond)))
    return Grafiek(titel, svg, ("Groep", "Gemiddelde", "Respondenten"), rows, bron=bron)


def _keuzegrafieken(uitkomst: KeuzeUitkomst, resultaat: Resultaat, nummer: int) -> list[Grafiek]:
    if uitkomst.verdeling is None:
        return []
    counted = opsomming([f"'{share.label}'" for share in uitkomst.verdeling if share.percentage is None])
    only = f" {counted} staat alleen als aantal in de tabel." if counted else ""
    source = _bron(resultaat, f"Percentages van de {_aantal(uitkomst.n)} die antwoord gaven.{only}")
    return [_verdeling(f"Antwoorden op vraag {nummer}", uitkomst.verdeling, source, "Antwoord", 0)]


def _scoregrafieken(uitkomst: ScoreUitkomst, resultaat: Resultaat, nummer: int) -> list[Grafiek]:
    scale = f"Schaal van {uitkomst.vraag.laagste} tot {uitkomst.vraag.hoogste}."
    charts = []
    if uitkomst.getoond:
        charts.append(_gemiddelden(f"Gemiddelde per groep, vraag {nummer}", uitkomst, _bron(resultaat, scale)))
    if uitkomst.verdeling is not None:
        source = _bron(resultaat, f"Percentages van alle {_aantal(resultaat.respondenten)} respondenten.")
        title = f"Hoe vaak elke score is gegeven, vraag {nummer}"
        charts.append(_verdeling(title, uitkomst.verdeling, source, "Score", 1))
    return charts


def blokken(resultaat: Resultaat, vraag: str = "") -> tuple[Blok, ...]:
    """Conclusion, charts and tables of every question, or only of the one with code ``vraag`` when there is such."""
    numbered = list(enumerate(resultaat.uitkomsten, start=1))
    chosen = [(number, found) for number, found in numbered if found.vraag.code == vraag] or numbered
    return tuple(_blok(found, resultaat, number) for number, found in chosen)


def _blok(uitkomst: Uitkomst, resultaat: Resultaat, nummer: int) -> Blok:
    if isinstance(uitkomst, ScoreUitkomst):
        charts = _scoregrafieken(uitkomst, resultaat, nummer)
    else:
        charts = _keuzegrafieken(uitkomst, resultaat, nummer)
    return Blok(uitkomst.vraag.code, nummer, uitkomst.vraag.tekst, tuple(conclusie(uitkomst)), tuple(charts))


def groepentabel(resultaat: Resultaat) -> Tabel:
    """How many handed in the questionnaire, per group."""
    rows = [(groep.naam, _aantal(groep.respondenten)) for groep in resultaat.groepen]
    return maak_tabel(
        "Respondenten per groep",
        ["Groep", Kolom("Aantal", getal=True)],
        rows,
        leeg="Er zijn nog geen antwoorden.",
        totaal=("Samen", _aantal(resultaat.respondenten)),
        toon_titel=True,
        kaarten=False,
    )
