"""What the journeys of the routes on screen share: filling in the form, the people behind a link, and the letter."""

import re
from collections.abc import Mapping
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from ondersteuning.models import Aanvraag
from ondersteuning.services.besluit import BRIEF
from swv_portal.jobs.services.documents import documents_of, read_document
from tests.ondersteuning.brieftekst import tekst_van
from tests.ondersteuning.services.test_weg import run_jobs

Stappen = Mapping[str, Mapping[str, Any]]
#: Pages of the form as somebody fills them in; who applies and where to is of the route.
LEERLING = {"voornamen": "Mila", "achternaam": "Kanariepiet", "geboortedatum": "4-5-2017", "groep": "4"}
OUDERS = {"ouder1_naam": "Ouder Een", "ouder1_email": "een@test.example"}
EEN_OUDER = {**OUDERS, "een_ouder_reden": "Er is één ouder met gezag."}
ONDERBOUWING = {
    "onderwijsbehoefte": "Rust",
    "geboden_hulp": "Een kleine groep",
    "stem_leerling": "Ik wil rust.",
    "leerling_gehoord": "on",
}
DESKUNDIGE = {
    "tweede_naam": "Deskundige Drie",
    "tweede_functie": "jeugdarts",
    "tweede_dienstverband": "elders",
    "tweede_werkgever": "GGD Kust",
    "tweede_email": "drie@test.example",
}


def post(client: Client, name: str, args: list, data: dict, expect: int = 302) -> str:
    response = client.post(reverse(name, args=args), data)
    assert response.status_code == expect, (name, response.status_code, response.content.decode()[:4000])
    return response.content.decode() if expect == 200 else response["Location"] if expect == 302 else ""


def version(pk: int) -> int:
    return Aanvraag.objects.values_list("versie", flat=True).get(pk=pk)


def open_link(address: str, code: str) -> Client:
    """What a parent does: follow the link, enter the code."""
    mails = [message.body for message in mail.outbox if message.to == [address] and "/link/" in message.body]
    found = re.search(r"https?://[^/]+(/link/\S+)", mails[-1])
    assert found is not None
    client = Client()
    assert client.get(found[1]).status_code == 200
    answer = client.post(found[1], {"code": code}, follow=True)
    assert answer.status_code == 200
    return client


def vul_in(client: Client, pk: int, stappen: Stappen) -> str:
    """Fill in these pages one after the other; where the last one leads."""
    there = ""
    for step, data in stappen.items():
        there = post(client, "ondersteuning:stap", [pk, step], {**data, "versie": version(pk), "verder": "ja"})
    return there


def fout(client: Client, naam: str, args: list[Any], data: Mapping[str, Any]) -> str:
    """The page that comes back because something is not right: with a title that says so."""
    response = client.post(reverse(naam, args=args), data)
    assert response.status_code == 422, response.status_code
    text = " ".join(response.content.decode().split())
    assert "<title>Fout: " in text
    return text


def lees(client: Client, naam: str, *args: Any) -> str:
    """A page that opens, on one line."""
    response = client.get(reverse(naam, args=args))
    assert response.status_code == 200, (naam, response.status_code)
    return " ".join(response.content.decode().split())


def leg_voor(client: Client, pk: int) -> dict[str, str]:
    """Put the application before the parties; the code per address, of who had no link yet."""
    shown = post(client, "ondersteuning:stap", [pk, "controleren"], {"versie": version(pk)}, expect=200)
    codes = re.findall(r'<span class="cijfer">([^<]+)</span>', shown)
    run_jobs()
    addresses = [party.email for party in Aanvraag.objects.get(pk=pk).partijen.all() if party.naam]
    return dict(zip(addresses, codes, strict=True)) if codes else {}


def teken(codes: Mapping[str, str], adres: str, **antwoord: str) -> Client:
    """A parent follows the own link and signs."""
    parent = open_link(adres, codes[adres])
    post(parent, "ondersteuning:ouder", [], {"tekst": "", **antwoord})
    return parent


def besluit(client: Client, pk: int, **gegevens: Any) -> Aanvraag:
    """Decide by the check page, with the payer that the page proposes, and have the letter sent."""
    proposed = client.get(reverse("ondersteuning:besluit", args=[pk])).context["form"].initial
    payer = {name: proposed[name] or "" for name in ("betaler", "vorige_school", "betaler_toelichting")}
    data = {"motivering": "", **payer, **gegevens, "versie": str(version(pk))}
    shown = client.post(reverse("ondersteuning:besluit", args=[pk]), data)
    assert shown.status_code == 200, shown.context["form"].errors
    assert "Controleer uw besluit" in shown.content.decode()
    post(client, "ondersteuning:besluit", [pk], {**data, "bevestigd": "ja"})
    run_jobs()
    return Aanvraag.objects.get(pk=pk)


def brief(aanvraag: Aanvraag) -> str:
    """The letter of the decision, on one line."""
    return tekst_van(read_document(documents_of(aanvraag, BRIEF).get()))
