"""Home and search: everybody's tasks together, and only what one may see."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from swv_portal.common.scoping import Bereik, Rol, Toekenning
from swv_portal.common.tasks import Taak
from swv_portal.start import queries
from swv_portal.start.navigation import (
    HOOFDMENU,
    MEESTE_KAMERS,
    MEESTE_ONDERDELEN,
    ONDERSTEUNING,
    PERSOONSMENU,
    deelmenu,
    hoofdmenu,
    persoonsmenu,
)
from swv_portal.start.queries import sort_tasks
from tests.factories import kernen

WOENSDAG = date(2026, 6, 10)


def _titles(tasks: list[Taak]) -> list[str]:
    return [taak.titel for taak in tasks]


def test_tasks_fall_into_four_groups_with_the_earliest_first() -> None:
    inbox = sort_tasks(
        [
            Taak("over een week", "/", date(2026, 6, 17)),
            Taak("over acht dagen", "/", date(2026, 6, 18)),
            Taak("vandaag", "/", WOENSDAG),
            Taak("gisteren", "/", date(2026, 6, 9)),
            Taak("vorige maand", "/", date(2026, 5, 1)),
            Taak("zonder datum", "/"),
            Taak("ouders", "/", date(2026, 5, 1), wacht_op="ouder 1"),
        ],
        WOENSDAG,
    )
    assert _titles(inbox.te_laat) == ["vorige maand", "gisteren"]
    assert _titles(inbox.deze_week) == ["vandaag", "over een week", "zonder datum"]
    assert _titles(inbox.wacht_op_ander) == ["ouders"]
    assert _titles(inbox.later) == ["over acht dagen"]
    assert inbox.aantal == 5


def test_on_a_sunday_the_task_of_tomorrow_is_for_this_week() -> None:
    sunday = date(2026, 6, 14)
    inbox = sort_tasks([Taak("vandaag", "/", sunday), Taak("morgen", "/", date(2026, 6, 15))], sunday)
    assert _titles(inbox.deze_week) == ["vandaag", "morgen"]
    assert inbox.later == []


@pytest.mark.django_db
@pytest.mark.parametrize("rol", list(Rol))
def test_every_role_has_a_home_and_at_most_five_items(als: Any, rol: Rol) -> None:
    client = als(rol)
    page = client.get("/")
    assert page.status_code == 200
    items = page.context["navigatie"]
    assert 1 <= len(items) <= MEESTE_ONDERDELEN
    rooms = deelmenu(page.wsgi_request.bereik, "/ondersteuning/").alle
    for item in [*items, *rooms, *page.context["persoonsmenu"]]:
        answer = client.get(item.url)
        assert answer.status_code == 200, f"{item.label} is in the menu of {rol}"
        actief = [each for each in answer.context["navigatie"] if each.actief]
        assert len(actief) <= 1
        assert all(item.url.startswith(each.url) for each in actief), f"{item.url}: {actief}"


def test_the_menus_name_existing_addresses_and_known_roles(bereik_als: Any) -> None:
    every = bereik_als(Rol.BEHEERDER)
    assert all(ingang.rollen for ingang in (*HOOFDMENU, *PERSOONSMENU, *ONDERSTEUNING))
    assert [item.actief for item in hoofdmenu(every, "/kernen/scholen/3/") if item.label == "Scholen"] == [True]
    assert not [item for item in hoofdmenu(every, "/") if item.actief]
    assert len(deelmenu(every, "/ondersteuning/").rij) != 1
    assert [item.label for item in persoonsmenu(every, "/mijn-account/") if item.actief] == ["Mijn account"]


def test_the_rooms_of_ondersteuning_stand_on_its_pages_only(bereik_als: Any) -> None:
    staff = bereik_als(Rol.SWV_MEDEWERKER)
    rooms = deelmenu(staff, "/ondersteuning/plaatsingen/importeren/")
    assert [item.label for item in rooms.rij if item.actief] == ["Plaatsingen"]
    assert len(rooms.rij) == MEESTE_KAMERS + 1  # where one is, is never under 'Meer'
    assert rooms.meer
    assert not set(rooms.rij) & set(rooms.meer)
    assert [item.label for item in hoofdmenu(staff, "/ondersteuning/plaatsingen/") if item.actief] == ["Aanvragen"]
    assert not deelmenu(staff, "/kernen/scholen/").alle


@pytest.mark.django_db
def test_somebody_without_a_role_is_told_so() -> None:
    client = Client()
    client.force_login(kernen.PersoonFactory())
    page = client.get("/")
    assert "U hebt nog geen rol." in page.content.decode()
    assert client.post("/zoeken/", {"q": "school"}).context["vondsten"] == []


@pytest.mark.django_db
def test_tasks_of_all_apps_stand_on_the_page(als: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        queries,
        "TAKEN",
        (
            lambda bereik, vandaag: [Taak("Beoordeel kernplan KP-12", "/a/", date(2020, 1, 1))],
            lambda bereik, vandaag: [Taak("Bevestig plaats A-2026-7", "/b/", wacht_op="de ontvangende school")],
        ),
    )
    text = als(Rol.SWV_MEDEWERKER).get("/").content.decode()
    assert text.index("Te laat") < text.index("KP-12") < text.index("Deze week")
    assert "Wacht op: de ontvangende school" in text


@pytest.mark.django_db
def test_search_keeps_to_what_one_may_see(als: Any) -> None:
    mine = kernen.SchoolFactory(naam="De Zeester")
    kernen.SchoolFactory(naam="De Zeehond")
    staff = als(Rol.SWV_MEDEWERKER).post("/zoeken/", {"q": "zee"}).content.decode()
    assert "De Zeester" in staff
    assert "De Zeehond" in staff
    board = als(Rol.SCHOOLBESTUURDER, mine.bestuur).post("/zoeken/", {"q": "zee"}).content.decode()
    assert "De Zeester" in board
    assert "De Zeehond" not in board


@pytest.mark.django_db
@pytest.mark.parametrize(
    "q", ["", " ", "a", "%00", "%", "_", "'", "\\", "x" * 5000, "<script>alert(1)</script>", "=1+1"]
)
def test_search_takes_anything(als: Any, q: str) -> None:
    response = als(Rol.SWV_MEDEWERKER).post("/zoeken/", {"q": q})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert Client().post("/zoeken/", {"q": q}).status_code in {302, 401}


@pytest.mark.django_db
def test_home_and_search_cost_the_same_at_one_school_and_at_thirty(als: Any) -> None:
    def count(client: Client, path: str, q: str) -> int:
        ask = (lambda: client.post(path, {"q": q})) if q else (lambda: client.get(path))
        ask()
        with CaptureQueriesContext(
            connection,
        ) as found:
            ask()
        return len(found)

    board = kernen.SchoolbestuurFactory()
    kernen.SchoolFactory(bestuur=board, naam="Zee 1")
    clients = [als(Rol.SWV_MEDEWERKER), als(Rol.SCHOOLBESTUURDER, board)]
    pages = (("/", ""), ("/zoeken/", ""), ("/zoeken/", "zee"))
    few = [count(client, *page) for client in clients for page in pages]
    for number in range(30):
        kernen.SchoolFactory(bestuur=board, naam=f"Zee {number}")
    assert [count(client, *page) for client in clients for page in pages] == few
    assert max(few) <= 12


@pytest.mark.django_db
def test_what_is_searched_never_stands_in_an_address(als: Any) -> None:
    kernen.SchoolFactory(naam="De Zeester")
    client = als(Rol.SWV_MEDEWERKER)
    empty = client.get("/zoeken/", {"q": "zeester"})
    assert empty.status_code == 200
    assert empty.context["vondsten"] == []
    text = empty.content.decode()
    assert "zeester" not in text.lower()
    form = text[text.index('<form class="zoek"') : text.index("</form>")]
    assert 'method="post"' in form
    assert "csrfmiddlewaretoken" in form
    found = client.post("/zoeken/", {"q": "zeester"}).content.decode()
    assert "De Zeester" in found
    # The title of a page goes into the history of the browser, like its address.
    assert "zeester" not in found[found.index("<title>") : found.index("</title>")].lower()


@pytest.mark.django_db
def test_searching_needs_the_token_of_the_form(als: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(als(Rol.SWV_MEDEWERKER).user)
    assert strict.post("/zoeken/", {"q": "zee"}).status_code == 403
    page = strict.get("/")
    token = str(page.context["csrf_token"])
    assert strict.post("/zoeken/", {"q": "zee", "csrfmiddlewaretoken": token}).status_code == 200


def test_the_swv_finds_the_settings_of_ondersteuning_beside_the_letters() -> None:
    staff = Bereik(1, frozenset({Toekenning(Rol.SWV_MEDEWERKER)}))
    hidden = [item.label for item in deelmenu(staff, "/ondersteuning/aanvragen/").meer]
    assert hidden.index("Instellingen van ondersteuning") == hidden.index("Brieven") + 1
    for rol in Rol:
        mine = Bereik(1, frozenset({Toekenning(rol)}))
        assert "SWV-gebieden" not in [item.label for item in persoonsmenu(mine, "/")]
