from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.start.versleuteld import OUD


@pytest.fixture
def keys(settings: Any, own_folder: Path) -> Callable[..., None]:
    """Sets the keys, newest first; what is made before that is made with ``OUD``."""

    def use(*keys: str) -> None:
        settings.ENCRYPTION_KEYS = list(keys)

    use(OUD)
    return use
