"""Reminding: who gets a mail with what in it, how often, and what stands in the timeline."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, TWEEDE_DESKUNDIGE
from ondersteuning.domain.herinneringen import Vraag
from ondersteuning.models import Aanvraag, Herinnering, Partij, Tlvinstellingen
from ondersteuning.services.herinneringen import herinner
from ondersteuning.services.vernietigen import vernietig
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.access.services.links import give_link, withdraw_link
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Job
from tests.factories.ondersteuning import VANDAAG, in_staat
from tests.ondersteuning.conftest import Mensen, deskundige, ouder


@pytest.fixture
def aanvraag(mensen: Mensen) -> Aanvraag:
    row = in_staat(BIJ_PARTIJEN, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    for partij in row.partijen.all():
        _met_link(partij)
    return row


def _met_link(partij: Partij) -> None:
    kind = "ondersteuning.deskundige" if partij.soort == TWEEDE_DESKUNDIGE else "ondersteuning.ouder"
    given = give_link(soort=kind, onderwerp_id=partij.pk, naam=partij.label, geldig_dagen=90, actor=PORTAAL)
    partij.link_id, partij.uitgenodigd_op = given.link.pk, VANDAAG
    partij.save()


def mails() -> list[dict[str, Any]]:
    return [job.geheim | job.params for job in Job.objects.filter(soort="mail").order_by("pk")]


def stuur(actor: Actor, aanvraag: Aanvraag, wie: str, *, dagen: int = 7) -> Vraag | Refusal:
    return herinner(actor=actor, pk=aanvraag.pk, wie=wie, vandaag=VANDAAG + timedelta(days=dagen))


def test_a_parent_is_mailed_without_a_name_and_without_the_link(mensen: Mensen, aanvraag: Aanvraag) -> None:
    parent = ouder(aanvraag, 2)
    answer = stuur(mensen.iber, aanvraag, f"partij-{parent.pk}")
    assert isinstance(answer, Vraag)
    (mail,) = mails()
    assert mail["adres"] == parent.email
    assert aanvraag.kenmerk in mail["onderwerp"]
    assert "Kanariepiet" not in str(mail)
    assert "/link/" not in str(mail)
    assert tijdlijn(aanvraag)[0].tekst == "Heeft ouder 2 herinnerd."
    row = Herinnering.objects.get()
    assert (row.partij_id, row.wie, row.door_id) == (parent.pk, "ouder", mensen.iber.user_id)


def test_once_a_day_each_and_the_setting_makes_it_less_often(mensen: Mensen, aanvraag: Aanvraag) -> None:
    first, second = f"partij-{ouder(aanvraag).pk}", f"partij-{ouder(aanvraag, 2).pk}"
    assert isinstance(stuur(mensen.iber, aanvraag, first), Vraag)
    again = stuur(mensen.swv, aanvraag, first)
    assert isinstance(again, Refusal)
    assert again.code == "te_snel"
    assert isinstance(stuur(mensen.iber, aanvraag, second), Vraag)
    assert isinstance(stuur(mensen.iber, aanvraag, first, dagen=8), Vraag)
    Tlvinstellingen.objects.create(herinner_na_dagen=5)
    later = stuur(mensen.iber, aanvraag, first, dagen=12)
    assert isinstance(later, Refusal)
    assert later.code == "te_snel"
    assert isinstance(stuur(mensen.iber, aanvraag, first, dagen=13), Vraag)
    assert len(mails()) == 4


def test_the_receiving_school_is_mailed_by_its_accounts(mensen: Mensen, aanvraag: Aanvraag) -> None:
    answer = stuur(mensen.iber, aanvraag, "ontvangend")
    assert isinstance(answer, Vraag)
    assert [mail["user"] for mail in mails()] == [mensen.ortho.user_id]


def test_without_an_account_there_nobody_is_reminded(mensen: Mensen) -> None:
    row = in_staat(BIJ_PARTIJEN, verwijzende_school=mensen.school)
    answer = stuur(mensen.iber, row, "ontvangend")
    assert isinstance(answer, Refusal)
    assert answer.code == "onbereikbaar"
    assert not mails()
    assert not Herinnering.objects.exists()


def test_a_link_that_stopped_is_said(mensen: Mensen, aanvraag: Aanvraag) -> None:
    expert = deskundige(aanvraag)
    assert expert.link_id is not None
    withdraw_link(link_id=expert.link_id, actor=PORTAAL)
    answer = stuur(mensen.iber, aanvraag, f"partij-{expert.pk}")
    assert isinstance(answer, Refusal)
    assert answer.code == "onbereikbaar"
    assert not mails()


def test_what_was_done_is_not_asked_again(mensen: Mensen, aanvraag: Aanvraag) -> None:
    parent = ouder(aanvraag)
    aanvraag.zienswijzen.create(partij=parent, eens=True, gezien_op=VANDAAG)
    answer = stuur(mensen.iber, aanvraag, f"partij-{parent.pk}")
    assert isinstance(answer, Refusal)
    assert answer.code == "klaar"


def test_the_swv_reminds_the_school_of_a_completion(mensen: Mensen) -> None:
    row = in_staat(AANVULLING, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    assert isinstance(stuur(mensen.swv, row, "school"), Vraag)
    assert [mail["user"] for mail in mails()] == [mensen.iber.user_id]
    own = stuur(mensen.iber, row, "school", dagen=9)
    assert isinstance(own, Refusal)
    assert own.code == "rol"


def test_who_may_not_and_what_is_not_there(mensen: Mensen, aanvraag: Aanvraag, actor_als: Callable[..., Actor]) -> None:
    answer = stuur(mensen.ortho, aanvraag, f"partij-{ouder(aanvraag).pk}")
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"
    with pytest.raises(NotVisible):
        stuur(actor_als(Rol.IBER), aanvraag, "ontvangend")
    other = in_staat(BIJ_PARTIJEN, verwijzende_school=mensen.school)
    for strange in (f"partij-{ouder(other).pk}", "partij-x", "partij-" + "9" * 30, "iedereen", ""):
        with pytest.raises(NotVisible):
            stuur(mensen.iber, aanvraag, strange)
    assert not mails()


def test_reminders_go_with_the_dossier(mensen: Mensen, aanvraag: Aanvraag) -> None:
    stuur(mensen.iber, aanvraag, "ontvangend")
    Aanvraag.objects.filter(pk=aanvraag.pk).update(staat="ingetrokken", afgesloten_op=VANDAAG, bewaren_tot=VANDAAG)
    assert vernietig(pk=aanvraag.pk, vandaag=VANDAAG + timedelta(days=1))
    assert not Herinnering.objects.exists()
