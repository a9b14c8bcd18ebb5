"""Error pages, and forms that could not be accepted: nothing typed is lost, nothing is stored, nobody is fooled."""

import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from django.urls import reverse

from swv_portal.common.scoping import Rol
from swv_portal.start import errors
from tests.factories.kernen import PersoonFactory

pytestmark = pytest.mark.django_db
EIGEN = {"HTTP_ORIGIN": "http://testserver"}
GETYPT = 'Kim is "vrolijk" & <b>druk</b>\r\n\r\n  tweede regel '


def kept(response: Any) -> dict[str, list[str]]:
    """The fields of the form on the page, as a browser would send them."""
    text = response.content.decode()
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n?(.*?)</textarea>', text, re.S):
        fields.setdefault(html.unescape(name), []).append(
            html.unescape(value).replace("\r\n", "\n").replace("\n", "\r\n")
        )
    return fields


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (lambda request: errors.bad_request(request, SuspiciousOperation()), 400, "Dit verzoek klopt niet"),
        (lambda request: errors.permission_denied(request, None), 403, "Hier hebt u geen toegang toe"),
        (lambda request: errors.page_not_found(request, None), 404, "Deze pagina is er niet"),
        (lambda request: errors.bad_request(request, RequestDataTooBig()), 413, "Dit bestand is te groot"),
        (errors.server_error, 500, "Er ging iets mis in het portaal"),
    ],
)
def test_pages_are_dutch_and_need_nothing(view: Any, status: int, words: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = view(RequestFactory().get("/x/"))
    text = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in text
    assert '<html lang="nl">' in text
    assert "csrf" not in text.lower()


def test_who_may_not_do_this_keeps_the_shell(als: Any) -> None:
    client = als(Rol.KERNVOORZITTER)
    for response in (client.get("/kernen/personen/"), client.post("/opdrachten/opnieuw/", {"soort": "mail"})):
        assert response.status_code == 403
        text = response.content.decode()
        assert "<h1>Hier hebt u geen toegang toe</h1>" in text
        assert f"U bent ingelogd als {client.user} (kernvoorzitter)." in text
        assert "De beheerder van het portaal" in text, "who can help"
        assert 'aria-label="Hoofdmenu"' in text
        assert f'href="{reverse("kernen:kernplannen")}"' in text
        assert 'class="zoek"' in text
        assert '<a href="/">Naar de startpagina</a>' in text
        assert response["Cache-Control"] == "private, no-store"


def test_without_a_role_the_page_says_so() -> None:
    client = Client()
    client.force_login(PersoonFactory(naam="Kim Duinpan"))
    text = client.get("/kernen/personen/").content.decode()
    assert "U bent ingelogd als Kim Duinpan, en u hebt nog geen rol." in text


def test_a_stale_form_of_somebody_who_is_logged_in_keeps_the_shell(als: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = als(Rol.CONTROLLER).cookies
    response = strict.post("/mijn-account/", {"naam": "Ik ben iemand anders"}, HTTP_ORIGIN="https://elders.example")
    assert response.status_code == 403
    text = response.content.decode()
    assert "<h1>Dit formulier is niet verzonden</h1>" in text
    assert 'aria-label="Hoofdmenu"' in text
    assert "Ik ben iemand anders" not in text


def test_the_pages_that_are_the_same_for_everybody_have_no_shell(als: Any) -> None:
    client = als(Rol.CONTROLLER)
    for response in (client.get("/bestaat-niet/"), errors.server_error(client.get("/").wsgi_request)):
        assert "Hoofdmenu" not in response.content.decode()
        assert "ingelogd" not in response.content.decode()


def test_a_404_says_nothing_about_the_address(als: Any) -> None:
    pages = {
        Client().get("/bestaat-niet/").content,
        Client().get("/kernen/zomaar/<b>iets</b>/?q=geheim").content,
        als(Rol.IBER).get("/bestaat-niet/").content,
        als(Rol.IBER).post("/bestaat-ook-niet/", {"a": "b"}).content,
    }
    assert len(pages) == 1


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(als: Any) -> None:
    client = als(Rol.SWV_MEDEWERKER)
    response = client.generic("POST", "/mijn-account/", b"", CONTENT_LENGTH=str(settings.MAX_UPLOAD_BYTES * 2))
    assert response.status_code == 413
    assert "Dit bestand is te groot" in response.content.decode()
    assert "hoogstens 25 MB groot" in response.content.decode()


def test_how_large_a_file_may_be_follows_the_settings(als: Any, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 3 * 1024 * 1024
    page = als(Rol.SWV_MEDEWERKER).generic("POST", "/mijn-account/", b"", CONTENT_LENGTH=str(30 * 1024 * 1024))
    assert "hoogstens 3 MB groot" in page.content.decode()


def test_a_form_with_too_much_text_gets_the_same_page(als: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = als(Rol.SWV_MEDEWERKER).post(
        "/mijn-account/", "naam=" + "x" * 2000, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 413


def test_a_form_after_the_session_ended_keeps_what_was_typed() -> None:
    before = Session.objects.count()
    client = Client()
    response = client.post("/mijn-account/?a=1", {"naam": GETYPT, "keuze": ["1", "2"], "wachtwoord": "x"}, **EIGEN)
    assert response.status_code == 401
    assert kept(response) == {"naam": [GETYPT], "keuze": ["1", "2"]}, "and no secret"
    assert 'action="/mijn-account/?a=1"' in response.content.decode()
    assert Session.objects.count() == before, "nothing is stored"
    assert "sessionid" not in client.cookies


def test_a_postcode_is_no_secret_code() -> None:
    typed = {"postcode": "2011 AB", "swv_code": "PO9902", "email": "kim@school.example"}
    response = Client().post("/mijn-account/", {**typed, "code": "ABCD-2345", "oldpassword": "x"}, **EIGEN)
    assert kept(response) == {name: [value] for name, value in typed.items()}


def test_logging_in_in_a_second_tab_and_sending_again_works() -> None:
    from swv_portal.access.models import User

    user = User.objects.create_user("iemand@school.example", "paard batterij nietje juist")
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]  # type: ignore[index]
    ended = browser.post("/mijn-account/", {"naam": GETYPT, "dagbericht": "on", "csrfmiddlewaretoken": token}, **EIGEN)
    assert ended.status_code == 401
    old = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', ended.content.decode())[1]  # type: ignore[index]
    login = {"login": user.email, "password": "paard batterij nietje juist", "csrfmiddlewaretoken": old}
    answer = browser.post("/account/login/?next=/weer-ingelogd/", login, **EIGEN)
    assert answer["Location"] == "/weer-ingelogd/"
    assert browser.get("/weer-ingelogd/").status_code == 200

    again = {name: values[0] for name, values in kept(ended).items()}
    stale = browser.post("/mijn-account/", {**again, "csrfmiddlewaretoken": old}, **EIGEN)
    assert stale.status_code == 403, "logging in made the token of the first tab stale"
    assert kept(stale) == kept(ended), "so it can be sent once more, with a fresh one"
    fresh = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', stale.content.decode())[1]  # type: ignore[index]
    sent = browser.post("/mijn-account/", {**again, "csrfmiddlewaretoken": fresh}, **EIGEN)
    assert sent.status_code == 422, "the form answers again: a name of more than one line is refused"
    assert "tweede regel" in sent.content.decode()
    one_line = {**again, "naam": "Kim Duinpan", "csrfmiddlewaretoken": fresh}
    assert browser.post("/mijn-account/", one_line, **EIGEN).status_code == 302
    user.refresh_from_db()
    assert user.naam == "Kim Duinpan"


@pytest.mark.parametrize("headers", [{}, {"HTTP_ORIGIN": "https://elders.example"}, {"HTTP_ORIGIN": "null"}])
def test_another_site_can_not_have_its_text_offered_here(headers: dict[str, str]) -> None:
    text = {"naam": "Ik ben iemand anders"}
    for client in (Client(), Client(enforce_csrf_checks=True)):
        response = client.post("/mijn-account/", text, **headers)
        assert response.status_code in {302, 403}
        assert "Ik ben iemand anders" not in response.content.decode()


def test_htmx_is_told_in_words_and_the_page_stays() -> None:
    response = Client().post("/mijn-account/", {"naam": "x"}, HTTP_HX_REQUEST="true", **EIGEN)
    assert response.status_code == 401
    assert "<" not in response.content.decode()


def test_logging_in_and_out_themselves_are_left_alone() -> None:
    assert Client().post("/account/logout/", {"a": "b"}, **EIGEN).status_code == 302
    assert Client().get("/mijn-account/").status_code == 302


def test_a_page_that_fails_shows_nothing_of_why(als: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("Kim Jansen, 12 maart 2016")

    monkeypatch.setattr("swv_portal.start.views.thuis.inbox_van", fail)
    client = als(Rol.IBER)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Kim" not in response.content.decode()


def test_the_health_check_is_small_and_open() -> None:
    response = Client().get("/gezond/")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "sessionid" not in response.cookies


def _raw(method: str, path: str, cookie: str) -> tuple[list[str], bytes]:
    """Status and length as a web server is told, and the body: a test client would drop that of HEAD itself."""
    told: list[str] = []

    def begin(line: str, headers: list[tuple[str, str]], *_: object) -> None:
        told.extend([line, dict(headers)["Content-Length"]])

    environ = RequestFactory(HTTP_COOKIE=cookie).generic(method, path).environ
    return told, b"".join(WSGIHandler()(environ, begin))


def test_head_is_get_without_the_body(als):
    client = als(Rol.BEHEERDER)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    for path in ("/account/login/", "/", "/bestaat-niet/"):
        (told, body), (head_told, head_body) = _raw("GET", path, cookie), _raw("HEAD", path, cookie)
        assert head_told == told, path
        assert (head_body, len(body)) == (b"", int(told[1])), path
