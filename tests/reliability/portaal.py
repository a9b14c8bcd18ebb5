"""The whole portal on a machine of its own: this process is its web server, workers and beat are real.

Database, Redis and files are its own, so that they may be killed and searched.  The tables come from the test database,
which is quicker than migrating again.
"""

import logging
import os
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import environ
import redis
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.test import override_settings

from swv_portal.common.logs import formatter
from swv_portal.local import paths
from tests.reliability.machine import NAME, Machine

_BETWEEN = b"-" * 79 + b"\n"


class Portaal(Machine):
    """A machine with every table of the portal; ``web.log`` is what this process logs, as in production."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.files = folder / "bestanden"
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.reliability.portaal_settings",
            "TEST_MEDIA_ROOT": str(self.files),
        }

    def prepare(self) -> None:
        """Start the servers, with the tables of the test database that this process uses now."""
        source = connection.settings_dict
        self.place.prepare()
        self.start_postgres()
        self.start_redis()
        self.place.create_database(NAME)
        tool = [str(paths.pg_bin() / "pg_dump"), "--schema-only", "--no-owner", "-h", source["OPTIONS"]["host"]]
        tables = self._tool(*tool, "-U", paths.DATABASE_USER, "-d", source["NAME"])
        psql = [str(paths.pg_bin() / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.place.run)]
        self._tool(*psql, "-U", paths.DATABASE_USER, "-d", NAME, given=tables)

    def _tool(self, *command: str, given: bytes = b"") -> bytes:
        done = subprocess.run(command, input=given, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        return done.stdout

    def dump(self) -> bytes:
        """Everything in the database, as a backup holds it."""
        tool = str(paths.pg_bin() / "pg_dump")
        return self._tool(tool, "-h", str(self.place.run), "-U", paths.DATABASE_USER, "-d", NAME)

    def in_redis(self) -> bytes:
        """Every key with what it holds, as it was put there: a dump of Redis is pressed together."""
        client: Any = redis.Redis(unix_socket_path=str(paths.redis_socket(self.place.run)))
        read = {
            b"string": client.get,
            b"list": lambda key: client.lrange(key, 0, -1),
            b"set": client.smembers,
            b"zset": lambda key: client.zrange(key, 0, -1),
            b"hash": client.hgetall,
        }
        found = [(key, read[client.type(key)](key)) for key in client.keys("*")]
        client.close()
        return _bytes(found)

    def crash_postgres(self) -> None:
        """PostgreSQL ends at once, in the middle of whatever it does, and comes back by recovery."""
        connections.close_all()
        self.kill("postgres", signal.SIGQUIT)
        self.start_postgres()

    def messages(self) -> list[EmailMessage]:
        """What was sent, as it left."""
        parts = [part for file in sorted(self.mails.iterdir()) for part in file.read_bytes().split(_BETWEEN)]
        return [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]

    def sent(self) -> Counter[tuple[str, str]]:
        """How often each address got each subject."""
        return Counter((str(each["To"]), str(each["Subject"])) for each in self.messages())


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    parts = value.items() if isinstance(value, dict) else value or ()
    return b"\n".join(_bytes(each) for each in parts)


@contextmanager
def web_server_of(own: Portaal) -> Iterator[None]:
    """Services and views of this process work on the machine's database, Redis and files, and log as they do there.

    The connection that the test has stays as it is meanwhile, with its own database.
    """
    known, mine = connections.settings["default"], connections["default"]
    before, broker = dict(known), os.environ.get("CELERY_BROKER_URL")
    redis_url = own.environment["REDIS_URL"]
    place = environ.Env.db_url_config(own.environment["DATABASE_URL"])
    cache = {"default": {"BACKEND": "swv_portal.common.cache.TolerantRedisCache", "LOCATION": redis_url}}
    handler = logging.FileHandler(own.folder / "web.log")
    handler.setFormatter(formatter())
    root, level = logging.getLogger(), logging.getLogger().level
    try:
        del connections["default"]
        known.update({name: place[name] for name in ("NAME", "USER", "OPTIONS")})
        os.environ["CELERY_BROKER_URL"] = paths.broker_url(redis_url)
        root.addHandler(handler)
        root.setLevel(settings.LOGGING["root"]["level"])
        ContentType.objects.clear_cache()
        with override_settings(CACHES=cache, MEDIA_ROOT=str(own.files)):
            yield
    finally:
        connections["default"].close()
        known.update(before)
        connections["default"] = mine
        ContentType.objects.clear_cache()
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()
        os.environ.pop("CELERY_BROKER_URL")
        if broker is not None:
            os.environ["CELERY_BROKER_URL"] = broker


@contextmanager
def portaal() -> Iterator[Portaal]:
    """A portal that runs: one worker ``a`` and beat are starting."""
    parent = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="portal-proef-", dir=parent) as folder:
        own = Portaal(Path(folder))
        try:
            own.prepare()
            own.start_worker("a")
            own.start_beat()
            yield own
        finally:
            own.stop()
