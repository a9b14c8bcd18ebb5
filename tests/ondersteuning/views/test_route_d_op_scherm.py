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
from tests.factories.kernen import SchoolFactory
from tests.ondersteuning.services.test_weg import run_jobs
from tests.ondersteuning.views.reis import DESKUNDIGE, EEN_OUDER, brief, fout, lees, open_link, post, version
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.usefixtures("swv_bestaat")
Als = Callable[..., Client]
JAAR = Schooljaar.van(timezone.localdate()).volgende
STAPPEN = {
    "leerling": {"voornamen": "Mila", "achternaam": "Kanariepiet", "geboortedatum": "4-5-2021", "woon_pc4": "2011"},
    "ouders": EEN_OUDER,
    "onderbouwing": {
        "onderwijsbehoefte": "Rust",
        "geboden_hulp": "Een kleine groep",
        "reden_school": "Dicht bij huis",
        "stem_leerling": "",
    },
    "deskundige": DESKUNDIGE,
}
EERSTE_DAG = date(JAAR.begin, 8, 20)
#: The page that every step of the institution begins at, and that of the form of the child.
THUIS, KIND = "ondersteuning:instelling", "ondersteuning:instelling_kind"


def test_route_d_with_a_budget_on_screen(als: Als) -> None:
    school = SchoolFactory(naam="Basisschool De Zeester")
    swv, iber = als(Rol.SWV_MEDEWERKER), als(Rol.IBER, school)
    golf = _the_swv_begins(swv)
    pk = Aanvraag.objects.get().pk
    _a_regular_school_asks_other_things(golf, pk, school)
    _the_form_of_the_child(golf)
    _the_institution_fills_in(golf, pk, school)
    assert "Mila praat nog niet." in swv.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    codes = _the_institution_puts_it_before_the_others(golf, pk)
    _the_school_is_asked_for_the_place(iber, pk)
    parent = _the_expert_and_the_parent_answer(codes)
    _the_institution_hands_it_in(golf, pk)
    _the_swv_grants(swv, pk)
    _who_is_told(swv, golf, parent)


def _the_swv_begins(swv: Client) -> Client:
    """For an institution, which goes on by its link."""
    institution = JeugdhulpinstellingFactory(naam="Jeugdhulp De Golf", email="vier@test.example")
    start = swv.get(reverse("ondersteuning:nieuw")).content.decode()
    assert "Vanuit de jeugdhulp naar SO of SBO" in start
    assert "Van basisschool naar SO of SBO" not in start
    data = {"instelling": institution.pk, "aanleiding": "voorschools", **nieuwe_sleutel()}
    shown = post(swv, "ondersteuning:nieuw_route", ["d"], data, expect=200)
    run_jobs()
    golf = open_link("vier@test.example", _codes(shown)[0])
    assert "Ga verder met invullen" in golf.get(reverse(THUIS)).content.decode()
    return golf


def _codes(page: str) -> list[str]:
    return re.findall(r'<span class="cijfer">([^<]+)</span>', page)


def _stap(naam: str) -> str:
    return reverse("ondersteuning:instelling_stap", args=[naam])


def _a_regular_school_asks_other_things(golf: Client, pk: int, school: Any) -> None:
    """Until a school is chosen the page asks what special education needs; a regular school changes that."""
    page = golf.get(_stap("leerling")).content.decode()
    assert "Eerste schooldag" in page
    assert 'name="groep"' not in page
    asked = _stap("school")
    assert 'name="categorie"' in golf.get(asked).content.decode()
    chosen = {"ontvangende_school": school.pk, "versie": version(pk)}
    auto = golf.post(asked, chosen, headers={"HX-Request": "true"})
    assert auto["HX-Redirect"] == asked
    page = golf.get(asked).content.decode()
    assert "Bij deze school vragen wij andere dingen." in page
    assert 'name="budget_afgestemd"' in page
    assert 'name="categorie"' not in page
    assert "Welke hulp was er al?" in golf.get(_stap("onderbouwing")).content.decode()


def _the_form_of_the_child(golf: Client) -> None:
    """The child has no school: the institution hears it, or says in the form of the child why that could not be."""
    kind = reverse(KIND)
    for there in (reverse(THUIS), _stap("onderbouwing")):
        assert kind in golf.get(there).content.decode()
    assert golf.post(kind, {"versie": "1"}).status_code == 422
    assert golf.post(kind, {"versie": "1", "geen_reden": "Mila praat nog niet."}).status_code == 302


def _the_institution_fills_in(golf: Client, pk: int, school: Any) -> None:
    """Later the page of the school is fixed: whether the parents want the budget is asked before."""
    step = {"ontvangende_school": school.pk, "gewenst_van": f"{EERSTE_DAG:%d-%m-%Y}"}
    silent = {**step, "versie": version(pk), "verder": "ja"}
    assert "Bespreek het budget eerst met de ouders." in fout(golf, "ondersteuning:instelling_stap", ["school"], silent)
    for name, fields in {**STAPPEN, "school": {**step, "budget_afgestemd": "on"}}.items():
        post(golf, "ondersteuning:instelling_stap", [name], {**fields, "versie": version(pk), "verder": "ja"})
    assert "Leg voor aan ouders en deskundigen" in golf.get(_stap("controleren")).content.decode()


def _the_institution_puts_it_before_the_others(golf: Client, pk: int) -> dict[str, str]:
    """The code per address; it is shown once."""
    codes = _codes(post(golf, "ondersteuning:instelling_stap", ["controleren"], {"versie": version(pk)}, expect=200))
    assert len(codes) == 2
    again = golf.post(_stap("controleren"), {"versie": version(pk)})
    assert again.status_code == 302
    assert codes[0] not in golf.get(reverse(THUIS)).content.decode()
    run_jobs()
    parties = Aanvraag.objects.get().partijen.exclude(soort="instelling")
    return dict(zip([party.email for party in parties if party.naam], codes, strict=True))


def _the_school_is_asked_for_the_place(iber: Client, pk: int) -> None:
    """A regular school is asked for the place, not for an advice; who reads what is told as it is."""
    advise = reverse("ondersteuning:advies", args=[pk])
    page = iber.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    assert "Zeg of er plaats is" in page
    assert advise not in page
    assert "Orthopedagoog van" not in page
    assert "de hele aanvraag en de uitkomst, niet de brief" in page
    assert iber.get(advise).status_code == 302
    answer = {"functie": "orthopedagoog", "steunt": "ja", "tekst": "Mijn advies", "betrokken": "on"}
    assert "Mijn advies" in fout(iber, "ondersteuning:advies", [pk], {**answer, "versie": version(pk)})
    assert "Bevestig de plaats bij aanvraag" in iber.get("/").content.decode()
    post(iber, "ondersteuning:plaats", [pk], {"versie": version(pk), "stap": "bevestig_plaats", "toelichting": ""})


def _the_expert_and_the_parent_answer(codes: dict[str, str]) -> Client:
    """The parent, who reads which institution asks it."""
    expert = open_link("drie@test.example", codes["drie@test.example"])
    advice = {"steunt": "ja", "tekst": "Eigen advies", "betrokken": "on", "niet_in_dienst": "on"}
    post(expert, "ondersteuning:deskundige", [], advice)
    parent = open_link("een@test.example", codes["een@test.example"])
    assert "Jeugdhulp De Golf vraagt voor Mila Kanariepiet" in lees(parent, "ondersteuning:ouder")
    post(parent, "ondersteuning:ouder", [], {"eens": "ja", "tekst": ""})
    return parent


def _the_institution_hands_it_in(golf: Client, pk: int) -> None:
    """What is handed in it changes no more."""
    kind = reverse(KIND)
    assert "kan nog niet" not in golf.get(reverse(THUIS)).content.decode()
    post(golf, "ondersteuning:instelling_doe", ["dien_in"], {"versie": version(pk)})
    assert golf.get(kind).status_code == 302
    assert golf.post(kind, {"versie": "2", "goed": "Spelen"}).status_code == 422
    assert kind not in golf.get(reverse(THUIS)).content.decode()


def _the_swv_grants(swv: Client, pk: int) -> None:
    """A budget of two years, and nothing else than that."""
    page = swv.get(reverse("ondersteuning:besluit", args=[pk])).content.decode()
    assert "Het budget is met de ouders afgestemd" in page
    assert f"31-08-{JAAR.begin + 2}" in page
    decision = {
        "besluit": "ken_toe",
        "geldig_van": f"{EERSTE_DAG:%d-%m-%Y}",
        "geldig_tot": f"31-08-{JAAR.begin + 2}",
        "motivering": "",
        "betaler": "route_d",
        "betaler_toelichting": "",
        "versie": version(pk),
    }
    wrong = {**decision, "geldig_tot": f"31-07-{JAAR.begin + 2}"}
    assert "Het budget duurt twee jaar" in fout(swv, "ondersteuning:besluit", [pk], wrong)
    assert "Controleer uw besluit" in post(swv, "ondersteuning:besluit", [pk], decision, expect=200)
    post(swv, "ondersteuning:besluit", [pk], {**decision, "bevestigd": "ja"})
    run_jobs()
    granted = Aanvraag.objects.get()
    assert granted.staat == TOEGEKEND
    assert Plaatsing.objects.get(aanvraag=granted).soort == "instroombudget"


def _who_is_told(swv: Client, golf: Client, parent: Client) -> None:
    """The parents by a letter about a budget; the institution once, by its own link, without the letter."""
    granted = Aanvraag.objects.get()
    letter = brief(granted)
    assert "Mila Kanariepiet" in letter
    assert "instroombudget" in letter.lower()
    body = parent.get(reverse("ondersteuning:ouder")).content.decode()
    assert "een budget om uw kind te begeleiden" in body
    assert "toelaatbaarheidsverklaring" not in body
    told = [message.subject for message in mail.outbox if message.to == ["vier@test.example"]]
    assert [subject for subject in told if "besl" in subject] == [f"Het besluit is er: aanvraag {granted.kenmerk}"]
    page = swv.get(reverse("ondersteuning:dossier", args=[granted.pk])).content.decode()
    assert "Bericht gestuurd aan de jeugdhulpinstelling" in page
    assert "Heeft het instroombudget toegekend." in page
    assert "heeft besloten" in golf.get(reverse(THUIS)).content.decode()


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
