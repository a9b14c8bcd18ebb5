from django.db import models
from django.db.models import Q

from evaluatie.domain.vragenlijst import Vraagsoort
from evaluatie.querysets import OptieQuerySet, VraagQuerySet, VragenlijstQuerySet


class Vragenlijst(models.Model):
    """A questionnaire: a fixed list of questions, used in one or more rounds."""

    code = models.SlugField("code", max_length=40, unique=True)
    titel = models.CharField("titel", max_length=120)

    objects = VragenlijstQuerySet.as_manager()

    class Meta:
        verbose_name = "vragenlijst"
        verbose_name_plural = "vragenlijsten"
        ordering = ["titel"]

    def __str__(self) -> str:
        return self.titel


class Vraag(models.Model):
    """One question.  See ``evaluatie.domain.vragenlijst.Vraag`` for what ``over`` and ``verdeling`` are for."""

    SOORTEN = ((Vraagsoort.KEUZE, "keuze"), (Vraagsoort.SCORE, "score"))

    vragenlijst = models.ForeignKey(Vragenlijst, on_delete=models.PROTECT, related_name="vragen")
    volgorde = models.PositiveSmallIntegerField("volgorde")
    code = models.SlugField("code", max_length=60)
    tekst = models.CharField("tekst", max_length=250)
    soort = models.CharField("soort", max_length=10, choices=SOORTEN)
    over = models.CharField("waarover men tevreden is", max_length=120, blank=True)
    verdeling = models.BooleanField("ook hoe vaak elke score is gegeven", default=False)

    objects = VraagQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["vragenlijst", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["vragenlijst", "code"], name="vraag_code"),
            models.UniqueConstraint(fields=["vragenlijst", "volgorde"], name="vraag_volgorde"),
            models.CheckConstraint(name="vraag_soort", condition=Q(soort__in=[str(soort) for soort in Vraagsoort])),
        ]

    def __str__(self) -> str:
        return self.tekst


class Optie(models.Model):
    """One possible answer to a question; ``score`` is its number on the scale of a score question."""

    vraag = models.ForeignKey(Vraag, on_delete=models.PROTECT, related_name="opties")
    volgorde = models.PositiveSmallIntegerField("volgorde")
    waarde = models.CharField("waarde", max_length=40)
    label = models.CharField("label", max_length=120)
    score = models.PositiveSmallIntegerField("score", null=True, blank=True)
    in_percentages = models.BooleanField("krijgt een percentage", default=True)

    objects = OptieQuerySet.as_manager()

    class Meta:
        verbose_name = "optie"
        verbose_name_plural = "opties"
        ordering = ["vraag", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["vraag", "waarde"], name="optie_waarde"),
            models.UniqueConstraint(fields=["vraag", "volgorde"], name="optie_volgorde"),
        ]

    def __str__(self) -> str:
        return self.label
