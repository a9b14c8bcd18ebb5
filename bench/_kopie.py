"""Many rows out of a few: copies of a block of rows with all that they point at among themselves, made by PostgreSQL.

Ten thousand dossiers by the models take a minute; so a hundred are made, and copied.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, Field, ForeignKey, Max, Model, UUIDField

#: SQL for a column of a copy: ``k`` is the number of the copy, counted from 1.
Kolommen = Mapping[tuple[type[Model], str], str]


class Blok:
    """The rows of these models that are made from now on; models that point at others stand after them."""

    def __init__(self, modellen: Sequence[type[Model]]) -> None:
        self.eerste = {model: _hoogste(model) + 1 for model in modellen}

    def lengte(self, model: type[Model]) -> int:
        """How far the key of a copy lies from that of the row before it."""
        return _hoogste(model) + 1 - self.eerste[model]

    def kopieer(self, keer: int, anders: Kolommen) -> None:
        """Copy the block ``keer`` times.  ``anders``: columns for which a copy has a value of its own."""
        lengths = {model: self.lengte(model) for model in self.eerste}
        with transaction.atomic(), connection.cursor() as cursor:
            # What the copies point at is there when what was copied is right: that is not looked up row by row.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for model, first in self.eerste.items():
                fields = model._meta.local_concrete_fields
                values = [anders.get((model, each.name)) or _kolom(each, lengths) for each in fields]
                table, key = model._meta.db_table, model._meta.pk.column
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(each.column for each in fields)})"
                    f" SELECT {', '.join(values)} FROM {table}, generate_series(1, %s) k"
                    f" WHERE {key} >= %s ORDER BY k, {key}",
                    [keer, first],
                )
                cursor.execute(
                    "SELECT setval(s::regclass, %s) FROM pg_get_serial_sequence(%s, %s) s WHERE s IS NOT NULL",
                    [_hoogste(model), table, key],
                )
            cursor.execute("SET LOCAL session_replication_role = origin")


def _hoogste(model: type[Model]) -> int:
    return model._default_manager.aggregate(hoogste=Max("pk"))["hoogste"] or 0


def _kolom(veld: "Field[Any, Any]", lengtes: Mapping[type[Model], int]) -> str:
    """The key of a copy, or of what it points at, as many further as the block is long; what is unique gets a tail."""
    if isinstance(veld, ForeignKey):
        return f"{veld.column} + k * {lengtes.get(veld.related_model, 0)}"
    if veld.primary_key:
        return f"{veld.column} + k * {lengtes[veld.model]}"
    if veld.unique and isinstance(veld, UUIDField):
        return "gen_random_uuid()"
    if veld.unique and isinstance(veld, CharField):
        return f"{veld.column} || '-' || k"
    return veld.column
