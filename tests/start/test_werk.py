"""'Aan het werk' on the home page: a way to one's main work, also when nothing waits, with how that work is."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from swv_portal.common.scoping import Rol
from swv_portal.common.tasks import Taak, Werk
from swv_portal.start import queries
from tests.factories import kernen
from tests.factories.ondersteuning import AanvraagFactory

pytestmark = pytest.mark.django_db

#: What each role finds there in an empty portal.
WERK = {
    Rol.SWV_MEDEWERKER: ["Aanvragen", "Kernplannen"],
    Rol.DIRECTEUR_BESTUURDER: ["Aanvragen", "Budget", "Meerjarenbegroting"],
    Rol.CONTROLLER: ["Budget", "Meerjarenbegroting"],
    Rol.BEHEERDER: ["Personen", "Opdrachten"],
    Rol.IBER: ["Aanvragen"],
    Rol.SCHOOLDIRECTEUR: ["Aanvragen", "Beschikkingen"],
    Rol.ORTHOPEDAGOOG: ["Aanvragen"],
    Rol.KERNVOORZITTER: ["Kern"],
    Rol.SCHOOLBESTUURDER: ["Beschikkingen", "Meerjarenbegroting"],
}


@pytest.mark.parametrize("rol", list(Rol))
def test_every_role_finds_the_way_to_its_work_without_a_task(als: Any, rol: Rol) -> None:
    client = als(rol)
    page = client.get("/")
    assert [deel.titel.split()[0] for deel in page.context["werk"]] == WERK[rol]
    for deel in page.context["werk"]:
        assert deel.stand.endswith(".")
        assert client.get(deel.url).status_code == 200, deel.titel
        assert f'<a href="{deel.url}">' in page.content.decode()


def test_an_empty_inbox_is_one_sentence_and_a_filled_one_stands_before_the_work(
    als: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = als(Rol.BEHEERDER)
    empty = client.get("/").content.decode()
    assert "U hoeft nu niets te doen" in empty
    assert "Te laat" not in empty
    monkeypatch.setattr(queries, "TAKEN", (lambda bereik, vandaag: [Taak("Doe iets", "/", date(2020, 1, 1))],))
    filled = client.get("/").content.decode()
    assert "U hoeft nu niets te doen" not in filled
    assert filled.index("Doe iets") < filled.index("Aan het werk")


def test_what_waits_for_another_or_comes_later_keeps_the_inbox(als: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = als(Rol.BEHEERDER)
    for taak in (Taak("Wacht", "/", wacht_op="ouder 1"), Taak("Later", "/", date(2090, 1, 1))):
        monkeypatch.setattr(queries, "TAKEN", (lambda bereik, vandaag, taak=taak: [taak],))
        assert "U hoeft nu niets te doen" not in client.get("/").content.decode()


def test_at_most_three_and_the_rest_is_not_even_asked_for(bereik_als: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def two(bereik: Any, vandaag: date) -> Any:
        yield from (Werk("a", "A.", "/"), Werk("b", "B.", "/"))
        raise AssertionError("the third way of this app was asked for")

    def one(bereik: Any, vandaag: date) -> Any:
        yield Werk("c", "C.", "/")
        raise AssertionError("a fourth way was asked for")

    bereik = bereik_als(Rol.BEHEERDER)
    monkeypatch.setattr(queries, "WERK", (one,))
    with pytest.raises(AssertionError, match="fourth"):
        queries.werk_van(bereik, date(2026, 6, 10))
    monkeypatch.setattr(queries, "MEESTE_WERK", 1)
    assert [deel.titel for deel in queries.werk_van(bereik, date(2026, 6, 10))] == ["c"]
    monkeypatch.setattr(queries, "WERK", (two, one))
    monkeypatch.setattr(queries, "MEESTE_WERK", 2)
    assert [deel.titel for deel in queries.werk_van(bereik, date(2026, 6, 10))] == ["a", "b"]


def test_the_counts_are_those_of_ones_own_reach(als: Any) -> None:
    own, other = kernen.SchoolFactory(), kernen.SchoolFactory()
    AanvraagFactory(verwijzende_school=own)
    AanvraagFactory(verwijzende_school=other)
    assert [deel.stand for deel in als(Rol.IBER, own).get("/").context["werk"]] == ["Er loopt 1 aanvraag."]
    staff = als(Rol.SWV_MEDEWERKER).get("/").context["werk"]
    assert staff[0].stand == "Er lopen 2 aanvragen."


def test_somebody_without_a_role_finds_no_work() -> None:
    client = Client()
    client.force_login(kernen.PersoonFactory())
    page = client.get("/")
    assert page.context["werk"] == []
    assert "Aan het werk" not in page.content.decode()
