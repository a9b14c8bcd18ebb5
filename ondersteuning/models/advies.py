from django.conf import settings
from django.db import models
from django.db.models import Q

from ondersteuning.domain.deskundigen import FUNCTIENAMEN
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.models.partij import Partij
from ondersteuning.querysets import VanAanvraagQuerySet
from swv_portal.common.crypto import EncryptedTextField

EERSTE = "eerste"
TWEEDE = "tweede"


class Advies(models.Model):
    """The own, reasoned advice of an expert.  It lapses when the school takes the application back to change it."""

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="adviezen")
    soort = models.CharField("soort", max_length=8, choices=[(EERSTE, "eerste advies"), (TWEEDE, "tweede advies")])
    functie = models.CharField("functie", max_length=24, choices=list(FUNCTIENAMEN.items()))
    tekst = EncryptedTextField("advies")
    steunt = models.BooleanField("steunt de plaats")
    betrokken = models.BooleanField("echt betrokken bij de leerling")
    gegeven_op = models.DateField("gegeven op")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    partij = models.ForeignKey(Partij, null=True, blank=True, on_delete=models.CASCADE, related_name="adviezen")
    vervallen_op = models.DateField("vervallen op", null=True, blank=True)

    objects = VanAanvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="advies_soort", condition=Q(soort__in=[EERSTE, TWEEDE])),
            models.CheckConstraint(name="advies_tekst", condition=~Q(tekst="")),
            models.UniqueConstraint(
                fields=["aanvraag", "soort"], condition=Q(vervallen_op__isnull=True), name="advies_een_geldig"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} advies {self.pk}"


class Zienswijze(models.Model):
    """A parent's 'voor gezien', whether they agree, and their own words.

    ``na_besluit`` is the decision (``Aanvraag.besluit_keer``) that waited for its letter when it came; 0: none.
    """

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="zienswijzen")
    partij = models.ForeignKey(Partij, on_delete=models.CASCADE, related_name="zienswijzen")
    eens = models.BooleanField("eens met de aanvraag")
    tekst = EncryptedTextField("eigen woorden", blank=True)
    gezien_op = models.DateField("gezien op")
    na_besluit = models.PositiveSmallIntegerField("kwam na besluit", default=0)
    vervallen_op = models.DateField("vervallen op", null=True, blank=True)

    objects = VanAanvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "zienswijze"
        verbose_name_plural = "zienswijzen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partij"], condition=Q(vervallen_op__isnull=True), name="zienswijze_een_geldig"
            )
        ]

    def __str__(self) -> str:
        return f"zienswijze {self.pk}"
