"""A machine of one's own to break: PostgreSQL, Redis, workers and beat; each can be killed and started again."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis

from swv_portal.local import paths
from swv_portal.local.servers import Place, launch, tail
from tests.conftest import wait_until

#: Crashes must not lose what was committed; the disk itself does not fail here.
POSTGRES = ("-c", "fsync=off", "-c", "autovacuum=off", "-c", "max_connections=60", "-c", "shared_buffers=32MB")
NAME = "proef"
LEASE = 3


class Machine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = Place(folder, paths.run_dir(folder), POSTGRES, ("--appendonly", "no"))
        self.mails = folder / "mails"
        self.mails.mkdir()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.reliability.settings",
            "DATABASE_URL": paths.database_url(self.place.run, NAME),
            "REDIS_URL": paths.redis_url(self.place.run),
            "JOB_LEASE_SECONDS": str(LEASE),
            "JOB_SWEEP_SECONDS": "1",
            "JOB_BACKOFF_SECONDS": "1",
            "PROEF_MAILS": str(self.mails),
            "CELERY_SKIP_CHECKS": "1",
        }

    # ---- starting and stopping ----------------------------------------------------------------------------------
    def start(self, name: str, argv: list[str], sig: signal.Signals = signal.SIGKILL) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = launch(argv, sig, log, self.environment)

    def start_postgres(self) -> None:
        self.start("postgres", self.place.postgres_argv(), signal.SIGQUIT)
        wait_until(self.place.postgres_ready, 20, "the start of PostgreSQL")

    def start_redis(self) -> None:
        self.start("redis", self.place.redis_argv())
        wait_until(self.place.redis_ready, 10, "the start of Redis")

    def start_worker(self, name: str) -> None:
        argv = [sys.executable, "-m", "celery", "-A", "swv_portal.celery", "worker", "-n", f"{name}@%%h", "-c", "2"]
        self.start(name, [*argv, "--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "INFO"])

    def start_beat(self) -> None:
        argv = [sys.executable, "-m", "celery", "-A", "swv_portal.celery", "beat", "--pidfile=", "-l", "INFO"]
        self.start("beat", [*argv, "--max-interval", "1", "-s", str(self.folder / "schedule")])

    def kill(self, name: str, sig: signal.Signals = signal.SIGKILL) -> None:
        process = self.processes.pop(name)
        if sig is signal.SIGKILL:
            os.killpg(process.pid, sig)
        else:
            process.send_signal(sig)
        process.wait(15)

    def signal(self, name: str, sig: signal.Signals) -> None:
        """To a process and all its children."""
        os.killpg(self.processes[name].pid, sig)

    def freeze(self, name: str) -> set[tuple[int]]:
        """Stop a worker in its tracks while it holds a job, and give the jobs that were in anybody's hands longest."""
        for _ in range(200):
            self.signal(name, signal.SIGSTOP)
            time.sleep(0.05)  # the other worker goes on
            held = {
                (job,)
                for (job,) in self.query(
                    "SELECT id FROM jobs_job WHERE staat = 'bezig' AND gedaan > 0 AND soort = 'proef'"
                )
            }
            time.sleep(0.6)  # long enough for any job of the other worker
            still = {(job,) for (job,) in self.query("SELECT id FROM jobs_job WHERE staat = 'bezig' AND gedaan > 0")}
            if held & still:
                return held & still
            self.signal(name, signal.SIGCONT)
            time.sleep(0.05)
        raise AssertionError("the worker never held a job")

    def prepare(self) -> None:
        self.place.prepare()
        self.start_postgres()
        self.start_redis()
        self.place.create_database(NAME)
        self.run("-m", "django", "migrate", "--skip-checks", "-v", "0")
        self.place.psql("CREATE TABLE proef_effect (n integer NOT NULL, job bigint NOT NULL)", NAME)

    def stop(self) -> None:
        for name in [each for each in self.processes if each != "postgres"]:
            self.kill(name)
        if "postgres" in self.processes:
            self.kill("postgres", signal.SIGQUIT)

    # ---- asking and looking -------------------------------------------------------------------------------------
    def run(self, *argv: str) -> str:
        command = [sys.executable, *argv]
        done = subprocess.run(
            command, env=self.environment, cwd=paths.BASE, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def ask(self, first: int, last: int, mails: int = 0) -> float:
        """Enqueue as a web request would; how many seconds that took."""
        return float(
            self.run("-m", "tests.reliability.proef.vraag", str(first), str(last), str(mails)).splitlines()[-1]
        )

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.environment["DATABASE_URL"], connect_timeout=5) as connection:
            return connection.execute(sql.encode()).fetchall()

    def states(self) -> dict[str, int]:
        return dict(self.query("SELECT staat, count(*) FROM jobs_job WHERE soort <> 'jobs.opruimen' GROUP BY staat"))

    def effects(self) -> Counter[int]:
        return Counter(n for (n,) in self.query("SELECT n FROM proef_effect"))

    def flush_redis(self) -> None:
        client = redis.Redis(unix_socket_path=str(paths.redis_socket(self.place.run)))
        client.flushall()
        client.close()

    def wait_for_ready(self, *workers: str) -> None:
        for worker in workers:
            log = self.folder / f"{worker}.log"
            wait_until(lambda log=log: b" ready." in log.read_bytes(), 30, f"the start of {worker}")

    def wait_until_done(self, jobs: int, limit: float = 60) -> None:
        end = time.monotonic() + limit
        while (found := self.states()).get("klaar", 0) + found.get("dood", 0) < jobs:
            assert time.monotonic() < end, f"{found}\n{self.logs()}"
            time.sleep(0.2)

    def logs(self) -> str:
        return "\n".join(f"== {each.name}\n{tail(each, 12)}" for each in sorted(self.folder.glob("*.log")))


@contextmanager
def machine() -> Iterator[Machine]:
    parent = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="portal-proef-", dir=parent) as folder:
        own = Machine(Path(folder))
        try:
            own.prepare()
            yield own
        finally:
            own.stop()
