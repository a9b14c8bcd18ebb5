from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from kernen.models import School
from ondersteuning.querysets import LeerlingQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Leerling(models.Model):
    """A pupil, with the least that an application needs.  Name and birth date are stored encrypted.

    ``zoeksleutels`` are keyed hashes of the parts of the name, ``dubbelsleutel`` one of name and birth date together:
    with these a school finds its own pupil and is warned of a double, without a readable name in the database.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    voornamen = EncryptedTextField("voornamen", blank=True)
    achternaam = EncryptedTextField("achternaam", blank=True)
    geboortedatum = EncryptedTextField("geboortedatum (jjjj-mm-dd)", blank=True)
    zoeksleutels = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    dubbelsleutel = models.CharField(max_length=32, blank=True)

    objects = LeerlingQuerySet.as_manager()

    class Meta:
        verbose_name = "leerling"
        verbose_name_plural = "leerlingen"
        indexes = [
            GinIndex(fields=["zoeksleutels"], name="leerling_zoeksleutels"),
            models.Index(fields=["school", "dubbelsleutel"], name="leerling_dubbel"),
        ]

    def __str__(self) -> str:
        return f"leerling {self.pk}"

    @property
    def naam(self) -> str:
        return f"{self.voornamen} {self.achternaam}".strip()
