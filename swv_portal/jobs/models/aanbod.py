import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from swv_portal.jobs.querysets import AanbodQuerySet


class Aanbod(models.Model):
    """One or more files that somebody offered for import, from the preview until somebody decides.

    The files are encrypted documents of this row and go as soon as it is decided; the row stays, as the record of what
    was imported and as the answer to who decides a second time.  The names that the files had are not kept.
    ``gegevens`` is what was chosen with them; ``voorbeeld`` what was shown, for an app that keeps that.
    """

    class Staat(models.TextChoices):
        KLAAR = "klaar", "wacht op bevestiging"
        TOEGEPAST = "toegepast", "ingelezen"
        VERVALLEN = "vervallen", "niet ingelezen"

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField(max_length=80)
    staat = models.CharField(max_length=10, choices=Staat, default=Staat.KLAAR)
    gegevens = models.JSONField(default=dict)
    voorbeeld = models.JSONField(default=dict)
    aanvrager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    aangemaakt = models.DateTimeField(auto_now_add=True)
    wacht_tot = models.DateField(null=True, blank=True)

    objects = AanbodQuerySet.as_manager()

    class Meta:
        verbose_name = "aangeboden bestand"
        verbose_name_plural = "aangeboden bestanden"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="aanbod_staat", condition=Q(staat__in=["klaar", "toegepast", "vervallen"])),
        ]

    def __str__(self) -> str:
        return f"aanbod {self.pk} ({self.soort})"
