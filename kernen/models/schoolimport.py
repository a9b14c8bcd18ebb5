from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kernen.querysets import SchoolimportQuerySet


class Schoolimport(models.Model):
    """A file of DUO that was uploaded, with what it would change, until somebody confirms it.

    The file itself is an encrypted document; the name it had on somebody's computer is not kept.  ``voorbeeld`` is the
    preview as it was shown; ``vingerafdruk`` is the hash of the changes, so that confirming does exactly what was seen.
    """

    class Staat(models.TextChoices):
        KLAAR = "klaar", "wacht op bevestiging"
        GEWEIGERD = "geweigerd", "geweigerd"
        TOEGEPAST = "toegepast", "ingelezen"
        VERVALLEN = "vervallen", "niet ingelezen"

    soort = models.CharField("soort", max_length=12)
    document = models.ForeignKey("jobs.Document", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    gemeenten = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    pc4 = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    jaar = models.PositiveSmallIntegerField(null=True, blank=True)
    staat = models.CharField(max_length=10, choices=Staat, default=Staat.KLAAR)
    voorbeeld = models.JSONField(default=dict)
    vingerafdruk = models.CharField(max_length=64, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    aangemaakt = models.DateTimeField(auto_now_add=True)
    toegepast_op = models.DateTimeField(null=True, blank=True)

    objects = SchoolimportQuerySet.as_manager()

    class Meta:
        verbose_name = "import van scholen of leerlingen"
        verbose_name_plural = "imports van scholen of leerlingen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="schoolimport_soort", condition=Q(soort__in=["scholen", "leerlingen"])),
            models.CheckConstraint(
                name="schoolimport_staat", condition=Q(staat__in=["klaar", "geweigerd", "toegepast", "vervallen"])
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk} ({self.soort})"
