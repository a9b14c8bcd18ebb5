"""The example data: places in the published proportions, and dossiers in every state that keep to the rules."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BESLOTEN, CONCEPT, LOPEND, STATEN, WORDT_VERSTUURD
from ondersteuning.domain.plaatsing import Periode, Soort
from ondersteuning.domain.toets import niet_voldaan
from ondersteuning.models import (
    Aanvraag,
    Capaciteit,
    Capaciteitenlijst,
    Jeugdhulpinstelling,
    Partij,
    Plaatsing,
    Teller,
    Tlvnummer,
)
from ondersteuning.queries import taken
from ondersteuning.queries.capaciteit import scholen_met_groepen
from ondersteuning.queries.partijregels import LINKSOORTEN
from ondersteuning.queries.routefeiten import controleer_periode, gewenste_periode
from ondersteuning.queries.stand import stand_van
from ondersteuning.querysets import raakt
from ondersteuning.services.partijen import GELDIG_DAGEN
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.reach import bereik_voor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from swv_portal.local.roles import VOORBEELDCODE
from swv_portal.local.voorbeeld import kernen, ondersteuning
from swv_portal.local.voorbeeld.context import Context
from tests.ondersteuning.services.test_weg import run_jobs

VANDAAG = date(2026, 3, 10)


@pytest.fixture
def geladen(db: None) -> Context:
    context = Context(vandaag=VANDAAG, wachtwoord="een-lang-wachtwoord")
    kernen.laad(context)
    ondersteuning.laad(context)
    return context


def plaatsen(eerste: date, laatste: date) -> list[Plaatsing]:
    rows = Plaatsing.objects.select_related("school_ontvangend")
    return list(rows.filter(raakt(Periode(tuple(Soort), eerste, laatste))))


def naar(place: Plaatsing, soort: str = "", *, ikc: bool = False, buiten: bool | None = None) -> bool:
    """Does the place lie at a school of this kind, inside or outside the region?"""
    school = place.school_ontvangend
    if school is None or place.soort != "tlv":
        return False
    kind = school.is_ikc if ikc else school.soort == soort
    return kind and buiten in {None, school.buiten_regio}


@pytest.mark.parametrize("day", [date(2023, 2, 1), date(2024, 1, 1)])
def test_places_in_the_published_proportions(geladen: Context, day: date) -> None:
    places = plaatsen(day, day)
    tlv = [place for place in places if place.soort == "tlv"]
    ikc = [place for place in tlv if naar(place, ikc=True)]
    assert len(ikc) == 620
    assert sum(place.kostendrager == "ander_swv" for place in ikc) == 109
    assert {place.categorie for place in ikc} == {"SBO"}
    so = [place for place in tlv if naar(place, "SO")]
    inside = [place for place in so if naar(place, "SO", buiten=False)]
    assert (len(inside), len(so) - len(inside)) == (338, 38)
    assert sum(place.kostendrager == "ander_swv" for place in inside) == 193
    outside_sbo = [place for place in tlv if naar(place, "SBO", buiten=True)]
    assert len(outside_sbo) == 33
    assert sum(place.soort == "dws" for place in places) == 125
    paid = [place for place in tlv if place.kostendrager in {"school", "vorige_school"}]
    assert len(paid) == 247
    own = Counter(place.categorie for place in so if place.kostendrager != "ander_swv")
    assert own == {"I": 115, "II": 38, "III": 30}
    price = {"I": Decimal("12938.34"), "II": Decimal("21053.23"), "III": Decimal("31419.53")}
    assert round(sum(price[category] * number for category, number in own.items())) == 3_230_518


def test_a_year_of_places(geladen: Context) -> None:
    year = plaatsen(Schooljaar(2023).eerste_dag, Schooljaar(2023).laatste_dag)
    assert sum(place.soort == "dws" for place in year) == 125
    assert sum(place.soort == "tlv_bao" for place in year) == 35
    assert len(plaatsen(date(2024, 1, 1), date(2024, 12, 31))) > len(plaatsen(date(2024, 1, 1), date(2024, 1, 1)))


def test_dossiers_in_every_state(geladen: Context) -> None:
    rows = list(Aanvraag.objects.all())
    assert 48 <= len(rows) <= 66
    assert {row.staat for row in rows} == set(STATEN)
    demo = {row.staat for row in rows if row.verwijzende_school_id == geladen.delen["regulier"][0].pk}
    assert demo >= set(STATEN) - {WORDT_VERSTUURD, "beeindigd"}
    assert len({Schooljaar.van(row.sinds) for row in rows}) >= 2
    for row in rows:
        since, until = gewenste_periode(row)
        assert since is not None
        assert until is not None
        assert controleer_periode(row.de_route, since, until) is None
        assert (row.bewaren_tot is not None) == (row.staat not in LOPEND)
        if row.staat in {"ingediend", "toegekend"}:
            missing = {item.code for item in niet_voldaan(stand_van(row, vandaag=row.sinds))}
            assert missing <= ({"unaniem"} if row.route == "TB" else set()), row.kenmerk  # members still advise
        if row.staat not in BESLOTEN | {CONCEPT}:
            assert row.bewaren_tot is None or row.staat == "ingetrokken"


def test_one_application_waits_until_the_swv_invites_somebody(geladen: Context) -> None:
    user = geladen.delen["gebruikers"][Rol.SWV_MEDEWERKER]
    titles = [task.titel for task in taken(bereik_voor(user.pk, VANDAAG), VANDAAG)]
    school = geladen.delen["buiten_regio"][0]
    assert f"Nodig een orthopedagoog uit bij {school.naam} (1 aanvraag wacht)" in titles
    assert sum(title.startswith("Nodig een orthopedagoog uit") for title in titles) == 1


def test_numbers_have_no_gaps(geladen: Context) -> None:
    for year in set(Tlvnummer.objects.values_list("schooljaar", flat=True)):
        serials = sorted(Tlvnummer.objects.filter(schooljaar=year).values_list("volgnummer", flat=True))
        assert serials == list(range(1, len(serials) + 1))
        assert Teller.objects.get(soort="tlv", schooljaar=year).laatste == len(serials)


def test_groups_fit_the_birth_dates_and_no_text_names_an_age(geladen: Context) -> None:
    for row in Aanvraag.objects.exclude(route__in=["D", "DI"]).select_related("leerling"):
        turned = Schooljaar.van(row.sinds).begin - date.fromisoformat(row.leerling.geboortedatum).year
        assert int(row.groep) == turned - 3, row.kenmerk
        assert 1 <= int(row.groep) <= 8
        assert not re.search(r"\b(jaar oud|is \w+ jaar)\b", row.stem_leerling), row.kenmerk


def test_letters_are_asked_for(geladen: Context) -> None:
    decided = Aanvraag.objects.filter(staat__in=BESLOTEN | {WORDT_VERSTUURD}).count()
    assert Job.objects.filter(soort="ondersteuning.besluitbrief").count() == decided


def test_the_ibers_of_the_demo_have_something_to_do(geladen: Context) -> None:
    for role in (Rol.IBER, Rol.ORTHOPEDAGOOG, Rol.SWV_MEDEWERKER):
        user = geladen.delen["gebruikers"][role]
        found = taken(bereik_voor(user.pk, VANDAAG), VANDAAG)
        assert [task for task in found if not task.wacht_op], role


def test_everybody_who_was_invited_has_a_link_as_the_real_way_gives_it(geladen: Context) -> None:
    parties = list(Partij.objects.select_related("aanvraag").exclude(naam=""))
    links = {link.pk: link for link in PersoonlijkeLink.objects.all()}
    asked = [party for party in parties if party.link_id and party.soort != "instelling"]  # that one fills in
    assert {party.aanvraag.staat for party in asked} == set(STATEN) - {CONCEPT, "ingetrokken"}
    for party in parties:
        assert (party.link_id is None) == (party.uitgenodigd_op is None), party.pk
        if party.link_id is not None:
            link = links.pop(party.link_id)
            assert (link.soort, link.onderwerp_id) == (LINKSOORTEN[party.soort], party.pk)
            announced = party.aanvraag.bekendgemaakt_op if party.soort == "ouder" else None
            begin = announced or party.uitgenodigd_op
            assert timezone.localdate(link.verloopt) == begin + timedelta(days=GELDIG_DAGEN)
    assert not links


def test_a_link_of_the_example_opens_with_the_code_of_the_mailbox(geladen: Context) -> None:
    """A parent of the school of the demo whose application was refused last month reads the decision."""
    run_jobs()
    party = Partij.objects.filter(
        soort="ouder", aanvraag__staat="geweigerd", aanvraag__verwijzende_school=geladen.delen["regulier"][0]
    ).first()
    assert party is not None
    PersoonlijkeLink.objects.filter(pk=party.link_id).update(verloopt=timezone.now() + timedelta(days=1))
    bodies = [message.body for message in mail.outbox if message.to == [party.email]]
    found = re.search(r"https?://[^/]+(/link/\S+)", bodies[0])
    assert found is not None
    client = Client()
    assert client.post(found[1], {"code": VOORBEELDCODE}).status_code == 302
    page = client.get(reverse("ondersteuning:ouder")).content.decode()
    assert "De aanvraag is geweigerd." in page
    assert "Waarom" in page


def test_most_schools_say_where_there_is_room(geladen: Context) -> None:
    schools, filled = scholen_met_groepen().count(), Capaciteitenlijst.objects.count()
    assert schools * 3 / 4 < filled < schools
    assert set(Capaciteit.objects.values_list("stand", flat=True)) == {"plaats", "overleg", "vol"}
    old = Capaciteitenlijst.objects.filter(gewijzigd_op__date__lt=VANDAAG - timedelta(days=190)).count()
    assert 0 < old < filled / 3
    assert Capaciteitenlijst.objects.filter(school=geladen.delen["regulier"][0]).exists()


def test_every_route_and_the_institutions(geladen: Context) -> None:
    assert {"A", "B", "D", "DI", "PA"} <= {row.route for row in Aanvraag.objects.all()}
    assert Jeugdhulpinstelling.objects.count() == 6
    assert Jeugdhulpinstelling.objects.all().gemandateerd(VANDAAG).count() == 5
    payers = set(Aanvraag.objects.filter(staat="toegekend").values_list("route", "kostendrager"))
    assert {("DI", "swv"), ("PA", "ander_swv"), ("TB", "swv"), ("TBV", "swv")} <= payers


def test_a_tlv_at_the_basisschool_was_granted_and_prolonged(geladen: Context) -> None:
    again = Aanvraag.objects.get(route="TBV")
    assert again.vorige is not None
    assert (again.vorige.leerling, again.vorige.geldig_tot) == (again.leerling, date(2025, 7, 31))
    running = Plaatsing.objects.filter(soort="tlv_bao", aanvraag__isnull=False, begin=date(2025, 8, 1))
    assert {place.betaalreden for place in running} == {"bestuur"}
    assert {place.einde for place in running} == {date(2026, 7, 31)}
    assert running.count() == 2
