"""The Celery app: a doorbell for the job table (see swv_portal/jobs), and beat for what returns every day."""

import os

from celery import Celery
from celery.signals import worker_init
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "swv_portal.settings.production")
app = Celery("swv_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def use_plain_connections(**_: object) -> None:
    """A worker process does one thing at a time and has no use for a pool of connections.

    A pool must not be carried over a fork either, and Celery would close and build it again around every task.  This
    runs in the parent, before it forks.
    """
    for database in connections.settings.values():
        database.get("OPTIONS", {}).pop("pool", None)
