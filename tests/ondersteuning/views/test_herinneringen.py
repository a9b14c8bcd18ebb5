"""The list of what is asked, the button beside it, and the column in the list of applications."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ondersteuning.domain.aanvraag import (
    AANVULLING,
    BIJ_PARTIJEN,
    CONCEPT,
    INGEDIEND,
    STATEN,
    TOEGEKEND,
    WORDT_VERSTUURD,
)
from ondersteuning.models import Aanvraag, Herinnering
from ondersteuning.queries.dossier import dossier, dossiers
from ondersteuning.queries.herinneringen import Gevraagd, te_vragen
from swv_portal.common.scoping import Bereik, Rol
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import VANDAAG, AdviesFactory, SboFactory, in_staat
from tests.sleutel import nieuwe_sleutel, sleutel_uit

Als = Callable[..., Client]
GEVRAAGD = "/ondersteuning/gevraagd/"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def regels(client: Client, **query: Any) -> dict[str, Gevraagd]:
    answer: Any = client.get(GEVRAAGD, query)
    assert answer.status_code == 200
    return {row.kenmerk: row for row in answer.context["page"].rijen}


def test_what_is_asked_of_whom_since_when(als: Als) -> None:
    school = SchoolFactory()
    row = in_staat(BIJ_PARTIJEN, verwijzende_school=school)
    in_staat(CONCEPT, verwijzende_school=school)
    in_staat(TOEGEKEND, verwijzende_school=school)
    client = als(Rol.IBER, school)
    found = regels(client)
    assert list(found) == [row.kenmerk]
    asked = found[row.kenmerk]
    assert asked.leerling == "Mila Test Kanariepiet"
    assert [line.wie for line in asked.vragen] == [
        "Ouder 1",
        "Ouder 2",
        "Tweede deskundige",
        str(row.ontvangende_school),
    ]
    assert {line.sinds for line in asked.vragen} == {"ma 10 maart 2025"}
    assert {line.herinnerd for line in asked.vragen} == {"nog niet herinnerd"}
    AdviesFactory(aanvraag=row)
    AdviesFactory(aanvraag=row, soort="tweede")
    Aanvraag.objects.filter(pk=row.pk).update(plaats_bevestigd=True)
    asked = regels(client)[row.kenmerk]
    assert [line.wie for line in asked.vragen] == ["Ouder 1", "Ouder 2"]
    assert "kan de aanvraag indienen" in asked.slot
    assert "Kanariepiet" not in als(Rol.SWV_MEDEWERKER).get(GEVRAAGD).content.decode()


def test_a_decision_that_waits_does_not_show(als: Als) -> None:
    school = SchoolFactory()
    row = in_staat(INGEDIEND, verwijzende_school=school)
    client = als(Rol.IBER, school)
    before = regels(client)[row.kenmerk]
    Aanvraag.objects.filter(pk=row.pk).update(
        staat=WORDT_VERSTUURD, uitkomst="geweigerd", besloten_op=row.sinds, versturen_na="2025-03-10T12:00:00Z"
    )
    assert regels(client)[row.kenmerk] == before


def test_one_click_reminds_and_says_so(als: Als) -> None:
    school, ikc = SchoolFactory(), SboFactory(naam="IKC Duinrand")
    row = in_staat(BIJ_PARTIJEN, verwijzende_school=school, ontvangende_school=ikc)
    als(Rol.ORTHOPEDAGOOG, ikc)
    client = als(Rol.IBER, school)
    page = client.get(GEVRAAGD)
    url = reverse("ondersteuning:herinner", args=[row.pk])
    answer = client.post(url, {"wie": "ontvangend", **sleutel_uit(page)}, follow=True).content.decode()
    assert "Wij sturen een herinnering aan IKC Duinrand." in answer
    assert Herinnering.objects.count() == 1
    assert "herinnerd op" in answer
    again = client.post(url, {"wie": "ontvangend", **sleutel_uit(client.get(GEVRAAGD))}, follow=True).content.decode()
    assert "IKC Duinrand is al herinnerd." in again
    assert Herinnering.objects.count() == 1
    assert client.post(url, {"wie": "iemand", **nieuwe_sleutel()}).status_code == 404
    assert client.get(url).status_code == 405


def test_the_school_has_no_button_for_itself_and_the_swv_has(als: Als) -> None:
    school = SchoolFactory()
    row = in_staat(AANVULLING, verwijzende_school=school)
    url = reverse("ondersteuning:herinner", args=[row.pk])
    for role, place, may in ((Rol.IBER, school, False), (Rol.SWV_MEDEWERKER, None, True)):
        client = als(role, place) if place else als(role)
        (line,) = [each for each in regels(client)[row.kenmerk].vragen if each.sleutel == "school"]
        assert line.mag is may
    client = als(Rol.IBER, school)
    assert client.post(url, {"wie": "school", **sleutel_uit(client.get(GEVRAAGD))}).status_code == 403


def test_only_the_place_is_left_to_ask(als: Als) -> None:
    school = SchoolFactory()
    row = in_staat(BIJ_PARTIJEN, verwijzende_school=school)
    client = als(Rol.IBER, school)

    def receiver() -> str:
        return next(each.wat for each in regels(client)[row.kenmerk].vragen if each.sleutel == "ontvangend")

    assert receiver() == "geeft het eerste advies en bevestigt de plaats"
    AdviesFactory(aanvraag=row)
    assert receiver() == "bevestigt de plaats"


def test_a_school_that_is_asked_itself_does_not_remind(als: Als) -> None:
    """On route D a basisschool may be the receiving one: it reads the application, and answers for itself."""
    school = SchoolFactory()
    row = in_staat(BIJ_PARTIJEN, ontvangende_school=school)
    Aanvraag.objects.filter(pk=row.pk).update(
        verwijzende_school=None, route="DI", deelnemende_school=school, gevraagde_school=school
    )
    assert row.kenmerk in als(Rol.IBER, school).get(reverse("ondersteuning:aanvragen")).content.decode()
    assert not regels(als(Rol.IBER, school))
    assert list(regels(als(Rol.SWV_MEDEWERKER))) == [row.kenmerk]


def test_one_application_by_its_key(als: Als) -> None:
    rows = [in_staat(BIJ_PARTIJEN), in_staat(BIJ_PARTIJEN)]
    client = als(Rol.SWV_MEDEWERKER)
    assert list(regels(client, aanvraag=rows[0].pk)) == [rows[0].kenmerk]
    assert len(regels(client, aanvraag="x")) == 2
    assert not regels(client, aanvraag="9" * 40)


def test_as_many_questions_for_thirty_rows_as_for_one(als: Als) -> None:
    school = SchoolFactory()
    client = als(Rol.IBER, school)

    def asked() -> int:
        client.get(GEVRAAGD)
        with CaptureQueriesContext(connection) as captured:
            client.get(GEVRAAGD)
        return len(captured)

    in_staat(BIJ_PARTIJEN, verwijzende_school=school)
    one = asked()
    for _ in range(30):
        in_staat(BIJ_PARTIJEN, verwijzende_school=school)
    assert asked() == one
    assert one <= 9


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (CONCEPT, "school, sinds ma 10 maart 2025"),
        (BIJ_PARTIJEN, "ontvangende school, tweede deskundige, ouders, sinds ma 10 maart 2025"),
        (INGEDIEND, "SWV, ouders, sinds ma 10 maart 2025"),
        (AANVULLING, "school, ouders, sinds ma 10 maart 2025"),
    ],
)
def test_the_list_of_applications_says_it_too(als: Als, state: str, text: str) -> None:
    school = SchoolFactory()
    in_staat(state, verwijzende_school=school)
    page: Any = als(Rol.IBER, school).get(reverse("ondersteuning:aanvragen"))
    table = page.context["tabel"]
    place = [column.label for column in table.kolommen].index("Gevraagd van")
    assert table.rijen[0].cellen[place].tekst == text


def test_while_a_decision_waits_only_the_swv_sees_that_nobody_is_asked(als: Als) -> None:
    row = in_staat(INGEDIEND, verwijzende_school=SchoolFactory())
    row.partijen.update(uitgenodigd_op=None)
    Aanvraag.objects.filter(pk=row.pk).update(
        staat=WORDT_VERSTUURD, uitkomst="geweigerd", besloten_op=row.sinds, versturen_na="2025-03-10T12:00:00Z"
    )
    shown = {}
    for who, client in (("swv", als(Rol.SWV_MEDEWERKER)), ("school", als(Rol.IBER, row.verwijzende_school))):
        table: Any = client.get(reverse("ondersteuning:aanvragen")).context["tabel"]
        place = [column.label for column in table.kolommen].index("Gevraagd van")
        shown[who] = table.rijen[0].cellen[place].tekst
    assert shown["swv"] == "–"
    assert shown["school"].startswith("SWV")


@pytest.mark.parametrize("state", sorted(STATEN))
@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("route", ["A", "D"])
def test_the_dossier_offers_the_list_for_what_is_on_it(
    state: str, asked: bool, route: str, bereik_als: Callable[..., Bereik]
) -> None:
    """The rule of ``vraagt_iets`` is asked of the database too: both give the same answer in every state."""
    institution = JeugdhulpinstellingFactory() if route == "D" else None
    row = in_staat(state, instelling=institution, route=route)
    row.partijen.update(uitgenodigd_op=VANDAAG if asked else None)
    bereik = bereik_als(Rol.SWV_MEDEWERKER)
    page = dossier(dossiers(bereik).get(pk=row.pk), bereik, vandaag=VANDAAG)
    assert page.te_herinneren == te_vragen(bereik).filter(pk=row.pk).exists()
