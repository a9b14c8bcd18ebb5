"""What the home page says of money: where budget and letters stand, and what a school or board can download."""

from datetime import date

import pytest

from financien.models import Beschikking, Budget
from financien.queries import werk
from financien.services.beschikkingen import maak_beschikkingen
from financien.services.budget import bereken_budget
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.run import run
from tests.factories.financien import begroting_concept, geldende_begroting

pytestmark = pytest.mark.django_db


def standen(bereik):
    return {deel.titel: deel.stand for deel in werk(bereik, date(2024, 1, 15))}


def maak_klaar(*letters):
    for letter in letters:
        assert run(letter.job_id) == "done"


def test_the_controller_reads_where_budget_and_letters_stand(wereld, bereik_als):
    controller = bereik_als(Rol.CONTROLLER)
    first = standen(controller)
    assert first["Budget 2024"].startswith("Versie 1 is vastgesteld op ")
    assert first["Beschikkingen 2024"] == "Er is nog geen beschikking gemaakt."

    maak_beschikkingen(actor=wereld.directeur, pk=wereld.budget.pk)
    maak_klaar(wereld.brief(wereld.eigen))
    assert standen(controller)["Beschikkingen 2024"] == "1 beschikking is klaar. 3 zijn nog niet klaar."
    maak_klaar(*Beschikking.objects.exclude(staat="klaar"))
    assert standen(controller)["Beschikkingen 2024"] == "4 beschikkingen zijn klaar."
    Beschikking.objects.filter(school=wereld.vreemd).delete()
    assert standen(controller)["Beschikkingen 2024"] == "3 beschikkingen zijn klaar. Nog niet iedereen heeft er een."

    assert isinstance(bereken_budget(actor=wereld.directeur, jaar_pk=wereld.jaar.pk), Budget)
    later = standen(controller)
    assert later["Budget 2024"] == "Versie 2 is een concept en nog niet vastgesteld."
    assert later["Beschikkingen 2024"] == "Die kunt u maken als het budget is vastgesteld."


def test_who_gets_letters_reads_how_many_are_ready_within_the_own_reach(met_brieven, bereik_als):
    board = bereik_als(Rol.SCHOOLBESTUURDER, met_brieven.eigen.bestuur)
    school = bereik_als(Rol.SCHOOLDIRECTEUR, met_brieven.eigen)
    none = {"Beschikkingen": "Er staat nog geen beschikking voor u klaar."}
    assert standen(school) == none
    maak_klaar(*Beschikking.objects.order_by("pk"))
    assert standen(school) == {"Beschikkingen 2024": "Er staat 1 beschikking klaar om te downloaden."}
    assert standen(board)["Beschikkingen 2024"] == "Er staan 2 beschikkingen klaar om te downloaden."
    Budget.objects.filter(pk=met_brieven.budget.pk).update(staat="vervangen")
    assert standen(school) == none


def test_budget_and_letters_come_from_one_query_and_the_begroting_from_another(
    met_brieven, bereik_als, django_assert_num_queries
):
    controller = bereik_als(Rol.CONTROLLER)
    with django_assert_num_queries(2):
        assert len(list(werk(controller, date(2024, 1, 15)))) == 3
    with django_assert_num_queries(1):
        assert next(werk(controller, date(2024, 1, 15))).titel == "Budget 2024"


def test_the_begroting_is_the_one_that_counts(bereik_als, actor_als):
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    board = bereik_als(Rol.SCHOOLBESTUURDER)
    begroting_concept(director, "Nieuwer")
    assert standen(board)["Meerjarenbegroting"] == "Er is nog geen begroting die geldt."
    years = geldende_begroting(director).jaren
    assert standen(board)["Meerjarenbegroting"].startswith(f"Die van {years[0]} tot en met {years[-1]} geldt sinds ")


@pytest.mark.parametrize("rol", [Rol.SWV_MEDEWERKER, Rol.BEHEERDER, Rol.IBER, Rol.KERNVOORZITTER])
def test_others_have_no_work_here(wereld, bereik_als, rol):
    assert standen(bereik_als(rol)) == {}
