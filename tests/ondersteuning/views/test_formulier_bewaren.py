"""Storing the step form: by itself with htmx, by the button without it, in two tabs, and when it moved on."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN
from ondersteuning.models import Aanvraag
from swv_portal.common.scoping import Rol
from tests.factories.ondersteuning import in_staat
from tests.ondersteuning.views.formulier import Als, autosave, url


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


@pytest.mark.parametrize("value", ["\x00", "x" * 20_000, "'; DROP TABLE x; --", "<script>alert(1)</script>"])
def test_strange_texts(iber: Client, row: Aanvraag, value: str) -> None:
    response = iber.post(url(row, "onderbouwing"), {"onderwijsbehoefte": value, "versie": 1})
    assert response.status_code in {302, 422}
    page = iber.get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    assert "<script>alert" not in page


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
