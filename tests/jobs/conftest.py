"""Job and document kinds that exist during one test only."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from swv_portal.access.actors import Actor
from swv_portal.jobs import registry
from swv_portal.jobs.doorbell import BELLS_FOR_MANY, ring
from swv_portal.jobs.registry import DocumentKind, JobKind, Report


@pytest.fixture
def kinds() -> Iterator[None]:
    """What a test registers is gone after it."""
    tables: list[dict[str, Any]] = [registry._jobs, registry._documents, registry._reports, registry._daily]
    before = [dict(table) for table in tables]
    yield
    for table, old in zip(tables, before, strict=True):
        table.clear()
        table.update(old)


@pytest.fixture
def job_kind(kinds: None) -> Callable[..., str]:
    def make(handler: Callable[..., Any] = lambda context: None, naam: str = "proef", **options: Any) -> str:
        registry.register_job(JobKind(naam, f"Proef {naam}", handler, **options))
        return naam

    return make


@pytest.fixture
def document_kind(kinds: None) -> Callable[..., str]:
    def make(naam: str = "proef", **options: Any) -> str:
        options.setdefault("may_fetch", lambda bereik, document: True)
        registry.register_document_kind(DocumentKind(naam, f"Proef {naam}", **options))
        return naam

    return make


@pytest.fixture
def report_kind(kinds: None) -> Callable[..., str]:
    def make(naam: str = "proef.rapport", **options: Any) -> str:
        values = {
            "titel": "Proefrapport",
            "template": "reports/proef.html",
            "build": lambda bereik, params: {"params": params},
            "filename": lambda data: "proefrapport.pdf",
        }
        registry.register_report(Report(naam, **{**values, **options}))
        return naam

    return make


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the rings instead of sending them; for tests of what is decided, not of the sending."""
    rung: list[int] = []

    def count(times: int = 1) -> None:
        rung.append(times)

    for module in ("swv_portal.jobs.services.enqueue", "swv_portal.jobs.tasks"):
        monkeypatch.setattr(f"{module}.ring", count)
    monkeypatch.setattr("swv_portal.jobs.services.enqueue.ring_for_many", lambda: count(BELLS_FOR_MANY))
    assert ring is not count
    return rung


@pytest.fixture
def user(db: None) -> Any:
    from tests.factories.kernen import PersoonFactory

    return PersoonFactory()


@pytest.fixture
def actor(user: Any) -> Actor:
    return Actor(user_id=user.pk)
