"""Many questions for tasks are one question to the database."""

from datetime import date
from typing import Any

import pytest
from django.db.models import Count, Max, Q

from kernen.models import School, Schoolbestuur
from ondersteuning.models import SwvGebied
from swv_portal.common.taskqueries import Taakvraag, taken_uit
from swv_portal.common.tasks import Taak
from tests.factories import kernen

pytestmark = pytest.mark.django_db


def _titels(rows: Any) -> list[Taak]:
    return [Taak(" ".join(str(value) for value in row), "/") for row in rows]


def _scholen(hoogstens: int = 10) -> Taakvraag:
    return Taakvraag(School.objects.order_by("-naam"), ("naam", "actief"), _titels, hoogstens)


def test_every_question_gets_its_own_rows_in_one_query(django_assert_num_queries: Any) -> None:
    board: Any = kernen.SchoolbestuurFactory(naam="Stichting Een")
    for name in ("De Aap", "De Beer", "De Das"):
        kernen.SchoolFactory(naam=name, bestuur=board)
    grouped = School.objects.order_by().values("bestuur__naam").annotate(hoeveel=Count("pk")).order_by("bestuur__naam")
    questions = [
        _scholen(2),
        Taakvraag(Schoolbestuur.objects.none(), ("naam",), _titels, 5),
        Taakvraag(grouped, ("bestuur__naam", "hoeveel"), _titels, 5),
    ]
    with django_assert_num_queries(1):
        found = taken_uit(questions)
    assert [task.titel for task in found] == ["De Das True", "De Beer True", "Stichting Een 3"]


def test_days_come_back_as_days_and_nothing_as_nothing() -> None:
    SwvGebied.objects.create(pc4="2011", swv_code="PO2705", swv_naam="Ons", ingelezen_op=date(2024, 2, 29))
    rows: list[Any] = []

    def keep(found: Any) -> list[Taak]:
        rows.extend(found)
        return []

    asked = SwvGebied.objects.annotate(nooit=Max("ingelezen_op", filter=Q(pc4="0000")))
    taken_uit([Taakvraag(asked, ("ingelezen_op", "nooit", "pc4"), keep, 5, frozenset({"ingelezen_op", "nooit"}))])
    assert rows == [(date(2024, 2, 29), None, "2011")]


def test_no_question_is_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert taken_uit([]) == []


def test_nothing_found_is_no_task(django_assert_num_queries: Any) -> None:
    assert taken_uit([_scholen(), Taakvraag(School.objects.none(), ("naam",), _titels, 5)]) == []
