"""The call with parents after a grant: whom to call, until when, what is recorded, and the counts."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from ondersteuning.domain.aanvraag import INGEDIEND, TOEGEKEND
from ondersteuning.domain.evaluatiegesprek import VRAGEN, bel_uiterlijk, toonbaar
from ondersteuning.models import Aanvraag, Evaluatiegesprek, Gespreksantwoord, Tlvinstellingen
from ondersteuning.queries import taken
from ondersteuning.queries.evaluatiegesprekken import te_bellen, uitkomsten
from ondersteuning.services.evaluatiegesprekken import Opgave, leg_gesprek_vast
from ondersteuning.services.vernietigen import vernietig
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.ondersteuning import VANDAAG, bekendgemaakt, in_staat
from tests.ondersteuning.conftest import Mensen

DAG = VANDAAG + timedelta(days=20)


def granted(mensen: Mensen, **fields: Any) -> Aanvraag:
    values = {"verwijzende_school": mensen.school, "ontvangende_school": mensen.ikc} | fields
    return bekendgemaakt(in_staat(TOEGEKEND, **values))


def spoken(antwoord: str = "ja", **changes: Any) -> Opgave:
    words = {"geholpen": "Zeeklaver"}
    values = {"afloop": "gesproken", "op": DAG, "antwoorden": dict.fromkeys(VRAGEN, antwoord), "toelichtingen": words}
    return Opgave(**(values | changes))


def record(mensen: Mensen, row: Aanvraag, opgave: Opgave, **changes: Any) -> Evaluatiegesprek | Refusal:
    values = {"actor": mensen.swv, "versie": None, "vandaag": DAG} | changes
    return leg_gesprek_vast(pk=row.pk, opgave=opgave, **values)


def test_six_weeks_unless_the_swv_chose_otherwise(mensen: Mensen) -> None:
    assert len(VRAGEN) == 6
    assert bel_uiterlijk(date(2025, 12, 22)) == date(2026, 2, 2)
    granted(mensen)
    granted(mensen)

    def task() -> Any:
        found = [each for each in taken(mensen.swv.bereik, DAG) if each.soort == "Ouders bellen"]
        assert len(found) == 1
        return found[0]

    assert task().titel == "Bel ouders over de overstap (2)"
    assert task().deadline == VANDAAG + timedelta(weeks=6)
    Tlvinstellingen.objects.create(bel_weken=3)
    assert task().deadline == VANDAAG + timedelta(weeks=3)
    assert not [each for each in taken(mensen.iber.bereik, DAG) if each.soort == "Ouders bellen"]


def test_whom_to_call(mensen: Mensen) -> None:
    row = granted(mensen)
    granted(mensen, route="B", verwijzende_school=mensen.ikc)  # stays at the own school
    granted(mensen, route="DI", verwijzende_school=None)
    in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)  # not announced
    in_staat(INGEDIEND)
    without_school = granted(mensen, route="D", verwijzende_school=None)
    assert set(te_bellen(mensen.swv.bereik, DAG)) == {row, without_school}
    assert not te_bellen(mensen.iber.bereik, DAG)
    assert not te_bellen(mensen.swv.bereik, VANDAAG + timedelta(weeks=27)).exists()
    record(mensen, row, spoken(afloop="wil_niet", antwoorden={}, toelichtingen={}))
    assert set(te_bellen(mensen.swv.bereik, DAG)) == {without_school}


@pytest.mark.parametrize(
    ("opgave", "code"),
    [
        (spoken(op=DAG + timedelta(days=1)), "toekomst"),
        (spoken(op=VANDAAG - timedelta(days=1)), "te_vroeg"),
        (spoken(antwoorden={"geholpen": "ja"}), "antwoorden"),
        (spoken(afloop="niet_bereikt"), "geen_gesprek"),
        (spoken(afloop="wil_niet", antwoorden={}), "geen_gesprek"),  # the words would be lost
    ],
)
def test_refused(mensen: Mensen, opgave: Opgave, code: str) -> None:
    answer = record(mensen, granted(mensen), opgave)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert not Evaluatiegesprek.objects.exists()


def test_a_school_neither_records_nor_reads_it(mensen: Mensen) -> None:
    row = granted(mensen)
    answer = record(mensen, row, spoken(), actor=mensen.iber)
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"
    record(mensen, row, spoken())
    assert not Evaluatiegesprek.objects.visible_to(mensen.iber.bereik).exists()
    with pytest.raises(NotVisible):
        record(mensen, in_staat(TOEGEKEND), spoken(), actor=mensen.iber)


def test_without_a_transition_there_is_nothing_to_call_about(mensen: Mensen) -> None:
    for row in (in_staat(INGEDIEND), granted(mensen, route="B", verwijzende_school=mensen.ikc)):
        answer = record(mensen, row, spoken())
        assert isinstance(answer, Refusal)
        assert answer.code == "geen_overstap"


def test_recorded_and_changed(mensen: Mensen) -> None:
    row = granted(mensen)
    first = record(mensen, row, spoken(afloop="niet_bereikt", antwoorden={}, toelichtingen={}))
    assert isinstance(first, Evaluatiegesprek)
    later = record(mensen, row, spoken("deels"), versie=first.versie)
    assert isinstance(later, Evaluatiegesprek)
    stale = record(mensen, row, spoken("nee"), versie=first.versie)
    assert isinstance(stale, Refusal)
    assert stale.code == "verouderd"
    assert set(Gespreksantwoord.objects.values_list("antwoord", flat=True)) == {"deels"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT toelichting FROM ondersteuning_gespreksantwoord WHERE vraag = 'geholpen'")
        assert "Zeeklaver" not in cursor.fetchone()[0]


def test_the_counts_hold_no_names_and_are_kept_back_from_others_when_small(mensen: Mensen, bereik_als: Any) -> None:
    for number in range(6):
        record(mensen, granted(mensen), spoken("ja" if number else "nee"))
    year = Schooljaar.van(DAG)
    found = uitkomsten(mensen.swv.bereik, year)
    assert found.gesproken == 6
    assert found.antwoorden["serieus"] == {"ja": 5, "deels": 0, "nee": 1, "weet_niet": 0}
    outside = uitkomsten(bereik_als(Rol.SCHOOLBESTUURDER), year)
    assert outside.aflopen == {"gesproken": 6, "niet_bereikt": 0, "wil_niet": 0}
    assert set(outside.antwoorden.values()) == {None}
    assert uitkomsten(mensen.swv.bereik, year.vorige).gesproken == 0


@pytest.mark.parametrize(
    ("counts", "shown"), [({"a": 5, "b": 0}, True), ({"a": 4, "b": 9}, False), ({"a": 1}, False), ({"a": 0}, True)]
)
def test_a_table_with_a_small_count_is_kept_back_whole(counts: dict[str, int], shown: bool) -> None:
    assert toonbaar(counts) == (counts if shown else None)


def test_it_goes_with_the_dossier(mensen: Mensen) -> None:
    row = granted(mensen)
    record(mensen, row, spoken())
    last = Aanvraag.objects.get(pk=row.pk).bewaren_tot
    assert last is not None
    assert vernietig(pk=row.pk, vandaag=last + timedelta(days=1))
    assert not Gespreksantwoord.objects.exists()
