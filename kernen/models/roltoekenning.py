from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kernen.models.kern import Kern
from kernen.models.school import School
from kernen.models.schoolbestuur import Schoolbestuur
from kernen.querysets import RoltoekenningQuerySet
from swv_portal.common.scoping import PLAATS, ROLNAMEN, Rol


def _op_plaats(soort: str) -> Q:
    roles = sorted(str(rol) for rol in Rol if PLAATS[rol] == soort)
    places = {f"{kind}__isnull": kind != soort for kind in ("school", "kern", "bestuur")}
    return Q(rol__in=roles, **places)


class Roltoekenning(models.Model):
    """Somebody holds a role at a place for a period; ``tot`` is the first day on which it is over.

    The place is a school, a kern, a board, or (all three empty) the samenwerkingsverband itself, as the role demands.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="persoon"
    )
    rol = models.CharField("rol", max_length=24, choices=[(str(rol), naam) for rol, naam in ROLNAMEN.items()])
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.CASCADE, related_name="roltoekenningen")
    kern = models.ForeignKey(Kern, null=True, blank=True, on_delete=models.CASCADE, related_name="roltoekenningen")
    bestuur = models.ForeignKey(
        Schoolbestuur, null=True, blank=True, on_delete=models.CASCADE, related_name="roltoekenningen"
    )
    van = models.DateField("van")
    tot = models.DateField("tot", null=True, blank=True)

    objects = RoltoekenningQuerySet.as_manager()

    class Meta:
        verbose_name = "roltoekenning"
        verbose_name_plural = "roltoekenningen"
        constraints = [
            models.CheckConstraint(
                name="roltoekenning_plaats",
                condition=_op_plaats("swv") | _op_plaats("school") | _op_plaats("kern") | _op_plaats("bestuur"),
            ),
            models.CheckConstraint(name="roltoekenning_periode", condition=Q(tot__isnull=True) | Q(tot__gte=F("van"))),
        ]

    def __str__(self) -> str:
        return f"{self.rol} van persoon {self.user_id}"

    @property
    def plaatsnaam(self) -> str:
        """Where the role is held, for a screen; reads the place, so select it with the row."""
        place = self.school or self.kern or self.bestuur
        return str(place) if place is not None else "samenwerkingsverband"
