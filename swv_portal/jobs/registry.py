"""What kinds of jobs, documents and reports there are.  The apps register theirs in ``AppConfig.ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any, Protocol

from swv_portal.common.scoping import Bereik, Rol


class Permanent(Exception):
    """The job can not succeed, however often it is tried.  The Dutch sentence is shown to staff; it names no child."""


class LeaseLost(Exception):
    """Another worker has taken this job over; whatever this one still does must have no effect."""


class JobContext(Protocol):
    """What a handler gets to work with."""

    job_id: int
    params: dict[str, Any]
    geheim: Any
    attempt: int

    def bereik(self) -> Bereik:
        """The reach that the requester has now, not when the job was asked for."""

    def progress(self, gedaan: int, totaal: int) -> None:
        """Show how far it is and renew the lease; raises ``LeaseLost``."""

    def outside(self) -> None:
        """Call just before an effect outside the database that can not be taken back, such as a mail.

        Raises ``Permanent`` when an earlier attempt got this far and nobody knows what came of it.
        """

    def not_outside(self) -> None:
        """That effect certainly did not happen: the job may be tried again."""


Finish = Callable[[], None]
Handler = Callable[[JobContext], Finish | None]


@dataclass(frozen=True)
class JobKind:
    """``handler`` does the long work and returns what must happen in the transaction that marks the job done."""

    naam: str
    titel: str
    handler: Handler
    #: Whether a person waits for it: then the requester gets a mail when it took long or was asked to.
    voor_aanvrager: bool = True
    #: Where the requester finds what was made, as a path; gets the ``Job`` (of a group: the last one that finished).
    resultaat: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Daily:
    """A job that is enqueued once every day at ``tijd`` (Dutch time)."""

    naam: str
    tijd: time
    job_kind: str


@dataclass(frozen=True)
class DocumentKind:
    """Who may fetch documents of this kind: ``may_fetch`` for people with an account, ``link_may_fetch`` for links."""

    naam: str
    titel: str
    may_fetch: Callable[[Bereik, Any], bool]
    link_may_fetch: Callable[[Any, Any], bool] | None = None
    #: Whether fetching it is written in the timeline of the subject it belongs to.
    log_reading: bool = False


@dataclass(frozen=True)
class Report:
    """``build`` makes the dataclass that feeds the template; ``filename`` names the file (no names of children)."""

    kind: str
    titel: str
    template: str
    build: Callable[[Bereik, dict[str, Any]], Any]
    filename: Callable[[Any], str]
    #: The name of the SWV in that dataclass, for a letter, which knows its sender; otherwise it is asked for.
    naam_van: Callable[[Any], str] | None = None
    #: Set when it can be asked for on the page of reports without choosing anything: the roles it is offered to.
    aanbod: frozenset[Rol] = frozenset()


_jobs: dict[str, JobKind] = {}
_daily: dict[str, Daily] = {}
_documents: dict[str, DocumentKind] = {}
_reports: dict[str, Report] = {}


def _put(registry: dict[str, Any], key: str, value: Any) -> None:
    if key in registry and registry[key] != value:
        raise RuntimeError(f"{key} is registered twice")
    registry[key] = value


def register_job(kind: JobKind) -> None:
    _put(_jobs, kind.naam, kind)


def register_daily(naam: str, tijd: str, job_kind: str) -> None:
    """``tijd`` is 'HH:MM' in Dutch time."""
    _put(_daily, naam, Daily(naam, time.fromisoformat(tijd), job_kind))


def register_document_kind(kind: DocumentKind) -> None:
    _put(_documents, kind.naam, kind)


def register_report(report: Report) -> None:
    _put(_reports, report.kind, report)


def job_kind(naam: str) -> JobKind:
    return _jobs[naam]


def job_kinds() -> dict[str, JobKind]:
    return dict(_jobs)


def daily_jobs() -> list[Daily]:
    return list(_daily.values())


def document_kind(naam: str) -> DocumentKind | None:
    return _documents.get(naam)


def report(kind: str) -> Report:
    return _reports[kind]


def reports() -> list[Report]:
    return list(_reports.values())
