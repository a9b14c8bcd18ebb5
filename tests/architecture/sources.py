"""The project's own Python files, for tests that read code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from swv_portal.local import paths

PAKKETTEN = ("swv_portal", "kernen", "ondersteuning", "financien", "evaluatie")


def sources(*, tests: bool = False) -> Iterator[Path]:
    """Every file of the project (paths from its root), migrations left out."""
    for package in (*PAKKETTEN, *(("tests", "bench") if tests else ())):
        for path in sorted((paths.BASE / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(paths.BASE)


def text_of(path: Path) -> str:
    return (paths.BASE / path).read_text(encoding="utf-8")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=str(path))
