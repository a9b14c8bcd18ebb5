"""Until the first release a migration may be edited; a local database that was built with the older one is noticed."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from swv_portal.local import freshness, paths, up

SAID = r"De opbouw van de database is veranderd sinds \d\d-\d\d-\d{4}: begin opnieuw met make demo RESET=1"


@pytest.fixture
def migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only migration of a clone whose database was made ready with it."""
    monkeypatch.setattr(paths, "BASE", tmp_path)
    monkeypatch.setattr(paths, "VAR", tmp_path / "var")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "requirements.txt").write_text("django")
    manifest = tmp_path / "var" / "static" / "staticfiles.json"
    file = tmp_path / "kernen" / "migrations" / "0001_initial.py"
    for each in (manifest, file):
        each.parent.mkdir(parents=True)
        each.write_text("een")
    freshness.remember()
    return file


class Prepared(Exception):
    """``make demo`` got as far as migrating."""


def start(monkeypatch: pytest.MonkeyPatch, *, is_new: bool = False) -> None:
    def popen(*_: Any, **__: Any) -> None:
        raise Prepared

    monkeypatch.setattr(up.subprocess, "Popen", popen)
    place: Any = SimpleNamespace(create_database=lambda: is_new)
    up.prepare(place)


def test_without_a_change_nothing_is_done(migration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(monkeypatch)
    assert freshness.rebuilt_since() is None


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_an_applied_migration_that_changed_stops_the_start(
    migration: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    if change == "edited":
        migration.write_text("twee")
    else:
        migration.unlink()
    before = {path: path.read_text() for path in paths.VAR.rglob("*") if path.is_file()}
    for _ in range(2):
        with pytest.raises(up.CannotStart, match=SAID):
            start(monkeypatch)
    assert {path: path.read_text() for path in paths.VAR.rglob("*") if path.is_file()} == before


def test_a_database_of_before_this_was_kept_counts_as_changed(migration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (paths.VAR / "stand" / "opbouw.json").unlink()
    migration.write_text("twee")
    with pytest.raises(up.CannotStart, match=SAID):
        start(monkeypatch)


@pytest.mark.parametrize("change", ["touched", "added"])
def test_the_same_migration_or_a_new_one_is_simply_applied(
    migration: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    if change == "touched":
        os.utime(migration, (1, 1))
    else:
        migration.with_name("0002_erbij.py").write_text("twee")
    with pytest.raises(Prepared):
        start(monkeypatch)


def test_a_new_database_is_built_whatever_was_there_before(migration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migration.write_text("twee")
    with pytest.raises(Prepared):
        start(monkeypatch, is_new=True)


def test_a_database_elsewhere_is_not_judged(migration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elders/portal")
    migration.write_text("twee")
    with pytest.raises(Prepared):
        start(monkeypatch)
