"""What the loaders of example data share."""

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class Context:
    """Passed from loader to loader, from the lowest app up.

    ``delen`` holds what a later loader needs of an earlier one.
    """

    vandaag: date
    wachtwoord: str
    rng: random.Random = field(default_factory=lambda: random.Random(2024))
    delen: dict[str, Any] = field(default_factory=dict)
