"""Outside the SWV nothing changes between taking a decision and sending its letter: counts, dates, phase, words."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import INGEDIEND, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.models import Aanvraag, Faseovergang, Leerling
from ondersteuning.queries import werk
from ondersteuning.queries.partijregels import LINKSOORTEN
from ondersteuning.services.adviezen import geef_tweede_advies
from ondersteuning.services.besluit import ken_toe, neem_terug
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.access.services.links import give_link
from swv_portal.common.dates import datum
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.workflow import Refusal
from tests.architecture.ouder_formulieren import client_van_link
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import in_staat
from tests.ondersteuning.services.test_besluit import staff

Als = Callable[..., Client]


def filed() -> date:
    return timezone.localdate() - timedelta(days=10)


@pytest.fixture
def row(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    return in_staat(INGEDIEND, vandaag=filed(), gewenst_van=date(2025, 8, 2))


def decide(row: Aanvraag) -> Aanvraag:
    answer = ken_toe(
        actor=staff(),
        pk=row.pk,
        versie=None,
        geldig_van=date(2025, 8, 1),
        geldig_tot=date(2027, 7, 31),
        motivering="Een geheime motivering.",
        vandaag=timezone.localdate(),
    )
    assert isinstance(answer, Aanvraag), answer
    return answer


def take_back(row: Aanvraag) -> None:
    answer = neem_terug(actor=staff(), pk=row.pk, versie=None, vandaag=timezone.localdate())
    assert isinstance(answer, Aanvraag), answer


def rows_of(client: Client, **params: str) -> str:
    page = client.get(reverse("ondersteuning:aanvragen"), params).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<tbody")[1])) if "<tbody" in page else ""


def test_the_list_and_the_pupil_say_the_same_all_the_time(als: Als, row: Aanvraag) -> None:
    school = als(Rol.IBER, row.verwijzende_school)

    def seen() -> tuple[str, str]:
        page = school.get(reverse("ondersteuning:leerling", args=[row.leerling_id])).content.decode()
        return rows_of(school), page.split("<main")[1].split("</main>")[0]

    before = seen()
    assert f"sinds {datum(filed())}" in before[0]
    decide(row)
    assert seen() == before
    take_back(row)
    assert seen() == before


def test_the_page_of_a_parent_is_the_same_all_the_time_and_takes_a_signature(als: Als, row: Aanvraag) -> None:
    client = client_van_link(row.partijen.get(soort=OUDER, volgnummer=1))
    address = reverse("ondersteuning:ouder")
    part = reverse("ondersteuning:ouder_deel", args=["onderbouwing"])

    def seen() -> list[str]:
        pages = [client.get(each).content.decode().split("<main")[1].split("</main>")[0] for each in (address, part)]
        return [re.sub(r'(csrfmiddlewaretoken|formuliersleutel)" value="[^"]+', "", page) for page in pages]

    before = seen()
    assert "Teken voor gezien" in before[0]
    decide(row)
    assert seen() == before
    take_back(row)
    assert seen() == before
    decide(row)
    signed = client.post(address, {"eens": "nee", "tekst": "Mijn eigen woorden."}, follow=True).content.decode()
    assert "U bent het niet eens." in signed
    assert "neemt nu een besluit" in signed
    dossier = reverse("ondersteuning:dossier", args=[row.pk])
    swv = als(Rol.SWV_MEDEWERKER).get(dossier).content.decode()
    assert "Ouder 1 tekende na het besluit, en is het er niet mee eens." in swv
    assert "niet verstuurd" not in als(Rol.IBER, row.verwijzende_school).get(dossier).content.decode()


def test_what_came_after_the_decision_is_marked_for_the_swv_only(als: Als, row: Aanvraag) -> None:
    client = client_van_link(row.partijen.get(soort=OUDER, volgnummer=1))
    decide(row)
    client.post(reverse("ondersteuning:ouder"), {"eens": "ja", "tekst": ""})
    part = reverse("ondersteuning:ouder_deel", args=["onderbouwing"])
    assert client.post(part, {"tekst": "Dit klopt niet.", "versie": "1"}).status_code == 302
    dossier = reverse("ondersteuning:dossier", args=[row.pk])
    swv = als(Rol.SWV_MEDEWERKER).get(dossier).content.decode()
    assert "dit kwam na het besluit binnen" in swv
    assert "(kwam na het besluit binnen)" in swv
    school = als(Rol.IBER, row.verwijzende_school).get(dossier).content.decode()
    assert "Dit klopt niet." in school
    assert "na het besluit binnen" not in school


def test_the_number_finds_it_for_the_swv_only(als: Als, row: Aanvraag) -> None:
    school, swv = als(Rol.IBER, row.verwijzende_school), als(Rol.SWV_MEDEWERKER)
    number = str(decide(row).tlvnummer)
    for taken_back in (False, True):
        if taken_back:
            take_back(row)
        assert row.kenmerk not in rows_of(school, q=number)
        assert row.kenmerk not in school.post(reverse("start:zoeken"), {"q": number}).content.decode()
        assert row.kenmerk in rows_of(swv, q=number)


def test_the_home_page_counts_it_as_lying_with_the_swv(row: Aanvraag, bereik_als: Callable[..., Bereik]) -> None:
    decide(row)

    def said(reach: Bereik) -> list[str]:
        return [part.stand for part in werk(reach, timezone.localdate())]

    assert said(bereik_als(Rol.IBER, row.verwijzende_school)) == [
        "Er loopt 1 aanvraag. Die ligt bij het samenwerkingsverband."
    ]
    assert said(bereik_als(Rol.SWV_MEDEWERKER)) == ["Er loopt 1 aanvraag."]


def test_the_phase_does_not_move(row: Aanvraag) -> None:
    Leerling.objects.filter(pk=row.leerling_id).update(fase="plaatsing")
    decide(row)
    take_back(row)
    assert Leerling.objects.get(pk=row.leerling_id).fase == "plaatsing"
    assert not Faseovergang.objects.exists()


@pytest.mark.parametrize("step", ["dien_in", "haal_terug", "vul_aan"])
def test_a_refusal_does_not_tell_it(als: Als, row: Aanvraag, step: str) -> None:
    waits = decide(row)
    address = reverse("ondersteuning:stap_zetten", args=[row.pk, step])
    school = als(Rol.IBER, row.verwijzende_school)
    answer = school.post(address, {"versie": waits.versie, "toelichting": "x", "antwoord": "x"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "wordt verstuurd" not in page
    assert "de status is nu" in page


def test_nor_to_the_second_expert(row: Aanvraag) -> None:
    given = give_link(
        soort=LINKSOORTEN[TWEEDE_DESKUNDIGE], onderwerp_id=1, naam="deskundige", geldig_dagen=9, actor=PORTAAL
    )
    row.partijen.filter(soort=TWEEDE_DESKUNDIGE).update(link_id=given.link.pk)
    decide(row)
    party = row.partijen.get(soort=TWEEDE_DESKUNDIGE)
    answer = geef_tweede_advies(
        actor=Actor(link_id=given.link.pk, label="deskundige"),
        partij_pk=party.pk,
        tekst="Een eigen advies.",
        steunt=True,
        betrokken=True,
        niet_in_dienst=True,
        vandaag=timezone.localdate(),
    )
    assert isinstance(answer, Refusal)
    assert answer.zin == "Dit kan niet meer: de status is nu 'Bij het samenwerkingsverband'."
