"""Importing the table of SWV areas: the whole table is replaced, or nothing happens."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ondersteuning.models import SwvGebied
from ondersteuning.services.swv_gebieden import Vervangen, importeer_swv_gebieden
from swv_portal.access.actors import Actor
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from tests.factories.kernen import SchoolFactory
from tests.ondersteuning.conftest import Mensen

KOP = "pc4;swv_code;swv_naam"
GOED = ["2011;PO9901;SWV Duin", "1970;PO9902;SWV Polder", "2150;po9902;SWV Polder"]
DAG = date(2025, 3, 10)


def file(*rows: str, head: str = KOP) -> bytes:
    return ("\ufeff" + "\r\n".join([head, *rows])).encode()


def stored() -> list[tuple[str, str, str, date]]:
    return list(SwvGebied.objects.values_list("pc4", "swv_code", "swv_naam", "ingelezen_op"))


def read(mensen: Mensen, *rows: str, head: str = KOP, op: date = DAG) -> Vervangen | Fouten | Refusal:
    return importeer_swv_gebieden(actor=mensen.swv, bron=file(*rows, head=head), vandaag=op)


@pytest.mark.parametrize("head", [KOP, "POSTCODE4;SWV;NAAM", "Postcode 4;SWV-code;SWV naam"])
def test_a_good_file(mensen: Mensen, head: str) -> None:
    assert read(mensen, *GOED, head=head) == Vervangen(3, 0, 0, 0)
    assert stored() == [
        ("1970", "PO9902", "SWV Polder", DAG),
        ("2011", "PO9901", "SWV Duin", DAG),
        ("2150", "PO9902", "SWV Polder", DAG),
    ]
    assert Event.objects.get(soort="swvgebieden.geimporteerd").gegevens["nieuw"] == 3


def test_the_table_is_replaced_as_a_whole(mensen: Mensen) -> None:
    read(mensen, *GOED)
    later = date(2025, 4, 1)
    again = read(mensen, "2011;PO9901;SWV Duin", "1970;PO9903;SWV Veen", "3000;PO9903;SWV Veen", op=later)
    assert again == Vervangen(nieuw=1, gewijzigd=1, weg=1, gelijk=1)
    assert stored() == [
        ("1970", "PO9903", "SWV Veen", later),
        ("2011", "PO9901", "SWV Duin", later),
        ("3000", "PO9903", "SWV Veen", later),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2011 AB;PO9901;SWV Duin", "pc4"),
        ("0011;PO9901;SWV Duin", "pc4"),
        ("201;PO9901;SWV Duin", "pc4"),
        (";PO9901;SWV Duin", "pc4"),
        ("2012;VO9901;SWV Duin", "swv_code"),
        ("2012;PO99011;SWV Duin", "swv_code"),
        ("2012;;SWV Duin", "swv_code"),
        ("2012;PO9901;", "swv_naam"),
        ("2012;PO9901;SWV Duinen", "swv_naam"),
        ("2011;PO9901;SWV Duin", "pc4"),
    ],
)
def test_one_wrong_row_and_the_old_table_stays(mensen: Mensen, row: str, column: str) -> None:
    read(mensen, GOED[1])
    answer = read(mensen, GOED[0], row, GOED[1], op=date(2025, 4, 1))
    assert isinstance(answer, Fouten)
    assert [(error.rij, error.kolom) for error in answer] == [(3, column)]
    assert stored() == [("1970", "PO9902", "SWV Polder", DAG)]


def test_every_error_is_named_and_no_rows_is_refused(mensen: Mensen) -> None:
    answer = read(mensen, "20;XX;SWV Duin", "2011;PO9901;SWV Duin", "2011;PO9901;SWV Duin")
    assert isinstance(answer, Fouten)
    assert [(error.rij, error.kolom) for error in answer] == [(2, "pc4"), (2, "swv_code"), (4, "pc4")]
    assert answer.fouten[2].zin == "Deze postcode staat ook in rij 3."
    read(mensen, *GOED)
    assert isinstance(read(mensen), Fouten)
    assert len(stored()) == 3


def test_only_the_swv(mensen: Mensen, actor_als: Callable[..., Actor]) -> None:
    answer = importeer_swv_gebieden(actor=actor_als(Rol.IBER, SchoolFactory()), bron=file(*GOED), vandaag=DAG)
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"
    assert not stored()


def test_at_the_command_line(mensen: Mensen, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gebieden.csv"
    path.write_bytes(file(*GOED))
    call_command("importeer", "swv-gebieden", str(path))
    assert "3 nieuwe postcodes" in capsys.readouterr().out
    path.write_bytes(file("20;PO9901;SWV Duin"))
    with pytest.raises(CommandError):
        call_command("importeer", "swv-gebieden", str(path))
    assert len(stored()) == 3
