from django.conf import settings
from django.db import models

from ondersteuning.domain.eenzijdig import CONCLUSIENAMEN
from ondersteuning.models.aanvraag import Aanvraag
from swv_portal.common.crypto import EncryptedTextField


class Onderzoek(models.Model):
    """The independent investigation on which the SWV decides about a one-sided application."""

    aanvraag = models.OneToOneField(Aanvraag, on_delete=models.CASCADE, related_name="onderzoek")
    onderzoeker = EncryptedTextField("wie het onderzoek deed")
    werkgever = EncryptedTextField("waar de onderzoeker werkt")
    afgerond_op = models.DateField("onderzoek klaar op")
    conclusie = models.CharField("conclusie", max_length=10, choices=list(CONCLUSIENAMEN.items()))
    tekst = EncryptedTextField("waarom dat de conclusie is")
    vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "onafhankelijk onderzoek"
        verbose_name_plural = "onafhankelijke onderzoeken"
        constraints = [
            models.CheckConstraint(name="onderzoek_conclusie", condition=models.Q(conclusie__in=list(CONCLUSIENAMEN))),
        ]

    def __str__(self) -> str:
        return f"onderzoek {self.pk}"
