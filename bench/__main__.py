"""``make bench``: every measurement in this folder, or those named: ``make bench ARGS='lijst enquete'``.

Each runs in a process and a database of its own, on a throw-away PostgreSQL and Redis.  A measurement is a module with
``main() -> list[Outcome]``; its name does not start with an underscore.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from swv_portal.local import paths
from swv_portal.local.servers import Pair, Place

HERE = Path(__file__).parent
#: As the image runs it, except that the disk is not waited for: CPU is what counts.
OPTIONS = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "shared_buffers=512MB", "-c", "jit=off")
ONE = "PORTAL_BENCH_ONE"


def names() -> list[str]:
    return sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))


def run_one(name: str) -> int:
    """In the process of its own: measure, and tell by the exit code whether every target was met (0) or not (3)."""
    import django

    django.setup()
    outcomes = importlib.import_module(f"bench.{name}").main()
    return 0 if all(outcome.haalt_het for outcome in outcomes) else 3


def run_all(chosen: list[str]) -> int:
    shm = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="portal-bench-", dir=shm if os.access(shm, os.W_OK) else None) as folder:
        place = Place(Path(folder), paths.run_dir(Path(folder)), OPTIONS)
        pair = Pair(place)
        pair.start()
        try:
            return _run_on(place, chosen)
        finally:
            pair.stop()


def _run_on(place: Place, chosen: list[str]) -> int:
    collected = place.pgdata.parent / "static"
    collected.mkdir()  # empty: WhiteNoise finds the files where they stand, but wants the folder to be there
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench._instellingen",
        "DATABASE_URL": paths.database_url(place.run),
        "REDIS_URL": paths.redis_url(place.run),
        "PORTAL_BENCH_PGDATA": str(place.pgdata),
        "TEST_STATIC_ROOT": str(collected),
    }
    place.create_database()
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=paths.BASE, env=environment, check=True)
    codes = {}
    for name in chosen:
        print(f"\n== {name} ==", flush=True)
        place.psql(f'create database "bench_{name}" template "{paths.DATABASE}"')
        own = {"DATABASE_URL": paths.database_url(place.run, f"bench_{name}"), ONE: name}
        begin = time.monotonic()
        codes[name] = subprocess.run(
            [sys.executable, "-m", "bench"], cwd=paths.BASE, env={**environment, **own}, check=False
        ).returncode
        print(f"({time.monotonic() - begin:.0f} s)", flush=True)
        for database in place.psql(f"select datname from pg_database where datname like 'bench_{name}%'").split():
            place.psql(f'drop database "{database}" with (force)')
    return _summary(codes)


def _summary(codes: dict[str, int]) -> int:
    words = {0: "haalt elk doel", 3: "haalt niet elk doel"}
    print("\n== samenvatting ==")
    for name, code in codes.items():
        print(f"{name}: {words.get(code, f'mislukt (code {code})')}")
    return 1 if set(codes.values()) - {0, 3} else 0


def main() -> int:
    if name := os.environ.get(ONE):
        return run_one(name)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("namen", nargs="*", help="alleen deze metingen")
    chosen = parser.parse_args().namen or names()
    if unknown := set(chosen) - set(names()):
        print(f"Onbekend: {', '.join(sorted(unknown))}. Er zijn: {', '.join(names())}")
        return 2
    return run_all(chosen)


if __name__ == "__main__":
    sys.exit(main())
