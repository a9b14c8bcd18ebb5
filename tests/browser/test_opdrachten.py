"""The pages of jobs in a browser: a long job whose progress fills by itself, and staff who try a failed one again."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from tests.browser.conftest import geen_axe_fouten

pytestmark = pytest.mark.django_db(transaction=True)


def _job(**values: Any) -> Job:
    values.setdefault("soort", "rapport")
    if values.get("staat") == "bezig":
        values["lease_tot"] = timezone.now() + timedelta(minutes=1)
    return Job.objects.create(niet_voor=timezone.now(), **values)


def test_progress_fills_without_a_hand(ingelogd: Any) -> None:
    page = ingelogd(Rol.SCHOOLBESTUURDER)
    from kernen.models import Roltoekenning

    user = Roltoekenning.objects.get().user
    job = _job(staat="bezig", aanvrager=user, gedaan=3, totaal=10)
    page.goto(reverse("jobs:voortgang", args=[job.pk]))
    expect(page.locator(".voortgang")).to_contain_text("3 van 10 klaar")
    geen_axe_fouten(page)
    Job.objects.filter(pk=job.pk).update(gedaan=7)
    expect(page.locator(".voortgang")).to_contain_text("7 van 10 klaar", timeout=8000)
    Job.objects.filter(pk=job.pk).update(staat="klaar", lease_tot=None)
    expect(page.locator(".voortgang")).to_contain_text("10 van 10 klaar", timeout=8000)
    expect(page.get_by_role("link", name="Bekijk het resultaat")).to_be_visible()
    page.goto(reverse("jobs:documenten"))
    geen_axe_fouten(page)


def test_staff_tries_a_failed_job_again(ingelogd: Any) -> None:
    page = ingelogd(Rol.BEHEERDER)
    job = _job(soort="mail", staat="dood", fout="De mailserver weigert dit bericht.", pogingen=5)
    for staat in ("bezig", "wacht", "klaar", "gestopt", "dood"):
        _job(staat=staat)
    page.goto(reverse("jobs:opdrachten"))
    geen_axe_fouten(page)
    page.get_by_label("Status").select_option("dood")
    page.get_by_label("Soort").select_option("mail")
    page.get_by_role("button", name="Toon").click()
    page.get_by_role("link", name=f"Opdracht {job.pk}", exact=True).click()
    expect(page.get_by_text("De mailserver weigert dit bericht.")).to_be_visible()
    geen_axe_fouten(page)
    page.get_by_role("button", name="Probeer opnieuw").click()
    expect(page.get_by_text("De opdracht wordt opnieuw geprobeerd.").first).to_be_visible()
    geen_axe_fouten(page)
    job.refresh_from_db()
    assert job.staat == "wacht"
