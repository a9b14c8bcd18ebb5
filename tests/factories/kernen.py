"""Rows of kernen for tests.  Names and codes are invented; BRINs begin with 99 and do not exist."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.contrib.auth import get_user_model

from kernen import models
from kernen.domain.scholen import Schoolsoort
from swv_portal.common.scoping import PLAATS, Rol

VANAF = date(2022, 8, 1)


def brin(number: int) -> str:
    """'70AA', '70AB' and so on up to '98ZZ'; those that begin with 99 are left to tests that type a code."""
    return f"{70 + number // 676 % 29}{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"


class PersoonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda n: f"persoon{n}@test.example")
    naam = factory.Sequence(lambda n: f"Persoon {n}")


class SamenwerkingsverbandFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Samenwerkingsverband
        django_get_or_create = ("id",)

    id = 1
    naam = "SWV Testkust"
    registratienummer = "PO9901"
    straat = "Zeeweg"
    huisnummer = "1"
    postcode = "2011 AB"
    plaats = "Testdorp"


class SchoolbestuurFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Schoolbestuur

    bevoegd_gezag_nummer = factory.Sequence(lambda n: f"{90000 + n}")
    naam = factory.Sequence(lambda n: f"Stichting Bestuur {n}")


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.School

    vestigingscode = factory.Sequence(lambda n: f"{brin(n)}00")
    brin = factory.LazyAttribute(lambda school: school.vestigingscode[:4])
    naam = factory.Sequence(lambda n: f"Basisschool Test {n}")
    soort = Schoolsoort.BAO
    bestuur = factory.SubFactory(SchoolbestuurFactory)
    straat = "Schoolstraat"
    huisnummer = "1"
    postcode = "2011 AB"
    plaats = "Testdorp"
    gemeente = "Testdorp"


class KernFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Kern

    naam = factory.Sequence(lambda n: f"Kern {n}")
    code = factory.Sequence(lambda n: f"kern-{n}")


class KernlidmaatschapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Kernlidmaatschap

    kern = factory.SubFactory(KernFactory)
    school = factory.SubFactory(SchoolFactory)
    van = VANAF
    tot = None


class LeerlingtellingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Leerlingtelling

    school = factory.SubFactory(SchoolFactory)
    teldatum = date(2023, 2, 1)
    aantal = 200


class MenukaartthemaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Menukaartthema

    schooljaar = 2025
    nr = factory.Sequence(lambda n: n + 1)
    thema = factory.Sequence(lambda n: f"Thema {n}")
    doel = "Binnen een half jaar doet iedere school mee."


class UurtariefFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Uurtarief

    schooljaar = 2025
    professional = factory.Sequence(lambda n: f"Professional {n}")
    bedrag = Decimal("60.00")
    stap = 1


class KernsessieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Kernsessie

    kern = factory.SubFactory(KernFactory)
    schooljaar = 2025
    nummer = factory.Sequence(lambda n: n + 1)
    maand = date(2025, 9, 1)
    doel = "Het plan opstellen"


class KernplanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Kernplan
        skip_postgeneration_save = True

    kern = factory.SubFactory(KernFactory)
    schooljaar = 2025

    @factory.post_generation
    def gevuld(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """A plan that can be submitted: ``KernplanFactory(gevuld=True)``."""
        if create and extracted:
            models.Kernplandoel.objects.create(
                kernplan=self, volgnummer=1, tekst="Meer rust in de klas.", activiteiten="Samen scholing volgen."
            )
            models.Kernplaninzet.objects.create(
                kernplan=self, volgnummer=1, professional="Leerkracht", stap=1, uren=Decimal(10), tarief=Decimal(60)
            )


class RoltoekenningFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Roltoekenning

    user = factory.SubFactory(PersoonFactory)
    rol = Rol.SWV_MEDEWERKER
    van = VANAF


#: What ``als(rol)`` uses when no place is given.
PLAATSFABRIEKEN = {"school": SchoolFactory, "kern": KernFactory, "bestuur": SchoolbestuurFactory}


def geef_rol(user: Any, rol: Rol, plaats: Any = None) -> models.Roltoekenning:
    """Give ``user`` a role at ``plaats`` (a new place when none is given and the role needs one)."""
    kind = PLAATS[rol]
    if kind == "swv":
        return RoltoekenningFactory(user=user, rol=rol)
    return RoltoekenningFactory(user=user, rol=rol, **{kind: plaats or PLAATSFABRIEKEN[kind]()})
