from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kernen.models import School
from ondersteuning.domain import overstap as procedure
from ondersteuning.domain.baobao import BETAALJAREN
from ondersteuning.domain.budgetperiode import BUDGETMAANDEN
from ondersteuning.domain.terugplaatsing import HERKOMSTNAMEN
from ondersteuning.models.instellingen import Instellingen
from ondersteuning.models.leerling import Leerling
from ondersteuning.models.plaatsing import Plaatsing
from ondersteuning.querysets import OverstapQuerySet
from swv_portal.common.crypto import EncryptedTextField

#: The whole of primary education.
LANGSTE_BETAALJAREN = 8


class Overstap(models.Model):
    """What a terugplaatsing and a bao-bao overstap share.  The row that is locked, versioned, listed and kept.

    ``gevraagde_school`` is the new school while it takes part: filled when it is asked, emptied when the case goes back
    to the school that the pupil leaves.  ``stond_op`` is where the portal had the pupil when the case became definite.
    ``niet_verplaatst_op`` is the day on which the pupil turned out to be at a third school, and was left there.
    """

    kenmerk = models.CharField("kenmerk", max_length=20, unique=True)
    soort = models.CharField("soort", max_length=14, choices=list(procedure.SOORTNAMEN.items()))
    staat = models.CharField("status", max_length=12, choices=list(procedure.STATEN.items()), default=procedure.CONCEPT)
    versie = models.PositiveIntegerField(default=1)
    leerling = models.ForeignKey(Leerling, on_delete=models.PROTECT, related_name="overstappen")
    van_school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", verbose_name="school die de leerling verlaat"
    )
    naar_school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="nieuwe school"
    )
    gevraagde_school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    overstap_op = models.DateField("eerste dag op de nieuwe school", null=True, blank=True)
    reden = EncryptedTextField("waarom de leerling overstapt", blank=True)
    toestemming_op = models.DateField("ouders stemden in op", null=True, blank=True)
    toestemming = EncryptedTextField("wie toestemming gaf, en hoe", blank=True)
    antwoord = EncryptedTextField("waarom het terugkwam of verviel", blank=True)

    begonnen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    aangemaakt = models.DateTimeField(auto_now_add=True)
    gewijzigd = models.DateTimeField(auto_now=True)
    sinds = models.DateField("in deze status sinds")
    afgesloten_op = models.DateField("afgesloten op", null=True, blank=True)
    bewaren_tot = models.DateField("bewaren tot en met", null=True, blank=True)
    verlaten_gewaarschuwd_op = models.DateField("gewaarschuwd dat niemand eraan werkt op", null=True, blank=True)
    stond_op = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="school waar de leerling stond toen het definitief werd",
    )
    niet_verplaatst_op = models.DateField("niet overgezet, want de leerling was elders, op", null=True, blank=True)

    objects = OverstapQuerySet.as_manager()

    class Meta:
        verbose_name = "overstap"
        verbose_name_plural = "overstappen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="overstap_soort", condition=Q(soort__in=list(procedure.SOORTNAMEN))),
            models.CheckConstraint(name="overstap_staat", condition=Q(staat__in=list(procedure.STATEN))),
            models.UniqueConstraint(
                name="overstap_een_lopend",
                fields=["leerling", "soort"],
                condition=Q(staat__in=sorted(procedure.LOPEND)),
            ),
            models.CheckConstraint(
                name="overstap_scholen", condition=Q(naar_school__isnull=True) | ~Q(naar_school=F("van_school"))
            ),
            models.CheckConstraint(
                name="overstap_afgesloten",
                condition=Q(
                    staat__in=sorted(procedure.AFGESLOTEN), afgesloten_op__isnull=False, bewaren_tot__isnull=False
                )
                | Q(staat__in=sorted(procedure.LOPEND), afgesloten_op__isnull=True, bewaren_tot__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["staat", "-id"], name="overstap_staat_volgorde"),
            models.Index(fields=["van_school", "-id"], name="overstap_van"),
            models.Index(fields=["gevraagde_school", "-id"], name="overstap_gevraagd"),
            models.Index(fields=["bewaren_tot"], name="overstap_bewaren"),
        ]

    def __str__(self) -> str:
        return self.kenmerk


class Terugplaatsing(Overstap):
    """From special education back to a regular school.

    ``tlv_plaats`` is the place that ends, ``budgetplaats`` the budget of the receiving school; without one
    ``geen_budget_omdat`` says why.
    """

    tlv_plaats = models.ForeignKey(
        Plaatsing, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="plaats met de TLV"
    )
    herkomst = models.CharField(
        "waar de leerling eerder op school zat", max_length=6, choices=list(HERKOMSTNAMEN.items()), blank=True
    )
    gesprek_op = models.DateField("startgesprek op", null=True, blank=True)
    aanwezig = ArrayField(models.CharField(max_length=12), default=list, blank=True, verbose_name="wie erbij waren")
    anderen = EncryptedTextField("wie er nog meer bij waren", blank=True)
    afspraken = EncryptedTextField("afspraken van het startgesprek", blank=True)
    budgetplaats = models.OneToOneField(
        Plaatsing, null=True, blank=True, on_delete=models.SET_NULL, related_name="terugplaatsing"
    )
    geen_budget_omdat = models.CharField("waarom er geen budget is", max_length=200, blank=True)

    class Meta:
        verbose_name = "terugplaatsing"
        verbose_name_plural = "terugplaatsingen"
        constraints = [
            models.CheckConstraint(name="terugplaatsing_herkomst", condition=Q(herkomst__in=["", *HERKOMSTNAMEN]))
        ]


class BaoBao(Overstap):
    """From one regular school to another: both directors confirmed, each with an own account."""

    van_bevestigd_op = models.DateField("directeur van de oude school bevestigde op", null=True, blank=True)
    van_bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    naar_bevestigd_op = models.DateField("directeur van de nieuwe school bevestigde op", null=True, blank=True)
    naar_bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    betaalt_tot = models.DateField("de oude school betaalt een verwijzing tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "overstap tussen basisscholen"
        verbose_name_plural = "overstappen tussen basisscholen"


class Overstapinstellingen(Instellingen):
    """About a terugplaatsing and a bao-bao overstap."""

    budgetmaanden = models.PositiveSmallIntegerField("maanden terugplaatsingsbudget", default=BUDGETMAANDEN)
    betaaljaren = models.PositiveSmallIntegerField("jaren dat de oude school betaalt (bao-bao)", default=BETAALJAREN)

    class Meta(Instellingen.Meta):
        verbose_name = "instellingen van overstappen"
        verbose_name_plural = "instellingen van overstappen"
        constraints = [
            *Instellingen.Meta.constraints,
            models.CheckConstraint(
                name="overstapinstellingen_maanden",
                condition=Q(budgetmaanden__gte=1, budgetmaanden__lte=BUDGETMAANDEN),
            ),
            models.CheckConstraint(
                name="overstapinstellingen_jaren", condition=Q(betaaljaren__gte=1, betaaljaren__lte=LANGSTE_BETAALJAREN)
            ),
        ]
