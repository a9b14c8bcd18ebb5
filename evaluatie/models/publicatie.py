from django.db import models

from evaluatie.models.ronde import Ronde
from evaluatie.querysets import PublicatieQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Publicatie(models.Model):
    """That the results of a round were published: of which answers, and from which group size on.

    Both stay as they were at the first publication.  ``afdruk`` is that of ``evaluatie.domain.afdruk``.  It is stored
    encrypted: whoever sees the answers of the open round could otherwise try which of them came in since.
    """

    ronde = models.OneToOneField(Ronde, on_delete=models.CASCADE, related_name="publicatie")
    afdruk = EncryptedTextField("afdruk van de antwoorden")
    minimum = models.PositiveSmallIntegerField("kleinste groep die zichtbaar is")

    objects = PublicatieQuerySet.as_manager()

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ["ronde"]

    def __str__(self) -> str:
        return f"publicatie van ronde {self.ronde_id}"
