"""How often a page asks the database, on a walk over the example data as every role."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld.laden import load
from tests.wandeling import wandel

pytestmark = pytest.mark.django_db

MEEST = 12


def _counting(client: Client, path: str) -> Any:
    """Ask twice when it is too often: what is remembered for a minute, is remembered then."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            response: Any = client.get(path)
        questions = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        response.vragen = len(questions)
        if response.vragen <= MEEST:
            break
    return response


def test_no_page_asks_more_than_it_may() -> None:
    load(date.today())  # noqa: DTZ011
    most: Counter[str] = Counter()
    for rol in Rol:
        for page in wandel(rol, per_view=3, vraag=_counting):
            response: Any = page.response
            if response.status_code == 200:
                most[page.view] = max(most[page.view], response.vragen)
    assert len(most) > 40  # the walk did not stop at the door
    assert {view: number for view, number in most.items() if number > MEEST} == {}
