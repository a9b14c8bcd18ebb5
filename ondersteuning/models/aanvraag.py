from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from kernen.models import School, Schoolbestuur
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.besluit import UITKOMSTNAMEN
from ondersteuning.domain.betaler import BETAALREDENNAMEN
from ondersteuning.domain.deskundigen import EERSTE_DESKUNDIGE, FUNCTIENAMEN
from ondersteuning.domain.eenzijdig import AFWIJZERS, BEMIDDELINGNAMEN
from ondersteuning.domain.geldigheid import LANGSTE_NUMMER
from ondersteuning.domain.plaatsing import CATEGORIENAMEN, KOSTENDRAGERNAMEN
from ondersteuning.domain.routes import MET_BUDGET, ROUTES, VAN_BESTUUR, ZONDER_NUMMER, Route
from ondersteuning.domain.voorschools import AANLEIDINGNAMEN
from ondersteuning.domain.welk_swv import WOONTNAMEN
from ondersteuning.models.jeugdhulpinstelling import Jeugdhulpinstelling
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
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="school van de leerling"
    )
    ontvangende_school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="ontvangende school"
    )
    gevraagde_school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deelnemende_school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    indienend_bestuur = models.ForeignKey(
        Schoolbestuur, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="schoolbestuur"
    )
    instelling = models.ForeignKey(
        Jeugdhulpinstelling, null=True, blank=True, on_delete=models.PROTECT, related_name="aanvragen"
    )
    aanleiding = models.CharField("aanleiding", max_length=12, choices=list(AANLEIDINGNAMEN.items()), blank=True)
    eerste_schooldag = models.DateField("eerste schooldag", null=True, blank=True)
    budget_afgestemd = models.BooleanField("het budget is met de ouders afgestemd", default=False)
    vorige = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="vorige aanvraag"
    )
    vorig_tlvnummer = models.CharField("nummer van de lopende TLV", max_length=LANGSTE_NUMMER, blank=True)
    vorig_geldig_tot = models.DateField("lopende TLV geldig tot en met", null=True, blank=True)
    ander_swv_code = models.CharField("code van het andere samenwerkingsverband", max_length=6, blank=True)
    ander_swv_naam = models.CharField("naam van het andere samenwerkingsverband", max_length=120, blank=True)
    ander_tlvnummer = models.CharField(
        "TLV-nummer van het andere samenwerkingsverband", max_length=LANGSTE_NUMMER, blank=True
    )
    verwijderd_op = models.DateField("besloten om de leerling te verwijderen op", null=True, blank=True)
    bemiddeling = models.CharField("bemiddeling", max_length=20, choices=list(BEMIDDELINGNAMEN.items()), blank=True)
    bemiddeling_op = models.DateField("bemiddeling op", null=True, blank=True)
    bemiddeling_afgewezen_door = models.CharField(
        "welke ouder bemiddeling afwees", max_length=8, choices=list(AFWIJZERS.items()), blank=True
    )
    bemiddeling_uitkomst = EncryptedTextField("hoe de bemiddeling afliep", blank=True)
    begonnen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    behandelaar = models.ForeignKey(
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

    verlengd_op = models.DateField("termijn verlengd op", null=True, blank=True)
    verlengd_tot = models.DateField("termijn verlengd tot en met", null=True, blank=True)
    verleng_reden = EncryptedTextField("waarom de termijn is verlengd", blank=True)

    uitkomst = models.CharField("besluit", max_length=10, choices=list(UITKOMSTNAMEN.items()), blank=True)
    #: How often was decided on this application: the letter of a decision that was taken back never goes out.
    besluit_keer = models.PositiveSmallIntegerField(default=0)
    #: Which of those was kept back because a parent signed after it and did not agree; 0: none.
    tegengehouden_keer = models.PositiveSmallIntegerField(default=0)
    versturen_na = models.DateTimeField("brief versturen na", null=True, blank=True)
    besloten_op = models.DateField("besloten op", null=True, blank=True)
    besloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    motivering = EncryptedTextField("motivering van het besluit", blank=True)
    #: For which outcome that motivation was written, once the decision was taken back.
    motivering_bij = models.CharField(max_length=10, choices=list(UITKOMSTNAMEN.items()), blank=True)
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)
    tlvnummer = models.OneToOneField(
        Tlvnummer, null=True, blank=True, on_delete=models.PROTECT, related_name="aanvraag", verbose_name="TLV-nummer"
    )
    kostendrager = models.CharField("wie betaalt", max_length=14, choices=list(KOSTENDRAGERNAMEN.items()), blank=True)
    betaalreden = models.CharField(
        "waarom die betaalt", max_length=12, choices=list(BETAALREDENNAMEN.items()), blank=True
    )
    betaler_toelichting = EncryptedTextField("toelichting op wie betaalt", blank=True)
    vorige_school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="vorige school"
    )
    bekendgemaakt_op = models.DateField("bekendgemaakt op", null=True, blank=True)
    bezwaar_tot = models.DateField("bezwaar mogelijk tot en met", null=True, blank=True)

    #: How often the TLV was withdrawn: an objection is about one of those.
    intrekking_keer = models.PositiveSmallIntegerField(default=0)
    ingetrokken_per = models.DateField("TLV ingetrokken per", null=True, blank=True)
    intrekking_op = models.DateField("TLV ingetrokken op", null=True, blank=True)
    intrekking_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    intrekking_reden = EncryptedTextField("waarom het besluit is ingetrokken", blank=True)
    intrekking_bekend_op = models.DateField("intrekking bekendgemaakt op", null=True, blank=True)
    intrekking_bezwaar_tot = models.DateField("bezwaar tegen intrekking tot en met", null=True, blank=True)
    #: Since an objection was well-founded; the decision after it is open to appeal, not to objection.
    heroverweging_op = models.DateField("opnieuw te besluiten sinds", null=True, blank=True)

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
            models.CheckConstraint(
                name="aanvraag_bestuur",
                condition=Q(indienend_bestuur__isnull=True) | Q(route__in=list(VAN_BESTUUR)),
            ),
            models.CheckConstraint(name="aanvraag_woon_pc4", condition=Q(woon_pc4__regex=r"^([1-9][0-9]{3})?$")),
            models.CheckConstraint(
                name="aanvraag_toegekend",
                condition=~Q(staat__in=sorted(procedure.MET_TLV))
                | Q(tlvnummer__isnull=False, geldig_van__isnull=False, geldig_tot__isnull=False)
                | Q(route__in=list(ZONDER_NUMMER), geldig_van__isnull=False, geldig_tot__isnull=False),
            ),
            models.CheckConstraint(
                name="aanvraag_wordt_verstuurd",
                condition=~Q(staat=procedure.WORDT_VERSTUURD)
                | Q(uitkomst__in=list(UITKOMSTNAMEN), versturen_na__isnull=False, besloten_op__isnull=False),
            ),
            models.CheckConstraint(
                name="aanvraag_ingetrokken_per",
                condition=~Q(staat=procedure.BEEINDIGD) | Q(ingetrokken_per__isnull=False),
            ),
            models.CheckConstraint(
                name="aanvraag_geldigheid",
                condition=Q(geldig_tot__isnull=True)
                | Q(geldig_tot__gt=F("geldig_van"), geldig_tot__month=7, geldig_tot__day=31)
                | Q(geldig_tot__gt=F("geldig_van"), route__in=list(MET_BUDGET)),
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
            models.Index(fields=["staat", "eigen_uiterlijk", "id"], name="aanvraag_uiterlijk"),
            models.Index(
                fields=["geldig_tot", "-id"],
                include=["staat", "route", "ontvangende_school"],
                name="aanvraag_geldig_tot",
            ),
            models.Index(fields=["bekendgemaakt_op"], name="aanvraag_bekendgemaakt"),
            # The lists of what is open pass over all that is over; the figures of a year read nothing else.
            models.Index(fields=["-id"], condition=Q(staat__in=sorted(procedure.LOPEND)), name="aanvraag_lopend"),
            models.Index(
                fields=["besloten_op"],
                include=[
                    *("staat", "route", "categorie", "kostendrager", "tlvnummer", "ingediend_op"),
                    *("verwijzende_school", "ontvangende_school", "woon_pc4", "woont_in_gebied"),
                ],
                condition=Q(staat__in=sorted(procedure.BESLOTEN)),
                name="aanvraag_besloten",
            ),
            GinIndex(OpClass(F("kenmerk"), name="gin_trgm_ops"), name="aanvraag_kenmerk_deel"),
        ]

    def __str__(self) -> str:
        return self.kenmerk

    @property
    def de_route(self) -> Route:
        """Who starts, who takes part, what is asked and tested, and what comes out."""
        return ROUTES[self.route]

    @property
    def indienernaam(self) -> str:
        """Who does the application: the pupil's school, a board, an institution, or the receiving school."""
        who = self.instelling or self.indienend_bestuur or self.verwijzende_school or self.deelnemende_school
        return who.naam if who is not None else "het samenwerkingsverband"

    @property
    def blijft_op_school(self) -> bool:
        """Does the pupil stay at the own school?"""
        return self.verwijzende_school_id is not None and self.verwijzende_school_id == self.ontvangende_school_id

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
        indexes = [
            models.Index(fields=["uiterlijk", "id"], condition=Q(aangevuld_op__isnull=True), name="aanvulling_open")
        ]
        constraints = [
            models.CheckConstraint(name="aanvulling_termijn", condition=Q(uiterlijk__gt=F("gevraagd_op"))),
            models.CheckConstraint(
                name="aanvulling_antwoord",
                condition=Q(aangevuld_op__isnull=True) | Q(aangevuld_op__gte=F("gevraagd_op")),
            ),
        ]

    def __str__(self) -> str:
        return f"aanvulling {self.pk}"
