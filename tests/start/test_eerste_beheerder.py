"""The start of a new installation."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from kernen.models import Samenwerkingsverband
from swv_portal.access.models import User
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.run import run

pytestmark = pytest.mark.django_db
ADRES = "beheer@swv.example"
SWV = {"swv": "SWV Testkust", "registratienummer": "PO9901"}


def test_from_nothing_to_inviting_others() -> None:
    with pytest.raises(CommandError, match="geef --swv"):
        call_command("eerste_beheerder", ADRES, naam="Eerste Beheerder")
    call_command("eerste_beheerder", ADRES, naam="Eerste Beheerder", **SWV)
    call_command("eerste_beheerder", ADRES, naam="Eerste Beheerder", **SWV)
    assert Samenwerkingsverband.objects.get().naam == "SWV Testkust"
    assert User.objects.count() == 1
    for job in Job.objects.filter(soort="mail").order_by("pk"):
        run(job.pk)
    links = [re.search(r"(/uitnodiging/\S+/)", message.body)[1] for message in mail.outbox]  # type: ignore[index]
    password = "paard batterij nietje juist"
    answers = {"naam": "Eerste Beheerder", "wachtwoord": password, "wachtwoord_nogmaals": password}
    client = Client()
    assert client.post(links[0], answers).status_code == 404, "the second mail replaced the first"
    assert client.post(links[1], answers).status_code == 302
    client.post("/account/login/", {"login": ADRES, "password": password})
    assert client.get("/kernen/personen/nieuw/").status_code == 200
    with pytest.raises(CommandError, match="Er is al een beheerder"):
        call_command("eerste_beheerder", "tweede@swv.example", naam="Tweede", **SWV)


def test_what_is_not_right_is_said() -> None:
    with pytest.raises(CommandError, match="PO2704"):
        call_command("eerste_beheerder", ADRES, naam="x", swv="SWV", registratienummer="2704")
    with pytest.raises(CommandError, match="Dit is geen e-mailadres"):
        call_command("eerste_beheerder", "geen adres", naam="x", **SWV)
