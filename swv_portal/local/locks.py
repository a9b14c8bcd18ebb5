"""Who runs the local servers: ``make demo``, or a command of manage.py for as long as it takes.

``servers.lock`` is held by the process that runs them.  ``users.lock`` is shared by the commands that use them, so that
the command that started the servers stops them only when nobody uses them any more.
"""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from swv_portal.local import paths
from swv_portal.local.servers import DidNotStart, Pair, local_place


def open_lock(name: str) -> IO[str]:
    paths.VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
    return (paths.VAR / name).open("a+")


def try_exclusive(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for_others_servers(limit: float = 60) -> None:
    place = local_place()
    end = time.monotonic() + limit
    while not (place.postgres_ready() and place.redis_ready()):
        if time.monotonic() > end:
            raise DidNotStart(f"the local servers did not answer within {limit:.0f} seconds; see {place.log_dir}")
        time.sleep(0.1)
    while not place.psql(f"select 1 from pg_database where datname = '{paths.DATABASE}'"):
        if time.monotonic() > end:
            raise DidNotStart(f"the local database {paths.DATABASE} was not made within {limit:.0f} seconds")
        time.sleep(0.1)


@contextlib.contextmanager
def local_servers() -> Iterator[None]:
    """PostgreSQL and Redis of this clone answer inside the block; started here when nobody runs them."""
    with open_lock("users.lock") as users, open_lock("servers.lock") as servers:
        fcntl.flock(users, fcntl.LOCK_SH)
        if not try_exclusive(servers):
            _wait_for_others_servers()
            yield
            return
        pair = Pair(local_place())
        pair.start()
        try:
            pair.place.create_database()
            yield
        finally:
            fcntl.flock(users, fcntl.LOCK_EX)
            pair.stop()


def has_tables() -> bool:
    """Were the tables of the local database ever made?  Not by a command in a clone that never ran ``make demo``."""
    found = local_place().psql("select to_regclass('django_migrations') is not null", database=paths.DATABASE)
    return found == "t"


def remove_data(var: Path = paths.VAR) -> None:
    """Start over: everything that a local run wrote, the locks excepted.  Only while ``servers.lock`` is held."""
    import shutil

    for name in ("pg", "redis", "log", "bestanden", "post", "static", "stand"):
        shutil.rmtree(var / name, ignore_errors=True)
    for name in ("geheim", "celerybeat-schedule"):
        (var / name).unlink(missing_ok=True)
