import uuid

from django.conf import settings
from django.db import models

from ondersteuning.querysets import PlaatsingimportQuerySet


class Plaatsingimport(models.Model):
    """A file of places that was offered on screen and waits for a yes or a no; the file itself is a document."""

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dag = models.DateField("aangeboden op")
    aanvrager = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")

    objects = PlaatsingimportQuerySet.as_manager()

    class Meta:
        verbose_name = "aangeboden bestand met plaatsingen"
        verbose_name_plural = "aangeboden bestanden met plaatsingen"

    def __str__(self) -> str:
        return f"plaatsingen {self.sleutel}"
