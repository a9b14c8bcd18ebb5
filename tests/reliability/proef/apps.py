"""A job kind whose effect can be counted, for workers that are killed."""

import random
import time

from django.apps import AppConfig
from django.db import connection

from swv_portal.jobs.registry import Finish, JobContext, JobKind, Permanent, register_job


def work(context: JobContext) -> Finish:
    """Takes a while; every tenth fails the first time."""
    if connection.settings_dict["OPTIONS"].get("pool"):
        raise Permanent("a worker has no use for a pool")
    n = context.params["n"]
    for step in range(4):
        time.sleep(random.uniform(0.02, 0.12))
        context.progress(step, 4)
    if n % 10 == 0 and context.attempt == 1:
        raise RuntimeError("the first try fails")

    def finish() -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO proef_effect (n, job) VALUES (%s, %s)", [n, context.job_id])

    return finish


class ProefConfig(AppConfig):
    name = "tests.reliability.proef"
    label = "proef"

    def ready(self) -> None:
        register_job(JobKind("proef", "Proef", work, voor_aanvrager=False))
