"""Importing pupil counts of DUO at the command line: what is written, and what is refused with row and column."""

from datetime import date

import pytest

from kernen.models import Leerlingtelling, School, Schoolbestuur
from tests.factories.kernen import LeerlingtellingFactory, SchoolFactory
from tests.kernen.duo import bestand_02, bestand_06, rij_02, rij_06

pytestmark = pytest.mark.django_db


def test_counts_of_the_chosen_year(importeer):
    SchoolFactory(vestigingscode="99AA00")
    row = rij_06("99AA00", "124", tellingen={2022: "<5", 2024: 131})
    said = importeer("leerlingen", bestand_06(row), "--jaar", "2023")
    counted = Leerlingtelling.objects.get()
    assert (counted.teldatum, counted.aantal, counted.minder_dan_vijf) == (date(2023, 2, 1), 124, False)
    assert "Leerlingen op 1 februari 2023: 124" in said
    importeer("leerlingen", bestand_06(row), "--jaar", "2022")
    hidden = Leerlingtelling.objects.get(teldatum=date(2022, 2, 1))
    assert (hidden.aantal, hidden.minder_dan_vijf) == (None, True)


def test_without_a_year_the_newest_is_read(importeer):
    SchoolFactory(vestigingscode="99AA00")
    importeer("leerlingen", bestand_06(rij_06("99AA00", tellingen={2025: 77})))
    assert Leerlingtelling.objects.get().aantal == 77


def test_a_count_that_changed_is_replaced(importeer):
    school = SchoolFactory(vestigingscode="99AA00")
    LeerlingtellingFactory(school=school, aantal=5)
    said = importeer("leerlingen", bestand_06(rij_06("99AA00", "<5")), "--jaar", "2023")
    counted = Leerlingtelling.objects.get()
    assert (counted.aantal, counted.minder_dan_vijf) == (None, True)
    assert "0 nieuw, 1 gewijzigd" in said


@pytest.mark.parametrize(
    ("soort", "wordt"), [("SO", "SO"), ("SBO", "SBO"), ("VSO", "VSO"), ("SO/VSO", "SO-VSO"), ("BO", "BAO")]
)
def test_an_unknown_school_comes_from_its_own_columns(importeer, soort, wordt):
    importeer("leerlingen", bestand_06(rij_06("99AC03", "88", "De Vuurtoren", soort)), "--jaar", "2023")
    school = School.objects.get()
    assert (school.vestigingscode, school.naam, school.soort, school.gemeente) == (
        "99AC03",
        "De Vuurtoren",
        wordt,
        "Testdorp",
    )
    assert school.bestuur.naam == "Bevoegd gezag 99901"


def test_a_known_school_keeps_its_name_and_board(importeer):
    school = SchoolFactory(vestigingscode="99AA00", naam="Basisschool De Zeehond")
    importeer("leerlingen", bestand_06(rij_06("99AA00", naam="Bs Zeehond", bestuur="99955")), "--jaar", "2023")
    school.refresh_from_db()
    assert school.naam == "Basisschool De Zeehond"
    assert Schoolbestuur.objects.count() == 1


def test_a_school_that_closed_long_ago_is_not_made(importeer):
    said = importeer(
        "leerlingen", bestand_06(rij_06("99AA00", "0", bestuur=""), rij_06("99AB00", "9")), "--jaar", "2023"
    )
    assert list(School.objects.values_list("vestigingscode", flat=True)) == ["99AB00"]
    assert "1 school zonder leerlingen" in said


def test_counts_within_limits(importeer):
    SchoolFactory(vestigingscode="99AA00", gemeente="Elders", postcode="3011 AB")
    content = bestand_06(
        rij_06("99AA00", "10", gemeente="ELDERS"), rij_06("99AB00", "20"), rij_06("99AC00", "30", gemeente="VERWEG")
    )
    importeer("leerlingen", content, "--jaar", "2023", "--gemeenten", "testdorp", "--pc4", "3011")
    assert dict(Leerlingtelling.objects.values_list("school__vestigingscode", "aantal")) == {"99AA00": 10, "99AB00": 20}


@pytest.mark.parametrize(
    ("rijen", "opties", "zin"),
    [
        ((rij_06("99AA00"),), ("--jaar", "2031"), "kolom 'LEERLINGEN_2031': Deze kolom ontbreekt."),
        ((rij_06("99AA00", "veel"),), ("--jaar", "2023"), "rij 2, kolom 'LEERLINGEN_2023': 'veel' is geen aantal"),
        ((rij_06("99AA00", soort="XO"),), ("--jaar", "2023"), "rij 2, kolom 'SOORT_VESTIGING': 'XO' is geen soort"),
        (
            (rij_06("99AA00"), rij_06("99AA00")),
            ("--jaar", "2023"),
            "rij 3, kolom 'VESTIGINGSCODE': 99AA00 staat ook in rij 2.",
        ),
    ],
)
def test_wrong_counts_are_refused(weigert, rijen, opties, zin):
    assert zin in "\n".join(weigert("leerlingen", bestand_06(*rijen), *opties))


def test_a_hundred_errors_are_named_and_the_rest_is_counted(weigert):
    said = weigert(
        "leerlingen",
        bestand_06(*(rij_06(f"99A{chr(65 + n % 26)}{n // 26:02}", "?") for n in range(120))),
        "--jaar",
        "2023",
    )
    assert len(said) == 101
    assert said[-1] == "duo.csv: En nog 20 andere fouten."


def test_the_whole_country_is_read_in_seconds(importeer):
    codes = [f"{10 + n // 676}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}00" for n in range(9_700)]
    importeer("scholen", bestand_02(*(rij_02(code, f"School {code}") for code in codes[:6_100])))
    importeer("leerlingen", bestand_06(*(rij_06(code) for code in codes)), "--jaar", "2023")
    assert School.objects.count() == Leerlingtelling.objects.count() == 9_700
