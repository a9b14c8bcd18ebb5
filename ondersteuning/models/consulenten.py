from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kernen.models import School
from ondersteuning.domain.consulenten import BEZOEKSOORTEN, UITKOMSTEN
from ondersteuning.querysets import VanSchoolQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Consulentschap(models.Model):
    """Which consulent goes with a school, from ``van`` up to, not including, ``tot``.  At most one at a time."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    consulent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="consulent"
    )
    van = models.DateField("van")
    tot = models.DateField("tot", null=True, blank=True)

    objects = VanSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "consulent van een school"
        verbose_name_plural = "consulenten van scholen"
        ordering = ["-van", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(tot__isnull=True), name="consulentschap_een_per_school"
            ),
            models.CheckConstraint(name="consulentschap_periode", condition=Q(tot__isnull=True) | Q(tot__gte=F("van"))),
        ]

    def __str__(self) -> str:
        return f"consulent van school {self.school_id}"


class Jaarafspraken(models.Model):
    """The agreements of one school and its consulent for one school year, with one version for all of them."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    schooljaar = models.PositiveSmallIntegerField("schooljaar (beginjaar)")
    versie = models.PositiveIntegerField(default=1)
    school_terug_op = models.DateField("de school keek terug op", null=True, blank=True)
    consulent_terug_op = models.DateField("de consulent keek terug op", null=True, blank=True)

    objects = VanSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "jaarafspraken"
        verbose_name_plural = "jaarafspraken"
        constraints = [models.UniqueConstraint(fields=["school", "schooljaar"], name="jaarafspraken_uniek")]

    def __str__(self) -> str:
        return f"jaarafspraken {self.school_id} {self.schooljaar}"


class Jaarafspraak(models.Model):
    """One agreement, and how each side looks back on it.  Not about a child; stored encrypted all the same."""

    afspraken = models.ForeignKey(Jaarafspraken, on_delete=models.CASCADE, related_name="regels")
    volgnummer = models.PositiveSmallIntegerField("volgnummer")
    tekst = EncryptedTextField("afspraak")
    doel = EncryptedTextField("wat het oplevert")
    uiterlijk = models.DateField("wanneer klaar", null=True, blank=True)
    school_uitkomst = models.CharField("volgens de school", max_length=8, choices=list(UITKOMSTEN.items()), blank=True)
    school_toelichting = EncryptedTextField("toelichting van de school", blank=True)
    consulent_uitkomst = models.CharField(
        "volgens de consulent", max_length=8, choices=list(UITKOMSTEN.items()), blank=True
    )
    consulent_toelichting = EncryptedTextField("toelichting van de consulent", blank=True)

    class Meta:
        verbose_name = "jaarafspraak"
        verbose_name_plural = "jaarafspraken"
        ordering = ["volgnummer"]
        constraints = [
            models.UniqueConstraint(fields=["afspraken", "volgnummer"], name="jaarafspraak_uniek"),
            models.CheckConstraint(name="jaarafspraak_vanaf_een", condition=Q(volgnummer__gte=1)),
        ]

    def __str__(self) -> str:
        return f"jaarafspraak {self.volgnummer}"


class Consulentbezoek(models.Model):
    """A visit of a consulent to a school.  Not about a child; its words are stored encrypted all the same."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    consulent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    datum = models.DateField("datum")
    soort = models.CharField("soort", max_length=12, choices=list(BEZOEKSOORTEN.items()))
    onderwerpen = EncryptedTextField("waar het over ging")
    vervolg = EncryptedTextField("wat er nu gebeurt", blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = VanSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "bezoek van een consulent"
        verbose_name_plural = "bezoeken van consulenten"
        ordering = ["-datum", "-id"]
        constraints = [models.CheckConstraint(name="consulentbezoek_soort", condition=Q(soort__in=list(BEZOEKSOORTEN)))]
        indexes = [models.Index(fields=["school", "-datum"], name="consulentbezoek_school")]

    def __str__(self) -> str:
        return f"bezoek {self.pk}"
