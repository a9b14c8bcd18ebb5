from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ondersteuning.domain.geldigheid import STANDAARD_PATROON

ENIGE = 1


class Tlvinstellingen(models.Model):
    """What this SWV wants otherwise about TLV's.  At most one row; without it the defaults hold.

    ``gelijkgesteld``: days that a royal decree made equal to a public holiday (Algemene termijnenwet art. 3 lid 3).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ENIGE, editable=False)
    nummerpatroon = models.CharField("patroon van het TLV-nummer", max_length=60, default=STANDAARD_PATROON)
    gelijkgesteld = ArrayField(
        models.DateField(), verbose_name="met een feestdag gelijkgestelde dagen", default=list, blank=True
    )
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "TLV-instellingen"
        verbose_name_plural = "TLV-instellingen"
        constraints = [models.CheckConstraint(name="tlvinstellingen_enig", condition=Q(id=ENIGE))]

    def __str__(self) -> str:
        return "TLV-instellingen"
