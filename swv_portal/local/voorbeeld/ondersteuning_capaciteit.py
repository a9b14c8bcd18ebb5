"""Example data of the capaciteitenlijst: most schools filled it in, some long ago, some never.  No child in it."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from ondersteuning.domain.capaciteit import GROEPEN, Stand
from ondersteuning.models import Capaciteit, Capaciteitenlijst
from swv_portal.local.voorbeeld.context import Context

TOELICHTINGEN = {
    Stand.VOL: "Na de zomer komt er weer plaats.",
    Stand.IN_OVERLEG: "Bel eerst voor een gesprek.",
    Stand.PLAATS: "",
}
#: One in so many schools never filled it in, and one in so many did so long ago.
NOOIT, LANG_GELEDEN = 9, 7


def laad_capaciteit(ctx: Context) -> None:
    """A list for most open schools of the region.  The first school, that of the demo people, filled it in lately."""
    schools = [*ctx.delen["regulier"], *ctx.delen["ikc"], *ctx.delen["so"]]
    lists = []
    for number, school in enumerate(schools):
        if number % NOOIT == NOOIT - 1:
            continue
        age = 250 + number if number % LANG_GELEDEN == LANG_GELEDEN - 1 else 3 + number % 120
        moment = datetime.combine(ctx.vandaag - timedelta(days=age), time(14, 30), timezone.get_current_timezone())
        lists.append(Capaciteitenlijst(school=school, gewijzigd_op=moment, versie=2))
    Capaciteitenlijst.objects.bulk_create(lists)
    Capaciteit.objects.bulk_create(
        [_groep(row, groep, number) for number, row in enumerate(lists) for groep in GROEPEN], batch_size=2000
    )


def _groep(lijst: Capaciteitenlijst, groep: int, nummer: int) -> Capaciteit:
    stand = (Stand.PLAATS, Stand.PLAATS, Stand.IN_OVERLEG, Stand.PLAATS, Stand.VOL)[(nummer * 3 + groep) % 5]
    told = TOELICHTINGEN[stand] if (nummer + groep) % 4 == 0 else ""
    return Capaciteit(lijst=lijst, groep=groep, stand=stand, toelichting=told)
