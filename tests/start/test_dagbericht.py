"""The daily mail: on working days, to who wants it and has something to do, once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail

from swv_portal.access.models import User
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.tasks import Taak
from swv_portal.jobs.models import Job
from swv_portal.jobs.registry import daily_jobs
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.jobs.services.run import run
from swv_portal.start import queries
from swv_portal.start.tasks import DAGBERICHT
from tests.factories.kernen import PersoonFactory, geef_rol

pytestmark = pytest.mark.django_db
WOENSDAG, ZATERDAG, KERST = date(2026, 6, 10), date(2026, 6, 13), date(2026, 12, 25)


@pytest.fixture(autouse=True)
def tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """An IB'er has two things to do, a director waits for somebody else, nobody else has anything."""

    def taken(bereik: Bereik, vandaag: date) -> list[Taak]:
        if bereik.heeft(Rol.IBER):
            return [Taak("Vul aanvraag A-2026-12 aan", "/", date(2026, 6, 8)), Taak("Lees advies A-2026-13", "/")]
        if bereik.heeft(Rol.SCHOOLDIRECTEUR):
            return [Taak("Aanvraag A-2026-14", "/", date(2026, 6, 8), wacht_op="ouder 1")]
        return []

    monkeypatch.setattr(queries, "TAKEN", (taken,))


@pytest.fixture
def morning() -> Callable[[date], list[Any]]:
    """Everything that the jobs of one morning do; the mails that went out."""

    def work(dag: date) -> list[Any]:
        mail.outbox.clear()
        key = f"dag:start.dagbericht:{dag}"
        enqueue(DAGBERICHT.naam, params={"dag": dag.isoformat()}, uniek=key)
        for _ in range(3):
            for job in Job.objects.filter(staat="wacht").order_by("pk"):
                assert run(job.pk) == "done"
        return list(mail.outbox)

    return work


def person(rol: Rol, **fields: Any) -> User:
    user: User = PersoonFactory(**fields)
    geef_rol(user, rol)
    return user


def test_it_is_asked_for_every_day() -> None:
    assert [daily.job_kind for daily in daily_jobs() if daily.naam == "start.dagbericht"] == ["start.dagbericht"]


def test_who_has_something_to_do_gets_one_plain_mail(morning: Callable[[date], list[Any]]) -> None:
    iber = person(Rol.IBER)
    person(Rol.SCHOOLDIRECTEUR)
    person(Rol.KERNVOORZITTER)
    sent = morning(WOENSDAG)
    assert [message.to for message in sent] == [[iber.email]]
    assert sent[0].subject == "Bekijk uw taken: 1 te laat, 1 deze week"
    assert sent[0].content_subtype == "plain"
    assert "- Vul aanvraag A-2026-12 aan, ma 8 juni 2026 (2 dagen te laat)" in sent[0].body
    assert "- Lees advies A-2026-13\n" in sent[0].body
    assert "/mijn-account/" in sent[0].body, "how to switch it off"
    assert f"Beste {iber.naam}," in sent[0].body
    assert morning(WOENSDAG) == [], "once a day, however often it is asked for"
    assert len(morning(date(2026, 6, 11))) == 1


def test_who_does_not_want_it_gets_none(morning: Callable[[date], list[Any]]) -> None:
    person(Rol.IBER, dagbericht=False)
    person(Rol.IBER, is_active=False)
    assert morning(WOENSDAG) == []


@pytest.mark.parametrize("dag", [ZATERDAG, KERST])
def test_not_in_the_weekend_nor_on_holidays(morning: Callable[[date], list[Any]], dag: date) -> None:
    person(Rol.IBER)
    assert morning(dag) == []


def test_switching_it_off_in_the_meantime_counts(morning: Callable[[date], list[Any]]) -> None:
    user = person(Rol.IBER)
    job = enqueue(DAGBERICHT.naam, params={"dag": WOENSDAG.isoformat()})
    assert run(job.pk) == "done"
    User.objects.filter(pk=user.pk).update(dagbericht=False)
    for each in Job.objects.filter(staat="wacht"):
        run(each.pk)
    assert not Job.objects.filter(soort="mail").exists()


def test_a_long_list_is_cut_off(monkeypatch: pytest.MonkeyPatch, morning: Callable[[date], list[Any]]) -> None:
    monkeypatch.setattr(
        queries, "TAKEN", (lambda bereik, vandaag: [Taak(f"Doe {n}", "/", date(2026, 6, 8)) for n in range(25)],)
    )
    person(Rol.IBER)
    body = morning(WOENSDAG)[0].body
    assert body.count("- Doe ") == 20
    assert "En nog 5 andere." in body
