"""Putting an application before its parties: the check page, and the codes that are shown once."""

from django.test import Client
from django.urls import reverse

from ondersteuning.models import Aanvraag
from swv_portal.access.models import PersoonlijkeLink
from tests.ondersteuning.views.formulier import url
from tests.sleutel import nieuwe_sleutel, sleutel_uit


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
