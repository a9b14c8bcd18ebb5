"""A whole portal whose worker and PostgreSQL are killed at the worst moments, and whose remains are searched for names.

One machine for both: starting it costs more than either.
"""

import base64
import hashlib
import json
import signal
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote, quote_plus

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import INGEDIEND, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag, Leerling, Plaatsing, Tlvnummer
from ondersteuning.queries.partijregels import LINKSOORTEN
from ondersteuning.services.besluit import BRIEF
from swv_portal.access.actors import PORTAAL
from swv_portal.access.services.links import give_link
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.run import ONZEKER
from tests.conftest import wait_until
from tests.factories.kernen import PersoonFactory, SamenwerkingsverbandFactory, SchoolFactory, geef_rol
from tests.factories.ondersteuning import SboFactory, in_staat
from tests.ondersteuning.services.test_terugnemen import grant, take_back, time_passes
from tests.reliability import dossiers
from tests.reliability.dossiers import ACHTERNAAM, BSN, GEHEIMEN, Spoor, als, gevolgd
from tests.reliability.geheimen import gevonden, naamvormen
from tests.reliability.portaal import Portaal, portaal, web_server_of
from tests.sleutel import nieuwe_sleutel

AANTAL = 8


@pytest.fixture(scope="module")
def machine(django_db_setup: None, django_db_blocker: Any) -> Iterator[Portaal]:
    with django_db_blocker.unblock(), portaal() as own:
        yield own


@pytest.fixture
def eigen(db: None, machine: Portaal) -> Iterator[Portaal]:
    with web_server_of(machine):
        yield machine


def _rows() -> list[Aanvraag]:
    """Applications that wait for a decision, with everybody who is told of one."""
    school, ikc = SchoolFactory(), SboFactory()
    for role, place in ((Rol.IBER, school), (Rol.ORTHOPEDAGOOG, ikc)):
        geef_rol(PersoonFactory(), role, place)
    today, rows = timezone.localdate(), []
    for _ in range(AANTAL):
        row = in_staat(INGEDIEND, vandaag=today, verwijzende_school=school, ontvangende_school=ikc)
        for party in row.partijen.all():
            kind = LINKSOORTEN[party.soort]
            given = give_link(soort=kind, onderwerp_id=party.pk, naam=party.label, geldig_dagen=9, actor=PORTAAL)
            row.partijen.filter(pk=party.pk).update(link_id=given.link.pk)
        rows.append(row)
    return rows


def _states(rows: list[Aanvraag]) -> Counter[str]:
    return Counter(Aanvraag.objects.filter(pk__in=[row.pk for row in rows]).values_list("staat", flat=True))


def _numbers() -> dict[int, str]:
    return dict(Aanvraag.objects.filter(tlvnummer__isnull=False).values_list("pk", "tlvnummer__nummer"))


def _work() -> bool:
    """Is there anything that a worker does, or could do now?"""
    open_jobs = Job.objects.open()
    return open_jobs.filter(niet_voor__lte=timezone.now() + timedelta(minutes=1)).exists()


def _in_the_making() -> list[int]:
    """The applications whose letter a worker is making now, or was when it died."""
    busy = Job.objects.filter(soort=BRIEF, staat=Job.Staat.BEZIG).values_list("params", flat=True)
    decided = Aanvraag.objects.filter(staat=WORDT_VERSTUURD)
    return [
        int(each["aanvraag"])
        for each in busy
        if decided.filter(pk=each["aanvraag"], besluit_keer=each["besluit"]).exists()
    ]


def _freeze(own: Portaal, worker: str) -> None:
    """Stop the worker in its tracks while it makes letters."""
    for _ in range(400):
        own.signal(worker, signal.SIGSTOP)
        if _in_the_making():
            time.sleep(0.1)  # what it said last may still be on its way to PostgreSQL
            if _in_the_making():
                return
        own.signal(worker, signal.SIGCONT)
        time.sleep(0.02)
    raise AssertionError(f"the worker never held a letter\n{own.logs()}")


def test_of_every_decision_the_letter_goes_once_or_never(eigen: Portaal) -> None:
    """Decided, taken back and sent, while what does it is killed: each letter once, none of what was taken back."""
    SamenwerkingsverbandFactory()
    rows = _rows()
    for row in rows:
        grant(row)
    numbers = _numbers()
    eigen.crash_postgres()  # right after the decisions
    assert _states(rows) == {WORDT_VERSTUURD: AANTAL}
    for row in rows[:4]:
        assert isinstance(take_back(row), Aanvraag)
    eigen.wait_for_ready("a")
    eigen.crash_postgres()  # right after some were taken back
    assert _states(rows) == {WORDT_VERSTUURD: AANTAL - 4, INGEDIEND: 4}
    assert not Document.objects.exists()
    assert not eigen.messages()
    for row in rows[:2]:
        grant(row)
    assert _numbers() == numbers  # what is decided again keeps its number

    time_passes()
    _freeze(eigen, "a")
    eigen.crash_postgres()  # with letters half made, and nobody to tell
    eigen.kill("a")
    late = Aanvraag.objects.get(pk=_in_the_making()[0])
    assert isinstance(take_back(late), Aanvraag)
    grant(late)  # decided anew: its letter waits for its own minutes, whatever becomes of the one in the making
    eigen.start_worker("b")
    letters = Document.objects.filter(soort=BRIEF)
    wait_until(letters.exists, 40, "the first letter")
    eigen.crash_postgres()  # between letters and mails
    wait_until(lambda: not _work(), 60, "the end of the work")
    _check(eigen, rows, {rows[2].pk, rows[3].pk}, late.pk, numbers)


def _check(own: Portaal, rows: list[Aanvraag], back: set[int], again: int, numbers: dict[int, str]) -> None:
    assert _states(rows) == {TOEGEKEND: AANTAL - len(back) - 1, INGEDIEND: len(back), WORDT_VERSTUURD: 1}
    assert Aanvraag.objects.get(staat=WORDT_VERSTUURD).pk == again
    assert _numbers() == numbers
    assert sorted(Tlvnummer.objects.values_list("volgnummer", flat=True)) == list(range(1, AANTAL + 1))
    kept = {row.pk: row for row in rows if row.pk not in {*back, again}}
    told = Event.objects.filter(soort="aanvraag.bekendgemaakt").values_list("onderwerp_id", flat=True)
    letters = Document.objects.filter(soort=BRIEF).values_list("onderwerp_id", flat=True)
    for found in (letters, told, Plaatsing.objects.values_list("aanvraag", flat=True)):
        assert sorted(found) == sorted(kept)
    dead = list(Job.objects.filter(staat=Job.Staat.DOOD).values_list("soort", "fout"))
    assert all(each == ("mail", ONZEKER) for each in dead), dead
    sent = own.sent()
    assert set(sent.values()) == {1}, sent
    wanted = {row.kenmerk for row in kept.values()}
    assert {subject.rpartition(" ")[2] for _, subject in sent} <= wanted
    # The IB'er, the orthopedagoog, two parents and the second expert.
    assert 5 * len(kept) - len(dead) <= len(sent) <= 5 * len(kept)


# ---- names ----------------------------------------------------------------------------------------------------------
#: What stands in the open, and why it may.
OPENBAAR = {
    "naam van een account": ("Persoon", "who does what stands in the timelines, and an account is no child"),
    "adres van een account": ("persoon", "somebody logs in with it, and is mailed on it"),
    "naam van een school": ("Basisschool Test", "public"),
}


def _mis_in_een_scherm(patch: pytest.MonkeyPatch) -> None:
    """Somebody types a name, and what happens with it goes wrong: a page with 'fout' and a line in the log."""

    def broken(*, gegevens: Any, **kwargs: Any) -> None:
        raise ValueError(f"{gegevens} {kwargs}")

    patch.setattr("ondersteuning.views.leerlingen.maak_leerling", broken)
    school = SchoolFactory()
    client = als(Rol.IBER, school)
    client.raise_request_exception = False
    name = {"voornamen": dossiers.VOORNAMEN, "achternaam": ACHTERNAAM, "geboortedatum": "17-03-2016"}
    answer = client.post(reverse("ondersteuning:leerling_nieuw"), {**name, "school": school.pk, **nieuwe_sleutel()})
    assert answer.status_code == 500


def _mis_in_de_database(own: Portaal) -> None:
    """A search for what somebody typed is broken off by the database, which writes in its log what was asked."""
    client = als(Rol.SWV_MEDEWERKER)
    client.raise_request_exception = False
    with psycopg.connect(own.environment["DATABASE_URL"]) as other:
        other.execute("LOCK TABLE ondersteuning_aanvraag IN ACCESS EXCLUSIVE MODE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        assert client.post(reverse("start:zoeken"), {"q": BSN}).status_code == 500
        connection.close()


def _mis_in_een_opdracht(leerling: int) -> Job:
    return Job.objects.create(soort="proef.naam", params={"leerling": leerling}, pogingen=4, niet_voor=timezone.now())


def _plekken(own: Portaal, trace: Spoor) -> dict[str, bytes]:
    """Everything that is left behind, by where it lies."""
    mails = own.messages()
    for mail in mails:
        del mail["To"]  # a mail is addressed to somebody
    return {
        "database": own.dump(),
        "sessies": json.dumps([each.get_decoded() for each in Session.objects.all()], ensure_ascii=False).encode(),
        "redis": own.in_redis(),
        "mails": "\n".join(f"{mail.items()} {mail.get_content()}" for mail in mails).encode(),
        "adressen": "\n".join(trace.adressen).encode(),
        "bestanden": b"\n".join(str(f).encode() + f.read_bytes() for f in own.files.rglob("*") if f.is_file()),
        "werkers": b"".join(log.read_bytes() for log in own.folder.glob("[ab].log")),
        **{file.name: file.read_bytes() for file in own.folder.glob("??*.log")},
    }


def test_no_name_lies_anywhere_in_the_open(eigen: Portaal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole dossiers are walked; then backup, Redis, logs, mails, files and addresses are searched for their words."""
    SamenwerkingsverbandFactory()
    with gevolgd() as trace:
        made = dossiers.route_a(eigen)
        dossiers.andere_routes()
        typed = dossiers.alle_formulieren()
        _mis_in_een_scherm(monkeypatch)
        _mis_in_de_database(eigen)
    failing = _mis_in_een_opdracht(made.leerling_id)
    time_passes()
    wait_until(lambda: not _work(), 90, "the end of the work")
    failing.refresh_from_db()
    assert (failing.staat, failing.fout) == (Job.Staat.DOOD, "Onverwachte fout (ValueError).")
    places = _plekken(eigen, trace)
    _dekt(places, made)
    assert gevonden([*GEHEIMEN, *typed.values()], places) == set()
    for what, (word, why) in OPENBAAR.items():
        assert word.encode() in places["database"], (what, why)


def _dekt(places: dict[str, bytes], made: Aanvraag) -> None:
    """The search looked where things are: what was done is there, and what went wrong was logged."""
    assert Leerling.objects.get(pk=made.leerling_id).achternaam == ACHTERNAAM
    made.refresh_from_db()
    assert made.staat == TOEGEKEND
    for name, words in {
        "database": [made.kenmerk, "COPY public.jobs_job", "COPY public.audit_event", "COPY public.django_session"],
        "sessies": ["_auth_user_id"],
        "redis": ["_kombu"],
        "mails": [made.kenmerk],
        "adressen": [f"/ondersteuning/aanvraag/{made.pk}/"],
        "web.log": ["ValueError", "OperationalError"],
        "werkers": ["job_failed", "ValueError"],
        "postgres.log": ["canceling statement due to lock timeout"],
    }.items():
        for word in words:
            assert word.encode() in places[name], (name, word)


@pytest.mark.parametrize("name", naamvormen(dossiers.VOORNAMEN, ACHTERNAAM))
def test_the_search_finds_what_is_there(name: str) -> None:
    """Every shape that is looked for is seen: otherwise finding nothing says nothing."""
    small = name.lower()
    for place in (
        f"x{name}x".encode(),
        small.encode("latin-1"),
        name.upper().encode(),
        quote(name).encode(),
        quote_plus(small).encode(),
        json.dumps([name]).encode(),
        unicodedata.normalize("NFD", name).encode(),
        name.encode("utf-16-le"),
        name.encode().hex().encode(),
        *(base64.b64encode(b"." * before + name.encode() + b"...") for before in range(3)),
        base64.urlsafe_b64encode(f"{{'naam': '{small}'}}".encode()),
        hashlib.sha256(name.encode()).hexdigest().encode(),
        hashlib.sha1(small.encode()).hexdigest().upper().encode(),
    ):
        assert gevonden([name], {"plek": b"voor " + place + b" na"}) == {(name, "plek")}, place
    assert gevonden([name], {"plek": b"Zandhaas " * 3}) == set()
