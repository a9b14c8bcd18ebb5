"""PostgreSQL and Redis as child processes: how they are made, started, asked whether they are ready, and stopped."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from swv_portal.local import paths

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)

#: What a shell lets its background jobs ignore, and they their children: a child could not be asked to stop with it
#: until it sets a handler of its own.
_NOT_INHERITED = (signal.SIGINT, signal.SIGQUIT)

#: For servers whose data is thrown away: no waiting for the disk.
FAST_POSTGRES = (
    "-c",
    "fsync=off",
    "-c",
    "synchronous_commit=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "autovacuum=off",
)
FAST_REDIS = ("--appendonly", "no")
#: PostgreSQL logs that something went wrong, and not the statement or the row: there stands what somebody searched for.
SILENT_POSTGRES = ("-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse")


class DidNotStart(Exception):
    """A server did not come up; the message ends with the last lines of its log."""


def dies_with_parent(sig: signal.Signals) -> Callable[[], None]:
    """A ``preexec_fn``: the child gets ``sig`` when its parent is gone, however that ended, and its own group.

    Its own group keeps a Ctrl-C in the terminal away from it: the parent decides in which order children stop.  It can
    always be asked to stop, also when this process began in the background, where SIGINT and SIGQUIT are ignored.
    """
    parent = os.getpid()

    def prepare() -> None:
        os.setpgid(0, 0)
        for each in _NOT_INHERITED:
            signal.signal(each, signal.SIG_DFL)
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(sig))
        if os.getppid() != parent:
            os._exit(1)

    return prepare


@dataclass
class Place:
    """Where one pair of servers lives: the data, the sockets and the logs."""

    data: Path
    run: Path
    postgres_options: tuple[str, ...] = ()
    redis_options: tuple[str, ...] = ()
    #: What PostgreSQL gets when it must stop: SIGINT is its orderly stop, SIGQUIT its immediate one.
    postgres_signal: signal.Signals = signal.SIGINT

    @property
    def pgdata(self) -> Path:
        return self.data / "pg"

    @property
    def log_dir(self) -> Path:
        return self.data / "log"

    def postgres_argv(self) -> list[str]:
        return [
            *paths.unroot(self.postgres_signal.name.removeprefix("SIG")),
            str(paths.pg_bin() / "postgres"),
            *("-D", str(self.pgdata), "-k", str(self.run)),
            *("-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"),
            *("-c", "random_page_cost=1.1"),  # as in docker-compose.yml, like what it logs
            *SILENT_POSTGRES,
            *self.postgres_options,
        ]

    def redis_argv(self) -> list[str]:
        return [
            str(paths.redis_bin()),
            *("--port", "0", "--unixsocket", str(paths.redis_socket(self.run)), "--unixsocketperm", "700"),
            *("--dir", str(self.data / "redis"), "--databases", "64", "--daemonize", "no", "--loglevel", "warning"),
            *("--save", "", "--appendonly", "yes", "--appendfsync", "everysec"),
            *self.redis_options,
        ]

    def prepare(self) -> None:
        """Make the folders and the database cluster when they are not there yet."""
        for folder in (self.data, self.data / "redis", self.log_dir):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (self.pgdata / "PG_VERSION").exists():
            return
        command = [
            *paths.unroot(),
            str(paths.pg_bin() / "initdb"),
            *("-D", str(self.pgdata), "-U", paths.DATABASE_USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--no-instructions", "--no-sync"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise DidNotStart(f"initdb: {done.stderr.strip() or done.stdout.strip()}")

    def postgres_ready(self) -> bool:
        command = [str(paths.pg_bin() / "pg_isready"), "-q", "-h", str(self.run), "-U", paths.DATABASE_USER]
        return subprocess.run(command, check=False).returncode == 0

    def redis_ready(self) -> bool:
        """Does Redis answer ``PING``?  While it still reads its file it answers with an error."""
        import redis

        client = redis.Redis(unix_socket_path=str(paths.redis_socket(self.run)))
        try:
            return bool(client.ping())
        except redis.exceptions.RedisError:
            return False
        finally:
            client.close()

    def psql(self, sql: str, database: str = "postgres") -> str:
        command = [str(paths.pg_bin() / "psql"), "-h", str(self.run), "-U", paths.DATABASE_USER, "-d", database]
        return subprocess.run(
            [*command, "-v", "ON_ERROR_STOP=1", "-Atc", sql], check=True, capture_output=True, text=True
        ).stdout.strip()

    def create_database(self, name: str = paths.DATABASE) -> bool:
        """Make the database when it is not there yet; ``True``: it was made now."""
        if self.psql(f"select 1 from pg_database where datname = '{name}'"):
            return False
        self.psql(f'create database "{name}"')
        return True


def local_place() -> Place:
    """The pair of servers of this clone."""
    return Place(paths.VAR, paths.run_dir())


def tail(log: Path, lines: int = 15) -> str:
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


@dataclass
class Pair:
    """A running PostgreSQL and Redis that belong to this process and stop with it."""

    place: Place
    processes: list[tuple[str, subprocess.Popen[bytes], signal.Signals]] = field(default_factory=list)

    def start(self, limit: float = 60) -> None:
        self.place.prepare()
        self._launch("postgres", self.place.postgres_argv(), self.place.postgres_signal)
        self._launch("redis", self.place.redis_argv(), signal.SIGTERM)
        try:
            self._wait([self.place.postgres_ready, self.place.redis_ready], limit)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        for _, process, sig in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(sig)
        for _, process, _ in reversed(self.processes):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def _log(self, name: str) -> Path:
        return self.place.log_dir / f"{name}.log"

    def _launch(self, name: str, argv: list[str], sig: signal.Signals) -> None:
        with open(self._log(name), "ab") as log:
            self.processes.append((name, launch(argv, sig, log), sig))

    def _wait(self, ready: Iterable[Callable[[], bool]], limit: float) -> None:
        end = time.monotonic() + limit
        for is_ready in ready:
            while not is_ready():
                for name, process, _ in self.processes:
                    if process.poll() is not None:
                        raise DidNotStart(f"{name} stopped ({process.returncode}):\n{tail(self._log(name))}")
                if time.monotonic() > end:
                    logs = "\n".join(tail(self._log(name)) for name, _, _ in self.processes)
                    raise DidNotStart(f"the servers were not ready after {limit:.0f} seconds:\n{logs}")
                time.sleep(0.03)


def launch(
    argv: list[str], sig: signal.Signals, log: IO[bytes], environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a child that logs into ``log`` and gets ``sig`` when this process is gone."""
    return subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=paths.BASE,
        env={**os.environ, **(environment or {})},
        preexec_fn=dies_with_parent(sig),
    )
