"""Every page about money, as every role: the own, another's, and none."""

import pytest
from django.urls import reverse

from financien.models import Budget, Tarief
from financien.services.budget import bereken_budget
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.run import run
from tests.factories.financien import geldende_begroting, maak_school, vastgesteld_budget
from tests.factories.kernen import KernFactory
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db

STAF = [Rol.CONTROLLER, Rol.DIRECTEUR_BESTUURDER, Rol.SWV_MEDEWERKER]
BUITEN = [Rol.IBER, Rol.ORTHOPEDAGOOG, Rol.KERNVOORZITTER, Rol.BEHEERDER]


def plaats(rol, school):
    return {
        Rol.IBER: school,
        Rol.ORTHOPEDAGOOG: school,
        Rol.SCHOOLDIRECTEUR: school,
        Rol.SCHOOLBESTUURDER: school.bestuur,
        Rol.KERNVOORZITTER: None,
    }.get(rol)


@pytest.fixture
def inloggen(als, wereld):
    def log_in(rol, school=None):
        where = KernFactory() if rol == Rol.KERNVOORZITTER else plaats(rol, school or wereld.eigen)
        return als(rol, where)

    return log_in


def adressen(wereld, school):
    budget = wereld.budget.pk
    return {
        "overzicht": reverse("financien:overzicht"),
        "tarieven": reverse("financien:tarieven"),
        "budget": reverse("financien:budget", args=[budget]),
        "xlsx": reverse("financien:budget_bestand", args=[budget, "xlsx"]),
        "csv": reverse("financien:budget_bestand", args=[budget, "csv"]),
        "school": reverse("financien:schoolbudget", args=[wereld.schoolbudget(school).pk]),
        "bestuur": reverse("financien:bestuurbudget", args=[budget, school.bestuur_id]),
        "brieven": reverse("financien:beschikkingen", args=[budget]),
    }


@pytest.mark.parametrize("rol", STAF)
def test_staff_sees_every_page(wereld, inloggen, rol):
    client = inloggen(rol)
    for name, url in adressen(wereld, wereld.vreemd).items():
        assert client.get(url).status_code == 200, name


@pytest.mark.parametrize("rol", [Rol.SCHOOLDIRECTEUR, Rol.SCHOOLBESTUURDER])
def test_a_school_and_a_board_see_their_own_and_nothing_of_another(wereld, inloggen, rol):
    client = inloggen(rol)
    expected = dict.fromkeys(adressen(wereld, wereld.eigen), 200)
    if rol == Rol.SCHOOLDIRECTEUR:
        expected["bestuur"] = 403
    for name, url in adressen(wereld, wereld.eigen).items():
        response = client.get(url)
        assert response.status_code == expected[name], name
        if name not in {"xlsx", "bestuur"}:
            assert wereld.vreemd.naam not in response.content.decode(), name
            assert "KANARIE-VREEMD" not in response.content.decode(), name
    foreign = adressen(wereld, wereld.vreemd)
    absent = client.get(reverse("financien:schoolbudget", args=[999999]))
    response = client.get(foreign["school"])
    assert response.status_code == 404
    assert response.content == absent.content
    assert client.get(foreign["bestuur"]).status_code == (403 if rol == Rol.SCHOOLDIRECTEUR else 404)


@pytest.mark.parametrize("rol", BUITEN)
def test_others_are_refused(wereld, inloggen, rol):
    client = inloggen(rol)
    for name, url in adressen(wereld, wereld.eigen).items():
        assert client.get(url).status_code == 403, name


def test_visitors_go_to_the_login_page(client, wereld):
    for url in adressen(wereld, wereld.eigen).values():
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("rol", [Rol.SCHOOLDIRECTEUR, Rol.SCHOOLBESTUURDER])
def test_a_concept_does_not_exist_outside_the_swv(wereld, inloggen, rol):
    concept = bereken_budget(actor=wereld.directeur, jaar_pk=wereld.jaar.pk)
    assert isinstance(concept, Budget)
    client = inloggen(rol)
    assert client.get(reverse("financien:budget", args=[concept.pk])).status_code == 404
    url = reverse("financien:schoolbudget", args=[concept.schoolbudgetten.get(school=wereld.eigen).pk])
    assert client.get(url).status_code == 404
    assert "versie 1" in client.get(reverse("financien:overzicht")).content.decode()


def test_every_line_is_explained_on_the_page_of_the_school(wereld, inloggen):
    client = inloggen(Rol.SCHOOLDIRECTEUR)
    text = client.get(adressen(wereld, wereld.eigen)["school"]).content.decode().replace("\u00a0", " ")
    assert "200 leerlingen × € 450,00 = € 90.000,00" in text
    assert "1 plaats × € 6.635,00 = € 6.635,00 eraf" in text
    assert "KANARIE-EIGEN" in text
    assert "par. 8.1.2" in text
    assert "€ 83.365,00" in text


def test_the_controller_calculates_and_only_the_director_establishes(wereld, inloggen):
    controller, director = inloggen(Rol.CONTROLLER), inloggen(Rol.DIRECTEUR_BESTUURDER)
    response = controller.post(reverse("financien:bereken", args=[wereld.jaar.pk]), nieuwe_sleutel())
    concept = Budget.objects.get(staat="concept")
    assert response.url == reverse("financien:budget", args=[concept.pk])
    step = reverse("financien:budget_stap", args=[concept.pk])
    assert "Stel vast" not in controller.get(response.url).content.decode()
    assert controller.post(step, {"stap": "stel_vast", "versie": 1}).status_code == 422
    assert director.post(step, {"stap": "stel_vast", "versie": 7}).status_code == 422
    assert director.post(step, {"stap": "stel_vast", "versie": 1}).status_code == 302
    concept.refresh_from_db()
    assert concept.staat == "vastgesteld"
    assert director.post(step, {"stap": "onzin"}).status_code == 422


@pytest.mark.parametrize("rol", [Rol.SWV_MEDEWERKER, Rol.SCHOOLDIRECTEUR, Rol.SCHOOLBESTUURDER, *BUITEN])
def test_others_do_not_reach_the_buttons(wereld, inloggen, rol):
    client = inloggen(rol)
    posts = [
        reverse("financien:bereken", args=[wereld.jaar.pk]),
        reverse("financien:budget_stap", args=[wereld.budget.pk]),
        reverse("financien:beschikkingen_opnieuw", args=[wereld.budget.pk]),
        reverse("financien:begin_jaar"),
        reverse("financien:budgetjaar", args=[wereld.jaar.pk]),
        reverse("financien:volume", args=[wereld.jaar.pk]),
        reverse("financien:budgetjaar_stap", args=[wereld.jaar.pk]),
        reverse("financien:tarief", args=[Tarief.objects.first().pk]),
    ]
    for url in posts:
        assert client.post(url).status_code == 403, url
    assert Budget.objects.count() == 1


def test_a_tariff_is_changed_with_its_source_and_two_at_once_is_refused(wereld, inloggen):
    client = inloggen(Rol.CONTROLLER)
    tarief = Tarief.objects.get(code="bao_per_leerling")
    url = reverse("financien:tarief", args=[tarief.pk])
    page = client.get(url).content.decode()
    assert 'value="450"' in page
    data = {"bedrag": "430,00", "omschrijving": "bedrag", "bron": "AV 2024", "vastgesteld": "12-06-2024", "versie": 1}
    assert client.post(url, data).status_code == 302
    tarief.refresh_from_db()
    assert (str(tarief.bedrag), tarief.versie, tarief.bron) == ("430.0000", 2, "AV 2024")
    stale = client.post(url, {**data, "bedrag": "410,00"})
    assert stale.status_code == 422
    assert "410,00" in stale.content.decode()
    for bad in ("", "abc", "-1", "1,23456", "1.000"):
        response = client.post(url, {**data, "versie": 2, "bedrag": bad})
        assert response.status_code == 422, bad
        assert "foutoverzicht" in response.content.decode()


def test_settings_of_a_year(wereld, inloggen):
    client = inloggen(Rol.DIRECTEUR_BESTUURDER)
    url = reverse("financien:budgetjaar", args=[wereld.jaar.pk])
    assert client.get(url).status_code == client.head(url).status_code == 200
    assert client.post(url, {"teldatum": "01-02-2023", "peildatum": "01-10-2023", "versie": 1}).status_code == 302
    wereld.jaar.refresh_from_db()
    assert wereld.jaar.peildatum.isoformat() == "2023-10-01"
    assert client.post(url, {"teldatum": "01-02-2020", "peildatum": "01-10-2023", "versie": 2}).status_code == 422
    volume = reverse("financien:volume", args=[wereld.jaar.pk])
    share = f"aandeel_{wereld.vreemd.bestuur_id}"
    good = {"leerlingen": "630", "van_ander_swv": "100", "bron": "afspraak", share: "2", "versie": 1}
    assert client.post(volume, {**good, "van_ander_swv": "700"}).status_code == 422
    assert client.post(volume, good).status_code == 302
    assert client.post(volume, good).status_code == 422
    step = reverse("financien:budgetjaar_stap", args=[wereld.jaar.pk])
    assert client.post(step, {"stap": "sluit", "versie": 2}).status_code == 302
    assert client.post(reverse("financien:bereken", args=[wereld.jaar.pk]), nieuwe_sleutel()).status_code == 422
    assert client.post(step, {"stap": "heropen", "versie": 3}).status_code == 302


def test_beginning_a_year(wereld, inloggen):
    client = inloggen(Rol.CONTROLLER)
    url = reverse("financien:begin_jaar")
    assert client.post(url, {"jaar": "2025"}).status_code == 302
    assert client.post(url, {"jaar": "1999"}).status_code == 422
    assert client.post(url, {"jaar": "x"}).status_code == 422


def test_differences_between_versions(wereld, inloggen):
    maak_school(50, bestuur=wereld.eigen.bestuur, naam="Nieuwe school")
    new = vastgesteld_budget(wereld.directeur, wereld.jaar)
    client = inloggen(Rol.CONTROLLER)
    url = reverse("financien:verschillen", args=[new.pk])
    assert "Nieuwe school" in client.get(url).content.decode()
    assert client.get(url, {"met": wereld.budget.pk}).status_code == 200
    for bad in ("x", "0", "99999999", "9" * 40):
        assert client.get(url, {"met": bad}).status_code == 404
    foreign = inloggen(Rol.SCHOOLDIRECTEUR, wereld.vreemd)
    assert "Nieuwe school" not in foreign.get(url).content.decode()
    assert client.get(reverse("financien:verschillen", args=[wereld.budget.pk])).status_code == 404


def test_letters_are_made_listed_and_fetched_by_the_own_people_only(wereld, inloggen, client):
    director = inloggen(Rol.DIRECTEUR_BESTUURDER)
    step = reverse("financien:budget_stap", args=[wereld.budget.pk])
    assert director.post(step, {"stap": "maak_beschikkingen", **nieuwe_sleutel()}).status_code == 302
    page = director.get(reverse("financien:beschikkingen", args=[wereld.budget.pk])).content.decode()
    assert "0 van 4 klaar" in page
    assert "wordt gemaakt" in page
    for letter in wereld.budget.beschikkingen.all():
        assert run(letter.job_id) == "done"
    own, foreign = wereld.brief(wereld.eigen), wereld.brief(wereld.vreemd)
    board = wereld.budget.beschikkingen.get(school=None, bestuur=wereld.eigen.bestuur)
    foreign_board = wereld.budget.beschikkingen.get(school=None, bestuur=wereld.vreemd.bestuur)

    def status(client, letter):
        return client.get(reverse("jobs:document", args=[letter.document.sleutel])).status_code

    principal, member = inloggen(Rol.SCHOOLDIRECTEUR), inloggen(Rol.SCHOOLBESTUURDER)
    assert [status(principal, letter) for letter in (own, board, foreign, foreign_board)] == [200, 404, 404, 404]
    assert [status(member, letter) for letter in (own, board, foreign, foreign_board)] == [200, 200, 404, 404]
    assert [status(inloggen(Rol.CONTROLLER), letter) for letter in (own, foreign)] == [200, 200]
    assert [status(inloggen(Rol.IBER), letter) for letter in (own, foreign)] == [404, 404]
    listed = principal.get(reverse("financien:beschikkingen", args=[wereld.budget.pk])).content.decode()
    assert own.kenmerk in listed
    assert board.kenmerk not in listed
    assert foreign.kenmerk not in listed
    assert own.kenmerk in principal.get(reverse("financien:overzicht")).content.decode()


def test_pages_ask_the_same_number_of_queries_for_one_and_thirty_schools(
    wereld, inloggen, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = inloggen(Rol.CONTROLLER)

    def count(url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    def pages(budget):
        names = {"overzicht": [], "budget": [budget.pk], "beschikkingen": [budget.pk]}
        return {name: count(reverse(f"financien:{name}", args=args)) for name, args in names.items()}

    few = pages(wereld.budget)
    for _ in range(28):
        maak_school()
    many = pages(vastgesteld_budget(wereld.directeur, wereld.jaar))
    many["budget"] -= 0
    assert many == few
    assert max(many.values()) <= 14


def test_begroting_pages(inloggen, wereld):
    posts = b"soort;groep;post;2023;2024\nbaten;rijk;licht;100;110\nlasten;x / y;zorg;;90\n"
    totals = b"regel;2023;2024\ntotaal baten;100;111\n"
    begroting = geldende_begroting(wereld.directeur, posten=posts, totalen=totals)
    urls = [
        reverse("financien:begroting"),
        reverse("financien:begroting_detail", args=[begroting.pk]),
        *(reverse("financien:begroting_bestand", args=[begroting.pk, f]) for f in ("xlsx", "csv", "json")),
    ]
    for rol in [*STAF, Rol.SCHOOLBESTUURDER]:
        client = inloggen(rol)
        for url in urls:
            assert client.get(url).status_code == 200, (rol, url)
    assert all("no-store" in client.get(url)["Cache-Control"] for url in urls[2:])
    text = client.get(urls[0]).content.decode().replace("\u00a0", " ")
    assert "Afronding" in text
    assert "–" in text
    assert client.post(reverse("financien:begroting_pdf", args=[begroting.pk]), nieuwe_sleutel()).status_code == 302
    for rol in [Rol.SCHOOLDIRECTEUR, *BUITEN]:
        assert inloggen(rol).get(urls[0]).status_code == 403
    assert client.get(reverse("financien:begroting_detail", args=[99999])).status_code == 404


def test_empty_pages_say_so(als):
    client = als(Rol.CONTROLLER)
    assert "nog geen budget" in client.get(reverse("financien:overzicht")).content.decode()
    assert "nog geen begroting" in client.get(reverse("financien:begroting")).content.decode()
    assert client.get(reverse("financien:tarieven")).status_code == 200


def test_a_search_with_a_character_that_cannot_be_stored_is_an_ordinary_search(wereld, inloggen):
    client = inloggen(Rol.CONTROLLER)
    for asked in ("\x00", "a\x00b"):
        assert client.get(reverse("financien:budget", args=[wereld.budget.pk]), {"q": asked}).status_code == 200
