from django.db import models
from django.db.models import F, Q

from financien.domain.procedure import BUDGETJAAR
from financien.models.tarief import JAREN
from financien.querysets import AlleenSwvQuerySet, BudgetjaarQuerySet
from kernen.models import Schoolbestuur


class Budgetjaar(models.Model):
    """A calendar year for which budgets are made: on which days pupils and places are counted.

    ``laatste_nummer`` is the last number of a beschikking that was given out in this year; it is raised under a lock,
    so that the numbers have no gaps.
    """

    jaar = models.PositiveSmallIntegerField("kalenderjaar", unique=True, validators=JAREN)
    teldatum = models.DateField("teldatum leerlingen")
    peildatum = models.DateField("peildatum plaatsingen")
    staat = models.CharField("status", max_length=10, choices=list(BUDGETJAAR.staten.items()), default=BUDGETJAAR.begin)
    laatste_nummer = models.PositiveIntegerField(default=0)
    versie = models.PositiveIntegerField(default=1)

    objects = BudgetjaarQuerySet.as_manager()

    class Meta:
        verbose_name = "budgetjaar"
        verbose_name_plural = "budgetjaren"
        ordering = ["-jaar"]
        constraints = [
            models.CheckConstraint(name="budgetjaar_staat", condition=Q(staat__in=list(BUDGETJAAR.staten))),
        ]

    def __str__(self) -> str:
        return str(self.jaar)


class Volumeafspraak(models.Model):
    """The agreement on the volumebekostiging of the IKC locations in one budget year.

    ``leerlingen`` is the number on the teldatum, ``van_ander_swv`` how many of them come from elsewhere, and
    ``leerlingen_nu`` the number to hold against the bandwidth.
    """

    budgetjaar = models.OneToOneField(Budgetjaar, on_delete=models.CASCADE, related_name="volumeafspraak")
    leerlingen = models.PositiveIntegerField("leerlingen op de teldatum")
    van_ander_swv = models.PositiveIntegerField("waarvan uit een ander samenwerkingsverband")
    leerlingen_nu = models.PositiveIntegerField("leerlingen nu", null=True, blank=True)
    bron = models.CharField("bron", max_length=200)
    versie = models.PositiveIntegerField(default=1)

    objects = AlleenSwvQuerySet.as_manager()

    class Meta:
        verbose_name = "volumeafspraak"
        verbose_name_plural = "volumeafspraken"
        constraints = [
            models.CheckConstraint(name="volumeafspraak_aantal", condition=Q(van_ander_swv__lte=F("leerlingen"))),
        ]

    def __str__(self) -> str:
        return f"volumebekostiging {self.budgetjaar_id}"


class Volumeaandeel(models.Model):
    """The agreed share of a board; shares are weights, they need not add up to 1."""

    afspraak = models.ForeignKey(Volumeafspraak, on_delete=models.CASCADE, related_name="aandelen")
    bestuur = models.ForeignKey(Schoolbestuur, on_delete=models.PROTECT, related_name="+", verbose_name="bestuur")
    gewicht = models.DecimalField("aandeel", max_digits=9, decimal_places=4)

    objects = AlleenSwvQuerySet.as_manager()

    class Meta:
        verbose_name = "aandeel in de volumebekostiging"
        verbose_name_plural = "aandelen in de volumebekostiging"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["afspraak", "bestuur"], name="volumeaandeel_uniek"),
            models.CheckConstraint(name="volumeaandeel_gewicht", condition=Q(gewicht__gt=0)),
        ]

    def __str__(self) -> str:
        return f"aandeel van bestuur {self.bestuur_id}"
