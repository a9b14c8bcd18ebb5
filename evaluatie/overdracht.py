"""``manage.py importeer enquete`` and ``manage.py exporteer enquete``."""

from argparse import ArgumentParser
from pathlib import Path

from django.utils import timezone

from evaluatie.domain.vragenlijst import KERNEVALUATIE, VRAGENLIJSTEN
from evaluatie.models import Ronde
from evaluatie.queries import resultaat
from evaluatie.reports import RAPPORT, als_json, als_xlsx
from evaluatie.services.antwoorden import Inleesverslag, Inleesverzoek, bekende_rondes, lees_in
from swv_portal.access.actors import Actor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_count
from swv_portal.common.tables import Fout, Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER, Exporteur, Importeur, Opties, Verslag
from swv_portal.jobs.services.reports import render_report

GEPUBLICEERD = (
    "De ronde is gesloten en gepubliceerd: voorzitters, IB'ers, scholen en besturen zien de uitkomsten nu. "
    "Met --open blijft een ronde open."
)
OPEN_GELATEN = "De ronde is open: alleen het samenwerkingsverband ziet de uitkomsten."


def _import_opties(parser: ArgumentParser) -> None:
    parser.add_argument("--ronde", required=True, help="de code van de ronde, bijvoorbeeld kernen-2024-2025")
    parser.add_argument("--titel", default="", help="de titel van de ronde")
    parser.add_argument("--schooljaar", default="", help="bijvoorbeeld 2024-2025")
    parser.add_argument("--vragenlijst", default=KERNEVALUATIE.code, choices=sorted(VRAGENLIJSTEN))
    parser.add_argument(
        "--vervang",
        action="store_true",
        help="vervang de antwoorden die de ronde al heeft. Zijn de uitkomsten al gepubliceerd, dan blijft de ronde met "
        "andere antwoorden open",
    )
    parser.add_argument("--nieuw", action="store_true", help="de ronde is nieuw, ook als de code op een andere lijkt")
    parser.add_argument(
        "--open",
        action="store_true",
        help="laat de ronde open. Zonder --open wordt de ronde gesloten en zijn de uitkomsten meteen gepubliceerd",
    )
    parser.epilog = (
        "Let op: zonder --open worden de uitkomsten meteen gepubliceerd. Voorzitters, IB'ers, scholen en besturen zien "
        "ze dan. Andere antwoorden kunt u daarna niet meer publiceren. Een ronde die er nog niet is, wordt gemaakt."
    )


def _fout(zin: str) -> Fouten:
    return Fouten((Fout(None, None, zin),))


def _importeer(bestand: Path, opties: Opties) -> Verslag | Fouten:
    try:
        year = Schooljaar.lees(opties["schooljaar"]).begin if opties["schooljaar"] else None
    except ValueError as error:
        return _fout(str(error))
    result = lees_in(
        actor=Actor(bereik=BEHEER, label="de opdrachtregel"),
        bron=bestand,
        verzoek=Inleesverzoek(
            opties["ronde"],
            opties["titel"],
            year,
            opties["vragenlijst"],
            opties["vervang"],
            not opties["open"],
            opties["nieuw"],
        ),
        vandaag=timezone.localdate(),
    )
    if isinstance(result, Refusal):
        return _fout(result.zin)
    return result if isinstance(result, Fouten) else Verslag(tuple(_regels(opties["ronde"], result)))


def _regels(code: str, verslag: Inleesverslag) -> list[str]:
    read = verslag.ingelezen
    people = dutch_count(read.respondenten, "respondent", "respondenten")
    groups = dutch_count(len(read.groepen), "groep", "groepen")
    answers = dutch_count(read.antwoorden, "antwoord", "antwoorden")
    lines = [f"Ronde {code}: {people} in {groups}, {answers}."]
    if verslag.is_nieuw:
        known = f" {bekende_rondes(verslag.andere_rondes)}" if verslag.andere_rondes else ""
        lines.append(f"Deze ronde was er nog niet en is gemaakt.{known}")
    if verslag.vervangen:
        lines.append(
            f"De antwoorden van {dutch_count(verslag.vervangen, 'respondent', 'respondenten')} zijn vervangen."
        )
    lines.append(GEPUBLICEERD if verslag.gepubliceerd else OPEN_GELATEN)
    if verslag.niet_publiceren:
        lines.append(verslag.niet_publiceren)
    return [*lines, verslag.over_groepen] if verslag.over_groepen else lines


def _export_opties(parser: ArgumentParser) -> None:
    parser.add_argument("--ronde", required=True, help="de code van de ronde")


def _exporteer(opties: Opties) -> bytes | str | Fouten:
    code = opties["ronde"]
    ronde = Ronde.objects.visible_to(BEHEER).filter(code=code).first()
    if ronde is None:
        return _fout(f"Er is geen ronde met de code '{code}'.")
    if opties["formaat"] == "pdf":
        return render_report(RAPPORT, BEHEER, {"ronde": code})[1]
    found = resultaat(ronde)
    return als_xlsx(found) if opties["formaat"] == "xlsx" else als_json(found)


IMPORTEUR = Importeur("enquete", "Antwoorden op een vragenlijst", _importeer, _import_opties)
EXPORTEUR = Exporteur("enquete", "Uitkomsten van een vragenlijst", ("json", "xlsx", "pdf"), _exporteer, _export_opties)
