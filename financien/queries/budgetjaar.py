"""What the settings of a budget year are filled with."""

from typing import Any

from django.db.models import Q

from financien.models import Budgetjaar, Volumeafspraak
from kernen.domain.scholen import GESPECIALISEERD
from kernen.models import School, Schoolbestuur
from swv_portal.common.scoping import Bereik


def _afspraak(bereik: Bereik, jaar: Budgetjaar) -> Volumeafspraak | None:
    rows = Volumeafspraak.objects.visible_to(bereik).prefetch_related("aandelen")
    return rows.filter(budgetjaar=jaar).first()


def besturen_van_volume(bereik: Bereik, jaar: Budgetjaar) -> list[tuple[int, str]]:
    """Boards that can have a share: those with a specialised school here, and those that have one already."""
    special = School.objects.visible_to(bereik).actief().eigen_regio().filter(soort__in=sorted(GESPECIALISEERD))
    afspraak = _afspraak(bereik, jaar)
    known = [aandeel.bestuur_id for aandeel in afspraak.aandelen.all()] if afspraak else []
    rows = Schoolbestuur.objects.visible_to(bereik).filter(Q(pk__in=special.values("bestuur_id")) | Q(pk__in=known))
    return list(rows.order_by("naam", "pk").values_list("pk", "naam"))


def volume_initial(bereik: Bereik, jaar: Budgetjaar) -> dict[str, Any]:
    """The agreement as it stands, for the form; empty when there is none."""
    afspraak = _afspraak(bereik, jaar)
    if afspraak is None:
        return {}
    shares = {f"aandeel_{aandeel.bestuur_id}": aandeel.gewicht.normalize() for aandeel in afspraak.aandelen.all()}
    return {
        "leerlingen": afspraak.leerlingen,
        "van_ander_swv": afspraak.van_ander_swv,
        "leerlingen_nu": afspraak.leerlingen_nu,
        "bron": afspraak.bron,
        "versie": afspraak.versie,
        **shares,
    }
