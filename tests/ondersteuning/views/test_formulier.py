"""The step form: autosave with htmx, the explicit button without it, two tabs, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN
from ondersteuning.models import Aanvraag
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import AanvraagFactory, in_staat

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
    assert "behalve: Geboortedatum" in shown
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
    data = {"tweede_naam": "Iemand", "tweede_functie": "jeugdarts", "tweede_dienstverband": "elders"} | changes
    assert sentence in autosave(iber, row, "deskundige", **data)
    response = iber.post(url(row, "deskundige"), {**data, "versie": 1, "verder": "ja"})
    assert response.status_code == 409
    assert sentence in response.content.decode()
    assert 'value="Iemand"' in response.content.decode()
    assert row.partijen.get(soort="tweede_deskundige").naam == "Deskundige Test"


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
            client.post(url(row, step), {"groep": "8", "versie": row.versie})
            row.refresh_from_db()
            assert row.groep == "4"


def test_the_codes_are_shown_once_and_not_kept_by_the_browser(iber: Client, row: Aanvraag) -> None:
    response = iber.post(url(row, "controleren"), {"versie": 1})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response.content.decode().count('class="cijfer"') == 3
    again = iber.post(url(row, "controleren"), {"versie": 1})
    assert again.status_code == 302


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
