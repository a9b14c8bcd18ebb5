"""A walk through the portal on the example data: follow the links from the home page, as somebody with a role.

A new page joins by itself.  What is downloaded, or ends the walk, is left alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from swv_portal.common.scoping import Rol
from swv_portal.local.roles import demo_adres

LINK = re.compile(r'href="(/[^"#]*)')
SKIP = re.compile(
    r"^/(account/logout|technisch-beheer|static|demo)/|/documenten/[0-9a-f-]{36}/"
    r"|/(pdf|csv|xlsx|download)/$|\.(pdf|xlsx|csv|json|ics|txt)$"
)


@dataclass(frozen=True)
class Bladzijde:
    """One page as ``rol`` found it."""

    rol: Rol
    view: str
    path: str
    response: HttpResponse

    @property
    def html(self) -> str:
        return self.response.content.decode()


def view_of(path: str) -> str | None:
    """The name of the view behind ``path``; ``None`` for what is no page."""
    path = path.partition("?")[0]
    if SKIP.search(path):
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def client_als(rol: Rol) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(email=demo_adres(rol)))
    return client


def _ask(client: Client, path: str) -> Any:
    return client.get(path, follow=True)


def wandel(rol: Rol, *, per_view: int, vraag: Callable[[Client, str], Any] = _ask) -> Iterator[Bladzijde]:
    """The pages that ``rol`` can click to, of each view ``per_view``: dossiers differ by state."""
    client = client_als(rol)
    waiting, seen = ["/"], {"/"}
    visits: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        view = view_of(path)
        if view is None or visits[view] >= per_view:
            continue
        visits[view] += 1
        page = Bladzijde(rol, view, path, vraag(client, path))
        yield page
        if page.response.get("Content-Type", "").startswith("text/html"):
            new = dict.fromkeys(link for link in map(unescape, LINK.findall(page.html)) if link not in seen)
            seen |= new.keys()
            waiting += new
