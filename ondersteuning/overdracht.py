"""``manage.py importeer plaatsingen <bestand>``: the import of the screen, at the command line."""

from pathlib import Path

from ondersteuning.services.plaatsingen import importeer_plaatsingen
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
