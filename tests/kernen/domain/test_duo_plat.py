"""What is judged by column is what is judged by row, for every file that can be judged by column."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernen.domain.duo import Beoordeling, Grenzen, beoordeel_leerlingen, beoordeel_scholen, maak_grenzen
from kernen.domain.duo_kolommen import LEERLINGEN, SCHOLEN, kolommen_van
from kernen.domain.duo_plat import beoordeel_leerlingen_plat, beoordeel_scholen_plat
from kernen.models import Schoolbestuur
from swv_portal.common.tables import Fouten, lees_tabel
from swv_portal.common.tables import Grenzen as Bestandsgrenzen
from swv_portal.common.tables.plain import lees_plat
from tests.kernen.duo import KOPPEN_02, KOPPEN_06, bestand_02, bestand_06, rij_02, rij_06

ALLES = maak_grenzen()
JAAR = {SCHOLEN: None, LEERLINGEN: 2023}
BEKEND = {"99AA00": "2011 AB", "99AB00": "1950 CD"}


def snel(soort: str, bestand: bytes, grenzen: Grenzen = ALLES) -> Beoordeling | None:
    table = lees_plat(bestand, kolommen_van(soort, JAAR[soort]))
    if table is None:
        return None
    if soort == SCHOLEN:
        return beoordeel_scholen_plat(table, grenzen)
    return beoordeel_leerlingen_plat(table, grenzen, BEKEND)


def langzaam(soort: str, bestand: bytes, grenzen: Grenzen = ALLES) -> Beoordeling | Fouten:
    table = lees_tabel(bestand, kolommen_van(soort, JAAR[soort]))
    if isinstance(table, Fouten):
        return table
    if soort == SCHOLEN:
        return beoordeel_scholen(table, grenzen)
    return beoordeel_leerlingen(table, grenzen, BEKEND)


def test_a_good_file_is_judged_by_column() -> None:
    schools = bestand_02(*(rij_02(f"99A{letter}00", f"School {letter}") for letter in "ABCDE"))
    assert snel(SCHOLEN, schools) == langzaam(SCHOLEN, schools)
    counts = bestand_06(rij_06("99AA00", "12"), rij_06("99AC00", "<5"), rij_06("99AD00", "0"))
    found = snel(LEERLINGEN, counts)
    assert found == langzaam(LEERLINGEN, counts)
    assert found is not None
    assert (len(found.aantallen), found.leeg) == (2, 1)


def test_a_long_name_of_a_board_is_cut_to_what_fits() -> None:
    file = bestand_02(f"{rij_02('99AA00')};{'B' * 200}", koppen=f"{KOPPEN_02};BEVOEGD_GEZAG_NAAM")
    found = snel(SCHOLEN, file)
    assert found == langzaam(SCHOLEN, file)
    assert found is not None
    assert [len(naam) for naam in found.scholen.bestuursnaam] == [Schoolbestuur._meta.get_field("naam").max_length]


def test_of_a_known_school_only_the_code_is_kept() -> None:
    found = snel(LEERLINGEN, bestand_06(rij_06("99AA00", "<5")))
    assert found is not None
    assert list(zip(*found.scholen, strict=True)) == [("99AA00", "", None, *[""] * 7)]


@pytest.mark.parametrize(
    "limits", [maak_grenzen(["testdorp"]), maak_grenzen((), ["1950"]), maak_grenzen(["elders"], ["2011"])]
)
def test_limits_leave_out_the_same_rows(limits: Grenzen) -> None:
    rows = [rij_02("99AA00"), rij_02("99AB00", gemeente="ELDERS", postcode="1950CD"), rij_02("99AC00", gemeente="VER")]
    file = bestand_02(*rows)
    assert snel(SCHOLEN, file, limits) == langzaam(SCHOLEN, file, limits)
    counts = bestand_06(rij_06("99AA00", "1"), rij_06("99AB00", "2"), rij_06("99AC00", "3"))
    slow = langzaam(LEERLINGEN, counts, limits)
    assert snel(LEERLINGEN, counts, limits) == (None if isinstance(slow, Fouten) else slow)


@pytest.mark.parametrize(
    ("soort", "file"),
    [
        (SCHOLEN, bestand_02(rij_02("99AA00"), ";" * KOPPEN_02.count(";"))),
        (LEERLINGEN, bestand_06(rij_06("99AA00", "1"), ";" * KOPPEN_06.count(";"))),
    ],
    ids=[SCHOLEN, LEERLINGEN],
)
def test_a_row_without_any_text_is_not_counted_as_outside_the_limits(soort: str, file: bytes) -> None:
    limits = maak_grenzen(["testdorp"])
    slow = langzaam(soort, file, limits)
    assert isinstance(slow, Beoordeling)
    assert slow.buiten == 0
    assert snel(soort, file, limits) in (None, slow)


MIS: tuple[tuple[str, bytes], ...] = (
    ("twice the same code", bestand_02(rij_02("99AA00"), rij_02("99AA00"))),
    ("no code", bestand_02(rij_02("99A00"))),
    ("another BRIN", bestand_02(rij_02("99AA00", brin="99AB"))),
    ("two codes in one cell", bestand_02(rij_02("99AA00|99AB00"))),
    ("two boards in one cell", bestand_02(rij_02("99AA00", bestuur="1|2"))),
    ("no board", bestand_02(rij_02("99AA00", bestuur="x"))),
    ("a board that is too long", bestand_02(rij_02("99AA00", bestuur="123456"))),
    ("no postcode", bestand_02(rij_02("99AA00", postcode="20111 A"))),
    ("no name", bestand_02(rij_02("99AA00", ""))),
    ("a name that is too long", bestand_02(rij_02("99AA00", "x" * 151))),
    ("a row too short", bestand_02(rij_02("99AA00"), "a;b")),
    ("an open quote", bestand_02('"' + rij_02("99AA00"))),
    ("another header", bestand_02(rij_02("99AA00"), koppen=KOPPEN_02.replace("POSTCODE;", "X;", 1))),
    ("the other file", bestand_06(rij_06("99AA00", "1"))),
    ("only a header", bestand_02()),
    ("nothing", b""),
    ("no text", b"\x00\x01"),
    ("a picture", b"\x89PNG\r\n"),
    ("a zip", b"PK\x03\x04 nothing"),
)


@pytest.mark.parametrize("bestand", [file for _, file in MIS], ids=[name for name, _ in MIS])
def test_what_is_wrong_is_left_to_the_rows(bestand: bytes) -> None:
    assert snel(SCHOLEN, bestand) is None
    assert isinstance(langzaam(SCHOLEN, bestand), Fouten)


@pytest.mark.parametrize(
    "aantal", ["x", "-1", "12345", "<6", "1.000", pytest.param("9" * 5000, id="more digits than Python reads")]
)
def test_a_count_that_is_none_is_left_to_the_rows(aantal: str) -> None:
    file = bestand_06(rij_06("99AA00", aantal))
    assert snel(LEERLINGEN, file) is None
    assert isinstance(langzaam(LEERLINGEN, file), Fouten)


def test_a_file_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "02.csv"
    path.write_bytes(bestand_02(rij_02("99AA00")))
    assert lees_plat(path, kolommen_van(SCHOLEN)) is not None
    assert lees_plat(tmp_path / "absent.csv", kolommen_van(SCHOLEN)) is None


#: Texts as they turn up in such files: white space, quotes, capitals, other alphabets, and delimiters.
TEKST = st.text(st.sampled_from("aZé '\"-;|\t\u00a0\u2003\u200bß\\ 0"), max_size=8)
CODE = st.sampled_from(["99AA00", "99AA00|99AB00", "99AB00", "99ac00", " 99AD00 ", "99AE01", "00", ""])
RIJ_02 = st.builds(
    lambda code, naam, **anders: rij_02(code, naam, **anders),
    CODE,
    st.one_of(st.just("De Berk"), TEKST),
    brin=st.sampled_from(["99AA", "99AB", "99ac", "", "99AE"]),
    bestuur=st.sampled_from(["99901", "1|2", "1", " 2 ", "", "abc"]),
    straat=st.one_of(st.just("Zeeweg"), TEKST),
    postcode=st.sampled_from(["2011 AB", "2011ab", "", " 1950  CD", "0000 AA"]),
    plaats=st.sampled_from(["WIJK AAN ZEE", "IJMUIDEN", "Den Haag", "'s-GRAVENHAGE", "  a  b "]),
    gemeente=st.sampled_from(["TESTDORP", "Elders", "", "A  B"]),
)
GRENZEN = st.sampled_from([ALLES, maak_grenzen(["testdorp"]), maak_grenzen((), ["2011"]), maak_grenzen(["nergens"])])


def _rij_06(code: str, aantal: str, naam: str) -> str:
    return rij_06(code, aantal).replace("De Zeehond", naam)


RIJ_06 = st.builds(
    _rij_06, CODE, st.sampled_from(["0", "12", "<5", "< 5", "", "x"]), st.one_of(st.just("De Berk"), TEKST)
)


#: What a table program, or a hand, does to a good file: rows without text, cells over more lines, a text without end.
LANG = Bestandsgrenzen().rij


#: More than this the ``csv`` module refuses to read in one cell.
CEL = csv.field_size_limit()


def _leeg(rij: str, at: int) -> str:
    """The row with nothing in any of its cells, but here and there a space."""
    cells = [""] * len(rij.split(";"))
    cells[at % len(cells)] = " "
    return ";".join(cells)


def _in_een_cel(rij: str, at: int, maak: Callable[[str], str]) -> str:
    cells = rij.split(";")
    cells[at % len(cells)] = maak(cells[at % len(cells)])
    return ";".join(cells)


def _regels(cell: str) -> str:
    return '"' + cell.replace('"', "") + '\n"'


def _lang(rij: str, at: int, cell: str) -> str:
    """The row with too much text in six cells that nobody asked for, each of which may be as long as it is."""
    cells, first = rij.split(";"), 11 + at % 10
    return ";".join([*cells[:first], *[cell] * 6, *cells[first + 6 :]])


def _ruim(rij: str, at: int, cell: str) -> str:
    """The row with a long text in one cell that nobody asked for."""
    cells = rij.split(";")
    return ";".join([*cells[: 11 + at % 10], cell, *cells[12 + at % 10 :]])


WIJZIGINGEN: tuple[Callable[[str, int], str], ...] = (
    lambda rij, at: rij,
    _leeg,
    lambda rij, at: "",
    lambda rij, at: _in_een_cel(rij, at, _regels),
    lambda rij, at: _in_een_cel(rij, at, lambda cell: _regels(cell).replace("\n", "\r")),
    lambda rij, at: _lang(rij, at, "x" * (LANG // 5)),
    lambda rij, at: _lang(rij, at, '"' + "x\n" * (LANG // 10) + '"'),
    lambda rij, at: _ruim(rij, at, "x" * (CEL + at % 3 - 1)),
    lambda rij, at: _ruim(rij, at, '"' + "x" * (CEL + at % 3 - 1) + '"'),
    lambda rij, at: _ruim(rij, at, '"' + "x\n" * (CEL // 2 + at % 3) + '"'),
)
Rijen = list[tuple[str, tuple[Callable[[str, int], str], int]]]
WIJZIGING = st.tuples(st.sampled_from(WIJZIGINGEN), st.integers(0, 40))
#: Columns that nobody asked for, after those of the file; each header on a line of its own when it has quotes.
EXTRA = st.sampled_from([0, 0, 0, 1, 220, 250])


def _bestand(koppen: str, rijen: Rijen, extra: int, los: bool) -> bytes:
    heads = [f'"kop\n{number}"' if los else f"kop{number}" for number in range(extra)]
    rows = [";".join([wijzig(row, at), *["x"] * extra]) for row, (wijzig, at) in rijen]
    return ("\r\n".join([";".join([koppen, *heads]), *rows]) + "\r\n").encode()


def _gelijk(soort: str, file: bytes, limits: Grenzen) -> None:
    quick, slow = snel(soort, file, limits), langzaam(soort, file, limits)
    if quick is not None:
        assert quick == slow


@given(st.lists(st.tuples(RIJ_02, WIJZIGING), max_size=4), EXTRA, st.booleans(), GRENZEN)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_by_column_is_by_row_for_schools(rows: Rijen, extra: int, los: bool, limits: Grenzen) -> None:
    _gelijk(SCHOLEN, _bestand(KOPPEN_02, rows, extra, los), limits)


@given(st.lists(st.tuples(RIJ_06, WIJZIGING), max_size=4), EXTRA, st.booleans(), GRENZEN)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_by_column_is_by_row_for_counts(rows: Rijen, extra: int, los: bool, limits: Grenzen) -> None:
    _gelijk(LEERLINGEN, _bestand(KOPPEN_06, rows, extra, los), limits)


GOEDE_CODES = st.lists(st.sampled_from(["99AA00", "99AB00", "99AC00"]), min_size=1, max_size=3, unique=True)
BINNEN = st.sampled_from([ALLES, maak_grenzen(["testdorp"])])


@pytest.mark.parametrize(("soort", "koppen", "maak"), [(SCHOLEN, KOPPEN_02, rij_02), (LEERLINGEN, KOPPEN_06, rij_06)])
@given(GOEDE_CODES, st.lists(WIJZIGING, min_size=1, max_size=2), EXTRA, st.booleans(), BINNEN)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=200)
def test_what_is_unusual_in_a_good_file_is_by_column_as_by_row(
    soort: str,
    koppen: str,
    maak: Callable[[str], str],
    codes: list[str],
    wijzigingen: list[tuple[Callable[[str, int], str], int]],
    extra: int,
    los: bool,
    limits: Grenzen,
) -> None:
    rows: Rijen = [(maak(code), (WIJZIGINGEN[0], 0)) for code in codes]
    rows += [(maak(f"99AD{number:02}"), change) for number, change in enumerate(wijzigingen)]
    _gelijk(soort, _bestand(koppen, rows, extra, los), limits)


GOED = (rij_02("99AA00"), (WIJZIGINGEN[0], 0))
ONGEWOON = {
    "a row without text": _bestand(KOPPEN_02, [GOED, (rij_02("99AB00"), (_leeg, 3))], 0, los=False),
    "a row without end": _bestand(KOPPEN_02, [(rij_02("99AA00"), (WIJZIGINGEN[5], 11))], 0, los=False),
    "a row of lines without end": _bestand(KOPPEN_02, [(rij_02("99AA00"), (WIJZIGINGEN[6], 11))], 0, los=False),
    "a cell over two lines": _bestand(KOPPEN_02, [(rij_02("99AA00"), (WIJZIGINGEN[3], 11))], 0, los=False),
    "a header over lines": _bestand(KOPPEN_02, [GOED] * 2, 250, los=True),
}


@pytest.mark.parametrize("file", ONGEWOON.values(), ids=ONGEWOON)
def test_an_unusual_row_is_left_to_the_rows(file: bytes) -> None:
    assert lees_plat(file, kolommen_van(SCHOLEN)) is None


@pytest.mark.parametrize("cell", ["{}", '"{}"'], ids=["bare", "in quotes"])
@pytest.mark.parametrize("soort", [SCHOLEN, LEERLINGEN])
def test_a_cell_that_is_too_long_where_nobody_looks_is_refused_by_its_own_sentence(soort: str, cell: str) -> None:
    maak, koppen = (rij_02, KOPPEN_02) if soort == SCHOLEN else (rij_06, KOPPEN_06)

    def found(length: int) -> Beoordeling | Fouten:
        rows = [maak("99AA00"), _ruim(maak("99AB00"), 3, cell.format("1" * length)), maak("99AC00")]
        file = _bestand(koppen, [(row, (WIJZIGINGEN[0], 0)) for row in rows], 0, los=False)
        quick, slow = snel(soort, file), langzaam(soort, file)
        assert quick is None or quick == slow
        return slow

    refused = found(CEL + 1)
    assert isinstance(refused, Fouten)
    assert refused.zinnen == [
        "rij 3: Een cel in deze rij heeft meer dan 131.072 tekens. Mist er een aanhalingsteken of een scheidingsteken?"
    ]
    assert isinstance(found(CEL), Beoordeling), "and one shorter is read"


def test_a_file_of_many_rows_is_not_taken_for_a_long_row() -> None:
    file = bestand_02(*(rij_02(f"{99 - at // 26:02}AA{at % 26:02}", "x" * 100) for at in range(2_500)))
    assert len(file) > 1.4 * LANG
    assert lees_plat(file, kolommen_van(SCHOLEN)) is not None
    assert lees_plat(file.removesuffix(b"\r\n"), kolommen_van(SCHOLEN)) is not None


@pytest.mark.parametrize("maak", [bestand_02, bestand_06], ids=["scholen", "leerlingen"])
def test_an_empty_line_at_the_end_is_no_row(maak: Callable[..., bytes]) -> None:
    soort, row = (SCHOLEN, rij_02("99AA00")) if maak is bestand_02 else (LEERLINGEN, rij_06("99AA00", "5"))
    file = maak(row) + b"\r\n\r\n"
    assert snel(soort, file) == langzaam(soort, file)
