"""Retention of a pupil's dossier: as long as the longest procedure, then everything goes, with a record."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.models import (
    Aanvraag,
    Faseovergang,
    Gezagsdrager,
    Leerling,
    Leerlingdocument,
    NietDezelfde,
    Schoolperiode,
)
from ondersteuning.queries.bewaren import DELEN, bewaartermijnen, looptijden, procedures
from ondersteuning.services.gezag import Persoon, wijzig_gezag
from ondersteuning.services.leerlingdocumenten import voeg_document_toe
from ondersteuning.services.vernietigen import (
    REGEL_LEERLING,
    vernietig,
    vernietig_leerling,
    werk_bewaartermijnen_bij,
)
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.jobs.services.run import run
from swv_portal.jobs.services.uploads import Upload, accept_upload
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, LeerlingFactory, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_leerlingen import maak

PDF = b"%PDF-1.7 test\n%%EOF"
EINDE = date(2028, 3, 10)


def full(mensen: Mensen) -> Leerling:
    """A dossier with something in every part of it."""
    pupil = maak(mensen.iber, mensen.school)
    people = [Persoon("Ouder Testvogel", "ouder@test.example")]
    wijzig_gezag(actor=mensen.iber, pk=pupil.pk, versie=1, personen=people, een_reden="", vandaag=VANDAAG)
    upload = accept_upload(SimpleUploadedFile("verslag.pdf", PDF))
    assert isinstance(upload, Upload)
    voeg_document_toe(actor=mensen.iber, pk=pupil.pk, soort="verslag", datum=VANDAAG, upload=upload, vandaag=VANDAAG)
    twin = LeerlingFactory(school=SchoolFactory())
    NietDezelfde.objects.create(leerling=pupil, ander=twin, gezien_op=VANDAAG)
    pupil.refresh_from_db()
    return pupil


def test_every_procedure_about_a_pupil_says_until_when_it_is_kept() -> None:
    """A new model with a foreign key to the pupil is a procedure, or stands in ``DELEN``."""
    found = dict(procedures())
    assert Aanvraag in found
    for model in found:
        field = model._meta.get_field("bewaren_tot")
        assert isinstance(field, models.DateField), model
    names = {model._meta.model_name for model in found}
    assert not names & DELEN


def test_a_signal_goes_three_years_after_the_last_change(
    mensen: Mensen, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    pupil = full(mensen)
    document = Document.objects.get()
    storage, name = document.bestand.storage, document.bestand.name
    assert pupil.bewaren_tot is None
    assert werk_bewaartermijnen_bij(vandaag=EINDE) == []
    pupil.refresh_from_db()
    assert pupil.bewaren_tot == EINDE
    assert not vernietig_leerling(pk=pupil.pk, vandaag=EINDE)
    day = EINDE + timedelta(days=1)
    assert werk_bewaartermijnen_bij(vandaag=day) == [pupil.pk]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert vernietig_leerling(pk=pupil.pk, vandaag=day)
    for model in (Gezagsdrager, Leerlingdocument, NietDezelfde, Document):
        assert not model.objects.exists(), model
    for model in (Schoolperiode, Faseovergang):
        assert not model.objects.filter(leerling_id=pupil.pk).exists(), model
    assert not Leerling.objects.filter(pk=pupil.pk).exists()
    assert not storage.exists(name)
    assert not Event.objects.filter(onderwerp_soort="ondersteuning.leerling", onderwerp_id=pupil.pk).exists()
    record = Vernietiging.objects.get(soort="gegevens van een leerling")
    assert (record.regel, record.bestanden) == (REGEL_LEERLING, 1)
    assert record.rijen >= 4
    assert Vernietiging.objects.filter(soort="ondersteuning.nietdezelfde").count() == 1
    assert record.gebeurtenissen >= 3
    assert not vernietig_leerling(pk=pupil.pk, vandaag=day)


def test_a_running_procedure_keeps_it(mensen: Mensen) -> None:
    pupil = full(mensen)
    row = in_staat(procedure.CONCEPT, leerling=pupil, verwijzende_school=mensen.school)
    far = date(2060, 1, 1)
    Leerling.objects.filter(pk=pupil.pk).update(bewaren_tot=EINDE)
    # What was stored before the application began is not believed.
    assert not vernietig_leerling(pk=pupil.pk, vandaag=far)
    assert pupil.pk not in werk_bewaartermijnen_bij(vandaag=far)
    pupil.refresh_from_db()
    assert pupil.bewaren_tot is None
    assert looptijden([pupil.pk]) == {pupil.pk: [None]}
    assert Aanvraag.objects.filter(pk=row.pk).exists()


def test_the_longest_procedure_counts_and_all_of_them_go(mensen: Mensen) -> None:
    pupil = full(mensen)
    short = in_staat(procedure.GEWEIGERD, leerling=pupil, verwijzende_school=mensen.school)
    long = in_staat(procedure.GEWEIGERD, leerling=pupil, verwijzende_school=mensen.school)
    Aanvraag.objects.filter(pk=short.pk).update(bewaren_tot=date(2027, 1, 1))
    Aanvraag.objects.filter(pk=long.pk).update(bewaren_tot=date(2029, 1, 1))
    assert bewaartermijnen([pupil]) == {pupil.pk: date(2029, 1, 1)}
    assert vernietig(pk=short.pk, vandaag=date(2027, 1, 2))
    assert Leerling.objects.filter(pk=pupil.pk).exists()
    day = date(2029, 1, 2)
    assert werk_bewaartermijnen_bij(vandaag=day) == [pupil.pk]
    assert vernietig_leerling(pk=pupil.pk, vandaag=day)
    assert not Aanvraag.objects.exists()
    assert not Leerling.objects.filter(pk=pupil.pk).exists()
    assert Vernietiging.objects.filter(soort="dossier van een leerling").count() == 2


def test_the_pupil_goes_with_the_last_application(mensen: Mensen) -> None:
    pupil = full(mensen)
    row = in_staat(procedure.GEWEIGERD, leerling=pupil, verwijzende_school=mensen.school)
    Aanvraag.objects.filter(pk=row.pk).update(bewaren_tot=EINDE)
    assert vernietig(pk=row.pk, vandaag=EINDE + timedelta(days=1))
    assert not Leerling.objects.filter(pk=pupil.pk).exists()
    assert not Document.objects.exists()


def test_a_dossier_in_use_outlives_its_last_application(mensen: Mensen) -> None:
    pupil = full(mensen)
    row = in_staat(procedure.GEWEIGERD, leerling=pupil, verwijzende_school=mensen.school)
    Aanvraag.objects.filter(pk=row.pk).update(bewaren_tot=EINDE)
    Leerling.objects.filter(pk=pupil.pk).update(gewijzigd_op=EINDE - timedelta(days=100))
    assert vernietig(pk=row.pk, vandaag=EINDE + timedelta(days=1))
    assert Leerling.objects.filter(pk=pupil.pk).exists()


def test_what_was_kept_for_a_destroyed_procedure_is_not_kept_longer(mensen: Mensen) -> None:
    """The night computes first; a procedure that is destroyed before the pupil does not give the pupil more time."""
    pupil = full(mensen)
    Leerling.objects.filter(pk=pupil.pk).update(bewaren_tot=date(2026, 1, 1))
    day = date(2026, 1, 2)
    assert werk_bewaartermijnen_bij(vandaag=day) == [pupil.pk]
    assert vernietig_leerling(pk=pupil.pk, vandaag=day)


def test_working_in_it_gives_it_time_again(mensen: Mensen) -> None:
    pupil = full(mensen)
    Leerling.objects.filter(pk=pupil.pk).update(bewaren_tot=date(2026, 1, 1))
    wijzig_gezag(
        actor=mensen.iber, pk=pupil.pk, versie=pupil.versie, personen=[], een_reden="", vandaag=date(2026, 1, 1)
    )
    assert werk_bewaartermijnen_bij(vandaag=date(2026, 1, 2)) == []
    pupil.refresh_from_db()
    assert pupil.bewaren_tot == date(2029, 1, 1)


def test_the_night_does_it(mensen: Mensen) -> None:
    old, young = maak(mensen.iber, mensen.school), maak(mensen.iber, mensen.school, voornamen="Ander")
    today = timezone.localdate()
    Leerling.objects.filter(pk=old.pk).update(gewijzigd_op=today - timedelta(days=4 * 365))
    Leerling.objects.filter(pk=young.pk).update(gewijzigd_op=today)
    assert run(enqueue("ondersteuning.opruimen").pk) == "done"
    jobs = list(Job.objects.filter(soort="ondersteuning.leerling_vernietigen"))
    assert [job.params for job in jobs] == [{"leerling": old.pk}]
    assert run(jobs[0].pk) == "done"
    assert list(Leerling.objects.all()) == [young]
