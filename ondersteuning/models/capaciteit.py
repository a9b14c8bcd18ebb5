from django.conf import settings
from django.db import models
from django.db.models import Q

from kernen.models import School
from ondersteuning.domain.capaciteit import GROEPEN, LANGSTE_TOELICHTING, STANDNAMEN


class Capaciteitenlijst(models.Model):
    """What one school says of its groups, with one version for all of them.  Public; holds nothing about a child.

    ``gewijzigd_op`` is empty as long as the school never saved it.
    """

    school = models.OneToOneField(School, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    gewijzigd_op = models.DateTimeField("gewijzigd op", null=True, blank=True)
    gewijzigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "capaciteitenlijst"
        verbose_name_plural = "capaciteitenlijsten"

    def __str__(self) -> str:
        return f"capaciteitenlijst {self.school_id}"


class Capaciteit(models.Model):
    """Whether there is room in one group of a school.  ``toelichting`` is about the group, never about a child."""

    lijst = models.ForeignKey(Capaciteitenlijst, on_delete=models.CASCADE, related_name="groepen")
    groep = models.PositiveSmallIntegerField("groep")
    stand = models.CharField("stand", max_length=8, choices=list(STANDNAMEN.items()))
    toelichting = models.CharField("toelichting", max_length=LANGSTE_TOELICHTING, blank=True)

    class Meta:
        verbose_name = "capaciteit"
        verbose_name_plural = "capaciteiten"
        ordering = ["groep"]
        constraints = [
            models.UniqueConstraint(fields=["lijst", "groep"], name="capaciteit_uniek"),
            models.CheckConstraint(name="capaciteit_groep", condition=Q(groep__gte=GROEPEN[0], groep__lte=GROEPEN[-1])),
            models.CheckConstraint(name="capaciteit_stand", condition=Q(stand__in=list(STANDNAMEN))),
        ]

    def __str__(self) -> str:
        return f"groep {self.groep}: {self.stand}"
