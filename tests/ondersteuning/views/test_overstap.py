"""The pages of overstappen, per role: what is shown, what is asked, bad input, and query counts at two sizes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.overstap import BIJ_SWV, CONCEPT, DEFINITIEF, GEVRAAGD, INGETROKKEN
from ondersteuning.models import BaoBao, Overstap, Overstapinstellingen, Plaatsing, Terugplaatsing
from ondersteuning.queries.overstap_taken import vraag_overstap
from swv_portal.access.reach import bereik_voor
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.taskqueries import taken_uit
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, SoFactory
from tests.factories.overstap import baobao, budget, terugplaatsing
from tests.sleutel import nieuwe_sleutel, sleutel_uit

Als = Callable[..., Client]
LIJST = "ondersteuning:overstappen"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def body(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def queries(client: Client, url: str) -> int:
    client.get(url)  # warm: content types, session, this quarter's reading
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def titels(client: Client) -> list[str]:
    bereik = bereik_voor(client.user.pk, timezone.localdate())  # type: ignore[attr-defined]
    return [task.titel for task in taken_uit(vraag_overstap(bereik, timezone.localdate()))]


def dag(later: int = 0) -> str:
    return f"{timezone.localdate() + timedelta(days=later):%d-%m-%Y}"


def test_a_terugplaatsing_in_the_browser_as_every_party(als: Als) -> None:
    so, bao = SoFactory(), SchoolFactory()
    place = PlaatsingFactory(school_ontvangend=so, categorie="I", begin=timezone.localdate() - timedelta(days=400))
    special, regular, swv = als(Rol.IBER, so), als(Rol.IBER, bao), als(Rol.SWV_MEDEWERKER)
    url = reverse("ondersteuning:terugplaatsing_nieuw")
    data = {
        "school": so.pk,
        "tlv": place.verwijzing,
        "voornamen": "Fenna",
        "achternaam": "Zeewier",
        "geboortedatum": "04-05-2017",
        "herkomst": "nooit",
        "naar_school": bao.pk,
        "overstap_op": dag(),
    }
    made = special.post(url, data | sleutel_uit(special.get(url)))
    row = Terugplaatsing.objects.get()
    page = made["Location"]
    assert page == reverse("ondersteuning:overstap", args=[row.pk])
    assert regular.get(page).status_code == 404
    assert titels(special) == [f"Leg overstap {row.kenmerk} voor"]

    def doe(client: Client, naam: str, **more: Any) -> Any:
        row.refresh_from_db()
        return client.post(reverse("ondersteuning:overstap_stap", args=[row.pk, naam]), {"versie": row.versie, **more})

    assert doe(special, "vraag").status_code == 302
    assert "kan nog niet: Leg eerst het startgesprek vast" in body(regular, "ondersteuning:overstap", row.pk)
    assert titels(regular) == [f"Leg het startgesprek vast bij {row.kenmerk}"]
    row.refresh_from_db()
    talk = reverse("ondersteuning:overstap_gesprek", args=[row.pk])
    said = {
        "versie": row.versie,
        "gesprek_op": dag(-1),
        "aanwezig": ["ouders", "van_school", "naar_school"],
        "afspraken": "Elke week overleg.",
        "toestemming_op": dag(-1),
    }
    assert regular.post(talk, said).status_code == 302
    assert titels(regular) == [f"Bevestig de komst van de leerling bij {row.kenmerk}"]
    assert doe(regular, "bevestig").status_code == 302
    assert titels(swv) == [f"Maak terugplaatsing {row.kenmerk} definitief"]
    assert "Er is budget van " in body(swv, "ondersteuning:overstap_stap", row.pk, "stel_vast")
    assert doe(swv, "stel_vast").status_code == 302
    row.refresh_from_db()
    assert row.staat == DEFINITIEF
    shown = body(regular, "ondersteuning:overstap", row.pk)
    assert "Meld dat de leerling is vertrokken" in shown
    assert "Elke week overleg." in shown
    assert titels(special) == titels(regular) == titels(swv) == []


def test_a_baobao_in_the_browser_as_both_directors(als: Als) -> None:
    old, new = SchoolFactory(), SchoolFactory()
    pupil = LeerlingFactory(school=old)
    iber, van, naar = als(Rol.IBER, old), als(Rol.SCHOOLDIRECTEUR, old), als(Rol.SCHOOLDIRECTEUR, new)
    url = reverse("ondersteuning:baobao_nieuw")
    data = {
        "school": old.pk,
        "leerling": pupil.pk,
        "naar_school": new.pk,
        "overstap_op": dag(),
        "toestemming_op": dag(),
    }
    iber.post(url, data | sleutel_uit(iber.get(url)))
    row = BaoBao.objects.get()
    iber.post(reverse("ondersteuning:overstap_stap", args=[row.pk, "vraag"]), {"versie": 1})
    assert titels(van) == titels(naar) == [f"Bevestig overstap {row.kenmerk}"]
    assert titels(iber) == [f"Bevestiging van overstap {row.kenmerk}"]
    step = reverse("ondersteuning:overstap_stap", args=[row.pk, "bevestig_naar"])
    half = naar.post(step, {"versie": 2, "extra_behoeften": "on"})
    assert half.status_code == 422
    assert "Bij een verhuizing geldt de afspraak over het betalen niet." in half.content.decode()
    both = {"extra_behoeften": "on", "geen_verhuizing": "on"}
    assert naar.post(step, {"versie": 2, **both}).status_code == 302
    assert "Bevestig voor de nieuwe school" not in body(naar, "ondersteuning:overstap", row.pk)
    van.post(reverse("ondersteuning:overstap_stap", args=[row.pk, "bevestig_van"]), {"versie": 3, **both})
    row.refresh_from_db()
    assert row.staat == DEFINITIEF
    assert "Wie betaalt een verwijzing naar SBO of SO" in body(naar, "ondersteuning:overstap", row.pk)


def test_the_list_per_role_and_its_filters(als: Als) -> None:
    back, over = terugplaatsing(GEVRAAGD), baobao(CONCEPT)
    staff = als(Rol.SWV_MEDEWERKER)
    for query, found, absent in (
        ({"soort": "terugplaatsing"}, back, over),
        ({"soort": "baobao"}, over, back),
        ({"staat": GEVRAAGD}, back, over),
        ({"q": over.kenmerk.lower()}, over, back),
    ):
        page = body(staff, LIJST, **query)
        assert found.kenmerk in page, query
        assert absent.kenmerk not in page, query
    assert "Kanariepiet" not in body(staff, LIJST)  # a name is read on the page, and that is recorded
    own = body(als(Rol.IBER, back.van_school), LIJST)
    assert "Kanariepiet" in own
    assert over.kenmerk not in own
    asked = body(als(Rol.SCHOOLDIRECTEUR, back.naar_school), LIJST)
    assert back.kenmerk in asked
    assert "Kanariepiet" not in asked
    assert "Er is nog geen overstap." in body(als(Rol.IBER), LIJST)
    assert "Er is geen overstap die hierbij past." in body(staff, LIJST, staat=INGETROKKEN)
    assert back.kenmerk in body(staff, LIJST, staat="lopend", soort="x", pagina="99", na="y")
    for role in (Rol.CONTROLLER, Rol.BEHEERDER, Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER, Rol.ORTHOPEDAGOOG):
        assert als(role).get(reverse(LIJST)).status_code == 403


def test_what_one_may_begin(als: Als) -> None:
    special, regular = als(Rol.IBER, SoFactory()), als(Rol.SCHOOLDIRECTEUR, SchoolFactory())
    assert "Nieuwe terugplaatsing" in body(special, LIJST)
    assert "Nieuwe overstap" not in body(special, LIJST)
    assert "Nieuwe overstap" in body(regular, LIJST)
    assert "Nieuwe terugplaatsing" not in body(regular, LIJST)
    assert regular.get(reverse("ondersteuning:terugplaatsing_nieuw")).status_code == 403
    assert special.get(reverse("ondersteuning:baobao_nieuw")).status_code == 403


def test_bad_input_gets_a_message_and_stays(als: Als) -> None:
    so = SoFactory()
    client, url = als(Rol.IBER, so), reverse("ondersteuning:terugplaatsing_nieuw")
    data = {"school": so.pk, "tlv": "PO-onzin", "voornamen": "Fenna", "achternaam": "Zeewier", "herkomst": "deze"}
    data |= {"naar_school": SchoolFactory().pk, "overstap_op": "31-02-2026", "geboortedatum": "4 mei 2017"}
    wrong = client.post(url, data | nieuwe_sleutel())
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "Dit is geen datum." in text
    assert "PO-onzin" in text
    unknown = client.post(url, {**data, "overstap_op": dag()} | nieuwe_sleutel())
    assert unknown.status_code == 422
    assert "geen plaats met dit TLV-nummer" in unknown.content.decode()
    assert "Zeewier" in unknown.content.decode()
    assert not Overstap.objects.exists()


def test_the_choice_of_pupils_holds_only_the_own(als: Als) -> None:
    school = SchoolFactory()
    LeerlingFactory(school=school, achternaam="Eigenwijs")
    LeerlingFactory(achternaam="Vreemdeling")
    page = body(als(Rol.IBER, school), "ondersteuning:baobao_nieuw")
    assert "Eigenwijs" in page
    assert "Vreemdeling" not in page


def test_reading_from_outside_is_recorded(als: Als) -> None:
    row = terugplaatsing(GEVRAAGD)
    readers = [als(Rol.SWV_MEDEWERKER), als(Rol.IBER, row.naar_school)]
    own = als(Rol.IBER, row.van_school)
    for client in (*readers, *readers, own):
        body(client, "ondersteuning:overstap", row.pk)
    seen = Event.objects.filter(lezen=True, onderwerp_id=row.pk, onderwerp_soort="ondersteuning.terugplaatsing")
    assert sorted(seen.values_list("user_id", flat=True)) == sorted(each.user.pk for each in readers)  # type: ignore[attr-defined]


@pytest.mark.parametrize("maak", [terugplaatsing, baobao])
def test_another_school_finds_nothing(als: Als, maak: Callable[..., Overstap]) -> None:
    row = maak(GEVRAAGD)
    for client in (als(Rol.IBER), als(Rol.SCHOOLDIRECTEUR)):
        for name, args in (
            ("overstap", ()),
            ("overstap_gegevens", ()),
            ("overstap_gesprek", ()),
            ("overstap_stap", ("trek_in",)),
        ):
            assert client.get(reverse(f"ondersteuning:{name}", args=[row.pk, *args])).status_code == 404


def test_steps_that_are_not_there(als: Als) -> None:
    row = baobao(GEVRAAGD)
    client = als(Rol.IBER, row.van_school)
    for name in ("stel_vast", "leg_vast", "onzin"):
        assert client.get(reverse("ondersteuning:overstap_stap", args=[row.pk, name])).status_code == 404
    assert client.get(reverse("ondersteuning:overstap_gesprek", args=[row.pk])).status_code == 404
    # Not this person's step: back to the page, and sending it is refused.
    step = reverse("ondersteuning:overstap_stap", args=[row.pk, "laat_vervallen"])
    assert client.get(step).status_code == 302
    assert client.post(step, {"versie": 1, "toelichting": "x"}).status_code == 403


@pytest.mark.parametrize("maak", [terugplaatsing, baobao])
def test_the_list_asks_as_much_for_thirty_rows_as_for_one(als: Als, maak: Callable[..., Overstap]) -> None:
    row = maak(GEVRAAGD)
    client = als(Rol.IBER, row.van_school)
    one = queries(client, reverse(LIJST))
    for _ in range(30):
        maak(GEVRAAGD, van_school=row.van_school)
    assert queries(client, reverse(LIJST)) == one
    assert one <= 8


@pytest.mark.parametrize("staat", [CONCEPT, GEVRAAGD, BIJ_SWV, DEFINITIEF, INGETROKKEN])
def test_a_page_asks_a_fixed_number(als: Als, staat: str) -> None:
    rows = [terugplaatsing(staat)] if staat == BIJ_SWV else [terugplaatsing(staat), baobao(staat)]
    for row in rows:
        client = als(Rol.SWV_MEDEWERKER)
        assert queries(client, reverse("ondersteuning:overstap", args=[row.pk])) <= 12


def test_the_budgets_and_that_a_pupil_left(als: Als) -> None:
    place = budget(begin=timezone.localdate() - timedelta(days=200), einde=timezone.localdate() + timedelta(days=500))
    old = budget(naar_school=place.school_ontvangend, begin=timezone.localdate() - timedelta(days=2000), einde=None)
    client = als(Rol.IBER, place.school_ontvangend)
    listed = body(client, "ondersteuning:budgetten")
    assert place.verwijzing in listed
    assert old.verwijzing not in listed
    assert old.verwijzing in body(client, "ondersteuning:budgetten", stand="alle")
    url = reverse("ondersteuning:budget", args=[place.pk])
    late = client.post(url, {"versie": 1, "vertrokken_op": dag(3)})
    assert late.status_code == 422
    assert "Meld het vertrek pas als de leerling weg is." in late.content.decode()
    assert client.post(url, {"versie": 1, "vertrokken_op": dag(-1)}).status_code == 302
    assert "Het vertrek is gemeld." in body(client, "ondersteuning:budget", place.pk)
    staff = als(Rol.SWV_MEDEWERKER)
    assert "Laat leeg als de leerling toch niet is vertrokken." in body(staff, "ondersteuning:budget", place.pk)
    assert staff.post(url, {"versie": 2, "vertrokken_op": ""}).status_code == 302
    assert Plaatsing.objects.get(pk=place.pk).vertrokken_op is None
    assert als(Rol.IBER).get(url).status_code == 404
    assert als(Rol.IBER, place.school_verwijzend).get(url).status_code == 404
    assert als(Rol.CONTROLLER).get(url).status_code == 403
    one = queries(client, reverse("ondersteuning:budgetten"))
    for _ in range(10):
        budget(naar_school=place.school_ontvangend, einde=timezone.localdate() + timedelta(days=500))
    assert queries(client, reverse("ondersteuning:budgetten")) == one


def test_the_settings(als: Als) -> None:
    url = reverse("ondersteuning:overstap_instellingen")
    boss = als(Rol.DIRECTEUR_BESTUURDER)
    assert "24" in boss.get(url).content.decode()
    wrong = boss.post(url, {"versie": 1, "budgetmaanden": "25", "betaaljaren": "2"})
    assert wrong.status_code == 422
    assert boss.post(url, {"versie": 1, "budgetmaanden": "12", "betaaljaren": "3"}).status_code == 302
    row = Overstapinstellingen.objects.get()
    assert (row.budgetmaanden, row.betaaljaren) == (12, 3)
    assert als(Rol.SWV_MEDEWERKER).get(url).status_code == 403


def test_the_page_of_the_pupil_calls_a_state_as_its_procedure_does(als: Als) -> None:
    row = baobao(GEVRAAGD)
    client = als(Rol.IBER, row.van_school)
    assert "Bij beide directeuren" in body(client, "ondersteuning:leerling", row.leerling_id)
    back = terugplaatsing(GEVRAAGD)
    client = als(Rol.IBER, back.van_school)
    assert "Bij beide scholen" in body(client, "ondersteuning:leerling", back.leerling_id)
