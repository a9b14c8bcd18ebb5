"""The list, the results, and their files: per role, with the wrong method, and the number of queries."""

import io
import json
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluatie.models import Ronde
from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.jobs.models import Job
from tests.factories.evaluatie import antwoorden, maak_ronde
from tests.sleutel import nieuwe_sleutel

LEZERS = {Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER, Rol.SCHOOLDIRECTEUR, Rol.IBER}
pytestmark = pytest.mark.django_db

LEZEN = ["evaluatie:ronde", "evaluatie:xlsx", "evaluatie:json"]


def adres(naam: str, code: str) -> str:
    return reverse(naam, args=[code])


@pytest.mark.parametrize("rol", list(Rol))
def test_who_may_see_the_list(als, rol):
    maak_ronde("r-gesloten", titel="Gesloten ronde")
    maak_ronde("r-open", titel="Open ronde", publiceer=False)
    response = als(rol).get(reverse("evaluatie:rondes"))
    if rol not in SWV_KERNEN | LEZERS:
        assert response.status_code == 403
        return
    text = response.content.decode()
    assert "Gesloten ronde" in text
    assert ("Open ronde" in text) == (rol in SWV_KERNEN)
    assert ("Antwoorden inlezen" in text) == (rol in SWV_KERNEN)


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("naam", LEZEN)
def test_who_may_see_results(als, rol, naam):
    maak_ronde("r-gesloten")
    maak_ronde("r-open", publiceer=False)
    client = als(rol)
    answers = [client.get(adres(naam, code)).status_code for code in ("r-gesloten", "r-open", "weg")]
    if rol in SWV_KERNEN:
        assert answers == [200, 200, 404]
    elif rol in LEZERS:
        assert answers == [200, 404, 404]
    else:
        assert answers == [403, 403, 403]


def test_hidden_and_absent_are_the_same_page(als):
    maak_ronde("r-open", titel="Geheime titel", publiceer=False)
    client = als(Rol.IBER)
    hidden, absent = (client.get(adres("evaluatie:ronde", code)) for code in ("r-open", "r-weg"))
    assert hidden.status_code == absent.status_code == 404

    def without_noise(page: bytes) -> bytes:
        return re.sub(rb"(nonce|value|X-CSRFToken\": )[=\"]*[^\"]+\"", b"", page)

    assert without_noise(hidden.content) == without_noise(absent.content)


@pytest.mark.parametrize("naam", ["evaluatie:stap", "evaluatie:rapport"])
def test_what_only_takes_a_post(als, naam):
    maak_ronde("r")
    assert als(Rol.SWV_MEDEWERKER).get(adres(naam, "r")).status_code == 405


def test_visitors_go_to_the_login_page(client):
    maak_ronde("r")
    for naam in LEZEN:
        response = client.get(adres(naam, "r"))
        assert response.status_code == 302
        assert "login" in response["Location"] or "inloggen" in response["Location"]


def test_the_page_shows_conclusion_chart_and_table_and_nothing_of_small_groups(als):
    ronde = maak_ronde("r", antwoorden({"Noord": 6, "Zuid": 7}, score=4))
    maak_ronde("k", antwoorden({"Noord": 6, "Kleintje": 3}, score=1))
    text = als(Rol.KERNVOORZITTER).get(adres("evaluatie:ronde", ronde.code)).content.decode()
    assert "Alle groepen die getoond worden, komen gemiddeld uit op 4,0." in text
    assert text.count('<svg class="grafiek-svg"') == 11
    assert text.count("<table") == 12
    text = als(Rol.SWV_MEDEWERKER).get(adres("evaluatie:ronde", "k")).content.decode()
    assert "Niet getoond, omdat er te weinig antwoorden zijn: Kleintje." in text
    row = re.search(r'<th scope="row">Kleintje</th><td class="getal">([^<]*)</td>', text)
    assert row[1] == "te weinig antwoorden"


def test_a_filter_on_one_question(als):
    maak_ronde("r")
    client = als(Rol.SCHOOLBESTUURDER)
    one = client.get(adres("evaluatie:ronde", "r"), {"vraag": "tevredenheid_frequentie"}).content.decode()
    assert re.findall(r'<h2 id="vraag-([a-z_]+)"', one) == ["tevredenheid_frequentie"]
    unknown = client.get(adres("evaluatie:ronde", "r"), {"vraag": "'\"<x>"}).content.decode()
    assert len(re.findall(r'<h2 id="vraag-', unknown)) == 10
    assert "<x>" not in unknown


def _aantal_queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_queries_are_few_and_do_not_grow(als):
    client = als(Rol.SWV_MEDEWERKER)
    maak_ronde("klein", antwoorden({"Noord": 6}))
    few = _aantal_queries(client, reverse("evaluatie:rondes"))
    for number in range(30):
        maak_ronde(f"meer-{number}", antwoorden({"Noord": 5}))
    assert _aantal_queries(client, reverse("evaluatie:rondes")) == few <= 8
    maak_ronde("groot", antwoorden({f"groep {number}": 6 for number in range(30)}))
    small, large = (_aantal_queries(client, adres("evaluatie:ronde", code)) for code in ("klein", "groot"))
    assert small == large <= 12


def test_files_have_a_name_and_hold_the_results(als):
    maak_ronde("r")
    client = als(Rol.SCHOOLDIRECTEUR)
    book = client.get(adres("evaluatie:xlsx", "r"))
    assert book["Content-Disposition"] == 'attachment; filename="uitkomsten-r.xlsx"'
    assert book["Cache-Control"] == "no-store, private"
    assert openpyxl.load_workbook(io.BytesIO(book.content))["Groepen"]["A1"].value == "Evaluatie van de kernen"
    data = client.get(adres("evaluatie:json", "r"))
    assert json.loads(data.content)["vragen"]["tevredenheid_samenwerking"]["gemiddelde_per_groep"]["Klein"] is None


@pytest.mark.parametrize("rol", list(Rol))
def test_steps_are_for_staff(als, rol):
    ronde = maak_ronde("r")
    response = als(rol).post(adres("evaluatie:stap", "r"), {"stap": "heropen", "versie": ronde.versie})
    ronde.refresh_from_db()
    if rol in SWV_KERNEN:
        assert response.status_code == 302
        assert ronde.staat == "open"
    else:
        assert response.status_code == 403
        assert ronde.staat == "gesloten"


def test_the_page_says_who_will_read_the_results(als):
    maak_ronde("r", publiceer=False)
    page = als(Rol.SWV_MEDEWERKER).get(adres("evaluatie:ronde", "r")).content.decode()
    assert "Voorzitters, IB'ers, scholen en besturen zien daarna de uitkomsten." in page


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        ({"stap": "heropen", "versie": "7"}, "intussen gewijzigd"),
        ({"stap": "sluit", "versie": "1"}, "de status is nu"),
        ({"stap": "weg", "versie": "1"}, "bestaat niet"),
        ({}, "bestaat niet"),
        ({"stap": "sluit", "versie": "²"}, "niet zien welke versie"),
        ({"stap": "sluit", "versie": "9" * 5000}, "niet zien welke versie"),
    ],
)
def test_a_step_that_can_not_be_taken_says_why(als, data, zin):
    maak_ronde("r")
    response = als(Rol.SWV_MEDEWERKER).post(adres("evaluatie:stap", "r"), data)
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert Ronde.objects.get().staat == "gesloten"


def test_asking_for_the_report_makes_a_job(als):
    maak_ronde("r")
    client = als(Rol.KERNVOORZITTER)
    response = client.post(adres("evaluatie:rapport", "r"), nieuwe_sleutel())
    job = Job.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("jobs:opdracht", args=[job.pk])
    assert job.params == {"rapport": "evaluatie.ronde", "params": {"ronde": "r"}}
    assert client.post(adres("evaluatie:rapport", "weg")).status_code == 404


def test_a_round_without_answers_is_a_page_too(als):
    ronde = maak_ronde("r", publiceer=False)
    ronde.groepen.all().delete()
    response = als(Rol.SWV_MEDEWERKER).get(adres("evaluatie:ronde", "r"))
    assert response.status_code == 200
    assert "nog geen antwoorden" in response.content.decode()


def test_who_can_close_or_reopen_is_warned_that_other_answers_are_not_published_again(als):
    maak_ronde("r")
    maak_ronde("r-open", publiceer=False)
    after, before = "daarna publiceren kan alleen met precies dezelfde antwoorden", "laat een ronde open tot alle"
    pages = [
        als(rol).get(adres("evaluatie:ronde", code)).content.decode()
        for rol, code in ((Rol.SWV_MEDEWERKER, "r"), (Rol.SWV_MEDEWERKER, "r-open"), (Rol.IBER, "r"))
    ]
    assert [(after in page, before in page) for page in pages] == [(True, False), (False, True), (False, False)]
