"""The world of the matrix: what every app has at each place, and somebody with every role."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from swv_portal.common.scoping import PLAATS, Rol
from tests.architecture.adressen import KANARIES, MODULES
from tests.architecture.matrix import Plek, Wereld


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """Built once per file, in a transaction that is rolled back in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


def _build() -> Wereld:
    from tests.factories import kernen

    kernen.SamenwerkingsverbandFactory()
    own_board, other_board = kernen.SchoolbestuurFactory(), kernen.SchoolbestuurFactory()
    kern, other_kern, far_kern = kernen.KernFactory(), kernen.KernFactory(), kernen.KernFactory()
    layout = {
        "eigen": (kern, own_board),
        "zusje": (kern, own_board),
        "andere_kern": (other_kern, own_board),
        "ander_bestuur": (far_kern, other_board),
    }
    places = {}
    for name, (each_kern, board) in layout.items():
        school = kernen.SchoolFactory(bestuur=board)
        kernen.KernlidmaatschapFactory(kern=each_kern, school=school)
        places[name] = Plek(name, school, each_kern, board, KANARIES[name])
    people = {}
    for rol in Rol:
        people[rol] = kernen.PersoonFactory(naam=f"Persoon {rol}")
        kernen.geef_rol(people[rol], rol, getattr(places["eigen"], PLAATS[rol], None))
    world = Wereld(places, people)
    for rol, person in people.items():
        world.dingen[f"client:{rol}"] = client = Client()
        client.force_login(person)
    for module in MODULES:
        for place in places.values():
            module.bouw(place, world)
    return world
