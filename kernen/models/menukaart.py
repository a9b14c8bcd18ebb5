from django.db import models
from django.db.models import Q

from kernen.querysets import MenukaartthemaQuerySet, UurtariefQuerySet


class Menukaartthema(models.Model):
    """A theme that a kern may choose, with a measurable goal and ideas for activities (one per line)."""

    schooljaar = models.PositiveSmallIntegerField("schooljaar")
    nr = models.PositiveSmallIntegerField("nummer")
    thema = models.CharField("thema", max_length=100)
    doel = models.TextField("meetbaar doel", max_length=400)
    activiteiten = models.TextField("activiteiten", blank=True, max_length=1000)
    termijn_maanden = models.PositiveSmallIntegerField("termijn in maanden", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = MenukaartthemaQuerySet.as_manager()

    class Meta:
        verbose_name = "thema van de menukaart"
        verbose_name_plural = "menukaart"
        ordering = ["schooljaar", "nr"]
        constraints = [models.UniqueConstraint(fields=["schooljaar", "nr"], name="menukaartthema_uniek")]

    def __str__(self) -> str:
        return f"{self.nr}. {self.thema}"

    @property
    def activiteitregels(self) -> list[str]:
        return [line.strip() for line in self.activiteiten.splitlines() if line.strip()]


class Uurtarief(models.Model):
    """What an hour of a professional costs in a school year, and the step of the route it belongs to.

    ``bedrag`` is empty where the price follows an offer: the chair then fills it in.
    """

    schooljaar = models.PositiveSmallIntegerField("schooljaar")
    professional = models.CharField("professional", max_length=80)
    omschrijving = models.CharField("omschrijving", max_length=200, blank=True)
    bedrag = models.DecimalField("tarief per uur", max_digits=7, decimal_places=2, null=True, blank=True)
    stap = models.PositiveSmallIntegerField("stap van de route", default=1)
    versie = models.PositiveIntegerField(default=1)

    objects = UurtariefQuerySet.as_manager()

    class Meta:
        verbose_name = "uurtarief"
        verbose_name_plural = "uurtarieven"
        ordering = ["schooljaar", "stap", "bedrag", "professional"]
        constraints = [
            models.UniqueConstraint(fields=["schooljaar", "professional"], name="uurtarief_uniek"),
            models.CheckConstraint(name="uurtarief_stap", condition=Q(stap__in=[1, 2, 3])),
            models.CheckConstraint(name="uurtarief_bedrag", condition=Q(bedrag__isnull=True) | Q(bedrag__gt=0)),
        ]

    def __str__(self) -> str:
        return self.professional
