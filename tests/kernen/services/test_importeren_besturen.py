"""Names of boards in DUO's files: a new board gets the most frequent, and one that differs is said, not taken over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernen.models import Schoolbestuur
from tests.kernen.duo import KOPPEN_06, bestand_02, bestand_06, met_besturen, rij_02, rij_06

pytestmark = pytest.mark.django_db
ANDERS = "1 bestuur heet in het bestand anders; de naam in het portaal blijft."
MEER_NAMEN = "1 bestuur heeft in het bestand meer dan één naam; de naam die er het vaakst staat, telt."


def namen() -> dict[str, str]:
    return dict(Schoolbestuur.objects.values_list("bevoegd_gezag_nummer", "naam"))


def test_a_name_that_changed_in_the_file_is_said_and_not_taken_over(importeer):
    importeer("scholen", met_besturen(("99AA00", "99901", "Stichting Zilt"), ("99AB00", "99902", "Stichting Zoet")))
    said = importeer("scholen", met_besturen(("99AA00", "99901", "Stichting Zee"), ("99AB00", "99902", "")))
    assert ANDERS in said
    assert "meer dan één naam" not in said
    assert namen() == {"99901": "Stichting Zilt", "99902": "Stichting Zoet"}
    again = importeer("scholen", met_besturen(("99AA00", "99901", "Stichting Zilt")))
    assert "heet in het bestand anders" not in again


@pytest.mark.parametrize("bekend", [False, True], ids=["new", "without a name of its own"])
def test_of_several_names_the_most_frequent_is_given_and_said(importeer, bekend):
    if bekend:
        importeer("scholen", bestand_02(rij_02("99AA00")))
        assert namen() == {"99901": "Bevoegd gezag 99901"}
    rows = [("99AA00", "Aak"), ("99AB00", "Zilt"), ("99AC00", "Aak"), ("99AD00", ""), ("99AE00", ""), ("99AF00", "")]
    said = importeer("scholen", met_besturen(*((code, "99901", naam) for code, naam in rows)))
    assert MEER_NAMEN in said
    assert "heet in het bestand anders" not in said
    assert namen() == {"99901": "Aak"}, "and no name at all is not one of them"


def test_several_names_of_a_board_that_has_one_already(importeer):
    importeer("scholen", met_besturen(("99AA00", "99901", "Aak")))
    rows = (("99AA00", "99901", "Aak"), ("99AB00", "99901", "Zilt"), ("99AC00", "99901", "Zilt"))
    said = importeer("scholen", met_besturen(*rows))
    assert ANDERS in said
    assert MEER_NAMEN not in said
    assert namen() == {"99901": "Aak"}


def test_the_counts_name_the_boards_of_new_schools_too(importeer):
    importeer("scholen", met_besturen(("99AA00", "99901", "Aak")))
    rows = [("99AA00", "99901", "Elders"), ("99AB00", "99901", "Zilt")]
    rows += [("99AC00", "99902", "D"), ("99AD00", "99902", "C"), ("99AE00", "99902", "C")]
    content = bestand_06(
        *(f"{rij_06(code, '5', bestuur=bestuur)};{naam}" for code, bestuur, naam in rows),
        koppen=f"{KOPPEN_06};BEVOEGD_GEZAG_NAAM",
    )
    said = importeer("leerlingen", content, "--jaar", "2023")
    assert ANDERS in said
    assert MEER_NAMEN in said
    assert "Nieuwe besturen: 1." in said
    assert namen() == {"99901": "Aak", "99902": "C"}


def test_names_cost_no_query_more(importeer):
    def count(content: bytes) -> int:
        with CaptureQueriesContext(connection) as seen:
            importeer("scholen", content)
        return len(seen)

    plain = count(bestand_02(rij_02("99AA00")))
    assert count(met_besturen(("99AB00", "99902", "Aak"), ("99AC00", "99902", "Zilt"))) == plain
