"""Providers of the sociale kaart for tests.  Every name is invented."""

from typing import Any

import factory

from ondersteuning.domain.sociale_kaart import GETOOND
from ondersteuning.models import Aanbieder


class AanbiederFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Aanbieder

    naam = factory.Sequence(lambda n: f"Praktijk Test {n}")
    categorieen = factory.LazyFunction(lambda: ["logopedie"])
    omschrijving = "Helpt bij spreken en luisteren."
    plaats = "Duindorp"
    website = "https://www.praktijk-test.example"
    staat = GETOOND


def opgave(**other: Any) -> dict[str, Any]:
    """What somebody types to propose a provider."""
    return {
        "naam": "Praktijk De Zandloper",
        "categorieen": ["dyslexie", "remedial_teaching"],
        "omschrijving": "Begeleidt bij lezen en spellen.",
        "plaats": "Duindorp",
        "website": "https://www.zandloper.example",
        "telefoon": "",
        "email": "",
        **other,
    }
