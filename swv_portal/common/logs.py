"""One line of JSON per log record.  Texts of requests and forms are never logged: only codes, ids and counts."""

import logging

import structlog
from structlog.tracebacks import ExceptionDictTransformer


def formatter() -> logging.Formatter:
    """The formatter for the standard library's logging, so that Django, Celery and our own code log the same way."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # Without local variables: those may hold what somebody typed about a child.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
    )
