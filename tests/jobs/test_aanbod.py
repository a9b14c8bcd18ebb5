"""A file that is offered for import: who sees it, that it is imported once, and what the night does."""

import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.tables import Fout, Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.domain.aanbod import Aanbodsoort
from swv_portal.jobs.domain.filetypes import CSV
from swv_portal.jobs.models import Aanbod, Document
from swv_portal.jobs.queries.documents import fetchable_document
from swv_portal.jobs.registry import job_kind
from swv_portal.jobs.services import aanbod as service
from swv_portal.jobs.services.uploads import Upload

pytestmark = pytest.mark.django_db

EIGEN = Aanbodsoort("proef.eigen", frozenset({Rol.CONTROLLER}))
GEDEELD = Aanbodsoort("proef.gedeeld", frozenset({Rol.CONTROLLER}), gedeeld=True, bewaren=timedelta(days=30))


@pytest.fixture
def controller(actor_als: Callable[..., Actor]) -> Actor:
    return actor_als(Rol.CONTROLLER)


def bied_aan(actor: Actor, soort: Aanbodsoort = EIGEN, dagen_geleden: int = 0, **bestanden: bytes) -> Aanbod:
    uploads = {
        naam: Upload(CSV, inhoud, Document.Staat.GOED) for naam, inhoud in (bestanden or {"bestand": b"a;b"}).items()
    }
    day = timezone.localdate() - timedelta(days=dagen_geleden)
    offered = service.bied_aan(soort=soort, actor=actor, bestanden=uploads, vandaag=day, gegevens={"jaar": 2025})
    assert isinstance(offered, Aanbod), offered
    return offered


def bevestig(actor: Actor, aanbod: Aanbod, voer_uit: Callable[[Aanbod], Any] = lambda aanbod: "gedaan") -> Any:
    return service.bevestig(soort=EIGEN, actor=actor, sleutel=aanbod.sleutel, voer_uit=voer_uit)


def test_the_files_are_kept_encrypted_and_given_back_by_name(controller):
    offered = bied_aan(controller, posten=b"een;twee", totalen=b"drie;vier")
    assert (offered.staat, offered.gegevens) == ("klaar", {"jaar": 2025})
    assert service.inhoud(offered, "posten") == b"een;twee"
    assert service.inhoud(offered, "totalen") == b"drie;vier"
    for document in Document.objects.all():
        with default_storage.open(str(document.bestand.name)) as stored:
            assert b";" not in stored.read(4)
        assert fetchable_document(document.sleutel, bereik=controller.bereik) is None
    with pytest.raises(NotVisible):
        service.inhoud(offered, "anders")


def test_nobody_without_the_role_offers_or_decides(controller, actor_als):
    other = actor_als(Rol.IBER)
    refused = service.bied_aan(soort=EIGEN, actor=other, bestanden={}, vandaag=timezone.localdate())
    assert isinstance(refused, Refusal)
    assert refused.code == "rol"
    assert not Aanbod.objects.exists()
    for soort in (EIGEN, GEDEELD):
        offered = bied_aan(controller, soort)
        with pytest.raises(NotVisible):
            service.zoek(soort=soort, actor=other, sleutel=offered.sleutel)


@pytest.mark.parametrize(("soort", "ziet"), [(EIGEN, False), (GEDEELD, True)])
def test_a_colleague_decides_on_what_is_shared_only(controller, actor_als, soort, ziet):
    colleague, offered = actor_als(Rol.CONTROLLER), bied_aan(controller, soort)
    assert service.zoek(soort=soort, actor=controller, sleutel=offered.sleutel) == offered
    assert (offered in Aanbod.objects.visible_to(colleague.bereik, soort)) is ziet
    if ziet:
        assert service.verwerp(soort=soort, actor=colleague, sleutel=offered.sleutel) == offered
        return
    for decide in (
        lambda: bevestig(colleague, offered),
        lambda: service.verwerp(soort=soort, actor=colleague, sleutel=offered.sleutel),
    ):
        with pytest.raises(NotVisible):
            decide()


def test_an_offer_of_another_kind_is_not_there(controller):
    offered = bied_aan(controller)
    with pytest.raises(NotVisible):
        service.verwerp(soort=GEDEELD, actor=controller, sleutel=offered.sleutel)


def test_what_is_confirmed_is_done_once_and_the_file_goes(controller, django_capture_on_commit_callbacks):
    offered, done = bied_aan(controller), []
    path = str(Document.objects.get().bestand.name)

    def read(aanbod: Aanbod) -> str:
        done.append(service.inhoud(aanbod))
        return "gedaan"

    with django_capture_on_commit_callbacks(execute=True):
        assert bevestig(controller, offered, read) == "gedaan"
    assert bevestig(controller, offered, read).code == "al_ingelezen"
    assert service.verwerp(soort=EIGEN, actor=controller, sleutel=offered.sleutel).code == "al_ingelezen"
    offered.refresh_from_db()
    assert (done, offered.staat) == ([b"a;b"], "toegepast")
    assert not Document.objects.exists()
    assert not default_storage.exists(path)


def test_what_was_let_go_is_not_done(controller):
    offered = bied_aan(controller)
    for _ in range(2):
        assert service.verwerp(soort=EIGEN, actor=controller, sleutel=offered.sleutel) == offered
    assert bevestig(controller, offered).code == "vervallen"
    assert not Document.objects.exists()


@pytest.mark.parametrize("fout", [Refusal("nee", "Nee."), Fouten((Fout(2, "a", "is fout"),))])
def test_what_can_not_be_done_keeps_waiting(controller, fout):
    offered = bied_aan(controller)
    assert bevestig(controller, offered, lambda aanbod: fout) == fout
    assert bevestig(controller, offered) == "gedaan"


def test_the_night_lets_go_of_what_waited_too_long(controller):
    today = timezone.localdate()
    old, young = bied_aan(controller, dagen_geleden=2), bied_aan(controller, dagen_geleden=1)
    patient = bied_aan(controller, GEDEELD, dagen_geleden=30)
    done = bied_aan(controller, dagen_geleden=9)
    bevestig(controller, done)
    job_kind("jobs.opruimen").handler(SimpleNamespace(progress=lambda gedaan, totaal: None))
    states = dict(Aanbod.objects.values_list("pk", "staat"))
    assert states == {old.pk: "vervallen", young.pk: "klaar", patient.pk: "klaar", done.pk: "toegepast"}
    assert set(Document.objects.values_list("onderwerp_id", flat=True)) == {young.pk, patient.pk}
    assert "op tijd" in tijdlijn(old)[0].tekst
    assert service.laat_vervallen(vandaag=today) == 0
    assert service.laat_vervallen(vandaag=today + timedelta(days=1)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_does_it(actor_als):
    controller = actor_als(Rol.CONTROLLER)
    offered, start, done, answers = bied_aan(controller), threading.Barrier(2), [], []

    def decide() -> None:
        try:
            start.wait(10)
            answers.append(bevestig(controller, offered, lambda aanbod: done.append(1) or "gedaan"))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert done == [1]
    assert sorted(getattr(answer, "code", answer) for answer in answers) == ["al_ingelezen", "gedaan"]
