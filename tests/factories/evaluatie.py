"""Rows of evaluatie for tests."""

from collections.abc import Mapping, Sequence
from datetime import date

from evaluatie.domain.vragenlijst import KERNEVALUATIE, Vraagsoort
from evaluatie.models import Ronde
from evaluatie.services.antwoorden import Inleesverslag, Inleesverzoek, lees_in
from swv_portal.access.actors import Actor
from swv_portal.common.tables import schrijf_csv
from swv_portal.jobs.overdracht import BEHEER

CODES = [vraag.code for vraag in KERNEVALUATIE.vragen]
BEHEERDER = Actor(bereik=BEHEER, label="test")


def antwoorden(groepen: Mapping[str, int], score: int = 4, **anders: str | None) -> bytes:
    """A file in which everybody answers the same; ``anders`` gives another answer to a question by its code."""
    first = {
        vraag.code: str(score) if vraag.soort is Vraagsoort.SCORE else vraag.opties[0].waarde
        for vraag in KERNEVALUATIE.vragen
    } | anders
    rows = [[naam, *(first[code] for code in CODES)] for naam, aantal in groepen.items() for _ in range(aantal)]
    return schrijf_csv(["kern", *CODES], rows)


def bestand(rijen: Sequence[Sequence[str | None]]) -> bytes:
    """A file with these rows: the group, then the answers in the order of the questionnaire."""
    return schrijf_csv(["kern", *CODES], rijen)


def maak_ronde(
    code: str = "kernen-2024-2025",
    inhoud: bytes | None = None,
    *,
    titel: str = "Evaluatie van de kernen",
    publiceer: bool = True,
) -> Ronde:
    """A round with answers, by the service that reads them in."""
    data = inhoud if inhoud is not None else antwoorden({"Noord": 6, "Zuid": 7, "Klein": 2})
    result = lees_in(
        actor=BEHEERDER,
        bron=data,
        verzoek=Inleesverzoek(code, titel, 2024, publiceer=publiceer),
        vandaag=date(2025, 6, 13),
    )
    assert isinstance(result, Inleesverslag), result
    return Ronde.objects.get(pk=result.ronde_pk)
