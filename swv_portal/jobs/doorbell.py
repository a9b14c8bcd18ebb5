"""The Celery message 'there is work'.  It names no job: whoever hears it takes the first one from the table.

A few messages are enough for any number of jobs: a worker that takes a job passes the bell on when more is waiting (see
``tasks.run_next``), so that every message wakes one worker after another.  It may get lost: the sweeper rings again.
The person behind a request never waits for Redis: a try takes half a second at most, and after a failure this process
does not try for a while.
"""

import time

import structlog
from kombu.exceptions import OperationalError

from swv_portal.celery import app

log = structlog.get_logger(__name__)

BELL = "jobs.run_next"
#: How long a try may take, and how long a broken bell is left alone.
PATIENCE_SECONDS = 0.5
QUIET_SECONDS = 5.0
_OPTIONS = {
    "socket_connect_timeout": PATIENCE_SECONDS,
    "socket_timeout": PATIENCE_SECONDS,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
}
#: For a batch: passing one bell on takes some 15 ms, which would hold up more than a handful of workers.
BELLS_FOR_MANY = 8
_quiet_until = 0.0


def ring(times: int = 1) -> None:
    """Tell the workers that work waits.  Never raises: without Redis nothing is lost, the table keeps the jobs."""
    global _quiet_until
    if times < 1 or time.monotonic() < _quiet_until:
        return
    try:
        with app.connection_for_write(transport_options=_OPTIONS, connect_timeout=PATIENCE_SECONDS) as connection:
            for _ in range(times):
                app.send_task(BELL, connection=connection, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("doorbell_out_of_order", reason=type(error).__name__)


def ring_for_many() -> None:
    """Tell several workers at once."""
    ring(BELLS_FOR_MANY)
