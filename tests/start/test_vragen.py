"""How often a page asks the database, on a walk over the example data as every role, following the links."""

import re
from collections import Counter
from datetime import date
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from swv_portal.common.scoping import Rol
from swv_portal.local.roles import demo_adres
from swv_portal.local.voorbeeld.laden import load

pytestmark = pytest.mark.django_db

MEEST = 12
#: Of one kind of page this many are looked at per role: dossiers differ by state.
PER_VIEW = 3
LINK = re.compile(r'href="(/[^"#]*)')
#: What ends the walk, or is a file: those are not counted, and a PDF takes long to make.
SKIP = re.compile(
    r"^/(account/logout|technisch-beheer|static|demo)/|/documenten/[0-9a-f-]{36}/"
    r"|/pdf/$|\.(pdf|xlsx|csv|json|ics|txt)(\?|$)"
)


def _walk(client: Client, most: Counter[str]) -> None:
    waiting, seen = ["/"], {"/"}
    visits: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        try:
            view = resolve(path.partition("?")[0]).view_name
        except Resolver404:
            continue
        if SKIP.search(path) or visits[view] >= PER_VIEW:
            continue
        visits[view] += 1
        client.get(path)  # what is remembered for a minute, is remembered now
        with CaptureQueriesContext(connection) as asked:
            response = client.get(path)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        questions = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        most[view] = max(most[view], len(questions))
        for link in map(unescape, LINK.findall(response.content.decode())):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def test_no_page_asks_more_than_it_may() -> None:
    load(date.today())  # noqa: DTZ011
    most: Counter[str] = Counter()
    for rol in Rol:
        client = Client()
        client.force_login(get_user_model().objects.get(email=demo_adres(rol)))
        _walk(client, most)
    assert len(most) > 40  # the walk did not stop at the door
    assert {view: number for view, number in most.items() if number > MEEST} == {}
