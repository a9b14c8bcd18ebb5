from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from evaluatie.domain.ronde import CODE, GESLOTEN, RONDE
from evaluatie.models.vragenlijst import Vragenlijst
from evaluatie.querysets import GroepQuerySet, RondeQuerySet
from kernen.models import Kern

STATEN = tuple(RONDE.staten.items())


class Ronde(models.Model):
    """One time that a questionnaire is held.  ``schooljaar`` is the year in which it begins."""

    code = models.CharField(
        "code",
        max_length=40,
        unique=True,
        validators=[RegexValidator(CODE, "Gebruik kleine letters, cijfers en streepjes.")],
    )
    titel = models.CharField("titel", max_length=160)
    schooljaar = models.PositiveSmallIntegerField("schooljaar")
    vragenlijst = models.ForeignKey(Vragenlijst, on_delete=models.PROTECT, related_name="rondes")
    staat = models.CharField("staat", max_length=10, choices=STATEN, default=RONDE.begin)
    sluit_op = models.DateField("te beantwoorden tot en met", null=True, blank=True)
    gesloten_op = models.DateField("gesloten op", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    #: Only there on rows of ``met_respondenten()``.
    aantal_respondenten: int
    aantal_groepen: int

    objects = RondeQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["-schooljaar", "-id"]
        constraints = [
            models.CheckConstraint(name="ronde_staat", condition=Q(staat__in=list(RONDE.staten))),
            models.CheckConstraint(
                name="ronde_gesloten_op", condition=Q(staat=GESLOTEN, gesloten_op__isnull=False) | ~Q(staat=GESLOTEN)
            ),
        ]

    def __str__(self) -> str:
        return self.titel


class Groep(models.Model):
    """A group of respondents within a round: a kern, or for instance the consulenten of the SWV.

    ``respondenten`` counts who handed in the questionnaire; who they are is not kept anywhere.
    """

    ronde = models.ForeignKey(Ronde, on_delete=models.CASCADE, related_name="groepen")
    naam = models.CharField("naam", max_length=80)
    kern = models.ForeignKey(Kern, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    respondenten = models.PositiveIntegerField("respondenten", default=0)

    objects = GroepQuerySet.as_manager()

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        ordering = ["naam"]
        constraints = [models.UniqueConstraint(fields=["ronde", "naam"], name="groep_naam")]

    def __str__(self) -> str:
        return self.naam
