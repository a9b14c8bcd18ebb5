"""Every address × method × role × place, from the URL configuration: who gets it, and what nobody else may read in it.

The tables are in ``matrix_<app>.py``.  An address that stands in none of them fails here.
"""

import copy
import html
import importlib
import io
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from swv_portal.access.link_session import keep_session
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.common.scoping import PLAATS, Rol
from tests.architecture.matrix import KENT, PLEKKEN, Adres, Plek, Wereld, spread, verwacht
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db

#: Lower apps first: what a later table builds may stand on what an earlier one built.
APPS = ("access", "start", "jobs", "kernen", "ondersteuning", "financien", "evaluatie")
MODULES = [
    importlib.import_module(f"tests.architecture.matrix_{app}")
    for app in APPS
    if (Path(__file__).parent / f"matrix_{app}.py").exists()
]
ADRESSEN: dict[str, Adres] = {
    key: adres for module in MODULES for naam, given in module.ADRESSEN.items() for key, adres in spread(naam, given)
}
KANARIES = {
    "eigen": "Kwartelzang",
    "zusje": "Wielewaalroep",
    "andere_kern": "Grutterkreet",
    "ander_bestuur": "Tureluurlied",
}
ALLE_METHODEN = ("GET", "POST", "PUT", "PATCH", "DELETE")
GEEN_JA = frozenset({401, 403, 404, 405})


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """``(full name, route)`` of every address; an address without a name shows as ``''`` or ``'app:'``."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield (prefix + (pattern.name or ""), str(pattern.pattern))
        else:
            yield from _walk(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def _addresses() -> list[tuple[str, str]]:
    """The portal's own addresses.  The technical administration is one block, tested in ``test_admin``."""
    return [(name, route) for name, route in _walk(get_resolver()) if not name.startswith("admin:")]


def test_every_address_stands_in_a_table() -> None:
    names = {name for name, route in _addresses()}
    nameless = [route for name, route in _addresses() if not name or name.endswith(":")]
    assert not nameless, nameless
    tables = {key.partition("#")[0] for key in ADRESSEN}
    assert names - tables == set(), "these addresses stand in no tests/architecture/matrix_<app>.py"
    assert tables - names == set(), "the tables name addresses that do not exist"


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """Built once per process, in a transaction that is rolled back in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


def _build() -> Wereld:
    from tests.factories import kernen

    kernen.SamenwerkingsverbandFactory()
    own_board, other_board = kernen.SchoolbestuurFactory(), kernen.SchoolbestuurFactory()
    kern, other_kern, far_kern = kernen.KernFactory(), kernen.KernFactory(), kernen.KernFactory()
    layout = {
        "eigen": (kern, own_board),
        "zusje": (kern, own_board),
        "andere_kern": (other_kern, own_board),
        "ander_bestuur": (far_kern, other_board),
    }
    places = {}
    for name, (each_kern, board) in layout.items():
        school = kernen.SchoolFactory(bestuur=board)
        kernen.KernlidmaatschapFactory(kern=each_kern, school=school)
        places[name] = Plek(name, school, each_kern, board, KANARIES[name])
    people = {}
    for rol in Rol:
        people[rol] = kernen.PersoonFactory(naam=f"Persoon {rol}")
        kernen.geef_rol(people[rol], rol, getattr(places["eigen"], PLAATS[rol], None))
    world = Wereld(places, people)
    for rol, person in people.items():
        world.dingen[f"client:{rol}"] = client = Client()
        client.force_login(person)
    for module in MODULES:
        for place in places.values():
            module.bouw(place, world)
    return world


class Vraag:
    """Asks one address as somebody, inside a transaction that is rolled back."""

    def __init__(self, name: str, adres: Adres, wereld: Wereld) -> None:
        self.name, self.adres, self.wereld = name, adres, wereld
        self.heeft_object = adres.args is not None and (
            adres.args(wereld.eigen) != adres.args(wereld.plekken["ander_bestuur"])
        )

    def args(self, plek: str) -> dict[str, Any]:
        if self.adres.args is None:
            return {}
        own = self.adres.args(self.wereld.eigen)
        if plek == "afwezig":
            far = self.adres.args(self.wereld.plekken["ander_bestuur"])
            return {key: _absent(value) if value != far[key] else value for key, value in own.items()}
        return self.adres.args(self.wereld.plekken[plek])

    def ask(self, client: Client, method: str, plek: str, args: dict[str, Any] | None = None) -> HttpResponse:
        url = reverse(self.name.partition("#")[0], kwargs=self.args(plek) if args is None else args)
        place = self.wereld.plekken["eigen" if plek == "afwezig" else plek]
        data = self.adres.data(place) if self.adres.data is not None and method == "POST" else {}
        query = self.adres.query if method == "GET" else ""
        client.raise_request_exception = False
        for _ in range(2):
            response: Any = self._send(client, method, url + query, data)
            if response.status_code < 500:
                break
            client.raise_request_exception = True  # ask again, so that the test shows what went wrong
        return response

    @staticmethod
    def _send(client: Client, method: str, url: str, data: dict[str, Any]) -> Any:
        """What the view did to the database and to the cookies is taken back."""
        cookies = copy.deepcopy(client.cookies)
        with transaction.atomic():
            if method == "POST":
                response: Any = client.post(url, nieuwe_sleutel() | data)
            else:
                response = client.generic(method, url)
            if getattr(response, "streaming", False):
                response.content = b"".join(response.streaming_content)
            transaction.set_rollback(True)
        client.cookies = cookies
        return response

    def places(self, rol: Rol | None = None) -> tuple[str, ...]:
        """Where to ask.  A role at the SWV has no place: to it, two places differ as much as four."""
        if not self.heeft_object:
            return ("eigen",)
        if rol is not None and PLAATS[rol] == "swv":
            return ("eigen", "ander_bestuur", "afwezig")
        return (*PLEKKEN, "afwezig")


def _to_login(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse("account_login") + "?next=")


def _absent(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=1)
    return 2_000_000_000 if isinstance(value, int) else "bestaat-niet"


def _client(wereld: Wereld, rol: Rol) -> Client:
    found: Client = wereld.dingen[f"client:{rol}"]
    return found


def _text(response: Any) -> str:
    """What somebody can read in an answer: HTML, PDF, XLSX, CSV."""
    kind = response.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    if "spreadsheetml" in kind or kind.startswith("application/zip"):
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return html.unescape(response.content.decode("utf-8", "replace"))


def _check_canaries(vraag: Vraag, rol: Rol | None, response: Any, where: str) -> list[str]:
    known = vraag.adres.kent.get(rol, KENT[rol]) if rol else frozenset()
    text = _text(response)
    return [
        f"{where}: reads {KANARIES[each]} of {each}" for each in PLEKKEN if each not in known and KANARIES[each] in text
    ]


def _closed_addresses() -> list[str]:
    return sorted(name for name, adres in ADRESSEN.items() if not adres.open and adres.link is None)


@pytest.mark.parametrize("name", _closed_addresses())
def test_roles(name: str, wereld: Wereld) -> None:
    """Who gets it at which place; a place outside one's reach is byte for byte the page of what does not exist."""
    vraag = Vraag(name, ADRESSEN[name], wereld)
    not_found = Client().get("/bestaat-niet/").content
    wrong = []
    for rol in Rol:
        client = _client(wereld, rol)
        for method in vraag.adres.methoden:
            headers: dict[int, Any] = {}
            for plek in vraag.places(rol):
                where = f"{method} {name} as {rol} at {plek}"
                expected = verwacht(vraag.adres, rol, plek, heeft_object=vraag.heeft_object)
                response = vraag.ask(client, method, plek)
                status = response.status_code
                if expected == 200 and (status in GEEN_JA or status >= 500 or _to_login(response)):
                    wrong.append(f"{where}: {status} instead of a yes")
                elif expected != 200 and status != expected:
                    wrong.append(f"{where}: {status} instead of {expected}")
                if status == 404 and response.content != not_found:
                    wrong.append(f"{where}: this 404 differs from that of what does not exist")
                if status == 404 and headers.setdefault(404, response.items()) != response.items():
                    wrong.append(f"{where}: this 404 has other headers")
                wrong += _check_canaries(vraag, rol, response, where)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", _closed_addresses())
def test_visitors_and_other_methods(name: str, wereld: Wereld) -> None:
    """A visitor is sent to the login page; a method that the address does not have is refused to those who may come."""
    vraag = Vraag(name, ADRESSEN[name], wereld)
    login = reverse("account_login")
    for method in vraag.adres.methoden:
        response = vraag.ask(Client(), method, "eigen")
        assert response.status_code == 302, f"{method} {name}: {response.status_code} for a visitor"
        assert response["Location"].startswith(login), f"{method} {name}"
    allowed = next(iter(vraag.adres.rollen), None)
    base = name.partition("#")[0]
    known = {method for key, adres in ADRESSEN.items() if key.partition("#")[0] == base for method in adres.methoden}
    others = [method for method in ALLE_METHODEN if method not in known]
    for method in others if allowed is not None and not _is_of_allauth(name) else []:
        response = vraag.ask(_client(wereld, allowed), method, "eigen")
        assert response.status_code in {403, 404, 405}, f"{method} {name}: {response.status_code}"


def _only_read() -> list[str]:
    """The addresses that answer GET and nothing else."""
    methods: dict[str, set[str]] = {}
    for key, adres in ADRESSEN.items():
        methods.setdefault(key.partition("#")[0], set()).update(adres.methoden)
    closed = [name for name in _closed_addresses() if ADRESSEN[name].rollen]
    return [name for name in closed if methods[name.partition("#")[0]] == {"GET"}]


@pytest.mark.parametrize("name", _only_read())
def test_who_may_read_may_ask_for_the_head(name: str, wereld: Wereld) -> None:
    """Programs that look after links ask for the head only; they get the answer of GET without its body."""
    vraag = Vraag(name, ADRESSEN[name], wereld)
    rol = next(iter(vraag.adres.rollen))
    plek = next(plek for plek in vraag.places(rol) if plek in vraag.adres.rollen[rol])
    response = vraag.ask(_client(wereld, rol), "HEAD", plek)
    assert response.status_code not in GEEN_JA, f"HEAD {name}: {response.status_code}"


def _is_of_allauth(name: str) -> bool:
    return name.startswith(("account_", "mfa_", "socialaccount_"))


@pytest.mark.parametrize("name", sorted(name for name, adres in ADRESSEN.items() if adres.open))
def test_open_addresses(name: str, wereld: Wereld) -> None:
    """For everybody: never refused (allauth's page of a failed login is a 401 by itself), and nobody's canary."""
    vraag = Vraag(name, ADRESSEN[name], wereld)
    for method in vraag.adres.methoden:
        response = vraag.ask(Client(), method, "eigen")
        refused = {405} if _is_of_allauth(name) else {401, 403, 405}
        assert response.status_code not in refused, f"{method} {name}: {response.status_code}"
        assert not _check_canaries(vraag, None, response, name)


@pytest.mark.parametrize("name", sorted(name for name, adres in ADRESSEN.items() if adres.link is not None))
def test_addresses_of_links(name: str, wereld: Wereld) -> None:
    """Only with the link of that very object: an account of any role, another's link and no link at all are refused."""
    vraag = Vraag(name, ADRESSEN[name], wereld)
    assert vraag.adres.link is not None
    for method in vraag.adres.methoden:
        for client in (Client(), *(_client(wereld, rol) for rol in Rol)):
            assert vraag.ask(client, method, "eigen").status_code == 403, f"{method} {name} without a link"
        with_link = _client_of_link(vraag.adres.link(wereld.eigen))
        for plek in vraag.places():
            response = vraag.ask(with_link, method, plek)
            if plek == "eigen":
                assert response.status_code not in GEEN_JA, f"{method} {name}: {response.status_code} with its own link"
            else:
                assert response.status_code == 404, f"{method} {name} at {plek}: {response.status_code}"
            text = _text(response)
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


@pytest.mark.parametrize("name", [name for name in _closed_addresses() if ADRESSEN[name].args is not None])
def test_mixed_arguments(name: str, wereld: Wereld) -> None:
    """One's own dossier in the address with a part of somebody else's is not found, for anybody."""
    vraag = Vraag(name, ADRESSEN[name], wereld)
    own, far = vraag.args("eigen"), vraag.args("ander_bestuur")
    different = [key for key in own if own[key] != far[key]]
    for key in different if len(different) > 1 else []:
        for rol in vraag.adres.rollen:
            for method in vraag.adres.methoden:
                response = vraag.ask(_client(wereld, rol), method, "eigen", {**own, key: far[key]})
                assert response.status_code == 404, (
                    f"{method} {name} as {rol} with another's {key}: {response.status_code}"
                )


def test_admin(wereld: Wereld) -> None:
    """The technical administration is for nobody with a role: one needs the staff mark and the portal's own login."""
    names = [name for name, _ in _walk(get_resolver()) if name.startswith("admin:")]
    assert len(names) > 10
    for url in (reverse("admin:index"), reverse("admin:access_user_changelist"), reverse("admin:login")):
        for rol in Rol:
            response = _client(wereld, rol).get(url)
            assert response.status_code in {302, 403}, f"{url} as {rol}"
            assert response.status_code == 403 or "/login/" in response["Location"]
        assert Client().get(url).status_code == 302
