"""Encryption of free text about children and of files: MultiFernet, newest key first, so that keys can rotate."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


class Unreadable(Exception):
    """The text or file can not be decrypted: the key is missing, or the content was changed."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("ENCRYPTION_KEYS is empty")
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    return _box(tuple(settings.ENCRYPTION_KEYS))


def encrypt(data: bytes) -> bytes:
    return box().encrypt(data)


def decrypt(data: bytes) -> bytes:
    try:
        return box().decrypt(data)
    except InvalidToken as error:
        raise Unreadable from error


def renewed(data: bytes) -> bytes | None:
    """The same content encrypted with the first key; ``None`` when it is so already.  Raises ``Unreadable``."""
    try:
        _box((settings.ENCRYPTION_KEYS[0],)).decrypt(data)
    except InvalidToken:
        try:
            return box().rotate(data)
        except InvalidToken as error:
            raise Unreadable from error
    return None


#: Before an encrypted value in a dump, so that ``loaddata`` knows it from a text that was typed.
DUMPED = "versleuteld:"


def _is_dumped(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(DUMPED)


def _from_dump(value: str) -> str:
    return decrypt(value.removeprefix(DUMPED).encode()).decode()


if TYPE_CHECKING:  # Django's fields can not be subscripted when they run
    _Text = models.TextField[str, str]
    _Any = models.TextField[Any, Any]
else:
    _Text = _Any = models.TextField


class Encrypted:
    """What every encrypted column is, so that ``jobs.services.crypto_stores`` finds them all in the models."""


_IN_JSON: dict[str, dict[str, frozenset[str]]] = {}


def tokens_in_json(model: str, column: str, *keys: str) -> None:
    """Say, in ``AppConfig.ready()``, that a JSON column of ``model`` holds encrypted texts.

    They stand at these keys of its object: one text, or a list of them.  Nothing else in the column is taken for one,
    whatever it looks like: people type texts into such columns too.
    """
    _IN_JSON.setdefault(model.lower(), {})[column] = frozenset(keys)


def declared_in_json() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """What ``tokens_in_json`` was told: for each model its columns, and the keys in each."""
    return _IN_JSON


class EncryptedTextField(Encrypted, _Text):
    """Text that is stored encrypted.  It can not be searched or sorted; compare in Python."""

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "":
            return value
        return encrypt(str(value).encode()).decode("ascii")

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        if value is None or value == "":
            return value
        return decrypt(value.encode("ascii")).decode()

    def to_python(self, value: Any) -> Any:
        """``loaddata`` reads a dump back.  Raises ``Unreadable`` when the key of the dump is gone."""
        return _from_dump(value) if _is_dumped(value) else super().to_python(value)

    def value_to_string(self, obj: models.Model) -> str:
        """A dump (``manage.py dumpdata``) holds what the database holds, never the text itself."""
        value = self.value_from_object(obj)
        return DUMPED + self.get_prep_value(value) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull", "exact"}:
            return None
        return super().get_lookup(lookup_name)


class EncryptedJSONField(Encrypted, _Any):
    """A JSON value (dict, list, text, number) that is stored encrypted."""

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        return encrypt(json.dumps(value, ensure_ascii=False).encode()).decode("ascii")

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        if value is None or value == "":
            return None
        return json.loads(decrypt(value.encode("ascii")))

    def to_python(self, value: Any) -> Any:
        return json.loads(_from_dump(value)) if _is_dumped(value) else value

    def value_to_string(self, obj: models.Model) -> str:
        return DUMPED + self.get_prep_value(self.value_from_object(obj))
