from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ondersteuning.domain import bezwaar as procedure
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.querysets import BezwaarQuerySet
from swv_portal.common.crypto import EncryptedTextField
from swv_portal.common.terms import Opschorting


class Bezwaar(models.Model):
    """An objection against a decision on an application, as the SWV recorded it.

    ``termijn_tot`` is the last day of the objection term of the decision it is about, as it was told to the parties.
    ``beslis_uiterlijk`` and ``opgeschort`` follow from the requests to repair an omission.
    ``keer`` is which decision of its kind that was (``besluit_keer`` or ``intrekking_keer`` of the application), and
    ``besluitnemer`` who took it.
    """

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="bezwaren", verbose_name="aanvraag")
    tegen = models.CharField("tegen", max_length=12, choices=list(procedure.TEGENNAMEN.items()))
    keer = models.PositiveSmallIntegerField("tegen welke keer", default=0)
    besluitnemer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    staat = models.CharField(
        "status", max_length=12, choices=list(procedure.STATEN.items()), default=procedure.BEZWAAR.begin
    )
    versie = models.PositiveIntegerField(default=1)
    bezwaarmaker = models.CharField("van", max_length=12, choices=list(procedure.BEZWAARMAKERNAMEN.items()))
    ontvangen_op = models.DateField("ontvangen op")
    poststempel_op = models.DateField("op de post gedaan op", null=True, blank=True)
    termijn_tot = models.DateField("bezwaar was mogelijk tot en met")
    te_laat = models.BooleanField("te laat", default=False)
    gronden = EncryptedTextField("waarom", blank=True)
    verweer_uiterlijk = models.DateField("verweer uiterlijk")
    verweer_op = models.DateField("verweer verstuurd op", null=True, blank=True)
    advies_op = models.DateField("advies ontvangen op", null=True, blank=True)
    advies = EncryptedTextField("advies van de commissie", blank=True)
    beslis_uiterlijk = models.DateField("beslissen uiterlijk")
    verdaagd_op = models.DateField("verdaagd op", null=True, blank=True)
    opgeschort = models.PositiveSmallIntegerField("dagen opgeschort", default=0)
    verdaag_reden = EncryptedTextField("waarom verdaagd", blank=True)
    uitkomst = models.CharField("beslissing", max_length=20, choices=list(procedure.UITKOMSTNAMEN.items()), blank=True)
    gevolg = models.CharField("gevolg", max_length=10, choices=list(procedure.GEVOLGNAMEN.items()), blank=True)
    motivering = EncryptedTextField("motivering van de beslissing", blank=True)
    afgesloten_op = models.DateField("afgesloten op", null=True, blank=True)
    bekendgemaakt_op = models.DateField("beslissing bekendgemaakt op", null=True, blank=True)
    beroep_tot = models.DateField("beroep mogelijk tot en met", null=True, blank=True)
    vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BezwaarQuerySet.as_manager()

    class Meta:
        verbose_name = "bezwaar"
        verbose_name_plural = "bezwaren"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="bezwaar_staat", condition=Q(staat__in=list(procedure.STATEN))),
            models.CheckConstraint(
                name="bezwaar_afgesloten",
                condition=Q(staat__in=sorted(procedure.OPEN), afgesloten_op__isnull=True)
                | (~Q(staat__in=sorted(procedure.OPEN)) & Q(afgesloten_op__isnull=False)),
            ),
            models.CheckConstraint(
                name="bezwaar_beslist",
                condition=~Q(staat=procedure.BESLIST)
                | Q(uitkomst__in=list(procedure.UITKOMSTNAMEN), gevolg__in=list(procedure.GEVOLGNAMEN)),
            ),
            models.CheckConstraint(
                name="bezwaar_bekendgemaakt",
                condition=Q(bekendgemaakt_op__isnull=True, beroep_tot__isnull=True)
                | Q(staat=procedure.BESLIST, bekendgemaakt_op__isnull=False, beroep_tot__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["staat", "-id"], name="bezwaar_staat_volgorde")]

    def __str__(self) -> str:
        return f"bezwaar {self.pk}"

    @property
    def staatnaam(self) -> str:
        return procedure.STATEN[self.staat]

    @property
    def bezwaarmakernaam(self) -> str:
        return procedure.BEZWAARMAKERNAMEN[self.bezwaarmaker]


class Herstelverzoek(models.Model):
    """Who objected was asked to repair an omission (Awb 6:6).  It suspends the term to decide (Awb 7:10 lid 2)."""

    bezwaar = models.ForeignKey(Bezwaar, on_delete=models.CASCADE, related_name="herstelverzoeken")
    gevraagd_op = models.DateField("gevraagd op")
    uiterlijk = models.DateField("uiterlijk herstellen op")
    wat = EncryptedTextField("wat er ontbreekt")
    hersteld_op = models.DateField("hersteld op", null=True, blank=True)

    class Meta:
        verbose_name = "herstelverzoek"
        verbose_name_plural = "herstelverzoeken"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="herstelverzoek_termijn", condition=Q(uiterlijk__gt=F("gevraagd_op"))),
            models.CheckConstraint(
                name="herstelverzoek_hersteld",
                condition=Q(hersteld_op__isnull=True) | Q(hersteld_op__gte=F("gevraagd_op")),
            ),
        ]

    def __str__(self) -> str:
        return f"herstelverzoek {self.pk}"

    @property
    def opschorting(self) -> Opschorting:
        """What it does to the term."""
        return Opschorting(self.gevraagd_op, self.uiterlijk, self.hersteld_op)
