"""The begrotingen on screen: which one is read by whom, the list of all, and making one geldend."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from financien.models import Begroting
from swv_portal.access.models import User
from swv_portal.common.dates import datum
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.run import run
from tests.factories.financien import begroting_concept, geldende_begroting
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db

LEZEN_GELDENDE = [Rol.SWV_MEDEWERKER, Rol.SCHOOLBESTUURDER]


@pytest.fixture
def directeur(actor_als):
    return actor_als(Rol.DIRECTEUR_BESTUURDER)


def detail(row):
    return reverse("financien:begroting_detail", args=[row.pk])


def stap(row):
    return reverse("financien:begroting_stap", args=[row.pk])


def tekst(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def rijen(page):
    """The cells of the table, row by row, as they are read."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [" ".join(strip_tags(cell).split()) for cell in re.findall(r"<t[dh][ >].*?</t[dh]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def test_a_concept_changes_nothing_for_the_readers_until_the_director_makes_it_geldend(als, directeur):
    now, concept = geldende_begroting(directeur, "Van vorig jaar"), begroting_concept(directeur, "Van dit jaar")
    readers = [als(rol) for rol in LEZEN_GELDENDE]
    page, everything = reverse("financien:begroting"), reverse("financien:begrotingen")
    for client in readers:
        assert "Van vorig jaar" in tekst(client, page)
        assert "Van dit jaar" not in tekst(client, everything)
        assert client.get(detail(concept)).status_code == 404
    answer = als(Rol.DIRECTEUR_BESTUURDER).post(
        stap(concept), {"stap": "maak_geldend", "versie": 1, "geldend": now.pk, **nieuwe_sleutel()}, follow=True
    )
    assert "&#x27;Van dit jaar&#x27; is nu de geldende begroting." in answer.content.decode()
    for client in readers:
        assert "Van dit jaar" in tekst(client, page)
        assert "Dit is een eerdere begroting." in tekst(client, detail(now))
        assert ", was geldend vanaf " in tekst(client, detail(now))


def test_the_director_gets_the_button_and_the_controller_reads_for_whom_it_waits(als, directeur):
    concept = begroting_concept(directeur)
    assert 'value="maak_geldend"' in tekst(als(Rol.DIRECTEUR_BESTUURDER), detail(concept))
    controller = als(Rol.CONTROLLER)
    page = tekst(controller, detail(concept))
    assert "Dit is een concept." in page
    assert "De directeur-bestuurder maakt het geldend." in page
    assert 'value="maak_geldend"' not in page
    assert controller.post(stap(concept), {"stap": "maak_geldend", "versie": 1}).status_code == 422
    assert not Begroting.objects.filter(staat="geldend").exists()


def verborgen(page):
    """What the form of the step sends besides its token."""
    form = re.search(r'<form[^>]*/stap/".*?</form>', page, re.DOTALL)[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_of_two_directors_the_second_hears_that_another_one_became_geldend(als, directeur):
    first, second = begroting_concept(directeur, "Zuinig"), begroting_concept(directeur, "Ruim")
    one, other = als(Rol.DIRECTEUR_BESTUURDER), als(Rol.DIRECTEUR_BESTUURDER)
    opened = {row.pk: tekst(client, detail(row)) for client, row in ((one, first), (other, second))}
    assert all("Er geldt nu nog geen begroting." in page for page in opened.values())
    send = {"stap": "maak_geldend"}
    assert one.post(stap(first), send | verborgen(opened[first.pk])).status_code == 302
    refused = other.post(stap(second), send | verborgen(opened[second.pk]))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "is een andere begroting geldend gemaakt" in page
    assert "Nu geldt 'Zuinig'." in page
    assert Begroting.objects.get(staat="geldend") == first
    assert other.post(stap(second), send | verborgen(page)).status_code == 302
    assert Begroting.objects.get(staat="geldend") == second


def test_a_form_that_does_not_say_what_was_geldend_changes_nothing(als, directeur):
    concept, client = begroting_concept(directeur), als(Rol.DIRECTEUR_BESTUURDER)
    for sent in ({}, {"geldend": ""}, {"geldend": "0"}, {"geldend": "-1"}, {"geldend": "²"}):
        answer = client.post(stap(concept), {"stap": "maak_geldend", "versie": 1, **sent})
        assert answer.status_code == 422, sent
    assert not Begroting.objects.filter(staat="geldend").exists()


def test_who_reads_in_a_begroting_is_told_beforehand_that_it_becomes_a_concept(als):
    client = als(Rol.CONTROLLER)
    assert "De begroting is dan een concept." in tekst(client, reverse("financien:begroting_inlezen"))
    assert "concept" not in tekst(client, reverse("financien:tarieven_inlezen"))


def test_a_step_that_does_not_exist_is_refused(als, directeur):
    row = geldende_begroting(directeur)
    for name in ("vervang", "onzin", ""):
        answer = als(Rol.DIRECTEUR_BESTUURDER).post(stap(row), {"stap": name, "versie": row.versie})
        assert answer.status_code == 422
    assert "maak_geldend" not in tekst(als(Rol.DIRECTEUR_BESTUURDER), detail(row))


def test_the_list_says_who_read_in_what_and_when_newest_first(als, directeur):
    User.objects.filter(pk=directeur.user_id).update(naam="Dirk Duin")
    geldende_begroting(directeur, "Eerste")
    geldende_begroting(directeur, "Tweede", b"soort;groep;post;2024;2025\nbaten;a;b;1;2\n")
    begroting_concept(directeur, "Derde")
    page = tekst(als(Rol.CONTROLLER), reverse("financien:begrotingen"))
    assert "3 begrotingen" in page
    assert "Ingelezen door" in page
    today = datum(timezone.localdate())
    assert rijen(page) == [
        ["Derde", "2024", today, "Dirk Duin", "–", "concept"],
        ["Tweede", "2024-2025", today, "Dirk Duin", today, "geldend"],
        ["Eerste", "2024", today, "Dirk Duin", today, "vervangen"],
    ]
    board = tekst(als(Rol.SCHOOLBESTUURDER), reverse("financien:begrotingen"))
    assert "Dirk Duin" not in board
    assert "2 begrotingen" in board


def test_the_list_is_leafed_through(als, directeur):
    rows = [begroting_concept(directeur, f"Begroting nummer {number}") for number in range(27)]
    client, url = als(Rol.CONTROLLER), reverse("financien:begrotingen")
    first = tekst(client, url)
    assert "bladzijde 1 van 2" in first
    assert rows[1].naam + "<" not in first
    second = tekst(client, f"{url}?pagina=2&na={rows[2].pk}")
    assert rows[1].naam + "<" in second
    assert rows[2].naam + "<" not in second


def test_an_empty_list_says_so(als):
    assert "Er is nog geen begroting ingelezen." in tekst(als(Rol.CONTROLLER), reverse("financien:begrotingen"))


def test_without_a_geldende_begroting_the_page_leads_to_the_list(als, directeur):
    begroting_concept(directeur)
    page = tekst(als(Rol.CONTROLLER), reverse("financien:begroting"))
    assert "Er is nog geen begroting die geldt." in page
    assert reverse("financien:begrotingen") in page


def test_one_and_thirty_begrotingen_cost_the_same_number_of_queries(als, directeur):
    client, url = als(Rol.CONTROLLER), reverse("financien:begrotingen")

    def count():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    begroting_concept(directeur)
    few = count()
    for _ in range(29):
        begroting_concept(directeur)
    assert count() == few


def bestandsnaam(client, row, formaat):
    """As the portal names the file: that of a PDF stands with the document that is made."""
    if formaat == "pdf":
        client.post(reverse("financien:begroting_pdf", args=[row.pk]), nieuwe_sleutel())
        job = Job.objects.latest("pk")
        assert run(job.pk) == "done"
        return Document.objects.latest("pk").naam
    url = reverse("financien:begroting_bestand", args=[row.pk, formaat])
    return re.search(r'filename="([^"]+)"', client.get(url)["Content-Disposition"])[1]


@pytest.mark.usefixtures("own_folder")
@pytest.mark.parametrize("formaat", ["csv", "xlsx", "json", "pdf"])
def test_the_file_of_a_concept_says_so_in_its_name(als, directeur, formaat):
    client = als(Rol.CONTROLLER)
    now, concept = geldende_begroting(directeur), begroting_concept(directeur)
    assert bestandsnaam(client, now, formaat) == f"begroting-2024-2024.{formaat}"
    assert bestandsnaam(client, concept, formaat) == f"begroting-2024-2024-concept.{formaat}"


def test_the_page_of_a_begroting_reads_its_row_once(als, directeur):
    client, row = als(Rol.CONTROLLER), begroting_concept(directeur)
    with CaptureQueriesContext(connection) as captured:
        tekst(client, detail(row))
    assert len([query for query in captured if 'FROM "financien_begroting"' in query["sql"]]) == 1
