"""Fixtures for every test.  The servers themselves come from the plugin ``tests.servers``."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import settings as hypothesis_settings

from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.local import paths
from swv_portal.local.servers import launch, tail
from tests.schema import do_the_rest

# On a busy machine an example may take long; that says nothing of what it tests.
hypothesis_settings.register_profile("portaal", deadline=None)
hypothesis_settings.load_profile("portaal")


#: The files that take longest.  They begin first, so that no process is left with one of them in the end.
LONGEST = ("test_rondgang.py", "test_opstarten.py", "test_matrix.py", "test_versie.py", "test_vragen.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def wait_until(condition: Callable[[], object], limit: float = 30, what: str = "it") -> None:
    """Wait until ``condition()`` is true; a test that waits in vain says for what."""
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen within {limit:.0f} seconds")
        time.sleep(0.05)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The tables, and what only the migrations say."""
    with django_db_blocker.unblock():
        do_the_rest()


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """Brakes count in the cache; every test begins without tries."""
    cache.clear()


#: Where Celery's messages wait.
QUEUE = "celery"


class WorkerProcess:
    """A real Celery worker with two processes, on the test database and this test process's own Redis number."""

    def __init__(self, database: str, folder: Path) -> None:
        url = urlsplit(os.environ["DATABASE_URL"])
        self.environment = {
            "DATABASE_URL": urlunsplit(url._replace(path=f"/{database}")),
            "DJANGO_SETTINGS_MODULE": "swv_portal.settings.test",
            "TEST_POST_MAP": str(folder / "post"),
        }
        self.log, self.post = folder / "worker.log", folder / "post"
        self.name = f"test{os.getpid()}-{time.monotonic_ns()}@localhost"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, limit: float = 40) -> None:
        """Start it and wait until it answers, so that it takes work."""
        from swv_portal.celery import app

        argv = [sys.executable, "-m", "celery", "-A", "swv_portal.celery", "worker", "-n", self.name, "-c", "2"]
        argv += ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "INFO"]
        with self.log.open("ab") as log:
            # When the test run itself is killed nothing is left of its Redis either: an orderly end would hang.
            self.process = launch(argv, signal.SIGKILL, log, self.environment)

        def answers() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, f"the worker stopped:\n{tail(self.log, 40)}"
            with app.connection_for_write() as connection:
                return bool(app.control.ping([self.name], timeout=0.3, connection=connection))

        wait_until(answers, limit, f"the start of the worker ({self.log})")

    def rest(self) -> None:
        """Take nothing any more, once what it was doing is done."""
        from swv_portal.celery import app

        def idle() -> bool:
            with app.connection_for_write() as connection:
                worker = app.control.inspect([self.name], connection=connection)
                return [(worker.reserved() or {}).get(self.name), (worker.active() or {}).get(self.name)] == [[], []]

        self._tell("cancel_consumer")
        wait_until(idle, what="the end of the work")

    def resume(self) -> None:
        """Take work again; bells that rang while it was resting are forgotten."""
        import redis

        with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
            client.delete(QUEUE)
        self._tell("add_consumer")

    def _tell(self, command: str) -> None:
        from swv_portal.celery import app

        arguments = {"queue": QUEUE}
        with app.connection_for_write() as connection:
            answers = app.control.broadcast(
                command, arguments, destination=[self.name], reply=True, timeout=10, connection=connection
            )
        assert [list(answer[self.name]) for answer in answers] == [["ok"]], f"{command}: {answers}"

    def kill(self) -> None:
        """As when the machine fails: the worker and its children are gone at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)

    def stop(self) -> None:
        """The orderly way: it finishes or gives back what it is doing."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


@pytest.fixture
def celery_worker_process(transactional_db: None, tmp_path: Path) -> Iterator[WorkerProcess]:
    """A running Celery worker.  The test sees what it commits, and the other way round."""
    import redis
    from django.db import connection

    client = redis.Redis.from_url(os.environ["REDIS_URL"])
    client.flushdb()
    worker = WorkerProcess(str(connection.settings_dict["NAME"]), tmp_path)
    try:
        worker.start()
        yield worker
    finally:
        worker.stop()
        client.flushdb()
        client.close()


@pytest.fixture
def project() -> Path:
    """The root folder of the project."""
    return paths.BASE


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """The folder of stored files, of this test only; it comes into being with the first file."""
    folder = tmp_path / "bestanden"
    settings.MEDIA_ROOT = str(folder)
    return folder


def _with_role(rol: Rol, plaats: Any = None) -> Any:
    """A new user who holds ``rol`` at ``plaats`` (a School, Kern or Schoolbestuur; a new one when none is given)."""
    from tests.factories.kernen import PersoonFactory, geef_rol

    user = PersoonFactory()
    geef_rol(user, rol, plaats)
    return user


@pytest.fixture
def als(db: None) -> Callable[..., Client]:
    """``als(rol, plaats=None)``: a client in which a new user with that role is logged in (``client.user``)."""

    def log_in(rol: Rol, plaats: Any = None) -> Client:
        client = Client()
        client.user = _with_role(rol, plaats)  # type: ignore[attr-defined]
        client.force_login(client.user)  # type: ignore[attr-defined]
        return client

    return log_in


@pytest.fixture
def bereik_als(db: None) -> Callable[..., Bereik]:
    """``bereik_als(rol, plaats=None)``: the reach of a new user with that role."""
    from swv_portal.access.reach import bereik_voor

    return lambda rol, plaats=None: bereik_voor(_with_role(rol, plaats).pk, date.today())  # noqa: DTZ011


@pytest.fixture
def actor_als(bereik_als: Callable[..., Bereik]) -> Callable[..., Actor]:
    """``actor_als(rol, plaats=None)``: a new user with that role, as an actor for services."""

    def make(rol: Rol, plaats: Any = None) -> Actor:
        bereik = bereik_als(rol, plaats)
        return Actor(bereik=bereik, user_id=bereik.user_id)

    return make
