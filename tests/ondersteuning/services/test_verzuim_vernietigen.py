"""A case of absence is destroyed by the night when its term is over, also when the dossier of the pupil stays."""

from datetime import date

import pytest

from ondersteuning.domain.aanwezigheid import EINDES
from ondersteuning.models import Leerling, Verzuimmelding
from ondersteuning.services.verzuim_vernietigen import te_vernietigen_meldingen, vernietig_melding
from swv_portal.access.actors import PORTAAL
from swv_portal.audit import services as audit
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.jobs.services.run import run
from tests.factories.aanwezigheid import VerzuimmeldingFactory

pytestmark = pytest.mark.django_db
END, LAST = date(2025, 9, 1), date(2028, 9, 1)


@pytest.fixture
def closed() -> Verzuimmelding:
    row: Verzuimmelding = VerzuimmeldingFactory()
    Verzuimmelding.objects.filter(pk=row.pk).update(
        staat="afgesloten", einde_op=END, einde_soort=min(EINDES), afgesloten_op=END, bewaren_tot=LAST
    )
    audit.record(actor=PORTAAL, soort="verzuim.gemeld", onderwerp=row, tekst="Heeft het verzuim gemeld.")
    return row


def test_not_before_its_day_and_then_with_a_record(closed: Verzuimmelding) -> None:
    VerzuimmeldingFactory()
    assert te_vernietigen_meldingen(vandaag=LAST) == []
    assert not vernietig_melding(pk=closed.pk, vandaag=LAST)
    day = date(2028, 9, 2)
    assert te_vernietigen_meldingen(vandaag=day) == [closed.pk]
    assert vernietig_melding(pk=closed.pk, vandaag=day)
    assert Verzuimmelding.objects.count() == 1
    assert Leerling.objects.filter(pk=closed.leerling_id).exists()
    assert not Event.objects.filter(onderwerp_soort="ondersteuning.verzuimmelding", onderwerp_id=closed.pk).exists()
    record = Vernietiging.objects.get()
    assert (record.soort, record.rijen, record.gebeurtenissen) == ("verzuimmelding over een leerling", 1, 1)
    assert not vernietig_melding(pk=closed.pk, vandaag=day)


def test_the_night_does_it(closed: Verzuimmelding) -> None:
    Verzuimmelding.objects.filter(pk=closed.pk).update(bewaren_tot=date(2025, 9, 2))
    run(enqueue("ondersteuning.opruimen", params={}, actor=PORTAAL).pk)
    job = Job.objects.get(soort="ondersteuning.verzuim_vernietigen")
    assert job.params == {"melding": closed.pk}
    run(job.pk)
    assert not Verzuimmelding.objects.filter(pk=closed.pk).exists()
