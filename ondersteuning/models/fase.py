from django.conf import settings
from django.db import models
from django.db.models import Q

from ondersteuning.domain.fase import FASEN
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.models.leerling import Leerling
from swv_portal.common.crypto import EncryptedTextField


class Faseovergang(models.Model):
    """A pupil came in a phase, and why.  The reason is free text about a child: it stands in no timeline.

    ``aanvraag`` is what the reason tells of: it is read by who sees that application.
    """

    leerling = models.ForeignKey(Leerling, on_delete=models.CASCADE, related_name="faseovergangen")
    fase = models.CharField("fase", max_length=14, choices=list(FASEN.items()))
    op = models.DateField("op")
    reden = EncryptedTextField("reden", blank=True)
    aanvraag = models.ForeignKey(Aanvraag, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "faseovergang"
        verbose_name_plural = "faseovergangen"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(name="faseovergang_fase", condition=Q(fase__in=list(FASEN)))]

    def __str__(self) -> str:
        return f"faseovergang {self.pk}"
