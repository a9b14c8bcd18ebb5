"""No list reads more when there are more dossiers: the rows that the database gives are counted, no seconds.

With the dossiers of the measurement (``bench/_dossiers.py``), which this keeps from rotting.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bench import _aanvragen, _dossiers
from bench._dossiers import AFGEROND, VAN_DE_IBER
from bench._web import Answer
from bench.dossiers import KAMER, KLEIN, LIJSTEN, adres
from ondersteuning.domain.aanvraag import MET_TLV
from ondersteuning.models import Aanvraag, Leerling
from swv_portal.common.dates import Schooljaar
from swv_portal.common.paging import PER_BLADZIJDE
from swv_portal.common.scoping import Rol

Als = Callable[..., Client]


class Geteld:
    """How many questions were asked, and how many rows came back."""

    def __init__(self) -> None:
        self.vragen = self.rijen = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, params, many, context)
        if sql.lstrip("(").startswith("SELECT"):
            self.vragen += 1
            self.rijen += context["cursor"].rowcount
        return answer


def bekijk(client: Client, path: str) -> tuple[str, Geteld]:
    """The page, with how many questions and rows it took."""
    counted = Geteld()
    with connection.execute_wrapper(counted):
        response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode(), counted


@pytest.mark.django_db
def test_a_page_reads_no_more_with_five_times_the_dossiers(als: Als) -> None:
    world = _dossiers.wereld()
    staff, iber = als(Rol.SWV_MEDEWERKER), als(Rol.IBER, world.scholen[0])
    _aanvragen.laad(world, range(KLEIN))
    pupil = Leerling.objects.order_by("pk")[VAN_DE_IBER // 2].pk

    def costs() -> dict[str, Geteld]:
        found = {}
        for each in LIJSTEN:
            body, found[each.naam] = bekijk(iber if each.van_school else staff, adres(each, world))
            assert len(each.rijen(Answer(200, body))) == PER_BLADZIJDE, each.naam
        for client, who in ((staff, "SWV"), (iber, "school")):
            found[f"leerling, {who}"] = bekijk(client, f"{KAMER}leerlingen/{pupil}/")[1]
        return found

    costs()  # what is remembered for a minute, is remembered now
    few = costs()
    _aanvragen.vermenigvuldig(world, range(AFGEROND.stop - KLEIN // 5, AFGEROND.stop + KLEIN), 4)
    for name, more in costs().items():
        assert more.vragen == few[name].vragen <= (12 if name.startswith("leerling,") else 8), name
        # Other pupils stand on the page, of whom each may have a procedure or two more.
        assert more.rijen <= few[name].rijen + 2 * PER_BLADZIJDE, name
    # The figures read no TLV's but how many there are of a kind.
    year = Schooljaar(world.jaar.begin - 1)
    _, figures = bekijk(staff, f"{KAMER}cijfers/?schooljaar={year}")
    tlvs = Aanvraag.objects.filter(staat__in=MET_TLV, besloten_op__range=(year.eerste_dag, year.laatste_dag))
    assert figures.rijen < tlvs.count()
