from django.db import models

from ondersteuning.domain import kindformulier as regels
from ondersteuning.models.aanvraag import Aanvraag
from swv_portal.common.crypto import EncryptedTextField


class Kindformulier(models.Model):
    """What the child itself says, filled in with a parent, the school or the institution; or why nothing.

    ``ingevuld_met``: 'school', 'instelling', 'samenwerkingsverband', or the label of the parent ('ouder 1').
    """

    aanvraag = models.OneToOneField(Aanvraag, on_delete=models.CASCADE, related_name="kindformulier")
    gevoel = EncryptedTextField("hoe het kind school vindt", blank=True)
    goed = EncryptedTextField("wat goed gaat", blank=True)
    moeilijk = EncryptedTextField("wat moeilijk is", blank=True)
    helpt = EncryptedTextField("wat helpt", blank=True)
    waar = EncryptedTextField("waar het kind naar school wil", blank=True)
    nog = EncryptedTextField("wat het kind nog wil zeggen", blank=True)
    geen_reden = EncryptedTextField("waarom het kind niets kon zeggen", blank=True)
    ingevuld_met = models.CharField("ingevuld met", max_length=20)
    ingevuld_op = models.DateField("ingevuld op")
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "formulier van het kind"
        verbose_name_plural = "formulieren van het kind"

    def __str__(self) -> str:
        return f"kindformulier {self.pk}"

    @property
    def antwoorden(self) -> dict[str, str]:
        """The answers by the code of their question."""
        return {code: getattr(self, code) for code in regels.VRAGEN}

    @property
    def gehoord(self) -> bool:
        """Did the child say something?"""
        return regels.gehoord(self.gevoel, self.antwoorden)
