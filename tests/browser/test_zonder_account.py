"""People with a link in a real browser: what it sends along, and a form that outlives its session."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from swv_portal.access.actors import PORTAAL
from swv_portal.access.links import LinkKind, register_link_kind
from swv_portal.access.services.links import Uitgegeven, give_link
from swv_portal.common.scoping import Rol
from tests.access.conftest import _start_ouder
from tests.access.urls import SOORT
from tests.browser.conftest import geen_axe_fouten

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.access.urls")]


@pytest.fixture
def uitgegeven(live_server: Any) -> Uitgegeven:
    register_link_kind(LinkKind(SOORT, _start_ouder))
    return give_link(soort=SOORT, onderwerp_id=7, naam="ouder 1", geldig_dagen=42, actor=PORTAAL)


def test_the_code_opens_it_and_the_address_goes_nowhere(pagina: Page, uitgegeven: Uitgegeven) -> None:
    token = uitgegeven.pad.strip("/").partition("/")[2]
    sent: list[Request] = []
    pagina.on("request", lambda request: sent.append(request))
    pagina.goto(uitgegeven.pad)
    geen_axe_fouten(pagina)
    pagina.get_by_label("Code").fill("AAAA-AAAA")
    pagina.get_by_role("button", name="Verder").click()
    expect(pagina).to_have_title(re.compile("^Fout: "))
    geen_axe_fouten(pagina)
    pagina.get_by_label("Code").fill(uitgegeven.code)
    pagina.get_by_role("button", name="Verder").click()
    expect(pagina.locator("body")).to_contain_text("dossier 7 ouder 1")
    assert len([request for request in sent if request.method == "POST"]) == 2
    leaked = [request.url for request in sent if token in request.all_headers().get("referer", "")]
    assert leaked == [], "not even our own pages get the address with the token"


def test_a_form_outlives_its_session(ingelogd: Any) -> None:
    page = ingelogd(Rol.IBER)
    page.goto("/mijn-account/")
    page.get_by_label("Naam").fill('Kim "de" <Boer>')
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log opnieuw in")
    geen_axe_fouten(page)
    with page.context.expect_page() as second:
        page.get_by_role("link", name="Log in (opent een nieuw tabblad)").click()
    tab = second.value
    expect(tab.get_by_role("heading", level=1)).to_have_text("Inloggen")
    _log_in_again(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text("U bent weer ingelogd")
    geen_axe_fouten(tab)
    tab.close()
    page.get_by_role("button", name="Opnieuw versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verstuur het formulier opnieuw")
    geen_axe_fouten(page)
    page.get_by_role("button", name="Opnieuw versturen").click()
    expect(page.get_by_label("Naam")).to_have_value('Kim "de" <Boer>')
    expect(page.get_by_role("status")).to_contain_text("Uw gegevens zijn bewaard.")


def _log_in_again(tab: Page) -> None:
    from swv_portal.access.models import User

    user = User.objects.latest("pk")
    user.set_password("paard batterij nietje juist")
    user.save()
    tab.get_by_label("E-mailadres").fill(user.email)
    tab.get_by_label("Wachtwoord", exact=True).fill("paard batterij nietje juist")
    tab.get_by_role("button", name="Inloggen", exact=True).click()
