"""The step form: autosave with htmx, the explicit button without it, two tabs, and what is refused."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN
from ondersteuning.domain.routes import ROUTE_A
from ondersteuning.models import Aanvraag
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import AanvraagFactory, in_staat
from tests.sleutel import nieuwe_sleutel, sleutel_uit

Als = Callable[..., Client]


@pytest.fixture
def row(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    return AanvraagFactory()


@pytest.fixture
def iber(als: Als, row: Aanvraag) -> Client:
    return als(Rol.IBER, row.verwijzende_school)


def url(row: Aanvraag, step: str) -> str:
    return reverse("ondersteuning:stap", args=[row.pk, step])


def autosave(client: Client, row: Aanvraag, step: str, **data: Any) -> str:
    response = client.post(url(row, step), {"versie": 1, **data}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.content.decode()


def test_autosave_stores_what_is_right_and_says_what_is_not(iber: Client, row: Aanvraag) -> None:
    shown = autosave(iber, row, "leerling", voornamen="Nieuw", geboortedatum="31-31-2017", groep="")
    assert "<li><strong>Geboortedatum</strong>:" in shown
    assert 'name="versie" id="id_versie" value="2" hx-swap-oob="true"' in shown
    assert "<html" not in shown
    row.refresh_from_db()
    row.leerling.refresh_from_db()
    # Cleared is stored too; the birth date that was wrong stays what it was.
    assert (row.leerling.voornamen, row.groep, row.leerling.geboortedatum) == ("Nieuw", "", "2017-05-04")


def test_autosave_conflict_changes_nothing(iber: Client, row: Aanvraag) -> None:
    autosave(iber, row, "leerling", voornamen="Eerst")
    shown = autosave(iber, row, "leerling", voornamen="Later")
    assert "Niet bewaard" in shown
    assert "hx-swap-oob" not in shown
    row.leerling.refresh_from_db()
    assert row.leerling.voornamen == "Eerst"


def test_conflict_without_javascript_keeps_what_was_typed(iber: Client, row: Aanvraag) -> None:
    data = {"voornamen": "Mila Test", "achternaam": "Kanariepiet", "geboortedatum": "4-5-2017", "groep": "4"}
    assert iber.post(url(row, "leerling"), {**data, "voornamen": "Eerst", "versie": 1}).status_code == 302
    response = iber.post(url(row, "leerling"), {**data, "voornamen": "Later", "versie": 1, "verder": "ja"})
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Later"' in page
    assert "Wat een ander intussen bewaarde" in page
    assert "Eerst" in page
    assert 'value="2"' in page  # sending it again replaces it, knowingly
    again = iber.post(url(row, "leerling"), {**data, "voornamen": "Later", "versie": 2, "verder": "ja"})
    assert again.status_code == 302
    row.leerling.refresh_from_db()
    assert row.leerling.voornamen == "Later"


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


def test_nothing_to_fill_in_while_it_lies_with_others(als: Als, db: None) -> None:
    for state, step, there in (
        (BIJ_PARTIJEN, "leerling", 302),
        (AANVULLING, "school", 302),
        (AANVULLING, "leerling", 200),
    ):
        row = in_staat(state)
        client = als(Rol.IBER, row.verwijzende_school)
        assert client.get(url(row, step)).status_code == there, (state, step)
        if there == 302:
            typed = client.post(url(row, step), {"groep": "8", "versie": row.versie})
            assert typed.status_code == 409
            row.refresh_from_db()
            assert row.groep == "4"


def test_autosave_on_an_application_that_moved_on_says_so_in_its_place(als: Als, db: None) -> None:
    row = in_staat(BIJ_PARTIJEN)
    shown = autosave(als(Rol.IBER, row.verwijzende_school), row, "leerling", groep="8", versie=row.versie)
    assert "<html" not in shown
    assert "hx-swap-oob" not in shown
    assert "Niet bewaard: Wijzigen kan niet: de status is" in shown


def test_what_was_typed_on_an_application_that_moved_on_stays_on_the_page(als: Als, db: None) -> None:
    row = in_staat(BIJ_PARTIJEN)
    data = {"voornamen": "Pas getypt", "versie": row.versie, "verder": "ja"}
    response = als(Rol.IBER, row.verwijzende_school).post(url(row, "leerling"), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "<title>Fout: " in page
    assert "Wijzigen kan niet: de status is" in page
    assert 'value="Pas getypt"' in page


def test_the_codes_are_shown_once_and_not_kept_by_the_browser(iber: Client, row: Aanvraag) -> None:
    response = iber.post(url(row, "controleren"), {"versie": 1})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response.content.decode().count('class="cijfer"') == 3


def test_who_sends_it_twice_reads_that_the_codes_were_shown(iber: Client, row: Aanvraag) -> None:
    """A browser shows the answer to the second click: the codes were in the first."""
    iber.post(url(row, "controleren"), {"versie": 1})
    links = PersoonlijkeLink.objects.count()
    again = iber.post(url(row, "controleren"), {"versie": 1})
    page = again.content.decode()
    assert again.status_code == 200
    assert "De codes zijn al getoond" in page
    assert 'class="cijfer"' not in page
    assert PersoonlijkeLink.objects.count() == links
    # For each of them a button that gives a new link with a new code.
    for party in row.partijen.exclude(email=""):
        give = reverse("ondersteuning:uitnodigen", args=[row.pk, party.pk])
        assert f'action="{give}"' in page
    answer = iber.post(give, sleutel_uit(again))
    assert answer.content.decode().count('class="cijfer"') == 1


def test_the_second_click_on_a_new_link_says_where_the_code_was(iber: Client, row: Aanvraag) -> None:
    iber.post(url(row, "controleren"), {"versie": 1})
    party = row.partijen.exclude(email="").first()
    assert party is not None
    give, key = reverse("ondersteuning:uitnodigen", args=[row.pk, party.pk]), nieuwe_sleutel()
    assert 'class="cijfer"' in iber.post(give, key).content.decode()
    again = iber.post(give, key)
    page = again.content.decode()
    assert again.status_code == 200
    assert "De code is al getoond" in page
    assert 'class="cijfer"' not in page
    assert page.count("Geef een nieuwe link en code") == 1
    assert sleutel_uit(again) != key
    assert 'class="cijfer"' in iber.post(give, sleutel_uit(again)).content.decode()


def test_an_incomplete_application_can_not_be_put_before_anybody(iber: Client, row: Aanvraag) -> None:
    Aanvraag.objects.filter(pk=row.pk).update(onderwijsbehoefte="")
    assert "Voorleggen kan nog niet" in iber.get(url(row, "controleren")).content.decode()
    response = iber.post(url(row, "controleren"), {"versie": 1})
    assert response.status_code == 422
    row.refresh_from_db()
    assert row.staat == "concept"


@pytest.mark.parametrize("value", ["\x00", "x" * 20_000, "'; DROP TABLE x; --", "<script>alert(1)</script>"])
def test_strange_texts(iber: Client, row: Aanvraag, value: str) -> None:
    response = iber.post(url(row, "onderbouwing"), {"onderwijsbehoefte": value, "versie": 1})
    assert response.status_code in {302, 422}
    page = iber.get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    assert "<script>alert" not in page


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


def test_the_fields_of_the_school_that_were_right_are_stored(iber: Client, row: Aanvraag) -> None:
    data = {"categorie": "II", "eerste_functie": "psycholoog", "gewenst_van": "1-9-2025", "gewenst_tot": "31-7-2027"}
    data |= {
        "terugkeer_moment": "31-31-2026",
        "geen_terugkeer_reden": "",
        "ontvangende_school": row.ontvangende_school_id,
    }
    response = iber.post(url(row, "school"), {**data, "versie": 1, "verder": "ja"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Bewaard, behalve: Categorie, Wanneer bekijkt u samen of de leerling terug kan?" in page
    assert 'value="31-31-2026"' in page
    assert re.search(r'value="II"[^>]*selected', page)
    row.refresh_from_db()
    assert (row.categorie, row.eerste_functie, str(row.gewenst_van)) == ("SBO", "psycholoog", "2025-09-01")
    assert row.terugkeer_moment is not None  # what was there stays: what was typed is no date


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
    assert optional == ["ouder1_telefoon", "ouder2_telefoon", "tweede_telefoon"]
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
