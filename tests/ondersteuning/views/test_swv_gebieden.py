"""The page of the SWV areas, the question on the form, and who decides on the dossier and the test list."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ondersteuning.domain.aanvraag import INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, SwvGebied
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import PlaatsingFactory, SboFactory, in_staat
from tests.ondersteuning.views.formulier import Als


@pytest.fixture
def tabel(db: None) -> str:
    """A table of two postcodes: 2011 is ours, 1970 of a neighbour.  The answer is our own code."""
    own = SamenwerkingsverbandFactory().registratienummer
    SwvGebied.objects.create(pc4="2011", swv_code=own, swv_naam="SWV Duin", ingelezen_op=date(2025, 3, 10))
    SwvGebied.objects.create(pc4="1970", swv_code="PO9988", swv_naam="SWV Polder", ingelezen_op=date(2025, 3, 10))
    return str(own)


def page(client: Client, pc4: str | None = None) -> tuple[int, str]:
    answer = client.get(reverse("ondersteuning:swv_gebieden"), {} if pc4 is None else {"pc4": pc4})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("rol", [Rol.SWV_MEDEWERKER, Rol.BEHEERDER])
def test_the_table_and_one_postcode(als: Als, tabel: str, rol: Rol) -> None:
    client = als(rol)
    status, text = page(client)
    assert status == 200
    assert "2 postcodes" in text
    assert "10 maart 2025" in text
    assert "hoort bij ons gebied" in page(client, "2011")[1]
    assert "hoort bij SWV Polder (PO9988)" in page(client, "1970")[1]
    assert "staat niet in de tabel" in page(client, "3000")[1]


@pytest.mark.parametrize("typed", ["2011 AB", "201", "\x00abc", "<b>"])
def test_what_is_no_pc4_is_said_and_kept(als: Als, tabel: str, typed: str) -> None:
    status, text = page(als(Rol.SWV_MEDEWERKER), typed)
    assert status == 422
    assert "Schrijf alleen de vier cijfers van de postcode" in text
    assert "<b>" not in text.split('id="id_pc4"')[1].split(">")[0]


def test_empty_state(als: Als) -> None:
    SamenwerkingsverbandFactory()
    status, text = page(als(Rol.SWV_MEDEWERKER))
    assert status == 200
    assert "Er is nog geen tabel met SWV-gebieden." in text
    assert 'id="id_pc4"' not in text


def step(client: Client, row: Aanvraag, **typed: str) -> str:
    url = reverse("ondersteuning:stap", args=[row.pk, "leerling"])
    data = {
        "versie": row.versie,
        "voornamen": "Mila Test",
        "achternaam": "Kanariepiet",
        "geboortedatum": "04-05-2017",
        "groep": "4",
        **typed,
    }
    answer = client.post(url, data) if typed else client.get(url)
    row.refresh_from_db()
    return str(answer.content.decode())


def test_the_form_keeps_four_digits_and_no_more(row: Aanvraag, iber: Client) -> None:
    text = step(iber, row, woon_pc4="2011 AB")
    assert "Schrijf alleen de vier cijfers van de postcode" in text
    assert row.woon_pc4 == ""
    step(iber, row, woon_pc4=" 2011 ", nergens_ingeschreven="on", woont_in_gebied="weet_niet")
    assert (row.woon_pc4, row.nergens_ingeschreven, row.woont_in_gebied) == ("2011", True, "weet_niet")


def test_the_question_is_asked_only_without_a_table(row: Aanvraag, iber: Client) -> None:
    assert "Woont de leerling in ons gebied?" in step(iber, row)
    SwvGebied.objects.create(pc4="2011", swv_code="PO9901", swv_naam="SWV Duin", ingelezen_op=date(2025, 3, 10))
    text = step(iber, row)
    assert "Woont de leerling in ons gebied?" not in text
    assert 'name="woon_pc4"' in text


def texts(als: Als, row: Aanvraag) -> tuple[str, str]:
    client = als(Rol.SWV_MEDEWERKER)
    return tuple(  # type: ignore[return-value]
        client.get(reverse(name, args=[row.pk])).content.decode()
        for name in ("ondersteuning:dossier", "ondersteuning:besluit")
    )


MELDING = "Welk samenwerkingsverband beslist?"


def test_another_swv_is_said_on_the_dossier_and_the_test_list(als: Als, tabel: str) -> None:
    row = in_staat(INGEDIEND, woon_pc4="1970", nergens_ingeschreven=True)
    for text in texts(als, row):
        assert "SWV Polder (PO9988) beslist" in text
    dossier, test_list = texts(als, row)
    assert MELDING in dossier
    assert "WEC art. 40 lid 11" in test_list
    school = als(Rol.IBER, row.verwijzende_school).get(reverse("ondersteuning:dossier", args=[row.pk]))
    assert MELDING in school.content.decode()


def test_we_decide_for_a_pupil_of_our_school(als: Als, tabel: str) -> None:
    dossier, test_list = texts(als, in_staat(INGEDIEND, woon_pc4="1970"))
    assert MELDING not in dossier
    assert "Wij beslissen: de leerling staat ingeschreven op een school in ons gebied." in test_list


def test_the_code_of_a_school_elsewhere_counts(als: Als, tabel: str) -> None:
    school = SchoolFactory(buiten_regio=True, swv_code="PO9988", postcode="2011 AB")
    row = in_staat(INGEDIEND, verwijzende_school=school)
    assert "(PO9988) beslist: daar staat de school" in texts(als, row)[0]


def test_who_came_with_a_plaatsingsakkoord_stays_with_the_other_swv(als: Als, tabel: str) -> None:
    ikc = SboFactory(is_ikc=True)
    other = {"ander_swv_code": "PO9988", "ander_swv_naam": "SWV Polder"}
    first = in_staat(TOEGEKEND, route="PA", verwijzende_school=None, ontvangende_school=ikc, **other)
    PlaatsingFactory(
        aanvraag=first, school_verwijzend=None, school_ontvangend=ikc, categorie="SBO", kostendrager="ander_swv"
    )
    known = {"route": "B", "verwijzende_school": ikc, "ontvangende_school": ikc}
    row = in_staat(INGEDIEND, leerling=first.leerling, **known)
    dossier, test_list = texts(als, row)
    assert "SWV Polder (PO9988) beslist: de leerling zit al op het speciaal (basis)onderwijs" in dossier
    assert "vaste praktijk tussen samenwerkingsverbanden" in test_list
    # The number that the school typed says it too, also of a pupil of whom the portal knows nothing else.
    typed = in_staat(INGEDIEND, vorig_tlvnummer="PO9988-2425-0017", **known)
    assert "Het andere samenwerkingsverband (PO9988) beslist" in texts(als, typed)[0]
    Aanvraag.objects.filter(pk=row.pk).update(vorig_tlvnummer=f"{tabel}-2425-0017")
    assert MELDING not in texts(als, row)[0]


def test_without_a_table_it_is_unknown(als: Als) -> None:
    SamenwerkingsverbandFactory()
    dossier, test_list = texts(als, in_staat(INGEDIEND, nergens_ingeschreven=True))
    assert MELDING in dossier
    assert "Woont de leerling in ons gebied? Vraag het na." in test_list


def test_the_receiving_school_does_not_read_the_postcode(als: Als, tabel: str) -> None:
    row = in_staat(INGEDIEND, woon_pc4="1970")
    client = als(Rol.ORTHOPEDAGOOG, row.ontvangende_school)
    answer = client.get(reverse("ondersteuning:dossier", args=[row.pk]))
    assert answer.status_code == 200
    assert "Postcode van het woonadres" not in answer.content.decode()
    assert "Postcode van het woonadres" in texts(als, row)[0]
