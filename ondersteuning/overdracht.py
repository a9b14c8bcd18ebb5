"""``manage.py importeer plaatsingen|swv-gebieden <bestand>``: the imports at the command line."""

from pathlib import Path

from django.utils import timezone

from ondersteuning.services.plaatsingen import importeer_plaatsingen
from ondersteuning.services.swv_gebieden import importeer_swv_gebieden
from swv_portal.access.actors import Actor
from swv_portal.common.tables import Fout, Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER, Importeur, Opties, Verslag


def _importeer(bestand: Path, _opties: Opties) -> Verslag | Fouten:
    answer = importeer_plaatsingen(actor=Actor(bereik=BEHEER, label="beheer"), bron=bestand)
    if isinstance(answer, Refusal):
        return Fouten((Fout(None, None, answer.zin),))
    return answer if isinstance(answer, Fouten) else Verslag(answer.regels)


PLAATSINGEN = Importeur("plaatsingen", "Plaatsingen van leerlingen en wie ze betaalt", _importeer)


def _importeer_gebieden(bestand: Path, _opties: Opties) -> Verslag | Fouten:
    actor = Actor(bereik=BEHEER, label="beheer")
    answer = importeer_swv_gebieden(actor=actor, bron=bestand, vandaag=timezone.localdate())
    if isinstance(answer, Refusal):
        return Fouten((Fout(None, None, answer.zin),))
    return answer if isinstance(answer, Fouten) else Verslag(answer.regels)


SWV_GEBIEDEN = Importeur("swv-gebieden", "Welke postcode bij welk samenwerkingsverband hoort", _importeer_gebieden)
