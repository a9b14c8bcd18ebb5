from django.db import models
from django.db.models import Q

from financien.domain.procedure import BESCHIKKING, KLAAR
from financien.models.budget import Budget
from financien.querysets import BeschikkingQuerySet
from kernen.models import School, Schoolbestuur
from swv_portal.jobs.models import Document, Job


class Beschikking(models.Model):
    """The letter with the budget of a school, or (``school`` empty) of a board with all its schools.

    ``nummer`` runs through a budget year without gaps.  The letter that replaces an earlier one keeps its number and
    gets the next ``uitgave``.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="beschikkingen")
    bestuur = models.ForeignKey(Schoolbestuur, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nummer = models.PositiveIntegerField("nummer")
    uitgave = models.PositiveIntegerField("versie", default=1)
    kenmerk = models.CharField("kenmerk", max_length=20)
    staat = models.CharField(
        "status", max_length=10, choices=list(BESCHIKKING.staten.items()), default=BESCHIKKING.begin
    )
    document = models.OneToOneField(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    gemaakt_op = models.DateTimeField(null=True, blank=True)

    objects = BeschikkingQuerySet.as_manager()

    class Meta:
        verbose_name = "beschikking"
        verbose_name_plural = "beschikkingen"
        ordering = ["nummer", "uitgave"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "nummer"], name="beschikking_nummer"),
            models.UniqueConstraint(fields=["budget", "school"], name="beschikking_school"),
            models.UniqueConstraint(
                fields=["budget", "bestuur"], condition=Q(school__isnull=True), name="beschikking_bestuur"
            ),
            models.UniqueConstraint(fields=["kenmerk", "uitgave"], name="beschikking_kenmerk"),
            models.CheckConstraint(name="beschikking_staat", condition=Q(staat__in=list(BESCHIKKING.staten))),
            models.CheckConstraint(
                name="beschikking_document",
                condition=Q(staat=KLAAR, document__isnull=False) | (~Q(staat=KLAAR) & Q(document__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.kenmerk
