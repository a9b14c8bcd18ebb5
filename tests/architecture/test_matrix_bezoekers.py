"""The matrix for who has no role in it: visitors, other methods, open addresses, personal links, the administration."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from swv_portal.access.link_session import keep_session
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.common.scoping import Rol
from tests.architecture.adressen import ADRESSEN, KANARIES, closed_addresses, is_of_allauth, walk
from tests.architecture.matrix import PLEKKEN, Wereld
from tests.architecture.verzoek import GEEN_JA, Verzoek, check_canaries, client_of, read_answer

pytestmark = pytest.mark.django_db

ALLE_METHODEN = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.mark.parametrize("name", closed_addresses())
def test_visitors_and_other_methods(name: str, wereld: Wereld) -> None:
    """A visitor is sent to the login page; a method that the address does not have is refused to those who may come."""
    verzoek = Verzoek(name, ADRESSEN[name], wereld)
    login = reverse("account_login")
    for method in verzoek.adres.methoden:
        response = verzoek.ask(Client(), method, "eigen")
        assert response.status_code == 302, f"{method} {name}: {response.status_code} for a visitor"
        assert response["Location"].startswith(login), f"{method} {name}"
    allowed = next(iter(verzoek.adres.rollen), None)
    base = name.partition("#")[0]
    known = {method for key, adres in ADRESSEN.items() if key.partition("#")[0] == base for method in adres.methoden}
    others = [method for method in ALLE_METHODEN if method not in known]
    for method in others if allowed is not None and not is_of_allauth(name) else []:
        response = verzoek.ask(client_of(wereld, allowed), method, "eigen")
        assert response.status_code in {403, 404, 405}, f"{method} {name}: {response.status_code}"


def _only_read() -> list[str]:
    """The addresses that answer GET and nothing else."""
    methods: dict[str, set[str]] = {}
    for key, adres in ADRESSEN.items():
        methods.setdefault(key.partition("#")[0], set()).update(adres.methoden)
    closed = [name for name in closed_addresses() if ADRESSEN[name].rollen]
    return [name for name in closed if methods[name.partition("#")[0]] == {"GET"}]


@pytest.mark.parametrize("name", _only_read())
def test_who_may_read_may_ask_for_the_head(name: str, wereld: Wereld) -> None:
    """Programs that look after links ask for the head only; they get the answer of GET without its body."""
    verzoek = Verzoek(name, ADRESSEN[name], wereld)
    rol = next(iter(verzoek.adres.rollen))
    plek = next(plek for plek in verzoek.places(rol) if plek in verzoek.adres.rollen[rol])
    response = verzoek.ask(client_of(wereld, rol), "HEAD", plek)
    assert response.status_code not in GEEN_JA, f"HEAD {name}: {response.status_code}"


@pytest.mark.parametrize("name", sorted(name for name, adres in ADRESSEN.items() if adres.open))
def test_open_addresses(name: str, wereld: Wereld) -> None:
    """For everybody: never refused (allauth's page of a failed login is a 401 by itself), and nobody's canary."""
    verzoek = Verzoek(name, ADRESSEN[name], wereld)
    for method in verzoek.adres.methoden:
        response = verzoek.ask(Client(), method, "eigen")
        refused = {405} if is_of_allauth(name) else {401, 403, 405}
        assert response.status_code not in refused, f"{method} {name}: {response.status_code}"
        assert not check_canaries(verzoek, None, response, name)


@pytest.mark.parametrize("name", sorted(name for name, adres in ADRESSEN.items() if adres.link is not None))
def test_addresses_of_links(name: str, wereld: Wereld) -> None:
    """Only with the link of that very object: an account of any role, another's link and no link at all are refused."""
    verzoek = Verzoek(name, ADRESSEN[name], wereld)
    assert verzoek.adres.link is not None
    for method in verzoek.adres.methoden:
        for client in (Client(), *(client_of(wereld, rol) for rol in Rol)):
            assert verzoek.ask(client, method, "eigen").status_code == 403, f"{method} {name} without a link"
        with_link = _client_of_link(verzoek.adres.link(wereld.eigen))
        for plek in verzoek.places():
            response = verzoek.ask(with_link, method, plek)
            if plek == "eigen":
                assert response.status_code not in GEEN_JA, f"{method} {name}: {response.status_code} with its own link"
            else:
                assert response.status_code == 404, f"{method} {name} at {plek}: {response.status_code}"
            text = read_answer(response)
            assert not [each for each in PLEKKEN if each != "eigen" and KANARIES[each] in text], (
                f"{method} {name} at {plek}"
            )


def _client_of_link(link: PersoonlijkeLink) -> Client:
    """A browser in which the code of ``link`` was just entered."""
    PersoonlijkeLink.objects.filter(pk=link.pk).update(sessie="van-de-matrix")
    link.refresh_from_db()
    response = HttpResponse()
    keep_session(response, link)
    client = Client()
    client.cookies.update(response.cookies)
    return client


def test_admin(wereld: Wereld) -> None:
    """The technical administration is for nobody with a role: one needs the staff mark and the portal's own login."""
    names = [name for name, _ in walk(get_resolver()) if name.startswith("admin:")]
    assert len(names) > 10
    for url in (reverse("admin:index"), reverse("admin:access_user_changelist"), reverse("admin:login")):
        for rol in Rol:
            response = client_of(wereld, rol).get(url)
            assert response.status_code in {302, 403}, f"{url} as {rol}"
            assert response.status_code == 403 or "/login/" in response["Location"]
        assert Client().get(url).status_code == 302
