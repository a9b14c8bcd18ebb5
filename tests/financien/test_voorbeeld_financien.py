"""The example data reproduces the published figures of 2024."""

from datetime import date
from decimal import Decimal as D

import pytest

from financien.domain.begroting import TOTAAL_BATEN, Niveau, Sleutel, Soort
from financien.domain.tarieven import controles, ikc_tarief, inhouding_van
from financien.models import Beschikking, Bestuursregel, Budget, Tarief
from financien.queries.begroting import begrotingsbeeld
from financien.queries.berekening import tarieven_van
from swv_portal.common.money import cents, half_up
from swv_portal.jobs.overdracht import BEHEER
from swv_portal.local.voorbeeld.laden import load

pytestmark = pytest.mark.django_db

#: What the published totals have wrong, as (line, year, published minus calculated).
AFWIJKINGEN = {
    ("subtotaal overdrachten / regulier onderwijs", 2023, -30000),
    ("subtotaal overdrachten / speciaal basisonderwijs en SBO-plus", 2028, 1),
    ("totaal overdrachten", 2023, -30000),
    ("totaal overdrachten", 2024, -1),
    ("totaal overdrachten", 2026, 1),
    ("totaal overdrachten", 2028, 1),
    *(
        (name, year, d)
        for name in ("totaal lasten", "lasten")
        for year, d in ((2023, -30000), (2024, -1), (2027, 1), (2028, 1))
    ),
    ("resultaat", 2023, 30000),
    ("resultaat", 2024, 1),
    ("resultaat", 2026, -1),
    ("resultaat", 2027, -1),
    ("resultaat", 2028, -1),
    ("Prognose eigen vermogen op 31-12 (na korting OCW)", 2028, 1),
}
BATEN = [18680066, 19412806, 19245938, 18793799, 18672534, 18551921]


@pytest.fixture(scope="module")
def voorbeeld(django_db_setup, django_db_blocker):
    """Loaded once for this file, and rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        assert load(date(2026, 3, 2))
        yield
        transaction.set_rollback(True)


def test_tariffs(voorbeeld):
    tarieven = tarieven_van(2024)
    assert cents(ikc_tarief(tarieven)) == D("8525.67")
    assert tarieven["inhouding_ikc"] == inhouding_van(tarieven["sbo_landelijk"]) == D(6635)
    assert controles(tarieven) == []
    assert not Tarief.objects.filter(bron="").exists()


def test_the_budget_of_2024(voorbeeld):
    budget = Budget.objects.get(staat="vastgesteld")
    assert half_up(D(budget.volume["aanvulling"]), 0) == 1172511
    assert half_up(D(budget.volume["factuur"]), 0) == 206135
    shares = Bestuursregel.objects.filter(budget=budget)
    assert shares.count() == 3
    assert sum(row.bedrag for row in shares) == D(budget.volume["aanvulling"])
    assert not budget.volume["overleg"]
    assert (budget.aantal_scholen, budget.aantal_onberekend) == (86, 0)
    schools = budget.schoolbudgetten.all()
    assert sum(row.leerlingen for row in schools) == 21747
    assert sum(row.totaal for row in schools) + D(budget.volume["aanvulling"]) == budget.totaal
    assert list(Budget.objects.order_by("versienummer").values_list("staat", flat=True)) == ["vervangen", "vastgesteld"]


def test_the_first_letters_are_asked_for(voorbeeld):
    letters = Beschikking.objects.all()
    assert letters.count() > 1
    assert {letter.bestuur_id for letter in letters} == {letters[0].bestuur_id}
    assert all(letter.job_id for letter in letters)


def test_the_begroting_and_what_it_has_wrong(voorbeeld):
    beeld = begrotingsbeeld(BEHEER)
    assert beeld is not None
    assert list(beeld.totaal(TOTAAL_BATEN).values()) == BATEN
    regulier = Sleutel(Niveau.DEEL, Soort.LASTEN, "overdrachten / regulier onderwijs")
    assert beeld.totaal(regulier)[2023] == 7717106
    assert {(a.regel, a.jaar, a.verschil) for a in beeld.afwijkingen} == AFWIJKINGEN
    assert "terugplaatsingsondersteuning" in beeld.afwijkingen[0].verklaring
    assert [beeld.vermogen[-1].bedragen[year] for year in (2023, 2024)] == [653802, 679448]
