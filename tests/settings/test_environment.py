"""Secrets come from the environment or from a file; an editor's last newline is not part of a secret."""

from pathlib import Path

import pytest

from swv_portal.settings.base import env


def test_a_value_of_a_file_loses_its_last_newline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "geheim"
    secret.write_text("s3cret\n")
    monkeypatch.setenv("A_TEST_SECRET_FILE", str(secret))
    assert env.str("A_TEST_SECRET") == "s3cret"


def test_the_environment_itself_works_and_what_is_absent_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_TEST_VALUE", "yes")
    assert env.bool("A_TEST_VALUE") is True
    assert env.str("A_TEST_ABSENCE", default="none") == "none"
