"""Importing places: all or nothing, row and column, and the same file twice."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.domain.plaatsing import Periode, Soort
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.queries import plaatsingen_in
from ondersteuning.services.bekendmaken import leg_plaats_vast
from ondersteuning.services.intrekken import trek_tlv_in
from ondersteuning.services.plaatsingen import Verschil, importeer_plaatsingen
from ondersteuning.services.vernietigen import vernietig
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, PlaatsingFactory, SboFactory, SoFactory, in_staat
from tests.ondersteuning.conftest import Mensen

KOP = "verwijzing;vestigingscode_verwijzend;vestigingscode_ontvangend;categorie;soort;kostendrager;begin;einde"


@pytest.fixture
def scholen(db: None) -> None:
    SchoolFactory(brin="99ZA", vestigingscode="99ZA00")
    SboFactory(brin="99ZB", vestigingscode="99ZB00")
    SoFactory(brin="99ZC", vestigingscode="99ZC01")


GOED = [
    "A1;99ZA00;99ZB00;SBO;tlv;school;2023-08-01;2025-07-31",
    "A2;99ZA00;99ZC01;II;tlv;vorige_school;2023-08-01;",
    "A3;;99ZB00;IKC;tlv;ander_swv;01-08-2022;31-07-2024",
    "A4;99ZA00;;;dws;school;2023-08-01;",
    "A5;;99ZA00;;instroombudget;swv;2023-03-01;",
    "A6;99za00;99ZA00;cat. III;TLV-BAO;SWV;2023-08-01;2024-07-31",
]


def file(*rows: str, head: str = KOP) -> bytes:
    return ("\ufeff" + "\r\n".join([head, *rows])).encode()


def test_a_good_file(mensen: Mensen, scholen: None) -> None:
    answer = importeer_plaatsingen(actor=mensen.swv, bron=file(*GOED))
    assert isinstance(answer, Verschil), answer
    assert (len(answer.nieuw), answer.gewijzigd, answer.gelijk) == (6, (), 0)
    rows = {row.verwijzing: row for row in Plaatsing.objects.all()}
    assert rows["A1"].school_verwijzend.vestigingscode == "99ZA00"
    assert rows["A2"].einde is None
    assert (rows["A3"].school_verwijzend, rows["A3"].categorie, rows["A3"].begin) == (None, "SBO", date(2022, 8, 1))
    assert (rows["A4"].einde, rows["A4"].school_ontvangend) == (date(2024, 7, 31), None)
    assert (rows["A6"].categorie, rows["A6"].soort, rows["A6"].kostendrager) == ("III", "tlv_bao", "swv")


def test_the_same_file_again_changes_nothing_and_another_updates(mensen: Mensen, scholen: None) -> None:
    importeer_plaatsingen(actor=mensen.swv, bron=file(*GOED))
    again = importeer_plaatsingen(actor=mensen.swv, bron=file(*GOED))
    assert again == Verschil((), (), 6)
    changed = importeer_plaatsingen(
        actor=mensen.swv, bron=file("A1;99ZA00;99ZB00;SBO;tlv;swv;2023-08-01;2025-07-31", GOED[1])
    )
    assert changed == Verschil((), ("A1",), 1)
    assert Plaatsing.objects.get(verwijzing="A1").kostendrager == "swv"
    assert Plaatsing.objects.count() == 6  # what is not in the file stays


def test_what_somebody_stopped_stays_stopped(
    mensen: Mensen, scholen: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An older file does not know that the pupil left, or that the TLV was withdrawn."""
    importeer_plaatsingen(actor=mensen.swv, bron=file(*GOED))
    day = date(2024, 2, 29)
    gone = Plaatsing.objects.filter(verwijzing="A5")
    gone.update(einde=day, vertrokken_op=day, einde_zonder_vertrek=date(2025, 2, 28), versie=2)
    Plaatsing.objects.filter(verwijzing="A1").update(einde=day, ingetrokken_per=date(2024, 3, 1))
    # The rest of what the file says is taken over, also when it begins after the day of the stop.
    again = [GOED[0].replace("tlv;school", "tlv;swv"), *GOED[1:4], GOED[4].replace("2023-03-01", "2025-03-01"), GOED[5]]
    answer = importeer_plaatsingen(actor=mensen.swv, bron=file(*again))
    assert answer == Verschil((), ("A1",), 5, ("A1", "A5"))
    assert dict(Plaatsing.objects.filter(einde=day).values_list("verwijzing", "kostendrager")) == {
        "A1": "swv",
        "A5": "swv",
    }
    told = Event.objects.filter(soort="plaatsingen.geimporteerd").order_by("-pk").first()
    assert told is not None
    assert told.tekst.endswith("Periode behouden van gestopte plaatsingen: 2.")
    path = tmp_path / "plaatsingen.csv"
    path.write_bytes(file(*again))
    call_command("importeer", "plaatsingen", str(path))
    shown = capsys.readouterr().out
    assert "Deze plaatsingen zijn eerder gestopt" in shown
    assert "2: A1, A5" in shown


def withdrawn(mensen: Mensen, per: date) -> tuple[Aanvraag, str]:
    """A TLV that was withdrawn, with the row of its place in a file from before that."""
    row = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    number = str(row.tlvnummer)
    PlaatsingFactory(verwijzing=number, aanvraag=row, begin=row.geldig_van, einde=row.geldig_tot)
    done = trek_tlv_in(actor=mensen.swv, pk=row.pk, versie=None, per=per, reden="Verhuisd.", vandaag=VANDAAG)
    assert isinstance(done, Aanvraag), done
    codes = f"{mensen.school.vestigingscode};{mensen.ikc.vestigingscode}"
    return done, f"{number};{codes};SBO;tlv;school;{row.geldig_van};{row.geldig_tot}"


def destroy(row: Aanvraag) -> None:
    assert row.bewaren_tot is not None
    assert vernietig(pk=row.pk, vandaag=row.bewaren_tot + timedelta(days=1))


def test_a_withdrawn_place_stays_stopped_when_its_dossier_is_destroyed(mensen: Mensen) -> None:
    row, line = withdrawn(mensen, date(2026, 2, 1))
    destroy(row)
    assert Plaatsing.objects.get().aanvraag is None
    answer = importeer_plaatsingen(actor=mensen.swv, bron=file(line))
    assert isinstance(answer, Verschil), answer
    assert answer.behouden == (str(row.tlvnummer),)
    assert Plaatsing.objects.get().einde == date(2026, 1, 31)


def test_a_place_that_never_began_is_not_made_by_a_file(mensen: Mensen, scholen: None) -> None:
    """Nor when the dossier is destroyed: the number stays known."""
    row, line = withdrawn(mensen, date(2025, 8, 1))
    for _ in range(2):
        answer = importeer_plaatsingen(actor=mensen.swv, bron=file(line, GOED[0]))
        assert isinstance(answer, Verschil), answer
        assert answer.niet_gemaakt == (str(row.tlvnummer),)
        assert "voor het begin is ingetrokken" in answer.waarschuwing
        assert list(Plaatsing.objects.values_list("verwijzing", flat=True)) == ["A1"]
        if Aanvraag.objects.exists():
            destroy(row)
    assert (answer.nieuw, answer.gelijk) == ((), 1)
    told = Event.objects.filter(soort="plaatsingen.geimporteerd").order_by("-pk").first()
    assert told is not None
    assert told.gegevens == {"nieuw": 0, "gewijzigd": 0, "gelijk": 1, "niet_gemaakt": 1}


def test_a_place_counts_again_after_the_withdrawal_fell(mensen: Mensen) -> None:
    row, line = withdrawn(mensen, date(2026, 2, 1))
    leg_plaats_vast(row)
    later = line.replace(str(row.geldig_tot), "2026-07-31")
    answer = importeer_plaatsingen(actor=mensen.swv, bron=file(later))
    assert isinstance(answer, Verschil), answer
    assert answer.behouden == ()
    assert Plaatsing.objects.get().einde == date(2026, 7, 31)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("B1;99QQ00;99ZB00;SBO;tlv;school;2023-08-01;", "vestigingscode_verwijzend"),
        ("B1;99ZA00;99QQ00;SBO;tlv;school;2023-08-01;", "vestigingscode_ontvangend"),
        ("B1;99ZA00;;SBO;tlv;school;2023-08-01;", "vestigingscode_ontvangend"),
        ("B1;;99ZB00;SBO;tlv;school;2023-08-01;", "vestigingscode_verwijzend"),
        ("B1;99ZA00;99ZB00;IV;tlv;school;2023-08-01;", "categorie"),
        ("B1;99ZA00;99ZB00;;tlv;school;2023-08-01;", "categorie"),
        ("B1;99ZA00;;I;dws;school;2023-08-01;", "categorie"),
        ("B1;99ZA00;99ZB00;SBO;plek;school;2023-08-01;", "soort"),
        ("B1;99ZA00;99ZB00;SBO;tlv;ouders;2023-08-01;", "kostendrager"),
        ("B1;99ZA00;99ZB00;SBO;tlv;school;2023-02-30;", "begin"),
        ("B1;99ZA00;99ZB00;SBO;tlv;school;;", "begin"),
        ("B1;99ZA00;99ZB00;SBO;tlv;school;2023-08-01;2023-07-31", "einde"),
        ("B1;99ZA00;;;dws;school;2023-08-01;2024-08-01", "einde"),
        (";99ZA00;99ZB00;SBO;tlv;school;2023-08-01;", "verwijzing"),
        ("A1;99ZA00;99ZB00;SBO;tlv;school;2023-08-01;", "verwijzing"),
    ],
)
def test_one_wrong_row_and_nothing_is_stored(mensen: Mensen, scholen: None, row: str, column: str) -> None:
    answer = importeer_plaatsingen(actor=mensen.swv, bron=file(GOED[0], row, GOED[1]))
    assert isinstance(answer, Fouten)
    assert {(error.rij, error.kolom) for error in answer.fouten} == {(3, column)}
    assert not Plaatsing.objects.exists()


def test_every_error_is_named(mensen: Mensen, scholen: None) -> None:
    bad = [f"B{n};99QQ00;99ZB00;IV;tlv;school;2023-08-01;" for n in range(150)]
    answer = importeer_plaatsingen(actor=mensen.swv, bron=file(*bad))
    assert isinstance(answer, Fouten)
    assert len(answer.fouten) == 100
    assert len(answer) >= 150


def test_all_that_is_wrong_is_said_at_once(mensen: Mensen, scholen: None) -> None:
    """The header, the cells, the references and the rules, so that a file is mended once."""
    bad = file(
        "A1;99ZA00;99ZB00;SBO;tlv;2023-08-01;2025-07-31",
        "A2;99QQ00;99ZB00;SBO;plek;2023-08-01;",  # an unknown school, and an unknown kind
        "A1;99ZA00;;II;tlv;2023-02-30;",  # the reference of row 2, no school, and a day that is not there
        "A4;99ZA00;99QQ00;;dws;2023-08-01;2023-07-31",  # an unknown school, and it ends before it begins
        "A5;99ZA00",
        ";99ZA00;99ZB00;IV;instroombudget;2023-08-01;",
        head=KOP.replace("kostendrager;", ""),
    )
    answer = importeer_plaatsingen(actor=mensen.swv, bron=bad)
    assert isinstance(answer, Fouten)
    assert [(error.rij, error.kolom) for error in answer.fouten] == [
        (1, "kostendrager"),
        (3, "soort"),
        (3, "vestigingscode_verwijzend"),
        (4, "begin"),
        (4, "verwijzing"),
        (4, "vestigingscode_ontvangend"),
        (5, "vestigingscode_ontvangend"),
        (5, "einde"),
        (6, None),
        (7, "verwijzing"),
        (7, "categorie"),
    ]
    assert answer.fouten[4].zin == "Deze verwijzing staat ook in rij 2."
    assert not Plaatsing.objects.exists()


def test_a_cell_that_can_not_be_read_brings_no_errors_of_its_own(mensen: Mensen, scholen: None) -> None:
    """Without the kind nobody knows whether a category or a receiving school is missing."""
    answer = importeer_plaatsingen(actor=mensen.swv, bron=file("A1;;;;plek;ouders;gisteren;morgen"))
    assert isinstance(answer, Fouten)
    assert [error.kolom for error in answer.fouten] == ["soort", "kostendrager", "begin", "einde"]


def test_only_the_swv_imports(mensen: Mensen, scholen: None) -> None:
    answer = importeer_plaatsingen(actor=mensen.iber, bron=file(*GOED))
    assert isinstance(answer, Refusal)
    assert not Plaatsing.objects.exists()


def test_the_command(scholen: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plaatsingen.csv"
    path.write_bytes(file(*GOED))
    call_command("importeer", "plaatsingen", str(path))
    assert "6 nieuwe plaatsingen" in capsys.readouterr().out
    path.write_bytes(file(GOED[0].replace("99ZA00", "99QQ00")))
    with pytest.raises(CommandError, match="rij 2, kolom 'vestigingscode_verwijzend'"):
        call_command("importeer", "plaatsingen", str(path))


def test_reading_for_money(bereik_als: Callable[..., Bereik]) -> None:
    place = PlaatsingFactory(begin=date(2024, 8, 1), einde=date(2025, 7, 31))
    dws = PlaatsingFactory(begin=date(2025, 8, 1), einde=None, soort="dws", categorie="", school_ontvangend=None)
    controller = bereik_als(Rol.CONTROLLER)

    def found(*periods: Periode) -> list[str]:
        return [row.verwijzing for row in plaatsingen_in(controller, periods)]

    def on(day: date, *kinds: Soort) -> Periode:
        return Periode(kinds or tuple(Soort), day, day)

    assert found(on(date(2024, 8, 1))) == [place.verwijzing]
    assert found(on(date(2025, 7, 31))) == [place.verwijzing]
    assert found(on(date(2024, 7, 31))) == []
    year = (date(2025, 1, 1), date(2025, 12, 31))
    assert sorted(found(Periode(tuple(Soort), *year))) == sorted([place.verwijzing, dws.verwijzing])
    assert found(Periode((Soort.DWS,), *year)) == [dws.verwijzing]
    assert found(Periode(tuple(Soort), *year, begonnen_vanaf=date(2024, 8, 2))) == [dws.verwijzing]
    assert found(on(date(2030, 1, 1))) == [dws.verwijzing]  # it has no last day
    either = found(on(date(2025, 7, 31), Soort.TLV), on(date(2025, 8, 1), Soort.DWS))
    assert sorted(either) == sorted([place.verwijzing, dws.verwijzing])


def test_reading_for_money_stays_within_reach(bereik_als: Callable[..., Bereik]) -> None:
    place, _ = PlaatsingFactory(), PlaatsingFactory()
    own = bereik_als(Rol.SCHOOLDIRECTEUR, place.school_verwijzend)
    always = Periode(tuple(Soort), date(2000, 1, 1), date(2100, 1, 1))
    assert [row.verwijzing for row in plaatsingen_in(own, [always])] == [place.verwijzing]


def test_an_import_is_in_the_timeline_with_counts_only(mensen: Mensen, scholen: None) -> None:
    importeer_plaatsingen(actor=mensen.swv, bron=file(*GOED))
    importeer_plaatsingen(actor=mensen.swv, bron=file(*GOED))  # the same again changes nothing
    event = Event.objects.get(soort="plaatsingen.geimporteerd")
    assert event.onderwerp_soort == "kernen.samenwerkingsverband"
    assert event.user_id == mensen.swv.user_id
    assert event.gegevens == {"nieuw": 6, "gewijzigd": 0, "gelijk": 0}
    assert "6 nieuwe plaatsingen" in event.tekst
