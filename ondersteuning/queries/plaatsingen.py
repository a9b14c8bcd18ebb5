"""Places as `financien` reads them: a pure read model, without names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ondersteuning.domain.plaatsing import CATEGORIENAMEN, KOSTENDRAGERNAMEN, SOORTNAMEN
from ondersteuning.models import Plaatsing
from ondersteuning.querysets import PlaatsingQuerySet
from swv_portal.common.dates import Schooljaar, datum
from swv_portal.common.scoping import Bereik


@dataclass(frozen=True, slots=True)
class Plaats:
    """One place.  ``ontvangend_is_ikc`` and ``ontvangend_soort`` say what kind of school receives the pupil."""

    verwijzing: str
    school_verwijzend_id: int | None
    school_ontvangend_id: int | None
    ontvangend_soort: str
    ontvangend_is_ikc: bool
    ontvangend_buiten_regio: bool
    categorie: str
    soort: str
    kostendrager: str
    begin: date
    einde: date | None


_VELDEN = (
    "verwijzing",
    "school_verwijzend_id",
    "school_ontvangend_id",
    "school_ontvangend__soort",
    "school_ontvangend__is_ikc",
    "school_ontvangend__buiten_regio",
    "categorie",
    "soort",
    "kostendrager",
    "begin",
    "einde",
)


def _lees(rows: "PlaatsingQuerySet") -> list[Plaats]:
    values: Iterable[tuple] = rows.order_by("verwijzing").values_list(*_VELDEN)
    return [
        Plaats(ref, sender, receiver, kind or "", bool(ikc), bool(outside), category, sort, payer, begin, end)
        for ref, sender, receiver, kind, ikc, outside, category, sort, payer, begin, end in values
    ]


def actieve_plaatsingen(peildatum: date) -> list[Plaats]:
    """Every place that runs on ``peildatum`` (first and last day included), by reference.  One query.

    For calculations of the SWV as a whole; who shows single places starts from ``Plaatsing.objects.visible_to``.
    """
    return _lees(Plaatsing.objects.all().actief_op(peildatum))


def plaatsingen_in(jaar: int | Schooljaar) -> list[Plaats]:
    """Every place that runs on at least one day of a calendar year (``int``) or a school year.  One query."""
    if isinstance(jaar, Schooljaar):
        first, last = jaar.eerste_dag, jaar.laatste_dag
    else:
        first, last = date(jaar, 1, 1), date(jaar, 12, 31)
    return _lees(Plaatsing.objects.all().raakt(first, last))


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
