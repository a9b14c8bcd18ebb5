from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Left, Lower

from kernen.domain.scholen import SOORTNAMEN, Schoolsoort, adresregels
from kernen.models.schoolbestuur import Schoolbestuur
from kernen.querysets import SchoolQuerySet

vestigingscode = RegexValidator(r"\A[0-9]{2}[A-Z]{2}[0-9]{2}\Z", "Schrijf de vestigingscode als 99AA00.")
postcode = RegexValidator(r"\A[1-9][0-9]{3} [A-Z]{2}\Z", "Schrijf de postcode als 2011 AB.")


class School(models.Model):
    """One vestiging: a place where a school teaches.  Its BRIN and the two digits after it are the vestigingscode.

    ``swv_code`` is filled for a school of another samenwerkingsverband that receives pupils of ours.  ``is_ikc`` marks
    a location where SBO and SO are taught under one roof.
    """

    vestigingscode = models.CharField("vestigingscode", max_length=6, unique=True, validators=[vestigingscode])
    brin = models.CharField("BRIN", max_length=4)
    naam = models.CharField("naam", max_length=150)
    soort = models.CharField("soort", max_length=6, choices=[(str(soort), naam) for soort, naam in SOORTNAMEN.items()])
    is_ikc = models.BooleanField("IKC", default=False)
    bestuur = models.ForeignKey(Schoolbestuur, on_delete=models.PROTECT, related_name="scholen", verbose_name="bestuur")
    straat = models.CharField("straat", max_length=120, blank=True)
    huisnummer = models.CharField("huisnummer", max_length=20, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True, validators=[postcode])
    plaats = models.CharField("plaats", max_length=80, blank=True)
    gemeente = models.CharField("gemeente", max_length=80, blank=True)
    pc4 = models.GeneratedField(
        expression=Left("postcode", 4), output_field=models.CharField(max_length=4), db_persist=True
    )
    actief = models.BooleanField("actief", default=True)
    buiten_regio = models.BooleanField("buiten de regio", default=False)
    swv_code = models.CharField("ander samenwerkingsverband", max_length=6, blank=True)
    zoektekst = models.GeneratedField(
        expression=Lower(Concat(F("naam"), Value(" "), F("vestigingscode"), Value(" "), F("plaats"))),
        output_field=models.TextField(),
        db_persist=True,
    )
    versie = models.PositiveIntegerField(default=1)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ["naam", "vestigingscode"]
        constraints = [
            models.CheckConstraint(
                name="school_vestigingscode", condition=models.Q(vestigingscode__regex=r"^[0-9]{2}[A-Z]{2}[0-9]{2}$")
            ),
            models.CheckConstraint(name="school_brin", condition=models.Q(brin=Left("vestigingscode", 4))),
            models.CheckConstraint(name="school_soort", condition=models.Q(soort__in=[str(s) for s in Schoolsoort])),
        ]
        indexes = [
            models.Index(fields=["naam", "vestigingscode"], name="school_volgorde"),
            models.Index(fields=["gemeente"], name="school_gemeente"),
            models.Index(fields=["pc4"], name="school_pc4"),
            GinIndex(OpClass(F("zoektekst"), name="gin_trgm_ops"), name="school_zoektekst"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def soortnaam(self) -> str:
        """'speciaal basisonderwijs', or 'IKC' with it."""
        name = SOORTNAMEN[self.soort]
        return f"IKC, {name}" if self.is_ikc else name

    @property
    def adresregels(self) -> tuple[str, ...]:
        return adresregels(self.straat, self.huisnummer, self.postcode, self.plaats)
