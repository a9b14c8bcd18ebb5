"""The tests make their tables without the migrations (``tests/schema.py``): nothing of a migration may get lost."""

from django.contrib.postgres.operations import CreateExtension
from django.db.migrations import RunSQL

from tests.schema import own_operations, strange_operations
from tests.servers import EXTENSIONS


def test_the_tests_leave_out_nothing_that_a_migration_does() -> None:
    assert strange_operations() == []
    found = list(own_operations())
    assert any(isinstance(operation, RunSQL) for operation in found)
    assert {each.name for each in found if isinstance(each, CreateExtension)} == set(EXTENSIONS)
