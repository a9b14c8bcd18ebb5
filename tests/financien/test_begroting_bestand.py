"""A begroting out of any file: names that occur twice, posts in any order, more posts than fit, amounts in totals."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.html import strip_tags

from financien.importers.begroting import MEESTE_REGELS, Begrotingsbestand, lees_begroting, lees_totalen
from financien.models import Begroting
from financien.queries.begroting import begrotingsbeeld
from financien.reports.begroting import tabelrijen
from swv_portal.common.scoping import Rol
from swv_portal.common.tables import Fouten
from swv_portal.jobs.overdracht import BEHEER
from tests.factories.financien import geldende_begroting

ALS_SOORT = (
    b"soort;groep;post;2025;2026\n"
    b"baten;baten;rijksbijdrage;100;100\n"
    b"baten;overige baten;rente;50;50\n"
    b"lasten;lasten;personeel;90;90\n"
    b"lasten;huisvesting;huur;80;80\n"
)
TWEEMAAL_OVERIG = b"soort;groep;post;2025\nbaten;overig;a;10\nlasten;overig;b;7\n"
DOOR_ELKAAR = b"soort;groep;post;2025\nbaten;a;1;1\nlasten;c / x;2;2\nbaten;b;3;4\nlasten;d;4;8\nlasten;c / y;5;16\n"


@pytest.fixture
def directeur(actor_als):
    return actor_als(Rol.DIRECTEUR_BESTUURDER)


def rijen(actor, posten):
    """The table as it is read: what a row is, its title, and the amount of the first year."""
    beeld = begrotingsbeeld(BEHEER, geldende_begroting(actor, posten=posten).pk)
    return [
        (row.soort, row.titel, *(re.sub(r"[^\d-]", "", text) for text in row.bedragen)) for row in tabelrijen(beeld)
    ]


def naar_json(tmp_path):
    path = tmp_path / "uit.json"
    call_command("exporteer", "begroting", "--formaat", "json", "--naar", str(path))
    return json.loads(path.read_text())


@pytest.mark.django_db
def test_a_group_called_baten_leaves_the_result_right_everywhere(directeur, als, tmp_path):
    row = geldende_begroting(directeur, posten=ALS_SOORT)
    data = naar_json(tmp_path)
    assert data["totalen"]["resultaat"] == {"2025": -20, "2026": -20}
    assert data["totalen"]["totaal baten"] == {"2025": 150, "2026": 150}
    assert data["totalen"]["totaal baten (baten)"] == {"2025": 100, "2026": 100}
    assert data["vermogen"][-1]["bedragen"] == {"2025": 5, "2026": 5}
    page = als(Rol.CONTROLLER).get(reverse("financien:begroting_detail", args=[row.pk])).content.decode()
    text = " ".join(strip_tags(page).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "samen een tekort van € 40." in text
    assert "Totaal baten (baten)€ 100€ 100" in text
    assert "Totaal baten€ 150€ 150" in text


@pytest.mark.django_db
def test_a_group_in_baten_and_in_lasten_has_its_own_total_in_both(directeur, tmp_path):
    assert rijen(directeur, TWEEMAAL_OVERIG) == [
        ("groep", "Overig"),
        ("post", "A", "10"),
        ("totaal", "Totaal overig (baten)", "10"),
        ("totaal", "Totaal baten", "10"),
        ("groep", "Overig"),
        ("post", "B", "7"),
        ("totaal", "Totaal overig (lasten)", "7"),
        ("totaal", "Totaal lasten", "7"),
        ("totaal", "Resultaat", "3"),
    ]
    totals = {name: row["2025"] for name, row in naar_json(tmp_path)["totalen"].items()}
    assert totals == {
        "totaal overig (baten)": 10,
        "totaal baten": 10,
        "totaal overig (lasten)": 7,
        "totaal lasten": 7,
        "resultaat": 3,
    }


@pytest.mark.django_db
def test_posts_in_any_order_are_shown_by_kind_and_group_with_every_total_once(directeur, tmp_path):
    assert [row[1:] for row in rijen(directeur, DOOR_ELKAAR)] == [
        ("A",),
        ("1", "1"),
        ("Totaal a", "1"),
        ("B",),
        ("3", "4"),
        ("Totaal b", "4"),
        ("Totaal baten", "5"),
        ("C / x",),
        ("2", "2"),
        ("Subtotaal x", "2"),
        ("C / y",),
        ("5", "16"),
        ("Subtotaal y", "16"),
        ("Totaal c", "18"),
        ("D",),
        ("4", "8"),
        ("Totaal d", "8"),
        ("Totaal lasten", "26"),
        ("Resultaat", "-21"),
    ]
    data = naar_json(tmp_path)
    assert [post["post"] for post in data["posten"]] == ["1", "3", "2", "5", "4"]


# ---- how much fits ---------------------------------------------------------------------------------------------------


def posten(number):
    return b"soort;groep;post;2025\n" + b"".join(b"baten;g;%d;1\n" % index for index in range(number))


def gepubliceerd(number):
    return b"regel;2025\n" + b"".join(b"r%d;1\n" % index for index in range(number))


TE_VEEL_POSTEN = "In het bestand staan 2.001 posten. Er passen 2.000 posten."
TE_VEEL_TOTALEN = "In het bestand staan 2.001 gepubliceerde totalen. Er passen 2.000 gepubliceerde totalen."


@pytest.mark.parametrize(
    ("lees", "maak", "zin"), [(lees_begroting, posten, TE_VEEL_POSTEN), (lees_totalen, gepubliceerd, TE_VEEL_TOTALEN)]
)
def test_what_fits_is_read_and_one_more_is_refused(lees, maak, zin):
    assert not isinstance(lees(maak(MEESTE_REGELS)), Fouten)
    refused = lees(maak(MEESTE_REGELS + 1))
    assert isinstance(refused, Fouten)
    assert refused.zinnen == [zin]


def test_rows_of_totals_do_not_count():
    totals = b"".join(b"totaal;;t%d;1\n" % index for index in range(MEESTE_REGELS))
    read = lees_begroting(posten(MEESTE_REGELS) + totals)
    assert isinstance(read, Begrotingsbestand)
    assert len(read.posten) == MEESTE_REGELS


@pytest.mark.django_db
def test_too_many_posts_by_the_command(tmp_path):
    path, totals = tmp_path / "begroting.csv", tmp_path / "totalen.csv"
    path.write_bytes(posten(40_000))
    with pytest.raises(CommandError, match=r"In het bestand staan 40\.000 posten\."):
        call_command("importeer", "begroting", str(path))
    path.write_bytes(posten(1))
    totals.write_bytes(gepubliceerd(40_000))
    with pytest.raises(CommandError, match=r"40\.000 gepubliceerde totalen"):
        call_command("importeer", "begroting", str(path), "--totalen", str(totals))
    assert not Begroting.objects.exists()


@pytest.mark.django_db
def test_too_many_posts_on_the_screen(als):
    data = {"posten": SimpleUploadedFile("b.csv", posten(2001)), "naam": "Proef", "bron": "AV"}
    answer = als(Rol.CONTROLLER).post(reverse("financien:begroting_inlezen"), data)
    assert answer.status_code == 422
    assert TE_VEEL_POSTEN in answer.content.decode()


# ---- amounts of totals -----------------------------------------------------------------------------------------------


def test_the_amounts_of_a_total_are_not_read():
    read = lees_begroting(
        b"2025;soort;groep;post\n999999999999999;baten;g;a\n1999999999999998;totaal;;x\nonzin;totaal;;y\n"
    )
    assert isinstance(read, Begrotingsbestand)
    assert [post.bedragen for post in read.posten] == [{2025: 999999999999999}]


def test_everything_that_is_wrong_is_said_at_once_with_row_and_column():
    read = lees_begroting(
        b"Soort;GROEP;Post; 2025;2026\nbaten;g;a;1;1,5\nonzin;g;b;x;1\nbaten;;c;1;1\nbaten;g;a;x;\ntotaal;;t;x;x\n"
    )
    assert isinstance(read, Fouten)
    assert read.zinnen == [
        "rij 2, kolom '2026': '1,5' is geen heel getal.",
        "rij 3, kolom 'Soort': Schrijf baten of lasten.",
        "rij 4, kolom 'GROEP': Deze cel mag niet leeg zijn.",
        "rij 5, kolom '2025': 'x' is geen heel getal.",
        "rij 5, kolom 'Post': 'a' staat twee keer in deze groep.",
    ]
