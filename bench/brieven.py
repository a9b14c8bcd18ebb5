"""Letters: the whole way of one letter against WeasyPrint alone, and two workers against one."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.test import override_settings

from bench._pair import Outcome, Side, compare
from financien.models import Beschikking, Budget, Budgetjaar
from financien.reports.brieven import SCHOOLBRIEF, bouw_brief
from financien.services.beschikkingen import maak_beschikkingen
from financien.services.budget import bereken_budget, stel_budget_vast
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.common import pdf
from swv_portal.common.memory import settle
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from swv_portal.jobs.registry import report as report_of
from swv_portal.jobs.services.run import run
from swv_portal.local.servers import launch
from tests.factories.financien import PlaatsingFactory, maak_school, maak_tarieven
from tests.factories.kernen import PersoonFactory, SamenwerkingsverbandFactory, SchoolbestuurFactory, geef_rol

#: A batch takes some seconds: the last letter, which one worker makes while the other has none, counts for little.
SCHOLEN, PARTIJ = 120, 48


def load() -> list[int]:
    """An established budget of a hundred schools with its letters; gives the keys of those of the schools."""
    SamenwerkingsverbandFactory()
    maak_tarieven()
    jaar = Budgetjaar.objects.create(jaar=2024, teldatum=date(2023, 2, 1), peildatum=date(2024, 1, 1))
    board = SchoolbestuurFactory()
    for number in range(SCHOLEN):
        school = maak_school(150 + number, bestuur=board)
        PlaatsingFactory.create_batch(3, school_verwijzend=school)
    user = PersoonFactory()
    geef_rol(user, Rol.DIRECTEUR_BESTUURDER)
    director = Actor(bereik=bereik_voor(user.pk, date.today()), user_id=user.pk)  # noqa: DTZ011
    budget = bereken_budget(actor=director, jaar_pk=jaar.pk)
    assert isinstance(budget, Budget), budget
    assert isinstance(stel_budget_vast(actor=director, pk=budget.pk, versie=None), Budget)
    assert isinstance(maak_beschikkingen(actor=director, pk=budget.pk), Budget)
    letters = Beschikking.objects.filter(school__isnull=False).order_by("nummer")
    return list(letters.values_list("job_id", flat=True))


def _html(bereik: Any, pk: int) -> str:
    """The page of one letter, so that the floor has nothing to do but to print it."""
    brief = bouw_brief(bereik, {"beschikking": pk})
    kind = report_of(SCHOOLBRIEF)
    return render_to_string(
        kind.template, {"rapport": brief, "titel": kind.titel, "gemaakt_op": date(2024, 1, 15), "swv_naam": "Proef"}
    )


def _reset(job: int) -> None:
    """As if the letter was never made: both sides do this."""
    Beschikking.objects.filter(job_id=job).update(staat="wacht", document=None)
    Job.objects.filter(pk=job).update(staat="wacht", pogingen=0)


def _again(job: int) -> str:
    """One letter from the queue to the encrypted file."""
    _reset(job)
    return run(job)


def _bare(job: int, page: str) -> bytes:
    _reset(job)
    return pdf._write(pdf._get_engine(), page, "Beschikking")


def one_letter(jobs: list[int]) -> Outcome:
    letter = Beschikking.objects.get(job_id=jobs[0])
    user = Job.objects.get(pk=jobs[0]).aanvrager_id
    page = _html(bereik_voor(user, date.today()), letter.pk)  # noqa: DTZ011
    pdf.warm_up()
    settle()  # as a worker does
    return compare(
        "een brief: van opdracht tot versleuteld bestand",
        ours=Side("run()", lambda: _again(jobs[0])),
        floor=Side("write_pdf", lambda: _bare(jobs[0], page)),
        same=lambda a, b: a == "done" and b.startswith(b"%PDF"),
        doel=1.15,
        # The garbage collector looks once in about three letters: several at a time, or it always falls on one side.
        times=10,
    )


class Workers:
    """A worker with ``number`` processes, on this measurement's own database and Redis."""

    def __init__(self, number: int, folder: Path) -> None:
        argv = [sys.executable, "-m", "celery", "-A", "swv_portal.celery", "worker", "-c", str(number)]
        argv += ["-n", f"meting{number}-{time.monotonic_ns()}@localhost", "-l", "WARNING"]
        argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with (folder / f"worker{number}.log").open("ab") as log:
            environment = {key: os.environ[key] for key in ("DATABASE_URL", "REDIS_URL")}
            environment |= {"DJANGO_SETTINGS_MODULE": "swv_portal.settings.test", "TEST_MEDIA_ROOT": str(folder)}
            self.process = launch(argv, signal.SIGKILL, log, environment)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


def _make(jobs: list[int]) -> int:
    """Give the letters back to the queue, ring, and wait until all are made; the answer is how many."""
    from swv_portal.jobs.doorbell import ring

    Beschikking.objects.filter(job_id__in=jobs).update(staat="wacht", document=None)
    Job.objects.filter(pk__in=jobs).update(staat="wacht", pogingen=0, niet_voor="2024-01-01T00:00:00Z")
    connection.close()
    ring()
    end = time.monotonic() + 120
    while Job.objects.filter(pk__in=jobs).exclude(staat="klaar").exists():
        assert time.monotonic() < end, "the letters are not made"
        time.sleep(0.05)  # who asks more often takes processor time from the workers
    return Beschikking.objects.filter(job_id__in=jobs, staat="klaar").count()


def two_workers(jobs: list[int]) -> Outcome:
    """How many times faster two processes are than one: the floor divided by ours."""
    batch = jobs[:PARTIJ]
    Job.objects.update(staat="klaar")
    times: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        for number in (1, 2, 1, 2):
            workers = Workers(number, Path(folder))
            try:
                _make(batch[: number * 2])  # until each process has loaded its fonts
                for _ in range(2):
                    begin = time.perf_counter()
                    assert _make(batch) == PARTIJ
                    times[number].append(time.perf_counter() - begin)
            finally:
                workers.stop()
    ratio = min(times[1]) / min(times[2])
    return _report_speedup(ratio)


def _report_speedup(ratio: float) -> Outcome:
    outcome = Outcome("brieven: twee werkprocessen tegen een", ratio, 1.0, ratio, 1.75, False, 4, 0, 0.0, "wand")
    verdict = "haalt het doel" if outcome.haalt_het else "haalt het doel NIET"
    print(f"{outcome.titel}\n  {ratio:.2f} keer zo snel (minstens {outcome.doel:g}): {verdict}", flush=True)
    return outcome


def main() -> list[Outcome]:
    with tempfile.TemporaryDirectory() as media, override_settings(MEDIA_ROOT=media):
        jobs = load()
        return [one_letter(jobs), two_workers(jobs)]
