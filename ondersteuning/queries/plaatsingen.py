"""Places as `financien` reads them, without names, and as the list of places shows them."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from ondersteuning.domain.plaatsing import CATEGORIENAMEN, KOSTENDRAGERNAMEN, SOORTNAMEN, Periode, Plaats
from ondersteuning.models import Plaatsing
from ondersteuning.querysets import raakt
from swv_portal.common.dates import datum
from swv_portal.common.scoping import Bereik


def plaatsingen_in(bereik: Bereik, perioden: Iterable[Periode]) -> list[Plaats]:
    """The places within reach that lie in at least one of these periods, in no particular order.  One query."""
    wanted = reduce(or_, [raakt(periode) for periode in perioden])
    rows = Plaatsing.objects.visible_to(bereik).filter(wanted).order_by()
    return list(map(Plaats._make, rows.values_list(*Plaats._fields)))


KOLOMMEN = ("Verwijzing", "Van", "Naar", "Soort", "Categorie", "Wie betaalt", "Periode")


def plaatsingrijen(bereik: Bereik, *, q: str, soort: str, na: str, hoeveel: int) -> list[list[str]]:
    """Rows of the list of places within reach, by reference, after reference ``na``.  One query."""
    rows = Plaatsing.objects.visible_to(bereik)
    if q:
        rows = rows.filter(verwijzing__istartswith=q)
    if soort:
        rows = rows.filter(soort=soort)
    if na:
        rows = rows.filter(verwijzing__gt=na)
    values = rows.order_by("verwijzing").values_list(
        "verwijzing",
        "school_verwijzend__naam",
        "school_ontvangend__naam",
        "soort",
        "categorie",
        "kostendrager",
        "begin",
        "einde",
    )[:hoeveel]
    return [
        [
            reference,
            sender or "van elders",
            receiver or "–",
            SOORTNAMEN[kind],
            CATEGORIENAMEN.get(category, "–"),
            KOSTENDRAGERNAMEN[payer],
            f"{datum(begin)} tot en met {datum(end)}" if end else f"vanaf {datum(begin)}",
        ]
        for reference, sender, receiver, kind, category, payer, begin, end in values
    ]
