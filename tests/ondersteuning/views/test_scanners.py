"""Personal links as mail scanners, forwarders and mistakes meet them: nothing is shown, used up or changed."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.forms import model_to_dict
from django.test import Client
from django.urls import reverse

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INSTELLING, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.models import Aanvraag, Advies, Kindformulier, Partij, Sectiereactie, Zienswijze
from ondersteuning.queries.partijregels import LINKSOORTEN
from swv_portal.access.actors import PORTAAL
from swv_portal.access.services.links import GEEN_TOEGANG, Uitgegeven, give_link, withdraw_link
from swv_portal.access.views.links import PER_ADRES
from swv_portal.audit.models import Event
from swv_portal.jobs.models import Job
from tests.architecture.adressen import ADRESSEN
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import in_staat

STARTS = {
    OUDER: "ondersteuning:ouder",
    TWEEDE_DESKUNDIGE: "ondersteuning:deskundige",
    INSTELLING: "ondersteuning:instelling",
}
#: Every page that a personal link of today opens.
PAGINAS: list[tuple[str, list[str]]] = [
    ("ondersteuning:ouder", []),
    ("ondersteuning:ouder_deel", ["onderbouwing"]),
    ("ondersteuning:ouder_kind", []),
    ("ondersteuning:ouder_pdf", []),
    ("ondersteuning:deskundige", []),
    ("ondersteuning:instelling", []),
    ("ondersteuning:instelling_stap", ["leerling"]),
    ("ondersteuning:instelling_doe", ["trek_in"]),
    ("ondersteuning:instelling_kind", []),
]
ELKE_SOORT = pytest.mark.parametrize("soort", sorted(STARTS))


def test_every_kind_of_link_and_every_page_behind_one_stands_here() -> None:
    """A new kind, or a new page, is opened by scanners too: it fails here until it stands in the tables above."""
    assert set(STARTS) == set(LINKSOORTEN)
    pages = {
        name for name, rows in ADRESSEN.items() for row in (rows if isinstance(rows, tuple) else (rows,)) if row.link
    }
    assert {name for name in pages if name.startswith("ondersteuning:")} == {name for name, _ in PAGINAS}
    # Nobody else comes in by a link: members of boards, schools and those who answer a round log in.
    assert pages - {name for name, _ in PAGINAS} <= {"jobs:document", "access:link_stoppen"}


def party(soort: str) -> Partij:
    SamenwerkingsverbandFactory()
    if soort != INSTELLING:
        found: Partij = in_staat(BIJ_PARTIJEN).partijen.filter(soort=soort).first()
        return found
    row = in_staat(CONCEPT, route="D", verwijzende_school=None, instelling=JeugdhulpinstellingFactory())
    made: Partij = row.partijen.create(soort=INSTELLING, naam="Contact Vier", email="vier@test.example")
    return made


def give(soort: str) -> tuple[Partij, Uitgegeven]:
    partij = party(soort)
    given = give_link(
        soort=LINKSOORTEN[soort], onderwerp_id=partij.pk, naam=partij.label, geldig_dagen=9, actor=PORTAAL
    )
    Partij.objects.filter(pk=partij.pk).update(link_id=given.link.pk)
    return partij, given


def everything(given: Uitgegeven) -> list[Any]:
    """What a scanner could change: the link, the timelines, the jobs, and what parties gave."""
    given.link.refresh_from_db()
    counted = [m.objects.count() for m in (Event, Job, Advies, Zienswijze, Sectiereactie, Kindformulier)]
    return [model_to_dict(given.link), counted, [model_to_dict(row) for row in Aanvraag.objects.all()]]


def reveals(text: str, partij: Partij) -> list[str]:
    words = ["Kanariepiet", "Mila", partij.naam, partij.aanvraag.kenmerk, "Ouder Kanariepiet"]
    return [word for word in words if word in text]


@ELKE_SOORT
def test_fifty_times_every_method_of_a_scanner(db: None, soort: str) -> None:
    partij, given = give(soort)
    before = everything(given)
    for number in range(50):
        # Programs keep no cookies: what they send has no token of the form.
        scanner = Client(enforce_csrf_checks=True, REMOTE_ADDR=f"192.0.2.{number + 1}")
        assert scanner.head(given.pad).status_code == 200
        shown = scanner.get(given.pad)
        assert shown.status_code == 200
        assert not reveals(shown.content.decode(), partij)
        sent = Client(enforce_csrf_checks=True, REMOTE_ADDR=f"192.0.2.{number + 1}").post(given.pad, {"code": "A"})
        assert sent.status_code == 403
    assert everything(given) == before
    assert Client().post(given.pad, {"code": given.code})["Location"] == reverse(STARTS[soort])


@ELKE_SOORT
def test_an_empty_form_sent_by_a_browser_like_scanner_counts_as_no_attempt(db: None, soort: str) -> None:
    partij, given = give(soort)
    before = everything(given)
    for number in range(2 * PER_ADRES + 2):
        # Half of them, more than may try a code, come from the address of the family itself.
        answer = Client(REMOTE_ADDR=f"192.0.2.{number * (number % 2) + 1}").post(given.pad, {"code": ""})
        assert answer.status_code == 422
        assert not reveals(answer.content.decode(), partij)
    assert everything(given) == before
    family = Client(REMOTE_ADDR="192.0.2.1")
    assert family.post(given.pad, {"code": given.code}).status_code == 302


@pytest.mark.parametrize(("naam", "args"), PAGINAS)
def test_a_page_behind_the_code_without_a_session_says_to_open_the_link_again(
    db: None, naam: str, args: list[str]
) -> None:
    partij, given = give(OUDER)
    before = everything(given)
    for method in ("get", "head", "post"):
        answer = getattr(Client(), method)(reverse(naam, args=args))
        if answer.status_code == 405:  # a page that is only read
            assert (naam, method) in {("ondersteuning:instelling", "post"), ("ondersteuning:ouder_pdf", "post")}
            continue
        assert answer.status_code == 403
        if method != "head":
            text = answer.content.decode()
            assert "Open uw link opnieuw" in " ".join(text.split())
            assert not reveals(text, partij)
    assert everything(given) == before


@ELKE_SOORT
def test_mistyped_old_and_shared_links_get_the_same_clear_sentence(db: None, soort: str) -> None:
    partij, old = give(soort)
    fresh = give_link(
        soort=LINKSOORTEN[soort], onderwerp_id=partij.pk, naam=partij.label, geldig_dagen=9, actor=PORTAAL
    )
    mistyped = fresh.pad[:-3] + "xx/"
    for path, code in ((mistyped, fresh.code), (old.pad, old.code), (fresh.pad, old.code), (fresh.pad, "ZZZZ-ZZZZ")):
        answer = Client().post(path, {"code": code})
        assert answer.status_code == 422
        text = " ".join(answer.content.decode().split())
        assert GEEN_TOEGANG.zin.partition(".")[0] in text
        assert not reveals(text, partij)


#: The pages to which mails lead whoever has an account: members of boards, schools with a question about a TLV that
#: ends, who calls the parents, and so on.
VAN_ACCOUNTS: list[tuple[str, list[int]]] = [
    ("start:thuis", []),
    ("access:account", []),
    ("ondersteuning:dossier", [1]),
    ("ondersteuning:bestuursadvies", [1]),
    ("ondersteuning:radarvragen", []),
    ("ondersteuning:evaluatiegesprek", [1]),
    ("ondersteuning:overeenkomst", [1]),
    ("ondersteuning:overstap", [1]),
    ("ondersteuning:verzuimmelding", [1]),
]


def test_what_a_mail_to_an_account_leads_to_asks_to_log_in(db: None) -> None:
    partij, given = give(OUDER)
    before = everything(given)
    for naam, args in VAN_ACCOUNTS:
        path, scanner = reverse(naam, args=args), Client(enforce_csrf_checks=True)
        # All ask for the same login: one of them is opened more often than one address may try the code of a link.
        often = PER_ADRES + 1 if naam == "ondersteuning:dossier" else 1
        opened = [scanner.get(path) for _ in range(often)]
        for answer in (scanner.post(path, {"code": "A"}), scanner.head(path), *opened):
            assert answer.status_code in {302, 403, 405}, naam
            assert not reveals(answer.content.decode(), partij)
            assert answer.status_code != 302 or answer["Location"].startswith(reverse("account_login"))
    assert everything(given) == before
    assert not Session.objects.exists()


@pytest.mark.parametrize("route", ["B", "EZ", "TB", "TBV"])
def test_on_every_route_a_link_that_was_withdrawn_is_as_good_as_unknown(db: None, route: str) -> None:
    SamenwerkingsverbandFactory()
    row = in_staat(BIJ_PARTIJEN, route=route)
    partij: Partij = row.partijen.filter(soort=OUDER).first()
    given = give_link(
        soort=LINKSOORTEN[OUDER], onderwerp_id=partij.pk, naam=partij.label, geldig_dagen=9, actor=PORTAAL
    )
    Partij.objects.filter(pk=partij.pk).update(link_id=given.link.pk)
    client = Client()
    assert client.post(given.pad, {"code": given.code.lower()}).status_code == 302
    assert row.leerling.naam in client.get(reverse("ondersteuning:ouder")).content.decode()
    withdraw_link(link_id=given.link.pk, actor=PORTAAL)
    for shown in (
        client.get(reverse("ondersteuning:ouder")),
        client.post(reverse("ondersteuning:ouder"), {"eens": "ja", "tekst": ""}),
        client.get(reverse("ondersteuning:ouder_pdf")),
    ):
        assert shown.status_code == 403
        assert "Open uw link opnieuw" in " ".join(shown.content.decode().split())
        assert not reveals(shown.content.decode(), partij)
    again = client.post(given.pad, {"code": given.code})
    assert again.status_code == 422
    assert GEEN_TOEGANG.zin.partition(".")[0] in " ".join(again.content.decode().split())
    assert not Zienswijze.objects.exists()
