from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from kernen.models.school import School
from kernen.querysets import KernbudgetQuerySet, KernlidmaatschapQuerySet, KernQuerySet


class Kern(models.Model):
    """A group of schools in a village or quarter that supports pupils together."""

    naam = models.CharField("naam", max_length=80, unique=True)
    code = models.SlugField("code", max_length=30, unique=True)
    actief = models.BooleanField("actief", default=True)
    versie = models.PositiveIntegerField(default=1)

    objects = KernQuerySet.as_manager()

    class Meta:
        verbose_name = "kern"
        verbose_name_plural = "kernen"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Periode(Func):
    """``daterange(van, tot)``: from ``van`` up to, not including, ``tot``; open when ``tot`` is null."""

    function = "daterange"
    output_field = DateRangeField()


class Kernlidmaatschap(models.Model):
    """A school in a kern for a period.  No school is in two kernen on one day."""

    kern = models.ForeignKey(Kern, on_delete=models.PROTECT, related_name="lidmaatschappen")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="lidmaatschappen")
    van = models.DateField("van")
    tot = models.DateField("tot", null=True, blank=True)

    objects = KernlidmaatschapQuerySet.as_manager()

    class Meta:
        verbose_name = "kernlidmaatschap"
        verbose_name_plural = "kernlidmaatschappen"
        constraints = [
            models.CheckConstraint(
                name="kernlidmaatschap_periode", condition=Q(tot__isnull=True) | Q(tot__gt=F("van"))
            ),
            ExclusionConstraint(
                name="kernlidmaatschap_een_tegelijk",
                expressions=[("school", RangeOperators.EQUAL), (Periode("van", "tot"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"school {self.school_id} in kern {self.kern_id} vanaf {self.van}"


class Kernbudget(models.Model):
    """What a kern may spend in a school year (``schooljaar`` is the year in which it begins), in euros."""

    kern = models.ForeignKey(Kern, on_delete=models.CASCADE, related_name="budgetten")
    schooljaar = models.PositiveSmallIntegerField("schooljaar")
    bedrag = models.DecimalField("bedrag", max_digits=10, decimal_places=2)
    versie = models.PositiveIntegerField(default=1)

    objects = KernbudgetQuerySet.as_manager()

    class Meta:
        verbose_name = "kernbudget"
        verbose_name_plural = "kernbudgetten"
        constraints = [
            models.UniqueConstraint(fields=["kern", "schooljaar"], name="kernbudget_uniek"),
            models.CheckConstraint(name="kernbudget_bedrag", condition=Q(bedrag__gte=0)),
        ]

    def __str__(self) -> str:
        return f"kernbudget {self.kern_id} {self.schooljaar}"
