from django.db import models

from kernen.models.kern import Kern
from kernen.querysets import KernsessieQuerySet


class Kernsessie(models.Model):
    """A meeting of a kern in a school year.  ``maand`` is its first day when the day itself is not fixed yet."""

    kern = models.ForeignKey(Kern, on_delete=models.CASCADE, related_name="sessies")
    schooljaar = models.PositiveSmallIntegerField("schooljaar")
    nummer = models.PositiveSmallIntegerField("nummer")
    maand = models.DateField("maand")
    datum = models.DateField("datum", null=True, blank=True)
    doel = models.CharField("doel", max_length=200)
    focus = models.TextField("inhoud", blank=True, max_length=1000)
    verslag = models.TextField("kort verslag", blank=True, max_length=4000)
    versie = models.PositiveIntegerField(default=1)

    objects = KernsessieQuerySet.as_manager()

    class Meta:
        verbose_name = "kernsessie"
        verbose_name_plural = "kernsessies"
        ordering = ["schooljaar", "nummer"]
        constraints = [models.UniqueConstraint(fields=["kern", "schooljaar", "nummer"], name="kernsessie_uniek")]

    def __str__(self) -> str:
        return f"sessie {self.nummer} van kern {self.kern_id}"
