"""Pages per role: what is shown, what is a 404, filters, logging of reads, and query counts at two sizes."""

import re
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
from ondersteuning.forms.instellingen import InstellingenForm
from ondersteuning.models import Aanvraag, Tlvinstellingen
from ondersteuning.queries import taken
from swv_portal.audit.models import Event
from swv_portal.common.paging import PER_BLADZIJDE
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import VANDAAG, AanvraagFactory, SboFactory, in_staat

Als = Callable[..., Client]
LIJST = "ondersteuning:aanvragen"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def body(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def queries(client: Client, url: str) -> int:
    client.get(url)  # warm: content types, session
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_list_per_role(als: Als) -> None:
    school, ikc = SchoolFactory(), SboFactory()
    rows = {
        state: in_staat(state, verwijzende_school=school, ontvangende_school=ikc) for state in (CONCEPT, BIJ_PARTIJEN)
    }
    foreign = in_staat(INGEDIEND)
    shown = body(als(Rol.IBER, school), LIJST)
    assert all(row.kenmerk in shown for row in rows.values())
    assert foreign.kenmerk not in shown
    assert "Kanariepiet" in shown
    asked = body(als(Rol.ORTHOPEDAGOOG, ikc), LIJST)
    assert rows[BIJ_PARTIJEN].kenmerk in asked
    assert rows[CONCEPT].kenmerk not in asked
    staff = body(als(Rol.SWV_MEDEWERKER), LIJST)
    assert foreign.kenmerk in staff
    for page in (asked, staff):
        assert "Kanariepiet" not in page  # a name is read in the dossier, and that is logged
    for role in (Rol.CONTROLLER, Rol.BEHEERDER, Rol.KERNVOORZITTER):
        assert als(role).get(reverse(LIJST)).status_code == 403
    board = body(als(Rol.SCHOOLBESTUURDER, school.bestuur), LIJST)
    assert not any(row.kenmerk in board for row in rows.values())


def test_filters_stand_in_the_address(als: Als) -> None:
    client, school = als(Rol.SWV_MEDEWERKER), SchoolFactory()
    mine, other = in_staat(INGEDIEND, verwijzende_school=school), in_staat(TOEGEKEND)
    for query, found, absent in (
        ({"staat": INGEDIEND}, mine, other),
        ({"staat": "lopend"}, mine, other),
        ({"staat": TOEGEKEND}, other, mine),
        ({"school": school.pk}, mine, other),
        ({"school": other.ontvangende_school_id}, other, mine),
        ({"q": mine.kenmerk}, mine, other),
        ({"q": str(other.tlvnummer)}, other, mine),
    ):
        page = body(client, LIJST, **query)
        assert found.kenmerk in page, query
        assert absent.kenmerk not in page, query
    assert "Er is geen aanvraag die hierbij past." in body(client, LIJST, categorie="III")
    for strange in (
        {"staat": "x"},
        {"school": "x"},
        {"pagina": "0"},
        {"pagina": "99999"},
        {"q": "\x00"},
        {"q": "x" * 500},
    ):
        assert client.get(reverse(LIJST), strange).status_code == 200, strange


def test_pages_of_the_list(als: Als) -> None:
    AanvraagFactory.create_batch(PER_BLADZIJDE + 3)
    client = als(Rol.DIRECTEUR_BESTUURDER)
    first, second = body(client, LIJST), body(client, LIJST, pagina=2)
    numbers = [set(re.findall(r"A-2425-\d{4}", page)) for page in (first, second)]
    assert [len(each) for each in numbers] == [PER_BLADZIJDE, 3]
    assert not numbers[0] & numbers[1]
    assert "28 aanvragen" in first
    assert "bladzijde 2 van 2" in second


def test_the_list_asks_as_much_for_thirty_rows_as_for_one(als: Als) -> None:
    school = SchoolFactory()
    client = als(Rol.IBER, school)
    in_staat(INGEDIEND, verwijzende_school=school)
    one = queries(client, reverse(LIJST))
    for _ in range(30):
        in_staat(INGEDIEND, verwijzende_school=school)
    assert queries(client, reverse(LIJST)) == one
    assert one <= 9


def test_the_dossier_asks_a_fixed_number(als: Als) -> None:
    for state in STATEN:
        row = in_staat(state)
        client = als(Rol.IBER, row.verwijzende_school)
        assert queries(client, reverse("ondersteuning:dossier", args=[row.pk])) <= 20, state


def test_foreign_is_the_same_as_absent(als: Als) -> None:
    row = in_staat(INGEDIEND)
    strangers = [als(Rol.IBER), als(Rol.SCHOOLDIRECTEUR), als(Rol.ORTHOPEDAGOOG)]
    for client in strangers:
        answers = []
        for pk in (row.pk, 999_999):
            response = client.get(reverse("ondersteuning:dossier", args=[pk]))
            assert response.status_code == 404
            answers.append(re.sub(rb"csrf[^>]*>|[0-9a-f-]{36}", b"", response.content).replace(str(pk).encode(), b""))
        assert answers[0] == answers[1]


def test_reading_by_the_swv_is_logged_once(als: Als) -> None:
    row = in_staat(INGEDIEND)
    client = als(Rol.SWV_MEDEWERKER)
    for _ in range(3):
        body(client, "ondersteuning:dossier", row.pk)
    assert Event.objects.filter(lezen=True, onderwerp_id=row.pk, user=client.user).count() == 1
    school = als(Rol.IBER, row.verwijzende_school)
    assert "Heeft het dossier bekeken." in body(school, "ondersteuning:dossier", row.pk)
    assert Event.objects.filter(lezen=True, user=school.user).count() == 0


def test_the_receiving_school_sees_no_addresses_and_no_words_of_parents(als: Als) -> None:
    row = in_staat(INGEDIEND)
    row.zienswijzen.create(
        partij=row.partijen.get(soort="ouder", volgnummer=1), eens=False, tekst="Geheimwoord", gezien_op=VANDAAG
    )
    seen = body(als(Rol.ORTHOPEDAGOOG, row.ontvangende_school), "ondersteuning:dossier", row.pk)
    assert "Kanariepiet" in seen
    for word in ("Geheimwoord", "@test.example", "0600000000", "Geef een nieuwe link"):
        assert word not in seen
    own = body(als(Rol.IBER, row.verwijzende_school), "ondersteuning:dossier", row.pk)
    for word in ("Geheimwoord", "ouder1@test.example", "gezien, niet eens", "Wie ziet dit nu"):
        assert word in own


@pytest.mark.parametrize(
    ("state", "role", "label"),
    [
        (CONCEPT, Rol.IBER, "Controleer en leg voor"),
        (BIJ_PARTIJEN, Rol.IBER, "Haal terug om te wijzigen"),
        (BIJ_PARTIJEN, Rol.ORTHOPEDAGOOG, "Geef advies"),
        (BIJ_PARTIJEN, Rol.ORTHOPEDAGOOG, "Zeg of er plaats is"),
        (INGEDIEND, Rol.SWV_MEDEWERKER, "Toets en besluit"),
        (INGEDIEND, Rol.SWV_MEDEWERKER, "Vraag om aanvulling"),
        (INGEDIEND, Rol.IBER, "Trek de aanvraag in"),
        (AANVULLING, Rol.SCHOOLDIRECTEUR, "Stuur de aanvulling"),
        (AANVULLING, Rol.SWV_MEDEWERKER, "Ga verder zonder aanvulling"),
    ],
)
def test_buttons(als: Als, state: str, role: Rol, label: str) -> None:
    row = in_staat(state)
    place = {Rol.ORTHOPEDAGOOG: row.ontvangende_school, Rol.SWV_MEDEWERKER: None}.get(role, row.verwijzende_school)
    assert label in body(als(role, place), "ondersteuning:dossier", row.pk)


def test_no_name_in_any_address(als: Als) -> None:
    row = in_staat(BIJ_PARTIJEN)
    page = body(als(Rol.IBER, row.verwijzende_school), "ondersteuning:dossier", row.pk)
    for address in re.findall(r'(?:href|action)="([^"]*)"', page):
        assert "kanarie" not in address.lower()
        assert "mila" not in address.lower()


def test_tasks(bereik_als: Any) -> None:
    school, ikc = SchoolFactory(), SboFactory()
    asked = bereik_als(Rol.ORTHOPEDAGOOG, ikc)
    rows = {state: in_staat(state, verwijzende_school=school, ontvangende_school=ikc) for state in STATEN}
    iber = taken(bereik_als(Rol.IBER, school), VANDAAG)
    assert {task.titel for task in iber} == {
        f"Vul aanvraag {rows[CONCEPT].kenmerk} in",
        f"Adviezen bij {rows[BIJ_PARTIJEN].kenmerk}",
        f"Besluit over {rows[INGEDIEND].kenmerk}",
        f"Besluit over {rows[WORDT_VERSTUURD].kenmerk}",  # the school knows nothing of it yet
        f"Vul aanvraag {rows[AANVULLING].kenmerk} aan",
    }
    waiting = {task.titel: task.wacht_op for task in iber if task.wacht_op}
    assert waiting == {
        f"Adviezen bij {rows[BIJ_PARTIJEN].kenmerk}": "de ontvangende school en de tweede deskundige",
        f"Besluit over {rows[INGEDIEND].kenmerk}": "het samenwerkingsverband",
        f"Besluit over {rows[WORDT_VERSTUURD].kenmerk}": "het samenwerkingsverband",
    }
    ortho = taken(asked, VANDAAG)
    assert [task.titel for task in ortho] == [f"Geef advies bij aanvraag {rows[BIJ_PARTIJEN].kenmerk}"]
    staff = taken(bereik_als(Rol.SWV_MEDEWERKER), VANDAAG)
    assert {(task.titel, bool(task.wacht_op)) for task in staff} >= {
        (f"Besluit op aanvraag {rows[INGEDIEND].kenmerk}", False),
        (f"Aanvulling van {rows[AANVULLING].kenmerk}", True),
    }
    late = taken(bereik_als(Rol.SWV_MEDEWERKER), VANDAAG.replace(month=6))
    assert any(task.titel.startswith("Ga verder") and not task.wacht_op for task in late)
    for role in (Rol.CONTROLLER, Rol.BEHEERDER, Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER):
        assert taken(bereik_als(role), VANDAAG) == []


def test_tasks_read_no_texts(bereik_als: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = in_staat(BIJ_PARTIJEN)
    people = [
        bereik_als(Rol.IBER, row.verwijzende_school),
        bereik_als(Rol.ORTHOPEDAGOOG, row.ontvangende_school),
        bereik_als(Rol.SWV_MEDEWERKER),
    ]

    def refuse(_: bytes) -> bytes:
        raise AssertionError("a text of a dossier was read")

    monkeypatch.setattr("swv_portal.common.crypto.decrypt", refuse)
    with pytest.raises(AssertionError):
        Aanvraag.objects.get()
    assert [len(taken(bereik, VANDAAG)) for bereik in people] == [1, 1, 0]


def test_settings_page(als: Als) -> None:
    client = als(Rol.DIRECTEUR_BESTUURDER)
    address = reverse("ondersteuning:tlv_instellingen")
    now = Tlvinstellingen()
    data = {name: getattr(now, name) for name in InstellingenForm.base_fields}
    data |= {"versie": 1, "nummerpatroon": "{volgnummer}", "gelijkgesteld": ""}
    assert client.post(address, data).status_code == 422
    data |= {"nummerpatroon": "{registratie}-{schooljaar}-{volgnummer:05d}", "gelijkgesteld": "30-05-2025\n31-13-2025"}
    assert client.post(address, data).status_code == 422
    data["gelijkgesteld"] = "30-05-2025\r\n2 mei 2025\r\n"
    assert client.post(address, data).status_code == 302
    page = body(client, "ondersteuning:tlv_instellingen")
    assert "02-05-2025\n30-05-2025" in page
    assert client.post(address, data).status_code == 422  # opened on the old version
    assert Aanvraag.objects.count() == 0


def test_the_list_searches_no_names(als: Als) -> None:
    school = SchoolFactory()
    row = in_staat(INGEDIEND, verwijzende_school=school)
    client = als(Rol.IBER, school)
    away = client.get(reverse(LIJST), {"q": "Kanariepiet", "staat": "lopend"})
    assert away.status_code == 302
    assert away["Location"] == f"{reverse(LIJST)}?staat=lopend"
    page = client.get(away["Location"]).content.decode()
    assert "Zoeken op naam doet u met de zoekbalk bovenaan." in page
    assert 'pattern=".*[0-9].*"' in page
    assert row.kenmerk in body(client, LIJST, q=row.kenmerk)
    assert row.kenmerk in client.post("/zoeken/", {"q": "kanariepiet"}).content.decode()


@pytest.mark.parametrize("name", ["dossier", "advies", "plaats"])
def test_reading_by_the_receiving_school_is_recorded(als: Als, name: str) -> None:
    ikc = SboFactory()
    row = in_staat(BIJ_PARTIJEN, ontvangende_school=ikc)
    client = als(Rol.ORTHOPEDAGOOG, ikc)
    body(client, f"ondersteuning:{name}", row.pk)
    body(client, f"ondersteuning:{name}", row.pk)
    event = Event.objects.get(onderwerp_soort="ondersteuning.aanvraag", onderwerp_id=row.pk, lezen=True)
    assert event.user_id == client.user.pk  # type: ignore[attr-defined]


def test_the_own_school_reads_its_own_dossier_unrecorded(als: Als) -> None:
    school = SchoolFactory()
    row = in_staat(BIJ_PARTIJEN, verwijzende_school=school)
    body(als(Rol.IBER, school), "ondersteuning:dossier", row.pk)
    assert not Event.objects.filter(lezen=True).exists()


def test_the_main_button_of_the_swv_is_the_decision(als: Als) -> None:
    row = in_staat(INGEDIEND)
    response = als(Rol.SWV_MEDEWERKER).get(reverse("ondersteuning:dossier", args=[row.pk]))
    assert [(knop.label, knop.hoofd) for knop in response.context["knoppen"]] == [
        ("Toets en besluit", True),
        ("Vraag om aanvulling", False),
        ("Verleng de beslistermijn", False),
    ]
