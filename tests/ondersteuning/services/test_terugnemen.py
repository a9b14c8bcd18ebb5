"""Taking a decision back before its letter goes out: nobody outside knew, one of the two happens, the number stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from ondersteuning.domain.aanvraag import GEWEIGERD, INGEDIEND, INGETROKKEN, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag, Plaatsing, Tlvinstellingen, Tlvnummer
from ondersteuning.services.aanvraag import trek_in
from ondersteuning.services.besluit import BRIEF, ken_toe, neem_terug, weiger
from ondersteuning.services.intrekken import trek_tlv_in
from ondersteuning.services.tlvexport import exporteer_tlvs
from swv_portal.audit.models import Event
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.registry import job_kind
from swv_portal.jobs.services.run import RunningJob, claim, claim_next, run
from swv_portal.jobs.services.sweep import give_back_abandoned
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import PlaatsingFactory, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_besluit import at_once, staff

GELDIG = {"geldig_van": date(2025, 8, 1), "geldig_tot": date(2027, 7, 31)}


def today() -> date:
    return timezone.localdate()


def grant(row: Aanvraag, **changes: Any) -> Aanvraag:
    values: dict[str, Any] = GELDIG | {"motivering": "", "versie": None, "vandaag": today()} | changes
    answer = ken_toe(actor=staff(), pk=row.pk, **values)
    assert isinstance(answer, Aanvraag), answer
    return answer


def take_back(row: Aanvraag, **changes: Any) -> Aanvraag | Refusal:
    return neem_terug(actor=staff(), pk=row.pk, **{"versie": None, "vandaag": today()} | changes)


def letter_job(row: Aanvraag) -> Job:
    return Job.objects.filter(soort=BRIEF, params__aanvraag=row.pk).order_by("-pk")[0]


def time_passes() -> None:
    Job.objects.filter(staat=Job.Staat.WACHT).update(niet_voor=timezone.now())


@pytest.fixture
def ingediend(mensen: Mensen) -> Aanvraag:
    return in_staat(INGEDIEND, vandaag=today(), verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)


def test_the_letter_waits_for_the_time_to_take_back(ingediend: Aanvraag) -> None:
    before = timezone.now()
    granted = grant(ingediend)
    assert granted.staat == WORDT_VERSTUURD
    assert granted.versturen_na is not None
    assert timedelta(minutes=15) <= granted.versturen_na - before < timedelta(minutes=16)
    job = letter_job(granted)
    assert job.niet_voor == granted.versturen_na
    assert run(job.pk) == "not mine"
    assert claim_next() is None
    assert not mail.outbox
    assert not Document.objects.exists()
    assert not Plaatsing.objects.exists()
    time_passes()
    assert run(job.pk) == "done"
    granted.refresh_from_db()
    assert (granted.staat, granted.versturen_na, granted.bekendgemaakt_op) == (TOEGEKEND, None, today())
    assert granted.bewaren_tot == date(2030, 7, 31)
    assert Plaatsing.objects.get().aanvraag == granted


@pytest.mark.parametrize("minutes", [0, 45])
def test_how_long_is_a_setting(ingediend: Aanvraag, minutes: int) -> None:
    Tlvinstellingen.objects.create(terugneemminuten=minutes)
    before = timezone.now()
    granted = grant(ingediend)
    assert granted.versturen_na is not None
    assert timedelta(minutes=minutes) <= granted.versturen_na - before < timedelta(minutes=minutes + 1)
    assert (claim_next() is not None) is (minutes == 0)


def test_taken_back_it_lies_with_the_swv_and_nothing_goes_out(ingediend: Aanvraag) -> None:
    granted = grant(ingediend)
    number = granted.tlvnummer
    back = take_back(granted)
    assert isinstance(back, Aanvraag)
    assert (back.staat, back.uitkomst, back.besloten_op, back.versturen_na) == (INGEDIEND, "", None, None)
    assert back.tlvnummer == number
    assert back.eigen_uiterlijk is not None
    time_passes()
    assert run(letter_job(granted).pk) == "done"  # and did nothing
    back.refresh_from_db()
    assert (back.staat, back.bekendgemaakt_op) == (INGEDIEND, None)
    assert not mail.outbox
    assert not Document.objects.exists()
    assert not Plaatsing.objects.exists()
    kinds = list(Event.objects.filter(onderwerp_id=back.pk).order_by("pk").values_list("soort", flat=True))
    assert kinds[-2:] == ["aanvraag.besluit_genomen", "aanvraag.besluit_teruggenomen"]


def test_the_number_is_used_again_by_this_application_only(ingediend: Aanvraag, mensen: Mensen) -> None:
    first = grant(ingediend).tlvnummer
    take_back(ingediend)
    other = in_staat(INGEDIEND, vandaag=today(), verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    second = grant(other).tlvnummer
    assert first is not None
    assert second is not None
    assert second.volgnummer == first.volgnummer + 1
    again = grant(ingediend)
    assert again.tlvnummer == first
    time_passes()
    for job in Job.objects.filter(soort=BRIEF).order_by("pk"):
        assert run(job.pk) == "done"
    ingediend.refresh_from_db()
    assert (ingediend.staat, ingediend.besluit_keer) == (TOEGEKEND, 2)
    assert Document.objects.filter(soort=BRIEF, onderwerp_id=ingediend.pk).count() == 1
    assert Tlvnummer.objects.count() == 2


def test_a_number_that_was_given_up_says_why(ingediend: Aanvraag) -> None:
    number = grant(ingediend).tlvnummer
    assert number is not None
    take_back(ingediend)
    refused = weiger(actor=staff(), pk=ingediend.pk, versie=None, motivering="De groep is te groot.", vandaag=today())
    assert isinstance(refused, Aanvraag)
    number.refresh_from_db()
    assert refused.tlvnummer == number  # as long as the refusal can be taken back too
    assert number.niet_gebruikt_op is None
    time_passes()
    for job in Job.objects.filter(soort=BRIEF).order_by("pk"):
        assert run(job.pk) == "done"
    refused.refresh_from_db()
    number.refresh_from_db()
    assert (refused.staat, refused.tlvnummer) == ("geweigerd", None)
    assert number.niet_gebruikt_op == today()
    assert number.niet_gebruikt_omdat == "De toekenning is teruggenomen en de aanvraag is geweigerd."
    rows = exporteer_tlvs(actor=staff(), jaar=Schooljaar(number.schooljaar), met_namen=True)
    assert [(row.nummer, row.status, row.leerling) for row in rows] == [
        (number.nummer, f"Niet gebruikt: {number.niet_gebruikt_omdat}", "")
    ]


def test_the_number_is_of_the_school_year_of_the_decision_that_counts(ingediend: Aanvraag) -> None:
    first = grant(ingediend).tlvnummer
    assert first is not None
    take_back(ingediend)
    Tlvnummer.objects.filter(pk=first.pk).update(schooljaar=first.schooljaar - 1)  # given out before 1 August
    again = grant(ingediend).tlvnummer
    assert again is not None
    assert (again.schooljaar, again.pk == first.pk) == (first.schooljaar, False)
    first.refresh_from_db()
    assert first.niet_gebruikt_omdat.startswith("De toekenning is teruggenomen.")


def test_a_refusal_after_a_grant_that_was_taken_back_is_a_refusal(ingediend: Aanvraag) -> None:
    grant(ingediend)
    take_back(ingediend)
    weiger(actor=staff(), pk=ingediend.pk, versie=None, motivering="Toch niet.", vandaag=today())
    time_passes()
    for job in Job.objects.filter(soort=BRIEF).order_by("pk"):
        assert run(job.pk) == "done"
    ingediend.refresh_from_db()
    assert (ingediend.staat, ingediend.geldig_van) == (GEWEIGERD, None)
    assert Document.objects.get(soort=BRIEF).naam == f"Besluit-{ingediend.kenmerk}.pdf"
    assert not Plaatsing.objects.exists()


def test_refused(ingediend: Aanvraag, mensen: Mensen, actor_als: Callable[..., Any]) -> None:
    nothing = take_back(ingediend)
    assert isinstance(nothing, Refusal)
    assert nothing.code == "staat"
    granted = grant(ingediend)
    old = take_back(granted, versie=granted.versie - 1)
    assert isinstance(old, Refusal)
    assert old.code == "verouderd"
    for actor in (mensen.iber, mensen.ortho):
        answer = neem_terug(actor=actor, pk=granted.pk, versie=None, vandaag=today())
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"
    with pytest.raises(NotVisible):
        neem_terug(actor=actor_als(Rol.CONTROLLER), pk=granted.pk, versie=None, vandaag=today())
    time_passes()
    assert run(letter_job(granted).pk) == "done"
    late = take_back(granted)
    assert isinstance(late, Refusal)
    assert late.code == "te_laat"
    assert "al verstuurd" in late.zin


def test_the_school_withdraws_while_a_decision_waits(ingediend: Aanvraag, mensen: Mensen) -> None:
    """The school knows nothing of the decision; what it could do before it can still do, and then no letter goes."""
    granted = grant(ingediend)
    gone = trek_in(actor=mensen.iber, pk=granted.pk, versie=None, vandaag=today())
    assert isinstance(gone, Aanvraag)
    assert (gone.staat, gone.uitkomst) == (INGETROKKEN, "")
    count = len(mail.outbox)
    time_passes()
    assert run(letter_job(granted).pk) == "done"
    gone.refresh_from_db()
    assert gone.staat == INGETROKKEN
    assert len(mail.outbox) == count
    assert not Document.objects.exists()


def test_an_imported_place_with_the_same_reference_becomes_that_of_the_tlv(ingediend: Aanvraag) -> None:
    granted = grant(ingediend)
    PlaatsingFactory(verwijzing=str(granted.tlvnummer))  # imported in the minutes in between
    time_passes()
    assert run(letter_job(granted).pk) == "done"
    assert Plaatsing.objects.get().aanvraag == granted


def test_a_worker_that_dies_halfway_sends_it_once(ingediend: Aanvraag) -> None:
    granted = grant(ingediend)
    time_passes()
    job = claim(letter_job(granted).pk)
    assert job is not None
    finish = job_kind(BRIEF).handler(RunningJob(job))  # the letter was made, and the worker dies
    assert finish is not None
    granted.refresh_from_db()
    assert granted.staat == WORDT_VERSTUURD
    Job.objects.filter(pk=job.pk).update(lease_tot=timezone.now() - timedelta(seconds=1))
    assert give_back_abandoned() == 1
    assert run(job.pk) == "done"
    granted.refresh_from_db()
    assert granted.staat == TOEGEKEND
    finish()  # the first one was not dead after all: it changes nothing any more
    assert Document.objects.filter(soort=BRIEF).count() == 1
    assert Job.objects.filter(uniek__startswith=f"{BRIEF}-{granted.pk}").count() == 1
    told = Event.objects.filter(onderwerp_id=granted.pk, soort="aanvraag.bekendgemaakt")
    assert told.count() == 1


def test_taken_back_between_the_letter_and_its_sending(ingediend: Aanvraag) -> None:
    granted = grant(ingediend)
    time_passes()
    job = claim(letter_job(granted).pk)
    assert job is not None
    finish = job_kind(BRIEF).handler(RunningJob(job))
    assert isinstance(take_back(granted), Aanvraag)
    assert finish is not None
    finish()
    granted.refresh_from_db()
    assert granted.staat == INGEDIEND
    assert not Document.objects.exists()
    # Decided again at once: the letter of the first decision stays away as well.
    grant(granted)
    finish()
    granted.refresh_from_db()
    assert granted.staat == WORDT_VERSTUURD


@pytest.mark.django_db(transaction=True)
def test_twenty_at_the_moment_the_letters_go_out() -> None:
    """Of each decision exactly one happens: the letter goes, or it is taken back.  No number is lost or used twice."""
    SamenwerkingsverbandFactory()
    rows = [in_staat(INGEDIEND, vandaag=today()) for _ in range(10)]
    for row in rows:
        grant(row)
    time_passes()
    work: list[Any] = []
    for row in rows:
        job = letter_job(row).pk
        work += [lambda job=job: run(job), lambda row=row: take_back(row)]
    answers = at_once(work)
    for row, sent, back in zip(rows, answers[::2], answers[1::2], strict=True):
        assert sent == "done"
        row.refresh_from_db()
        letters = Document.objects.filter(soort=BRIEF, onderwerp_id=row.pk).count()
        places = Plaatsing.objects.filter(aanvraag=row).count()
        if isinstance(back, Aanvraag):
            assert (row.staat, letters, places, row.bekendgemaakt_op) == (INGEDIEND, 0, 0, None)
        else:
            assert isinstance(back, Refusal)
            assert back.code == "te_laat"
            assert (row.staat, letters, places, row.bekendgemaakt_op) == (TOEGEKEND, 1, 1, today())
    assert sorted(Tlvnummer.objects.values_list("volgnummer", flat=True)) == list(range(1, 11))


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_deciding_again_at_once_keeps_one_number() -> None:
    SamenwerkingsverbandFactory()
    row = in_staat(INGEDIEND, vandaag=today())
    grant(row)
    answers = at_once([lambda: take_back(row), lambda: take_back(row), lambda: take_back(row)])
    assert sum(isinstance(answer, Aanvraag) for answer in answers) == 1

    def again() -> Any:
        return ken_toe(actor=staff(), pk=row.pk, versie=None, motivering="", vandaag=today(), **GELDIG)

    answers = at_once([again, again, again])
    assert sum(isinstance(answer, Aanvraag) for answer in answers) == 1
    assert Tlvnummer.objects.count() == 1
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_people_withdrawing_one_tlv() -> None:
    SamenwerkingsverbandFactory()
    row = in_staat(TOEGEKEND, vandaag=today(), gewenst_van=today(), gewenst_tot=date(today().year + 2, 7, 31))

    def withdraw(days: int) -> Any:
        per = today() + timedelta(days=days)
        return trek_tlv_in(actor=staff(), pk=row.pk, versie=None, per=per, reden="Verhuisd.", vandaag=today())

    answers = at_once([lambda n=n: withdraw(n) for n in range(8)])
    done = [answer for answer in answers if isinstance(answer, Aanvraag)]
    assert len(done) == 1
    row.refresh_from_db()
    assert row.ingetrokken_per == done[0].ingetrokken_per
    assert Job.objects.filter(soort="ondersteuning.intrekkingsbrief").count() == 1
