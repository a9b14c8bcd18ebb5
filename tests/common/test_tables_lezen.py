"""Reading CSV and XLSX: what is recognised, what is refused, and that a refusal names its place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common.tables import (
    Blad,
    Fout,
    Fouten,
    Kolom,
    Onleesbaar,
    Soort,
    lees_tabel,
    normaliseer,
    schrijf_csv,
    schrijf_xlsx,
)
from tests.common.tabellen import AANTAL, NAAM, waarden, xlsx, zinnen


@pytest.mark.parametrize(
    ("data"),
    [
        "naam;aantal\r\nCafé;3\r\n".encode(),
        "naam;aantal\nCafé;3".encode("utf-8-sig"),
        "naam;aantal\r\nCafé;3\r\n".encode("cp1252"),
        'naam,aantal\n"Café",3\n'.encode(),
        "naam\taantal\nCafé\t3\n".encode(),
        "sep=,\r\nnaam,aantal\r\nCafé,3\r\n".encode(),
        "\n\nNAAM;Aantal\n\nCafé;3\n;\n".encode(),
        xlsx(["naam", "aantal"], ["Café", 3]),
        xlsx(["naam", "aantal", None], [None], [" Café ", 3.0]),
    ],
)
def test_the_same_table_in_every_shape(data):
    assert waarden(data, [NAAM, AANTAL]) == [["Café", 3]]


@pytest.mark.parametrize("kop", ["BRIN NUMMER", "brin_nummer", "Brin-Nummer", "brïnnummer", " BRIN  NUMMER "])
def test_headers_are_the_same_without_case_spaces_and_accents(kop):
    data = f"{kop};x\n99AA;1\n".encode()
    assert waarden(data, [Kolom("brin", koppen=("BRINNUMMER",))]) == [["99AA"]]


def test_row_numbers_are_those_a_person_counts():
    read = lees_tabel(b'naam;aantal\n"a\nb";1\n\nc;twee\nd;\n;5\n', [NAAM, AANTAL])
    assert read == Fouten(
        (Fout(4, "aantal", "'twee' is geen heel getal."), Fout(6, "naam", "Deze cel mag niet leeg zijn.")),
    )
    assert str(read.fouten[0]) == "rij 4, kolom 'aantal': 'twee' is geen heel getal."


def test_one_wrong_cell_means_nothing_is_read_and_many_errors_are_counted():
    data = b"naam;aantal\ngoed;1\n" + b"x;y\n" * 250
    read = lees_tabel(data, [NAAM, AANTAL])
    assert isinstance(read, Fouten)
    assert len(read) == 250
    assert len(read.fouten) == 100
    assert read.zinnen[-1] == "En nog 150 andere fouten."


def test_with_a_check_of_its_own_everything_is_said_at_once():
    """The check gets every row, with what could be read of it."""
    seen = []

    def controleer(row):
        seen.append(row.waarden)
        return [Fout(row.nummer, "naam", "Nee.")] if row.waarden.get("naam") == "b" else []

    data = b"naam;naam;jaar\na;1;2\nb;1;x\nc\n"
    wanted = [NAAM, AANTAL, Kolom("jaar", soort=Soort.GEHEEL), Kolom("extra", aanwezig=False)]
    assert zinnen(data, wanted, controleer=controleer) == [
        "rij 1, kolom 'naam': Deze kolom staat er twee keer in.",
        "rij 1, kolom 'aantal': Deze kolom ontbreekt.",
        "rij 3, kolom 'jaar': 'x' is geen heel getal.",
        "rij 3, kolom 'naam': Nee.",
        "rij 4: Deze rij heeft 1 cel, er zijn 3 koppen.",
    ]
    assert seen == [{"extra": None, "naam": "a", "jaar": 2}, {"extra": None, "naam": "b"}, {"extra": None}]


@pytest.mark.parametrize(
    ("data", "deel"),
    [
        (b"", "leeg"),
        (b"  \r\n ", "leeg"),
        (b"naam;aantal\n", "geen rijen"),
        ("naam;aantal\na;1".encode("utf-16"), "UTF-16"),
        ("naam;aantal\na;1".encode("utf-16-le"), "rij 1: Hier staat een NUL-teken"),
        (b"naam;aantal\na;1\nb;\x00\n", "rij 3: Hier staat een NUL-teken"),
        (b"naam;aantal\na;\x81\xff\n", "rij 2: Hier staan tekens die niet te lezen zijn"),
        (b"naam;aantal\na;1\x1a\n", "rij 2"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Excel-bestand"),
        (b"PK\x03\x04kapot", "geen leesbaar XLSX"),
        (b'naam;aantal\n"a;1\nb;2\n', "rij 2: Deze rij is niet te lezen"),
        (b"naam;aantal\na;1;2\n", "rij 2: Deze rij heeft 3 cellen, er zijn 2 koppen"),
        (b"naam;aantal\na\n", "rij 2: Deze rij heeft 1 cel, er zijn 2 koppen"),
        (b"naam;naam\na;1\n", "rij 1, kolom 'naam': Deze kolom staat er twee keer in"),
        (b"naam;;aantal\na;b;1\n", "rij 1, kolom '2': Deze kolom heeft geen kop"),
        (b"aantal\n1\n", "rij 1, kolom 'naam': Deze kolom ontbreekt"),
        (b"naam;aantal\n" + b"x" * 20_000 + b";1\n", "De tekst heeft 20000 tekens"),
    ],
)
def test_a_file_that_is_not_a_table_gets_a_sentence(data, deel):
    assert deel in zinnen(data, [NAAM, AANTAL])[0]


def test_a_missing_file_is_an_error_and_not_a_crash(tmp_path):
    assert "niet te openen" in zinnen(tmp_path / "weg.csv", [NAAM])[0]
    assert "niet te openen" in zinnen(tmp_path, [NAAM])[0]


def test_unknown_columns_are_ignored_or_refused_by_name():
    data = b"naam;verrassing\na;b\n"
    assert waarden(data, [NAAM]) == [["a"]]
    assert zinnen(data, [NAAM], onbekend="weiger") == ["rij 1, kolom 'verrassing': Deze kolom is niet bekend."]


def test_an_optional_column_that_is_absent_is_none():
    assert waarden(b"naam\na\n", [NAAM, Kolom("extra", aanwezig=False, leeg=True)]) == [["a", None]]


def test_columns_may_depend_on_the_header():
    def kolommen(koppen: list[str]) -> list[Kolom] | Fouten:
        years = [Kolom(kop, soort=Soort.GEHEEL) for kop in koppen if kop.startswith("jaar_")]
        return [NAAM, *years] if years else Fouten((Fout(1, None, "Er is geen jaar."),))

    read = lees_tabel(b"naam;jaar_2023;jaar_2024\na;1;2\n", kolommen)
    assert read.rijen[0].waarden == {"naam": "a", "jaar_2023": 1, "jaar_2024": 2}
    assert lees_tabel(b"naam\na\n", kolommen) == Fouten((Fout(1, None, "Er is geen jaar."),))


def test_a_column_may_have_a_reader_of_its_own():
    def minder_dan(value: object) -> object:
        return Decimal("2.5") if value == "<5" else Onleesbaar(f"'{value}' kan hier niet.")

    kolom = Kolom("n", lees=minder_dan)
    assert waarden(b"n\n<5\n", [kolom]) == [[Decimal("2.5")]]
    assert zinnen(b"n\nx\n", [kolom]) == ["rij 2, kolom 'n': 'x' kan hier niet."]


CEL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30).map(str.strip)


@given(st.lists(st.tuples(CEL.filter(bool), st.integers(-(10**9), 10**9)), min_size=1, max_size=8))
def test_what_was_written_is_read_back(rows):
    kolommen = [NAAM, Kolom("aantal", soort=Soort.GEHEEL)]
    wanted = [list(row) for row in rows]
    for notatie in ("machine", "nl"):
        assert waarden(schrijf_csv(["naam", "aantal"], rows, notatie), kolommen) == wanted


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-5", "@naam", "'t Venster", "<b>&amp;", 'a;b"c'])
def test_text_comes_back_from_a_workbook_as_it_was(text):
    assert waarden(schrijf_xlsx([Blad("b", ["naam"], [[text]])]), [NAAM]) == [[text]]


def test_normaliseer():
    assert normaliseer("Brin_Nummer") == normaliseer("BRIN-NUMMER ") == "brinnummer"
