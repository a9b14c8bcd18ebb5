"""The supervisor's parts, on small processes of our own, each in a Python process so that nothing here is adopted."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from swv_portal.local import paths
from tests.conftest import wait_until

SUPERVISOR = """
import signal, sys, time
from pathlib import Path
from swv_portal.local.children import Child, Orphans
folder = Path(sys.argv[1])
orphans = Orphans()
child = Child("proef", [sys.executable, "-c", sys.argv[2]], folder / "proef.log", signal.SIGTERM, grace=2)
stop = []
signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
child.start()
while not stop:
    (folder / "pid").write_text(str(child.process.pid))
    time.sleep(0.05)
    child.tend(orphans.tend([child]))
child.stop()
orphans.end_all([child])
"""
SLEEPS = "import time\nprint('begint', flush=True)\ntime.sleep(600)"
#: A child with a child of its own that does not look whether its parent lives.
HAS_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print(child.pid, flush=True)
time.sleep(600)
"""
IS_STUBBORN = (
    "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('begint', flush=True)\ntime.sleep(600)"
)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def supervise(tmp_path):
    started = []

    def start(program: str):
        command = [sys.executable, "-c", SUPERVISOR, str(tmp_path), textwrap.dedent(program)]
        process = subprocess.Popen(command, cwd=paths.BASE, stdout=subprocess.DEVNULL)
        started.append(process)
        wait_until(lambda: (tmp_path / "proef.log").exists() and (tmp_path / "proef.log").read_text(), 10, "the start")
        return process

    yield start
    for process in started:
        # In order, so that it takes its whole family along.
        process.terminate()
        process.wait(20)


def child_pid(folder: Path) -> int:
    wait_until(lambda: (folder / "pid").exists() and (folder / "pid").read_text(), 5, "the pid")
    return int((folder / "pid").read_text())


def test_a_killed_child_comes_back(supervise, tmp_path):
    supervise(SLEEPS)
    first = child_pid(tmp_path)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: child_pid(tmp_path) != first, 5, "the second start")
    wait_until(lambda: (tmp_path / "proef.log").read_text().count("begint") == 2, 5, "the second line")
    assert lives(child_pid(tmp_path))


def test_the_children_of_a_killed_child_do_not_stay(supervise, tmp_path):
    supervise(HAS_A_CHILD)
    grandchild = int((tmp_path / "proef.log").read_text().split()[0])
    assert lives(grandchild)
    os.kill(child_pid(tmp_path), signal.SIGKILL)
    wait_until(lambda: not lives(grandchild), 10, "the end of the orphan")
    wait_until(lambda: len((tmp_path / "proef.log").read_text().split()) == 2, 10, "the second start")


@pytest.mark.parametrize("program", [SLEEPS, HAS_A_CHILD, IS_STUBBORN])
def test_stopping_leaves_nothing(supervise, tmp_path, program):
    supervisor = supervise(program)
    family = {child_pid(tmp_path)}
    family |= {int(word) for word in (tmp_path / "proef.log").read_text().split() if word.isdigit()}
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(10) == 0
    assert [pid for pid in family if lives(pid)] == []


def test_a_child_can_be_asked_to_stop_before_it_has_a_handler_of_its_own(tmp_path):
    """A shell has its background jobs ignore SIGINT and SIGQUIT, and a program that is still loading inherits that.

    So 'make demo &', stopped within a second, waited in vain for a worker that had not heard it.
    """
    code = """
import signal, sys
from pathlib import Path
from swv_portal.local.children import Child
from tests.conftest import wait_until
for each in (signal.SIGINT, signal.SIGQUIT):
    signal.signal(each, signal.SIG_IGN)
log = Path(sys.argv[1])
for each in (signal.SIGINT, signal.SIGQUIT):
    child = Child("Proef", [sys.executable, "-c", sys.argv[2]], log, each, grace=4)
    log.write_text("")
    child.start()
    wait_until(log.read_text, 10, "the start")
    child.stop()
"""
    command = [sys.executable, "-c", code, str(tmp_path / "proef.log"), SLEEPS]
    done = subprocess.run(command, cwd=paths.BASE, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "", "it is stopped and not broken off"


def test_a_killed_supervisor_takes_its_child_along(supervise, tmp_path):
    supervisor = supervise(SLEEPS)
    pid = child_pid(tmp_path)
    supervisor.kill()
    supervisor.wait()
    wait_until(lambda: not lives(pid), 5, "the end of the child")


def test_a_child_that_fails_at_once_is_not_started_over_and_over(supervise, tmp_path):
    supervise("print('begint', flush=True); raise SystemExit(3)")
    time.sleep(3)
    assert 2 <= (tmp_path / "proef.log").read_text().count("begint") <= 3
