"""``make demo``: everything under one process.  Ctrl-C or SIGTERM stops all of it, a killed part comes back."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from swv_portal.local import freshness, paths
from swv_portal.local.children import Child, Orphans, say
from swv_portal.local.locks import open_lock, remove_data, try_exclusive
from swv_portal.local.roles import DEMO_ROLLEN, WACHTWOORD, demo_adres, demo_naam
from swv_portal.local.servers import DidNotStart, Place, local_place, tail

SETTINGS = "swv_portal.settings.local"
STOP = threading.Event()


class CannotStart(Exception):
    """Something that the person at the keyboard must do first; the message says what."""


def bind_address() -> tuple[str, int]:
    text = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:
        raise CannotStart(f"PORTAL_BIND is '{text}'; schrijf het als 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def address() -> str:
    host, port = bind_address()
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


def check_port() -> None:
    host, port = bind_address()
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"Adres {host}:{port} is niet vrij ({error.strerror}). "
                f"Kies een ander: make demo PORTAL_BIND={host}:{port + 1}"
            ) from error


@contextlib.contextmanager
def sole_owner() -> Iterator[bool]:
    """``True``: this process runs the portal of this clone.  ``False``: it runs already."""
    with open_lock("demo.lock") as demo, open_lock("servers.lock") as servers:
        if not try_exclusive(demo):
            yield False
            return
        if not try_exclusive(servers):
            say("Een opdracht van manage.py gebruikt de database nog; de demo start zodra die klaar is.")
            while not try_exclusive(servers):
                time.sleep(0.2)
        demo.seek(0)
        demo.truncate()
        demo.write(address())
        demo.flush()
        yield True


def running_address() -> str:
    with open_lock("demo.lock") as demo:
        demo.seek(0)
        return demo.read().strip()


def servers(place: Place) -> list[Child]:
    """PostgreSQL and Redis, each only when no other one was named in the environment."""
    found = []
    if "DATABASE_URL" not in os.environ:
        log = place.log_dir / "postgres.log"
        found.append(
            Child("PostgreSQL", place.postgres_argv(), log, signal.SIGINT, grace=30, is_ready=place.postgres_ready)
        )
    if "REDIS_URL" not in os.environ:
        log = place.log_dir / "redis.log"
        found.append(Child("Redis", place.redis_argv(), log, is_ready=place.redis_ready))
    return found


def programs(place: Place) -> list[Child]:
    """The Celery worker, beat and the web server."""
    host, port = bind_address()
    celery = [sys.executable, "-m", "celery", "-A", "swv_portal.celery"]
    worker = [*celery, "worker", "-c", "2", "-l", "INFO", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "-l", "WARNING", "--pidfile=", "-s", str(place.data / "celerybeat-schedule")]
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = [sys.executable, "-m", "gunicorn", "swv_portal.wsgi:application", "-b", bind, "-k", "gthread"]
    web += ["--workers", "2", "--threads", "4", "--preload", "--graceful-timeout", "5", "--no-control-socket"]
    return [
        Child("De webserver", web, place.log_dir / "web.log", grace=12, is_ready=web_ready),
        # SIGQUIT with Celery's soft shutdown: what is not done in time goes back.  SIGTERM can hang, and so does an
        # orderly end when Redis goes away at the same moment.
        Child("De worker", worker, place.log_dir / "worker.log", signal.SIGQUIT, 25, signal.SIGKILL),
        Child("Beat", beat, place.log_dir / "beat.log"),
    ]


def web_ready() -> bool:
    try:
        with urllib.request.urlopen(address(), timeout=5):
            return True
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code < 500
    except OSError:
        return False


def wait_until_ready(children: list[Child], limit: float = 60) -> None:
    end = time.monotonic() + limit
    for child in children:
        while child.is_ready is not None and not child.is_ready():
            if STOP.is_set():
                raise KeyboardInterrupt
            if not child.runs or time.monotonic() > end:
                raise CannotStart(f"{child.name} start niet. De laatste regels van {child.log}:\n{tail(child.log)}")
            time.sleep(0.05)


def prepare(place: Place) -> None:
    """Database, static files and example data, in a process of its own, when something changed since the last time."""
    own_database = "DATABASE_URL" not in os.environ
    is_new = own_database and place.create_database()
    if own_database and not is_new:
        if freshness.is_fresh():
            return
        if since := freshness.rebuilt_since():
            raise CannotStart(
                f"De opbouw van de database is veranderd sinds {since:%d-%m-%Y}: begin opnieuw met make demo RESET=1"
            )
    command = [sys.executable, "manage.py", "bereid_voor"]
    environment = {**os.environ, "DATABASE_URL": os.environ.get("DATABASE_URL", paths.database_url())}
    process = subprocess.Popen(command, cwd=paths.BASE, env=environment, stdin=subprocess.DEVNULL)
    while process.poll() is None:
        if STOP.wait(0.05):
            process.terminate()
            process.wait()
            raise KeyboardInterrupt
    if process.returncode:
        raise CannotStart("De database of de voorbeelddata kon niet klaargezet worden; zie hierboven.")
    if own_database:
        freshness.remember()


def welcome(seconds: float) -> str:
    width = max(len(demo_naam(rol)) for rol in DEMO_ROLLEN)
    logins = "\n".join(f"  {demo_naam(rol):{width}}  {demo_adres(rol)}" for rol in DEMO_ROLLEN)
    return (
        f"\nHet portaal draait op {address()} (gestart in {seconds:.1f} s)\n\n"
        f"Inloggen kan met één klik op de inlogpagina, of met een van deze adressen:\n{logins}\n"
        f"  Wachtwoord: {WACHTWOORD}\n\n"
        f"Verstuurde e-mail leest u op {address()}demo/post/. Logboeken staan in {paths.VAR / 'log'}.\n"
        "Stoppen: Ctrl-C.\n"
    )


def run(begin: float) -> None:
    place = local_place()
    place.prepare()
    orphans = Orphans()
    below, above = servers(place), programs(place)
    try:
        for child in below:
            child.start()
        wait_until_ready(below)
        prepare(place)
        for child in above:
            child.start()
        wait_until_ready(above)
        say(welcome(time.monotonic() - begin))
        while not STOP.wait(0.2):
            left = orphans.tend([*below, *above])
            for child in [*below, *above]:
                child.tend(left)
    finally:
        say("Het portaal stopt.")
        for child in above:
            child.ask_to_stop()
        for child in [*above, *reversed(below)]:
            child.stop()
        orphans.end_all([*below, *above])
        say("Alles is gestopt.")


def main() -> int:
    begin = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="throw all local data away first")
    reset = parser.parse_args().reset
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ.setdefault("DEMO", "on")
    for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sig, lambda *_: STOP.set())
    try:
        os.environ.setdefault("SITE_URL", address().rstrip("/"))
        with sole_owner() as sole:
            if not sole:
                return already_running(reset)
            check_port()
            if reset:
                remove_data()
                say("Alle lokale gegevens zijn verwijderd.")
            run(begin)
    except (CannotStart, DidNotStart, OSError) as problem:
        say(f"De demo start niet. {problem}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def already_running(reset: bool) -> int:
    if reset:
        say(f"Het portaal draait nog op {running_address()}. Stop het eerst (Ctrl-C) en begin dan opnieuw.")
        return 1
    say(f"Het portaal draait al op {running_address()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
