"""The step form: what going on asks for, what is refused, and what may stay empty."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ondersteuning.domain.routes import ROUTE_A
from ondersteuning.models import Aanvraag
from tests.ondersteuning.views.formulier import autosave, url


def test_going_on_asks_for_what_is_missing_and_stores_the_rest(iber: Client, row: Aanvraag) -> None:
    data = {"voornamen": "Mila", "achternaam": "", "geboortedatum": "4-5-2017", "groep": "5", "versie": 1}
    response = iber.post(url(row, "leerling"), {**data, "verder": "ja"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fout: " in page
    assert 'href="#id_achternaam"' in page
    row.refresh_from_db()
    assert row.groep == "5"
    stop = iber.post(url(row, "leerling"), {**data, "versie": row.versie})
    assert stop.status_code == 302  # storing and stopping asks nothing
    assert stop["Location"] == reverse("ondersteuning:dossier", args=[row.pk])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tweede_functie": "orthopedagoog"}, "niet dezelfde functie"),
        ({"tweede_dienstverband": "ontvangend"}, "de ontvangende school"),
        ({"tweede_werkgever": "{school}"}, "een van de twee scholen"),
    ],
)
def test_an_impossible_second_expert_at_once(
    iber: Client, row: Aanvraag, changes: dict[str, str], sentence: str
) -> None:
    changes = {name: value.format(school=row.verwijzende_school.naam) for name, value in changes.items()}
    data = {"tweede_naam": "Iemand", "tweede_functie": "kinderpsychiater", "tweede_dienstverband": "elders"} | changes
    shown = autosave(iber, row, "deskundige", **data)
    label = {"tweede_functie": "Functie", "tweede_dienstverband": "Waar werkt", "tweede_werkgever": "Naam van de werk"}
    assert f"<li><strong>{label[next(iter(changes))]}" in shown
    assert sentence in shown
    assert 'value="2" hx-swap-oob="true"' in shown
    second = row.partijen.get(soort="tweede_deskundige")
    assert second.naam == "Iemand"
    # Going on says it again, and everything else that is missing, and keeps what was typed.
    data |= {"tweede_naam": "Iemand Anders", "tweede_email": ""}
    response = iber.post(url(row, "deskundige"), {**data, "versie": 2, "verder": "ja"})
    page = response.content.decode()
    assert response.status_code == 422
    for part in ("<title>Fout: ", "Bewaard, behalve: ", sentence, 'href="#id_tweede_email"', 'value="Iemand Anders"'):
        assert part in page
    name, typed = next(iter(changes.items()))
    checked = "checked" if name == "tweede_dienstverband" else "selected"
    assert re.search(f'value="{typed}"' if name == "tweede_werkgever" else f'value="{typed}"[^>]*{checked}', page)
    second.refresh_from_db()
    assert (second.naam, second.email) == ("Iemand Anders", "")
    assert getattr(second, name.removeprefix("tweede_")) != typed
    # 'Bewaar en stop' does not walk away from it either.
    stop = iber.post(url(row, "deskundige"), {**data, "versie": 3})
    assert stop.status_code == 422
    assert sentence in stop.content.decode()


def test_steps_that_do_not_exist(iber: Client, row: Aanvraag) -> None:
    assert iber.get(url(row, "niets")).status_code == 404
    assert iber.get(url(row, "controleren")).status_code == 200


def test_going_on_says_what_the_check_page_would_refuse(iber: Client, row: Aanvraag) -> None:
    data = {"versie": 1, "verder": "ja", "gewenst_van": "1-1-2027", "gewenst_tot": "30-6-2027"}
    response = iber.post(url(row, "school"), {**data, "terugkeer_moment": "", "geen_terugkeer_reden": ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Een TLV geldt altijd tot en met een 31 juli." in page
    assert "Spreek hierboven een moment af, of schrijf waarom niet." in page
    row.refresh_from_db()
    assert row.gewenst_tot is not None
    assert row.gewenst_tot.isoformat() == "2027-06-30"  # what was typed is kept


def test_one_parent_asks_for_the_reason(iber: Client, row: Aanvraag) -> None:
    data = {"versie": 1, "verder": "ja", "ouder2_naam": "", "ouder2_email": "", "een_ouder_reden": ""}
    response = iber.post(url(row, "ouders"), data)
    assert response.status_code == 422
    assert "Vul ouder 2 in, of schrijf waarom er maar één ouder met gezag is." in response.content.decode()


OPTIONEEL = '<span class="optioneel">(niet verplicht)</span>'


def test_what_is_called_optional_may_be_left_empty(iber: Client, row: Aanvraag) -> None:
    """Of every step: whatever says '(niet verplicht)' is emptied, and the application can still be put before all."""
    optional = []
    for step in ROUTE_A.stappen[:-1]:
        page = iber.get(url(row, step.naam))
        form = page.context["form"]
        text = page.content.decode()
        blocks = dict(re.findall(r'<div id="div_id_(\w+)" class="veld(.*?)(?=<div id="div_|\Z)', text, re.S))
        assert set(blocks) == set(form.fields) - {"versie"}
        empty = [name for name, block in blocks.items() if OPTIONEEL in block]
        left = {name: form[name].value() or "" for name in blocks if name not in empty}
        data = {name: value for name, value in left.items() if value is not False} | dict.fromkeys(empty, "")
        answer = iber.post(url(row, step.naam), {**data, "versie": form["versie"].value(), "verder": "ja"})
        assert answer.status_code == 302, (step.naam, answer.content.decode())
        optional += empty
    assert optional == ["woon_pc4", "woont_in_gebied", "ouder1_telefoon", "ouder2_telefoon", "tweede_telefoon"]
    assert b"Voorleggen kan nog niet" not in iber.get(url(row, "controleren")).content


@pytest.mark.parametrize(
    ("step", "fields", "heading"),
    [
        (
            "ouders",
            ("ouder2_naam", "ouder2_email", "ouder2_telefoon", "een_ouder_reden"),
            "Vul ouder 2 in, of schrijf waarom er één ouder met gezag is",
        ),
        (
            "school",
            ("terugkeer_moment", "geen_terugkeer_reden"),
            "Terug naar een gewone school: vul een van deze twee in",
        ),
    ],
)
def test_what_is_required_together_stands_together(
    iber: Client, row: Aanvraag, step: str, fields: tuple[str, ...], heading: str
) -> None:
    page = iber.get(url(row, step)).content.decode()
    groups = re.findall(r'<fieldset\s+class="paneel"\s*>\s*<legend>(.*?)</legend>(.*?)</fieldset>', page, re.S)
    assert [legend for legend, _ in groups] == [heading]
    assert tuple(re.findall(r'id="div_id_(\w+)"', groups[0][1])) == fields


def test_a_step_is_ready_when_one_of_the_two_is_filled(iber: Client, row: Aanvraag) -> None:
    def ready() -> bool:
        steps = iber.get(url(row, "leerling")).context["stappen"]
        return bool(next(item.stand for item in steps if item.label == "Ontvangende school") == "klaar")

    assert ready()
    Aanvraag.objects.filter(pk=row.pk).update(terugkeer_moment=None)
    assert not ready()
    answer = iber.post(url(row, "school"), {"versie": 1, "geen_terugkeer_reden": "De leerling is twaalf."})
    assert answer.status_code == 302
    assert ready()
