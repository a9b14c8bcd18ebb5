"""Is the database up to date and are the static files collected?  Answered without Django, so that a start is quick."""

import hashlib
from pathlib import Path

from swv_portal.local import paths

_STAMP = paths.VAR / "stand" / "klaar"


def _files() -> list[Path]:
    """What decides about tables and static files: migrations, our static files, and the packages with theirs."""
    own = [*paths.BASE.glob("*/migrations/*.py"), *paths.BASE.glob("swv_portal/*/migrations/*.py")]
    static = [path for path in (paths.BASE / "static").rglob("*") if path.is_file()]
    return sorted([*own, *static, paths.BASE / "requirements.txt"])


def fingerprint() -> str:
    digest = hashlib.sha256(str(paths.BASE).encode())
    for path in _files():
        state = path.stat()
        digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Nothing that counts changed since ``remember`` was called, and what it is about is still there."""
    return (
        _STAMP.exists() and (paths.VAR / "static" / "staticfiles.json").exists() and _STAMP.read_text() == fingerprint()
    )


def remember() -> None:
    _STAMP.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _STAMP.write_text(fingerprint())
