"""Personal links as mail scanners, forwarders and mistakes meet them: nothing is shown, used up or changed."""

from typing import Any

import pytest
from django.forms import model_to_dict
from django.test import Client
from django.urls import reverse

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INSTELLING, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.models import Aanvraag, Advies, Kindformulier, Partij, Sectiereactie, Zienswijze
from ondersteuning.queries.partijregels import LINKSOORTEN
from swv_portal.access.actors import PORTAAL
from swv_portal.access.services.links import GEEN_TOEGANG, Uitgegeven, give_link
from swv_portal.audit.models import Event
from swv_portal.jobs.models import Job
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
]
ELKE_SOORT = pytest.mark.parametrize("soort", sorted(STARTS))


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
    for number in range(50):
        answer = Client(REMOTE_ADDR=f"192.0.2.{number + 1}").post(given.pad, {"code": ""})
        assert answer.status_code == 422
        assert not reveals(answer.content.decode(), partij)
    assert everything(given) == before
    assert Client().post(given.pad, {"code": given.code}).status_code == 302


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
