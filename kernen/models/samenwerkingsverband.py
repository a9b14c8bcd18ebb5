from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from kernen.domain.scholen import adresregels
from kernen.querysets import SamenwerkingsverbandQuerySet

#: The only key there is: one installation serves one samenwerkingsverband.
ENIGE = 1

registratienummer = RegexValidator(r"\A(PO|VO)[0-9]{4}\Z", "Schrijf het registratienummer als PO2704.")


class Samenwerkingsverband(models.Model):
    """The samenwerkingsverband of this installation, with its own settings.  Exactly one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ENIGE, editable=False)
    naam = models.CharField("naam", max_length=120)
    registratienummer = models.CharField("registratienummer", max_length=6, validators=[registratienummer])
    straat = models.CharField("straat", max_length=120, blank=True)
    huisnummer = models.CharField("huisnummer", max_length=20, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    plaats = models.CharField("plaats", max_length=80, blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    website = models.URLField("website", blank=True)
    ondertekenaar = models.CharField(
        "ondertekenaar van brieven (functie)", max_length=80, default="directeur-bestuurder"
    )
    bezwaaradres = models.CharField("adres voor bezwaar", max_length=200, blank=True)
    minimum_groep = models.PositiveSmallIntegerField(
        "kleinste groep die in uitkomsten zichtbaar is",
        default=5,
        validators=[MinValueValidator(3), MaxValueValidator(50)],
    )
    termijn_weken = models.PositiveSmallIntegerField(
        "termijn voor een besluit op een aanvraag (weken)",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )
    versie = models.PositiveIntegerField(default=1)

    objects = SamenwerkingsverbandQuerySet.as_manager()

    class Meta:
        verbose_name = "samenwerkingsverband"
        verbose_name_plural = "samenwerkingsverbanden"
        constraints = [models.CheckConstraint(name="samenwerkingsverband_enig", condition=models.Q(id=ENIGE))]

    def __str__(self) -> str:
        return self.naam

    @property
    def adresregels(self) -> tuple[str, ...]:
        """The lines of the address, for letters."""
        return adresregels(self.straat, self.huisnummer, self.postcode, self.plaats)
