"""A cache on Redis that goes on when Redis is away.

Logging in must work then, and its brakes too: as long as Redis does not answer, all processes and machines count
together in a table of the database, which logging in needs anyway (docs/besluiten/0010-remmen-zonder-redis.md).  What
the cache holds may always be lost, so nothing else changes.
"""

import base64
import hashlib
import pickle
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import redis
import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.db import connections, router, transaction
from django.utils import timezone

log = structlog.get_logger(__name__)

#: Seconds in which Redis is not asked again after it did not answer.
RUST = 5.0
#: The same after it let us wait: every try costs the time-out again.
LANGE_RUST = 30.0
#: The table of ``access.Reserve``.
TABEL = "access_reserve"
_LOCK = "SELECT 1 FROM access_reserve WHERE cache_key = %s FOR UPDATE"
_SET = "UPDATE access_reserve SET value = %s WHERE cache_key = %s"
_FORGET = """
DELETE FROM access_reserve WHERE cache_key IN
(SELECT cache_key FROM access_reserve WHERE expires < %s FOR UPDATE SKIP LOCKED)
"""
#: With fewer, somebody could push brakes out of the table by trying many addresses.
MEESTE_SLEUTELS = 200_000


class ReserveCache(DatabaseCache):
    """Django's database cache: with keys that tell nothing, a true ``incr``, and nothing that stays when it is over."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(TABEL, {**params, "max_entries": MEESTE_SLEUTELS})

    def make_key(self, key: str, version: int | None = None) -> str:
        return hashlib.sha256(super().make_key(key, version).encode()).hexdigest()

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add ``delta`` while the row is locked; it ends when it would have.  ``ValueError`` when it is not there."""
        name, database = self.make_and_validate_key(key, version=version), self._database()
        with transaction.atomic(using=database), connections[database].cursor() as cursor:
            cursor.execute(_LOCK, [name])
            found = self.get(key, version=version)
            if found is None:
                raise ValueError(f"Key '{name}' not found")
            value = base64.b64encode(pickle.dumps(found + delta, self.pickle_protocol)).decode("ascii")
            cursor.execute(_SET, [value, name])
            return int(found + delta)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        self._forget_old()
        return bool(super().add(key, value, timeout, version))

    def _forget_old(self) -> None:
        with connections[self._database()].cursor() as cursor:
            cursor.execute(_FORGET, [timezone.now()])

    def _database(self) -> str:
        return str(router.db_for_write(self.cache_model_class))


class _Verbinding(RedisCacheClient):
    """Django's way to Redis, with one client per pool of connections instead of a new one for every question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._made: dict[Any, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined]  # the stubs do not know it
        if pool not in self._made:
            self._made[pool] = super().get_client(key, write=write)
        return self._made[pool]


class TolerantRedisCache(RedisCache):
    """Django's Redis cache, with a table of the database as its spare wheel."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = {"socket_connect_timeout": 1, "socket_timeout": 2, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._class = _Verbinding
        self.spare = ReserveCache("", {key: value for key, value in params.items() if key != "OPTIONS"})
        self.away_until = 0.0


def _tolerant(name: str) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @wraps(original)
    def call(self: TolerantRedisCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return original(self, *args, **kwargs)
            except redis.exceptions.RedisError as problem:  # away, full, read-only, still loading: all the same to us
                slow = isinstance(problem, redis.exceptions.TimeoutError)
                self.away_until = time.monotonic() + (LANGE_RUST if slow else RUST)
                log.warning("cache_away", problem=type(problem).__name__)
        return getattr(self.spare, name)(*args, **kwargs)

    return call


for _name in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
):
    setattr(TolerantRedisCache, _name, _tolerant(_name))
