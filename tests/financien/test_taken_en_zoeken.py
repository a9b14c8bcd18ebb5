"""What the home page and the search page get from this app, per role."""

from datetime import date

import pytest

from financien.models import Budget
from financien.queries import taken, zoek
from financien.services.beschikkingen import maak_beschikkingen
from financien.services.budget import bereken_budget
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job

pytestmark = pytest.mark.django_db
VANDAAG = date(2024, 1, 15)


def titels(bereik):
    return [(taak.titel, taak.wacht_op) for taak in taken(bereik, VANDAAG)]


def test_a_concept_waits_for_the_director_and_letters_for_whoever_handles_money(wereld, bereik_als):
    director, controller = bereik_als(Rol.DIRECTEUR_BESTUURDER), bereik_als(Rol.CONTROLLER)
    assert titels(controller) == [("Maak de beschikkingen van budget 2024, versie 1", None)]
    assert isinstance(bereken_budget(actor=wereld.directeur, jaar_pk=wereld.jaar.pk), Budget)
    assert ("Stel vast: budget 2024, versie 2", None) in titels(director)
    assert ("Wacht op vaststellen: budget 2024, versie 2", "de directeur-bestuurder") in titels(controller)


def test_failed_letters_are_a_task(met_brieven, bereik_als):
    controller = bereik_als(Rol.CONTROLLER)
    assert titels(controller) == []
    Job.objects.filter(pk=met_brieven.brief(met_brieven.eigen).job_id).update(staat="dood")
    assert titels(controller) == [("Bekijk de mislukte beschikkingen", None)]


@pytest.mark.parametrize("rol", [Rol.SWV_MEDEWERKER, Rol.SCHOOLDIRECTEUR, Rol.IBER])
def test_others_have_no_tasks_about_money(wereld, bereik_als, rol):
    where = wereld.eigen if rol in {Rol.SCHOOLDIRECTEUR, Rol.IBER} else None
    assert titels(bereik_als(rol, where)) == []


def test_search_finds_what_one_may_see(wereld, bereik_als):
    maak_beschikkingen(actor=wereld.directeur, pk=wereld.budget.pk)
    own, foreign = wereld.brief(wereld.eigen), wereld.brief(wereld.vreemd)

    def found(bereik, q):
        return [treffer.titel for treffer in zoek(bereik, q)]

    staff = bereik_als(Rol.CONTROLLER)
    principal = bereik_als(Rol.SCHOOLDIRECTEUR, wereld.eigen)
    assert found(staff, foreign.kenmerk) == [f"Beschikking {foreign.kenmerk}"]
    assert found(principal, own.kenmerk) == [f"Beschikking {own.kenmerk}"]
    assert found(principal, foreign.kenmerk) == []
    assert found(staff, wereld.vreemd.naam) == [f"Budget 2024 van {wereld.vreemd.naam}"]
    assert found(principal, wereld.vreemd.naam) == []
    assert found(staff, "   ") == []
    assert found(bereik_als(Rol.IBER, wereld.eigen), own.kenmerk) == []
