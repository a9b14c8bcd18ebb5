"""A kernplan that is filled, and its chair."""

import pytest

from swv_portal.common.scoping import Rol
from tests.factories import kernen as maak


@pytest.fixture
def plan():
    maak.SamenwerkingsverbandFactory()
    return maak.KernplanFactory(kern=maak.KernFactory(naam="Kern Noord"), gevuld=True, toelichting="Eigen mensen")


@pytest.fixture
def voorzitter(als, plan):
    return als(Rol.KERNVOORZITTER, plan.kern)
