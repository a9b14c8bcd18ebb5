"""A parent signs while a decision waits for its letter: heard as before it, and never overlooked (besluit 0062)."""

from typing import Any

import pytest
from django.core import mail

from kernen.models import Roltoekenning
from ondersteuning.domain.aanvraag import GEWEIGERD, INGEDIEND, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag, Sectiereactie, Zienswijze
from ondersteuning.queries.besluit import tegengehouden_door
from ondersteuning.services.adviezen import teken_gezien
from ondersteuning.services.besluit import BRIEF, ken_toe, neem_terug, weiger
from ondersteuning.services.sectiereacties import reageer
from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import User
from swv_portal.access.services.links import give_link
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.registry import job_kind
from swv_portal.jobs.services.run import RunningJob, claim, run
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import in_staat
from tests.ondersteuning.brieftekst import letter_text
from tests.ondersteuning.conftest import Mensen, ouder, via_link
from tests.ondersteuning.services.test_besluit import at_once, staff
from tests.ondersteuning.services.test_terugnemen import GELDIG, grant, letter_job, time_passes, today
from tests.ondersteuning.services.test_weg import run_jobs


@pytest.fixture
def ingediend(mensen: Mensen) -> Aanvraag:
    return in_staat(INGEDIEND, vandaag=today(), verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)


def met_link(row: Aanvraag, nummer: int = 1) -> Any:
    party = ouder(row, nummer)
    given = give_link(
        soort="ondersteuning.ouder", onderwerp_id=party.pk, naam=party.label, geldig_dagen=9, actor=PORTAAL
    )
    party.link_id = given.link.pk
    party.save()
    return party


def sign(party: Any, *, eens: bool) -> Aanvraag | Refusal:
    return teken_gezien(actor=via_link(party), partij_pk=party.pk, eens=eens, tekst="Eigen woorden.", vandaag=today())


def test_who_agrees_is_heard_and_the_letter_knows_it(ingediend: Aanvraag) -> None:
    party = met_link(ingediend)
    granted = grant(ingediend)
    signed = sign(party, eens=True)
    assert isinstance(signed, Aanvraag), signed
    assert signed.staat == WORDT_VERSTUURD
    assert Zienswijze.objects.get().na_besluit == granted.besluit_keer == 1
    again = sign(party, eens=False)
    assert isinstance(again, Refusal)
    assert again.code == "al_getekend"
    time_passes()
    assert run(letter_job(granted).pk) == "done"
    ingediend.refresh_from_db()
    assert ingediend.staat == TOEGEKEND
    assert "Niet getekend voor gezien: een van de ouders." in letter_text(BRIEF)  # the other one


def test_signed_while_the_letter_was_being_made(ingediend: Aanvraag) -> None:
    """The letter that was made says that nobody signed: it does not go out, another one is made at once."""
    parties = [met_link(ingediend, 1), met_link(ingediend, 2)]
    granted = grant(ingediend)
    time_passes()
    job = claim(letter_job(granted).pk)
    assert job is not None
    finish = job_kind(BRIEF).handler(RunningJob(job))
    assert finish is not None
    for party in parties:
        assert isinstance(sign(party, eens=True), Aanvraag)
    finish()
    granted.refresh_from_db()
    assert granted.staat == WORDT_VERSTUURD
    assert not Document.objects.exists()
    assert run(letter_job(granted).pk) == "done"
    granted.refresh_from_db()
    assert granted.staat == TOEGEKEND
    assert "Niet getekend" not in letter_text(BRIEF)


def test_who_disagrees_with_a_grant_keeps_the_letter_back(ingediend: Aanvraag, mensen: Mensen) -> None:
    party = met_link(ingediend)
    granted = ken_toe(actor=mensen.swv, pk=ingediend.pk, versie=None, motivering="", vandaag=today(), **GELDIG)
    assert isinstance(granted, Aanvraag), granted
    signed = sign(party, eens=False)
    assert isinstance(signed, Aanvraag), signed
    assert (signed.staat, signed.uitkomst, signed.besloten_op) == (INGEDIEND, "", None)
    assert signed.tlvnummer == granted.tlvnummer
    assert tegengehouden_door(signed) == "ouder 1"
    time_passes()
    assert run(letter_job(granted).pk) == "done"  # and did nothing
    signed.refresh_from_db()
    assert signed.staat == INGEDIEND
    assert not Document.objects.exists()
    run_jobs()
    decider = mail.outbox[-1]
    assert decider.subject == f"Besluit opnieuw: aanvraag {signed.kenmerk}"
    assert "De brief is daarom niet verstuurd." in decider.body
    assert "Eigen woorden" not in decider.body
    kinds = list(Event.objects.filter(onderwerp_id=signed.pk).order_by("pk").values_list("soort", flat=True))
    assert kinds.index("aanvraag.gezien") < kinds.index("aanvraag.besluit_teruggenomen")
    # Now a motivation is asked, and with it the decision goes on as any other.
    without = ken_toe(actor=staff(), pk=signed.pk, versie=None, motivering=" ", vandaag=today(), **GELDIG)
    assert isinstance(without, Refusal)
    assert without.code == "motivering"
    second = grant(signed, motivering="De groep is klein, en dat is nodig.")
    assert tegengehouden_door(second) == ""
    time_passes()
    assert run(letter_job(second).pk) == "done"
    second.refresh_from_db()
    assert (second.staat, second.tlvnummer) == (TOEGEKEND, granted.tlvnummer)
    assert "Niet iedereen was het eens met de aanvraag: een van de ouders." in letter_text(BRIEF)


def test_who_disagrees_with_a_refusal_keeps_nothing_back(ingediend: Aanvraag, mensen: Mensen) -> None:
    party = met_link(ingediend)
    refused = weiger(actor=mensen.swv, pk=ingediend.pk, versie=None, motivering="Nee.", vandaag=today())
    assert isinstance(refused, Aanvraag), refused
    assert isinstance(sign(party, eens=False), Aanvraag)
    taken_back = neem_terug(actor=mensen.swv, pk=ingediend.pk, versie=None, vandaag=today())
    assert isinstance(taken_back, Aanvraag), taken_back
    assert (taken_back.staat, tegengehouden_door(taken_back)) == (INGEDIEND, "")


def test_also_when_another_party_was_known_to_disagree(ingediend: Aanvraag) -> None:
    """The motivation was about somebody else: who decided did not know these words."""
    known, later = met_link(ingediend, 1), met_link(ingediend, 2)
    assert isinstance(sign(known, eens=False), Aanvraag)
    grant(ingediend, motivering="Ouder 1 wil een andere school. Die heeft geen plaats.")
    signed = sign(later, eens=False)
    assert isinstance(signed, Aanvraag)
    assert (signed.staat, tegengehouden_door(signed)) == (INGEDIEND, "ouder 2")


def test_a_refusal_goes_out_whatever_a_parent_thinks(ingediend: Aanvraag) -> None:
    party = met_link(ingediend)
    refused = weiger(actor=staff(), pk=ingediend.pk, versie=None, motivering="Te weinig hulp.", vandaag=today())
    assert isinstance(refused, Aanvraag)
    assert isinstance(sign(party, eens=False), Aanvraag)
    time_passes()
    assert run(letter_job(refused).pk) == "done"
    refused.refresh_from_db()
    assert refused.staat == GEWEIGERD


@pytest.mark.parametrize(("route", "also_staff"), [("A", True), ("TB", False)])
def test_who_decides_no_more_is_not_asked_to_decide_again(
    ingediend: Aanvraag, mensen: Mensen, actor_als: Any, route: str, also_staff: bool
) -> None:
    """Everybody is asked who decides on this route now."""
    party = met_link(ingediend)
    granted = ken_toe(actor=mensen.swv, pk=ingediend.pk, versie=None, motivering="", vandaag=today(), **GELDIG)
    assert isinstance(granted, Aanvraag), granted
    Roltoekenning.objects.filter(user_id=mensen.swv.user_id).update(tot=today())
    colleague, director = actor_als(Rol.SWV_MEDEWERKER), actor_als(Rol.DIRECTEUR_BESTUURDER)
    Aanvraag.objects.filter(pk=ingediend.pk).update(route=route)
    assert isinstance(sign(party, eens=False), Aanvraag)
    run_jobs()
    people = {colleague.user_id, director.user_id} if also_staff else {director.user_id}
    wanted = set(User.objects.filter(pk__in=people).values_list("email", flat=True))
    assert {m.to[0] for m in mail.outbox if m.subject.startswith("Besluit opnieuw")} == wanted


def test_a_part_that_is_not_right_is_marked_and_holds_nothing_up(ingediend: Aanvraag) -> None:
    party = met_link(ingediend)
    granted = grant(ingediend)
    words = {"actor": via_link(party), "partij_pk": party.pk, "sectie": "onderbouwing", "vandaag": today()}
    written = reageer(versie=1, tekst="Dit klopt niet.", **words)
    assert isinstance(written, Sectiereactie), written
    assert written.na_besluit == 1
    granted.refresh_from_db()
    assert granted.staat == WORDT_VERSTUURD


@pytest.mark.django_db(transaction=True)
def test_signing_at_the_moment_the_letters_go_out() -> None:
    """Of each exactly one happens: the parent is heard and no letter goes, or it goes and signing is refused."""
    SamenwerkingsverbandFactory()
    rows = [in_staat(INGEDIEND, vandaag=today()) for _ in range(6)]
    parties = [met_link(row) for row in rows]
    for row in rows:
        grant(row)
    time_passes()
    work: list[Any] = []
    for row, party in zip(rows, parties, strict=True):
        job = letter_job(row).pk
        work += [lambda job=job: run(job), lambda party=party: sign(party, eens=False)]
    answers = at_once(work)
    for row, sent, signed in zip(rows, answers[::2], answers[1::2], strict=True):
        assert sent == "done"
        row.refresh_from_db()
        letters = Document.objects.filter(soort=BRIEF, onderwerp_id=row.pk).count()
        if isinstance(signed, Aanvraag):
            assert (row.staat, letters, row.zienswijzen.count()) == (INGEDIEND, 0, 1)
        else:
            assert isinstance(signed, Refusal)
            assert (row.staat, letters, row.zienswijzen.count()) == (TOEGEKEND, 1, 0)
    assert not Job.objects.filter(soort=BRIEF).exclude(staat=Job.Staat.KLAAR).exists()
