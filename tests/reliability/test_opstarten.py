"""``make demo`` for real: the supervisor with its servers, in a folder and on a port of its own."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from swv_portal.local import paths
from swv_portal.local.roles import DEMO_ROLLEN, demo_adres
from tests.conftest import wait_until

#: What a test run sets must not reach the demo.
_OF_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PORTAL_TEST_RUN", "DEMO", "SITE_URL")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _ignore_as_a_shell_does() -> None:
    for each in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(each, signal.SIG_IGN)


class Demo:
    """One ``make demo`` after its installing steps."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {name: value for name, value in os.environ.items() if name not in _OF_THE_TESTS}
        self.environment |= {"PORTAL_VAR": str(var), "PORTAL_BIND": f"127.0.0.1:{self.port}"}
        self.output = var / "uitvoer"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=paths.BASE,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def up(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "swv_portal.local.up", *arguments)

    def start(self, *, in_background: bool = False) -> None:
        """``in_background``: as a shell starts 'make demo &', with SIGINT and SIGQUIT ignored."""
        self.var.mkdir(parents=True, exist_ok=True)
        with self.output.open("wb") as output:
            command = [sys.executable, "-m", "swv_portal.local.up"]
            self.process = subprocess.Popen(
                command,
                cwd=paths.BASE,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_ignore_as_a_shell_does if in_background else None,
            )

    def wait_for_welcome(self) -> str:
        def is_there() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, self.output.read_text()
            return "Stoppen: Ctrl-C" in self.output.read_text()

        wait_until(is_there, 120, "the welcome")
        return self.output.read_text()

    def stop(self, sig: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(sig)
        return self.process.wait(60)

    def children(self) -> list[int]:
        assert self.process is not None
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def family(self) -> list[str]:
        """Every living process that this demo started, wherever it hangs now."""
        mark = f"PORTAL_VAR={self.var}".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "environ").read_bytes().split(b"\0") and (process / "cmdline").read_bytes():
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:100])
            except OSError:
                continue  # it ended while we looked
        return found

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Demo]:
    """A running demo; ends with a hard stop when a test left it running."""
    demo = Demo(tmp_path_factory.mktemp("demo") / "var")
    demo.start()
    try:
        demo.wait_for_welcome()
        yield demo
    finally:
        if demo.process is not None and demo.process.poll() is None:
            assert demo.stop() == 0
        assert demo.family() == []


def log_in(demo: Demo, rol: str) -> tuple[str, str]:
    """Click on a role on the login page, as a browser does: the address where one ends, and the page."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(f"{demo.address}/account/login/", timeout=20).read().decode()
    form = re.search(rf'action="(/demo/inloggen/{rol}/)".*?name="csrfmiddlewaretoken" value="([^"]+)"', page, re.DOTALL)
    assert form is not None, page
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": form.group(2)}).encode()
    request = urllib.request.Request(demo.address + form.group(1), body, {"Referer": demo.address})
    with opener.open(request, timeout=30) as answer:
        return answer.url, answer.read().decode()


def test_it_prints_the_address_and_one_login_per_role(demo):
    text = demo.output.read_text()
    assert demo.address in text
    for rol in DEMO_ROLLEN:
        assert demo_adres(rol) in text


@pytest.mark.parametrize("rol", [rol.value for rol in DEMO_ROLLEN])
def test_every_role_gets_in_with_one_click(demo, rol):
    address, page = log_in(demo, rol)
    assert address == f"{demo.address}/"
    assert "<h1" in page
    assert "Uitloggen" in page


def test_a_second_start_says_that_it_runs_already(demo):
    again = demo.up()
    assert (again.returncode, again.stdout.strip()) == (0, f"Het portaal draait al op {demo.address}/")
    reset = demo.up("--reset")
    assert reset.returncode == 1
    assert "Stop het eerst" in reset.stdout


def test_a_command_works_on_the_running_servers(demo):
    count = demo.run(
        "manage.py", "shell", "-v0", "-c", "from kernen.models import School; print(School.objects.count())"
    )
    assert int(count.stdout) > 80, count.stderr
    assert demo.status("/gezond/") == 200


def test_every_part_comes_back_when_it_is_killed(demo):
    before = demo.children()
    assert len(before) == 5
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(set(demo.children()) - set(before)) == 5, 60, "the return of five parts")
    wait_until(lambda: demo.status("/gezond/") == 200, 60, "the return of the portal")
    assert log_in(demo, "beheerder")[0] == f"{demo.address}/"


def test_stopping_leaves_nothing_and_the_data_is_there_the_next_time(demo):
    post = demo.var / "post"
    post.mkdir(exist_ok=True)
    (post / "20260101T000000000000-00000000.eml").write_text("Subject: blijft\n\nx\n")
    assert demo.stop(signal.SIGINT) == 0
    assert demo.family() == []
    # Without a running demo a command starts the servers itself, and stops them.
    made = demo.run(
        "manage.py", "shell", "-v0", "-c", "from kernen.models import School; print(School.objects.count())"
    )
    assert int(made.stdout) > 80, made.stderr
    assert demo.family() == []
    demo.start()
    text = demo.wait_for_welcome()
    assert "geladen in" not in text, "the example data was loaded again"
    assert (post / "20260101T000000000000-00000000.eml").exists()


def test_a_killed_supervisor_takes_everything_along(demo):
    demo.stop(signal.SIGKILL)
    wait_until(lambda: demo.family() == [], 20, "the end of every part")


def test_reset_starts_over(demo):
    secret = (demo.var / "geheim").read_bytes()
    with demo.output.open("wb") as output:
        command = [sys.executable, "-m", "swv_portal.local.up", "--reset"]
        demo.process = subprocess.Popen(command, cwd=paths.BASE, env=demo.environment, stdout=output, stderr=output)
    assert "De voorbeelddata is geladen." in demo.wait_for_welcome()
    assert not (demo.var / "post" / "20260101T000000000000-00000000.eml").exists()
    assert (demo.var / "geheim").read_bytes() != secret
    assert demo.stop() == 0


@pytest.mark.parametrize("seconds", [0.3, 1.5])
def test_stopping_while_the_worker_still_loads_is_clean(demo, seconds):
    demo.start(in_background=True)
    wait_until(lambda: any("celery" in line and "worker" in line for line in demo.family()), 60, "the worker")
    time.sleep(seconds)
    begin = time.monotonic()
    demo.stop()
    assert "wordt afgebroken" not in demo.output.read_text()
    assert time.monotonic() - begin < 20, "the worker heard it at once"
    assert demo.family() == []


def test_stopping_while_it_starts_leaves_nothing(tmp_path):
    demo = Demo(tmp_path / "var")
    demo.start()
    wait_until(lambda: len(demo.family()) > 2, 30, "the first parts")
    time.sleep(0.5)
    demo.stop()
    assert demo.family() == []


def test_a_taken_port_is_said_plainly(tmp_path):
    demo = Demo(tmp_path / "var")
    with socket.socket() as other:
        other.bind(("127.0.0.1", demo.port))
        other.listen()
        answer = demo.up()
    assert answer.returncode == 1
    assert f"127.0.0.1:{demo.port} is niet vrij" in answer.stdout
    assert "PORTAL_BIND" in answer.stdout
    assert not (demo.var / "pg").exists()


def test_an_address_that_is_none_is_said_plainly(tmp_path):
    demo = Demo(tmp_path / "var")
    demo.environment["PORTAL_BIND"] = "127.0.0.1:22x"
    answer = demo.up()
    assert (answer.returncode, answer.stderr) == (1, "")
    assert answer.stdout == "De demo start niet. PORTAL_BIND is '127.0.0.1:22x'; schrijf het als 127.0.0.1:8000.\n"
    assert not (demo.var / "pg").exists()


def test_two_commands_at_once_share_the_servers_and_the_first_waits_for_the_second(tmp_path):
    demo = Demo(tmp_path / "var")

    def command(seconds: float) -> subprocess.Popen[str]:
        query = f"connection.cursor().execute('select pg_sleep({seconds})')"
        code = f"from django.db import connection; {query}; print('klaar')"
        argv = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        return subprocess.Popen(argv, cwd=paths.BASE, env=demo.environment, stdout=subprocess.PIPE, text=True)

    first = command(0.1)
    wait_until(lambda: (demo.var / "servers.lock").exists(), 30, "the first command")
    second = command(6)
    said = [process.communicate(timeout=90)[0].strip() for process in (first, second)]
    assert said == ["klaar", "klaar"]
    assert demo.family() == []


def test_an_import_and_an_export_work_in_a_clone_that_never_ran_the_demo(tmp_path):
    demo = Demo(tmp_path / "var")
    file = tmp_path / "tarieven.csv"
    file.write_text(
        "code;omschrijving;bedrag;eenheid\nbao_per_leerling;ondersteuningsbedrag;450.00;per leerling per jaar\n"
    )
    argv = [sys.executable, "manage.py", "importeer", "tarieven", str(file), "--jaar", "2031"]
    said = subprocess.run(argv, cwd=paths.BASE, env=demo.environment, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in said.stderr
    assert said.returncode in (0, 1)
    assert "2031" in said.stdout + said.stderr
    assert demo.family() == []
