"""The token of a personal link shows in no log: not in ours, not in the web server's, not with an error."""

import io
import logging
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from swv_portal.common.logs import formatter, hide_tokens
from swv_portal.local import paths

TOKEN = "Zk3-" + "q_8" * 13


@pytest.fixture
def lines() -> Any:
    """What the portal's own logging writes, at the most talkative level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    "path", [f"/link/{TOKEN}/", f"/uitnodiging/{TOKEN}/", f"/account/wachtwoord/nieuw/1-{TOKEN}/", f"/link/{TOKEN}"]
)
def test_addresses_are_hidden(path: str) -> None:
    assert TOKEN not in hide_tokens(f'"GET {path} HTTP/1.1" 200 "https://portaal.example{path}?a=1"')
    assert TOKEN not in hide_tokens(f"Not Found: {path}")
    assert hide_tokens("/link/gestopt/ /kernen/12/ /link/stoppen/") == "/link/gestopt/ /kernen/12/ /link/stoppen/"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_no_token_in_our_own_lines(lines: io.StringIO, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (f"/link/{TOKEN}/", f"/uitnodiging/{TOKEN}/", f"/link/{TOKEN}/verder/", f"/link/{TOKEN}"):
        getattr(Client(enforce_csrf_checks=method == "put"), method)(path, {"code": "ABCD2345"})
    monkeypatch.setattr("swv_portal.access.views.links.too_often", lambda *args, **kwargs: 1 / 0)
    Client(raise_request_exception=False).post(f"/link/{TOKEN}/", {"code": "ABCD2345"})
    written = lines.getvalue()
    assert "ZeroDivisionError" in written
    assert "/link/-/" in written
    assert TOKEN not in written
    assert "ABCD2345" not in written


def test_no_token_in_the_log_of_the_web_server(tmp_path: Path, project: Path) -> None:
    """A real gunicorn, with its access log on."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "web.log"
    argv = [sys.executable, "-m", "gunicorn", "swv_portal.wsgi:application", "-b", f"127.0.0.1:{port}", "-k", "gthread"]
    argv += ["--workers", "1", "--threads", "2", "--access-logfile", "-", "--log-level", "debug", "--no-control-socket"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.access.settings_met_log"}
    with log.open("wb") as out:
        server = subprocess.Popen(argv, stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=paths.BASE)
    try:
        end = time.monotonic() + 40
        while b"Listening at" not in log.read_bytes():
            assert time.monotonic() < end, log.read_text()
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/link/{TOKEN}/onbekend/?q=Kanariepiet&p=2",
            headers={"Referer": f"http://127.0.0.1:{port}/link/{TOKEN}/?q=Kanariepiet"},
        )
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(request, timeout=20)
        assert answer.value.code == 404
        answer.value.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    assert '"GET /link/-/onbekend/?- HTTP/1.1" 404' in log.read_text()
    assert "Kanariepiet" not in log.read_text()
    assert TOKEN not in log.read_text()
