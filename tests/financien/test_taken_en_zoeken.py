"""What the home page and the search page get from this app, per role."""

from datetime import date

import pytest
from django.urls import reverse

from financien.models import Beschikking, Budget, Schoolbudget
from financien.queries import taken, zoek
from financien.services.beschikkingen import maak_beschikkingen
from financien.services.budget import bereken_budget
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from tests.factories.financien import begroting_concept, geldende_begroting, vastgesteld_budget

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


MAAK = ("Maak de beschikkingen van budget 2024, versie 1", None)


def test_letters_for_one_board_leave_the_task_for_the_others(wereld, bereik_als):
    controller = bereik_als(Rol.CONTROLLER)
    maak_beschikkingen(actor=wereld.directeur, pk=wereld.budget.pk, bestuur_pk=wereld.eigen.bestuur_id)
    assert titels(controller) == [MAAK]
    maak_beschikkingen(actor=wereld.directeur, pk=wereld.budget.pk)
    assert titels(controller) == []


@pytest.mark.parametrize("who", ["a school", "the board of a school", "a board with only a share"])
def test_whoever_has_no_letter_yet_keeps_the_task(met_brieven, bereik_als, who):
    letters = Beschikking.objects.filter(budget=met_brieven.budget, bestuur=met_brieven.vreemd.bestuur)
    if who == "a board with only a share":
        Schoolbudget.objects.filter(budget=met_brieven.budget, school=met_brieven.vreemd).delete()
    letters.filter(school__isnull=who != "a school").delete()
    assert titels(bereik_als(Rol.CONTROLLER)) == [MAAK]


def test_letters_that_failed_of_a_replaced_budget_are_no_task(met_brieven, als, bereik_als):
    client = als(Rol.DIRECTEUR_BESTUURDER)
    Job.objects.filter(pk=met_brieven.brief(met_brieven.eigen).job_id).update(staat="dood")
    page = reverse("financien:beschikkingen", args=[met_brieven.budget.pk])
    assert "Probeer 1 mislukte beschikking opnieuw" in client.get(page).content.decode()
    new = vastgesteld_budget(met_brieven.directeur, met_brieven.jaar)
    maak_beschikkingen(actor=met_brieven.directeur, pk=new.pk)
    assert titels(bereik_als(Rol.CONTROLLER)) == []
    assert "Probeer 1 mislukte" not in client.get(page).content.decode()


def test_many_letters_push_no_budget_out_of_what_is_found(met_brieven, bereik_als):
    staff, word = bereik_als(Rol.CONTROLLER), "B2024"
    met_brieven.eigen.naam = f"Basisschool {word}"
    met_brieven.eigen.save()
    found = [treffer.titel for treffer in zoek(staff, word, hoeveel=3)]
    assert len([title for title in found if title.startswith("Beschikking ")]) == 3
    assert found[3:] == [f"Budget 2024 van Basisschool {word}"]


def test_the_newest_concept_of_a_begroting_waits_for_the_director_until_a_newer_one_is_geldend(actor_als, bereik_als):
    director, controller = bereik_als(Rol.DIRECTEUR_BESTUURDER), bereik_als(Rol.CONTROLLER)
    actor = actor_als(Rol.DIRECTEUR_BESTUURDER)
    geldende_begroting(actor, "Van vorig jaar")
    assert titels(director) == []
    begroting_concept(actor, "Met een fout")
    begroting_concept(actor, "Van dit jaar")
    assert titels(director) == [("Maak geldend: Van dit jaar", None)]
    assert titels(controller) == [("Wacht op geldend maken: Van dit jaar", "de directeur-bestuurder")]
    assert titels(bereik_als(Rol.SWV_MEDEWERKER)) == []
    geldende_begroting(actor, "Van volgend jaar")
    assert titels(director) == []
