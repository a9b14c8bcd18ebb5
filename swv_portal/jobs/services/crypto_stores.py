"""Everything that is stored encrypted, found in the models, and how it is written again with the newest key.

Three kinds: columns of ``EncryptedTextField`` and ``EncryptedJSONField``; files (every file is encrypted, see
``docs/besluiten/0005-documenten-versleuteld.md``); and texts inside a JSON column, such as the secret of a second
factor, where ``crypto.tokens_in_json`` says that they are.  The work goes by batches that are each complete, so that it
can be stopped and taken up again, and holds no row longer than a moment, so that the portal goes on.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import OperationalError, connection, models, transaction
from django.db.models.functions import Cast

from swv_portal.common.crypto import Encrypted, Unreadable, declared_in_json, renewed

#: How many rows are read at once.
BATCH = 200
#: How long to wait for a row that somebody is changing, in seconds.
WACHT_OP_RIJ = 10

Rijen = models.QuerySet[Any]


@dataclass(frozen=True)
class Stock:
    """What was found: values looked at, those that still need an older key, and those renewed.

    Then, each with its row: those no key fits (``onleesbaar``), files that are gone or empty (``weg``), and files that
    could not be opened or written (``mislukt``).
    """

    bekeken: int = 0
    oud: int = 0
    vernieuwd: int = 0
    onleesbaar: tuple[str, ...] = ()
    weg: tuple[str, ...] = ()
    mislukt: tuple[str, ...] = ()

    def __add__(self, other: "Stock") -> "Stock":
        return Stock(
            self.bekeken + other.bekeken,
            self.oud + other.oud,
            self.vernieuwd + other.vernieuwd,
            self.onleesbaar + other.onleesbaar,
            self.weg + other.weg,
            self.mislukt + other.mislukt,
        )

    @property
    def af(self) -> bool:
        """Nothing that is there needs an older key.  What is gone needs none."""
        return not self.oud and not self.onleesbaar and not self.mislukt


@dataclass(frozen=True)
class Store:
    """A place with things to renew.  ``batches(schrijf)`` looks through it, and renews when ``schrijf``."""

    naam: str
    batches: Callable[[bool], Iterator[Stock]]


def stores() -> list[Store]:
    """Every place where the portal stores something encrypted, by the name of its model."""
    found = []
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda each: each._meta.label_lower):
        fields = [] if model._meta.proxy else model._meta.local_concrete_fields
        if columns := [field.name for field in fields if isinstance(field, Encrypted)]:
            found.append(_Columns(model, columns).store)
        found += [_Files(model, field).store for field in fields if isinstance(field, models.FileField)]
    return found + [_InJson(apps.get_model(label), columns).store for label, columns in declared_in_json().items()]


def in_order(rows: Rijen) -> Iterator[list[Any]]:
    """The rows by key, ``BATCH`` at a time, each time anew from where the last batch ended."""
    last: Any = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last)).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def renew_locked(rows: Rijen, pks: Iterable[Any], renew: Callable[[Any], Stock]) -> Stock:
    """``renew`` each of these rows as it is now, under its lock; a row that went away meanwhile is done.

    All together, without those that somebody holds; those after that, one by one: who waits for a row holds no other.
    What is still held after ``WACHT_OP_RIJ`` seconds is counted as old.
    """
    left, found = set(pks), Stock()
    with transaction.atomic():
        for row in rows.filter(pk__in=left).select_for_update(skip_locked=True, of=("self",)).order_by("pk"):
            found += renew(row)
            left.discard(row.pk)
    for pk in sorted(left):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{WACHT_OP_RIJ}s"])
                for row in rows.filter(pk=pk).select_for_update(of=("self",)):
                    found += renew(row)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
                raise
            found += Stock(oud=1)
    return found


class _Columns:
    """The encrypted columns of one model.  They are read and written as the database has them."""

    deel = ""

    def __init__(self, model: type[models.Model], names: Iterable[str]) -> None:
        self.label = model._meta.label_lower
        self.names = list(names)
        self.plain: Rijen = model._base_manager.all()
        raw = {_raw(name): Cast(models.F(name), models.TextField()) for name in self.names}
        self.rows: Rijen = self.plain.annotate(**raw).only("pk")

    @property
    def store(self) -> Store:
        return Store(f"{self.label}{self.deel}", self.batches)

    def batches(self, schrijf: bool) -> Iterator[Stock]:
        for batch in in_order(self.rows):
            seen = {row.pk: self._look(row)[0] for row in batch}
            found = sum(seen.values(), Stock())
            if schrijf and found.oud:
                stale = [pk for pk, each in seen.items() if each.oud]
                found = replace(found, oud=0) + renew_locked(self.rows, stale, self._renew)
            yield found

    def _look(self, row: Any) -> tuple[Stock, dict[str, str]]:
        """What of a row is old, and what must stand there instead."""
        found, new = Stock(), {}
        for name in self.names:
            text = getattr(row, _raw(name))
            if not text:
                continue
            try:
                value = self._renewed(name, text)
            except Unreadable:
                found += Stock(bekeken=1, onleesbaar=(f"{self.label} {row.pk}, {name}",))
                continue
            found += Stock(bekeken=1, oud=0 if value is None else 1)
            if value is not None:
                new[name] = value
        return found, new

    def _renew(self, row: Any) -> Stock:
        new = self._look(row)[1]
        if new:
            self.plain.filter(pk=row.pk).update(**{name: self._stored(value) for name, value in new.items()})
        return Stock(vernieuwd=len(new))

    def _renewed(self, name: str, text: str) -> str | None:  # noqa: ARG002  every column is one encrypted text
        return _renewed_text(text)

    def _stored(self, value: str) -> models.Expression:
        return models.Value(value, models.TextField())


class _InJson(_Columns):
    """The JSON columns of one model, with the keys at which each holds encrypted texts."""

    deel = ", in json"

    def __init__(self, model: type[models.Model], keys: Mapping[str, frozenset[str]]) -> None:
        super().__init__(model, keys)
        self.keys = keys
        holds = models.Q()
        for name in self.names:
            holds |= models.Q(**{f"{name}__has_any_keys": sorted(keys[name])})
        self.rows = self.rows.filter(holds)

    def _renewed(self, name: str, text: str) -> str | None:
        content = json.loads(text)
        new = {key: _renewed_value(content[key]) for key in self.keys[name] & content.keys()}
        new = {key: value for key, value in new.items() if value != content[key]}
        return json.dumps(content | new) if new else None

    def _stored(self, value: str) -> models.Expression:
        return Cast(models.Value(value, models.TextField()), models.JSONField())


def _renewed_text(text: str) -> str | None:
    value = renewed(text.encode())
    return None if value is None else value.decode("ascii")


def _renewed_value(value: Any) -> Any:
    """An encrypted text, or a list of them, with the newest key; ``None`` stays what it is."""
    if isinstance(value, list):
        return [_renewed_value(each) for each in value]
    return value if value is None else _renewed_text(value) or value


def _raw(name: str) -> str:
    return f"opgeslagen_{name}"


class _Empty(Exception):
    """There is a file, with nothing in it."""


def _reason(error: OSError) -> str:
    return error.strerror or "onbekende reden"


class _Files:
    """The files of one model.  A file is written beside the old one, and then the row points at it.

    The old one stays for who is just reading it; the nightly clean-up takes what no row points at.
    """

    def __init__(self, model: type[models.Model], field: models.FileField) -> None:
        self.label, self.field = model._meta.label_lower, field
        self.rows: Rijen = model._base_manager.exclude(**{field.name: ""})

    @property
    def store(self) -> Store:
        return Store(f"{self.label}, bestanden", self.batches)

    def batches(self, schrijf: bool) -> Iterator[Stock]:
        for batch in in_order(self.rows):
            for row in batch:
                yield self._one(row, schrijf=schrijf)

    def _one(self, row: Any, *, schrijf: bool) -> Stock:
        name, what = getattr(row, self.field.name).name, f"{self.label} {row.pk}, bestand"
        try:
            new = self._renewed(name)
        except FileNotFoundError:
            return self._if_still_there(row, name, Stock(weg=(what,)))
        except _Empty:
            return self._if_still_there(row, name, Stock(weg=(f"{what} (leeg)",)))
        except Unreadable:
            return self._if_still_there(row, name, Stock(onleesbaar=(what,)))
        except OSError as error:
            return Stock(bekeken=1, mislukt=(f"{what}: {_reason(error)}",))
        if new is None or not schrijf:
            return Stock(bekeken=1, oud=0 if new is None else 1)
        try:
            return Stock(bekeken=1) + self._replace(row, name, new)
        except OSError as error:
            return Stock(bekeken=1, mislukt=(f"{what}: {_reason(error)}",))

    def _renewed(self, name: str) -> bytes | None:
        with self.field.storage.open(name, "rb") as file:
            content = file.read()
        if not content:
            raise _Empty
        return renewed(content)

    def _if_still_there(self, row: Any, name: str, found: Stock) -> Stock:
        """What is wrong with a file, unless the row went away or got another file since it was read."""
        same = self.rows.filter(pk=row.pk, **{self.field.name: name}).exists()
        return Stock(bekeken=1) + (found if same else Stock())

    def _replace(self, row: Any, name: str, content: bytes) -> Stock:
        storage = self.field.storage
        path = self.field.generate_filename(row, "inhoud")
        stored = storage.save(path, ContentFile(content), max_length=self.field.max_length)

        def point_at_it(current: Any) -> Stock:
            if getattr(current, self.field.name).name != name:
                return Stock()
            self.rows.filter(pk=current.pk).update(**{self.field.name: stored})
            return Stock(vernieuwd=1)

        found = renew_locked(self.rows, [row.pk], point_at_it)
        if not found.vernieuwd:
            storage.delete(stored)
        return found
