"""The worklist: order, pages, filters, and giving an application to somebody."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench._kopie import Blok
from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries import werklijst as queries
from ondersteuning.queries.werklijst import Werkblad, Werkfilter, Werkplek, werklijst
from ondersteuning.services.werklijst import wijs_toe
from swv_portal.access.actors import Actor
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.paging import PER_BLADZIJDE
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.screens import Cel, Status
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Job
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, LeerlingFactory, in_staat
from tests.ondersteuning.conftest import Mensen


def blad(bereik: Bereik, *, soort: str = "", van: str = "", na: str = "") -> Werkblad:
    return werklijst(bereik, Werkfilter(soort, van), Werkplek.uit(na), VANDAAG)


def eerste(page: Werkblad) -> list[str]:
    return [cell.tekst for cell, *_ in page.rijen if isinstance(cell, Cel)]


def test_what_waits_the_first_day_first(mensen: Mensen) -> None:
    late = in_staat(INGEDIEND, vandaag=VANDAAG - timedelta(weeks=7))
    soon = in_staat(INGEDIEND, vandaag=VANDAAG - timedelta(weeks=5, days=2))
    asked = in_staat(AANVULLING, vandaag=VANDAAG - timedelta(days=15))
    in_staat(BIJ_PARTIJEN)
    decided = in_staat(TOEGEKEND)
    Bezwaar.objects.create(
        aanvraag=decided,
        tegen="besluit",
        bezwaarmaker="ouder_1",
        ontvangen_op=VANDAAG,
        termijn_tot=VANDAAG,
        gronden="Oneens.",
        verweer_uiterlijk=VANDAAG + timedelta(weeks=2),
        beslis_uiterlijk=VANDAAG + timedelta(weeks=12),
    )
    page = blad(mensen.swv.bereik)
    assert eerste(page) == [late.kenmerk, asked.kenmerk, soon.kenmerk, decided.kenmerk, decided.kenmerk]
    states = [cell.label for row in page.rijen for cell in row if isinstance(cell, Status)]
    assert states == ["te laat", "bleef uit", "binnenkort", "op tijd", "op tijd"]
    assert page.geteld == 5
    assert eerste(blad(mensen.swv.bereik, soort="verweer")) == [decided.kenmerk]
    assert "7:10" in str(blad(mensen.swv.bereik, soort="bezwaar").rijen[0])
    assert not blad(mensen.iber.bereik, soort="bezwaar").rijen


def test_pages_miss_and_repeat_nothing(mensen: Mensen) -> None:
    for number in range(PER_BLADZIJDE + 6):
        in_staat(INGEDIEND, vandaag=VANDAAG - timedelta(days=number % 3))
    in_staat(AANVULLING, vandaag=VANDAAG + timedelta(weeks=4, days=-1))  # the same day as one of the decisions
    seen: list[str] = []
    page = blad(mensen.swv.bereik)
    while True:
        seen += eerste(page)
        if not page.volgende:
            break
        page = blad(mensen.swv.bereik, na=page.volgende)
    assert len(seen) == len(set(seen)) == PER_BLADZIJDE + 7
    for strange in ("x", "2026-02-30.0.1", "2026-01-01", "2026-01-01.a.b", "9" * 99):
        assert Werkplek.uit(strange) is None


def test_without_a_school_it_says_where_the_pupil_goes(mensen: Mensen) -> None:
    row = in_staat(INGEDIEND)
    assert [cells[2] for cells in blad(mensen.swv.bereik).rijen] == [str(row.verwijzende_school)]
    Aanvraag.objects.filter(pk=row.pk).update(verwijzende_school=None, route="D")
    assert [cells[2] for cells in blad(mensen.swv.bereik).rijen] == [str(row.ontvangende_school)]


def test_mine_and_nobodys(mensen: Mensen) -> None:
    mine, free = in_staat(INGEDIEND), in_staat(AANVULLING)
    Aanvraag.objects.filter(pk=mine.pk).update(behandelaar_id=mensen.swv.user_id)
    assert eerste(blad(mensen.swv.bereik, van="mij")) == [mine.kenmerk]
    assert eerste(blad(mensen.swv.bereik, van="niemand")) == [free.kenmerk]


def test_as_many_questions_for_ten_thousand_as_for_one(mensen: Mensen) -> None:
    in_staat(INGEDIEND)
    with CaptureQueriesContext(connection) as one:
        blad(mensen.swv.bereik)
    school = SchoolFactory()
    pupil = LeerlingFactory(school=school)
    block = Blok([Aanvraag])
    Aanvraag.objects.bulk_create(
        Aanvraag(
            kenmerk=f"X-{number:03d}",
            route="A",
            staat=INGEDIEND if number % 2 else BIJ_PARTIJEN,
            leerling=pupil,
            verwijzende_school=school,
            ontvangende_school=school,
            sinds=VANDAAG,
            eigen_uiterlijk=date(2025, 1, 1) + timedelta(days=number),
        )
        for number in range(100)
    )
    block.kopieer(99, {(Aanvraag, "eigen_uiterlijk"): "eigen_uiterlijk + 3 * k::int"})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ondersteuning_aanvraag")
    with CaptureQueriesContext(connection) as many:
        page = blad(mensen.swv.bereik, na="2025-06-01.0.1")
    assert len(many) == len(one) == 3
    assert len(page.rijen) == PER_BLADZIJDE
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {many.captured_queries[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "aanvraag_uiterlijk" in plan, plan
    assert "Seq Scan on ondersteuning_aanvraag" not in plan, plan


def wijs(actor: Actor, row: Aanvraag, who: int | None, *, versie: int | None = None) -> Aanvraag | Refusal:
    return wijs_toe(
        actor=actor,
        pk=row.pk,
        versie=row.versie if versie is None else versie,
        behandelaar=who,
        vandaag=date.today(),  # noqa: DTZ011
    )


@pytest.fixture
def collega(actor_als: Callable[..., Actor]) -> Actor:
    return actor_als(Rol.DIRECTEUR_BESTUURDER)


def test_taking_it_and_giving_it_away(mensen: Mensen, collega: Actor) -> None:
    row = in_staat(INGEDIEND)
    mine = wijs(mensen.swv, row, mensen.swv.user_id)
    assert isinstance(mine, Aanvraag)
    assert mine.behandelaar_id == mensen.swv.user_id
    assert tijdlijn(row)[0].tekst == "Neemt de aanvraag in behandeling."
    assert not Job.objects.filter(soort="mail").exists()
    given = wijs(mensen.swv, mine, collega.user_id)
    assert isinstance(given, Aanvraag)
    assert Job.objects.get(soort="mail").params["user"] == collega.user_id
    free = wijs(mensen.swv, given, None)
    assert isinstance(free, Aanvraag)
    assert free.behandelaar_id is None


def test_who_can_not_handle_it(mensen: Mensen) -> None:
    row = in_staat(INGEDIEND, verwijzende_school=mensen.school)
    stranger = wijs(mensen.swv, row, mensen.iber.user_id)
    assert isinstance(stranger, Refusal)
    assert stranger.code == "behandelaar"
    outside = wijs(mensen.iber, row, mensen.swv.user_id)
    assert isinstance(outside, Refusal)
    assert outside.code == "rol"
    stale = wijs(mensen.swv, row, mensen.swv.user_id, versie=99)
    assert isinstance(stale, Refusal)
    assert stale.code == "verouderd"


def test_an_application_destroyed_while_the_page_is_made_is_left_out(
    mensen: Mensen, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = in_staat(INGEDIEND), in_staat(INGEDIEND)
    read = queries._aanvragen

    def destroyed_just_before(keys: Collection[int]) -> dict[int, Any]:
        return {pk: facts for pk, facts in read(keys).items() if pk != gone.pk}

    monkeypatch.setattr(queries, "_aanvragen", destroyed_just_before)
    assert eerste(blad(mensen.swv.bereik)) == [stays.kenmerk]
