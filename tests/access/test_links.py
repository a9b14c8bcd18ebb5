"""Personal links: what a scanner, a thief, a slow parent and a curious colleague get."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from swv_portal.access.actors import PORTAAL
from swv_portal.access.domain.secrets import ALFABET, hash_token, new_code
from swv_portal.access.link_session import RUST
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.queries import links_voor
from swv_portal.access.services.links import Uitgegeven, give_link, withdraw_link, withdraw_links
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from tests.access.urls import ANDERE_SOORT, SOORT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.urls")]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"')


def body(response: Any) -> str:
    """A page without what differs at every request."""
    return TOKEN.sub("", response.content.decode())


def state(link: PersoonlijkeLink) -> dict[str, Any]:
    return PersoonlijkeLink.objects.filter(pk=link.pk).values().get()


def test_a_code_is_easy_to_read_aloud() -> None:
    for char in "0O1ILUV":
        assert char not in ALFABET
    assert {len(new_code()) for _ in range(50)} == {8}
    assert len(ALFABET) ** 8 > 4 * 10**11


def test_only_hashes_are_stored(uitgegeven: Uitgegeven) -> None:
    token = uitgegeven.pad.strip("/").partition("/")[2]
    assert len(token) >= 43
    row = state(uitgegeven.link)
    assert row["token_hash"] == hash_token(token)
    assert token not in str(row)
    assert uitgegeven.code.replace("-", "") not in str(row)
    assert uitgegeven.code not in repr(uitgegeven)
    assert token not in repr(uitgegeven)
    assert token not in str(list(Event.objects.values()))


def test_get_fifty_times_changes_nothing(uitgegeven: Uitgegeven) -> None:
    before, events = state(uitgegeven.link), Event.objects.count()
    client = Client()
    for _ in range(50):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(uitgegeven.pad)
        assert response.status_code == 200
        assert not [query for query in queries if "access_" in query["sql"]], "the link is not even looked up"
    client.head(uitgegeven.pad)
    assert state(uitgegeven.link) == before
    assert Event.objects.count() == events
    assert client.get("/test/ouder/").status_code == 403


def test_get_shows_the_same_for_every_token(uitgegeven: Uitgegeven) -> None:
    client = Client()
    unknown = client.get("/link/" + "a" * 43 + "/")
    assert body(client.get(uitgegeven.pad)) == body(unknown)
    assert body(client.get(uitgegeven.pad[:-6] + "/")) == body(unknown), "a link that was cut off by a mail program"
    withdraw_link(link_id=uitgegeven.link.pk, actor=PORTAAL)
    assert body(client.get(uitgegeven.pad)) == body(unknown)


@pytest.mark.parametrize("typed", ["{code}", "{lower}", " {bare} ", "{spaced}"])
def test_the_right_code_opens_it_however_it_is_typed(uitgegeven: Uitgegeven, typed: str) -> None:
    bare = uitgegeven.code.replace("-", "")
    code = typed.format(
        code=uitgegeven.code, lower=uitgegeven.code.lower(), bare=bare, spaced=f"{bare[:2]} {bare[2:6]} {bare[6:]}"
    )
    client = Client()
    response = client.post(uitgegeven.pad, {"code": code})
    assert response.status_code == 302
    assert response["Location"] == "/test/ouder/"
    page = client.get("/test/ouder/").content.decode()
    assert page.startswith(f"dossier 7 ouder 1|{uitgegeven.link.pk}|False|False")


def test_headers_on_every_page(uitgegeven: Uitgegeven, geopend: Client) -> None:
    pages = [
        Client().get(uitgegeven.pad),
        Client().post(uitgegeven.pad, {"code": "FOUTFOUT"}),
        Client().post(uitgegeven.pad, {"code": uitgegeven.code}),
        geopend.get("/test/ouder/"),
        Client().get("/test/ouder/"),
        geopend.post("/link/stoppen/"),
        Client().get("/link/gestopt/"),
        Client().get("/uitnodiging/" + "a" * 43 + "/"),
    ]
    for page in pages:
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "no-store"


def _failures(uitgegeven: Uitgegeven) -> Iterator[tuple[str, str, str]]:
    """Every way in which it can fail: why, the path, the code."""
    link = uitgegeven.link
    yield "wrong code", uitgegeven.pad, "AAAAAAAA"
    yield "unknown token", "/link/" + "a" * 43 + "/", uitgegeven.code
    yield "mistyped token", uitgegeven.pad[:-2] + ("A/" if uitgegeven.pad[-2] != "A" else "B/"), uitgegeven.code
    yield "cut off", uitgegeven.pad[:20] + "/", uitgegeven.code
    PersoonlijkeLink.objects.filter(pk=link.pk).update(verloopt=timezone.now() - timedelta(seconds=1))
    yield "expired", uitgegeven.pad, uitgegeven.code
    PersoonlijkeLink.objects.filter(pk=link.pk).update(verloopt=link.verloopt, pogingen=10)
    yield "locked", uitgegeven.pad, uitgegeven.code
    PersoonlijkeLink.objects.filter(pk=link.pk).update(pogingen=0)
    withdraw_link(link_id=link.pk, actor=PORTAAL)
    yield "withdrawn", uitgegeven.pad, uitgegeven.code


def test_one_wording_and_the_same_work_for_every_failure(
    uitgegeven: Uitgegeven, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    hasher = hashers.get_hasher()
    real = type(hasher).verify

    def verify(self: Any, password: str, encoded: str) -> bool:
        compared.append(encoded)
        return real(self, password, encoded)

    Client().post("/link/" + "b" * 43 + "/", {"code": "AAAAAAAA"})  # makes the hash that belongs to nobody
    monkeypatch.setattr(type(hasher), "verify", verify)
    answers = {}
    for why, path, code in _failures(uitgegeven):
        compared.clear()
        client = Client()
        response = client.post(path, {"code": code})
        assert response.status_code == 422, why
        assert len(compared) == 1, f"{why}: the code is compared once, whatever is wrong"
        assert client.get("/test/ouder/").status_code == 403, why
        assert "persoonlijke-link" not in client.cookies, why
        answers[why] = body(response)
    assert len(set(answers.values())) == 1
    assert "AAAAAAAA" not in answers["wrong code"], "what was typed does not come back"


def test_ten_wrong_codes_lock_it(uitgegeven: Uitgegeven) -> None:
    client = Client()
    for _ in range(9):
        client.post(uitgegeven.pad, {"code": "AAAAAAAA"})
    assert links_voor([SOORT], [7])[7].code == "actief"
    client.post(uitgegeven.pad, {"code": "AAAAAAAA"})
    assert links_voor([SOORT], [7])[7].code == "geblokkeerd"
    assert client.post(uitgegeven.pad, {"code": uitgegeven.code}).status_code == 422
    assert Event.objects.filter(soort="link.geblokkeerd").count() == 1


def test_the_right_code_forgives_earlier_mistakes(uitgegeven: Uitgegeven) -> None:
    for _ in range(9):
        Client().post(uitgegeven.pad, {"code": "AAAAAAAA"})
    assert Client().post(uitgegeven.pad, {"code": uitgegeven.code}).status_code == 302
    assert state(uitgegeven.link)["pogingen"] == 0


def test_withdrawing_ends_an_open_session(uitgegeven: Uitgegeven, geopend: Client) -> None:
    assert geopend.get("/test/ouder/").status_code == 200
    withdraw_links(soort=SOORT, onderwerp_id=7, actor=PORTAAL)
    assert geopend.get("/test/ouder/").status_code == 403
    assert links_voor([SOORT], [7])[7].code == "ingetrokken"


def test_expiry_ends_an_open_session(uitgegeven: Uitgegeven, geopend: Client) -> None:
    PersoonlijkeLink.objects.filter(pk=uitgegeven.link.pk).update(verloopt=timezone.now())
    assert geopend.get("/test/ouder/").status_code == 403


def test_a_new_link_for_the_same_row_replaces_the_old_one(uitgegeven: Uitgegeven, geopend: Client) -> None:
    newer = give_link(soort=SOORT, onderwerp_id=7, naam="ouder 1", geldig_dagen=42, actor=PORTAAL)
    assert geopend.get("/test/ouder/").status_code == 403
    assert Client().post(uitgegeven.pad, {"code": uitgegeven.code}).status_code == 422
    assert Client().post(newer.pad, {"code": newer.code}).status_code == 302
    assert Client().post(newer.pad, {"code": uitgegeven.code}).status_code == 422
    assert links_voor([SOORT], [7, 8]) == {7: links_voor([SOORT], [7])[7]}
    assert links_voor([SOORT], [7])[7].link_id == newer.link.pk


def test_a_session_is_bound_to_one_link_and_one_kind(geopend: Client, db: None) -> None:
    assert geopend.get("/test/deskundige/").status_code == 403
    other = give_link(soort=ANDERE_SOORT, onderwerp_id=9, naam="deskundige", geldig_dagen=42, actor=PORTAAL)
    assert geopend.post(other.pad, {"code": other.code}).status_code == 302
    assert geopend.get("/test/deskundige/").status_code == 200
    assert geopend.get("/test/ouder/").status_code == 403, "the second link took the place of the first"


def test_entering_the_code_elsewhere_ends_the_first_session(uitgegeven: Uitgegeven, geopend: Client) -> None:
    elsewhere = Client()
    elsewhere.post(uitgegeven.pad, {"code": uitgegeven.code})
    assert elsewhere.get("/test/ouder/").status_code == 200
    assert geopend.get("/test/ouder/").status_code == 403


def test_a_session_ends_after_half_an_hour_of_rest(
    uitgegeven: Uitgegeven, geopend: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + RUST - 60)
    assert geopend.get("/test/ouder/").status_code == 200, "looking begins the half hour anew"
    monkeypatch.setattr(time, "time", lambda: now + 2 * RUST - 180)
    assert geopend.get("/test/ouder/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 4 * RUST)
    assert geopend.get("/test/ouder/").status_code == 403


def test_a_session_can_not_be_made_up(uitgegeven: Uitgegeven, geopend: Client) -> None:
    value = geopend.cookies["persoonlijke-link"].value
    for forged in ("", "x", value[:-1] + ("a" if value[-1] != "a" else "b"), f'[{uitgegeven.link.pk}, ""]'):
        thief = Client()
        thief.cookies["persoonlijke-link"] = forged
        assert thief.get("/test/ouder/").status_code == 403


def test_leaving_ends_it_everywhere(uitgegeven: Uitgegeven, geopend: Client) -> None:
    copied = Client()
    copied.cookies["persoonlijke-link"] = geopend.cookies["persoonlijke-link"].value
    assert copied.get("/test/ouder/").status_code == 200
    assert geopend.post("/link/stoppen/")["Location"] == "/link/gestopt/"
    assert geopend.get("/test/ouder/").status_code == 403
    assert copied.get("/test/ouder/").status_code == 403
    assert Client().get("/link/stoppen/").status_code == 405, "a link in a page can not log anybody out"


def test_it_stands_apart_from_an_account(uitgegeven: Uitgegeven, als: Any) -> None:
    staff = als(Rol.SWV_MEDEWERKER)
    assert staff.get("/test/ouder/").status_code == 403, "an account opens no link"
    staff.post(uitgegeven.pad, {"code": uitgegeven.code})
    assert "|False|False" in staff.get("/test/ouder/").content.decode(), "and is nobody on the page of a link"
    assert staff.get("/mijn-account/").status_code == 200, "but is still logged in elsewhere"
    staff.post("/link/stoppen/")
    assert staff.get("/mijn-account/").status_code == 200


def test_with_a_link_one_is_not_logged_in(geopend: Client) -> None:
    assert geopend.get("/mijn-account/").status_code == 302
    assert geopend.get("/").status_code == 302


def test_what_was_typed_survives_the_end_of_the_session(uitgegeven: Uitgegeven, geopend: Client) -> None:
    withdraw_link(link_id=uitgegeven.link.pk, actor=PORTAAL)
    typed = 'Wij zijn het <b>niet</b> eens & "willen" praten.\nTweede regel.'
    response = geopend.post("/test/ouder/", {"tekst": typed, "leeg": ""}, HTTP_ORIGIN="http://testserver")
    assert response.status_code == 403
    page = response.content.decode()
    assert (
        "Wij zijn het &lt;b&gt;niet&lt;/b&gt; eens &amp; &quot;willen&quot; praten.\r\nTweede regel."
        in page.replace("praten.\nTweede", "praten.\r\nTweede")
    )
    assert 'action="/test/ouder/"' in page


def test_a_brake_per_address(uitgegeven: Uitgegeven) -> None:
    answers = [Client().post("/link/" + "c" * 43 + "/", {"code": "AAAAAAAA"}).status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
    assert Client().post(uitgegeven.pad, {"code": uitgegeven.code}).status_code == 429
    assert Client().get(uitgegeven.pad).status_code == 200
