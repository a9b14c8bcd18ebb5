"""Which code of a round is a mistype of another one."""

import pytest

from evaluatie.domain.codes import lijkt_op, schooljaar_in

BEKEND = ["kernen-2024-2025", "kernen-2023-2024", "proef", "ronde-1", "r"]


@pytest.mark.parametrize(
    ("code", "bedoeld"),
    [
        ("kernen-2024-2052", ["kernen-2024-2025"]),
        ("kernen-2024-20255", ["kernen-2024-2025"]),
        ("kernen-2024-2026", ["kernen-2024-2025", "kernen-2023-2024"]),
        ("kernne-2024-2025", ["kernen-2024-2025"]),
        ("kernen2024-2025", ["kernen-2024-2025"]),
        ("kern-2024-2025", ["kernen-2024-2025"]),
        ("kernen-2023-224", ["kernen-2023-2024"]),
        ("poref", ["proef"]),
        ("rond-1", ["ronde-1"]),
    ],
)
def test_a_mistype_is_known_with_what_was_meant(code, bedoeld):
    assert lijkt_op(code, BEKEND) == bedoeld


@pytest.mark.parametrize(
    "code",
    [
        "kernen-2025-2026",  # another school year
        "kernen-2024-2025",  # is there
        "kernen-2024-2025-b",  # a part behind a hyphen
        "kernen",  # the other one has the part
        "ronde-2",  # another number
        "ouders-2024-2025",  # another word
        "poerf",  # two mistakes in five letters
        "s",  # too short to say
        "toets",
    ],
)
def test_a_code_that_is_new_on_purpose(code):
    assert lijkt_op(code, BEKEND) == []


def test_without_rounds_every_code_is_new():
    assert lijkt_op("kernen-2024-2025", []) == []


@pytest.mark.parametrize(
    ("code", "jaar"),
    [("kernen-2021-2022", 2021), ("r1", None), ("x-2021-2025", None), ("x-0001-0002", None), ("12021-2022", None)],
)
def test_the_school_year_in_a_code(code, jaar):
    assert schooljaar_in(code) == jaar
