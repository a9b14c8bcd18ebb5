from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from kernen.models import School
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.deskundigen import EERSTE_DESKUNDIGE, FUNCTIENAMEN
from ondersteuning.domain.plaatsing import CATEGORIENAMEN, KOSTENDRAGERNAMEN
from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.welk_swv import WOONTNAMEN
from ondersteuning.models.leerling import Leerling
from ondersteuning.models.nummers import Tlvnummer
from ondersteuning.querysets import AanvraagQuerySet
from swv_portal.common.crypto import EncryptedTextField


class Aanvraag(models.Model):
    """An application for a TLV, with its decision.  The unit that is locked, versioned and kept.

    ``kenmerk`` is how people call it; it holds no name.  ``gevraagde_school`` is the receiving school while it takes
    part: filled when the school is asked, emptied when the application goes back to the referring school.
    """

    kenmerk = models.CharField("kenmerk", max_length=20, unique=True)
    route = models.CharField("route", max_length=4, choices=[(code, route.naam) for code, route in ROUTES.items()])
    staat = models.CharField(
        "status", max_length=16, choices=list(procedure.STATEN.items()), default=procedure.AANVRAAG.begin
    )
    versie = models.PositiveIntegerField(default=1)
    leerling = models.ForeignKey(Leerling, on_delete=models.PROTECT, related_name="aanvragen", verbose_name="leerling")
    verwijzende_school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", verbose_name="school van de leerling"
    )
    ontvangende_school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="ontvangende school"
    )
    gevraagde_school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begonnen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    groep = models.CharField("groep", max_length=12, blank=True)
    woon_pc4 = models.CharField("postcode van het woonadres (alleen de vier cijfers)", max_length=4, blank=True)
    nergens_ingeschreven = models.BooleanField("de leerling staat op geen enkele school ingeschreven", default=False)
    woont_in_gebied = models.CharField(
        "woont de leerling in ons gebied",
        max_length=9,
        choices=[(str(code), naam) for code, naam in WOONTNAMEN.items()],
        blank=True,
    )
    een_ouder_reden = EncryptedTextField("waarom één ouder", blank=True)
    categorie = models.CharField("categorie", max_length=4, choices=list(CATEGORIENAMEN.items()), blank=True)
    eerste_functie = models.CharField(
        "functie van de eerste deskundige",
        max_length=24,
        choices=[(str(code), FUNCTIENAMEN[code]) for code in sorted(EERSTE_DESKUNDIGE)],
        blank=True,
    )
    gewenst_van = models.DateField("gewenste begindatum", null=True, blank=True)
    gewenst_tot = models.DateField("gewenste einddatum", null=True, blank=True)
    terugkeer_moment = models.DateField("mogelijk moment van terugkeer", null=True, blank=True)
    geen_terugkeer_reden = EncryptedTextField("waarom geen moment van terugkeer", blank=True)
    onderwijsbehoefte = EncryptedTextField("wat de leerling nodig heeft", blank=True)
    geboden_hulp = EncryptedTextField("wat de school al deed", blank=True)
    reden_school = EncryptedTextField("waarom de ontvangende school past", blank=True)
    leerling_gehoord = models.BooleanField("de leerling is gehoord", default=False)
    stem_leerling = EncryptedTextField("wat de leerling vindt, of waarom dat ontbreekt", blank=True)

    plaats_bevestigd = models.BooleanField("plaats bevestigd", null=True, blank=True)
    plaats_toelichting = EncryptedTextField("toelichting van de ontvangende school", blank=True)

    voorgelegd_op = models.DateField("voorgelegd op", null=True, blank=True)
    ingediend_op = models.DateField("ontvangen door het samenwerkingsverband op", null=True, blank=True)
    eigen_uiterlijk = models.DateField("besluit uiterlijk (eigen termijn)", null=True, blank=True)
    wettelijk_uiterlijk = models.DateField("besluit uiterlijk (Awb)", null=True, blank=True)

    besloten_op = models.DateField("besloten op", null=True, blank=True)
    besloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    motivering = EncryptedTextField("motivering van het besluit", blank=True)
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)
    tlvnummer = models.OneToOneField(
        Tlvnummer, null=True, blank=True, on_delete=models.PROTECT, related_name="aanvraag", verbose_name="TLV-nummer"
    )
    kostendrager = models.CharField("wie betaalt", max_length=14, choices=list(KOSTENDRAGERNAMEN.items()), blank=True)
    bekendgemaakt_op = models.DateField("bekendgemaakt op", null=True, blank=True)
    bezwaar_tot = models.DateField("bezwaar mogelijk tot en met", null=True, blank=True)

    aangemaakt = models.DateTimeField(auto_now_add=True)
    gewijzigd = models.DateTimeField(auto_now=True)
    sinds = models.DateField("in deze status sinds")
    afgesloten_op = models.DateField("afgesloten op", null=True, blank=True)
    bewaren_tot = models.DateField("bewaren tot en met", null=True, blank=True)
    verlaten_gewaarschuwd_op = models.DateField("gewaarschuwd dat niemand eraan werkt op", null=True, blank=True)

    objects = AanvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="aanvraag_staat", condition=Q(staat__in=list(procedure.STATEN))),
            models.CheckConstraint(name="aanvraag_route", condition=Q(route__in=list(ROUTES))),
            models.CheckConstraint(name="aanvraag_woon_pc4", condition=Q(woon_pc4__regex=r"^([1-9][0-9]{3})?$")),
            models.CheckConstraint(
                name="aanvraag_toegekend",
                condition=~Q(staat=procedure.TOEGEKEND)
                | Q(tlvnummer__isnull=False, geldig_van__isnull=False, geldig_tot__isnull=False),
            ),
            models.CheckConstraint(
                name="aanvraag_geldigheid",
                condition=Q(geldig_tot__isnull=True)
                | Q(geldig_tot__gt=F("geldig_van"), geldig_tot__month=7, geldig_tot__day=31),
            ),
            models.CheckConstraint(
                name="aanvraag_afgesloten",
                condition=Q(
                    staat__in=sorted(procedure.AFGESLOTEN), afgesloten_op__isnull=False, bewaren_tot__isnull=False
                )
                | Q(staat__in=sorted(procedure.LOPEND), afgesloten_op__isnull=True, bewaren_tot__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["staat", "-id"], name="aanvraag_staat_volgorde"),
            models.Index(fields=["verwijzende_school", "-id"], name="aanvraag_verwijzend"),
            models.Index(fields=["gevraagde_school", "-id"], name="aanvraag_gevraagd"),
            models.Index(fields=["bewaren_tot"], name="aanvraag_bewaren"),
            GinIndex(OpClass(F("kenmerk"), name="gin_trgm_ops"), name="aanvraag_kenmerk_deel"),
        ]

    def __str__(self) -> str:
        return self.kenmerk

    @property
    def staatnaam(self) -> str:
        return procedure.STATEN[self.staat]


class Aanvulling(models.Model):
    """A request of the SWV to complete an application, and the school's answer.  It suspends the term (Awb 4:15)."""

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="aanvullingen")
    gevraagd_op = models.DateField("gevraagd op")
    uiterlijk = models.DateField("uiterlijk aanvullen op")
    vraag = EncryptedTextField("wat er ontbreekt")
    aangevuld_op = models.DateField("aangevuld op", null=True, blank=True)
    antwoord = EncryptedTextField("antwoord van de school", blank=True)

    class Meta:
        verbose_name = "aanvulling"
        verbose_name_plural = "aanvullingen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="aanvulling_termijn", condition=Q(uiterlijk__gt=F("gevraagd_op"))),
            models.CheckConstraint(
                name="aanvulling_antwoord",
                condition=Q(aangevuld_op__isnull=True) | Q(aangevuld_op__gte=F("gevraagd_op")),
            ),
        ]

    def __str__(self) -> str:
        return f"aanvulling {self.pk}"
