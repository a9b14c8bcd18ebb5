"""What a test of a form that goes by the version needs to know."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.test import Client

#: A word that is typed, and must still be there when the form comes back.
WOORD = "Zeeklaver"


@dataclass
class Formulier:
    """Who sends what to where, and which row it changes.  ``getypt``: a word of it comes back when it is refused."""

    client: Client
    url: str
    rij: models.Model
    data: dict[str, Any]
    getypt: str = field(default="")
