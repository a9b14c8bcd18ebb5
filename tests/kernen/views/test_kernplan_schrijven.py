"""Writing the kernplan on the screen: the steps, autosave with preview, and errors that lead to their field."""

import re

import pytest
from django.urls import reverse

from kernen.models import Kernplan
from swv_portal.common.scoping import Rol
from tests.factories import kernen as maak
from tests.kernen.kernplan import DOELEN, stap

pytestmark = pytest.mark.django_db


@pytest.fixture
def tarief():
    return maak.UurtariefFactory(professional="Onderwijsassistent", bedrag="40.00")


def test_steps_one_to_three_lead_to_the_check_page(voorzitter, plan):
    tariff = maak.UurtariefFactory(professional="Onderwijsassistent", bedrag="40.00")
    offer = maak.UurtariefFactory(professional="Externe inhuur", bedrag=None, stap=3)
    assert voorzitter.post(stap(plan, 1), DOELEN).url == stap(plan, 2)
    route = {
        "versie": "2",
        "stap": "3",
        "toelichting": "Eerst zelf",
        "waarom_niet_1": "Vol",
        "waarom_niet_2": "Ook vol",
    }
    assert voorzitter.post(stap(plan, 2), route).url == stap(plan, 3)
    costs = {
        "versie": "3",
        "tarief_1": str(tariff.pk),
        "uren_1": "12,5",
        "tarief_2": str(offer.pk),
        "uren_2": "2",
        "bedrag_2": "110",
        "overige_kosten": "1.250,00",
        "overige_toelichting": "materiaal",
    }
    assert voorzitter.post(stap(plan, 3), costs).url == reverse("kernen:kernplan_controleren", args=[plan.pk])
    plan.refresh_from_db()
    assert (plan.aanleiding, plan.stap, str(plan.overige_kosten)) == ("Druk", 3, "1250.00")
    rows = [(row.professional, str(row.uren), str(row.tarief), row.stap) for row in plan.inzet.all()]
    assert rows == [("Onderwijsassistent", "12.50", "40.00", 1), ("Externe inhuur", "2.00", "110.00", 3)]
    page = voorzitter.get(reverse("kernen:kernplan_controleren", args=[plan.pk])).content.decode()
    assert "Het plan is compleet" in page
    assert "1.970,00" in page


def test_a_theme_without_words_takes_those_of_the_menukaart(voorzitter, plan):
    theme = maak.MenukaartthemaFactory(doel="Binnen een jaar rust.", activiteiten="Training\nIntervisie")
    voorzitter.post(stap(plan, 1), {"versie": "1", "thema_1": str(theme.pk)})
    goal = plan.doelen.get()
    assert (goal.tekst, goal.activiteiten, goal.thema) == ("Binnen een jaar rust.", "Training\nIntervisie", theme)


def test_autosave_answers_with_version_and_preview(voorzitter, plan):
    response = voorzitter.post(stap(plan, 1), DOELEN, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Bewaard om" in page
    assert 'name="versie" id="id_versie" value="2"' in page
    assert "past op één A4" in page
    assert "Rust" in page
    assert "<html" not in page
    plan.refresh_from_db()
    assert plan.aanleiding == "Druk"


def test_autosave_of_something_wrong_says_so_and_saves_nothing(voorzitter, plan):
    response = voorzitter.post(stap(plan, 3), {"versie": "1", "uren_2": "veel"}, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert '<a href="#id_uren_2">Regel 2, uren: dit is geen getal.' in response.content.decode()
    assert "id_versie" not in response.content.decode()
    plan.refresh_from_db()
    assert plan.versie == 1


def test_autosave_of_a_plan_that_moved_on_says_so_in_its_place(voorzitter, plan):
    Kernplan.objects.update(staat="ingediend")
    response = voorzitter.post(stap(plan, 1), DOELEN, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Nog niet bewaard." in page
    assert "kan niet meer worden gewijzigd" in page
    assert "<html" not in page
    assert "id_versie" not in page


def test_a_form_with_errors_keeps_what_was_typed(voorzitter, plan):
    response = voorzitter.post(stap(plan, 3), {"versie": "1", "uren_1": "veel", "overige_toelichting": "een zaal"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fout: " in page
    assert 'value="veel"' in page
    assert 'value="een zaal"' in page


def test_somebody_else_was_first(als, voorzitter, plan):
    voorzitter.post(stap(plan, 1), DOELEN)
    second = als(Rol.KERNVOORZITTER, plan.kern)
    late = second.post(stap(plan, 1), {**DOELEN, "aanleiding": "Mijn woorden"})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Iemand anders heeft dit intussen gewijzigd" in page
    assert "Mijn woorden" in page
    # The page now holds the new version: who has seen it can save.
    assert 'id="id_versie" value="2"' in page
    assert second.post(stap(plan, 1), {**DOELEN, "versie": "2", "aanleiding": "Mijn woorden"}).status_code == 302


def test_without_script_the_preview_is_a_page(voorzitter, plan):
    response = voorzitter.post(stap(plan, 1), {**DOELEN, "voorbeeld": "ja"})
    assert response.url == reverse("kernen:kernplan_voorbeeld", args=[plan.pk, 1])
    assert "Druk" in voorzitter.get(response.url).content.decode()


@pytest.mark.parametrize("nummer", [1, 2, 3, 8])
def test_an_error_in_a_row_names_the_row_and_links_to_its_field(voorzitter, plan, tarief, nummer):
    data = {"versie": "1", f"tarief_{nummer}": str(tarief.pk), f"uren_{nummer}": "-4", f"bedrag_{nummer}": "1e9"}
    line = f'<a href="#id_uren_{nummer}">Regel {nummer}, uren: vul een getal in dat niet lager is dan 0.</a>'
    other = f'<a href="#id_bedrag_{nummer}">Regel {nummer}, tarief volgens offerte: dit is geen getal.'
    for headers in ({}, {"HX-Request": "true"}):
        response = voorzitter.post(stap(plan, 3), data, headers=headers)
        assert response.status_code == 422
        assert line in response.content.decode()
        assert other in response.content.decode()


def test_an_error_in_a_goal_names_the_goal(voorzitter, plan):
    response = voorzitter.post(stap(plan, 1), {"versie": "1", "tekst_2": "x" * 601})
    assert '<a href="#id_tekst_2">Doel 2, wat wilt u bereiken? ' in response.content.decode()


@pytest.mark.parametrize("data", [{"uren_2": "12"}, {"bedrag_2": "110"}])
def test_hours_of_nobody_are_not_lost_without_a_word(voorzitter, plan, tarief, data):
    response = voorzitter.post(stap(plan, 3), {"versie": "1", **data})
    assert response.status_code == 422
    assert '<a href="#id_tarief_2">Regel 2, wie: kies voor wie' in response.content.decode()
    plan.refresh_from_db()
    assert plan.versie == 1


@pytest.mark.parametrize(
    ("getypt", "terug"), [("12,5", "12,5"), ("12,50", "12,5"), ("12", "12"), ("100", "100"), ("0,25", "0,25")]
)
def test_hours_come_back_as_they_were_typed(voorzitter, plan, tarief, getypt, terug):
    voorzitter.post(stap(plan, 3), {"versie": "1", "tarief_1": str(tarief.pk), "uren_1": getypt})
    page = voorzitter.get(stap(plan, 3)).content.decode()
    assert f'name="uren_1" value="{terug}"' in page
    assert f'data-label="Uren">{terug}</td>' in page


def test_what_is_needed_together_does_not_say_that_it_is_optional(voorzitter, plan):
    """'(niet verplicht)' stands with what may really stay empty, and once per group."""

    def optional(nummer: int) -> list[str]:
        page = " ".join(voorzitter.get(stap(plan, nummer)).content.decode().split())
        labels = re.findall(r"<(?:label|legend)[^>]*>([^<]+)<span class=\"optioneel\">", page)
        return [label.strip() for label in labels]

    assert optional(1) == ["Aanleiding", "Doel 2", "Doel 3", "Doel 4"]
    assert optional(2) == ["Wat zet de kern in?"]
    assert optional(3) == [*(f"Regel {n}" for n in range(1, 9)), "Overige kosten"]


def test_an_empty_form_has_what_the_labels_say_is_needed(als):
    """What carries no '(niet verplicht)' blocks when it is empty, what carries it does not."""
    plan = maak.KernplanFactory()
    client = als(Rol.KERNVOORZITTER, plan.kern)
    check = reverse("kernen:kernplan_controleren", args=[plan.pk])
    assert "Noem ten minste één doel." in client.get(check).content.decode()
    client.post(stap(plan, 1), {"versie": "1", "tekst_1": "Rust", "activiteiten_1": "Scholing"})
    assert "Het plan is compleet" in client.get(check).content.decode()


def test_the_remark_stands_where_the_chair_writes(voorzitter, plan):
    Kernplan.objects.update(staat="teruggestuurd", opmerking="Maak het meetbaar")
    for number in (1, 2, 3):
        assert "Maak het meetbaar" in voorzitter.get(stap(plan, number)).content.decode()


def test_characters_that_paper_can_not_show_are_named(voorzitter, plan):
    text = "Zoë, ĳs en Žižek: € 5 – goed. \U0001f600"
    page = voorzitter.post(
        stap(plan, 1), {**DOELEN, "aanleiding": text}, headers={"HX-Request": "true"}
    ).content.decode()
    assert re.search("Deze tekens worden een leeg vakje: \U0001f600</p>", page)
    page = voorzitter.post(stap(plan, 1), {**DOELEN, "versie": "2"}, headers={"HX-Request": "true"}).content.decode()
    assert "leeg vakje" not in page
