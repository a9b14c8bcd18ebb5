"""The screens of the letters: from the list to a version that holds, what differs, and what is refused."""

from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from ondersteuning.domain.briefsoorten import SOORTEN, TOEKENNING
from ondersteuning.domain.briefversie import CONCEPT, GELDEND, VERVANGEN, WEGGELEGD
from ondersteuning.models import Briefsjabloon, Briefversie
from swv_portal.common.scoping import Rol
from tests.factories.brieven import BriefversieFactory, teksten
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.ondersteuning.views.formulier import Als
from tests.sleutel import sleutel_uit


def url(naam: str, *args: Any) -> str:
    return reverse(f"ondersteuning:{naam}", args=args)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().split())


@pytest.fixture
def directeur(als: Als) -> Client:
    SamenwerkingsverbandFactory()
    return als(Rol.DIRECTEUR_BESTUURDER)


def test_the_list_says_of_every_letter_what_holds(directeur: Client) -> None:
    page = text(directeur.get(url("brieven")))
    assert page.count("De tekst van het portaal") == len(SOORTEN)
    BriefversieFactory(staat=GELDEND)
    BriefversieFactory()
    page = text(directeur.get(url("brieven")))
    assert page.count("De tekst van het portaal") == len(SOORTEN) - 1
    assert "Versie 1 sinds" in page
    assert url("briefversie", TOEKENNING, 2) in page


def test_from_the_text_of_the_house_to_an_own_version(directeur: Client) -> None:
    page = directeur.get(url("briefsjabloon", TOEKENNING))
    assert "Er is nog geen eigen versie." in text(page)
    assert "Dat heet een toelaatbaarheidsverklaring (TLV)." in text(page)
    assert "Voorbeeld(" not in text(page)
    made = directeur.post(url("brief_concept", TOEKENNING), {"uit": "0", **sleutel_uit(page)})
    assert made["Location"] == url("briefversie_wijzigen", TOEKENNING, 1)
    form = text(directeur.get(made["Location"]))
    assert "{bezwaar_tot}" in form
    assert "Bijvoorbeeld: Noor Voorbeeld" in form
    typed = {**teksten(slot="Hartelijke groet van ons,"), "versie": "1"}
    seen = text(directeur.post(made["Location"], {**typed, "actie": "voorbeeld"}))
    assert "Nog niet bewaard." in seen
    assert "<p>Hartelijke groet van ons,</p>" in seen
    assert Briefversie.objects.get().versie == 1
    kept = text(directeur.post(made["Location"], typed, follow=True))
    assert "De teksten zijn bewaard." in kept
    assert '<p class="brief-verschil"><del>Met vriendelijke groet,</del>' in kept
    assert "<ins>Hartelijke groet van ons,</ins>" in kept
    step = url("briefversie_stap", TOEKENNING, 1, "maak_geldend")
    asked = text(directeur.get(step))
    assert "De tekst van het portaal wordt niet meer gebruikt." in asked
    assert "<ins>Hartelijke groet van ons,</ins>" in asked
    done = text(directeur.post(step, {"versie": "2", "geldend": "0"}, follow=True))
    assert "Deze versie geldt nu voor nieuwe brieven." in done
    assert Briefversie.objects.get().staat == GELDEND
    assert "Nu geldt versie 1" in text(directeur.get(url("briefsjabloon", TOEKENNING)))


@pytest.mark.parametrize(
    ("blok", "getypt", "zin"),
    [
        ("opening", "Beste {leeling}", "Het veld {leeling} bestaat niet. Bedoelt u {leerling}?"),
        ("bezwaar", "Bel ons.", "Zet {bezwaar_tot} en {bezwaaradres} in deze tekst."),
        ("slot", "<b>Groet</b>", "Haal &#x27;&lt;b&gt;&#x27; weg."),
        ("slot", "Groet {", "Er staat een { of } los."),
        ("slot", "", "Vul dit in"),
        ("slot", "Groet 🙂", "Dit kan niet in een brief: 🙂"),
        ("aanhef", "x" * 201, "De tekst heeft 201 tekens. Er passen er 200."),
    ],
)
def test_what_is_refused_is_said_at_the_block_and_nothing_is_lost(
    directeur: Client, blok: str, getypt: str, zin: str
) -> None:
    row = BriefversieFactory()
    typed = {**teksten(verder="Mijn lange nieuwe tekst."), blok: getypt, "versie": "1"}
    page = text(directeur.post(url("briefversie_wijzigen", TOEKENNING, 1), typed), 422)
    assert zin in page or (not getypt and f'href="#id_{blok}"' in page)
    assert f'href="#id_{blok}"' in page
    assert "Mijn lange nieuwe tekst." in page
    assert "<b>Groet" not in page
    row.refresh_from_db()
    assert row.versie == 1


def test_two_fields_that_do_not_exist_are_both_named(directeur: Client) -> None:
    BriefversieFactory()
    typed = {**teksten(slot="{een} {twee}"), "versie": "1"}
    page = text(directeur.post(url("briefversie_wijzigen", TOEKENNING, 1), typed), 422)
    assert "Het veld {een} bestaat niet." in page
    assert "Het veld {twee} bestaat niet." in page


def test_the_second_of_two_editors_keeps_the_own_words(directeur: Client) -> None:
    BriefversieFactory(versie=2)
    typed = {**teksten(slot="Van de ander,"), "versie": "1"}
    page = text(directeur.post(url("briefversie_wijzigen", TOEKENNING, 1), typed), 422)
    assert "Iemand anders heeft dit intussen gewijzigd." in page
    assert "Van de ander," in page


def test_another_version_became_geldend_meanwhile(directeur: Client) -> None:
    BriefversieFactory(staat=GELDEND)
    BriefversieFactory()
    step = url("briefversie_stap", TOEKENNING, 2, "maak_geldend")
    page = text(directeur.post(step, {"versie": "1", "geldend": "0"}), 422)
    assert "is een andere versie geldend gemaakt" in page
    assert 'name="geldend" value="1"' in page
    for nothing in ("", "x", "²"):
        assert directeur.post(step, {"versie": "1", "geldend": nothing}).status_code == 422
    assert Briefversie.objects.get(nummer=2).staat == CONCEPT


def test_a_concept_is_put_away_and_an_older_one_put_back(directeur: Client) -> None:
    BriefversieFactory(staat=VERVANGEN, blokken=teksten(slot="Zoals vroeger,"))
    BriefversieFactory()
    page = directeur.get(url("briefversie", TOEKENNING, 1))
    again = {"uit": "1", **sleutel_uit(page)}
    refused = text(directeur.post(url("brief_concept", TOEKENNING), again), 422)
    assert "Er is al een concept: versie 2." in refused
    step = url("briefversie_stap", TOEKENNING, 2, "leg_weg")
    assert "Versie 2 wordt niet gebruikt." in text(directeur.get(step))
    assert "Het concept is weggelegd." in text(directeur.post(step, {"versie": "1"}, follow=True))
    assert Briefversie.objects.get(nummer=2).staat == WEGGELEGD
    made = text(directeur.post(url("brief_concept", TOEKENNING), again, follow=True))
    assert "Zoals vroeger," in made
    assert Briefversie.objects.get(nummer=3).herkomst == 1


def test_what_is_no_concept_can_not_be_written(directeur: Client) -> None:
    BriefversieFactory(staat=GELDEND)
    assert "Dit is geen concept meer." in text(directeur.get(url("briefversie_wijzigen", TOEKENNING, 1), follow=True))
    typed = {**teksten(), "versie": "1"}
    assert "Dit is geen concept meer." in text(directeur.post(url("briefversie_wijzigen", TOEKENNING, 1), typed), 422)
    assert "Dit is geen concept meer." in text(directeur.get(url("briefversie_stap", TOEKENNING, 1, "leg_weg")))


def test_a_version_is_compared_with_the_one_that_is_chosen(directeur: Client) -> None:
    BriefversieFactory(staat=VERVANGEN, blokken=teksten(slot="Een,"))
    BriefversieFactory(staat=GELDEND, blokken=teksten(slot="Twee,"), herkomst=1)
    address = url("briefversie", TOEKENNING, 2)
    assert "<del>Een,</del><ins>Twee,</ins>" in text(directeur.get(address))
    assert "<del>Met vriendelijke groet,</del><ins>Twee,</ins>" in text(directeur.get(address, {"met": "0"}))
    assert "<del>Een,</del>" in text(directeur.get(address, {"met": "99"}))
    house = text(directeur.get(url("briefversie", TOEKENNING, 0)))
    assert "Dit is er in deze versie anders dan in versie 2." in house
    assert "Begin met deze tekst" in house


def test_a_geldend_text_that_a_release_made_wrong_says_so(directeur: Client) -> None:
    BriefversieFactory(blokken=teksten(slot="{verdwenen}"))
    page = text(directeur.get(url("briefversie", TOEKENNING, 1)))
    assert "kan nog niet: Slot: Het veld {verdwenen} bestaat niet." in page
    step = url("briefversie_stap", TOEKENNING, 1, "maak_geldend")
    assert "Het veld {verdwenen} bestaat niet." in text(directeur.post(step, {"versie": "1", "geldend": "0"}), 422)


def test_the_preview_as_a_file(directeur: Client) -> None:
    BriefversieFactory(blokken=teksten(slot="Groeten uit de polder,"))
    answer = directeur.get(url("briefversie_pdf", TOEKENNING, 1))
    assert answer["Content-Disposition"] == 'attachment; filename="Voorbeeld-toekenning-versie-1.pdf"'
    pages = pypdf.PdfReader(BytesIO(answer.content)).pages
    assert "Groeten uit de polder," in " ".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("args", [("bestaat-niet", 0), (TOEKENNING, 9), (TOEKENNING, 2_000_000_000_000)])
@pytest.mark.parametrize("naam", ["briefversie", "briefversie_pdf", "briefversie_wijzigen"])
def test_what_is_not_there(directeur: Client, naam: str, args: tuple[Any, ...]) -> None:
    assert directeur.get(url(naam, *args)).status_code == 404


def test_the_house_s_text_is_nobody_s_to_change(directeur: Client) -> None:
    assert directeur.get(url("briefversie_wijzigen", TOEKENNING, 0)).status_code == 404
    assert directeur.post(url("briefversie_stap", TOEKENNING, 0, "leg_weg"), {"versie": "1"}).status_code == 404
    assert directeur.get(url("briefversie_stap", TOEKENNING, 0, "vervang")).status_code == 404
    assert not Briefsjabloon.objects.exists()


def test_staff_reads_without_buttons(als: Als) -> None:
    SamenwerkingsverbandFactory()
    BriefversieFactory()
    client = als(Rol.SWV_MEDEWERKER)
    for page in (
        text(client.get(url("briefsjabloon", TOEKENNING))),
        text(client.get(url("briefversie", TOEKENNING, 1))),
    ):
        assert "Voorbeeld als PDF" in page
        assert 'name="uit"' not in page
        assert "wijzigen/" not in page
        assert "/stap/" not in page


def test_who_finds_the_letters_in_the_menu(als: Als) -> None:
    SamenwerkingsverbandFactory()
    link = f'href="{url("brieven")}"'
    assert link in text(als(Rol.SWV_MEDEWERKER).get(url("aanvragen")))
    assert link in text(als(Rol.BEHEERDER).get(url("tlv_instellingen")))
    assert link not in text(als(Rol.IBER).get(url("aanvragen")))


def test_queries_are_few_and_the_same_for_one_and_for_thirty(
    directeur: Client, django_assert_max_num_queries: Any
) -> None:
    BriefversieFactory(staat=GELDEND)
    for extra in (0, 29):
        for _ in range(extra):
            BriefversieFactory(staat=VERVANGEN)
        with django_assert_max_num_queries(8):
            directeur.get(url("brieven"))
        with django_assert_max_num_queries(9):
            directeur.get(url("briefsjabloon", TOEKENNING))
        with django_assert_max_num_queries(12):
            directeur.get(url("briefversie", TOEKENNING, 1))
