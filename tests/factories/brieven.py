"""Versions of letters for tests."""

from typing import Any

import factory
from django.utils import timezone

from ondersteuning.domain.briefsoorten import SOORTEN, TOEKENNING
from ondersteuning.domain.briefversie import GELDEND, VERVANGEN
from ondersteuning.models import Briefsjabloon, Briefversie


def teksten(soort: str = TOEKENNING, **anders: str) -> dict[str, str]:
    """The house's texts of this kind of letter, with some of them otherwise."""
    return {**SOORTEN[soort].standaard, **anders}


class BriefsjabloonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Briefsjabloon
        django_get_or_create = ("soort",)

    soort = TOEKENNING


class BriefversieFactory(factory.django.DjangoModelFactory):
    """A concept, unless ``staat`` says otherwise."""

    class Meta:
        model = Briefversie

    sjabloon = factory.SubFactory(BriefsjabloonFactory)
    nummer = factory.LazyAttribute(lambda o: o.sjabloon.versies.count() + 1)
    blokken = factory.LazyAttribute(lambda o: teksten(o.sjabloon.soort))

    @factory.lazy_attribute
    def geldend_sinds(self) -> Any:
        return timezone.now() if getattr(self, "staat", "") in {GELDEND, VERVANGEN} else None
