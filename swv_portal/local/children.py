"""One supervised process: started, watched, started again when it ends by itself, and stopped in its own way."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from swv_portal.local.servers import launch, tail

_PR_SET_CHILD_SUBREAPER = 36
#: How long an orphan (a child of a child that died) may take to see that it is alone.
_ORPHAN_SECONDS = 3.0
#: A child that ran this long before it ended did not fail at starting.
_STEADY_SECONDS = 30.0
_LOG_LIMIT = 5_000_000


def say(text: str) -> None:
    print(text, flush=True)


@dataclass
class Child:
    """A process of the portal.  ``signal_to_stop`` is its orderly end, ``grace`` the seconds it gets for that.

    ``signal_when_alone`` is what the kernel sends when this process itself is killed; left out, the orderly end.
    """

    name: str
    argv: list[str]
    log: Path
    signal_to_stop: signal.Signals = signal.SIGTERM
    grace: float = 15
    signal_when_alone: signal.Signals | None = None
    environment: dict[str, str] = field(default_factory=dict)
    is_ready: Callable[[], bool] | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_again_at: float | None = None
    asked: bool = False

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = launch(self.argv, self.signal_when_alone or self.signal_to_stop, log, self.environment)
        self.started = time.monotonic()
        self.start_again_at = None
        self.asked = False

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self, orphans_left: bool) -> None:
        """Start it again when it ended by itself: at once the first time, later with growing pauses."""
        if self.process is None or self.runs:
            return
        now = time.monotonic()
        if self.start_again_at is None:
            steady = now - self.started > _STEADY_SECONDS
            self.failures = 1 if steady else self.failures + 1
            self.start_again_at = now + (0.0 if self.failures == 1 else min(30.0, 0.5 * 2**self.failures))
            say(f"{self.name} is gestopt ({describe(self.process.returncode)}) en wordt opnieuw gestart.")
            if self.failures > 1:
                say(tail(self.log, 8))
        if now >= self.start_again_at and not orphans_left:
            self.start()

    def ask_to_stop(self) -> None:
        """Once only: a second signal makes some programs stop without tidying up."""
        if self.process is not None and self.runs and not self.asked:
            self.asked = True
            self.process.send_signal(self.signal_to_stop)

    def stop(self) -> None:
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            say(f"{self.name} stopt niet uit zichzelf en wordt afgebroken.")
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def describe(returncode: int | None) -> str:
    if returncode is not None and returncode < 0:
        return signal.Signals(-returncode).name
    return f"code {returncode}"


class Orphans:
    """Children of children that died.  They come to this process, which sees to it that none stays behind."""

    def __init__(self) -> None:
        if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")
        self._seen: dict[int, float] = {}

    def tend(self, children: Iterable[Child], patience: float = _ORPHAN_SECONDS) -> bool:
        """Bury the dead, end those that stay too long.  True when some are left."""
        known = {child.process.pid for child in children if child.process is not None}
        now = time.monotonic()
        left: dict[int, float] = {}
        for pid in _children_of_this_process() - known:
            if os.waitpid(pid, os.WNOHANG)[0]:
                continue
            left[pid] = self._seen.get(pid, now)
            if now - left[pid] >= patience:
                os.kill(pid, signal.SIGKILL)
        self._seen = left
        return bool(left)

    def end_all(self, children: Iterable[Child]) -> None:
        known = list(children)
        while self.tend(known, patience=1.0):
            time.sleep(0.05)


def _children_of_this_process() -> set[int]:
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        found.update(int(pid) for pid in (task / "children").read_text().split())
    return found
