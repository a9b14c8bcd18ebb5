from django.db import models
from django.db.models import Q

from ondersteuning.domain.leerling import DOCUMENTSOORTEN
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.models.leerling import Leerling
from swv_portal.jobs.models import Document


class Leerlingdocument(models.Model):
    """A document of a dossier.  The file itself is a ``Document`` of the pupil, stored encrypted.

    ``aanvragen`` are the applications for which the school ticked it: their parties can fetch it.
    """

    leerling = models.ForeignKey(Leerling, on_delete=models.CASCADE, related_name="documenten")
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="+")
    soort = models.CharField(
        "soort", max_length=14, choices=[(str(code), name) for code, name in DOCUMENTSOORTEN.items()]
    )
    datum = models.DateField("datum van het document")
    aanvragen = models.ManyToManyField(Aanvraag, blank=True, related_name="leerlingdocumenten")

    class Meta:
        verbose_name = "document van een leerling"
        verbose_name_plural = "documenten van leerlingen"
        ordering = ["-datum", "-id"]
        constraints = [
            models.CheckConstraint(
                name="leerlingdocument_soort", condition=Q(soort__in=sorted(str(code) for code in DOCUMENTSOORTEN))
            )
        ]

    def __str__(self) -> str:
        return f"leerlingdocument {self.pk}"
