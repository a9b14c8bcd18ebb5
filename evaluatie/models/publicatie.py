from datetime import date
from typing import Self

from django.db import models

from evaluatie.domain.herhaling import Antwoordbeeld
from evaluatie.models.ronde import Ronde
from evaluatie.querysets import PublicatieQuerySet
from swv_portal.common.crypto import EncryptedJSONField


class Publicatie(models.Model):
    """The answers of a round as they were published, as counts: what a next publication is compared with.

    Encrypted, because subtracting it from the answers of an open round would tell what came in since.
    """

    ronde = models.ForeignKey(Ronde, on_delete=models.CASCADE, related_name="publicaties")
    op = models.DateField("gepubliceerd op")
    inhoud = EncryptedJSONField("tellingen")

    objects = PublicatieQuerySet.as_manager()

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ["ronde", "pk"]

    def __str__(self) -> str:
        return f"publicatie van ronde {self.ronde_id}"

    @classmethod
    def van_beeld(cls, ronde: Ronde, beeld: Antwoordbeeld, *, op: date) -> Self:
        counts = [[*key, count] for key, count in sorted(beeld.tellingen.items())]
        return cls(ronde=ronde, op=op, inhoud={"groepen": dict(beeld.groepen), "tellingen": counts})

    @property
    def beeld(self) -> Antwoordbeeld:
        counts = {(groep, vraag, waarde): count for groep, vraag, waarde, count in self.inhoud["tellingen"]}
        return Antwoordbeeld(self.inhoud["groepen"], counts)
