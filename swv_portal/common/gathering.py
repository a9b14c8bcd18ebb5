"""What belongs to a row, of several tables, with one question to the database.

``prefetch_related`` asks once per relation; a dossier with ten relations is then ten questions further.  ``gather``
asks for all the named ones at once: every row travels as one JSON value in a ``UNION ALL`` and becomes an object of its
model again, encrypted fields and days included.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import JSONObject
from django.db.models.query import ModelIterable

from swv_portal.common.scoping import ScopedQuerySet

M = TypeVar("M", bound=models.Model)


class GatheringQuerySet(ScopedQuerySet[M]):
    """A queryset that can fetch reverse relations together; rows come in the order of their model's ``Meta``."""

    _gathered: tuple[str, ...] = ()
    _gather_done = False

    def gather(self, *relaties: str) -> Self:
        """Fetch these reverse foreign keys with the rows: one query for all of them."""
        found = self.all()
        found._gathered = (*self._gathered, *relaties)
        return found

    def _clone(self) -> Self:
        copied: Self = super()._clone()  # type: ignore[misc]
        copied._gathered = self._gathered
        return copied

    def _fetch_all(self) -> None:
        super()._fetch_all()
        rows: list[Any] = self._result_cache or []
        if self._gathered and not self._gather_done and rows and self._iterable_class is ModelIterable:
            self._gather_done = True
            gather_for(rows, self._gathered)


def gather_for(rijen: Iterable[models.Model], relaties: Iterable[str]) -> None:
    """Fill the relations of rows of one model, as ``prefetch_related_objects`` does.  One query."""
    rows = {row.pk: row for row in rijen}
    owner = type(next(iter(rows.values())))
    relations = {name: owner._meta.get_field(name) for name in relaties}
    first, *others = (_als_json(name, relation, list(rows)) for name, relation in relations.items())
    for row in rows.values():
        row.__dict__.setdefault("_prefetched_objects_cache", {})
    found: dict[tuple[str, Any], list[models.Model]] = {}
    for name, values in first.union(*others, all=True) if others else first:
        relation: Any = relations[name]
        item = _object(relation.related_model, values)
        found.setdefault((name, values[relation.field.attname]), []).append(item)
    for name, relation in relations.items():
        for key, row in rows.items():
            _fill(row, relation, found.get((name, key), []))


def _als_json(name: str, relation: Any, keys: list[Any]) -> "models.QuerySet[Any, Any]":
    model = relation.related_model
    fields = {field.attname: F(field.attname) for field in model._meta.concrete_fields}
    rows = model._default_manager.filter(**{f"{relation.field.attname}__in": keys})
    return rows.annotate(_relatie=Value(name), _rij=JSONObject(**fields)).values_list("_relatie", "_rij")


def _object(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    fields = model._meta.concrete_fields
    return model.from_db("default", [f.attname for f in fields], [_waarde(f, values[f.attname]) for f in fields])


def _waarde(field: "models.Field[Any, Any]", value: Any) -> Any:
    """A value of a column as it came through JSON, as the model would hold it."""
    if hasattr(field, "from_db_value"):
        return field.from_db_value(value, None, connection)
    return field.to_python(value)


def _fill(row: models.Model, relation: Any, items: list[models.Model]) -> None:
    for item in items:
        setattr(item, relation.field.name, row)
    ordered = relation.related_model._meta.ordering
    for name in reversed(ordered):
        items.sort(key=lambda item: getattr(item, name.removeprefix("-")), reverse=name.startswith("-"))
    manager = getattr(row, relation.get_accessor_name())
    answer = manager.get_queryset()
    answer._result_cache, answer._prefetch_done = items, True
    row.__dict__["_prefetched_objects_cache"][manager.field.remote_field.cache_name] = answer
