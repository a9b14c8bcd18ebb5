"""Asking one address of the matrix as somebody, and reading what came back."""

import copy
import html
import io
import uuid
import zipfile
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from swv_portal.common.scoping import PLAATS, Rol
from tests.architecture.adressen import KANARIES
from tests.architecture.matrix import KENT, PLEKKEN, Adres, Wereld
from tests.sleutel import nieuwe_sleutel

#: Answers that let nobody in.
GEEN_JA = frozenset({401, 403, 404, 405})


class Verzoek:
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


def to_login(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse("account_login") + "?next=")


def _absent(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=1)
    return 2_000_000_000 if isinstance(value, int) else "bestaat-niet"


def client_of(wereld: Wereld, rol: Rol) -> Client:
    found: Client = wereld.dingen[f"client:{rol}"]
    return found


def read_answer(response: Any) -> str:
    """What somebody can read in an answer: HTML, PDF, XLSX, CSV."""
    kind = response.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    if "spreadsheetml" in kind or kind.startswith("application/zip"):
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return html.unescape(response.content.decode("utf-8", "replace"))


def check_canaries(verzoek: Verzoek, rol: Rol | None, response: Any, where: str) -> list[str]:
    known = verzoek.adres.kent.get(rol, KENT[rol] if rol else frozenset())
    text = read_answer(response)
    return [
        f"{where}: reads {KANARIES[each]} of {each}" for each in PLEKKEN if each not in known and KANARIES[each] in text
    ]
