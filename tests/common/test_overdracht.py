"""The commands importeer and exporteer, with an import and an export of the test's own."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from swv_portal.common.tables import Fout, Fouten
from swv_portal.jobs import overdracht
from swv_portal.jobs.overdracht import Exporteur, Importeur, Verslag


@pytest.fixture(autouse=True)
def eigen(monkeypatch):
    monkeypatch.setattr(overdracht, "_importeurs", {})
    monkeypatch.setattr(overdracht, "_exporteurs", {})

    def lees(bestand: Path, opties) -> Verslag | Fouten:
        if bestand.read_text() == "fout":
            return Fouten((Fout(3, "naam", "Dit kan niet."),), meer=2)
        return Verslag((f"{opties['jaar']}: 1 rij ingelezen.",))

    def bouw(opties) -> bytes | str | Fouten:
        answers = {"csv": "a;b\r\n", "pdf": b"%PDF-\xff", "json": Fouten((Fout(None, None, "Er is geen ronde x."),))}
        return answers[opties["formaat"]]

    overdracht.registreer_importeur(
        Importeur("proef", "Een proef", lees, lambda parser: parser.add_argument("--jaar", type=int, default=2024))
    )
    overdracht.registreer_exporteur(Exporteur("proef", "Een proef", ("csv", "pdf", "json"), bouw))


def test_import_prints_what_it_did(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("goed")
    out = io.StringIO()
    call_command("importeer", "proef", str(path), "--jaar", "2025", stdout=out)
    assert out.getvalue() == "2025: 1 rij ingelezen.\n"


def test_import_names_file_row_and_column(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("fout")
    with pytest.raises(CommandError) as stop:
        call_command("importeer", "proef", str(path))
    assert str(stop.value).splitlines() == [
        "x.csv: rij 3, kolom 'naam': Dit kan niet.",
        "x.csv: En nog 2 andere fouten.",
        "Er is niets ingelezen.",
    ]
    assert stop.value.returncode == 1


def test_import_of_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="bestaat niet"):
        call_command("importeer", "proef", str(tmp_path / "weg.csv"))


def test_unknown_kind_is_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("importeer", "iets", "x.csv")


def test_export_to_a_file_replaces_it_whole(tmp_path):
    path = tmp_path / "uit.pdf"
    path.write_text("oud")
    out = io.StringIO()
    call_command("exporteer", "proef", "--formaat", "pdf", "--naar", str(path), stdout=out)
    assert path.read_bytes() == b"%PDF-\xff"
    assert [item.name for item in tmp_path.iterdir()] == ["uit.pdf"]
    assert "7 bytes" not in out.getvalue()
    assert "6 bytes geschreven" in out.getvalue()


def test_an_export_that_can_not_be_put_in_place_leaves_nothing(tmp_path):
    (tmp_path / "uit.pdf").mkdir()
    with pytest.raises(CommandError, match="schrijven lukt niet"):
        call_command("exporteer", "proef", "--formaat", "pdf", "--naar", str(tmp_path / "uit.pdf"))
    assert [item.name for item in tmp_path.iterdir()] == ["uit.pdf"]


def test_export_to_standard_output_is_byte_for_byte(capfdbinary):
    call_command("exporteer", "proef", "--formaat", "pdf")
    captured = capfdbinary.readouterr()
    assert captured.out == b"%PDF-\xff"
    assert b"6 bytes" in captured.err


def test_an_export_that_can_not_be_made_writes_nothing(tmp_path):
    with pytest.raises(CommandError, match="Er is geen ronde x"):
        call_command("exporteer", "proef", "--formaat", "json", "--naar", str(tmp_path / "a"))
    assert list(tmp_path.iterdir()) == []


def test_a_kind_is_registered_once():
    with pytest.raises(RuntimeError, match="twice"):
        overdracht.registreer_exporteur(Exporteur("proef", "Een andere", ("csv",), lambda opties: b""))


@pytest.mark.parametrize("opdracht", ["importeer", "exporteer"])
def test_without_a_kind_one_reads_which_there_are(opdracht):
    with pytest.raises(CommandError) as stop:
        call_command(opdracht)
    assert str(stop.value).splitlines() == [
        f"Noem een soort: manage.py {opdracht} <soort>. Dit zijn de soorten:",
        "  proef: Een proef",
    ]
