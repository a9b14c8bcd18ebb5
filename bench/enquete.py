"""The results of a survey at a million answers against a bare GROUP BY, and the whole page at 5,000 respondents."""

import random
from collections import Counter
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path, reverse

from bench import _web
from bench._pair import Outcome, Side, compare, report
from evaluatie.domain.ronde import GESLOTEN
from evaluatie.domain.vragenlijst import KERNEVALUATIE
from evaluatie.importers import Ingelezen, schrijf_antwoorden
from evaluatie.models import Groep, Ronde
from evaluatie.queries import Resultaat, resultaat
from evaluatie.reports import blokken
from evaluatie.services.vragenlijsten import zorg_voor_vragenlijst
from swv_portal.common.scoping import Rol
from swv_portal.urls import urlpatterns as _urlpatterns
from tests.factories.kernen import SamenwerkingsverbandFactory, geef_rol

GROEPEN = 20
#: The keys are bigint; without the cast small numbers are sent as smallint, and the planner weighs that otherwise.
GROUP_BY = """SELECT groep_id, optie_id, count(*) FROM evaluatie_antwoord
WHERE groep_id = ANY(%s::bigint[]) GROUP BY 1, 2"""
#: A page that prints the same tables, and nothing else.
KAAL = """<!doctype html><html lang="nl"><title>Uitkomsten</title><h1>Uitkomsten</h1>
{% for tabel in tabellen %}<h2>{{ tabel.titel }}</h2><table>
{% for rij in tabel.rijen %}<tr>{% for cel in rij %}<td>{{ cel }}</td>{% endfor %}</tr>{% endfor %}
</table>{% endfor %}</html>"""


def load(code: str, respondenten: int) -> Ronde:
    """A closed round with answers of ``respondenten`` people in twenty groups."""
    rng = random.Random(2024)
    ronde = Ronde.objects.create(
        code=code,
        titel=f"Meting met {respondenten} respondenten",
        schooljaar=2024,
        vragenlijst=zorg_voor_vragenlijst(code=KERNEVALUATIE.code),
        staat=GESLOTEN,
        gesloten_op=date(2025, 6, 13),
    )
    groups = {f"Kern {number:02}": respondenten // GROEPEN for number in range(GROEPEN)}
    counts: Counter[tuple[str, str, str]] = Counter()
    for name, size in groups.items():
        for vraag in KERNEVALUATIE.vragen:
            values = [optie.waarde for optie in vraag.opties]
            for waarde in rng.choices(values, k=size):
                counts[name, vraag.code, waarde] += 1
    schrijf_antwoorden(ronde, Ingelezen(groups, counts))
    return ronde


def bare(ronde: Ronde) -> Any:
    """The work of the bare query on this round."""
    groups = list(Groep.objects.filter(ronde=ronde).values_list("pk", flat=True))

    def query() -> list[tuple[int, int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(GROUP_BY, [groups])
            return cursor.fetchall()

    return query


def same_number(ours: Resultaat, floor: list[tuple[int, int, int]]) -> bool:
    return sum(item.n for item in ours.uitkomsten) == sum(count for _, _, count in floor) > 0


class PlainPage:
    """The bare query, and the tables of the page as they were made once, printed without any arithmetic."""

    def __init__(self, ronde: Ronde) -> None:
        self.query = bare(ronde)
        self.template = engines["django"].from_string(KAAL)
        self.tables = [grafiek for blok in blokken(resultaat(ronde)) for grafiek in blok.grafieken]

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002
        self.query()
        return HttpResponse(self.template.render({"tabellen": self.tables}))


#: The page to compare with; ``main`` fills it when there are answers.
_plain: list[PlainPage] = []


def kaal(request: HttpRequest) -> HttpResponse:
    return _plain[0](request)


urlpatterns = [*_urlpatterns, path("meting-kaal/", kaal)]


@override_settings(ROOT_URLCONF="bench.enquete")
def main() -> list[Outcome]:
    SamenwerkingsverbandFactory()
    large, normal = load("groot", 100_000), load("gewoon", 5_000)
    user = get_user_model().objects.create_user("staf@meting.example")
    geef_rol(user, Rol.SWV_MEDEWERKER)
    url = reverse("evaluatie:ronde", args=[normal.code])
    page = _web.page(url, _web.session_cookie(user))
    _plain.append(PlainPage(normal))
    _web.analyze()
    return [
        compare(
            "Uitkomsten van een miljoen antwoorden tegenover de kale GROUP BY",
            ours=Side("uitkomsten", lambda: resultaat(large)),
            floor=Side("GROUP BY", bare(large)),
            same=same_number,
            doel=1.3,
        ),
        compare(
            "Hele pagina met grafieken van 5.000 respondenten tegenover de kale query met een kale pagina",
            ours=Side("pagina", page),
            floor=Side("kale pagina", _web.page("/meting-kaal/")),
            same=lambda ours, floor: (
                ours.body.count('<svg class="grafiek-svg"') == 11 and floor.body.count("<table>") == 11
            ),
            doel=4,
        ),
        report("Queries op de pagina met uitkomsten", _web.count_queries(page), 12, "queries"),
    ]
