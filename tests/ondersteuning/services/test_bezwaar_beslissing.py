"""The letter of a decision on an objection: made from the SWV's own words, sent to everybody, once."""

from datetime import date
from typing import Any

from django.core import mail
from django.utils import timezone

from ondersteuning.domain.aanvraag import BEEINDIGD, GEWEIGERD, INGEDIEND, TOEGEKEND
from ondersteuning.domain.briefsoorten import OP_BEZWAAR
from ondersteuning.domain.briefversie import GELDEND
from ondersteuning.models import Aanvraag, Bezwaar, Brief
from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF
from ondersteuning.services.partijen import nodig_uit
from ondersteuning.services.vernietigen import vernietig
from swv_portal.audit.models import Event
from swv_portal.common.terms import beroepstermijn
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.registry import job_kind
from swv_portal.jobs.services.run import RunningJob, claim, run
from tests.factories.brieven import BriefsjabloonFactory, BriefversieFactory, teksten
from tests.factories.ondersteuning import VANDAAG
from tests.ondersteuning.brieftekst import letter_text
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_bezwaar import announced, decide, record, recorded
from tests.ondersteuning.services.test_weg import run_jobs


def decided(row: Bezwaar, outcome: str, consequence: str = "blijft", **changes: Any) -> Bezwaar:
    done = decide(row, outcome, consequence, **changes)
    assert isinstance(done, Bezwaar), done
    return done


def test_the_letter_goes_to_everybody_with_the_own_words(mensen: Mensen) -> None:
    row = announced(mensen, TOEGEKEND)
    parent = row.partijen.get(soort="ouder", volgnummer=1)
    nodig_uit(actor=mensen.iber, pk=row.pk, partij_pk=parent.pk, vandaag=VANDAAG)
    own = teksten(OP_BEZWAAR, slot="Groeten uit de polder,")
    version = BriefversieFactory(sjabloon=BriefsjabloonFactory(soort=OP_BEZWAAR), staat=GELDEND, blokken=own)
    made = recorded(row)
    run_jobs()
    mail.outbox.clear()
    decided(made, "ongegrond", toelichting="De school kan de hulp geven.")
    assert not Document.objects.filter(soort=BEZWAARBRIEF).exists()
    run_jobs()
    today = timezone.localdate()
    made.refresh_from_db()
    assert (made.bekendgemaakt_op, made.beroep_tot) == (today, beroepstermijn(today, today=today).laatste_dag)
    text = letter_text(BEZWAARBRIEF)
    for words in (
        "Beslissing op bezwaar",
        "Op 1 april 2025 kreeg",
        "een bezwaar van een van de ouders",
        "Ongegrond. Wie bezwaar maakte, krijgt geen gelijk.",
        "Het besluit blijft zoals het is.",
        "De school kan de hulp geven.",
        "artikel 7:11 en 7:12 van de Algemene wet bestuursrecht",
        "in beroep gaan bij de rechtbank",
        "Groeten uit de polder,",
    ):
        assert words in text, words
    assert "Te ver weg" not in text  # the grounds stay with the SWV
    letter = Document.objects.get(soort=BEZWAARBRIEF)
    assert letter.naam == f"Beslissing-op-bezwaar-{row.kenmerk}.pdf"
    assert (letter.onderwerp_soort, letter.onderwerp_id) == ("ondersteuning.aanvraag", row.pk)
    assert Brief.objects.get(soort=OP_BEZWAAR).sjabloonversie == version
    told = {m.to[0]: m.body for m in mail.outbox}
    assert "Er is beslist op het bezwaar" in told["ouder1@test.example"]
    assert len(told) >= 3  # both schools too
    assert all("De school kan" not in body for body in told.values())
    assert Event.objects.filter(soort="bezwaar.bekendgemaakt").count() == 1


def test_of_an_ended_tlv_this_is_the_only_letter(mensen: Mensen) -> None:
    """Who disagrees with it goes to court: a letter that opens another objection would say something else."""
    row = announced(mensen, TOEGEKEND)
    decided(recorded(row), "gegrond", "vervalt")
    run_jobs()
    row.refresh_from_db()
    assert (row.staat, row.intrekking_bekend_op, row.intrekking_bezwaar_tot) == (BEEINDIGD, None, None)
    assert not Job.objects.filter(soort="ondersteuning.intrekkingsbrief").exists()
    assert "De TLV vervalt." in letter_text(BEZWAARBRIEF)
    assert record(row, tegen="intrekking", vandaag=date(2025, 7, 1)).code == "geen_besluit"  # type: ignore[union-attr]


def test_a_second_objection_has_a_letter_of_its_own(mensen: Mensen) -> None:
    row = announced(mensen, GEWEIGERD)
    first, second = recorded(row), recorded(row, bezwaarmaker="ouder_2")
    decided(first, "niet_ontvankelijk")
    decided(second, "gegrond", "opnieuw")
    run_jobs()
    names = sorted(Document.objects.filter(soort=BEZWAARBRIEF).values_list("versie", "naam"))
    assert names == [
        (1, f"Beslissing-op-bezwaar-{row.kenmerk}.pdf"),
        (2, f"Beslissing-op-bezwaar-{row.kenmerk}-2.pdf"),
    ]
    row.refresh_from_db()
    assert row.staat == INGEDIEND


def test_a_worker_that_dies_halfway_sends_it_once(mensen: Mensen) -> None:
    made = decided(recorded(announced(mensen, TOEGEKEND)), "ongegrond")
    job = claim(Job.objects.get(soort=BEZWAARBRIEF).pk)
    assert job is not None
    finish = job_kind(BEZWAARBRIEF).handler(RunningJob(job))  # made, and the worker dies
    assert finish is not None
    Job.objects.filter(pk=job.pk).update(staat=Job.Staat.WACHT, lease_tot=None)
    assert run(job.pk) == "done"
    finish()  # it was not dead after all
    assert Document.objects.filter(soort=BEZWAARBRIEF).count() == 1
    assert Event.objects.filter(soort="bezwaar.bekendgemaakt").count() == 1
    # A letter that went missing is made again for the day it was announced.
    made.refresh_from_db()
    Document.objects.filter(soort=BEZWAARBRIEF).delete()
    again = job_kind(BEZWAARBRIEF).handler(RunningJob(job))
    assert again is not None
    again()
    assert Document.objects.filter(soort=BEZWAARBRIEF).count() == 1
    assert Event.objects.filter(soort="bezwaar.bekendgemaakt").count() == 1


def test_destroyed_with_the_dossier(mensen: Mensen) -> None:
    row = announced(mensen, TOEGEKEND)
    decided(recorded(row), "ongegrond")
    run_jobs()
    Aanvraag.objects.filter(pk=row.pk).update(bewaren_tot=date(2028, 6, 16))
    assert vernietig(pk=row.pk, vandaag=date(2028, 6, 17)) is True
    assert not Document.objects.filter(soort=BEZWAARBRIEF).exists()
