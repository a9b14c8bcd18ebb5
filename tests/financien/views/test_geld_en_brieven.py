"""What a page about money says, it says once, and no two sentences contradict each other."""

import re

import pytest
from django.urls import reverse

from financien.models import Budget, Schoolbudget
from financien.services.beschikkingen import maak_beschikkingen
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.run import run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.SCHOOLBESTUURDER])
def test_the_figures_of_the_chart_stand_in_one_table(wereld, als, rol):
    if rol == Rol.SCHOOLBESTUURDER:
        Schoolbudget.objects.filter(school=wereld.vreemd).update(bestuur=wereld.eigen.bestuur)
    page = als(rol, wereld.eigen.bestuur if rol == Rol.SCHOOLBESTUURDER else None)
    text = page.get(reverse("financien:overzicht")).content.decode()
    assert '<figure class="grafiek">' in text
    assert "De cijfers in een tabel" not in text
    captions = [words.strip() for words in re.findall(r"<caption[^>]*>([^<]*)</caption>", text)]
    assert len([words for words in captions if words.startswith("Budget per")]) == 1


def brieven(als, wereld):
    text = als(Rol.CONTROLLER).get(reverse("financien:beschikkingen", args=[wereld.budget.pk])).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_before_the_first_letter_the_page_says_how_many_there_will_be(als, wereld):
    text = brieven(als, wereld)
    assert "Er is nog geen beschikking gevraagd. 4 scholen en besturen krijgen er een. Maak beschikkingen" in text
    assert "Gevraagde beschikkingen" not in text


def test_what_is_ready_and_what_was_not_asked_for_are_told_apart(als, wereld):
    made = maak_beschikkingen(actor=wereld.directeur, pk=wereld.budget.pk, bestuur_pk=wereld.eigen.bestuur_id)
    assert isinstance(made, Budget), made
    for letter in wereld.budget.beschikkingen.all():
        assert run(letter.job_id) == "done"
    text = brieven(als, wereld)
    assert "Gevraagde beschikkingen klaar 2 van 2 klaar Nog niet gevraagd Voor 2 van de 4 scholen en besturen" in text
    assert "niet gemaakt" not in text


def test_when_every_letter_was_asked_for_nothing_is_left_to_ask(als, met_brieven):
    text = brieven(als, met_brieven)
    assert "Gevraagde beschikkingen in behandeling 0 van 4 klaar" in text
    assert "Nog niet gevraagd" not in text
    assert "Maak beschikkingen" not in text


def test_with_failed_letters_there_is_still_one_primary_button(als, wereld):
    maak_beschikkingen(actor=wereld.directeur, pk=wereld.budget.pk, bestuur_pk=wereld.eigen.bestuur_id)
    Job.objects.filter(groep__isnull=False).update(staat="dood")
    url = reverse("financien:beschikkingen", args=[wereld.budget.pk])
    text = als(Rol.CONTROLLER).get(url).content.decode()
    assert "Probeer 2 mislukte beschikkingen opnieuw" in text
    assert "Maak beschikkingen" in text
    assert text.count("btn btn-primary") == 1
