"""Two people add to the menukaart at the same moment, each on a connection of their own."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from kernen.models import Menukaartthema, Uurtarief
from kernen.services.menukaart import bewaar_tarief, bewaar_thema, neem_over
from swv_portal.common.scoping import Rol

pytestmark = pytest.mark.django_db(transaction=True)


def tegelijk(first, second):
    """Do ``second`` while the transaction of ``first`` is open.  Gives both answers."""
    answers = []

    def other() -> None:
        try:
            answers.append(second())
        except Exception as error:  # an error in a thread would be lost; here the comparison shows it
            answers.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        mine = first()
        thread.start()
        thread.join(1)
        assert thread.is_alive(), "the second waits for the first"
    thread.join(30)
    return mine, answers[0]


@pytest.fixture
def staff(actor_als):
    return actor_als(Rol.SWV_MEDEWERKER), actor_als(Rol.SWV_MEDEWERKER)


def test_two_first_themes_get_a_number_each(staff):
    def add(actor):
        values = {"thema": "Gedrag", "doel": "Rust"}
        return lambda: bewaar_thema(actor=actor, pk=None, versie=None, schooljaar=2025, waarden=values)

    assert [row.nr for row in tegelijk(add(staff[0]), add(staff[1]))] == [1, 2]
    assert [row.nr for row in tegelijk(add(staff[0]), add(staff[1]))] == [3, 4]


def test_the_second_of_two_same_tariffs_is_refused(staff):
    def add(actor):
        values = {"professional": "Leerkracht", "bedrag": Decimal(60)}
        return lambda: bewaar_tarief(actor=actor, pk=None, versie=None, schooljaar=2025, waarden=values)

    first, second = tegelijk(add(staff[0]), add(staff[1]))
    assert isinstance(first, Uurtarief)
    assert second.code == "professional"
    assert Uurtarief.objects.count() == 1


def test_a_menukaart_is_taken_over_once(staff):
    Menukaartthema.objects.create(schooljaar=2024, nr=1, thema="Gedrag", doel="Rust")

    def take(actor):
        return lambda: neem_over(actor=actor, schooljaar=2025)

    first, second = tegelijk(take(staff[0]), take(staff[1]))
    assert first == 1
    assert second.code == "bestaat"
