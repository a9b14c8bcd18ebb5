"""``manage.py importeer plaatsingen|swv-gebieden <bestand>`` and ``manage.py exporteer thuiszitters|tlv``."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.utils import timezone

from ondersteuning.queries.kwartaalrapport import thuiszitters
from ondersteuning.reports import thuiszitters_json
from ondersteuning.reports.tlvexport import tlvs_csv, tlvs_xlsx
from ondersteuning.services.plaatsingen import importeer_plaatsingen
from ondersteuning.services.swv_gebieden import importeer_swv_gebieden
from ondersteuning.services.tlvexport import exporteer_tlvs
from swv_portal.access.actors import Actor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.tables import Fout, Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER, Exporteur, Importeur, Opties, Verslag


def _importeer(bestand: Path, _opties: Opties) -> Verslag | Fouten:
    answer = importeer_plaatsingen(actor=Actor(bereik=BEHEER, label="beheer"), bron=bestand)
    if isinstance(answer, Refusal):
        return Fouten((Fout(None, None, answer.zin),))
    if isinstance(answer, Fouten):
        return answer
    return Verslag((*answer.regels, *((answer.waarschuwing,) if answer.waarschuwing else ())))


PLAATSINGEN = Importeur("plaatsingen", "Plaatsingen van leerlingen en wie ze betaalt", _importeer)


def _importeer_gebieden(bestand: Path, _opties: Opties) -> Verslag | Fouten:
    actor = Actor(bereik=BEHEER, label="beheer")
    answer = importeer_swv_gebieden(actor=actor, bron=bestand, vandaag=timezone.localdate())
    if isinstance(answer, Refusal):
        return Fouten((Fout(None, None, answer.zin),))
    return answer if isinstance(answer, Fouten) else Verslag(answer.regels)


SWV_GEBIEDEN = Importeur("swv-gebieden", "Welke postcode bij welk samenwerkingsverband hoort", _importeer_gebieden)


def _thuiszitters_opties(parser: ArgumentParser) -> None:
    parser.add_argument("--peildatum", required=True, help="de dag waarop geteld wordt, als 2025-01-31")


def _exporteer_thuiszitters(opties: Opties) -> str | Fouten:
    try:
        day = date.fromisoformat(opties["peildatum"])
    except ValueError:
        text = f"'{opties['peildatum']}' is geen datum. Schrijf de peildatum als 2025-01-31."
        return Fouten((Fout(None, None, text),))
    return thuiszitters_json(day, thuiszitters(BEHEER, day))


THUISZITTERS = Exporteur(
    "thuiszitters",
    "Thuiszitters op een dag, zonder namen",
    ("json",),
    _exporteer_thuiszitters,
    _thuiszitters_opties,
)


def _tlv_opties(parser: ArgumentParser) -> None:
    parser.add_argument("--schooljaar", required=True, help="het schooljaar van de besluiten, als 2024-2025")
    parser.add_argument(
        "--met-namen", action="store_true", help="ook de naam van de leerling; dit komt in de tijdlijn van elk dossier"
    )
    parser.add_argument(
        "--notatie", choices=["machine", "nl"], default="machine", help="csv: datums als 2025-01-31 of als 31-01-2025"
    )


def _exporteer_tlv(opties: Opties) -> bytes | Fouten:
    try:
        year = Schooljaar.lees(opties["schooljaar"])
    except ValueError as error:
        return Fouten((Fout(None, None, str(error)),))
    named = bool(opties["met_namen"])
    rows = exporteer_tlvs(actor=Actor(bereik=BEHEER, label="de opdrachtregel"), jaar=year, met_namen=named)
    if opties["formaat"] == "xlsx":
        return tlvs_xlsx(rows, year, met_namen=named)
    return tlvs_csv(rows, met_namen=named, notatie=opties["notatie"])


TLVS = Exporteur("tlv", "TLV's van een schooljaar", ("csv", "xlsx"), _exporteer_tlv, _tlv_opties)
