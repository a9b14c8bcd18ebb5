"""The screens of the sociale kaart: for everybody, for schools that propose, for the SWV that keeps it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ondersteuning.models import Aanbieder
from ondersteuning.queries.sociale_kaart import zoek_aanbieders
from swv_portal.common.scoping import NIEMAND, Bereik, Rol, Toekenning
from swv_portal.local.voorbeeld.sociale_kaart import AANBIEDERS
from tests.factories.sociale_kaart import AanbiederFactory, opgave
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]
KAART = "/sociale-kaart/"


def _tekst(client: Client, url: str = KAART, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def _getoond(client: Client, **query: str) -> set[str]:
    text = _tekst(client, **query)
    return {row.naam for row in Aanbieder.objects.all() if row.naam in text}


def test_everybody_reads_what_is_shown_and_nothing_else(client: Client) -> None:
    for state in ("getoond", "voorstel", "verborgen"):
        AanbiederFactory(naam=f"Praktijk {state}", staat=state)
    assert _getoond(client) == {"Praktijk getoond"}
    assert "Laatst bijgewerkt op" in _tekst(client)


def test_an_empty_map_says_so(client: Client) -> None:
    AanbiederFactory(staat="voorstel")
    text = _tekst(client)
    assert "Er staat nog geen aanbieder op de sociale kaart." in text
    assert "Laatst bijgewerkt" not in text
    assert "Er is geen aanbieder die hierbij past." in _tekst(client, q="zeilen")


@pytest.mark.parametrize("q", ["mos", "Veenpolder", "PAARDEN", "  mos "])
def test_searching_looks_in_name_place_and_description(client: Client, q: str) -> None:
    AanbiederFactory(naam="Praktijk Mos", plaats="Veenpolder", omschrijving="Werkt met paarden.")
    AanbiederFactory(naam="Praktijk Gras")
    assert _getoond(client, q=q) == {"Praktijk Mos"}


def test_a_category_filters_and_stays_in_the_address(client: Client) -> None:
    AanbiederFactory(naam="Praktijk Mos", categorieen=["dyslexie", "logopedie"])
    AanbiederFactory(naam="Praktijk Gras", categorieen=["kindercoach"])
    assert _getoond(client, categorie="dyslexie") == {"Praktijk Mos"}
    assert '<option value="dyslexie" selected>' in _tekst(client, categorie="dyslexie")


@pytest.mark.parametrize(
    "query",
    [{"categorie": "x"}, {"q": "x" * 200}, {"q": "\x00"}, {"pagina": "-1"}, {"na": "9" * 30}, {"staat": "voorstel"}],
)
def test_an_address_that_makes_no_sense_shows_the_map(client: Client, query: dict[str, str]) -> None:
    AanbiederFactory(naam="Praktijk Mos")
    AanbiederFactory(naam="Praktijk Geheim", staat="voorstel")
    assert _getoond(client, **query) == {"Praktijk Mos"}


def test_a_long_map_has_pages_that_keep_the_filter(client: Client) -> None:
    AanbiederFactory.create_batch(30)
    text = _tekst(client, categorie="logopedie")
    assert "30 aanbieders" in text
    assert "bladzijde 1 van 2" in text
    assert "categorie=logopedie&amp;pagina=2" in text


def test_the_map_asks_the_database_as_often_for_thirty_as_for_one(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(KAART)
        return len(queries)

    AanbiederFactory()
    client.get(KAART)
    one = asked()
    AanbiederFactory.create_batch(29)
    assert asked() == one <= 8


def test_the_page_of_a_provider_is_for_everybody_and_does_not_say_who_proposed_it(client: Client, als: Als) -> None:
    school = als(Rol.IBER)
    row = AanbiederFactory(telefoon="0299 123 456", email="info@mos.example", voorgesteld_door_id=school.user.pk)  # type: ignore[attr-defined]
    text = _tekst(client, reverse("sociale_kaart:aanbieder", args=[row.pk]))
    assert '<a href="https://www.praktijk-test.example" rel="noopener">' in text
    assert 'href="tel:0299123456"' in text
    assert 'href="mailto:info@mos.example"' in text
    assert school.user.email not in text  # type: ignore[attr-defined]
    assert "Wat is er gebeurd?" not in text


@pytest.mark.parametrize("staat", ["voorstel", "verborgen"])
def test_what_is_not_shown_is_not_found(client: Client, als: Als, staat: str) -> None:
    url = reverse("sociale_kaart:aanbieder", args=[AanbiederFactory(staat=staat).pk])
    assert client.get(url).status_code == 404
    absent = client.get(reverse("sociale_kaart:aanbieder", args=[10**9]))
    assert absent.content == client.get(url).content
    for rol in Rol:
        keeps = rol in {Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER}
        assert als(rol).get(url).status_code == (200 if keeps else 404)


def test_a_school_proposes_and_sees_that_it_waits(als: Als) -> None:
    school = als(Rol.IBER)
    response = school.post(reverse("sociale_kaart:voorstellen"), opgave() | nieuwe_sleutel(), follow=True)
    assert Aanbieder.objects.get().staat == "voorstel"
    text = response.content.decode()
    assert "Dit is nog een voorstel." in text
    assert "Zet op de kaart" not in text
    assert _getoond(school) == set()


def test_what_is_wrong_is_said_at_once_and_what_was_typed_stays(als: Als) -> None:
    sent = opgave(naam="", categorieen=[], website="http://a.example", telefoon="12", omschrijving="Zeeklaver")
    response = als(Rol.SCHOOLDIRECTEUR).post(reverse("sociale_kaart:voorstellen"), sent | nieuwe_sleutel())
    text = response.content.decode()
    assert response.status_code == 422
    for part in ("Fout:", "Er zijn 4 dingen", "Kies een of meer categorieën.", "begint met https://", "tien cijfers"):
        assert part in text
    assert "Zeeklaver" in text
    assert not Aanbieder.objects.exists()


def test_an_address_without_https_gets_it(als: Als) -> None:
    sent = opgave(website="www.zandloper.example") | nieuwe_sleutel()
    als(Rol.IBER).post(reverse("sociale_kaart:voorstellen"), sent)
    assert Aanbieder.objects.get().website == "https://www.zandloper.example"


def test_the_swv_goes_from_the_proposals_to_the_map(als: Als, client: Client) -> None:
    swv, row = als(Rol.SWV_MEDEWERKER), AanbiederFactory(naam="Praktijk Mos", staat="voorstel")
    AanbiederFactory(naam="Praktijk Gras")
    found = _tekst(swv, reverse("sociale_kaart:beheer"), staat="voorstel")
    assert "Praktijk Mos" in found
    assert "Praktijk Gras" not in found
    page = _tekst(swv, reverse("sociale_kaart:aanbieder", args=[row.pk]))
    assert "Zet op de kaart" in page
    assert "Gegevens wijzigen" in page
    data = {"stap": "publiceer", "versie": "1"}
    done = swv.post(reverse("sociale_kaart:stap", args=[row.pk]), data, follow=True)
    assert "De aanbieder staat nu op de sociale kaart." in done.content.decode()
    assert _getoond(client) == {"Praktijk Mos", "Praktijk Gras"}


def test_the_swv_changes_a_provider_in_a_form_that_is_filled_in(als: Als) -> None:
    swv, row = als(Rol.DIRECTEUR_BESTUURDER), AanbiederFactory(naam="Praktijk Mos")
    url = reverse("sociale_kaart:wijzigen", args=[row.pk])
    assert "Praktijk Mos" in _tekst(swv, url)
    done = swv.post(url, opgave(versie="1"), follow=True)
    assert "De gegevens zijn bewaard." in done.content.decode()
    row.refresh_from_db()
    assert row.naam == "Praktijk De Zandloper"


@pytest.mark.parametrize("name", ["", "verwijder"])
def test_a_step_that_does_not_exist_is_not_found(als: Als, name: str) -> None:
    row = AanbiederFactory()
    url = reverse("sociale_kaart:stap", args=[row.pk])
    assert als(Rol.SWV_MEDEWERKER).post(url, {"stap": name, "versie": "1"}).status_code == 404


def test_the_login_page_and_the_menu_lead_to_the_map(client: Client, als: Als) -> None:
    assert f'href="{KAART}"' in _tekst(client, reverse("account_login"))
    for rol in (Rol.IBER, Rol.SCHOOLDIRECTEUR, Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER):
        assert f'href="{KAART}"' in _tekst(als(rol), reverse("access:account"))


def test_the_examples_cover_every_category() -> None:
    assert len(AANBIEDERS) == 12
    assert len({code for each in AANBIEDERS for code in each[1]}) == 12


def test_the_map_is_by_name_with_letters_that_keep_the_filter(client: Client) -> None:
    for name in ("Praktijk Mos", "adviesbureau Gras", "Bureau Wad"):
        AanbiederFactory(naam=name, categorieen=["dyslexie"])
    AanbiederFactory(naam="Zonder Filter")
    text = _tekst(client)
    assert text.index("adviesbureau Gras") < text.index("Bureau Wad") < text.index("Praktijk Mos")
    assert _getoond(client, letter="a") == {"adviesbureau Gras"}
    filtered = _tekst(client, categorie="dyslexie", letter="B")
    assert 'href="?categorie=dyslexie&amp;letter=P"' in filtered
    assert "letter=Z" not in filtered
    assert _getoond(client, letter="x") == set()


def test_who_proposes_finds_the_own_proposals_with_what_became_of_them(als: Als) -> None:
    school = als(Rol.IBER)
    empty = _tekst(school, reverse("sociale_kaart:mijn"))
    assert "U stelde nog geen aanbieder voor." in empty
    for state in ("voorstel", "getoond", "verborgen"):
        AanbiederFactory(naam=f"Praktijk {state}", staat=state, voorgesteld_door_id=school.user.pk)  # type: ignore[attr-defined]
    AanbiederFactory(naam="Van een ander", staat="voorstel", voorgesteld_door_id=als(Rol.IBER).user.pk)  # type: ignore[attr-defined]
    text = _tekst(school, reverse("sociale_kaart:mijn"))
    for word in ("Praktijk voorstel", "Voorgesteld", "Op de kaart", "Verborgen", "3 voorstellen"):
        assert word in text
    assert "Van een ander" not in text


def test_the_general_search_finds_what_is_on_the_map() -> None:
    AanbiederFactory(naam="Praktijk Zeeklaver")
    AanbiederFactory(naam="Zeeklaver Geheim", staat="voorstel")
    reach = Bereik(1, frozenset({Toekenning(Rol.CONTROLLER)}))
    assert [hit.titel for hit in zoek_aanbieders(reach, "zeeklaver")] == ["Praktijk Zeeklaver"]
    assert zoek_aanbieders(NIEMAND, "zeeklaver") == []
