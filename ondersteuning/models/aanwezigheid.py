from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from kernen.models import School, Schoolbestuur
from ondersteuning.domain import verzuimmelding as procedure
from ondersteuning.domain.aanwezigheid import AANPAK, EINDES, OORZAKEN, SOORTNAMEN
from ondersteuning.domain.casusoverleg import EERSTE_OVERLEG, HOOGSTENS_WEKEN, OM_DE_WEKEN
from ondersteuning.domain.kwartaalrapport import HOEVEEL_PEILDAGEN, PEILDAGEN
from ondersteuning.models.instellingen import Instellingen
from ondersteuning.models.leerling import Leerling
from ondersteuning.querysets import VanVerzuimmeldingQuerySet, VerzuimmeldingQuerySet
from swv_portal.common.crypto import EncryptedTextField


def standaard_peildagen() -> list[str]:
    return list(PEILDAGEN)


class Verzuimmelding(models.Model):
    """A pupil who is absent, or threatens to be: reported by a school, followed by the SWV in six steps.

    ``school`` is the school that reported; ``zorgplicht_school`` the one that took the zorgplicht at the board table,
    which sees the case from then on.  ``einde_op`` is the day from which the pupil is no longer absent.
    """

    kenmerk = models.CharField("kenmerk", max_length=20, unique=True)
    leerling = models.ForeignKey(
        Leerling, on_delete=models.PROTECT, related_name="verzuimmeldingen", verbose_name="leerling"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    zorgplicht_school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="school die de zorgplicht nam",
    )
    staat = models.CharField("status", max_length=14, choices=list(procedure.STATEN.items()), default=procedure.GEMELD)
    versie = models.PositiveIntegerField(default=1)
    gemeld_op = models.DateField("gemeld op")
    gemeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    consulent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="consulent",
    )

    soort = models.CharField("soort verzuim", max_length=12, choices=list(SOORTNAMEN.items()))
    vrijstelling = models.BooleanField("vrijstelling van de leerplicht", default=False)
    eerste_dag = models.DateField("eerste dag van afwezigheid")
    laatste_aanwezig = models.DateField("laatste dag op school", null=True, blank=True)
    dagen_per_week = models.DecimalField("dagen per week afwezig", max_digits=2, decimal_places=1)
    oorzaak = models.CharField("hoofdoorzaak", max_length=12, choices=list(OORZAKEN.items()))
    toelichting = EncryptedTextField("toelichting", blank=True)
    bestuur_gemeld_op = models.DateField("gemeld bij het bestuur op", null=True, blank=True)
    leerplicht_gemeld_op = models.DateField("gemeld bij leerplicht op", null=True, blank=True)
    aanpak = models.CharField("stap van de aanpak", max_length=10, choices=list(AANPAK.items()), default="tel")

    einde_op = models.DateField("niet meer afwezig vanaf", null=True, blank=True)
    einde_soort = models.CharField("hoe het eindigde", max_length=24, choices=list(EINDES.items()), blank=True)
    einde_reden = EncryptedTextField("hoe het is opgelost", blank=True)
    afgesloten_op = models.DateField("afgesloten op", null=True, blank=True)
    bewaren_tot = models.DateField("bewaren tot en met", null=True, blank=True)
    vier_weken_gemeld_op = models.DateField("alarm van vier weken gestuurd op", null=True, blank=True)
    drie_maanden_gemeld_op = models.DateField("alarm van drie maanden gestuurd op", null=True, blank=True)

    objects = VerzuimmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "verzuimmelding"
        verbose_name_plural = "verzuimmeldingen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="verzuimmelding_staat", condition=Q(staat__in=list(procedure.STATEN))),
            models.CheckConstraint(name="verzuimmelding_soort", condition=Q(soort__in=list(SOORTNAMEN))),
            models.CheckConstraint(name="verzuimmelding_oorzaak", condition=Q(oorzaak__in=list(OORZAKEN))),
            models.CheckConstraint(name="verzuimmelding_aanpak", condition=Q(aanpak__in=list(AANPAK))),
            models.CheckConstraint(
                name="verzuimmelding_dagen", condition=Q(dagen_per_week__gte=0, dagen_per_week__lte=5)
            ),
            models.CheckConstraint(
                name="verzuimmelding_afgesloten",
                condition=Q(
                    staat=procedure.AFGESLOTEN,
                    einde_op__gte=F("eerste_dag"),
                    einde_soort__in=list(EINDES),
                    afgesloten_op__isnull=False,
                    bewaren_tot__isnull=False,
                )
                | Q(
                    staat__in=sorted(procedure.OPEN),
                    einde_op__isnull=True,
                    einde_soort="",
                    afgesloten_op__isnull=True,
                    bewaren_tot__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["staat", "-id"], name="verzuimmelding_volgorde"),
            models.Index(fields=["school", "-id"], name="verzuimmelding_school"),
            models.Index(fields=["zorgplicht_school", "-id"], name="verzuimmelding_zorgplicht"),
            models.Index(fields=["eerste_dag", "einde_op"], name="verzuimmelding_periode"),
            models.Index(fields=["bewaren_tot"], name="verzuimmelding_bewaren"),
            GinIndex(OpClass(F("kenmerk"), name="gin_trgm_ops"), name="verzuimmelding_kenmerk_deel"),
        ]

    def __str__(self) -> str:
        return self.kenmerk


class Verzuimactie(models.Model):
    """What somebody does for this pupil, in which of the six steps; ``overleg_op``: agreed at that case meeting."""

    melding = models.ForeignKey(Verzuimmelding, on_delete=models.CASCADE, related_name="acties")
    stap = models.CharField("stap", max_length=10, choices=list(AANPAK.items()))
    wat = EncryptedTextField("wat er gebeurt")
    wie = EncryptedTextField("wie dit doet")
    uiterlijk = models.DateField("uiterlijk op", null=True, blank=True)
    afgesproken_op = models.DateField("afgesproken op")
    overleg_op = models.DateField("afgesproken in het casusoverleg van", null=True, blank=True)
    gedaan_op = models.DateField("gedaan op", null=True, blank=True)

    objects = VanVerzuimmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "verzuimactie"
        verbose_name_plural = "verzuimacties"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="verzuimactie_stap", condition=Q(stap__in=list(AANPAK))),
            models.CheckConstraint(name="verzuimactie_wat", condition=~Q(wat="") & ~Q(wie="")),
        ]

    def __str__(self) -> str:
        return f"verzuimactie {self.pk}"


class Zorgplichtbesluit(models.Model):
    """What the board table decided: which school takes the zorgplicht for this pupil.  The newest one counts."""

    melding = models.ForeignKey(Verzuimmelding, on_delete=models.CASCADE, related_name="zorgplichtbesluiten")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    besturen = models.ManyToManyField(Schoolbestuur, related_name="+", verbose_name="besturen aan tafel")
    besloten_op = models.DateField("besloten op")
    motivering = EncryptedTextField("motivering")
    vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VanVerzuimmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "zorgplichtbesluit"
        verbose_name_plural = "zorgplichtbesluiten"
        ordering = ["-besloten_op", "-id"]
        constraints = [models.CheckConstraint(name="zorgplichtbesluit_motivering", condition=~Q(motivering=""))]

    def __str__(self) -> str:
        return f"zorgplichtbesluit {self.pk}"


class Aanwezigheidsinstellingen(Instellingen):
    """When the case meeting is and on which days the SWV counts."""

    eerste_overleg = models.DateField("eerste casusoverleg", default=EERSTE_OVERLEG)
    overleg_weken = models.PositiveSmallIntegerField("om de hoeveel weken", default=OM_DE_WEKEN)
    peildagen = ArrayField(
        models.CharField(max_length=5), verbose_name="peildagen (dd-mm)", default=standaard_peildagen
    )

    class Meta(Instellingen.Meta):
        verbose_name = "instellingen van aanwezigheid"
        verbose_name_plural = "instellingen van aanwezigheid"
        constraints = [
            *Instellingen.Meta.constraints,
            models.CheckConstraint(
                name="aanwezigheidsinstellingen_ritme",
                condition=Q(overleg_weken__gte=1, overleg_weken__lte=HOOGSTENS_WEKEN),
            ),
            models.CheckConstraint(
                name="aanwezigheidsinstellingen_peildagen", condition=Q(peildagen__len=HOEVEEL_PEILDAGEN)
            ),
        ]
