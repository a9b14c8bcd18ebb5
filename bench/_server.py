"""A web server as in production, to measure what a page costs it: gunicorn with one process, over a kept connection."""

import contextlib
import http.client
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

from bench import _pair
from bench._web import Answer
from swv_portal.local.servers import launch, tail


@dataclass
class Server:
    """A running web server on one database."""

    port: int

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str, cookie: str = "") -> Answer:
        self._connection.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html"})
        answer = self._connection.getresponse()
        return Answer(answer.status, answer.read().decode())

    def page(self, path: str, cookie: str = "") -> Callable[[], Answer]:
        """The work of fetching one page; stops at once when it is not there."""

        def fetch() -> Answer:
            answer = self.get(path, cookie)
            if answer.status != 200:
                raise AssertionError(f"{path} answered {answer.status}")
            return answer

        return fetch

    def close(self) -> None:
        self._connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(database: str | None = None) -> Iterator[Server]:
    """A web server on ``database`` (left out: that of this measurement).  Its CPU counts with ``maat="server"``."""
    port = _free_port()
    url = urlsplit(os.environ["DATABASE_URL"])
    environment = {"DATABASE_URL": urlunsplit(url._replace(path=f"/{database}"))} if database else {}
    argv = [sys.executable, "-m", "gunicorn", "swv_portal.wsgi:application", "-b", f"127.0.0.1:{port}", "-k", "gthread"]
    argv += ["--workers", "1", "--threads", "1", "--keep-alive", "600", "--no-control-socket"]
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = launch(argv, signal.SIGTERM, log, environment)
        found = Server(port)
        try:
            _wait(found, process, Path(log.name))
            _pair.WATCHED.append(process.pid)
            yield found
        finally:
            found.close()
            if process.pid in _pair.WATCHED:
                _pair.WATCHED.remove(process.pid)
            process.terminate()
            process.wait()


def _wait(found: Server, process: Any, log: Path, limit: float = 60) -> None:
    end = time.monotonic() + limit
    while True:
        try:
            found.get("/hallo/")
        except OSError as problem:
            found.close()
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the web server does not answer:\n{tail(log, 30)}") from problem
            time.sleep(0.1)
        else:
            return


def second_database(suffix: str) -> str:
    """The name of a copy of this measurement's database, made now.  Nobody else may be connected to it."""
    own = connection.settings_dict
    name = f"{own['NAME']}_{suffix}"
    connection.close()
    connection.close_pool()
    host = own["OPTIONS"]["host"]
    with psycopg.connect(dbname="postgres", user=own["USER"], host=host, autocommit=True) as admin:
        admin.execute(f'create database "{name}" template "{own["NAME"]}" strategy file_copy')
    return name
