from django.db import models
from django.db.models import Q

from kernen.domain.tellingen import Aantal
from kernen.models.school import School
from kernen.querysets import LeerlingtellingQuerySet


class Leerlingtelling(models.Model):
    """The number of pupils of a school on a teldatum; ``aantal`` is empty where DUO only says 'fewer than five'."""

    #: No index of its own: the unique constraint below begins with it.
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="tellingen", db_index=False)
    teldatum = models.DateField("teldatum")
    aantal = models.PositiveIntegerField("aantal", null=True, blank=True)
    minder_dan_vijf = models.BooleanField("minder dan vijf", default=False)

    objects = LeerlingtellingQuerySet.as_manager()

    class Meta:
        verbose_name = "leerlingtelling"
        verbose_name_plural = "leerlingtellingen"
        ordering = ["school", "teldatum"]
        constraints = [
            models.UniqueConstraint(fields=["school", "teldatum"], name="leerlingtelling_uniek"),
            models.CheckConstraint(
                name="leerlingtelling_aantal_of_klein",
                condition=Q(aantal__isnull=True, minder_dan_vijf=True) | Q(aantal__isnull=False, minder_dan_vijf=False),
            ),
        ]
        indexes = [models.Index(fields=["teldatum"], name="leerlingtelling_teldatum")]

    def __str__(self) -> str:
        return f"leerlingen van school {self.school_id} op {self.teldatum}"

    @property
    def als_aantal(self) -> Aantal:
        return Aantal(self.aantal, self.minder_dan_vijf)
