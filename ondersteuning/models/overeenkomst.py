from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kernen.models import School
from ondersteuning.domain.overeenkomst import MET_BEWAARDAG, OVEREENKOMST, SOORTNAMEN, STATEN, Soort
from ondersteuning.models.leerling import Leerling
from ondersteuning.models.plaatsing import Plaatsing
from ondersteuning.querysets import OvereenkomstQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Overeenkomst(models.Model):
    """An agreement about a pupil for a period: symbiose, a DWS place or an observation place.

    ``kenmerk`` holds no name.  ``gevraagde_school`` is the other school while it takes part: filled when it is asked to
    sign, emptied when the agreement goes back.  ``plaatsing`` is the DWS place that was bought; passing it on or
    stopping changes nothing in it.  ``gestopt_per`` is the last day of what ended early.
    """

    kenmerk = models.CharField("kenmerk", max_length=20, unique=True)
    soort = models.CharField("soort", max_length=12, choices=list(SOORTNAMEN.items()))
    staat = models.CharField("status", max_length=12, choices=list(STATEN.items()), default=OVEREENKOMST.begin)
    versie = models.PositiveIntegerField(default=1)
    leerling = models.ForeignKey(
        Leerling, on_delete=models.PROTECT, related_name="overeenkomsten", verbose_name="leerling"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", verbose_name="school van de leerling"
    )
    andere_school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="andere school"
    )
    gevraagde_school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begonnen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    groep = models.CharField("groep", max_length=12, blank=True)
    begin = models.DateField("begin", null=True, blank=True)
    einde = models.DateField("einde", null=True, blank=True)
    doelen = EncryptedTextField("doelen", blank=True)
    programma = EncryptedTextField("programma", blank=True)
    bekostiging = EncryptedTextField("wie betaalt wat", blank=True)
    in_opp = models.BooleanField("de afspraken staan in het OPP", default=False)
    toestemming_op = models.DateField("ouders met gezag stemden in op", null=True, blank=True)

    getekend_school_op = models.DateField("getekend door de school op", null=True, blank=True)
    getekend_school_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    getekend_andere_op = models.DateField("getekend door de andere school op", null=True, blank=True)
    getekend_andere_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    besloten_op = models.DateField("besloten op", null=True, blank=True)
    toelichting = EncryptedTextField("waarom niet, of waarom gestopt", blank=True)
    gestopt_per = models.DateField("gestopt na", null=True, blank=True)
    plaatsing = models.OneToOneField(
        Plaatsing, null=True, blank=True, on_delete=models.SET_NULL, related_name="overeenkomst"
    )

    aangemaakt = models.DateTimeField(auto_now_add=True)
    sinds = models.DateField("in deze status sinds")
    bewaren_tot = models.DateField("bewaren tot en met", null=True, blank=True)

    objects = OvereenkomstQuerySet.as_manager()

    class Meta:
        verbose_name = "overeenkomst"
        verbose_name_plural = "overeenkomsten"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="overeenkomst_soort", condition=Q(soort__in=list(SOORTNAMEN))),
            models.CheckConstraint(name="overeenkomst_staat", condition=Q(staat__in=list(STATEN))),
            models.CheckConstraint(
                name="overeenkomst_periode",
                condition=Q(begin__isnull=True) | Q(einde__isnull=True) | Q(einde__gte=F("begin")),
            ),
            models.CheckConstraint(
                name="overeenkomst_gestopt",
                condition=Q(gestopt_per__isnull=True) | Q(gestopt_per__gte=F("begin"), gestopt_per__lte=F("einde")),
            ),
            models.CheckConstraint(
                name="overeenkomst_dws", condition=~Q(soort=str(Soort.DWS.value)) | Q(andere_school__isnull=True)
            ),
            models.CheckConstraint(
                name="overeenkomst_bewaren",
                condition=Q(staat__in=sorted(MET_BEWAARDAG), bewaren_tot__isnull=False)
                | Q(staat__in=sorted(STATEN.keys() - MET_BEWAARDAG), bewaren_tot__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["staat", "-id"], name="overeenkomst_staat_volgorde"),
            models.Index(fields=["school", "-id"], name="overeenkomst_school"),
            models.Index(fields=["gevraagde_school", "-id"], name="overeenkomst_gevraagd"),
            models.Index(fields=["bewaren_tot"], name="overeenkomst_bewaren_tot"),
        ]

    def __str__(self) -> str:
        return self.kenmerk


class EerdereDeelnemer(models.Model):
    """A pupil who held a DWS place before it passed to another one, with what was agreed for that pupil.

    Kept as long as the agreement itself, and destroyed with it.
    """

    overeenkomst = models.ForeignKey(Overeenkomst, on_delete=models.CASCADE, related_name="eerdere_deelnemers")
    leerling = models.ForeignKey(
        Leerling, on_delete=models.PROTECT, related_name="eerdere_deelnames", verbose_name="leerling"
    )
    groep = models.CharField("groep", max_length=12, blank=True)
    doelen = EncryptedTextField("doelen", blank=True)
    toestemming_op = models.DateField("ouders met gezag stemden in op", null=True, blank=True)
    van = models.DateField("van")
    tot_en_met = models.DateField("tot en met")
    bewaren_tot = models.DateField("bewaren tot en met")

    class Meta:
        verbose_name = "eerdere deelnemer"
        verbose_name_plural = "eerdere deelnemers"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="eerdere_deelnemer_periode", condition=Q(tot_en_met__gte=F("van"))),
        ]

    def __str__(self) -> str:
        return f"eerdere deelnemer {self.pk}"
