"""Logging in as a person does it: by hand, with a code from an app, and with a passkey."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from swv_portal.jobs.models import Job
from swv_portal.jobs.services.run import run
from tests.browser.conftest import geen_axe_fouten
from tests.factories.kernen import PersoonFactory

pytestmark = pytest.mark.django_db(transaction=True)

WACHTWOORD = "een-lang-wachtwoord-voor-de-proef"


@pytest.fixture
def persoon():
    user = PersoonFactory()
    user.set_password(WACHTWOORD)
    user.save()
    return user


def totp(secret: str) -> str:
    """The code that an app would show now (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def log_in(page: Page, email: str, password: str = WACHTWOORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def log_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def confirm_with_password(page: Page) -> None:
    """Some pages first ask who one is."""
    if page.get_by_role("heading", level=1).text_content() == "Bent u het echt?":
        geen_axe_fouten(page)
        page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
        page.get_by_role("button", name="Verder").click()


def visit(page: Page, path: str, heading: str) -> None:
    page.goto(path)
    confirm_with_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    geen_axe_fouten(page)


def test_a_wrong_password_says_so_in_the_title_and_keeps_the_address(pagina: Page, persoon) -> None:
    pagina.goto("/account/login/")
    geen_axe_fouten(pagina)
    log_in(pagina, persoon.email, "een-ander-wachtwoord")
    assert pagina.title().startswith("Fout: Inloggen")
    expect(pagina.locator("[data-foutoverzicht]")).to_be_focused()
    expect(pagina.get_by_label("E-mailadres")).to_have_value(persoon.email)
    geen_axe_fouten(pagina)


def test_a_forgotten_password_is_replaced_by_mail(pagina: Page, persoon, live_server) -> None:
    visit(pagina, "/account/wachtwoord/vergeten/", "Wachtwoord vergeten")
    pagina.get_by_label("E-mailadres").fill(persoon.email)
    pagina.get_by_role("button", name="Stuur mij een e-mail").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Kijk in uw e-mail")
    geen_axe_fouten(pagina)
    for job in Job.objects.filter(soort="mail"):
        assert run(job.pk) == "done"
    assert mail.outbox[0].subject == "Kies een nieuw wachtwoord"
    link = next(word for word in mail.outbox[0].body.split() if "/wachtwoord/nieuw/" in word)
    pagina.goto(live_server.url + link.partition("/account/")[1] + link.partition("/account/")[2])
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Nieuw wachtwoord kiezen")
    geen_axe_fouten(pagina)
    pagina.get_by_label("Nieuw wachtwoord", exact=True).fill("kort")
    pagina.get_by_label("Nieuw wachtwoord, nog een keer").fill("kort")
    pagina.get_by_role("button", name="Wachtwoord opslaan").click()
    assert pagina.title().startswith("Fout: ")
    geen_axe_fouten(pagina)
    pagina.get_by_label("Nieuw wachtwoord", exact=True).fill("vier-losse-woorden-samen")
    pagina.get_by_label("Nieuw wachtwoord, nog een keer").fill("vier-losse-woorden-samen")
    pagina.get_by_role("button", name="Wachtwoord opslaan").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uw wachtwoord is gewijzigd")
    geen_axe_fouten(pagina)
    log_in(pagina, persoon.email, "vier-losse-woorden-samen")
    expect(pagina.get_by_role("status").get_by_text("U bent ingelogd.")).to_be_visible()


def test_the_second_step_by_app_and_by_passkey(pagina: Page, persoon) -> None:
    device = pagina.context.new_cdp_session(pagina)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    log_in(pagina, persoon.email)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Mijn taken")

    visit(pagina, "/account/wachtwoord/wijzigen/", "Wachtwoord wijzigen")
    visit(pagina, "/account/2fa/", "Inloggen beveiligen")
    visit(pagina, "/account/2fa/webauthn/add/", "Passkey toevoegen")
    pagina.get_by_label("Ook inloggen zonder wachtwoord").check()
    pagina.get_by_role("button", name="Toevoegen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    expect(pagina.get_by_role("main").locator("li code")).to_have_count(10)
    geen_axe_fouten(pagina)
    visit(pagina, "/account/2fa/totp/activate/", "App met codes instellen")
    pagina.get_by_text("Lukt scannen niet?", exact=True).click()
    pagina.get_by_label("Code uit de app").fill(totp(pagina.locator("code").text_content() or ""))
    pagina.get_by_role("button", name="App aanzetten").click()
    expect(pagina.get_by_text("De app met codes staat aan.")).to_be_visible()
    geen_axe_fouten(pagina)
    visit(pagina, "/account/2fa/webauthn/", "Passkeys")
    pagina.get_by_role("link", name="Naam wijzigen").click()
    geen_axe_fouten(pagina)
    visit(pagina, "/account/2fa/totp/deactivate/", "App met codes uitzetten")
    visit(pagina, "/account/2fa/recovery-codes/generate/", "Herstelcodes maken")

    log_out(pagina)
    pagina.get_by_role("button", name="Inloggen met een passkey").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Mijn taken")
    log_out(pagina)
    log_in(pagina, persoon.email)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    geen_axe_fouten(pagina)
    pagina.get_by_label("Code").fill("123")
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    expect(pagina.locator("[data-foutoverzicht]")).to_contain_text("deze code klopt niet", ignore_case=True)
    pagina.get_by_role("button", name="Passkey gebruiken").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Mijn taken")


@pytest.mark.parametrize(
    "path", ["/bestaat-niet/", "/account/aanmelden/", "/account/niet-actief/", "/account/extern/login/mislukt/"]
)
def test_pages_for_what_does_not_go_are_accessible_and_dutch(pagina: Page, path) -> None:
    pagina.goto(path)
    geen_axe_fouten(pagina)
    assert pagina.evaluate("document.documentElement.lang") == "nl"
    expect(pagina.get_by_role("heading", level=1)).to_have_count(1)
