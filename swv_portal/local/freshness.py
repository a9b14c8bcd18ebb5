"""Is the database up to date and are the static files collected?  Answered without Django, so that a start is quick."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from swv_portal.local import paths


def _stamp() -> Path:
    """Written when database and static files were made ready: the fingerprint of then."""
    return paths.VAR / "stand" / "klaar"


def _built_with() -> Path:
    """Beside the database: the migrations that it was built with, each with a hash of what was in it."""
    return paths.VAR / "stand" / "opbouw.json"


def _migrations() -> list[Path]:
    return sorted([*paths.BASE.glob("*/migrations/*.py"), *paths.BASE.glob("swv_portal/*/migrations/*.py")])


def _files() -> list[Path]:
    """What decides about tables and static files: migrations, our static files, and the packages with theirs."""
    static = [path for path in (paths.BASE / "static").rglob("*") if path.is_file()]
    return sorted([*_migrations(), *static, paths.BASE / "requirements.txt"])


def fingerprint() -> str:
    digest = hashlib.sha256(str(paths.BASE).encode())
    for path in _files():
        state = path.stat()
        digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Nothing that counts changed since ``remember`` was called, and what it is about is still there."""
    stamp, manifest = _stamp(), paths.VAR / "static" / "staticfiles.json"
    return stamp.exists() and manifest.exists() and stamp.read_text() == fingerprint()


def _contents() -> dict[str, str]:
    return {str(path.relative_to(paths.BASE)): hashlib.sha256(path.read_bytes()).hexdigest() for path in _migrations()}


def rebuilt_since() -> datetime | None:
    """When the database was last made ready, if a migration that is in it was edited or taken away after that.

    Django then takes that migration for applied, and the tables stay as they were.  A new migration is no change: that
    one will be applied.  A database that was made ready before this was kept counts as changed.
    """
    stamp, built_with = _stamp(), _built_with()
    if not stamp.exists():
        return None
    now = _contents()
    if built_with.exists():
        then = json.loads(built_with.read_text())
        if all(now.get(name) == content for name, content in then.items()):
            return None
    return datetime.fromtimestamp(stamp.stat().st_mtime)  # noqa: DTZ006 - the clock of this machine, for its user


def remember() -> None:
    _stamp().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _built_with().write_text(json.dumps(_contents(), indent=1))
    _stamp().write_text(fingerprint())
