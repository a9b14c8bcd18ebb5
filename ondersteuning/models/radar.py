from django.conf import settings
from django.db import models
from django.db.models import Q

from kernen.models import School
from ondersteuning.domain.radar import ANTWOORDNAMEN
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.querysets import RadarvraagQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Radarvraag(models.Model):
    """What happens after a TLV ends, asked of the school where the pupil is.  Once per TLV; the answer may change."""

    aanvraag = models.OneToOneField(Aanvraag, on_delete=models.CASCADE, related_name="radarvraag")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="gevraagde school")
    gevraagd_op = models.DateField("gevraagd op")
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uiterlijk = models.DateField("antwoord uiterlijk")
    antwoord = models.CharField("antwoord", max_length=12, choices=list(ANTWOORDNAMEN.items()), blank=True)
    toelichting = EncryptedTextField("toelichting", blank=True)
    beantwoord_op = models.DateField("beantwoord op", null=True, blank=True)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    versie = models.PositiveIntegerField(default=1)

    objects = RadarvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag over een aflopende TLV"
        verbose_name_plural = "vragen over aflopende TLV's"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="radarvraag_antwoord",
                condition=Q(antwoord="", beantwoord_op__isnull=True)
                | Q(antwoord__in=list(ANTWOORDNAMEN), beantwoord_op__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["school", "antwoord", "-id"], name="radarvraag_school")]

    def __str__(self) -> str:
        return f"radarvraag {self.pk}"
