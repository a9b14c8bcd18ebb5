"""Rows of financien for tests.  The tariffs are the published ones of 2024; schools and boards are invented."""

from datetime import date
from decimal import Decimal

import factory

from financien import models
from financien.importers.begroting import Begrotingsbestand, Totalenbestand, lees_begroting, lees_totalen
from kernen.domain.scholen import Schoolsoort
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from ondersteuning.models import Plaatsing
from swv_portal.access.actors import Actor
from tests.factories.kernen import LeerlingtellingFactory, SchoolbestuurFactory, SchoolFactory

TARIEVEN_2024 = {
    "bao_per_leerling": ("450.00", "per leerling per jaar"),
    "inhouding_ikc": ("6635.00", "per plaatsing per jaar"),
    "sbo_landelijk": ("6634.52", "per leerling per jaar"),
    "ikc_uitkering": ("8525.67", "per leerling per jaar"),
    "so_cat_1": ("12938.34", "per leerling per jaar"),
    "so_cat_2": ("21053.23", "per leerling per jaar"),
    "so_cat_3": ("31419.53", "per leerling per jaar"),
    "dws_plaats": ("1350.00", "per plaats per jaar"),
    "instroombudget": ("8000.00", "per leerling per jaar"),
    "ikc_aandeel_sbo": ("0.70", "fractie"),
    "ikc_aandeel_so1": ("0.30", "fractie"),
    "ikc_bandbreedte": ("0.03", "fractie"),
}


class TariefFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Tarief

    jaar = 2024
    code = factory.Sequence(lambda n: f"tarief_{n}")
    omschrijving = factory.Sequence(lambda n: f"tarief {n}")
    bedrag = Decimal("100.00")
    eenheid = "per uur"
    bron = "test"


class BudgetjaarFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Budgetjaar
        django_get_or_create = ("jaar",)

    jaar = 2024
    teldatum = date(2023, 2, 1)
    peildatum = date(2024, 1, 1)


class PlaatsingFactory(factory.django.DjangoModelFactory):
    """A place on the SBO that the school pays, active since August 2022."""

    class Meta:
        model = Plaatsing

    verwijzing = factory.Sequence(lambda n: f"P-{n:05d}")
    soort = Soort.TLV
    categorie = "SBO"
    kostendrager = Kostendrager.SCHOOL
    begin = date(2022, 8, 1)


def maak_tarieven(jaar: int = 2024) -> None:
    for code, (bedrag, eenheid) in TARIEVEN_2024.items():
        TariefFactory(jaar=jaar, code=code, omschrijving=code, bedrag=Decimal(bedrag), eenheid=eenheid)


def maak_school(leerlingen: int | None = 200, **kwargs):
    """A regular school with its count on 1 February 2023; ``None``: no count."""
    school = SchoolFactory(soort=Schoolsoort.BAO, **kwargs)
    if leerlingen is not None:
        LeerlingtellingFactory(school=school, aantal=leerlingen)
    return school


def maak_jaar(scholen: int = 2):
    """A budget year with tariffs and ``scholen`` schools, each of a board of its own.  Gives (year, schools)."""
    maak_tarieven()
    return BudgetjaarFactory(), [maak_school(bestuur=SchoolbestuurFactory()) for _ in range(scholen)]


def vastgesteld_budget(actor: Actor, jaar: models.Budgetjaar) -> models.Budget:
    """Calculated and established by ``actor``, a directeur-bestuurder."""
    from financien.services.budget import bereken_budget, stel_budget_vast

    budget = bereken_budget(actor=actor, jaar_pk=jaar.pk)
    assert isinstance(budget, models.Budget), budget
    done = stel_budget_vast(actor=actor, pk=budget.pk, versie=budget.versie)
    assert isinstance(done, models.Budget), done
    return done


POSTEN = b"soort;groep;post;2024\nbaten;rijk;licht;100\nlasten;zorg;zorg;90\n"


def begroting_concept(
    actor: Actor, naam: str = "Proef", posten: bytes = POSTEN, totalen: bytes | None = None
) -> models.Begroting:
    """Read in by ``actor``, who handles money; ``totalen`` are the published totals."""
    from financien.services.begroting import bewaar_begroting

    bestand = lees_begroting(posten)
    assert isinstance(bestand, Begrotingsbestand), bestand
    published = lees_totalen(totalen) if totalen is not None else None
    assert published is None or isinstance(published, Totalenbestand), published
    row = bewaar_begroting(actor=actor, bestand=bestand, totalen=published, naam=naam, bron="proef")
    assert isinstance(row, models.Begroting), row
    return row


def geldende_begroting(
    actor: Actor, naam: str = "Proef", posten: bytes = POSTEN, totalen: bytes | None = None
) -> models.Begroting:
    """Read in and made geldend by ``actor``, a directeur-bestuurder."""
    from financien.services.begroting import maak_geldend

    concept = begroting_concept(actor, naam, posten, totalen)
    row = maak_geldend(actor=actor, pk=concept.pk, versie=None, geldend=None)
    assert isinstance(row, models.Begroting), row
    return row
