"""Requests without a network: the WSGI application itself, as gunicorn calls it, with the session of a person.

Nothing is left out that a server does per request (middleware, session, templates), and nothing of a test client comes
on top.  What a whole web server costs is measured with ``_server``.
"""

import importlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext


@cache
def application() -> WSGIHandler:
    return WSGIHandler()


@dataclass(frozen=True)
class Answer:
    status: int
    body: str


def session_cookie(user: Any) -> str:
    """A cookie with which ``user`` is logged in."""
    store = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    cookie: SimpleCookie = SimpleCookie({settings.SESSION_COOKIE_NAME: store.session_key})
    return cookie.output(header="", attrs=[]).strip()


def get(path: str, cookie: str = "") -> Answer:
    """One GET request through everything that the server does."""
    parts = urlsplit(path)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "HTTP_ACCEPT": "text/html",
        "HTTP_COOKIE": cookie,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    status: list[str] = []
    answer = application()(environ, lambda line, _headers, *_: status.append(line))
    body = b"".join(answer)
    answer.close()
    return Answer(int(status[0].split()[0]), body.decode())


def page(path: str, cookie: str = "") -> Callable[[], Answer]:
    """The work of fetching one page; stops at once when it is not there."""

    def fetch() -> Answer:
        answer = get(path, cookie)
        if answer.status != 200:
            raise AssertionError(f"{path} answered {answer.status}")
        return answer

    return fetch


def count_queries(work: Callable[[], Any]) -> int:
    """How often it asks the database; where a transaction begins and ends is no question."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len([each for each in captured if each["sql"] not in {"BEGIN", "COMMIT"}])


def analyze() -> None:
    """Fresh statistics and visibility for the planner, as a database that runs for a while has."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
