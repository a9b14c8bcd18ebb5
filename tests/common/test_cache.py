"""The cache goes on when Redis is away, counts for all processes together, and comes back to Redis."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache as default_cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from swv_portal.access.models import Reserve, User
from swv_portal.common.cache import RUST, TolerantRedisCache
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.cleanup import remove_old_counts
from swv_portal.local import paths
from swv_portal.local.servers import FAST_REDIS, Place
from swv_portal.settings import base
from tests.conftest import wait_until

WACHTWOORD = "paard batterij nietje juist"


def _dead_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{free.getsockname()[1]}/0"


@pytest.fixture
def away(db: None) -> TolerantRedisCache:
    return TolerantRedisCache(_dead_address(), {})


@pytest.fixture
def without_redis(settings: Any, db: None) -> None:
    """The whole portal without Redis, with the brakes of production."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.CACHES = {
        "default": {"BACKEND": "swv_portal.common.cache.TolerantRedisCache", "LOCATION": _dead_address()}
    }


def test_with_redis_everything_is_in_redis() -> None:
    one, other = (TolerantRedisCache(os.environ["REDIS_URL"], {"KEY_PREFIX": "test"}) for _ in range(2))
    one.set("a", 1, 60)
    assert other.get("a") == 1
    assert other.incr("a") == 2
    assert one.get("a") == 2
    one.delete("a")
    assert other.get("a") is None


def test_without_redis_it_goes_on(away: TolerantRedisCache) -> None:
    assert away.add("tries", 1, 60)
    assert not away.add("tries", 1, 60)
    assert away.incr("tries") == 2
    away.set_many({"b": 2})
    assert away.get_many(["tries", "b", "c"]) == {"tries": 2, "b": 2}
    assert away.has_key("b")
    assert away.touch("b", 60)
    away.delete("b")
    assert away.get("b", "weg") == "weg"
    with pytest.raises(ValueError, match="not found"):
        away.incr("onbekend")
    away.delete_many(["tries"])
    away.clear()
    assert not Reserve.objects.exists()


def test_the_table_can_be_the_only_cache(settings: Any, db: None) -> None:
    """What docs/besluiten/0010-remmen-zonder-redis.md says to set when Redis is not wanted at all."""
    settings.CACHES = {"default": {"BACKEND": "swv_portal.common.cache.ReserveCache"}}
    assert default_cache.add("tries", 1, 60)
    assert default_cache.incr("tries") == 2
    assert Reserve.objects.count() == 1


def test_all_processes_count_together(away: TolerantRedisCache) -> None:
    """A cache of its own is what another process has: nothing is shared but the database."""
    other = TolerantRedisCache(_dead_address(), {})
    assert away.add("tries", 1, 60)
    assert not other.add("tries", 1, 60)
    assert [cache.incr("tries") for cache in (other, away, other)] == [2, 3, 4]


def test_a_count_ends_when_it_would_have(away: TolerantRedisCache) -> None:
    away.add("tries", 1, 60)
    before = Reserve.objects.get().expires
    away.incr("tries")
    assert Reserve.objects.get().expires == before
    Reserve.objects.update(expires=timezone.now() - timedelta(seconds=5))
    with pytest.raises(ValueError, match="not found"):
        away.incr("tries")
    assert away.add("other", 1, 60)
    assert Reserve.objects.count() == 1, "what is over does not stay in the table"


def test_the_table_tells_nothing_of_visitors(away: TolerantRedisCache) -> None:
    away.add("access:rem:ip:192.0.2.7", 1, 60)
    row = Reserve.objects.get()
    assert "192" not in row.cache_key
    assert len(row.cache_key) == 64


@pytest.mark.django_db(transaction=True)
def test_no_try_is_lost_when_many_come_at_once() -> None:
    cache = TolerantRedisCache(_dead_address(), {})
    cache.add("tries", 0, 60)

    def count() -> None:
        for _ in range(5):
            cache.incr("tries")
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get("tries") == 30


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    """The address of a Redis of one's own, and how to start and to stop it."""
    place = Place(tmp_path, paths.run_dir(tmp_path), (), FAST_REDIS)
    (tmp_path / "redis").mkdir()
    running: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        running.append(subprocess.Popen(place.redis_argv(), stdout=subprocess.DEVNULL))
        wait_until(place.redis_ready, 10, "the start of Redis")

    def stop() -> None:
        process = running.pop()
        process.kill()
        process.wait(10)

    start()
    yield paths.redis_url(place.run), start, stop
    if running:
        stop()


@pytest.mark.django_db
def test_stopping_redis_half_way_and_starting_it_again(own_redis: Any) -> None:
    url, start, stop = own_redis
    cache = TolerantRedisCache(url, {})
    cache.add("tries", 1, 60)
    assert cache.incr("tries") == 2
    assert not Reserve.objects.exists()
    stop()
    assert cache.add("tries", 1, 60)
    assert cache.incr("tries") == 2
    assert Reserve.objects.count() == 1
    start()
    assert cache.incr("tries") == 3, "for a few seconds Redis is not asked again"
    cache.away_until -= RUST + 1
    assert cache.get("tries") is None, "a count does not move along"
    assert cache.add("tries", 1, 60)
    assert TolerantRedisCache(url, {}).get("tries") == 1


@pytest.mark.django_db
def test_a_redis_that_takes_nothing_more_locks_nobody_out(own_redis: Any) -> None:
    import redis

    url, _, _ = own_redis
    redis.Redis.from_url(url).config_set("maxmemory", 1)
    cache = TolerantRedisCache(url, {})
    assert cache.add("tries", 1, 60)
    assert cache.incr("tries") == 2


def _log_in(password: str) -> Client:
    client = Client()
    client.post("/account/login/", {"login": "iemand@school.example", "password": password})
    return client


@pytest.fixture
def iemand(db: None) -> User:
    return User.objects.create_user("iemand@school.example", WACHTWOORD)


def test_logging_in_works_without_redis_and_its_brake_too(without_redis: None, iemand: User) -> None:
    assert _log_in(WACHTWOORD).get("/mijn-account/").status_code == 200
    for _ in range(6):
        _log_in("helemaal fout hier")
    assert _log_in(WACHTWOORD).get("/mijn-account/").status_code == 302, "five wrong passwords, then it waits"
    assert Reserve.objects.exists()
    Reserve.objects.update(expires=timezone.now() - timedelta(seconds=5))
    assert _log_in(WACHTWOORD).get("/mijn-account/").status_code == 200, "and it lets in again when the time is over"


def test_asking_for_a_new_password_is_braked_without_redis(without_redis: None, iemand: User) -> None:
    for _ in range(8):
        Client().post(reverse("account_reset_password"), {"email": iemand.email})
    assert Job.objects.filter(soort="mail").count() == 5


def test_codes_of_a_personal_link_are_braked_without_redis(without_redis: None) -> None:
    answers = [Client().post("/link/" + "c" * 43 + "/", {"code": "AAAAAAAA"}).status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]


def test_the_night_takes_away_what_is_over(away: TolerantRedisCache) -> None:
    away.add("over", 1, 60)
    Reserve.objects.update(expires=timezone.now() - timedelta(seconds=5))
    away.spare.set("still counts", 1, 60)
    assert remove_old_counts() == 1
    assert Reserve.objects.count() == 1
