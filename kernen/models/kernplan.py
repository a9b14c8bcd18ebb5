from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from kernen.domain.kernplan import CONCEPT, KERNPLAN, Inzet
from kernen.models.kern import Kern
from kernen.models.menukaart import Menukaartthema
from kernen.querysets import KernplanQuerySet
from swv_portal.common.dates import Schooljaar


class Kernplan(models.Model):
    """What a kern wants to reach in a school year, on one page.  See ``domain/kernplan.py`` for the rules.

    ``stap`` is the furthest step of the route the kern takes; the reasons say why the steps before it do not suffice.
    ``opmerking`` holds the last remark of the SWV.
    """

    kern = models.ForeignKey(Kern, on_delete=models.PROTECT, related_name="kernplannen")
    schooljaar = models.PositiveSmallIntegerField("schooljaar")
    staat = models.CharField("staat", max_length=14, choices=list(KERNPLAN.staten.items()), default=CONCEPT)
    aanleiding = models.TextField("aanleiding", blank=True, max_length=1500)
    stap = models.PositiveSmallIntegerField("stap van de route", default=1)
    toelichting = models.TextField("wat zet de kern in", blank=True, max_length=1500)
    waarom_niet_1 = models.TextField("waarom is stap 1 niet genoeg", blank=True, max_length=800)
    waarom_niet_2 = models.TextField("waarom is stap 2 niet genoeg", blank=True, max_length=800)
    overige_kosten = models.DecimalField("overige kosten", max_digits=9, decimal_places=2, default=Decimal("0.00"))
    overige_toelichting = models.CharField("waarvoor", max_length=200, blank=True)
    opmerking = models.TextField("opmerking van het samenwerkingsverband", blank=True, max_length=2000)
    ingediend_op = models.DateTimeField(null=True, blank=True)
    vastgesteld_op = models.DateTimeField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)
    # Who saved last, and since which version without anybody between: that person's own autosave is no conflict.
    schrijver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    schrijver_vanaf = models.PositiveIntegerField(default=1)

    objects = KernplanQuerySet.as_manager()

    class Meta:
        verbose_name = "kernplan"
        verbose_name_plural = "kernplannen"
        ordering = ["-schooljaar", "kern__naam"]
        constraints = [
            models.UniqueConstraint(fields=["kern", "schooljaar"], name="kernplan_uniek"),
            models.CheckConstraint(name="kernplan_staat", condition=Q(staat__in=list(KERNPLAN.staten))),
            models.CheckConstraint(name="kernplan_stap", condition=Q(stap__in=[1, 2, 3])),
        ]

    def __str__(self) -> str:
        return f"kernplan {self.kern_id} {self.schooljaar}"

    @property
    def schooljaar_tekst(self) -> str:
        return str(Schooljaar(self.schooljaar))


class Kernplandoel(models.Model):
    """A goal of a kernplan, from the menukaart or the kern's own, with what the kern will do for it."""

    kernplan = models.ForeignKey(Kernplan, on_delete=models.CASCADE, related_name="doelen")
    volgnummer = models.PositiveSmallIntegerField()
    thema = models.ForeignKey(Menukaartthema, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tekst = models.TextField("doel", max_length=600)
    activiteiten = models.TextField("activiteiten", blank=True, max_length=1000)

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        ordering = ["volgnummer"]
        constraints = [models.UniqueConstraint(fields=["kernplan", "volgnummer"], name="kernplandoel_uniek")]

    def __str__(self) -> str:
        return f"doel {self.volgnummer}"


class Kernplaninzet(models.Model):
    """A professional with hours and tariff in a kernplan.  Name, step and tariff are copied: they stay as agreed."""

    kernplan = models.ForeignKey(Kernplan, on_delete=models.CASCADE, related_name="inzet")
    volgnummer = models.PositiveSmallIntegerField()
    professional = models.CharField("professional", max_length=80)
    stap = models.PositiveSmallIntegerField()
    uren = models.DecimalField("uren", max_digits=7, decimal_places=2)
    tarief = models.DecimalField("tarief per uur", max_digits=7, decimal_places=2)

    class Meta:
        verbose_name = "inzet"
        verbose_name_plural = "inzet"
        ordering = ["volgnummer"]
        constraints = [
            models.UniqueConstraint(fields=["kernplan", "volgnummer"], name="kernplaninzet_uniek"),
            models.CheckConstraint(name="kernplaninzet_stap", condition=Q(stap__in=[1, 2, 3])),
        ]

    def __str__(self) -> str:
        return f"inzet {self.volgnummer}"

    @property
    def als_inzet(self) -> Inzet:
        return Inzet(self.professional, self.stap, self.uren, self.tarief)
