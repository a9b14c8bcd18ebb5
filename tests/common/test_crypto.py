"""What leaves the database in a dump is as unreadable as what is in it."""

import io
import json

import pytest
from django.core.management import call_command

from ondersteuning.models import Leerling
from swv_portal.common.crypto import DUMPED, Unreadable
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.enqueue import enqueue
from tests.factories.ondersteuning import LeerlingFactory

pytestmark = pytest.mark.django_db


def _dump(model: str) -> str:
    out = io.StringIO()
    call_command("dumpdata", model, stdout=out)
    return out.getvalue()


def test_a_dump_holds_no_name_and_can_be_loaded_again(tmp_path):
    pupil = LeerlingFactory(voornamen="Zwaantje", achternaam="Fuut")
    dump = _dump("ondersteuning.leerling")
    assert "Zwaantje" not in dump
    assert "Fuut" not in dump
    fields = json.loads(dump)[0]["fields"]
    assert fields["achternaam"].startswith(DUMPED)

    (tmp_path / "dump.json").write_text(dump)
    Leerling.objects.filter(pk=pupil.pk).update(voornamen="", achternaam="")
    call_command("loaddata", str(tmp_path / "dump.json"), verbosity=0)
    pupil.refresh_from_db()
    assert (pupil.voornamen, pupil.achternaam) == ("Zwaantje", "Fuut")


def test_the_secret_of_a_job_is_not_in_a_dump_either(tmp_path):
    job = enqueue("mail", params={}, geheim={"aan": "zwaantje@voorbeeld.example"})
    dump = _dump("jobs.job")
    assert "zwaantje" not in dump

    (tmp_path / "dump.json").write_text(dump)
    Job.objects.filter(pk=job.pk).update(geheim=None)
    call_command("loaddata", str(tmp_path / "dump.json"), verbosity=0)
    assert Job.objects.get(pk=job.pk).geheim == {"aan": "zwaantje@voorbeeld.example"}


def test_a_dump_of_another_key_is_not_taken_for_text():
    field = Leerling._meta.get_field("achternaam")
    with pytest.raises(Unreadable):
        field.to_python(DUMPED + "gAAAAAB-no-token")
    assert field.to_python("De Vries") == "De Vries"
