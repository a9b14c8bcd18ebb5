from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ondersteuning.domain.besluit import LANGSTE_TERUGNEEM_MINUTEN, TERUGNEEM_MINUTEN
from ondersteuning.domain.capaciteit import VEROUDERD_NA_MAANDEN
from ondersteuning.domain.consulenten import TERUGKIJKEN_VANAF
from ondersteuning.domain.evaluatiegesprek import BEL_WEKEN
from ondersteuning.domain.geldigheid import STANDAARD_PATROON
from ondersteuning.domain.herinneringen import HERINNER_NA_DAGEN
from ondersteuning.domain.overeenkomst import DWS_VANAF_GROEP, OBSERVATIE_MAANDEN, SYMBIOSE_SCHOOLJAREN
from ondersteuning.domain.radar import ANTWOORD_WEKEN
from ondersteuning.domain.voorschools import WEKEN_NA_START

ENIGE = 1


class Instellingen(models.Model):
    """What this SWV wants otherwise about one part of ondersteuning.  At most one row; without it the defaults hold."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ENIGE, editable=False)
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(name="%(class)s_enig", condition=Q(id=ENIGE))]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Tlvinstellingen(Instellingen):
    """About TLV's, agreements, the capaciteitenlijst and calling parents.

    ``gelijkgesteld``: days that a royal decree made equal to a public holiday (Algemene termijnenwet art. 3 lid 3).
    """

    nummerpatroon = models.CharField("patroon van het TLV-nummer", max_length=60, default=STANDAARD_PATROON)
    gelijkgesteld = ArrayField(
        models.DateField(), verbose_name="met een feestdag gelijkgestelde dagen", default=list, blank=True
    )
    capaciteit_maanden = models.PositiveSmallIntegerField(
        "de capaciteitenlijst is verouderd na (maanden)", default=VEROUDERD_NA_MAANDEN
    )
    observatie_maanden = models.PositiveSmallIntegerField(
        "een observatieplaats duurt hoogstens (maanden)", default=OBSERVATIE_MAANDEN
    )
    symbiose_schooljaren = models.PositiveSmallIntegerField(
        "een symbiose duurt hoogstens (schooljaren)", default=SYMBIOSE_SCHOOLJAREN
    )
    dws_vanaf_groep = models.PositiveSmallIntegerField("de Day a Week School is vanaf groep", default=DWS_VANAF_GROEP)
    terugneemminuten = models.PositiveSmallIntegerField(
        "een besluit terugnemen kan (minuten)", default=TERUGNEEM_MINUTEN
    )
    herinner_na_dagen = models.PositiveSmallIntegerField("opnieuw herinneren kan na (dagen)", default=HERINNER_NA_DAGEN)
    radar_weken = models.PositiveSmallIntegerField(
        "antwoord op een vraag over een aflopende TLV binnen (weken)", default=ANTWOORD_WEKEN
    )
    bel_weken = models.PositiveSmallIntegerField("de ouders bellen over de overstap binnen (weken)", default=BEL_WEKEN)
    terugkijken_vanaf = models.CharField(
        "terugkijken op de jaarafspraken kan vanaf (dd-mm)", max_length=5, default=TERUGKIJKEN_VANAF
    )
    weken_na_start = models.PositiveSmallIntegerField(
        "route D kan tot zo veel weken na de eerste schooldag", default=WEKEN_NA_START
    )
    expertteam_naam = models.CharField("naam van het expertteam", max_length=120, blank=True)
    expertteam_email = models.EmailField("e-mailadres van het expertteam", blank=True)

    class Meta(Instellingen.Meta):
        verbose_name = "TLV-instellingen"
        verbose_name_plural = "TLV-instellingen"
        constraints = [
            *Instellingen.Meta.constraints,
            models.CheckConstraint(
                name="tlvinstellingen_terugnemen", condition=Q(terugneemminuten__lte=LANGSTE_TERUGNEEM_MINUTEN)
            ),
        ]
