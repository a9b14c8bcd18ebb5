"""Proposing, changing, publishing and hiding a provider; and the task that it makes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ondersteuning.models import Aanbieder
from ondersteuning.queries import taken
from ondersteuning.queries.sociale_kaart import vergeet_aantal
from ondersteuning.services.sociale_kaart import stel_voor, wijzig_aanbieder, zet_stap
from swv_portal.access.actors import Actor
from swv_portal.audit.models import Event
from swv_portal.common.scoping import NIEMAND, Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.sociale_kaart import AanbiederFactory, opgave

pytestmark = pytest.mark.django_db
ActorAls = Callable[..., Actor]


def _soorten() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("soort", flat=True))


@pytest.mark.parametrize("rol", [Rol.IBER, Rol.SCHOOLDIRECTEUR, Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER])
def test_a_proposal_waits_for_the_swv(actor_als: ActorAls, rol: Rol) -> None:
    actor = actor_als(rol)
    row = stel_voor(actor=actor, waarden=opgave())
    assert isinstance(row, Aanbieder)
    row.refresh_from_db()
    assert (row.staat, row.versie, row.voorgesteld_door_id) == ("voorstel", 1, actor.user_id)
    assert row.categorieen == ["dyslexie", "remedial_teaching"]
    assert "aanbieder.voorgesteld" in _soorten()


@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.BEHEERDER, Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER])
def test_others_propose_nothing(actor_als: ActorAls, rol: Rol) -> None:
    answer = stel_voor(actor=actor_als(rol), waarden=opgave())
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"
    assert not Aanbieder.objects.exists()


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"website": "http://zandloper.example"}, "website"),
        ({"categorieen": []}, "categorie"),
        ({"website": ""}, "bereikbaar"),
        ({"naam": "PRAKTIJK er al", "plaats": "duindorp"}, "bestaat"),
    ],
)
def test_what_the_rules_refuse_is_not_stored(actor_als: ActorAls, other: dict[str, object], code: str) -> None:
    AanbiederFactory(naam="Praktijk Er Al", staat="verborgen")
    answer = stel_voor(actor=actor_als(Rol.IBER), waarden=opgave(**other))
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert Aanbieder.objects.count() == 1


def test_the_swv_publishes_hides_and_shows_again(actor_als: ActorAls) -> None:
    row, actor = AanbiederFactory(staat="voorstel"), actor_als(Rol.SWV_MEDEWERKER)
    for number, (step, state) in enumerate(
        [("publiceer", "getoond"), ("verberg", "verborgen"), ("toon_weer", "getoond")], start=1
    ):
        assert not isinstance(zet_stap(actor=actor, pk=row.pk, versie=number, stap=step), Refusal)
        row.refresh_from_db()
        assert (row.staat, row.versie) == (state, number + 1)
    assert _soorten()[-3:] == ["aanbieder.publiceer", "aanbieder.verberg", "aanbieder.toon_weer"]


def test_who_comes_second_is_told(actor_als: ActorAls) -> None:
    row, actor = AanbiederFactory(staat="voorstel"), actor_als(Rol.DIRECTEUR_BESTUURDER)
    zet_stap(actor=actor, pk=row.pk, versie=1, stap="publiceer")
    late = zet_stap(actor=actor, pk=row.pk, versie=1, stap="verberg")
    again = wijzig_aanbieder(actor=actor, pk=row.pk, versie=1, waarden=opgave())
    for answer in (late, again):
        assert isinstance(answer, Refusal)
        assert answer.code == "verouderd"
    row.refresh_from_db()
    assert (row.staat, row.versie) == ("getoond", 2)


def test_changing_keeps_the_state_and_who_proposed_it(actor_als: ActorAls) -> None:
    school = actor_als(Rol.IBER)
    row = AanbiederFactory(voorgesteld_door_id=school.user_id)
    answer = wijzig_aanbieder(actor=actor_als(Rol.SWV_MEDEWERKER), pk=row.pk, versie=1, waarden=opgave())
    assert isinstance(answer, Aanbieder)
    row.refresh_from_db()
    assert (row.naam, row.staat, row.versie) == ("Praktijk De Zandloper", "getoond", 2)
    assert row.voorgesteld_door_id == school.user_id


def test_the_proposer_does_not_publish_it(actor_als: ActorAls) -> None:
    school = actor_als(Rol.IBER)
    row = AanbiederFactory(staat="voorstel", voorgesteld_door_id=school.user_id)
    step = zet_stap(actor=school, pk=row.pk, versie=1, stap="publiceer")
    change = wijzig_aanbieder(actor=school, pk=row.pk, versie=1, waarden=opgave())
    for answer in (step, change):
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"


def test_another_school_does_not_find_a_proposal(actor_als: ActorAls) -> None:
    row = AanbiederFactory(staat="voorstel", voorgesteld_door_id=actor_als(Rol.IBER).user_id)
    with pytest.raises(NotVisible):
        zet_stap(actor=actor_als(Rol.IBER), pk=row.pk, versie=1, stap="publiceer")
    assert not Aanbieder.objects.visible_to(NIEMAND).exists()


def test_a_step_that_does_not_fit_is_refused(actor_als: ActorAls) -> None:
    row = AanbiederFactory(staat="getoond")
    answer = zet_stap(actor=actor_als(Rol.SWV_MEDEWERKER), pk=row.pk, versie=1, stap="publiceer")
    assert isinstance(answer, Refusal)
    assert answer.code == "staat"


@pytest.mark.parametrize(
    "wrong", [{"staat": "weg"}, {"categorieen": []}, {"categorieen": ["x"]}, {"website": "http://a.example"}]
)
def test_the_database_refuses_what_the_rules_refuse(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AanbiederFactory(**wrong)


@pytest.mark.django_db(transaction=True)
def test_the_swv_has_one_task_for_all_proposals(actor_als: ActorAls) -> None:
    today = date(2026, 1, 12)
    swv, school = actor_als(Rol.DIRECTEUR_BESTUURDER), actor_als(Rol.IBER)
    vergeet_aantal()
    AanbiederFactory()
    assert taken(swv.bereik, today) == []
    first = stel_voor(actor=school, waarden=opgave())
    assert [task.titel for task in taken(swv.bereik, today)] == ["Bekijk 1 voorstel voor de sociale kaart"]
    stel_voor(actor=school, waarden=opgave(naam="Praktijk Mos"))
    task = taken(swv.bereik, today)[0]
    assert task.titel == "Bekijk 2 voorstellen voor de sociale kaart"
    assert task.url == "/sociale-kaart/beheer/?staat=voorstel"
    assert taken(school.bereik, today) == []
    assert isinstance(first, Aanbieder)
    zet_stap(actor=swv, pk=first.pk, versie=1, stap="publiceer")
    assert taken(swv.bereik, today)[0].titel == "Bekijk 1 voorstel voor de sociale kaart"
    vergeet_aantal()
