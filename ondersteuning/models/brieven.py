from django.conf import settings
from django.db import models
from django.db.models import Q

from ondersteuning.domain.briefsoorten import SOORTNAMEN
from ondersteuning.domain.briefversie import BRIEFVERSIE, CONCEPT, GELDEND, WEGGELEGD
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.querysets import BriefversieQuerySet

_NOOIT_GELDEND = [CONCEPT, WEGGELEGD]


class Briefsjabloon(models.Model):
    """The texts of one kind of letter.  Made at the first own version; until then the house's text holds.

    Whoever begins a version, or makes one geldend, holds this row.
    """

    soort = models.CharField("soort brief", max_length=20, choices=list(SOORTNAMEN.items()), unique=True)

    class Meta:
        verbose_name = "briefsjabloon"
        verbose_name_plural = "briefsjablonen"
        constraints = [models.CheckConstraint(name="briefsjabloon_soort", condition=Q(soort__in=list(SOORTNAMEN)))]

    def __str__(self) -> str:
        return SOORTNAMEN[self.soort]


class Briefversie(models.Model):
    """One version of the texts of a letter.  Only a concept changes; what was geldend stays as it was sent.

    ``blokken`` holds plain text with fields by the name of the block; nothing about a child.  ``herkomst`` is the
    number of the version with whose text it began (0: the house's).
    """

    sjabloon = models.ForeignKey(Briefsjabloon, on_delete=models.PROTECT, related_name="versies")
    nummer = models.PositiveIntegerField("nummer")
    blokken = models.JSONField("teksten")
    herkomst = models.PositiveIntegerField("begonnen met de tekst van versie", default=0)
    staat = models.CharField("status", max_length=10, choices=list(BRIEFVERSIE.staten.items()), default=CONCEPT)
    gewijzigd_op = models.DateTimeField("gewijzigd op", auto_now=True)
    gewijzigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    geldend_sinds = models.DateTimeField("geldend sinds", null=True, blank=True)
    geldend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    versie = models.PositiveIntegerField(default=1)

    objects = BriefversieQuerySet.as_manager()

    class Meta:
        verbose_name = "briefversie"
        verbose_name_plural = "briefversies"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["sjabloon", "nummer"], name="briefversie_nummer"),
            models.CheckConstraint(name="briefversie_vanaf_een", condition=Q(nummer__gte=1)),
            models.UniqueConstraint(fields=["sjabloon"], condition=Q(staat=GELDEND), name="briefversie_een_geldend"),
            models.UniqueConstraint(fields=["sjabloon"], condition=Q(staat=CONCEPT), name="briefversie_een_concept"),
            models.CheckConstraint(name="briefversie_staat", condition=Q(staat__in=list(BRIEFVERSIE.staten))),
            models.CheckConstraint(
                name="briefversie_geldend",
                condition=Q(staat__in=_NOOIT_GELDEND, geldend_sinds__isnull=True)
                | (~Q(staat__in=_NOOIT_GELDEND) & Q(geldend_sinds__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"versie {self.nummer}"

    @property
    def soort(self) -> str:
        return self.sjabloon.soort


class Brief(models.Model):
    """Of a letter that went out: with which version it was made, so that it can be made again the same.

    ``dag`` is the date on the letter.  ``standaardtekst`` holds the house's words when it was made from those: a
    release may change them.  Names and motivation are not in it.
    """

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="brieven")
    soort = models.CharField("soort brief", max_length=20, choices=list(SOORTNAMEN.items()))
    dag = models.DateField("datum van de brief")
    sjabloonversie = models.ForeignKey(
        Briefversie, null=True, blank=True, on_delete=models.PROTECT, related_name="brieven"
    )
    standaardtekst = models.JSONField("tekst van het portaal", null=True, blank=True)

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        constraints = [
            models.UniqueConstraint(fields=["aanvraag", "soort", "dag"], name="brief_uniek"),
            models.CheckConstraint(name="brief_soort", condition=Q(soort__in=list(SOORTNAMEN))),
            models.CheckConstraint(
                name="brief_tekst",
                condition=Q(sjabloonversie__isnull=True) ^ Q(standaardtekst__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"brief {self.pk}"
