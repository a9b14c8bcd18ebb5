from django.db import models
from django.db.models import F, Q

from ondersteuning.querysets import JeugdhulpinstellingQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Jeugdhulpinstelling(models.Model):
    """An institution that has a mandate of the SWV to apply on route D, from ``gemandateerd_van`` on.

    Kept when its mandate ends: applications name it.  Who the contact is, is stored encrypted.
    """

    naam = models.CharField("naam", max_length=120, unique=True)
    contactpersoon = EncryptedTextField("contactpersoon")
    email = EncryptedTextField("e-mailadres")
    gemandateerd_van = models.DateField("gemandateerd van")
    gemandateerd_tot = models.DateField("gemandateerd tot en met", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = JeugdhulpinstellingQuerySet.as_manager()

    class Meta:
        verbose_name = "jeugdhulpinstelling"
        verbose_name_plural = "jeugdhulpinstellingen"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                name="jeugdhulpinstelling_mandaat",
                condition=Q(gemandateerd_tot__isnull=True) | Q(gemandateerd_tot__gte=F("gemandateerd_van")),
            )
        ]

    def __str__(self) -> str:
        return self.naam
