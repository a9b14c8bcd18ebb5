"""One line of JSON per log record.  Texts of requests and forms are never logged: only codes, ids and counts."""

import logging
import re
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

#: What every line gets: the request or job it belongs to, its level, where it comes from, and the moment.
_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure() -> None:
    """Let ``structlog.get_logger`` write through the standard library, so that everything ends in one formatter."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def formatter() -> logging.Formatter:
    """The formatter for the standard library's logging, so that Django, Celery and our own code log the same way."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # Without local variables: those may hold what somebody typed about a child.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            _without_values,
            structlog.processors.JSONRenderer(),
            _without_tokens,
        ],
    )


def _without_values(logger: Any, method: str, event: Any) -> Any:  # noqa: ARG001  the signature is structlog's
    """The text of an exception may quote a row or a form ('Key (naam)=(...) already exists'): its kind is enough."""
    for exception in event.get("exception") or ():
        exception["exc_value"] = ""
        exception["exc_notes"] = []
    return event


#: The addresses that hold a secret: personal links, invitations, and the link to choose a new password.
_SECRET_ADDRESS = re.compile(r"(/(?:link|uitnodiging|wachtwoord/nieuw)/)(?!gestopt/|stoppen/|klaar/)[^/\s\"'?#\\]+")


def hide_tokens(text: str) -> str:
    """``text`` with a dash in the place of every token in an address."""
    return _SECRET_ADDRESS.sub(r"\1-", text)


def _without_tokens(logger: Any, method: str, line: Any) -> Any:  # noqa: ARG001  the signature is structlog's
    return hide_tokens(line)
