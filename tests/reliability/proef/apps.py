"""Job kinds for the workers of these tests: one whose effect can be counted, and one that fails with a name in hand."""

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


def fail_with_name(context: JobContext) -> Finish:
    """Goes wrong as code does: what it had in hand stands in the exception and in the variables around it."""
    from ondersteuning.models import Leerling  # the other workers of these tests do not know this app

    pupil = Leerling.objects.get(pk=context.params["leerling"])
    name, born = pupil.naam, pupil.geboortedatum
    raise ValueError(f"{name} ({born}) has no school")


class MetNaamConfig(AppConfig):
    name = "tests.reliability.proef"
    label = "proef"

    def ready(self) -> None:
        register_job(JobKind("proef.naam", "Proef", fail_with_name, voor_aanvrager=False))
