from django.core.validators import RegexValidator
from django.db import models

from kernen.domain.scholen import adresregels
from kernen.querysets import SchoolbestuurQuerySet

bevoegd_gezag_nummer = RegexValidator(r"\A[0-9]{5}\Z", "Het nummer van het bevoegd gezag heeft vijf cijfers.")


class Schoolbestuur(models.Model):
    """A school board (bevoegd gezag).  Until somebody names it, it is called after its number."""

    bevoegd_gezag_nummer = models.CharField(
        "nummer bevoegd gezag", max_length=5, unique=True, validators=[bevoegd_gezag_nummer]
    )
    naam = models.CharField("naam", max_length=150)
    straat = models.CharField("straat", max_length=120, blank=True)
    huisnummer = models.CharField("huisnummer", max_length=20, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    plaats = models.CharField("plaats", max_length=80, blank=True)
    lid = models.BooleanField("lid van het samenwerkingsverband", default=True)
    versie = models.PositiveIntegerField(default=1)

    objects = SchoolbestuurQuerySet.as_manager()

    class Meta:
        verbose_name = "schoolbestuur"
        verbose_name_plural = "schoolbesturen"
        ordering = ["naam", "id"]
        constraints = [
            models.CheckConstraint(
                name="schoolbestuur_nummer", condition=models.Q(bevoegd_gezag_nummer__regex=r"^[0-9]{5}$")
            )
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def adresregels(self) -> tuple[str, ...]:
        return adresregels(self.straat, self.huisnummer, self.postcode, self.plaats)
