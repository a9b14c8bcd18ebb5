"""What the machine must have before anything is installed.  Run by the system's Python: standard library only.

As root on Debian or Ubuntu it installs what is missing; otherwise it says what is missing, and the command for it.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class Need(NamedTuple):
    what: str
    package: str
    is_there: Callable[[], bool]


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _library(name: str) -> Callable[[], bool]:
    def is_there() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return is_there


def _venv() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


DEMO = [
    Need("Python's venv", "python3-venv", _venv),
    Need("node", "nodejs", _program("node")),
    Need("npm", "npm", _program("npm")),
    Need("unshare", "util-linux", _program("unshare")),
    Need("tijdzones", "tzdata", Path("/usr/share/zoneinfo/Europe/Amsterdam").exists),
    Need("Pango (voor PDF's)", "libpango-1.0-0", _library("libpango-1.0.so.0")),
    Need("Pango FreeType (voor PDF's)", "libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0")),
    Need("HarfBuzz subset (voor PDF's)", "libharfbuzz-subset0", _library("libharfbuzz-subset.so.0")),
    Need("fontconfig (voor PDF's)", "fontconfig", _library("libfontconfig.so.1")),
]
TEST = [
    *DEMO,
    Need("chromium (voor de browsertests)", "chromium", _program(*CHROMIUM)),
    Need("pdftoppm (voor de PDF-tests)", "poppler-utils", _program("pdftoppm")),
]


def missing(needs: list[Need]) -> list[Need]:
    return [need for need in needs if not need.is_there()]


def _install(packages: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def main(kind: str) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what checks it
        print(
            f"Python 3.11 of nieuwer is nodig; dit is {sys.version.split()[0]}. Kies een andere: make PYTHON=python3.11"
        )
        return 2
    needs = TEST if kind == "test" else DEMO
    lacking = missing(needs)
    if not lacking:
        return 0
    packages = [need.package for need in lacking]
    print("Op deze machine ontbreekt: " + ", ".join(need.what for need in lacking), flush=True)
    can_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    if can_install:
        print("Dit wordt nu geïnstalleerd: " + " ".join(packages), flush=True)
        if _install(packages):
            importlib.invalidate_caches()
            lacking = missing(needs)
            if not lacking:
                return 0
            print("Na het installeren ontbreekt nog: " + ", ".join(need.what for need in lacking))
            return 2
        print("Het installeren is niet gelukt.")
    sudo = "" if os.geteuid() == 0 else "sudo "
    print(
        f"Installeer het op Debian of Ubuntu met:\n  {sudo}apt-get install -y --no-install-recommends "
        + " ".join(packages)
    )
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "demo"))
