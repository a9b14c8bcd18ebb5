"""Habits of the house that can be read in the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import sources, text_of, tree_of

LANGSTE_BESTAND = 400
#: Only these may write: services, what they call to read files in, and the loaders of example data.
SCHRIJVERS = ("services", "services.py", "importers", "importers.py", "local")
#: The manager of the user model is where Django itself looks for the making of a user.
MAG_OOK = {"swv_portal/access/models/user.py": {"save"}}
SCHRIJFT = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "aupdate", "asave"}
#: Files elsewhere that write, each with the reason.
SCHRIJVEN_OOK = {
    "swv_portal/common/cache.py": "the brakes on logging in, counted in a table of the cache while Redis is away",
    "swv_portal/common/tables/writing.py": "saves a workbook, no row",
}
VERBODEN_NAMEN = {"utils.py", "helpers.py", "misc.py", "tools.py"}


def _is_writer(path: Path) -> bool:
    return any(part in SCHRIJVERS for part in path.parts) or str(path) in SCHRIJVEN_OOK


def _writes(path: Path) -> Iterator[str]:
    allowed = MAG_OOK.get(str(path), set())
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            by_queryset = name in {"update", "delete"} and not node.args and _looks_like_rows(node.func.value)
            if (name in SCHRIJFT or by_queryset) and name not in allowed:
                yield f"{path}:{node.lineno}: .{name}( outside a service"
        imported = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
        if "transaction" in imported and node.module == "django.db":
            yield f"{path}:{node.lineno}: transactions belong in services"


def _looks_like_rows(node: ast.expr) -> bool:
    """Is this an expression on ``objects``, such as ``Model.objects.filter(...)``?"""
    return any(isinstance(part, ast.Attribute) and part.attr == "objects" for part in ast.walk(node))


def test_only_services_write() -> None:
    wrong = [line for path in sources() if not _is_writer(path) for line in _writes(path)]
    assert not wrong, "\n".join(wrong)


def test_who_may_write_elsewhere_does_so() -> None:
    """An exception that is not needed any more must go."""
    needless = [name for name in SCHRIJVEN_OOK if not list(_writes(Path(name)))]
    assert not needless, needless


def test_no_exception_disappears() -> None:
    """``except: pass`` hides what someone should know; say which exception, and what happens then."""
    wrong = []
    for path in sources(tests=True):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler):
                silent = all(isinstance(part, ast.Pass) for part in node.body)
                broad = node.type is None and not isinstance(node.body[-1], ast.Raise)
                if silent or broad:
                    wrong.append(f"{path}:{node.lineno}")
    assert not wrong, "\n".join(wrong)


def test_files_stay_small() -> None:
    wrong = [
        f"{path}: {lines} lines"
        for path in sources(tests=True)
        if (lines := text_of(path).count("\n")) > LANGSTE_BESTAND
    ]
    assert not wrong, "split these by noun:\n" + "\n".join(wrong)


def test_no_drawer_for_everything() -> None:
    wrong = [str(path) for path in sources(tests=True) if path.name in VERBODEN_NAMEN]
    assert not wrong, wrong


def test_files_are_handed_out_and_taken_in_in_one_place() -> None:
    """Downloads through ``bestand_antwoord``; of what is sent, the kind and the virus scanner in ``jobs``."""
    download, upload = "Content-Disposition", "request.FILES["
    wrong = [
        str(path)
        for path in sources()
        if (download in text_of(path) and path.parts[:2] != ("swv_portal", "common")) or upload in text_of(path)
    ]
    assert not wrong


def test_no_signals() -> None:
    """What happens because something was saved stands in the service that saves it."""
    wrong = [
        f"{path}:{node.lineno}"
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals")
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("word", ["datetime.now(", "date.today(", "timezone.now(", "timezone.localdate("])
def test_rules_have_no_clock(word: str) -> None:
    """Below the views ``today`` is an argument; certainly in ``domain``."""
    wrong = [str(path) for path in sources() if "domain" in path.parts and word in text_of(path)]
    assert not wrong, wrong


def test_environment_is_read_in_settings_only() -> None:
    allowed = {("swv_portal", name) for name in ("settings", "local", "celery.py", "wsgi.py")}
    wrong = [
        f"{path}:{node.lineno}"
        for path in sources()
        if path.parts[:2] not in allowed
        for node in ast.walk(tree_of(path))
        if _reads_environment(node)
    ]
    assert not wrong, wrong


def _reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        return False
    return (
        ast.unparse(node).startswith(("os.environ.get", "os.environ[", "os.getenv"))
        if isinstance(node, ast.Subscript | ast.Call)
        else False
    )
