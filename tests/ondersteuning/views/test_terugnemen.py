"""A decision that waits on screen: the check page, taking it back, and that nobody outside the SWV sees it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BEEINDIGD, INGEDIEND, OUDER, TOEGEKEND, TWEEDE_DESKUNDIGE
from ondersteuning.forms.instellingen import InstellingenForm
from ondersteuning.models import Aanvraag, Tlvinstellingen
from ondersteuning.queries.lijst import zoek
from ondersteuning.queries.partijregels import LINKSOORTEN
from ondersteuning.queries.taken import taken
from ondersteuning.services.besluit import ken_toe
from swv_portal.access.actors import PORTAAL
from swv_portal.access.services.links import give_link
from swv_portal.common.scoping import Bereik, Rol, Toekenning
from swv_portal.common.terms import geen_werkdag
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import bekendgemaakt, in_staat
from tests.ondersteuning.services.test_besluit import staff

Als = Callable[..., Client]
#: Words that tell of the decision.
VERRAADT = (
    "Toegekend",
    "toegekend",
    "Besluit wordt verstuurd",
    "Besloten op",
    "PO9901-",
    "besluit genomen",
    "1 augustus 2025",
)


@pytest.fixture
def swv(als: Als) -> Client:
    return als(Rol.SWV_MEDEWERKER)


@pytest.fixture
def row(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    return in_staat(INGEDIEND, vandaag=timezone.localdate(), gewenst_van=date(2025, 8, 2))


@pytest.fixture
def waits(row: Aanvraag) -> Aanvraag:
    answer = ken_toe(
        actor=staff(),
        pk=row.pk,
        versie=None,
        geldig_van=date(2025, 8, 1),
        geldig_tot=date(2027, 7, 31),
        motivering="Een geheime motivering.",
        vandaag=timezone.localdate(),
    )
    assert isinstance(answer, Aanvraag)
    return answer


def dossier(client: Client, row: Aanvraag) -> str:
    return client.get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()


def test_the_check_page_tells_who_gets_it_who_pays_and_why_this_period(swv: Client, row: Aanvraag) -> None:
    previous = SchoolFactory(naam="Basisschool De Duif")
    for party in row.partijen.exclude(soort=OUDER, volgnummer=2):
        given = give_link(
            soort=LINKSOORTEN[party.soort], onderwerp_id=party.pk, naam=party.label, geldig_dagen=9, actor=PORTAAL
        )
        party.link_id = given.link.pk
        party.save()
    data = {
        "besluit": "ken_toe",
        "geldig_van": "1-8-2025",
        "geldig_tot": "31-7-2027",
        "versie": str(row.versie),
        "betaler": "bao_bao",
        "vorige_school": str(previous.pk),
        "betaler_toelichting": "Overstap in mei.",
    }
    address = reverse("ondersteuning:besluit", args=[row.pk])
    page = swv.post(address, data).content.decode()
    for words in (
        "Controleer uw besluit",
        "Dat is 2 hele schooljaren.",
        "De vorige school (bao-bao): Basisschool De Duif",
        "Overstap in mei.",
        row.verwijzende_school.naam,
        "een e-mail; de brief staat achter de persoonlijke link",
        "geen link die werkt: stuur de brief per post",
        "een e-mail dat er een besluit is; niet de brief",
        "U kunt het nog 15 minuten terugnemen.",
    ):
        assert words in page, words
    letter = swv.post(address, data | {"voorbeeld": "ja"})
    assert letter["Content-Type"] == "application/pdf"
    assert letter["Content-Disposition"] == f'attachment; filename="Voorbeeld-{row.kenmerk}.pdf"'
    assert letter.content.startswith(b"%PDF")
    row.refresh_from_db()
    assert (row.staat, row.uitkomst, row.tlvnummer) == (INGEDIEND, "", None)
    wrong = swv.post(address, data | {"vorige_school": ""})
    assert wrong.status_code == 422
    assert "Kies welke school de leerling hiervoor had" in wrong.content.decode()
    done = swv.post(address, data | {"bevestigd": "ja"}, follow=True).content.decode()
    assert re.search(r"U kunt het terugnemen tot \d\d\.\d\d uur\.", done)
    row.refresh_from_db()
    assert (row.betaalreden, row.vorige_school, row.betaler_toelichting) == ("bao_bao", previous, "Overstap in mei.")


def test_the_swv_sees_the_time_and_takes_it_back(swv: Client, waits: Aanvraag) -> None:
    assert waits.versturen_na is not None
    until = f"{timezone.localtime(waits.versturen_na):%H.%M} uur"
    page = dossier(swv, waits)
    assert f"U kunt dit besluit terugnemen tot {until}." in page
    assert str(waits.tlvnummer) in page
    address = reverse("ondersteuning:stap_zetten", args=[waits.pk, "neem_terug"])
    assert "De brief gaat niet uit." in swv.get(address).content.decode()
    back = swv.post(address, {"versie": waits.versie}, follow=True).content.decode()
    assert "Het besluit is teruggenomen." in back
    waits.refresh_from_db()
    assert waits.staat == INGEDIEND
    # What was filled in stands there again.
    form = swv.get(reverse("ondersteuning:besluit", args=[waits.pk])).content.decode()
    assert "Een geheime motivering." in form
    late = swv.post(address, {"versie": waits.versie})
    assert late.status_code == 422


@pytest.mark.parametrize("taken_back", [False, True])
def test_outside_the_swv_nobody_sees_it(als: Als, swv: Client, waits: Aanvraag, taken_back: bool) -> None:
    if taken_back:
        address = reverse("ondersteuning:stap_zetten", args=[waits.pk, "neem_terug"])
        assert swv.post(address, {"versie": waits.versie}).status_code == 302
    listing = reverse("ondersteuning:aanvragen")
    for client in (als(Rol.IBER, waits.verwijzende_school), als(Rol.ORTHOPEDAGOOG, waits.gevraagde_school)):
        for page in (
            dossier(client, waits),
            client.get(listing, {"staat": "ingediend"})
            .content.decode()
            .split('class="filters"')[1]
            .split("</form>")[1],
        ):
            assert waits.kenmerk in page
            assert "Bij het samenwerkingsverband" in page
            for word in (*VERRAADT, "Een geheime motivering."):
                assert word not in page, word
        assert "Besluit wordt verstuurd" not in client.get(listing).content.decode()
    places = als(Rol.IBER, waits.verwijzende_school).get(reverse("ondersteuning:plaatsingen")).content.decode()
    assert "PO9901-" not in places
    reach = Bereik(1, frozenset({Toekenning(Rol.IBER, waits.verwijzende_school_id)}))
    assert [find.omschrijving.split(", ")[-1] for find in zoek(reach, waits.kenmerk)] == [
        "bij het samenwerkingsverband"
    ]
    titles = [task.titel for task in taken(reach, timezone.localdate())]
    assert f"Besluit over {waits.kenmerk}" in titles


@pytest.mark.parametrize(
    ("soort", "name"), [(OUDER, "ondersteuning:ouder"), (TWEEDE_DESKUNDIGE, "ondersteuning:deskundige")]
)
def test_behind_a_link_nobody_sees_it(waits: Aanvraag, soort: str, name: str) -> None:
    party = waits.partijen.filter(soort=soort).first()
    assert party is not None
    given = give_link(soort=LINKSOORTEN[soort], onderwerp_id=party.pk, naam=party.label, geldig_dagen=9, actor=PORTAAL)
    party.link_id = given.link.pk
    party.save()
    client = Client()
    client.post(given.pad, {"code": given.code})
    page = client.get(reverse(name)).content.decode()
    assert waits.kenmerk in page
    for word in (*VERRAADT, "Het besluit", "heeft besloten", "Een geheime motivering."):
        assert word not in page, word


def test_a_letter_that_stays_away_becomes_a_task(waits: Aanvraag) -> None:
    def titles() -> list[str]:
        return [task.titel for task in taken(staff().bereik, timezone.localdate())]

    assert not any("niet verstuurd" in title for title in titles())
    Aanvraag.objects.filter(pk=waits.pk).update(versturen_na=timezone.now() - timedelta(minutes=31))
    assert any(waits.kenmerk in title and "niet verstuurd" in title for title in titles())


def test_withdrawing_on_screen(swv: Client, als: Als, row: Aanvraag) -> None:
    today = timezone.localdate()
    granted = bekendgemaakt(
        in_staat(TOEGEKEND, vandaag=today, gewenst_van=today, gewenst_tot=date(today.year + 2, 7, 31))
    )
    address = reverse("ondersteuning:tlv_intrekken", args=[granted.pk])
    assert "Trek het besluit in" in dossier(swv, granted)
    wrong = swv.post(address, {"versie": granted.versie, "per": "1-1-2020", "reden": "Getypte reden"})
    assert wrong.status_code == 422
    assert "een dag die voorbij is" in wrong.content.decode()
    assert "Getypte reden" in wrong.content.decode()
    data = {"versie": granted.versie, "per": f"{today:%d-%m-%Y}", "reden": "Het gezin verhuist."}
    assert swv.post(address, data).status_code == 302
    granted.refresh_from_db()
    assert granted.staat == BEEINDIGD
    for client in (swv, als(Rol.IBER, granted.verwijzende_school)):
        page = dossier(client, granted)
        assert "Besluit ingetrokken" in page
        assert "Het gezin verhuist." in page
    assert "Het gezin verhuist." not in dossier(
        als(Rol.ORTHOPEDAGOOG, granted.gevraagde_school or granted.ontvangende_school), granted
    )


def test_more_time_on_screen(swv: Client, als: Als, row: Aanvraag) -> None:
    address = reverse("ondersteuning:verlengen", args=[row.pk])
    until = timezone.localdate() + timedelta(weeks=10)
    while geen_werkdag(until):
        until -= timedelta(days=1)
    data = {"versie": row.versie, "toelichting": "Er is veel onduidelijk.", "uiterlijk": f"{until:%d-%m-%Y}"}
    assert swv.post(address, data | {"uiterlijk": f"{timezone.localdate():%d-%m-%Y}"}).status_code == 422
    assert swv.post(address, data).status_code == 302
    page = dossier(als(Rol.IBER, row.verwijzende_school), row)
    assert "Termijn verlengd tot en met" in page
    assert "Er is veel onduidelijk." in page


def test_the_minutes_on_screen(als: Als, row: Aanvraag) -> None:
    director, address = als(Rol.DIRECTEUR_BESTUURDER), reverse("ondersteuning:tlv_instellingen")
    now = Tlvinstellingen()
    data = {name: getattr(now, name) for name in InstellingenForm.base_fields if hasattr(now, name)}
    data["gelijkgesteld"] = ""
    assert director.post(address, data | {"terugneemminuten": "121"}).status_code == 422
    assert director.post(address, data | {"terugneemminuten": "30"}).status_code == 302
    assert 'value="30"' in director.get(address).content.decode()
