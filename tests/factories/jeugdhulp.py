"""Institutions with a mandate, for tests.  Every name is invented."""

from datetime import date

import factory

from ondersteuning import models


class JeugdhulpinstellingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Jeugdhulpinstelling

    naam = factory.Sequence(lambda n: f"Jeugdhulp Testkust {n}")
    contactpersoon = "Contact Vier"
    email = factory.Sequence(lambda n: f"contact{n}@jeugdhulp.example")
    gemandateerd_van = date(2020, 8, 1)
