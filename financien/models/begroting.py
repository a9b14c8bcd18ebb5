from django.conf import settings
from django.db import models
from django.db.models import Q

from financien.domain.begroting import Soort
from financien.domain.procedure import BEGROTING, GELDEND
from financien.querysets import BegrotingQuerySet, VanBegrotingQuerySet


class Begroting(models.Model):
    """A multi-year budget as it was read from a file.  A later file is a new row; one of them is the geldende.

    ``geldend_sinds`` stays when it is replaced.
    """

    naam = models.CharField("naam", max_length=120)
    bron = models.CharField("bron", max_length=200)
    eerste_jaar = models.PositiveSmallIntegerField()
    laatste_jaar = models.PositiveSmallIntegerField()
    ingelezen_op = models.DateTimeField()
    ingelezen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    staat = models.CharField("status", max_length=10, choices=list(BEGROTING.staten.items()), default=BEGROTING.begin)
    geldend_sinds = models.DateTimeField("geldend sinds", null=True, blank=True)
    geldend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    versie = models.PositiveIntegerField(default=1)

    objects = BegrotingQuerySet.as_manager()

    class Meta:
        verbose_name = "begroting"
        verbose_name_plural = "begrotingen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="begroting_jaren", condition=Q(laatste_jaar__gte=models.F("eerste_jaar"))),
            models.UniqueConstraint(fields=["staat"], condition=Q(staat=GELDEND), name="begroting_een_geldend"),
            models.CheckConstraint(name="begroting_staat", condition=Q(staat__in=list(BEGROTING.staten))),
            models.CheckConstraint(
                name="begroting_geldend", condition=Q(staat=BEGROTING.begin) ^ Q(geldend_sinds__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def jaren(self) -> list[int]:
        return list(range(self.eerste_jaar, self.laatste_jaar + 1))


class Begrotingspost(models.Model):
    """One line of the begroting.  ``bedragen`` holds whole euros by year; a year that is absent was not budgeted."""

    begroting = models.ForeignKey(Begroting, on_delete=models.CASCADE, related_name="posten")
    volgorde = models.PositiveSmallIntegerField()
    soort = models.CharField("soort", max_length=6, choices=[(str(soort), str(soort)) for soort in Soort])
    groep = models.CharField("groep", max_length=120)
    post = models.CharField("post", max_length=200)
    bedragen = models.JSONField()

    objects = VanBegrotingQuerySet.as_manager()

    class Meta:
        verbose_name = "begrotingspost"
        verbose_name_plural = "begrotingsposten"
        ordering = ["volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["begroting", "soort", "groep", "post"], name="begrotingspost_uniek"),
            models.CheckConstraint(name="begrotingspost_soort", condition=Q(soort__in=[str(soort) for soort in Soort])),
        ]

    def __str__(self) -> str:
        return self.post


class GepubliceerdTotaal(models.Model):
    """A total as it was published, in the words of the publication: not to calculate with, only to compare."""

    begroting = models.ForeignKey(Begroting, on_delete=models.CASCADE, related_name="gepubliceerd")
    volgorde = models.PositiveSmallIntegerField()
    regel = models.CharField("regel", max_length=200)
    bedragen = models.JSONField()

    objects = VanBegrotingQuerySet.as_manager()

    class Meta:
        verbose_name = "gepubliceerd totaal"
        verbose_name_plural = "gepubliceerde totalen"
        ordering = ["volgorde"]
        constraints = [models.UniqueConstraint(fields=["begroting", "regel"], name="gepubliceerd_totaal_uniek")]

    def __str__(self) -> str:
        return self.regel
