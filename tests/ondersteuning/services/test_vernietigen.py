"""Retention: after the last day everything of a dossier is gone, and nothing before it; there is a record."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Leerling, Partij, Plaatsing, Tlvnummer
from ondersteuning.services import vernietigen
from ondersteuning.services.vernietigen import te_vernietigen, vernietig
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.audit import services as audit
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.registry import daily_jobs
from swv_portal.jobs.services.documents import store_document
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.jobs.services.run import run
from tests.factories.ondersteuning import AanvraagFactory, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_weg import grant, run_jobs, to_swv


def everything(pk: int) -> int:
    """How many rows anywhere still belong to this application."""
    with connection.cursor() as cursor:
        found = 0
        for table in ("partij", "advies", "zienswijze", "aanvulling"):
            cursor.execute(f"SELECT count(*) FROM ondersteuning_{table} WHERE aanvraag_id = %s", [pk])
            found += cursor.fetchone()[0]
    return found + Event.objects.filter(onderwerp_soort="ondersteuning.aanvraag", onderwerp_id=pk).count()


def test_a_dossier_goes_after_its_last_day(
    mensen: Mensen, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    row = grant(mensen, to_swv(mensen))
    run_jobs()
    row.refresh_from_db()
    last = row.bewaren_tot
    assert last is not None
    assert te_vernietigen(vandaag=last) == []
    assert not vernietig(pk=row.pk, vandaag=last)
    day = last + timedelta(days=1)
    assert te_vernietigen(vandaag=day) == [row.pk]
    document = Document.objects.get(onderwerp_id=row.pk, onderwerp_soort="ondersteuning.aanvraag")
    storage, name = document.bestand.storage, document.bestand.name
    assert storage.exists(name)
    number = str(row.tlvnummer)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert vernietig(pk=row.pk, vandaag=day)
    assert everything(row.pk) == 0
    assert not Aanvraag.objects.exists()
    assert not Leerling.objects.exists()
    assert not Partij.objects.exists()
    assert not PersoonlijkeLink.objects.exists()
    assert not Document.objects.exists()
    assert not storage.exists(name)
    # The number is never given out again, and the place stays in the accounts without the dossier.
    assert Tlvnummer.objects.get().nummer == number
    assert Plaatsing.objects.get().aanvraag is None
    record = Vernietiging.objects.get(soort="dossier van een leerling")
    assert record.bestanden == 1
    assert record.rijen >= 8
    assert record.gebeurtenissen >= 8
    assert "3 jaar" in record.regel
    assert not vernietig(pk=row.pk, vandaag=day)


def test_a_pupil_with_another_application_stays(db: None) -> None:
    row = in_staat(TOEGEKEND)
    other = AanvraagFactory(leerling=row.leerling, verwijzende_school=row.verwijzende_school)
    Aanvraag.objects.filter(pk=row.pk).update(bewaren_tot=row.sinds)
    assert vernietig(pk=row.pk, vandaag=row.sinds + timedelta(days=1))
    assert Leerling.objects.get() == other.leerling
    assert Aanvraag.objects.get() == other


def test_running_applications_are_never_destroyed(db: None) -> None:
    for state in ("concept", "bij_partijen", "ingediend", "aanvulling"):
        in_staat(state)
    far = in_staat(TOEGEKEND).sinds + timedelta(days=40 * 365)
    Aanvraag.objects.filter(staat=TOEGEKEND).delete()
    assert te_vernietigen(vandaag=far) == []


def test_the_night_does_it(mensen: Mensen) -> None:
    old, young = in_staat(TOEGEKEND), in_staat(TOEGEKEND)
    Aanvraag.objects.filter(pk=old.pk).update(bewaren_tot=old.sinds)
    Aanvraag.objects.filter(pk=young.pk).update(bewaren_tot=young.sinds + timedelta(days=50 * 365))
    store_document(
        soort="ondersteuning.besluitbrief", onderwerp=old, naam="x.pdf", inhoud=b"%PDF", content_type="application/pdf"
    )
    from swv_portal.access.actors import PORTAAL

    audit.record(actor=PORTAAL, soort="x", onderwerp=old, tekst="Iets.")

    abandoned = in_staat("concept")
    Aanvraag.objects.filter(pk=abandoned.pk).update(gewijzigd=timezone.now() - timedelta(days=400))
    enqueue("ondersteuning.opruimen")
    run_jobs()
    assert set(Aanvraag.objects.all()) == {young, abandoned}
    abandoned.refresh_from_db()
    assert abandoned.verlaten_gewaarschuwd_op == timezone.localdate()
    assert {job.job_kind for job in daily_jobs()} >= {"ondersteuning.opruimen"}


def test_one_dossier_that_fails_stops_no_other(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = in_staat(TOEGEKEND), in_staat(TOEGEKEND)
    Aanvraag.objects.update(bewaren_tot=broken.sinds)
    real = vernietigen.documents_of

    def documents(row: Any) -> Any:
        if row.pk == broken.pk:
            raise OSError("the disk does not answer")
        return real(row)

    monkeypatch.setattr(vernietigen, "documents_of", documents)
    assert run(enqueue("ondersteuning.opruimen").pk) == "done"
    jobs = list(Job.objects.filter(soort="ondersteuning.vernietigen").order_by("pk"))
    assert [job.params for job in jobs] == [{"aanvraag": broken.pk}, {"aanvraag": whole.pk}]
    assert [run(job.pk) == "done" for job in jobs] == [False, True]
    assert list(Aanvraag.objects.all()) == [broken]
