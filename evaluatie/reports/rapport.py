"""The PDF report of a round."""

from dataclasses import dataclass
from typing import Any

from evaluatie.models import Ronde
from evaluatie.queries import Resultaat, resultaat
from evaluatie.reports.blokken import Blok, blokken, groepentabel
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Tabel
from swv_portal.jobs.registry import Permanent, Report

RAPPORT = "evaluatie.ronde"


@dataclass(frozen=True)
class Ronderapport:
    """What the template of the report prints."""

    resultaat: Resultaat
    blokken: tuple[Blok, ...]
    groepen: Tabel

    @property
    def in_het_kort(self) -> list[str]:
        """The first sentence of every conclusion, with the number of its question."""
        return [
            f"Vraag {blok.nummer}. {'' if uitkomst.vraag.over else f'{blok.titel} '}{blok.zinnen[0]}"
            for blok, uitkomst in zip(self.blokken, self.resultaat.uitkomsten, strict=True)
        ]


def maak_rapport(bereik: Bereik, params: dict[str, Any]) -> Ronderapport:
    """``params``: ``ronde``, the code of a round within ``bereik``; otherwise ``Permanent``."""
    ronde = Ronde.objects.visible_to(bereik).filter(code=params["ronde"]).first()
    if ronde is None:
        raise Permanent("Deze ronde is er niet, of u kunt de uitkomsten niet zien.")
    found = resultaat(ronde)
    return Ronderapport(found, blokken(found), groepentabel(found))


def _naam(rapport: Ronderapport) -> str:
    return f"uitkomsten {rapport.resultaat.code}"


RONDERAPPORT = Report(RAPPORT, "Uitkomsten van een vragenlijst", "reports/evaluatie_ronde.html", maak_rapport, _naam)
