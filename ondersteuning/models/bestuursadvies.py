from django.conf import settings
from django.db import models
from django.db.models import Q

from kernen.models import Schoolbestuur
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.querysets import AvLidQuerySet, BestuursadviesQuerySet
from swv_portal.common.crypto import EncryptedTextField


class AvLid(models.Model):
    """Somebody of a board in the algemene vergadering whom the SWV may ask for advice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    bestuur = models.ForeignKey(Schoolbestuur, on_delete=models.PROTECT, related_name="+", verbose_name="bestuur")
    gestopt_op = models.DateField("gestopt op", null=True, blank=True)

    objects = AvLidQuerySet.as_manager()

    class Meta:
        verbose_name = "lid van de algemene vergadering"
        verbose_name_plural = "leden van de algemene vergadering"
        ordering = ["bestuur__naam", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "bestuur"], condition=Q(gestopt_op__isnull=True), name="avlid_een_keer"
            ),
        ]

    def __str__(self) -> str:
        return f"lid {self.pk}"


class Bestuursadvies(models.Model):
    """The advice of a member on a TLV at the basisschool: asked, and then a reasoned yes or no."""

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="bestuursadviezen")
    lid = models.ForeignKey(AvLid, on_delete=models.PROTECT, related_name="adviezen")
    gevraagd_op = models.DateField("gevraagd op")
    gegeven_op = models.DateField("gegeven op", null=True, blank=True)
    steunt = models.BooleanField("zegt ja", null=True, blank=True)
    tekst = EncryptedTextField("waarom", blank=True)

    objects = BestuursadviesQuerySet.as_manager()

    class Meta:
        verbose_name = "advies van een lid"
        verbose_name_plural = "adviezen van leden"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["aanvraag", "lid"], name="bestuursadvies_een_keer"),
            models.CheckConstraint(
                name="bestuursadvies_gegeven",
                condition=Q(gegeven_op__isnull=True, steunt__isnull=True)
                | Q(gegeven_op__isnull=False, steunt__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"advies {self.pk}"
