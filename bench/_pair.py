"""Compares two ways of doing the same thing: ours against a floor, side by side in one run.

What counts is CPU time (this process, its children and PostgreSQL together) and the ratio between the two, so that
another machine or a busy neighbour changes little.  A round measures ours and the floor twice, in the order A B A B.
When the two measurements of one side differ too much, the round is noisy and does not count, as long as enough quiet
rounds are left.
"""

import os
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Work = Callable[[], Any]
#: ``cpu``: this process, its children that ended and PostgreSQL.  ``server``: the web servers of ``_server`` and
#: PostgreSQL, not the one who asks.  ``wand``: the clock on the wall, for what two processes do at the same time.
Measure = Literal["cpu", "server", "wand"]

#: Web servers whose CPU counts: their own process and its workers.
WATCHED: list[int] = []

#: Two measurements of one side in one round may differ this much.
NOISE_LIMIT = 0.15
#: One measurement takes at least this many seconds, by repeating the work.
SHORTEST = 0.08
ROUNDS = 11


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called in the table, and the work, which returns something to compare."""

    naam: str
    werk: Work


@dataclass(frozen=True)
class Outcome:
    """What one comparison gave.  ``ratio`` is ours divided by the floor, both in seconds per time."""

    titel: str
    ours: float
    floor: float
    ratio: float
    doel: float
    hoogstens: bool
    rondes: int
    onrustig: int
    spreiding: float
    maat: Measure

    @property
    def haalt_het(self) -> bool:
        return self.ratio <= self.doel if self.hoogstens else self.ratio >= self.doel

    @property
    def betrouwbaar(self) -> bool:
        return self.onrustig <= self.rondes // 2


def _postmasters() -> list[int]:
    folder = os.environ.get("PORTAL_BENCH_PGDATA")
    if not folder:
        return []
    return [int(Path(folder, "postmaster.pid").read_text().split()[0])]


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _on_processor(pid: int) -> float:
    """Seconds that a process was on a processor with all its threads, to the nanosecond."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(thread.read_text().split()[0])
        except OSError:
            continue  # the thread ended while we looked
    return total / 1e9


def postgres_cpu() -> float:
    """Seconds of CPU that PostgreSQL used: its processes now, and those that ended (parallel workers)."""
    total = 0.0
    for postmaster in _postmasters():
        total += sum(_on_processor(pid) for pid in [postmaster, *_children(postmaster)])
        ended = Path(f"/proc/{postmaster}/stat").read_text().rsplit(")", 1)[1].split()[13:15]
        total += sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")
    return total


def cpu_now() -> float:
    """Seconds of CPU of this process with its threads, its children that ended, and PostgreSQL."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + postgres_cpu()


def server_now() -> float:
    """Seconds of CPU of the web servers and PostgreSQL."""
    return sum(_on_processor(pid) for server in WATCHED for pid in [server, *_children(server)]) + postgres_cpu()


_CLOCKS: dict[Measure, Callable[[], float]] = {"cpu": cpu_now, "server": server_now, "wand": time.perf_counter}


def _times(werk: Work, clock: Callable[[], float]) -> int:
    """How often the work must be repeated to be measured well."""
    begin = clock()
    werk()
    once = max(clock() - begin, 1e-6)
    return max(1, round(SHORTEST / once))


def _measure(werk: Work, times: int, clock: Callable[[], float]) -> float:
    begin = clock()
    for _ in range(times):
        werk()
    return (clock() - begin) / times


def compare(
    titel: str,
    *,
    ours: Side,
    floor: Side,
    same: Callable[[Any, Any], bool],
    doel: float,
    hoogstens: bool = True,
    maat: Measure = "cpu",
    rounds: int = ROUNDS,
    times: int | None = None,
) -> Outcome:
    """Measure ``ours`` against ``floor`` and print the outcome.

    ``same(result of ours, result of floor)`` must be true before anything is timed: two different answers say
    nothing.  ``doel`` is the target for the ratio, an upper limit unless ``hoogstens`` is false.  ``times`` repeats the
    work within one measurement; left out, each side is repeated until a measurement is long enough.
    """
    first, second = ours.werk(), floor.werk()
    if not same(first, second):
        raise AssertionError(f"{titel}: {ours.naam} and {floor.naam} do not give the same result")
    clock = _CLOCKS[maat]
    times_a, times_b = (times, times) if times else (_times(ours.werk, clock), _times(floor.werk, clock))
    measured = [_round(ours.werk, floor.werk, times_a, times_b, clock) for _ in range(rounds)]
    quiet = [one for one in measured if not _is_noisy(one)]
    counted = quiet if len(quiet) >= (rounds + 1) // 2 else measured
    outcome = _outcome(titel, counted, len(measured), len(measured) - len(quiet), doel, hoogstens, maat)
    print(describe(outcome, ours.naam, floor.naam), flush=True)
    return outcome


Round = tuple[float, float, float, float]


def _round(ours: Work, floor: Work, times_a: int, times_b: int, clock: Callable[[], float]) -> Round:
    first_a, first_b = _measure(ours, times_a, clock), _measure(floor, times_b, clock)
    return first_a, first_b, _measure(ours, times_a, clock), _measure(floor, times_b, clock)


def _is_noisy(one: Round) -> bool:
    pairs = ((one[0], one[2]), (one[1], one[3]))
    return any(abs(x - y) > NOISE_LIMIT * min(x, y) for x, y in pairs)


def _outcome(
    titel: str, rounds: list[Round], all_rounds: int, noisy: int, doel: float, hoogstens: bool, maat: Measure
) -> Outcome:
    ratios = [(a1 + a2) / max(b1 + b2, 1e-9) for a1, b1, a2, b2 in rounds]
    median = statistics.median(ratios)
    spread = statistics.median(abs(ratio - median) for ratio in ratios) / median if median else 0.0
    return Outcome(
        titel=titel,
        ours=statistics.median((a1 + a2) / 2 for a1, _, a2, _ in rounds),
        floor=statistics.median((b1 + b2) / 2 for _, b1, _, b2 in rounds),
        ratio=median,
        doel=doel,
        hoogstens=hoogstens,
        rondes=all_rounds,
        onrustig=noisy,
        spreiding=spread,
        maat=maat,
    )


def describe(outcome: Outcome, ours: str, floor: str) -> str:
    verdict = "haalt het doel" if outcome.haalt_het else "haalt het doel NIET"
    limit = "hoogstens" if outcome.hoogstens else "minstens"
    what = "wandtijd" if outcome.maat == "wand" else "CPU"
    noise = f"spreiding {outcome.spreiding:.1%}, {outcome.onrustig} van {outcome.rondes} rondes onrustig"
    doubt = "" if outcome.betrouwbaar else " (te onrustig: meet opnieuw op een stille machine)"
    return (
        f"{outcome.titel}\n"
        f"  {ours} {outcome.ours * 1000:.2f} ms, {floor} {outcome.floor * 1000:.2f} ms {what} per keer\n"
        f"  verhouding {outcome.ratio:.2f} ({limit} {outcome.doel:g}): {verdict}; {noise}{doubt}"
    )


def inform(titel: str, *, ours: Side, floor: Side) -> None:
    """Print a ratio for which nothing was promised."""
    times = _times(ours.werk, cpu_now), _times(floor.werk, cpu_now)
    rounds = [_round(ours.werk, floor.werk, *times, cpu_now) for _ in range(ROUNDS)]
    found = _outcome(titel, rounds, len(rounds), 0, 0, hoogstens=True, maat="cpu")
    print(
        f"{titel}\n  {ours.naam} {found.ours * 1000:.2f} ms, {floor.naam} {found.floor * 1000:.2f} ms CPU per keer: "
        f"verhouding {found.ratio:.2f} (geen doel)",
        flush=True,
    )


def report(titel: str, waarde: float, doel: float, eenheid: str = "") -> Outcome:
    """A figure that is counted, not timed (queries on a page): printed in the same way, without noise."""
    outcome = Outcome(titel, waarde, 1.0, waarde, doel, True, 1, 0, 0.0, "cpu")
    verdict = "haalt het doel" if outcome.haalt_het else "haalt het doel NIET"
    print(f"{titel}\n  {waarde:g} {eenheid} (hoogstens {doel:g}): {verdict}", flush=True)
    return outcome
