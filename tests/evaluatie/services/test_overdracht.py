"""``manage.py importeer enquete`` and ``exporteer enquete``, and the example data, against the published results."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest
from django.core.management import CommandError, call_command

from evaluatie.models import Antwoord, Ronde
from evaluatie.queries import resultaat, taken
from swv_portal.jobs.overdracht import BEHEER
from swv_portal.local.voorbeeld import evaluatie as voorbeeld
from swv_portal.local.voorbeeld.context import Context
from tests.evaluatie import ijmond
from tests.factories.evaluatie import antwoorden
from tests.factories.kernen import KernFactory

CODE = "kernen-2024-2025"


def importeer(bestand: Path, *opties: str, code: str = CODE) -> str:
    out = io.StringIO()
    call_command("importeer", "enquete", str(bestand), "--ronde", code, *opties, stdout=out)
    return out.getvalue()


def exporteer(tmp_path: Path, formaat: str, code: str = CODE) -> bytes:
    path = tmp_path / f"uit.{formaat}"
    options = ("--formaat", formaat, "--naar", str(path))
    call_command("exporteer", "enquete", "--ronde", code, *options, stdout=io.StringIO())
    return path.read_bytes()


@pytest.fixture
def ingelezen(db: None) -> str:
    return importeer(voorbeeld.BESTAND, "--titel", "Evaluatie 2024-2025", "--schooljaar", "2024-2025")


def test_import_says_what_it_did(ingelezen):
    first, made, published, groups = ingelezen.splitlines()
    assert first == f"Ronde {CODE}: 53 respondenten in 10 groepen, 519 antwoorden."
    assert made == "Deze ronde was er nog niet en is gemaakt."
    assert "gepubliceerd" in published
    assert "geen enkele groep in het bestand is een kern" in groups
    assert Antwoord.objects.count() == 519


def test_json_is_the_published_layout_with_every_published_figure(ingelezen, tmp_path):
    data = json.loads(exporteer(tmp_path, "json"))
    assert data["titel"] == "Evaluatie 2024-2025"
    assert {group["naam"]: group["respondenten"] for group in data["groepen"]} == ijmond.GROEPEN
    assert list(data["vragen"]) == [
        "duidelijkheid_bedoeling",
        "draagvlak_bij_start",
        "verwachtingen_besproken",
        "meerwaarde_samenwerking",
        "tevredenheid_samenwerking",
        "onderwerpen_inbrengen",
        "tevredenheid_voorzitterschap",
        "tevredenheid_frequentie",
        "meerwaarde_kennisdeling",
        "tevredenheid_opbrengsten",
    ]
    for code, (percentages, counts, n, without) in ijmond.KEUZES.items():
        question = data["vragen"][code]
        assert question.pop("tekst")
        assert question == {
            "soort": "keuze",
            "percentages": percentages,
            "aantallen_afgeleid": counts,
            "n": n,
            "geen_antwoord": without,
        }
    for code, (means, n, without) in ijmond.SCORES.items():
        question = data["vragen"][code]
        assert (question["soort"], question["n"], question["geen_antwoord"]) == ("score 0-5", n, without)
        assert question["gemiddelde_per_groep"] == dict(zip(ijmond.GROEPEN, means, strict=True))
    percentages, counts = ijmond.OPBRENGSTEN
    question = data["vragen"]["tevredenheid_opbrengsten"]
    assert question["percentages_van_alle_respondenten"] == percentages
    assert question["aantallen_afgeleid"] == counts


def test_the_export_holds_no_answers_per_group(ingelezen, tmp_path):
    """With the answers per group and question anybody could subtract: only respondents per group are there."""
    data = json.loads(exporteer(tmp_path, "json"))
    for question in data["vragen"].values():
        assert set(question) <= {
            "soort",
            "tekst",
            "percentages",
            "percentages_van_alle_respondenten",
            "aantallen_afgeleid",
            "gemiddelde_per_groep",
            "gemiddelde_getoonde_groepen",
            "n",
            "geen_antwoord",
        }


def test_xlsx_holds_the_same(ingelezen, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(exporteer(tmp_path, "xlsx")))
    assert book.sheetnames == ["Groepen", "Vragen", "Keuzevragen", "Scores per groep", "Verdeling scores"]
    rows = list(book["Scores per groep"].iter_rows(min_row=5, values_only=True))
    assert rows[0] == ("Vraag", "Groep", "Respondenten", "Gemiddelde", "Opmerking")
    means = {(row[0], row[1]): row[3] for row in rows[1:]}
    question = "Hoe tevreden bent u over de samenwerking in uw kern?"
    assert means[question, "Beverwijk+"] == 4.3
    assert means[question, "Velserbroek"] is None
    assert means[question, "Getoonde groepen samen"] == 3.1
    assert len(rows) == 1 + 4 * 11


def test_pdf_is_a_report_with_the_figures(ingelezen, tmp_path):
    reader = pypdf.PdfReader(io.BytesIO(exporteer(tmp_path, "pdf")))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Evaluatie 2024-2025" in text
    assert "Het meest tevreden over de samenwerking in de kern is Beverwijk+ (4,3)." in text
    assert "De meeste respondenten kiezen 'Ja' (86,8%)." in text.replace("’", "'").replace("‘", "'")
    assert "te weinig antwoorden" in text
    assert "35,3%" in text
    assert reader.trailer["/Root"]["/Lang"] == "nl"


def test_a_second_import_is_refused_and_replaced_on_request(ingelezen, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(antwoorden({"Noord": 9}))
    with pytest.raises(CommandError, match="al antwoorden van 53 respondenten"):
        importeer(path)
    assert "De antwoorden van 53 respondenten zijn vervangen." in importeer(path, "--vervang")
    assert [group["naam"] for group in json.loads(exporteer(tmp_path, "json"))["groepen"]] == ["Noord"]


@pytest.mark.django_db
def test_other_answers_than_were_published_are_read_in_and_said_not_to_be_published(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(antwoorden({"Noord": 9}))
    importeer(path)
    path.write_bytes(antwoorden({"Noord": 10}))
    said = importeer(path, "--vervang")
    assert said.splitlines()[1:4] == [
        "De antwoorden van 9 respondenten zijn vervangen.",
        "De ronde is open: alleen het samenwerkingsverband ziet de uitkomsten.",
        "De uitkomsten van deze ronde zijn al gepubliceerd. Met andere antwoorden kan dat niet nog een keer: uit het "
        "verschil is af te lezen wat iemand antwoordde. Laat een ronde open tot alle antwoorden er zijn.",
    ]
    assert json.loads(exporteer(tmp_path, "json"))["groepen"] == [{"naam": "Noord", "respondenten": 10}]


@pytest.mark.django_db
def test_an_error_names_file_row_and_column(tmp_path):
    path = tmp_path / "antwoorden.csv"
    path.write_bytes(antwoorden({"Noord": 2}).replace(b";4;", b";9;", 1))
    with pytest.raises(CommandError) as stop:
        importeer(path)
    first = str(stop.value).splitlines()[0]
    assert first.startswith("antwoorden.csv: rij 2, kolom 'tevredenheid_samenwerking': '9' is geen antwoord")


@pytest.mark.django_db
def test_options_that_are_wrong(tmp_path):
    with pytest.raises(CommandError, match="schooljaar"):
        importeer(voorbeeld.BESTAND, "--schooljaar", "volgend jaar")
    with pytest.raises(CommandError, match="geen ronde met de code 'weg'"):
        exporteer(tmp_path, "json", "weg")


@pytest.mark.django_db
def test_an_import_may_leave_the_round_open():
    said = importeer(voorbeeld.BESTAND, "--open")
    assert "De ronde is open: alleen het samenwerkingsverband ziet de uitkomsten." in said
    assert "gepubliceerd" not in said
    assert Ronde.objects.get().staat == "open"


def test_the_help_says_that_reading_in_publishes(capsys):
    with pytest.raises(SystemExit):
        call_command("importeer", "enquete", "--help")
    said = " ".join(capsys.readouterr().out.split())
    assert "zonder --open worden de uitkomsten meteen gepubliceerd" in said


def test_a_mistyped_round_is_refused_and_a_new_one_is_said(ingelezen, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(antwoorden({"Noord": 9}))
    with pytest.raises(CommandError, match="Bedoelt u kernen-2024-2025") as stop:
        importeer(path, code="kernen-2024-2052")
    assert "Bekend: kernen-2024-2025." in str(stop.value)
    assert "--nieuw" in str(stop.value)
    assert Ronde.objects.count() == 1

    said = importeer(path, code="kernen-2025-2026")
    assert "Deze ronde was er nog niet en is gemaakt. Bekend: kernen-2024-2025." in said
    assert "is gemaakt" in importeer(path, "--nieuw", code="kernen-2024-2052")
    assert Ronde.objects.count() == 3
    with pytest.raises(CommandError, match="kernen-2024-2052 is er al"):
        importeer(path, "--nieuw", "--vervang", code="kernen-2024-2052")


@pytest.mark.django_db
def test_groups_that_are_no_kern_are_named(tmp_path):
    KernFactory(naam="Noord")
    KernFactory(naam="Zuid")
    path = tmp_path / "x.csv"
    path.write_bytes(antwoorden({"noord": 9, "Zuid": 5}))
    assert "Let op" not in importeer(path, code="een")
    path.write_bytes(antwoorden({"Noord": 9, "Consulenten": 5}))
    assert "Let op: Consulenten is geen kern van het samenwerkingsverband." in importeer(path, code="twee")
    path.write_bytes(antwoorden({"Noord": 9, **{f"Groep {number:02}": 5 for number in range(12)}}))
    said = importeer(path, code="drie")
    assert "Groep 08, Groep 09 en nog 2 zijn geen kernen" in said
    assert "Groep 10" not in said


@pytest.mark.django_db
def test_other_answers_small_groups_and_a_question_nobody_answered(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(
        antwoorden({"Oost": 5, "West": 4}, score=2, draagvlak_bij_start=None, tevredenheid_frequentie=None)
    )
    importeer(path)
    data = json.loads(exporteer(tmp_path, "json"))["vragen"]
    assert data["draagvlak_bij_start"]["percentages"] is None
    assert (data["draagvlak_bij_start"]["n"], data["draagvlak_bij_start"]["geen_antwoord"]) == (0, 9)
    assert data["tevredenheid_frequentie"]["gemiddelde_per_groep"] == {"Oost": None, "West": None}
    assert data["tevredenheid_samenwerking"]["gemiddelde_per_groep"] == {"Oost": 2.0, "West": None}
    assert data["tevredenheid_samenwerking"]["gemiddelde_getoonde_groepen"] == 2.0
    assert data["tevredenheid_opbrengsten"]["percentages_van_alle_respondenten"] is None
    # All nine said yes, and so did the four of West, who are too few to show.
    assert data["duidelijkheid_bedoeling"]["percentages"] is None
    assert exporteer(tmp_path, "pdf").startswith(b"%PDF")
    assert exporteer(tmp_path, "xlsx").startswith(b"PK")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "opties", [("kernen-2024-2025", "--vervang"), ("kernen-2025-2026",), ("kernen-2031-2032",), ("toets", "--open")]
)
def test_other_answers_can_be_read_in_beside_the_example(tmp_path, opties):
    """By the options of docs/bestanden.md, into a round that is there and into one that is not."""
    voorbeeld.laad(Context(vandaag=date(2025, 11, 3), wachtwoord="x"))
    code, *rest = opties
    path = tmp_path / "x.csv"
    lines = voorbeeld.BESTAND.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    assert importeer(path, *rest, code=code).startswith(f"Ronde {code}: 52 respondenten")
    assert sum(group["respondenten"] for group in json.loads(exporteer(tmp_path, "json", code))["groepen"]) == 52


@pytest.mark.django_db
def test_the_example_data_has_the_published_round_an_earlier_and_an_open_one():
    voorbeeld.laad(Context(vandaag=date(2025, 11, 3), wachtwoord="x"))
    rounds = {ronde.code: ronde for ronde in Ronde.objects.all()}
    assert {code: ronde.staat for code, ronde in rounds.items()} == {
        "kernen-2023-2024": "gesloten",
        "kernen-2024-2025": "gesloten",
        "kernen-2025-2026": "open",
    }
    published = resultaat(rounds["kernen-2024-2025"])
    assert published.respondenten == 53
    means = {group.groep: group.gemiddelde for group in published.uitkomsten[4].groepen}
    expected = dict(zip(ijmond.GROEPEN, ijmond.SCORES["tevredenheid_samenwerking"][0], strict=True))
    assert {name: None if mean is None else float(mean) for name, mean in means.items()} == expected
    assert resultaat(rounds["kernen-2023-2024"]).respondenten == sum(voorbeeld.EERDER.values())
    assert [taak.wacht_op for taak in taken(BEHEER, date(2025, 11, 3))] == ["respondenten"]
