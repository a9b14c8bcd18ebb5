from django.db import models
from django.db.models import F, Q

from kernen.models import School
from ondersteuning.models.leerling import Leerling


class Schoolperiode(models.Model):
    """Where a pupil was, from ``van`` up to, not including, ``tot``; without ``school``: not at a school yet."""

    leerling = models.ForeignKey(Leerling, on_delete=models.CASCADE, related_name="schoolperioden")
    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="school"
    )
    van = models.DateField("van")
    tot = models.DateField("tot", null=True, blank=True)

    class Meta:
        verbose_name = "schoolperiode"
        verbose_name_plural = "schoolperioden"
        ordering = ["-van", "-id"]
        constraints = [
            models.CheckConstraint(name="schoolperiode_volgorde", condition=Q(tot__isnull=True) | Q(tot__gt=F("van"))),
            models.UniqueConstraint(fields=["leerling"], condition=Q(tot__isnull=True), name="schoolperiode_een_open"),
        ]

    def __str__(self) -> str:
        return f"schoolperiode {self.pk}"
