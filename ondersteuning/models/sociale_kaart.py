from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ondersteuning.domain.sociale_kaart import CATEGORIEEN, STATEN, VOORSTEL
from ondersteuning.querysets import AanbiederQuerySet


class Aanbieder(models.Model):
    """An institution or helper on the sociale kaart.  Once it is shown all of it is public, except who proposed it."""

    naam = models.CharField("naam", max_length=120)
    categorieen = ArrayField(models.CharField(max_length=20), verbose_name="categorieën")
    omschrijving = models.TextField("omschrijving", max_length=1000)
    plaats = models.CharField("plaats", max_length=80)
    website = models.URLField("website", max_length=200, blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    staat = models.CharField("status", max_length=10, choices=list(STATEN.items()), default=VOORSTEL)
    gewijzigd_op = models.DateTimeField("gewijzigd op", auto_now=True)
    versie = models.PositiveIntegerField(default=1)
    voorgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AanbiederQuerySet.as_manager()

    class Meta:
        verbose_name = "aanbieder"
        verbose_name_plural = "aanbieders"
        ordering = ["naam", "pk"]
        constraints = [
            models.CheckConstraint(name="aanbieder_staat", condition=Q(staat__in=list(STATEN))),
            models.CheckConstraint(
                name="aanbieder_categorieen",
                condition=Q(categorieen__contained_by=list(CATEGORIEEN)) & Q(categorieen__len__gte=1),
            ),
            models.CheckConstraint(
                name="aanbieder_website", condition=Q(website="") | Q(website__startswith="https://")
            ),
        ]
        indexes = [models.Index(fields=["staat", "-id"], name="aanbieder_staat_volgorde")]

    def __str__(self) -> str:
        return self.naam
