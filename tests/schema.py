"""The tables of the tests come from the models, which takes a tenth of the time that the migrations take.

That both give the same is said by ``makemigrations --check`` and by the tests that start the whole portal
(``tests/reliability/test_opstarten.py``).  What a migration does besides tables is done here as well.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.operations.base import Operation

from swv_portal.local import paths


def own_operations() -> Iterator[Operation]:
    """Every operation of the migrations of this project, app by app, in the order of their numbers."""
    for config in apps.get_app_configs():
        if not config.path.startswith(str(paths.BASE)) or ".venv" in config.path:
            continue
        folder = f"{config.path}/migrations"
        for name in sorted(module.name for module in iter_modules([folder])):
            yield from import_module(f"{config.name}.migrations.{name}").Migration.operations


def do_the_rest() -> None:
    """What the migrations say in SQL."""
    with connection.cursor() as cursor:
        for operation in own_operations():
            if isinstance(operation, RunSQL):
                cursor.execute(operation.sql)


def strange_operations() -> list[str]:
    """Operations that would be skipped in silence."""
    from tests.servers import EXTENSIONS

    return [
        operation.describe()
        for operation in own_operations()
        if isinstance(operation, RunPython)
        or (isinstance(operation, CreateExtension) and operation.name not in EXTENSIONS)
    ]
