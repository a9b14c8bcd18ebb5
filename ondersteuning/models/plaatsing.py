from django.db import models
from django.db.models import F, Q

from kernen.models import School
from ondersteuning.domain.betaler import BETAALREDENNAMEN
from ondersteuning.domain.plaatsing import (
    BETAALD_DOOR_SCHOOL,
    CATEGORIENAMEN,
    KOSTENDRAGERNAMEN,
    MET_CATEGORIE,
    SOORTNAMEN,
    Kostendrager,
    Soort,
)
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.querysets import PlaatsingQuerySet


class Plaatsing(models.Model):
    """A place or budget that somebody pays for.  Holds no name: ``verwijzing`` is a reference such as a TLV number.

    ``school_verwijzend`` is empty for a pupil who comes from elsewhere; ``school_ontvangend`` is empty for a DWS place,
    which is no school.  ``einde`` is the last day of the place; a pupil who left earlier (``vertrokken_op``) moved it.
    """

    verwijzing = models.CharField("verwijzing", max_length=40, unique=True)
    school_verwijzend = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="verwijzende school"
    )
    school_ontvangend = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="ontvangende school"
    )
    categorie = models.CharField("categorie", max_length=4, choices=list(CATEGORIENAMEN.items()), blank=True)
    soort = models.CharField("soort", max_length=16, choices=list(SOORTNAMEN.items()))
    kostendrager = models.CharField("wie betaalt", max_length=14, choices=list(KOSTENDRAGERNAMEN.items()))
    betaalreden = models.CharField(
        "waarom die betaalt", max_length=12, choices=list(BETAALREDENNAMEN.items()), blank=True
    )
    begin = models.DateField("begin")
    einde = models.DateField("einde", null=True, blank=True)
    aanvraag = models.OneToOneField(
        Aanvraag, null=True, blank=True, on_delete=models.SET_NULL, related_name="plaatsing", verbose_name="aanvraag"
    )
    vertrokken_op = models.DateField("de leerling vertrok op", null=True, blank=True)
    einde_zonder_vertrek = models.DateField("einde als de leerling was gebleven", null=True, blank=True)
    #: On the place itself, so that it stays known when the application is destroyed.
    ingetrokken_per = models.DateField("TLV ingetrokken per", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = PlaatsingQuerySet.as_manager()

    class Meta:
        verbose_name = "plaatsing"
        verbose_name_plural = "plaatsingen"
        ordering = ["verwijzing"]
        constraints = [
            models.CheckConstraint(name="plaatsing_soort", condition=Q(soort__in=list(SOORTNAMEN))),
            models.CheckConstraint(
                name="plaatsing_kostendrager", condition=Q(kostendrager__in=list(KOSTENDRAGERNAMEN))
            ),
            models.CheckConstraint(
                name="plaatsing_periode", condition=Q(einde__isnull=True) | Q(einde__gte=F("begin"))
            ),
            models.CheckConstraint(
                name="plaatsing_categorie",
                condition=Q(soort__in=sorted(str(kind) for kind in MET_CATEGORIE), categorie__in=list(CATEGORIENAMEN))
                | (~Q(soort__in=sorted(str(kind) for kind in MET_CATEGORIE)) & Q(categorie="")),
            ),
            models.CheckConstraint(
                name="plaatsing_betaler",
                condition=~Q(kostendrager__in=sorted(str(payer) for payer in BETAALD_DOOR_SCHOOL))
                | Q(school_verwijzend__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["begin", "einde"], name="plaatsing_periode_idx"),
            models.Index(fields=["einde"], condition=Q(aanvraag__isnull=True), name="plaatsing_zonder_aanvraag"),
            # For the figures of a year, which count nothing else of places.
            models.Index(
                fields=["begin"],
                condition=Q(soort=Soort.TERUGPLAATSING) | Q(soort=Soort.TLV, kostendrager=Kostendrager.ANDER_SWV),
                name="plaatsing_cijfers",
            ),
            models.Index(fields=["school_verwijzend", "begin"], name="plaatsing_verwijzend"),
            models.Index(fields=["school_ontvangend", "begin"], name="plaatsing_ontvangend"),
        ]

    def __str__(self) -> str:
        return self.verwijzing
