"""Example rounds of the kern evaluation: the published one of 2024-2025, an earlier one, and one that is open.

``data/enquete_kernen_2024_2025.csv`` holds 53 reconstructed answers that give exactly the published results; the
answers of the earlier round are made up.  Both go the way of every import.
"""

import random
from datetime import date, timedelta
from pathlib import Path

from evaluatie.domain.ronde import OPEN
from evaluatie.domain.vragenlijst import KERNEVALUATIE, Vraag, Vraagsoort
from evaluatie.models import Ronde
from evaluatie.services.antwoorden import Inleesverslag, Inleesverzoek, lees_in
from evaluatie.services.vragenlijsten import zorg_voor_vragenlijst
from swv_portal.access.actors import Actor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.tables import schrijf_csv
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER
from swv_portal.local.voorbeeld.context import Context

BESTAND = Path(__file__).parent / "data" / "enquete_kernen_2024_2025.csv"
#: Respondents per group of the made-up round.
EERDER = {
    "Beverwijk+": 6,
    "Beverwijk": 5,
    "Castricum, Limmen, Akersloot": 7,
    "Heemskerk Noord": 6,
    "Heemskerk Zuid": 4,
    "IJmuiden 1 en 2": 6,
    "Santpoort/Driehuis": 5,
    "Uitgeest": 3,
    "Velserbroek": 2,
    "Consulenten SWV": 6,
}
BEHEER_ACTOR = Actor(bereik=BEHEER, label="voorbeeldgegevens")


def laad(ctx: Context) -> None:
    """Read in two closed rounds and open the one of the school year in which ``ctx.vandaag`` falls."""
    _lees_in("kernen-2023-2024", 2023, _verzonnen(ctx.rng), date(2024, 6, 14))
    _lees_in("kernen-2024-2025", 2024, BESTAND.read_bytes(), date(2025, 6, 13))
    year = Schooljaar.van(ctx.vandaag)
    questionnaire = zorg_voor_vragenlijst(code=KERNEVALUATIE.code)
    if isinstance(questionnaire, Refusal):
        raise RuntimeError(questionnaire.zin)
    if year.begin > 2024:
        Ronde.objects.create(
            code=f"kernen-{year}",
            titel=_titel(year.begin),
            schooljaar=year.begin,
            vragenlijst=questionnaire,
            staat=OPEN,
            sluit_op=ctx.vandaag + timedelta(days=9),
        )


def _titel(jaar: int) -> str:
    return f"Evaluatie werken in kernen {Schooljaar(jaar)}"


def _lees_in(code: str, jaar: int, inhoud: bytes, dag: date) -> None:
    result = lees_in(
        actor=BEHEER_ACTOR,
        bron=inhoud,
        verzoek=Inleesverzoek(code, titel=_titel(jaar), schooljaar=jaar, vervang=True),
        vandaag=dag,
    )
    if not isinstance(result, Inleesverslag):
        raise RuntimeError(f"example data is refused: {result}")


def _verzonnen(rng: random.Random) -> bytes:
    """Answers of nobody: somewhat lower than a year later, and now and then left open."""
    header = ["kern", *(vraag.code for vraag in KERNEVALUATIE.vragen)]
    rows = [
        [groep, *(_antwoord(rng, vraag) for vraag in KERNEVALUATIE.vragen)]
        for groep, count in EERDER.items()
        for _ in range(count)
    ]
    return schrijf_csv(header, rows)


def _antwoord(rng: random.Random, vraag: Vraag) -> str | None:
    if rng.random() < 0.04:
        return None
    if vraag.soort is Vraagsoort.SCORE:
        return str(rng.choice((1, 2, 2, 3, 3, 3, 4, 5)))
    return rng.choice(vraag.opties).waarde
