"""A cache on Redis that goes on when Redis is away.

Logging in must work then, and its brakes too: as long as Redis does not answer, each process counts in its own memory.
What the cache holds may always be lost, so nothing else changes.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import redis
import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

log = structlog.get_logger(__name__)

#: Seconds in which Redis is not asked again after it did not answer.
RUST = 5.0


#: redis-py has a class of its own for each of the two ways in which nobody answers.
WEG = (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError)


class TolerantRedisCache(RedisCache):
    """Django's Redis cache, with the memory of the process as its spare wheel."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = {"socket_connect_timeout": 1, "socket_timeout": 2, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self.spare = LocMemCache("tolerant-redis", {key: value for key, value in params.items() if key != "OPTIONS"})
        self.away_until = 0.0


def _tolerant(name: str) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @wraps(original)
    def call(self: TolerantRedisCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return original(self, *args, **kwargs)
            except WEG:
                self.away_until = time.monotonic() + RUST
                log.warning("cache_away")
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
