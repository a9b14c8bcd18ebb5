"""Importing schools of DUO at the command line: what is written, and what is refused with row and column."""

import io

import openpyxl
import pytest
from django.core.management import CommandError

from kernen.models import School, Schoolbestuur
from tests.kernen.duo import KOPPEN_02, bestand_02, bestand_06, rij_02, rij_06, tabel

pytestmark = pytest.mark.django_db


def test_a_new_school_with_everything_of_its_row(importeer):
    said = importeer("scholen", bestand_02(rij_02("99AA00", "Basisschool De Zeehond é")))
    school = School.objects.get()
    assert (school.vestigingscode, school.brin, school.naam) == ("99AA00", "99AA", "Basisschool De Zeehond é")
    assert (school.straat, school.huisnummer, school.postcode, school.pc4) == ("Zeeweg", "12-A", "2011 AB", "2011")
    assert (school.plaats, school.gemeente, school.soort) == ("Testdorp aan Zee", "Testdorp", "BAO")
    assert school.actief
    assert school.bestuur.naam == "Bevoegd gezag 99901"
    assert "1 nieuw, 0 gewijzigd, 0 gelijk gebleven" in said
    assert "Nieuwe besturen: 1." in said


def test_importing_again_changes_nothing(importeer):
    content = bestand_02(rij_02("99AA00"), rij_02("99AB00"))
    importeer("scholen", content)
    before = list(School.objects.order_by("pk").values())
    assert "0 nieuw, 0 gewijzigd, 2 gelijk gebleven" in importeer("scholen", content)
    assert list(School.objects.order_by("pk").values()) == before


def test_a_changed_school_keeps_what_duo_does_not_know(importeer):
    importeer("scholen", bestand_02(rij_02("99AA00")))
    School.objects.update(is_ikc=True, swv_code="PO9902", actief=False)
    assert "0 nieuw, 1 gewijzigd" in importeer("scholen", bestand_02(rij_02("99AA00", "De Walvis", bestuur="99902")))
    school = School.objects.get()
    assert (school.naam, school.bestuur.bevoegd_gezag_nummer, school.versie) == ("De Walvis", "99902", 2)
    assert (school.is_ikc, school.swv_code, school.actief) == (True, "PO9902", True)


def test_the_name_that_somebody_gave_a_board_stays(importeer):
    importeer("scholen", bestand_02(rij_02("99AA00")))
    Schoolbestuur.objects.update(naam="Stichting Zilte Scholen")
    importeer("scholen", bestand_02(rij_02("99AA00"), rij_02("99AB00")))
    assert Schoolbestuur.objects.get().naam == "Stichting Zilte Scholen"


def test_a_school_that_is_gone_stays_active_and_is_named(importeer):
    importeer("scholen", bestand_02(rij_02("99AA00"), rij_02("99AB00")))
    assert "Niet meer in het bestand: 1 school; die blijft actief." in importeer(
        "scholen", bestand_02(rij_02("99AA00"))
    )
    assert School.objects.filter(actief=True).count() == 2


@pytest.mark.parametrize(
    ("opties", "codes"),
    [
        ((), {"99AA00", "99AB00", "99AC00"}),
        (("--gemeenten", "testdorp"), {"99AA00"}),
        (("--gemeenten", " TestDorp , Elders"), {"99AA00", "99AB00"}),
        (("--pc4", "3011"), {"99AC00"}),
        (("--gemeenten", "testdorp", "--pc4", "3011"), {"99AA00", "99AC00"}),
    ],
)
def test_limits(importeer, opties, codes):
    content = bestand_02(
        rij_02("99AA00"),
        rij_02("99AB00", gemeente="ELDERS", postcode="1111 ZZ"),
        rij_02("99AC00", gemeente="VERWEG", postcode="3011 ZZ"),
    )
    importeer("scholen", content, *opties)
    assert set(School.objects.values_list("vestigingscode", flat=True)) == codes


def test_a_wrong_row_outside_the_limits_does_not_matter(importeer):
    content = bestand_02(rij_02("99AA00"), rij_02("fout", gemeente="ELDERS"))
    importeer("scholen", content, "--gemeenten", "testdorp")
    assert School.objects.count() == 1


@pytest.mark.parametrize(
    ("rijen", "zinnen"),
    [
        ((rij_02("99A00"),), ["rij 2, kolom 'INSTELLINGSCODE': '99A0' is geen BRIN. Een BRIN is als 99AA."]),
        (
            (rij_02("99AA00"), rij_02("99AA0X")),
            ["rij 3, kolom 'VESTIGINGSCODE': '99AA0X' is geen vestigingscode. Een vestigingscode is als 99AA00."],
        ),
        (
            (rij_02("99AA00", brin="99AB"),),
            ["rij 2, kolom 'VESTIGINGSCODE': 99AA00 hoort niet bij 99AB."],
        ),
        (
            (rij_02("99AA00"), rij_02("99AB00"), rij_02("99AA00")),
            ["rij 4, kolom 'VESTIGINGSCODE': 99AA00 staat ook in rij 2."],
        ),
        (
            (rij_02("99AA00", bestuur=""), rij_02("99AB00", postcode="niets")),
            [
                "rij 2, kolom 'BEVOEGD GEZAG NUMMER': '' is geen nummer van een bevoegd gezag (vijf cijfers).",
                "rij 3, kolom 'POSTCODE': 'niets' is geen postcode.",
            ],
        ),
        ((rij_02("99AA00", ""),), ["rij 2, kolom 'VESTIGINGSNAAM': Hier moet een naam staan."]),
        (
            (rij_02("99AA00", "x" * 151),),
            ["rij 2, kolom 'VESTIGINGSNAAM': De tekst heeft 151 tekens. Er passen er 150."],
        ),
    ],
)
def test_wrong_cells_are_named_and_nothing_is_written(weigert, rijen, zinnen):
    assert weigert("scholen", bestand_02(*rijen)) == [f"duo.csv: {zin}" for zin in zinnen]


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        (b"", "leeg"),
        (b"   \r\n", "leeg"),
        (KOPPEN_02.encode() + b"\r\n", "rijen"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "afbeelding"),
        (b"abc\x00def;x\n1;2\n", "NUL"),
        ((";".join(f"K{n}" for n in range(1_000_000)) + "\n").encode(), "te veel kolommen"),
        (b"naam;leeftijd\nPiet;3\n", "geen bestand 'schoolvestigingen'"),
        (bestand_02(rij_02("99AA00") + ";over"), "32 cellen"),
        (bestand_02(KOPPEN_02, koppen=KOPPEN_02 + ";POSTCODE"), "twee keer"),
    ],
)
def test_wrong_files_are_refused_with_a_sentence(weigert, inhoud, woord):
    assert woord in "\n".join(weigert("scholen", inhoud))


def test_the_other_file_is_recognised(weigert):
    (said,) = weigert("scholen", bestand_06(rij_06("99AA00")))
    assert "Kies de import 'leerlingen'" in said
    (said,) = weigert("leerlingen", bestand_02(rij_02("99AA00")))
    assert "Kies de import 'scholen'" in said


def test_a_mistyped_gemeente_is_refused(weigert):
    (said,) = weigert("scholen", bestand_02(rij_02("99AA00")), "--gemeenten", "testdorp,tesdorp")
    assert "De gemeente 'tesdorp' komt niet voor in dit bestand." in said


def test_limits_with_nothing_inside(weigert):
    (said,) = weigert("scholen", bestand_02(rij_02("99AA00")), "--pc4", "9999")
    assert "Geen school in dit bestand valt binnen de grenzen" in said


def test_a_wrong_pc4_is_an_error_of_the_command(importeer):
    with pytest.raises(CommandError, match="geen PC4"):
        importeer("scholen", bestand_02(rij_02("99AA00")), "--pc4", "20x1")


DIALECT = (
    "BRIN_NUMMER",
    "VESTIGINGSNUMMER",
    "Vestigingsnaam",
    "Bevoegd gezag nr",
    "STRAATNAAM",
    "POSTCODE",
    "PLAATSNAAM",
)


@pytest.mark.parametrize("scheiding", [";", ",", "\t"])
@pytest.mark.parametrize(("nummer", "code"), [("99AA01", "99AA01"), ("01", "99AA01"), ("1", "99AA01"), ("0", "99AA00")])
def test_other_headers_and_short_vestiging_numbers(importeer, scheiding, nummer, code):
    row = ("99AA", nummer, "De Dolfijn", "99901", "Zeeweg", "2011ab", "Testdorp", "Testdorp")
    importeer("scholen", tabel((*DIALECT, "GEMEENTENAAM"), row, scheiding=scheiding))
    school = School.objects.get()
    assert (school.vestigingscode, school.postcode) == (code, "2011 AB")


def test_xlsx_is_read_too(importeer, tmp_path):
    book = openpyxl.Workbook()
    book.active.append([*DIALECT, "GEMEENTENAAM"])
    book.active.append(["99AA", "99AA00", "De Dolfijn", 99901, "Zeeweg", "2011 AB", "Testdorp", "Testdorp"])
    stream = io.BytesIO()
    book.save(stream)
    importeer("scholen", stream.getvalue())
    assert School.objects.get().bestuur.bevoegd_gezag_nummer == "99901"
