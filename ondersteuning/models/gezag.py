from django.db import models
from django.db.models import Q

from ondersteuning.domain.leerling import MEESTE_GEZAGSDRAGERS
from ondersteuning.models.leerling import Leerling
from swv_portal.common.crypto import EncryptedTextField


class Gezagsdrager(models.Model):
    """A person with custody: copied into every new application, and back when that is put before the parties."""

    leerling = models.ForeignKey(Leerling, on_delete=models.CASCADE, related_name="gezagsdragers")
    volgnummer = models.PositiveSmallIntegerField("volgnummer")
    naam = EncryptedTextField("naam")
    email = EncryptedTextField("e-mailadres", blank=True)
    telefoon = EncryptedTextField("telefoonnummer", blank=True)
    relatie = EncryptedTextField("relatie tot de leerling", blank=True)

    class Meta:
        verbose_name = "gezagsdrager"
        verbose_name_plural = "gezagsdragers"
        ordering = ["volgnummer"]
        constraints = [
            models.UniqueConstraint(fields=["leerling", "volgnummer"], name="gezagsdrager_uniek"),
            models.CheckConstraint(
                name="gezagsdrager_volgnummer",
                condition=Q(volgnummer__gte=1, volgnummer__lte=MEESTE_GEZAGSDRAGERS),
            ),
        ]

    def __str__(self) -> str:
        return f"gezagsdrager {self.volgnummer}"
