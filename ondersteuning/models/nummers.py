from django.db import models
from django.db.models import Q


class Teller(models.Model):
    """The last number that was given out, per kind and school year.  Its row is locked to give out the next."""

    soort = models.CharField(max_length=10)
    schooljaar = models.PositiveSmallIntegerField()
    laatste = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "teller"
        verbose_name_plural = "tellers"
        constraints = [
            models.UniqueConstraint(fields=["soort", "schooljaar"], name="teller_uniek"),
            models.CheckConstraint(name="teller_soort", condition=Q(soort__in=["aanvraag", "tlv"])),
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.schooljaar}: {self.laatste}"


class Tlvnummer(models.Model):
    """A TLV number that was given out.  Kept for good, also when the TLV or its dossier is gone: never reused.

    Of one that never stood in a letter it is recorded why, so that a gap in the row explains itself.
    """

    schooljaar = models.PositiveSmallIntegerField("schooljaar (beginjaar)")
    volgnummer = models.PositiveIntegerField("volgnummer")
    nummer = models.CharField("nummer", max_length=40, unique=True)
    uitgegeven_op = models.DateField("uitgegeven op")
    niet_gebruikt_op = models.DateField("niet gebruikt sinds", null=True, blank=True)
    niet_gebruikt_omdat = models.CharField("waarom niet gebruikt", max_length=120, blank=True)

    class Meta:
        verbose_name = "TLV-nummer"
        verbose_name_plural = "TLV-nummers"
        constraints = [
            models.UniqueConstraint(fields=["schooljaar", "volgnummer"], name="tlvnummer_uniek"),
            models.CheckConstraint(name="tlvnummer_vanaf_een", condition=Q(volgnummer__gte=1)),
            models.CheckConstraint(
                name="tlvnummer_niet_gebruikt",
                condition=Q(niet_gebruikt_op__isnull=True, niet_gebruikt_omdat="")
                | (Q(niet_gebruikt_op__isnull=False) & ~Q(niet_gebruikt_omdat="")),
            ),
        ]

    def __str__(self) -> str:
        return self.nummer
