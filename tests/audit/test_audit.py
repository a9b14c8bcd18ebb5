"""Timelines: who did what and who looked, that nobody can rewrite it, and destruction on time."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import queries, services
from swv_portal.audit.models import Event, Vernietiging
from tests.factories.kernen import PersoonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return PersoonFactory(naam="Noor Duin")


@pytest.fixture
def actor(user):
    return Actor(user_id=user.pk)


@pytest.fixture
def onderwerp():
    return PersoonFactory()


def _record(actor, onderwerp, tekst="Het kernplan is ingediend."):
    return services.record(actor=actor, soort="kernplan.ingediend", onderwerp=onderwerp, tekst=tekst)


def test_a_line_says_when_who_and_what(user, actor, onderwerp, django_assert_num_queries):
    _record(actor, onderwerp)
    _record(Actor(link_id=4, label="ouder 1"), onderwerp, "De ouder heeft getekend.")
    _record(PORTAAL, onderwerp, "De brief is gemaakt.")
    with django_assert_num_queries(1):
        lines = queries.tijdlijn(onderwerp)
    assert [(line.wie, line.tekst) for line in lines] == [
        ("het portaal", "De brief is gemaakt."),
        ("ouder 1", "De ouder heeft getekend."),
        (str(user), "Het kernplan is ingediend."),
    ]
    assert queries.tijdlijn(PersoonFactory()) == []


def test_who_may_not_be_known_is_shown_by_the_kind_of_event_and_not_by_its_words(user, actor, onderwerp):
    services.record_read(actor=actor, onderwerp=onderwerp, tekst="Heeft het gelezen.", soort="x.gelezen_door_lid")
    services.record_read(actor=actor, onderwerp=onderwerp)
    shown = queries.tijdlijn(onderwerp, namens={"x.gelezen_door_lid": "een lid"})
    assert [(line.wie, line.soort, line.lezen) for line in shown] == [
        (str(user), "gelezen", True),
        ("een lid", "x.gelezen_door_lid", True),
    ]


def test_typing_for_a_while_is_one_line_until_something_else_happens(actor, onderwerp, monkeypatch):
    def edit(who=actor):
        services.record_edit(actor=who, soort="kernplan.bewaard", onderwerp=onderwerp, tekst="Is bewerkt.")
        return len(queries.tijdlijn(onderwerp, met_lezen=False))

    assert (edit(), edit()) == (1, 1)
    services.record_read(actor=PORTAAL, onderwerp=onderwerp)
    assert edit() == 1, "somebody who looked changed nothing"
    assert (edit(PORTAAL), edit()) == (2, 3)
    _record(actor, onderwerp)
    assert edit() == 5
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(services.timezone, "now", lambda: later)
    assert edit() == 6


def test_reading_twice_is_once_within_a_quarter_of_an_hour(actor, onderwerp, monkeypatch):
    for _ in range(3):
        services.record_read(actor=actor, onderwerp=onderwerp)
    services.record_read(actor=PORTAAL, onderwerp=onderwerp)
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(services.timezone, "now", lambda: later)
    services.record_read(actor=actor, onderwerp=onderwerp)
    assert [line.lezen for line in queries.tijdlijn(onderwerp)] == [True] * 3
    assert queries.tijdlijn(onderwerp, met_lezen=False) == []


def test_a_persons_own_log(user, actor, onderwerp, django_assert_num_queries):
    _record(actor, onderwerp)
    services.record_read(actor=actor, onderwerp=onderwerp)
    _record(PORTAAL, user, "De uitnodiging is verstuurd.")
    _record(Actor(user_id=onderwerp.pk), onderwerp, "Van een ander.")
    with django_assert_num_queries(1):
        lines = queries.eigen_logboek(user.pk)
    assert [line.tekst for line in lines] == [
        "De uitnodiging is verstuurd.",
        "Heeft het dossier bekeken.",
        "Het kernplan is ingediend.",
    ]
    assert [line.lezen for line in lines] == [False, True, False]
    assert lines[0].onderwerp == f"gebruiker {user.pk}"


def test_a_subject_whose_kind_is_gone_still_has_a_name(actor):
    Event.objects.create(onderwerp_soort="oud.dossier", onderwerp_id=3, soort="x", tekst="x", user_id=actor.user_id)
    assert queries.eigen_logboek(actor.user_id)[0].onderwerp == "dossier 3"


# ---- nobody rewrites it ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET tekst = 'anders'",
        "UPDATE audit_event SET tijd = now() - interval '1 day'",
        "UPDATE audit_event SET user_id = NULL, tekst = 'anders'",
        "DELETE FROM audit_event",
    ],
)
def test_the_database_refuses(actor, onderwerp, sql):
    event = _record(actor, onderwerp)
    with pytest.raises(DatabaseError, match="audit events"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    event.refresh_from_db()
    assert (event.tekst, event.user_id) == ("Het kernplan is ingediend.", actor.user_id)


def test_another_person_can_not_be_put_in(actor, onderwerp):
    event = _record(actor, onderwerp)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(user_id=onderwerp.pk)


def test_the_orm_is_refused_too(actor, onderwerp):
    event = _record(actor, onderwerp)
    event.tekst = "anders"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_a_deleted_account_leaves_its_events(user, actor, onderwerp):
    _record(actor, onderwerp)
    user.delete()
    (line,) = queries.tijdlijn(onderwerp)
    assert line.wie == "een verwijderd account"


# ---- destruction -----------------------------------------------------------------------------------------------------
def test_destruction_leaves_a_record_of_counts_only(actor, onderwerp):
    other = PersoonFactory()
    _record(actor, onderwerp)
    _record(actor, onderwerp)
    _record(actor, other)
    made = services.destroy_for("access.user", [onderwerp.pk], regel="drie jaar na het einde", rijen=4, bestanden=2)
    assert queries.tijdlijn(onderwerp) == []
    assert len(queries.tijdlijn(other)) == 1
    assert (made.rijen, made.bestanden, made.gebeurtenissen) == (4, 2, 2)
    (shown,) = queries.vernietigingen()
    assert (shown.soort, shown.regel, shown.rijen) == ("access.user", "drie jaar na het einde", 4)


def test_the_permission_ends_with_the_destruction(actor, onderwerp):
    event = _record(actor, onderwerp)
    services.destroy_for("access.user", [0], regel="proef", rijen=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_nothing_destroyed_is_no_record():
    with pytest.raises(ValueError, match="nothing"):
        services.destroy_for("access.user", [], regel="proef", rijen=0)
    assert not Vernietiging.objects.exists()
