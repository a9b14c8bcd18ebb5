"""Importing DUO's files at the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from kernen.models import Leerlingtelling, School
from swv_portal.jobs.models import Aanbod


@pytest.fixture
def importeer(tmp_path):
    def run(soort: str, inhoud: bytes, *opties: str) -> str:
        path = tmp_path / "duo.csv"
        path.write_bytes(inhoud)
        out = io.StringIO()
        call_command("importeer", soort, str(path), *opties, stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def weigert(importeer):
    def run(soort: str, inhoud: bytes, *opties: str) -> list[str]:
        before = (School.objects.count(), Leerlingtelling.objects.count(), Aanbod.objects.count())
        with pytest.raises(CommandError) as stop:
            importeer(soort, inhoud, *opties)
        assert before == (School.objects.count(), Leerlingtelling.objects.count(), Aanbod.objects.count())
        lines = str(stop.value).splitlines()
        assert lines[-1] == "Er is niets ingelezen."
        assert all(line.startswith("duo.csv: ") for line in lines[:-1])
        return lines[:-1]

    return run
