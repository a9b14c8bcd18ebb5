"""Log lines hold codes and ids, never what somebody typed."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from swv_portal.common.logs import formatter


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    logger = logging.getLogger("proef.logs")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_both_kinds_of_loggers_write_one_line_of_json(lines):
    with structlog.contextvars.bound_contextvars(job=12):
        structlog.get_logger("proef.logs").warning("job_failed", soort="mail")
        logging.getLogger("proef.logs").warning("van een bibliotheek")
    own, foreign = (json.loads(line) for line in lines.getvalue().splitlines())
    assert (own["event"], own["soort"], own["job"], own["level"]) == ("job_failed", "mail", 12, "warning")
    assert (foreign["event"], foreign["job"]) == ("van een bibliotheek", 12)


def test_the_text_of_an_exception_is_not_kept(lines):
    try:
        try:
            raise ValueError("Key (naam)=(Jan Jansen) already exists")
        except ValueError as error:
            geheim = "Jan Jansen"
            raise RuntimeError(geheim) from error
    except RuntimeError:
        logging.getLogger("proef.logs").exception("mis")
    assert "Jansen" not in lines.getvalue()
    found = json.loads(lines.getvalue())["exception"]
    assert [each["exc_type"] for each in found] == ["RuntimeError", "ValueError"]
    assert found[0]["frames"][0]["name"] == "test_the_text_of_an_exception_is_not_kept"
