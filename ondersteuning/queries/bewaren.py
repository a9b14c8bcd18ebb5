"""How long the dossier of a pupil is kept: every procedure about this pupil is asked.

A procedure is a model with a foreign key to ``Leerling`` and a date ``bewaren_tot``: the last day of keeping, empty as
long as it runs.  A new one takes part by being there.  ``DELEN`` are no procedures but parts of the dossier.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from ondersteuning.domain.leerling import bewaren_tot
from ondersteuning.models import Leerling

#: Models that are part of the dossier itself; they go with the pupil.
DELEN = frozenset({"faseovergang", "gezagsdrager", "leerlingdocument", "nietdezelfde", "schoolperiode"})


def procedures() -> Iterator[tuple[type[Model], str]]:
    """Every model of a procedure with the name of its foreign key to the pupil."""
    for relation in Leerling._meta.get_fields(include_hidden=True):
        key = getattr(relation, "field", None)
        if relation.auto_created and isinstance(key, ForeignKey) and key.model._meta.model_name not in DELEN:
            yield key.model, key.name


def looptijden(leerlingen: Collection[int]) -> dict[int, list[date | None]]:
    """Of these pupils the last days of keeping of their procedures.  One query."""
    first, *others = (_looptijden(model, name, leerlingen) for model, name in procedures())
    found: dict[int, list[date | None]] = defaultdict(list)
    for pupil, until in first.union(*others, all=True):
        found[pupil].append(until)
    return found


def _looptijden(model: type[Model], naam: str, leerlingen: Collection[int]) -> "QuerySet[Any, Any]":
    rows: QuerySet[Any] = model._base_manager.filter(**{f"{naam}__in": leerlingen})
    return rows.order_by().values_list(f"{naam}_id", "bewaren_tot")


def gewijzigde_termijnen(leerlingen: Collection[Leerling]) -> dict[int, date | None]:
    """The pupils of whom the stored day is not right any more, with the day that is.  One query.

    Of a pupil without a procedure the stored day stays: what was kept for a procedure that is destroyed by now is not
    kept longer.
    """
    terms = looptijden([pupil.pk for pupil in leerlingen])
    found = {}
    for pupil in leerlingen:
        until = bewaren_tot(gewijzigd_op=pupil.gewijzigd_op, procedures=terms.get(pupil.pk, []))
        if until != pupil.bewaren_tot and (pupil.pk in terms or pupil.bewaren_tot is None):
            found[pupil.pk] = until
    return found


def bewaartermijnen(leerlingen: Collection[Leerling]) -> dict[int, date | None]:
    """The last day on which each of these dossiers may be kept, as things are now; ``None``: something runs."""
    terms = looptijden([pupil.pk for pupil in leerlingen])
    return {
        pupil.pk: bewaren_tot(gewijzigd_op=pupil.gewijzigd_op, procedures=terms.get(pupil.pk, []))
        for pupil in leerlingen
    }
