"""``manage.py exporteer tlv``: what stands in the file, that other programs read it, and when names are in it."""

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ondersteuning.domain.aanvraag import GEWEIGERD, TOEGEKEND
from ondersteuning.models import Aanvraag
from ondersteuning.reports.tlvexport import KOLOMMEN
from swv_portal.audit.models import Event
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, SboFactory, in_staat

DAG = date(2025, 3, 10)


@pytest.fixture
def tlv(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    school, ikc = SchoolFactory(vestigingscode="12AB00", brin="12AB"), SboFactory(vestigingscode="34CD01", brin="34CD")
    pupil = LeerlingFactory(school=school, voornamen="=1+1", achternaam="Kanariepiet")
    row = in_staat(TOEGEKEND, vandaag=DAG, verwijzende_school=school, ontvangende_school=ikc, leerling=pupil)
    Aanvraag.objects.filter(pk=row.pk).update(ingediend_op=date(2025, 2, 10))
    in_staat(TOEGEKEND, vandaag=date(2025, 8, 1))
    in_staat(GEWEIGERD, vandaag=DAG)
    return row


def schrijf(map_: Path, *extra: str, formaat: str = "csv") -> bytes:
    target = map_ / f"tlv.{formaat}"
    call_command("exporteer", "tlv", "--schooljaar", "2024-2025", "--formaat", formaat, "--naar", str(target), *extra)
    return target.read_bytes()


def test_a_csv_that_another_program_reads(tlv: Aanvraag, tmp_path: Path) -> None:
    header, *rows = csv.reader(io.StringIO(schrijf(tmp_path).decode("utf-8-sig")), delimiter=";")
    assert header == [column.kop for column in KOLOMMEN]
    [row] = rows
    assert dict(zip(header, row, strict=True)) == {
        "nummer": str(tlv.tlvnummer),
        "kenmerk": tlv.kenmerk,
        "route": "A",
        "categorie": "SBO",
        "vestigingscode_verwijzend": "12AB00",
        "vestigingscode_ontvangend": "34CD01",
        "bestuursnummer": tlv.verwijzende_school.bestuur.bevoegd_gezag_nummer,  # type: ignore[union-attr]
        "geldig_van": "2025-08-01",
        "geldig_tot": "2027-07-31",
        "besloten_op": "2025-03-10",
        "betaler": "school",
        "doorlooptijd_dagen": "28",
        "status": "Toegekend",
    }


def test_an_xlsx_with_the_header_in_the_first_row(tlv: Aanvraag, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(schrijf(tmp_path, formaat="xlsx"))).active
    assert sheet is not None
    header, row = list(sheet.iter_rows(values_only=True))
    assert list(header) == [column.kop for column in KOLOMMEN]
    found = dict(zip(header, row, strict=True))
    assert found["nummer"] == str(tlv.tlvnummer)
    assert found["geldig_tot"].date() == date(2027, 7, 31)
    assert found["doorlooptijd_dagen"] == 28


def test_without_names_nothing_is_recorded(tlv: Aanvraag, tmp_path: Path) -> None:
    assert b"Kanariepiet" not in schrijf(tmp_path)
    assert not Event.objects.exists()
    assert tlv.pk


def test_names_only_when_asked_and_then_every_dossier_says_so(tlv: Aanvraag, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(schrijf(tmp_path, "--met-namen").decode()), delimiter=";"))
    assert [row["leerling"] for row in rows] == ["'=1+1 Kanariepiet"]  # text, not a formula
    event = Event.objects.get()
    assert (event.onderwerp_soort, event.onderwerp_id, event.lezen) == ("ondersteuning.aanvraag", tlv.pk, True)
    assert event.tekst == "Heeft de TLV geëxporteerd, met de naam van de leerling."
    assert event.door == "de opdrachtregel"
    sheet = openpyxl.load_workbook(io.BytesIO(schrijf(tmp_path, "--met-namen", formaat="xlsx"))).active
    assert sheet is not None
    cell = sheet.cell(row=2, column=len(KOLOMMEN) + 1)
    assert (cell.value, cell.data_type) == ("=1+1 Kanariepiet", "s")


def test_dutch_dates_when_asked(tlv: Aanvraag, tmp_path: Path) -> None:
    text = schrijf(tmp_path, "--notatie", "nl").decode("utf-8-sig")
    assert "10-03-2025" in text
    assert str(tlv.tlvnummer) in text


@pytest.mark.django_db
def test_a_year_that_is_none(tmp_path: Path) -> None:
    target = tmp_path / "tlv.csv"
    with pytest.raises(CommandError, match="Schrijf een schooljaar als 2024-2025"):
        call_command("exporteer", "tlv", "--schooljaar", "2024", "--naar", str(target))
    assert not target.exists()


def test_a_year_without_any_is_a_header(tlv: Aanvraag, tmp_path: Path) -> None:
    target = tmp_path / "leeg.csv"
    call_command("exporteer", "tlv", "--schooljaar", "2010-2011", "--naar", str(target))
    assert target.read_text().strip() == ";".join(column.kop for column in KOLOMMEN)
    assert tlv.pk
