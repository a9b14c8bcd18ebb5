from django.db import models
from django.db.models import Q

from ondersteuning.domain.aanvraag import INSTELLING, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.domain.deskundigen import DIENSTVERBANDNAMEN, FUNCTIENAMEN
from ondersteuning.models.aanvraag import Aanvraag
from ondersteuning.querysets import PartijQuerySet
from swv_portal.common.crypto import EncryptedTextField

SOORTEN = {OUDER: "ouder", TWEEDE_DESKUNDIGE: "tweede deskundige", INSTELLING: "jeugdhulpinstelling"}


class Partij(models.Model):
    """Somebody without an account who takes part in one application: a parent with custody, or the second expert.

    ``link_id`` is the personal link that is valid now (a plain reference: links belong to `access`).
    """

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="partijen")
    soort = models.CharField("soort", max_length=20, choices=list(SOORTEN.items()))
    volgnummer = models.PositiveSmallIntegerField("volgnummer", default=1)
    naam = EncryptedTextField("naam", blank=True)
    email = EncryptedTextField("e-mailadres", blank=True)
    telefoon = EncryptedTextField("telefoonnummer", blank=True)
    functie = models.CharField("functie", max_length=24, choices=list(FUNCTIENAMEN.items()), blank=True)
    dienstverband = models.CharField("werkt", max_length=12, choices=list(DIENSTVERBANDNAMEN.items()), blank=True)
    werkgever = EncryptedTextField("werkgever", blank=True)
    uitgenodigd_op = models.DateField("uitgenodigd op", null=True, blank=True)
    link_id = models.BigIntegerField(null=True, blank=True)

    objects = PartijQuerySet.as_manager()

    class Meta:
        verbose_name = "partij"
        verbose_name_plural = "partijen"
        ordering = ["soort", "volgnummer"]
        constraints = [
            models.CheckConstraint(name="partij_soort", condition=Q(soort__in=list(SOORTEN))),
            models.UniqueConstraint(fields=["aanvraag", "soort", "volgnummer"], name="partij_uniek"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How this person is called where no name may stand: 'ouder 1', 'tweede deskundige'."""
        return f"ouder {self.volgnummer}" if self.soort == OUDER else SOORTEN[self.soort]
