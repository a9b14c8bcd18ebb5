"""The PDF report of a round."""

from dataclasses import dataclass
from typing import Any

from evaluatie.models import Ronde
from evaluatie.queries import Resultaat, resultaat
from evaluatie.reports.blokken import Blok, blok, groepentabel
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
    def verborgen(self) -> list[str]:
        """The groups that are too small for any question, by name."""
        return [groep.naam for groep in self.resultaat.groepen if groep.respondenten < self.resultaat.minimum]


def maak_rapport(bereik: Bereik, params: dict[str, Any]) -> Ronderapport:
    """``params``: ``ronde``, the code of a round within ``bereik``; otherwise ``Permanent``."""
    ronde = Ronde.objects.visible_to(bereik).filter(code=params["ronde"]).first()
    if ronde is None:
        raise Permanent("Deze ronde is er niet, of u kunt de uitkomsten niet zien.")
    found = resultaat(ronde)
    return Ronderapport(found, tuple(blok(uitkomst, found) for uitkomst in found.uitkomsten), groepentabel(found))


def _naam(rapport: Ronderapport) -> str:
    return f"uitkomsten {rapport.resultaat.code}"


RONDERAPPORT = Report(RAPPORT, "Uitkomsten van een vragenlijst", "reports/evaluatie_ronde.html", maak_rapport, _naam)
