"""The way to kernplannen and to people from the home page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, FilteredRelation, Q
from django.urls import reverse

from kernen.domain.kernplan import KERNPLAN, VASTGESTELD
from kernen.models import Kern
from swv_portal.access.queries import accounts
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_count, dutch_number
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.tasks import Werk


def werk(bereik: Bereik, vandaag: date) -> Iterator[Werk]:
    """The kernplannen of this school year, for staff and for who writes them; people, for the beheerder.

    A query for each.  The directeur-bestuurder, who has other work first, finds a plan to assess among the tasks.
    """
    year = Schooljaar.van(vandaag)
    if bereik.heeft(Rol.SWV_MEDEWERKER):
        yield _kernplannen(bereik, year)
    if chaired := bereik.plaatsen(Rol.KERNVOORZITTER):
        yield from _eigen_kernen(bereik, chaired, year)
    if bereik.heeft(Rol.BEHEERDER):
        yield _personen()


def _kernplannen(bereik: Bereik, year: Schooljaar) -> Werk:
    established = Q(kernplannen__schooljaar=year.begin, kernplannen__staat=VASTGESTELD)
    found = (
        Kern.objects.visible_to(bereik)
        .filter(actief=True)
        .aggregate(kernen=Count("pk", distinct=True), vastgesteld=Count("pk", distinct=True, filter=established))
    )
    stand = (
        f"{dutch_number(found['vastgesteld'])} van de {dutch_count(found['kernen'], 'kern', 'kernen')} "
        f"{'heeft' if found['vastgesteld'] == 1 else 'hebben'} een vastgesteld kernplan."
        if found["kernen"]
        else "Er is nog geen kern."
    )
    return Werk(f"Kernplannen {year}", stand, reverse("kernen:kernplannen"))


def _eigen_kernen(bereik: Bereik, chaired: frozenset[int], year: Schooljaar) -> Iterator[Werk]:
    plan = FilteredRelation("kernplannen", condition=Q(kernplannen__schooljaar=year.begin))
    rows = Kern.objects.visible_to(bereik).filter(pk__in=sorted(chaired), actief=True).annotate(plan=plan)
    for pk, naam, staat in rows.order_by("naam").values_list("pk", "naam", "plan__staat"):
        stand = (
            f"Er is nog geen kernplan voor {year}." if staat is None else f"Kernplan {year}: {KERNPLAN.staten[staat]}."
        )
        yield Werk(f"Kern {naam}", stand, reverse("kernen:kern", args=[pk]))


def _personen() -> Werk:
    found = accounts()
    text = f"{dutch_count(found.actief, 'persoon heeft', 'personen hebben')} een account."
    if found.uitgenodigd:
        text += f" {dutch_count(found.uitgenodigd, 'uitnodiging staat', 'uitnodigingen staan')} open."
    return Werk("Personen", text, reverse("kernen:personen"))
