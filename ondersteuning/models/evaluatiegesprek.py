from django.conf import settings
from django.db import models
from django.db.models import Q

from ondersteuning.domain.evaluatiegesprek import AFLOOPNAMEN, ANTWOORDNAMEN
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.querysets import EvaluatiegesprekQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Evaluatiegesprek(models.Model):
    """The call of the SWV with the parents after a grant: how it ended, and on which day."""

    aanvraag = models.OneToOneField(Aanvraag, on_delete=models.CASCADE, related_name="evaluatiegesprek")
    afloop = models.CharField("afloop", max_length=12, choices=list(AFLOOPNAMEN.items()))
    op = models.DateField("gebeld op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    versie = models.PositiveIntegerField(default=1)

    objects = EvaluatiegesprekQuerySet.as_manager()

    class Meta:
        verbose_name = "evaluatiegesprek"
        verbose_name_plural = "evaluatiegesprekken"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="evaluatiegesprek_afloop", condition=Q(afloop__in=list(AFLOOPNAMEN)))
        ]

    def __str__(self) -> str:
        return f"evaluatiegesprek {self.pk}"


class Gespreksantwoord(models.Model):
    """The answer to one question of the call: a place on the scale, which is counted, and the own words."""

    gesprek = models.ForeignKey(Evaluatiegesprek, on_delete=models.CASCADE, related_name="antwoorden")
    vraag = models.CharField("vraag", max_length=12)
    antwoord = models.CharField("antwoord", max_length=10, choices=list(ANTWOORDNAMEN.items()))
    toelichting = EncryptedTextField("in eigen woorden", blank=True)

    class Meta:
        verbose_name = "antwoord in een evaluatiegesprek"
        verbose_name_plural = "antwoorden in evaluatiegesprekken"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["gesprek", "vraag"], name="gespreksantwoord_uniek"),
            models.CheckConstraint(name="gespreksantwoord_antwoord", condition=Q(antwoord__in=list(ANTWOORDNAMEN))),
        ]

    def __str__(self) -> str:
        return f"gespreksantwoord {self.pk}"
