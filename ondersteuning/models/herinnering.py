from django.conf import settings
from django.db import models
from django.db.models import Q

from ondersteuning.domain.herinneringen import Wie
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.models.bestuursadvies import Bestuursadvies
from ondersteuning.models.partij import Partij


class Herinnering(models.Model):
    """That somebody was reminded of what is asked in an application.

    Whom: ``partij``, when it is a party by link; ``advies``, when it is a member of the algemene vergadering.
    """

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="herinneringen")
    wie = models.CharField("wie", max_length=20, choices=[(str(wie), str(wie)) for wie in Wie])
    partij = models.ForeignKey(Partij, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    advies = models.ForeignKey(Bestuursadvies, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    op = models.DateField("herinnerd op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="herinnering_wie", condition=Q(wie__in=[str(wie) for wie in Wie])),
            models.UniqueConstraint(
                fields=["aanvraag", "wie", "partij", "advies", "op"],
                nulls_distinct=False,
                name="herinnering_een_per_dag",
            ),
        ]

    def __str__(self) -> str:
        return f"herinnering {self.pk}"
