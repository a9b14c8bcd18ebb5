"""A pupil with a budget left: until when it runs, who says so, and what financien counts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from financien.models import Budgetregel
from financien.services.budget import bereken_budget
from ondersteuning.domain.overstap import DEFINITIEF
from ondersteuning.models import Plaatsing
from ondersteuning.services.vertrek import meld_vertrek
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.writing import NotVisible
from tests.factories.financien import maak_jaar
from tests.factories.ondersteuning import PlaatsingFactory
from tests.factories.overstap import budget, terugplaatsing
from tests.ondersteuning.services.terugplaatsing import Wereld, code


def weg(actor: Actor, place: Plaatsing, dag: date | None, vandaag: date = date(2027, 6, 1)) -> Any:
    place.refresh_from_db()
    return meld_vertrek(actor=actor, pk=place.pk, versie=place.versie, vertrokken_op=dag, vandaag=vandaag)


@pytest.mark.parametrize("soort", ["terugplaatsing", "instroombudget"])
def test_the_pupil_left(wereld: Wereld, actor_als: Callable[..., Actor], soort: str) -> None:
    place = budget(naar_school=wereld.bao, soort=soort, begin=date(2026, 8, 24), einde=None)
    school = actor_als(Rol.IBER, wereld.bao)
    assert code(weg(school, place, date(2026, 8, 1))) == "voor_inschrijving"
    assert code(weg(school, place, date(2027, 6, 2))) == "toekomst"
    assert code(weg(school, place, None)) == "leeg"
    done = weg(school, place, date(2027, 2, 10))
    assert (done.einde, done.vertrokken_op) == (date(2027, 2, 28), date(2027, 2, 10))
    assert code(weg(school, place, date(2027, 3, 10))) == "al_gemeld"
    assert weg(wereld.swv, place, date(2027, 3, 10)).einde == date(2027, 3, 31)
    back = weg(wereld.swv, place, None)
    assert (back.einde, back.vertrokken_op) == (date(2028, 8, 31), None)


def test_leaving_is_for_the_school_that_has_the_pupil(wereld: Wereld, actor_als: Callable[..., Actor]) -> None:
    place = budget(van_school=wereld.so, naar_school=wereld.bao)
    for actor in (wereld.van, actor_als(Rol.IBER), actor_als(Rol.CONTROLLER), actor_als(Rol.ORTHOPEDAGOOG, wereld.bao)):
        with pytest.raises(NotVisible):
            weg(actor, place, date(2027, 2, 10))
    tlv = PlaatsingFactory(school_ontvangend=wereld.bao)
    with pytest.raises(NotVisible):
        weg(wereld.swv, tlv, date(2025, 2, 10))


def test_leaving_moves_the_term_of_keeping(wereld: Wereld) -> None:
    row = terugplaatsing(
        DEFINITIEF,
        vandaag=date(2025, 1, 10),
        van_school=wereld.so,
        naar_school=wereld.bao,
        afgesloten_op=date(2025, 1, 10),
    )
    assert row.budgetplaats is not None
    weg(wereld.swv, row.budgetplaats, date(2026, 2, 10))
    row.refresh_from_db()
    assert row.bewaren_tot == date(2029, 2, 28)


def test_financien_counts_the_months(wereld: Wereld, actor_als: Callable[..., Actor]) -> None:
    """Enrolled on 1 September 2023, so a budget from 1 October: all of 2024, and less when the pupil leaves."""
    jaar, (school, _) = maak_jaar()
    place = budget(naar_school=school, begin=date(2023, 9, 1), einde=date(2025, 9, 30))
    controller = actor_als(Rol.CONTROLLER)

    def paid() -> Any:
        budget_row: Any = bereken_budget(actor=controller, jaar_pk=jaar.pk)
        rows = Budgetregel.objects.filter(schoolbudget__budget=budget_row, schoolbudget__school=school)
        return {row.code: (row.maanden, row.bedrag) for row in rows if row.code == "terugplaatsing"}

    assert jaar.jaar == 2024
    assert [(months, str(amount)) for months, amount in paid().values()] == [(12, "8000.00")]
    weg(wereld.swv, place, date(2024, 2, 29), vandaag=date(2024, 6, 1))
    assert [(months, str(amount)) for months, amount in paid().values()] == [(2, "1333.33")]
    weg(wereld.swv, place, date(2024, 3, 1), vandaag=date(2024, 6, 1))
    assert [(months, str(amount)) for months, amount in paid().values()] == [(3, "2000.00")]
    weg(wereld.swv, place, date(2023, 12, 31), vandaag=date(2024, 6, 1))
    assert paid() == {}
