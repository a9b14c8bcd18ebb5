from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kernen.models import School
from ondersteuning.domain.betaler import BETAALREDENNAMEN, HELE_SCHOOLTIJD
from ondersteuning.domain.fase import FASE, FASEN
from ondersteuning.querysets import LeerlingQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Leerling(models.Model):
    """A pupil: the dossier that every procedure about this child belongs to.  Name and birth date are encrypted.

    ``zoeksleutels`` are keyed hashes of the parts of the name, ``dubbelsleutel`` one of name and birth date together:
    with these a school finds its own pupil and doubles are noticed, without a readable name in the database.

    ``swv_betaalt_…`` is all that stays of an application by which the SWV pays during the whole primary school time,
    when that is destroyed before the dossier: from when, why, and its reference.

    ``school`` is the school of the open ``Schoolperiode``; empty for a pupil who never was at a school.  A procedure
    about a pupil is a model with a foreign key ``leerling`` and a date ``bewaren_tot``, empty as long as it runs.
    """

    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="school"
    )
    voornamen = EncryptedTextField("voornamen", blank=True)
    achternaam = EncryptedTextField("achternaam", blank=True)
    geboortedatum = EncryptedTextField("geboortedatum (jjjj-mm-dd)", blank=True)
    groep = models.CharField("groep", max_length=12, blank=True)
    woon_pc4 = models.CharField("postcode van het woonadres (alleen de vier cijfers)", max_length=4, blank=True)
    een_gezag_reden = EncryptedTextField("waarom één persoon met gezag", blank=True)
    zoeksleutels = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    dubbelsleutel = models.CharField(max_length=32, blank=True)
    fase = models.CharField("fase", max_length=14, choices=list(FASEN.items()), default=FASE.begin)
    fase_sinds = models.DateField("in deze fase sinds", default=timezone.localdate)
    consulent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="consulent",
    )
    swv_betaalt_sinds = models.DateField("het SWV betaalt een verwijzing sinds", null=True, blank=True)
    swv_betaalt_reden = models.CharField(
        "waarom het SWV een verwijzing betaalt", max_length=12, choices=list(BETAALREDENNAMEN.items()), blank=True
    )
    swv_betaalt_kenmerk = models.CharField("bij welke aanvraag dat begon", max_length=20, blank=True)
    gewijzigd_op = models.DateField("gewijzigd op", default=timezone.localdate)
    bewaren_tot = models.DateField("bewaren tot en met", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = LeerlingQuerySet.as_manager()

    class Meta:
        verbose_name = "leerling"
        verbose_name_plural = "leerlingen"
        constraints = [
            models.CheckConstraint(name="leerling_fase", condition=Q(fase__in=list(FASEN))),
            models.CheckConstraint(name="leerling_woon_pc4", condition=Q(woon_pc4__regex=r"^([1-9][0-9]{3})?$")),
            models.CheckConstraint(
                name="leerling_swv_betaalt",
                condition=Q(swv_betaalt_sinds__isnull=True, swv_betaalt_reden="", swv_betaalt_kenmerk="")
                | Q(swv_betaalt_sinds__isnull=False, swv_betaalt_reden__in=sorted(HELE_SCHOOLTIJD)),
            ),
        ]
        indexes = [
            GinIndex(fields=["zoeksleutels"], name="leerling_zoeksleutels"),
            models.Index(fields=["dubbelsleutel", "school"], name="leerling_dubbel"),
            models.Index(fields=["school", "-id"], name="leerling_school"),
            models.Index(fields=["fase", "-id"], name="leerling_fase_volgorde"),
            models.Index(fields=["consulent", "-id"], name="leerling_consulent"),
            models.Index(fields=["bewaren_tot"], name="leerling_bewaren"),
        ]

    def __str__(self) -> str:
        return f"leerling {self.pk}"

    @property
    def naam(self) -> str:
        return f"{self.voornamen} {self.achternaam}".strip()


class NietDezelfde(models.Model):
    """The SWV looked at two dossiers with the same name and birth date: they are two children.

    ``leerling`` is the one with the lower key, so that a pair stands here once.
    """

    leerling = models.ForeignKey(Leerling, on_delete=models.CASCADE, related_name="+")
    ander = models.ForeignKey(Leerling, on_delete=models.CASCADE, related_name="+")
    gezien_op = models.DateField("bekeken op")

    class Meta:
        verbose_name = "niet dezelfde leerling"
        verbose_name_plural = "niet dezelfde leerlingen"
        constraints = [
            models.UniqueConstraint(fields=["leerling", "ander"], name="nietdezelfde_uniek"),
            models.CheckConstraint(name="nietdezelfde_volgorde", condition=Q(leerling__lt=F("ander"))),
        ]

    def __str__(self) -> str:
        return f"niet dezelfde {self.pk}"
