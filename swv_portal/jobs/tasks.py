"""The Celery side: take a job when the bell rings, sweep, and enqueue what returns every day."""

from celery.signals import setup_logging, worker_process_init
from django.db import close_old_connections

from swv_portal.celery import app
from swv_portal.common import pdf
from swv_portal.common.memory import settle
from swv_portal.jobs.doorbell import BELL, ring
from swv_portal.jobs.services.daily import enqueue_due_daily
from swv_portal.jobs.services.rescan import enqueue_rescan
from swv_portal.jobs.services.run import claim_next, is_work_waiting, run_claimed
from swv_portal.jobs.services.sweep import must_ring


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """Django has set up logging already; Celery leaves it alone."""


@worker_process_init.connect
def load_pdf_maker(**_: object) -> None:
    """The first letter does not wait for WeasyPrint to load."""
    pdf.warm_up()
    settle()


@app.task(name=BELL)
def run_next() -> None:
    """Take the first job; when more is waiting, pass the bell on before the long work, so that all workers wake up."""
    close_old_connections()
    try:
        job = claim_next()
        if job is not None:
            if is_work_waiting():
                ring()
            run_claimed(job)
    finally:
        close_old_connections()


@app.task(name="jobs.sweep", expires=30)
def sweep() -> None:
    """Every few seconds: nothing stays behind when a bell or a worker got lost."""
    close_old_connections()
    try:
        if must_ring():
            ring()
        enqueue_due_daily()
        enqueue_rescan()
    finally:
        close_old_connections()
