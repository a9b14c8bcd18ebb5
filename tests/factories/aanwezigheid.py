"""Cases of absence for tests.  Every name is invented."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from ondersteuning import models
from ondersteuning.domain.verzuimmelding import AFGESLOTEN, GEMELD
from swv_portal.common.dates import plus_jaren
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory


class VerzuimmeldingFactory(factory.django.DjangoModelFactory):
    """A pupil of eight who is absent all days since 6 January 2025, reported four days later."""

    class Meta:
        model = models.Verzuimmelding

    kenmerk = factory.Sequence(lambda n: f"V-2425-{n + 1:04d}")
    school = factory.SubFactory(SchoolFactory)
    leerling = factory.LazyAttribute(lambda o: LeerlingFactory(school=o.school))
    staat = GEMELD
    gemeld_op = date(2025, 1, 10)
    soort = "ongeoorloofd"
    eerste_dag = date(2025, 1, 6)
    dagen_per_week = Decimal(5)
    oorzaak = "jeugdhulp"
    toelichting = "Komt de deur niet uit."


class VerzuimactieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Verzuimactie

    melding = factory.SubFactory(VerzuimmeldingFactory)
    stap = "ken"
    wat = "Huisbezoek met de ouders."
    wie = "de IB'er"
    afgesproken_op = date(2025, 1, 13)


def afgesloten(einde: date, **fields: Any) -> models.Verzuimmelding:
    """A case that was closed on the day that it ended."""
    row: models.Verzuimmelding = VerzuimmeldingFactory.create(
        staat=AFGESLOTEN,
        einde_op=einde,
        einde_soort="terug",
        einde_reden="Weer in de groep.",
        afgesloten_op=einde,
        bewaren_tot=plus_jaren(einde, 3),
        **fields,
    )
    return row


def opgave(**changes: Any) -> dict[str, Any]:
    """What somebody types about an absence."""
    return {
        "soort": "ongeoorloofd",
        "eerste_dag": "06-01-2025",
        "dagen_per_week": "5",
        "oorzaak": "jeugdhulp",
        "toelichting": "Komt de deur niet uit.",
        **changes,
    }
