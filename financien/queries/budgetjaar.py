"""What the settings of a budget year are filled with."""

from decimal import Decimal
from math import ceil, floor
from typing import Any

from django.db.models import Q

from financien.models import Budget, Budgetjaar, Volumeafspraak
from kernen.domain.scholen import GESPECIALISEERD
from kernen.models import School, Schoolbestuur
from swv_portal.common.money import dutch_amount, dutch_number
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Gegeven


def volumebeeld(budget: Budget) -> list[Gegeven]:
    """The volumebekostiging as it was calculated with ``budget``; empty when there was no agreement."""
    volume = budget.volume
    if not volume:
        return []
    lowest, highest = (Decimal(volume[name]) for name in ("ondergrens", "bovengrens"))
    return [
        Gegeven("Leerlingen op de teldatum", dutch_number(volume["leerlingen"])),
        Gegeven("Waarvan uit een ander samenwerkingsverband", dutch_number(volume["van_ander_swv"])),
        Gegeven("IKC-tarief", dutch_amount(Decimal(volume["tarief"]))),
        Gegeven("IKC-tarief min SBO-tarief", dutch_amount(Decimal(volume["verschil"]), 3)),
        Gegeven("Aanvulling voor de besturen", dutch_amount(Decimal(volume["aanvulling"]))),
        Gegeven("Factuur aan andere samenwerkingsverbanden", dutch_amount(Decimal(volume["factuur"]))),
        Gegeven("Bandbreedte", f"{ceil(lowest)} tot en met {floor(highest)} leerlingen"),
    ]


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
