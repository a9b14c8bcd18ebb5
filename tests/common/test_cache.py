"""The cache goes on when Redis is away, and comes back to it."""

import os
import socket
from typing import Any

import pytest
from django.test import Client

from swv_portal.common.cache import RUST, TolerantRedisCache


def _dead_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{free.getsockname()[1]}/0"


@pytest.fixture
def away() -> TolerantRedisCache:
    cache = TolerantRedisCache(_dead_address(), {})
    cache.clear()
    return cache


def test_with_redis_everything_is_in_redis() -> None:
    one, other = (TolerantRedisCache(os.environ["REDIS_URL"], {"KEY_PREFIX": "test"}) for _ in range(2))
    one.set("a", 1, 60)
    assert other.get("a") == 1
    assert other.incr("a") == 2
    assert one.get("a") == 2
    one.delete("a")
    assert other.get("a") is None


def test_without_redis_it_counts_in_memory(away: TolerantRedisCache) -> None:
    assert away.add("tries", 1, 60)
    assert not away.add("tries", 1, 60)
    assert away.incr("tries") == 2
    away.set_many({"b": 2})
    assert away.get_many(["tries", "b", "c"]) == {"tries": 2, "b": 2}
    assert away.has_key("b")
    away.delete("b")
    assert away.get("b", "weg") == "weg"
    with pytest.raises(ValueError, match="not found"):
        away.incr("onbekend")


def test_it_asks_redis_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = TolerantRedisCache(_dead_address(), {})
    cache.set("a", "in memory", 60)
    cache._servers = [os.environ["REDIS_URL"]]
    cache.__dict__.pop("_cache", None)
    assert cache.get("a") == "in memory"
    cache.away_until -= RUST + 1
    assert cache.get("a") is None, "what memory held is not carried over"
    cache.set("a", "in redis", 60)
    assert TolerantRedisCache(os.environ["REDIS_URL"], {}).get("a") == "in redis"
    cache.delete("a")


@pytest.mark.django_db
def test_logging_in_works_without_redis(settings: Any) -> None:
    from swv_portal.access.models import User
    from swv_portal.settings import base

    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.CACHES = {
        "default": {"BACKEND": "swv_portal.common.cache.TolerantRedisCache", "LOCATION": _dead_address()}
    }
    User.objects.create_user("iemand@school.example", "paard batterij nietje juist")
    client = Client()
    client.post("/account/login/", {"login": "iemand@school.example", "password": "paard batterij nietje juist"})
    assert client.get("/mijn-account/").status_code == 200
    for _ in range(6):
        Client().post("/account/login/", {"login": "iemand@school.example", "password": "helemaal fout hier"})
    late = Client()
    late.post("/account/login/", {"login": "iemand@school.example", "password": "paard batterij nietje juist"})
    assert late.get("/mijn-account/").status_code == 302, "the brake works in memory"
