"""pytest plugin (``-p tests.servers``): one throw-away PostgreSQL and Redis per run, shared by all xdist workers.

It sets ``DATABASE_URL`` and ``REDIS_URL`` before Django's settings load.  Runs stand side by side: each has a folder of
its own in memory.  The servers stop with the run, also when it is killed; what a killed run left behind is removed by
the next one.
"""

import fcntl
import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from swv_portal.local import paths
from swv_portal.local.servers import FAST_POSTGRES, FAST_REDIS, Pair, Place

_VARIABLE = "PORTAL_TEST_RUN"
#: What the migrations install in a database; here every new database has it.
EXTENSIONS = ("btree_gist", "pg_trgm")
_PREFIX = "portal-test-"


def _memory() -> Path:
    shm = Path("/dev/shm")
    return shm if os.access(shm, os.W_OK) else Path(tempfile.gettempdir())


def _sweep(parent: Path) -> None:
    """Remove the folders of runs that were killed: nobody holds their lock any more."""
    for folder in parent.glob(f"{_PREFIX}*"):
        if folder.stat().st_uid != os.geteuid() or not (folder / "lock").exists():
            continue
        with open(folder / "lock", "ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(folder, ignore_errors=True)


class Run:
    """The servers of this run, in the process that started them (the xdist workers only use them)."""

    def __init__(self) -> None:
        parent = _memory()
        _sweep(parent)
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        self.lock = (self.folder / "lock").open("ab")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        options = (*FAST_POSTGRES, "-c", "max_connections=200", "-c", "shared_buffers=128MB")
        place = Place(self.folder, paths.run_dir(self.folder), options, FAST_REDIS, signal.SIGQUIT)
        self.pair = Pair(place)
        self.pair.start()
        for extension in EXTENSIONS:
            place.psql(f"create extension {extension}", "template1")

    def stop(self) -> None:
        self.pair.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock.close()


def _redis_number() -> int:
    """Every xdist worker has a Redis database of its own: gw0 number 1, gw1 number 2; without xdist number 0."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return int(worker.removeprefix("gw")) + 1 if worker.startswith("gw") else 0


def _point_to(folder: Path) -> None:
    run = paths.run_dir(folder)
    os.environ["DATABASE_URL"] = paths.database_url(run)
    os.environ["REDIS_URL"] = paths.redis_url(run, _redis_number())


_own: Run | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before pytest-django reads the settings."""
    global _own
    if early_config.known_args_namespace.help or early_config.known_args_namespace.version:
        return
    if _VARIABLE not in os.environ:
        _own = Run()
        os.environ[_VARIABLE] = str(_own.folder)
    _point_to(Path(os.environ[_VARIABLE]))


def pytest_unconfigure() -> None:
    global _own
    if _own is not None:
        _own.stop()
        _own = None
        del os.environ[_VARIABLE]
