"""A school that no longer takes part hears it in a mail without a way to a page that does not exist for it any more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN
from ondersteuning.domain.overstap import GEVRAAGD
from ondersteuning.models import Aanvraag, Overeenkomst, Overstap
from ondersteuning.services.aanvraag import haal_terug, trek_in
from ondersteuning.services.overeenkomst_stappen import zet_stap as zet_overeenkomst
from ondersteuning.services.overstap import zet_stap as zet_overstap
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.kernen import SchoolFactory, geef_rol
from tests.factories.ondersteuning import in_staat
from tests.factories.overeenkomsten import overeenkomst
from tests.factories.overstap import baobao
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_terugnemen import today
from tests.ondersteuning.services.test_weg import run_jobs

ActorAls = Callable[..., Actor]
NIET_MEER = "niet meer in het portaal."


def sent_to(actor: Actor) -> str:
    run_jobs()
    address = User.objects.get(pk=actor.user_id).email
    (found,) = [message.body for message in mail.outbox if message.to == [address]]
    return " ".join(str(found).split())


def reads(actor: Actor, model: Any, pk: int) -> bool:
    assert actor.user_id is not None
    return bool(model.objects.visible_to(bereik_voor(actor.user_id, today())).filter(pk=pk).exists())


@pytest.mark.parametrize("step", [haal_terug, trek_in])
def test_an_application_that_went_back(mensen: Mensen, step: Callable[..., Aanvraag | Refusal]) -> None:
    row = in_staat(BIJ_PARTIJEN, vandaag=today(), verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    assert reads(mensen.ortho, Aanvraag, row.pk)
    done = step(actor=mensen.iber, pk=row.pk, versie=None, vandaag=today())
    assert isinstance(done, Aanvraag), done
    body = sent_to(mensen.ortho)
    assert not reads(mensen.ortho, Aanvraag, row.pk)
    assert f"U ziet deze aanvraag {NIET_MEER}" in body
    assert reverse("ondersteuning:dossier", args=[row.pk]) not in body


@pytest.mark.parametrize("step", ["haal_terug", "trek_in", "neem_niet_aan"])
def test_an_overstap_that_went_back(mensen: Mensen, actor_als: ActorAls, step: str) -> None:
    new = SchoolFactory()
    row = baobao(GEVRAAGD, vandaag=today(), van_school=mensen.school, naar_school=new)
    director = actor_als(Rol.SCHOOLDIRECTEUR, new)
    by_new = step == "neem_niet_aan"
    done = zet_overstap(
        actor=director if by_new else mensen.iber,
        pk=row.pk,
        versie=None,
        naam=step,
        toelichting="Vol.",
        vandaag=today(),
    )
    assert not isinstance(done, Refusal), done
    hears = mensen.iber if by_new else director
    body = sent_to(hears)
    assert reads(hears, Overstap, row.pk) is by_new
    assert (reverse("ondersteuning:overstap", args=[row.pk]) in body) is by_new
    assert (f"U ziet deze overstap {NIET_MEER}" in body) is not by_new


def test_who_works_at_both_schools_reads_it_on(mensen: Mensen, actor_als: ActorAls) -> None:
    new = SchoolFactory()
    director = actor_als(Rol.SCHOOLDIRECTEUR, new)
    geef_rol(User.objects.get(pk=director.user_id), Rol.IBER, mensen.school)
    row = baobao(GEVRAAGD, vandaag=today(), van_school=mensen.school, naar_school=new)
    done = zet_overstap(actor=mensen.iber, pk=row.pk, versie=None, naam="haal_terug", vandaag=today())
    assert not isinstance(done, Refusal), done
    assert reverse("ondersteuning:overstap", args=[row.pk]) in sent_to(director)


@pytest.mark.parametrize("step", ["haal_terug", "trek_in"])
def test_an_agreement_that_went_back(mensen: Mensen, actor_als: ActorAls, step: str) -> None:
    row = overeenkomst("bij_scholen", "symbiose", school=mensen.school, andere_school=mensen.ikc)
    director = actor_als(Rol.SCHOOLDIRECTEUR, mensen.ikc)
    assert reads(director, Overeenkomst, row.pk)
    done = zet_overeenkomst(actor=mensen.iber, pk=row.pk, versie=row.versie, stap=step, vandaag=today())
    assert not isinstance(done, Refusal), done
    body = sent_to(director)
    assert not reads(director, Overeenkomst, row.pk)
    assert f"U ziet deze overeenkomst {NIET_MEER}" in body
    assert reverse("ondersteuning:overeenkomst", args=[row.pk]) not in body
