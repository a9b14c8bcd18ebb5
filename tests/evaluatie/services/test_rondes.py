"""Closing and reopening a round; who sees it; what the home page and the search get."""

from datetime import date

import pytest
from django.http import Http404

from evaluatie.domain.ronde import AL_GEPUBLICEERD, RONDE, RondeFeiten
from evaluatie.domain.vragenlijst import KERNEVALUATIE
from evaluatie.models import Antwoord, Groep, Ronde
from evaluatie.queries import minimum_groep, resultaat, ronderijen, taken, zoek
from evaluatie.services.rondes import zet_stap
from evaluatie.services.vragenlijsten import zorg_voor_vragenlijst
from swv_portal.common.scoping import NIEMAND, SWV_KERNEN, Rol
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.jobs.overdracht import BEHEER
from tests.factories.evaluatie import BEHEERDER, antwoorden, maak_ronde
from tests.factories.kernen import SamenwerkingsverbandFactory

DAG = date(2025, 6, 20)
LEZERS = {Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER, Rol.SCHOOLDIRECTEUR, Rol.IBER}


@pytest.mark.parametrize(
    ("staat", "stap", "respondenten", "naar"),
    [
        ("open", "sluit", 3, "gesloten"),
        ("open", "sluit", 0, "leeg"),
        ("open", "heropen", 3, "staat"),
        ("gesloten", "heropen", 3, "open"),
        ("gesloten", "heropen", 0, "open"),
        ("gesloten", "sluit", 3, "staat"),
    ],
)
@pytest.mark.parametrize("rol", list(Rol))
def test_every_step_from_every_state_by_every_role(staat, stap, respondenten, naar, rol):
    found = RONDE.decide(stap, staat, {rol}, RondeFeiten(respondenten))
    if rol not in SWV_KERNEN:
        assert isinstance(found, Refusal)
        assert found.code == "rol"
    elif naar in RONDE.staten:
        assert isinstance(found, Transition)
        assert found.naar == naar
    else:
        assert isinstance(found, Refusal)
        assert found.code == naar


def test_what_may_not_be_published_again_can_not_be_closed():
    facts = RondeFeiten(9, andere_antwoorden=True)
    assert RONDE.decide("sluit", "open", {Rol.SWV_MEDEWERKER}, facts) == AL_GEPUBLICEERD
    assert isinstance(RONDE.decide("heropen", "gesloten", {Rol.SWV_MEDEWERKER}, facts), Transition)


@pytest.mark.django_db
def test_reopening_hides_the_results_and_closing_publishes_them(bereik_als):
    ronde = maak_ronde()
    chair = bereik_als(Rol.KERNVOORZITTER)
    assert Ronde.objects.visible_to(chair).exists()
    assert zet_stap(actor=BEHEERDER, pk=ronde.pk, stap="heropen", versie=1, vandaag=DAG).gesloten_op is None
    assert not Ronde.objects.visible_to(chair).exists()
    assert zet_stap(actor=BEHEERDER, pk=ronde.pk, stap="sluit", versie=2, vandaag=DAG).gesloten_op == DAG
    assert Ronde.objects.visible_to(chair).exists()


@pytest.mark.django_db
def test_an_old_version_is_refused_and_another_reach_finds_nothing(actor_als):
    ronde = maak_ronde()
    zet_stap(actor=BEHEERDER, pk=ronde.pk, stap="heropen", versie=1, vandaag=DAG)
    assert zet_stap(actor=BEHEERDER, pk=ronde.pk, stap="sluit", versie=1, vandaag=DAG).code == "verouderd"
    with pytest.raises(Http404):
        zet_stap(actor=actor_als(Rol.KERNVOORZITTER), pk=ronde.pk, stap="sluit", versie=2, vandaag=DAG)


@pytest.mark.django_db
@pytest.mark.parametrize("rol", list(Rol))
def test_who_sees_open_and_closed_rounds(bereik_als, rol):
    maak_ronde("gesloten")
    maak_ronde("open", publiceer=False)
    bereik = bereik_als(rol)
    expected = {"gesloten", "open"} if rol in SWV_KERNEN else {"gesloten"} if rol in LEZERS else set()
    assert {rij.code for rij in ronderijen(bereik)} == expected
    assert set(Groep.objects.visible_to(bereik).values_list("ronde__code", flat=True)) == expected


@pytest.mark.django_db
def test_nobody_sees_answers():
    maak_ronde()
    assert Antwoord.objects.exists()
    assert not Antwoord.objects.visible_to(BEHEER).exists()
    assert not Ronde.objects.visible_to(NIEMAND).exists()


@pytest.mark.django_db
def test_the_minimum_is_a_setting_of_the_swv():
    ronde = maak_ronde(inhoud=antwoorden({"Noord": 6, "Zuid": 4}), publiceer=False)
    assert minimum_groep() == 5
    assert resultaat(ronde).uitkomsten[4].verborgen == ["Zuid"]
    SamenwerkingsverbandFactory(minimum_groep=3)
    assert resultaat(ronde).uitkomsten[4].verborgen == []
    assert resultaat(ronde).minimum == 3


@pytest.mark.django_db
def test_queries_do_not_grow_with_groups(django_assert_num_queries):
    small = maak_ronde("klein", antwoorden({"Noord": 6}))
    large = maak_ronde("groot", antwoorden({f"groep {number}": 6 for number in range(30)}))
    for ronde in (small, large):
        with django_assert_num_queries(4):
            resultaat(ronde)


@pytest.mark.django_db
def test_tasks_and_search(bereik_als):
    questionnaire = zorg_voor_vragenlijst(code=KERNEVALUATIE.code)
    Ronde.objects.create(
        code="straks", titel="Evaluatie straks", schooljaar=2025, vragenlijst=questionnaire, sluit_op=date(2025, 6, 20)
    )
    staff, chair = bereik_als(Rol.SWV_MEDEWERKER), bereik_als(Rol.KERNVOORZITTER)
    (before,), (after,) = taken(staff, date(2025, 6, 20)), taken(staff, date(2025, 6, 21))
    assert (before.titel, before.wacht_op, before.deadline) == (
        "Lees antwoorden in van Evaluatie straks",
        "respondenten",
        date(2025, 6, 20),
    )
    assert after.wacht_op is None
    assert taken(chair, DAG) == []
    maak_ronde("half", titel="Halve ronde", publiceer=False)
    assert [taak.titel for taak in taken(staff, DAG)][1:] == ["Sluit Halve ronde"]
    maak_ronde("klaar", titel="Evaluatie kernen")
    assert {hit.titel for hit in zoek(staff, "evaluatie")} == {"Evaluatie straks", "Evaluatie kernen"}
    assert [hit.titel for hit in zoek(chair, "KERNEN evaluatie")] == ["Evaluatie kernen"]
    assert zoek(staff, "  ") == []
    assert zoek(staff, "%") == []
