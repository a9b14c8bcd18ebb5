"""Route D on screen: a youth-care institution applies by its link, and the list of institutions that may."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Jeugdhulpinstelling, Plaatsing
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.ondersteuning.services.test_weg import run_jobs
from tests.ondersteuning.views.reis import brief
from tests.ondersteuning.views.test_weg import open_link, post, version
from tests.sleutel import nieuwe_sleutel

Als = Callable[..., Client]
JAAR = Schooljaar.van(timezone.localdate()).volgende
STAPPEN = {
    "leerling": {"voornamen": "Mila", "achternaam": "Kanariepiet", "geboortedatum": "4-5-2021", "woon_pc4": "2011"},
    "ouders": {
        "ouder1_naam": "Ouder Een",
        "ouder1_email": "een@test.example",
        "een_ouder_reden": "Er is één ouder met gezag.",
    },
    "onderbouwing": {
        "onderwijsbehoefte": "Rust",
        "geboden_hulp": "Een kleine groep",
        "reden_school": "Dicht bij huis",
        "stem_leerling": "De leerling praat nog niet.",
    },
    "deskundige": {
        "tweede_naam": "Deskundige Drie",
        "tweede_functie": "jeugdarts",
        "tweede_dienstverband": "elders",
        "tweede_werkgever": "GGD Kust",
        "tweede_email": "drie@test.example",
    },
}


@pytest.fixture(autouse=True)
def swv_bestaat(db: None) -> None:
    SamenwerkingsverbandFactory()


def test_route_d_with_a_budget_on_screen(als: Als) -> None:
    school = SchoolFactory(naam="Basisschool De Zeester")
    swv, iber = als(Rol.SWV_MEDEWERKER), als(Rol.IBER, school)
    institution = JeugdhulpinstellingFactory(naam="Jeugdhulp De Golf", email="vier@test.example")
    start = swv.get(reverse("ondersteuning:nieuw")).content.decode()
    assert "Vanuit de jeugdhulp naar SO of SBO" in start
    assert "Van basisschool naar SO of SBO" not in start

    data = {"instelling": institution.pk, "aanleiding": "voorschools", **nieuwe_sleutel()}
    shown = post(swv, "ondersteuning:nieuw_route", ["d"], data, expect=200)
    run_jobs()
    code = re.findall(r'<span class="cijfer">([^<]+)</span>', shown)[0]
    golf = open_link("vier@test.example", code)
    pk = Aanvraag.objects.get().pk

    home = golf.get(reverse("ondersteuning:instelling")).content.decode()
    assert "Ga verder met invullen" in home
    first_day = date(JAAR.begin, 8, 20)
    school_step = {"ontvangende_school": school.pk, "gewenst_van": f"{first_day:%d-%m-%Y}", "budget_afgestemd": "on"}
    page = golf.get(reverse("ondersteuning:instelling_stap", args=["leerling"])).content.decode()
    assert "Eerste schooldag" in page
    assert 'name="groep"' not in page
    # Until a school is chosen the page asks what special education needs; a regular school makes it other questions.
    asked = reverse("ondersteuning:instelling_stap", args=["school"])
    assert 'name="categorie"' in golf.get(asked).content.decode()
    chosen = {"ontvangende_school": school.pk, "versie": version(pk)}
    auto = golf.post(asked, chosen, headers={"HX-Request": "true"})
    assert auto["HX-Redirect"] == asked
    page = golf.get(asked).content.decode()
    assert "Bij deze school vragen wij andere dingen." in page
    assert 'name="budget_afgestemd"' in page
    assert 'name="categorie"' not in page
    # The child has no school: the institution hears it, or says in the form of the child why that could not be.
    kind, grounds = reverse("ondersteuning:instelling_kind"), {**STAPPEN["onderbouwing"], "stem_leerling": ""}
    for step in ("", "onderbouwing"):
        there = reverse("ondersteuning:instelling_stap", args=[step]) if step else reverse("ondersteuning:instelling")
        assert kind in golf.get(there).content.decode()
    assert golf.post(kind, {"versie": "1"}).status_code == 422
    assert golf.post(kind, {"versie": "1", "geen_reden": "Mila praat nog niet."}).status_code == 302
    # Later the page of the school is fixed: whether the parents want the budget is asked before.
    silent = {key: value for key, value in school_step.items() if key != "budget_afgestemd"}
    refused = golf.post(asked, {**silent, "versie": version(pk), "verder": "ja"})
    assert refused.status_code == 422
    assert "Bespreek het budget eerst met de ouders." in refused.content.decode()
    assert (
        "Welke hulp was er al?"
        in golf.get(reverse("ondersteuning:instelling_stap", args=["onderbouwing"])).content.decode()
    )
    for step, fields in {**STAPPEN, "onderbouwing": grounds, "school": school_step}.items():
        typed = {**fields, "versie": version(pk), "verder": "ja"}
        post(golf, "ondersteuning:instelling_stap", [step], typed)
    check = golf.get(reverse("ondersteuning:instelling_stap", args=["controleren"])).content.decode()
    assert "Leg voor aan ouders en deskundigen" in check
    assert "Mila praat nog niet." in swv.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    shown = post(golf, "ondersteuning:instelling_stap", ["controleren"], {"versie": version(pk)}, expect=200)
    codes = re.findall(r'<span class="cijfer">([^<]+)</span>', shown)
    assert len(codes) == 2
    again = golf.post(reverse("ondersteuning:instelling_stap", args=["controleren"]), {"versie": version(pk)})
    assert again.status_code == 302
    assert codes[0] not in golf.get(reverse("ondersteuning:instelling")).content.decode()
    run_jobs()

    # A regular school is asked for the place, not for an advice; who reads what is told as it is.
    page = iber.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    assert "Zeg of er plaats is" in page
    assert reverse("ondersteuning:advies", args=[pk]) not in page
    assert "Orthopedagoog van" not in page
    assert "de hele aanvraag en de uitkomst, niet de brief" in page
    advise = reverse("ondersteuning:advies", args=[pk])
    assert iber.get(advise).status_code == 302
    answer = {"functie": "orthopedagoog", "steunt": "ja", "tekst": "Mijn advies", "betrokken": "on"}
    late = iber.post(advise, {**answer, "versie": version(pk)})
    assert late.status_code == 422
    assert "Mijn advies" in late.content.decode()
    assert "Bevestig de plaats bij aanvraag" in iber.get("/").content.decode()
    post(iber, "ondersteuning:plaats", [pk], {"versie": version(pk), "stap": "bevestig_plaats", "toelichting": ""})
    parties = [p.email for p in Aanvraag.objects.get().partijen.exclude(soort="instelling") if p.naam]
    expert = open_link("drie@test.example", codes[parties.index("drie@test.example")])
    advice = {"steunt": "ja", "tekst": "Eigen advies", "betrokken": "on", "niet_in_dienst": "on"}
    post(expert, "ondersteuning:deskundige", [], advice)
    parent = open_link("een@test.example", codes[parties.index("een@test.example")])
    assert "Jeugdhulp De Golf vraagt voor Mila Kanariepiet" in " ".join(
        parent.get(reverse("ondersteuning:ouder")).content.decode().split()
    )
    post(parent, "ondersteuning:ouder", [], {"eens": "ja", "tekst": ""})
    assert "kan nog niet" not in golf.get(reverse("ondersteuning:instelling")).content.decode()
    post(golf, "ondersteuning:instelling_doe", ["dien_in"], {"versie": version(pk)})
    # What is handed in the institution changes no more.
    assert golf.get(kind).status_code == 302
    assert golf.post(kind, {"versie": "2", "goed": "Spelen"}).status_code == 422
    assert kind not in golf.get(reverse("ondersteuning:instelling")).content.decode()

    page = swv.get(reverse("ondersteuning:besluit", args=[pk])).content.decode()
    assert "Het budget is met de ouders afgestemd" in page
    assert f"31-08-{JAAR.begin + 2}" in page
    decision = {
        "besluit": "ken_toe",
        "geldig_van": f"{first_day:%d-%m-%Y}",
        "geldig_tot": f"31-08-{JAAR.begin + 2}",
        "motivering": "",
        "betaler": "route_d",
        "betaler_toelichting": "",
        "versie": version(pk),
    }
    wrong = {**decision, "geldig_tot": f"31-07-{JAAR.begin + 2}"}
    assert "Het budget duurt twee jaar" in _fout(swv, pk, wrong)
    assert "Controleer uw besluit" in post(swv, "ondersteuning:besluit", [pk], decision, expect=200)
    post(swv, "ondersteuning:besluit", [pk], {**decision, "bevestigd": "ja"})
    run_jobs()
    granted = Aanvraag.objects.get()
    assert granted.staat == TOEGEKEND
    assert Plaatsing.objects.get(aanvraag=granted).soort == "instroombudget"
    letter = brief(granted)
    assert "Mila Kanariepiet" in letter
    assert "instroombudget" in letter.lower()
    body = parent.get(reverse("ondersteuning:ouder")).content.decode()
    assert "een budget om uw kind te begeleiden" in body
    assert "toelaatbaarheidsverklaring" not in body
    # The institution is told once, by its own link; the letter is not for it.
    told = [message.subject for message in mail.outbox if message.to == ["vier@test.example"]]
    assert [subject for subject in told if "besl" in subject] == [f"Het besluit is er: aanvraag {granted.kenmerk}"]
    page = swv.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    assert "Bericht gestuurd aan de jeugdhulpinstelling" in page
    assert "Heeft het instroombudget toegekend." in page
    assert "heeft besloten" in golf.get(reverse("ondersteuning:instelling")).content.decode()


def _fout(client: Client, pk: int, data: dict[str, Any]) -> str:
    response = client.post(reverse("ondersteuning:besluit", args=[pk]), data)
    assert response.status_code == 422
    return response.content.decode()


def test_the_list_of_institutions(als: Als) -> None:
    swv = als(Rol.SWV_MEDEWERKER)
    address = reverse("ondersteuning:jeugdhulpinstellingen")
    assert "Er staat nog geen instelling in de lijst." in swv.get(address).content.decode()
    data = {
        "versie": 0,
        "naam": "Jeugdhulp De Golf",
        "contactpersoon": "Contact Vijf",
        "email": "vijf@test.example",
        "gemandateerd_van": "01-08-2024",
        "gemandateerd_tot": "",
    }
    post(swv, "ondersteuning:jeugdhulpinstelling_nieuw", [], {**data, **nieuwe_sleutel()})
    row = Jeugdhulpinstelling.objects.get()
    twice = swv.post(reverse("ondersteuning:jeugdhulpinstelling_nieuw"), {**data, **nieuwe_sleutel()})
    assert twice.status_code == 422
    assert "Er staat al een instelling met deze naam" in twice.content.decode()
    ended = {**data, "versie": row.versie, "gemandateerd_tot": "31-07-2024"}
    wrong = swv.post(reverse("ondersteuning:jeugdhulpinstelling", args=[row.pk]), ended)
    assert wrong.status_code == 422
    assert "De laatste dag ligt voor de eerste dag." in wrong.content.decode()
    post(swv, "ondersteuning:jeugdhulpinstelling", [row.pk], {**ended, "gemandateerd_tot": "31-07-2025"})
    page = swv.get(address).content.decode()
    assert "tot en met" in page
    assert "Contact Vijf" in page
    assert als(Rol.IBER).get(address).status_code == 403


def test_the_list_of_institutions_costs_the_same_for_many(
    als: Als, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    swv = als(Rol.SWV_MEDEWERKER)
    address = reverse("ondersteuning:jeugdhulpinstellingen")
    JeugdhulpinstellingFactory()
    swv.get(address)
    with django_assert_max_num_queries(8) as few:
        swv.get(address)
    JeugdhulpinstellingFactory.create_batch(30)
    with django_assert_num_queries(len(few)):
        swv.get(address)
