from django.db import models

from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.models.partij import Partij
from ondersteuning.querysets import VanAanvraagQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Sectiereactie(models.Model):
    """What a parent objects to in one part of the application; without a text it was taken back.

    ``sectie`` is the code of a step of the form.  It lapses when the school takes the application back to change it.
    ``na_besluit`` as with a ``Zienswijze``.
    """

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="sectiereacties")
    partij = models.ForeignKey(Partij, on_delete=models.CASCADE, related_name="sectiereacties")
    sectie = models.CharField("deel van de aanvraag", max_length=20)
    tekst = EncryptedTextField("wat er volgens de ouder niet klopt", blank=True)
    geschreven_op = models.DateField("geschreven op")
    na_besluit = models.PositiveSmallIntegerField("kwam na besluit", default=0)
    vervallen_op = models.DateField("vervallen op", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = VanAanvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "reactie op een deel"
        verbose_name_plural = "reacties op delen"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["partij", "sectie"], name="sectiereactie_uniek")]

    def __str__(self) -> str:
        return f"sectiereactie {self.pk}"
