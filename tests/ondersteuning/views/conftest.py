"""The SWV; an application that is being written, and the IB'er who writes it."""

import pytest
from django.test import Client

from ondersteuning.models import Aanvraag
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import AanvraagFactory
from tests.ondersteuning.views.formulier import Als


@pytest.fixture
def swv_bestaat(db: None) -> None:
    SamenwerkingsverbandFactory()


@pytest.fixture
def row(swv_bestaat: None) -> Aanvraag:
    return AanvraagFactory()


@pytest.fixture
def iber(als: Als, row: Aanvraag) -> Client:
    return als(Rol.IBER, row.verwijzende_school)
