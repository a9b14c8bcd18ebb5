"""The two schools of a terugplaatsing, and who works there."""

from collections.abc import Callable

import pytest

from swv_portal.access.actors import Actor
from tests.ondersteuning.services.terugplaatsing import Wereld, maak_wereld


@pytest.fixture
def wereld(db: None, actor_als: Callable[..., Actor]) -> Wereld:
    return maak_wereld(actor_als)
