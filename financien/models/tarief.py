from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from financien.querysets import TariefQuerySet

JAREN = [MinValueValidator(2014), MaxValueValidator(2100)]


class Tarief(models.Model):
    """An amount (euros) or a fraction that holds for one calendar year, with where it comes from."""

    jaar = models.PositiveSmallIntegerField("kalenderjaar", validators=JAREN)
    code = models.CharField("code", max_length=60)
    omschrijving = models.CharField("omschrijving", max_length=200)
    bedrag = models.DecimalField("bedrag", max_digits=12, decimal_places=4)
    eenheid = models.CharField("eenheid", max_length=60)
    bron = models.CharField("bron", max_length=200)
    vastgesteld = models.DateField("vastgesteld op", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = TariefQuerySet.as_manager()

    class Meta:
        verbose_name = "tarief"
        verbose_name_plural = "tarieven"
        ordering = ["jaar", "id"]
        constraints = [
            models.UniqueConstraint(fields=["jaar", "code"], name="tarief_uniek"),
            models.CheckConstraint(name="tarief_bedrag", condition=models.Q(bedrag__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.omschrijving} ({self.jaar})"
