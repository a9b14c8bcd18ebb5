"""The commands: layouts, notations, and what goes wrong."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pypdf import PdfReader

from financien.models import Begroting, Budget, Tarief
from kernen.models import Leerlingtelling
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from swv_portal.common.scoping import Rol
from tests.factories.financien import PlaatsingFactory, maak_jaar, maak_school, vastgesteld_budget

pytestmark = pytest.mark.django_db

BEGROTING = """soort;groep;post;2023;2024
baten;rijk;licht;1.000;1100
lasten;overdrachten / regulier;bedrag;600;650
lasten;overdrachten / regulier;terug;30;
lasten;beheer;personeel;200;210
"""
TOTALEN = """regel;2023;2024
subtotaal overdrachten / regulier;600;650
totaal lasten;800;860
"""


def exporteer(tmp_path, *args):
    target = tmp_path / ("uit.xlsx" if "xlsx" in args else "uit")
    call_command("exporteer", *args, "--naar", str(target))
    return target


def rijen(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def scholen():
    _, (first, second) = maak_jaar()
    PlaatsingFactory(school_verwijzend=first)
    PlaatsingFactory(school_verwijzend=first, kostendrager=Kostendrager.SWV)
    PlaatsingFactory(
        school_verwijzend=first,
        school_ontvangend=first,
        soort=Soort.INSTROOMBUDGET,
        categorie="",
        kostendrager=Kostendrager.SWV,
        begin=date(2024, 3, 1),
    )
    return first, second


def test_the_layout_of_a_budget_for_machines(scholen, tmp_path):
    first, second = scholen
    third = maak_school(None)
    path = exporteer(tmp_path, "budget", "--jaar", "2024", "--formaat", "csv")
    assert path.read_bytes().startswith(b"vestigingscode;school;bestuur;regel;aantal;tarief;bedrag\r\n")
    found = rijen(path)
    own = [(r["regel"], r["aantal"], r["tarief"], r["bedrag"]) for r in found if r["school"] == first.naam]
    assert own == [
        ("ondersteuningsbedrag", "200", "450.00", "90000.00"),
        ("inhouding", "1", "6635.00", "-6635.00"),
        ("plaatsing_swv", "1", "0.00", "0.00"),
        ("instroombudget", "0.75", "8000.00", "6000.00"),
        ("totaal", "", "", "89365.00"),
    ]
    assert {r["bestuur"] for r in found if r["vestigingscode"] == second.vestigingscode} == {second.bestuur.naam}
    unknown = [(r["regel"], r["bedrag"]) for r in found if r["vestigingscode"] == third.vestigingscode]
    assert unknown == [("niet_te_berekenen", ""), ("totaal", "")]
    totals = [r for r in found if r["regel"] == "totaal"]
    assert len(totals) == 3
    for total in totals[:2]:
        lines = [Decimal(r["bedrag"]) for r in found if r["vestigingscode"] == total["vestigingscode"] and r != total]
        assert sum(lines) == Decimal(total["bedrag"])
    assert not Budget.objects.exists()


def test_dutch_notation(scholen, tmp_path):
    path = exporteer(tmp_path, "budget", "--jaar", "2024", "--formaat", "csv", "--notatie", "nl")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert any(row["bedrag"] == "-6635,00" for row in rijen(path))


def test_the_export_follows_what_is_stored_now_and_a_version_what_was(scholen, tmp_path, actor_als):
    first, _ = scholen
    from financien.models import Budgetjaar

    budget = vastgesteld_budget(actor_als(Rol.DIRECTEUR_BESTUURDER), Budgetjaar.objects.get())
    Leerlingtelling.objects.filter(school=first).update(aantal=100)
    now = json.loads(exporteer(tmp_path, "budget", "--jaar", "2024", "--formaat", "json").read_text())
    kept = json.loads(exporteer(tmp_path, "budget", "--jaar", "2024", "--formaat", "json", "--versie", "1").read_text())
    assert (now["versie"], kept["versie"]) == (None, 1)
    assert Decimal(kept["totaal"]) == budget.totaal == Decimal(now["totaal"]) + Decimal("45000.00")
    for data in (now, kept):
        assert sum(Decimal(s["totaal"]) for s in data["scholen"]) == Decimal(data["totaal"])
        assert sum(Decimal(b["totaal"]) for b in data["besturen"]) == Decimal(data["totaal"])


def test_a_budget_as_spreadsheet(scholen, tmp_path):
    book = openpyxl.load_workbook(exporteer(tmp_path, "budget", "--jaar", "2024", "--formaat", "xlsx"))
    assert book.sheetnames == ["Scholen", "Besturen"]
    values = [row for row in book["Scholen"].iter_rows(values_only=True) if row[3] == "totaal"]
    assert sorted(row[6] for row in values) == [89365, 90000]


@pytest.mark.parametrize(
    ("args", "woord"),
    [(["--jaar", "2031"], "ontbreken"), (["--jaar", "2024", "--versie", "9"], "geen versie 9")],
)
def test_what_can_not_be_exported(scholen, tmp_path, args, woord):
    with pytest.raises(CommandError, match=woord):
        exporteer(tmp_path, "budget", *args)
    assert not (tmp_path / "uit").exists()


def test_importing_tariffs_and_doing_it_again(tmp_path, capsys):
    path = tmp_path / "tarieven.csv"
    path.write_text("code;omschrijving;bedrag;eenheid\nbao_per_leerling;bedrag;450,00;per leerling\n")
    call_command("importeer", "tarieven", str(path), "--jaar", "2024", "--bron", "AV", "--vastgesteld", "2023-12-13")
    tarief = Tarief.objects.get()
    assert (tarief.bedrag, tarief.bron, tarief.vastgesteld) == (Decimal(450), "AV", date(2023, 12, 13))
    assert "1 nieuw" in capsys.readouterr().out
    path.write_text("code;omschrijving;bedrag;eenheid\nbao_per_leerling;bedrag;460.00;per leerling\n")
    call_command("importeer", "tarieven", str(path), "--jaar", "2024")
    tarief.refresh_from_db()
    assert (tarief.bedrag, tarief.versie) == (Decimal(460), 2)


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        ("code;omschrijving;bedrag;eenheid\nsbo_landelijk;y;veel;z\n", "geen getal"),
        ("code;omschrijving;bedrag;eenheid\nsbo_landelijk;y;-1;z\n", "minder dan 0"),
        ("code;omschrijving;bedrag;eenheid\nsbo_landelijk;y;1;z\nsbo_landelijk;y;2;z\n", "twee keer"),
        ("code;omschrijving;bedrag;eenheid\nsbo_landelijk;y;1,23456;z\n", "vier cijfers"),
        (
            "code;omschrijving;bedrag;eenheid\nsbo_landelijk;y;1;z\nsbo;y;1;z\n",
            "ij 3, kolom 'code': Deze code is niet bekend. Kies een van deze codes: .*sbo_landelijk",
        ),
        ("code;omschrijving;eenheid\nx;y;z\n", "ontbreekt"),
    ],
)
def test_a_wrong_file_of_tariffs_changes_nothing(tmp_path, inhoud, woord):
    path = tmp_path / "tarieven.csv"
    path.write_text(inhoud)
    with pytest.raises(CommandError, match=woord):
        call_command("importeer", "tarieven", str(path), "--jaar", "2024")
    assert not Tarief.objects.exists()


@pytest.fixture
def begroting(tmp_path):
    posts, totals = tmp_path / "begroting.csv", tmp_path / "totalen.csv"
    posts.write_text(BEGROTING)
    totals.write_text(TOTALEN)
    call_command("importeer", "begroting", str(posts), "--totalen", str(totals))


def test_a_begroting_in_and_out(begroting, tmp_path, capsys):
    data = json.loads(exporteer(tmp_path, "begroting", "--formaat", "json").read_text())
    assert data["totalen"]["totaal lasten"] == {"2023": 830, "2024": 860}
    assert data["totalen"]["resultaat"] == {"2023": 170, "2024": 240}
    assert data["posten"][2] == {
        "soort": "lasten",
        "groep": "overdrachten / regulier",
        "post": "terug",
        "bedragen": {"2023": 30, "2024": None},
    }
    assert [(a["regel"], a["jaar"], a["verschil"]) for a in data["afwijkingen"]] == [
        ("subtotaal overdrachten / regulier", 2023, -30),
        ("totaal lasten", 2023, -30),
    ]
    assert "'terug'" in data["afwijkingen"][0]["verklaring"]


def test_other_forms_of_the_begroting(begroting, tmp_path):
    assert b"baten;rijk;licht;1000;1100" in exporteer(tmp_path, "begroting", "--formaat", "csv").read_bytes()
    book = openpyxl.load_workbook(exporteer(tmp_path, "begroting", "--formaat", "xlsx"))
    assert book.sheetnames == ["Begroting", "Vermogen", "Afwijkingen"]
    assert exporteer(tmp_path, "begroting", "--formaat", "pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        ("soort;groep;post;2023;2025\nbaten;a;b;1;2\n", "één kolom per jaar"),
        ("soort;groep;post\nbaten;a;b\n", "één kolom per jaar"),
        ("soort;groep;post;2023\nonzin;a;b;1\n", "baten of lasten"),
        ("soort;groep;post;2023\nbaten;a;b;1,5\n", "geen heel getal"),
        ("soort;groep;post;2023\nbaten;a;b;1\nbaten;a;b;2\n", "twee keer"),
    ],
)
def test_a_wrong_begroting_changes_nothing(tmp_path, inhoud, woord):
    path = tmp_path / "begroting.csv"
    path.write_text(inhoud)
    with pytest.raises(CommandError, match=woord):
        call_command("importeer", "begroting", str(path))
    assert not Begroting.objects.exists()


def test_totals_of_other_years_are_refused(tmp_path):
    posts, totals = tmp_path / "begroting.csv", tmp_path / "totalen.csv"
    posts.write_text(BEGROTING)
    totals.write_text("regel;2030\ntotaal lasten;1\n")
    with pytest.raises(CommandError, match="andere jaren"):
        call_command("importeer", "begroting", str(posts), "--totalen", str(totals))
    assert not Begroting.objects.exists()


def test_no_begroting_no_export(tmp_path):
    with pytest.raises(CommandError, match="geen begroting"):
        exporteer(tmp_path, "begroting")


def test_the_begroting_that_was_read_in_last_is_the_geldende_and_the_command_says_so(begroting, tmp_path, capsys):
    earlier = Begroting.objects.get()
    posts = tmp_path / "nieuw.csv"
    posts.write_text("soort;groep;post;2030\nbaten;a;b;1\n")
    capsys.readouterr()
    call_command("importeer", "begroting", str(posts))
    newest = Begroting.objects.exclude(pk=earlier.pk).get()
    assert f"Dit is nu de geldende begroting (nummer {newest.pk})." in capsys.readouterr().out
    assert json.loads(exporteer(tmp_path, "begroting", "--formaat", "json").read_text())["jaren"] == [2030]
    number = ("--begroting", str(earlier.pk))
    old = json.loads(exporteer(tmp_path, "begroting", "--formaat", "json", *number).read_text())
    assert old["jaren"] == [2023, 2024]
    earlier.refresh_from_db()
    assert (earlier.staat, newest.staat) == ("vervangen", "geldend")


def test_a_begroting_can_be_read_in_as_a_concept(begroting, tmp_path, capsys):
    posts = tmp_path / "nieuw.csv"
    posts.write_text("soort;groep;post;2030\nbaten;a;b;1\n")
    call_command("importeer", "begroting", str(posts), "--concept")
    concept = Begroting.objects.get(staat="concept")
    assert f"Dit is een concept (nummer {concept.pk})." in capsys.readouterr().out
    assert json.loads(exporteer(tmp_path, "begroting", "--formaat", "json").read_text())["jaren"] == [2023, 2024]
    number = ("--begroting", str(concept.pk))
    asked = json.loads(exporteer(tmp_path, "begroting", "--formaat", "json", *number).read_text())
    assert asked["jaren"] == [2030]


@pytest.mark.parametrize(
    ("staat", "zin"),
    [("geldend", None), ("concept", "Dit is een concept"), ("vervangen", "Dit is een eerdere begroting")],
)
def test_the_pdf_of_a_begroting_that_does_not_count_says_so(begroting, tmp_path, staat, zin):
    if staat != "geldend":
        extra = ["--concept"] if staat == "concept" else []
        call_command("importeer", "begroting", str(tmp_path / "begroting.csv"), *extra)
    number = ("--begroting", str(Begroting.objects.get(staat=staat).pk))
    first = PdfReader(exporteer(tmp_path, "begroting", "--formaat", "pdf", *number)).pages[0].extract_text()
    assert "Meerjarenbegroting 2023-2024" in first
    assert [words for words in ("Dit is een concept", "Dit is een eerdere begroting") if words in first] == (
        [zin] if zin else []
    )


def test_of_a_begroting_that_is_refused_nothing_is_kept_and_the_geldende_stays(begroting, tmp_path):
    posts, totals = tmp_path / "nieuw.csv", tmp_path / "andere_totalen.csv"
    posts.write_text("soort;groep;post;2030\nbaten;a;b;1\n")
    totals.write_text("regel;2031\ntotaal lasten;1\n")
    with pytest.raises(CommandError, match="andere jaren"):
        call_command("importeer", "begroting", str(posts), "--totalen", str(totals))
    assert Begroting.objects.get().staat == "geldend"
