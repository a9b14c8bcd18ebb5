"""Going back to a form that was sent, and sending it again."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kernen.models import Kern
from swv_portal.common.scoping import Rol

pytestmark = pytest.mark.django_db(transaction=True)


def test_back_and_again_makes_one_and_a_new_page_makes_another(ingelogd: Any) -> None:
    page = ingelogd(Rol.SWV_MEDEWERKER)
    page.goto(reverse("kernen:kern_nieuw"))
    page.get_by_label("Naam van de kern").fill("Kern Strand")
    page.get_by_role("button", name="Maak de kern").click()
    kern = Kern.objects.get()
    page.go_back()
    page.get_by_label("Naam van de kern").fill("Kern Duin")
    page.get_by_role("button", name="Maak de kern").click()
    expect(page).to_have_url(f"{page.evaluate('location.origin')}{reverse('kernen:kern', args=[kern.pk])}")
    expect(page.get_by_text("Dit formulier was al verstuurd.")).to_be_visible()
    assert Kern.objects.count() == 1
    page.goto(reverse("kernen:kern_nieuw"))
    page.get_by_label("Naam van de kern").fill("Kern Duin")
    page.get_by_role("button", name="Maak de kern").click()
    expect(page.get_by_role("heading", name="Kern Duin")).to_be_visible()
    assert Kern.objects.count() == 2
