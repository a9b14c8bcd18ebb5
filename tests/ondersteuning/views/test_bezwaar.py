"""Objections on screen: recording, the steps, the list, and what the others read of it."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import GEWEIGERD, INGEDIEND, OUDER, TOEGEKEND, TWEEDE_DESKUNDIGE
from ondersteuning.domain.bezwaar import EERDER_BESLUIT
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF, beslis_op_bezwaar
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document
from tests.architecture.ouder_formulieren import client_van_link
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import BezwaarFactory, bekendgemaakt, in_staat
from tests.ondersteuning.services.test_besluit import staff
from tests.ondersteuning.services.test_weg import run_jobs

Als = Callable[..., Client]


@pytest.fixture
def swv(als: Als) -> Client:
    return als(Rol.SWV_MEDEWERKER)


@pytest.fixture
def row(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    return bekendgemaakt(in_staat(TOEGEKEND, vandaag=timezone.localdate()))


def filled(client: Client, address: str, **changes: object) -> dict[str, object]:
    key = client.get(address).content.decode().split('name="formuliersleutel" value="')[1].split('"')[0]
    today = f"{timezone.localdate():%d-%m-%Y}"
    base = {"tegen": "besluit", "bezwaarmaker": "ouder_1", "ontvangen_op": today, "gronden": "Getypte gronden."}
    return {**base, "formuliersleutel": key, **changes}


def test_recorded_with_its_letter(swv: Client, als: Als, row: Aanvraag) -> None:
    address = reverse("ondersteuning:bezwaar_nieuw", args=[row.pk])
    assert address in swv.get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    wrong = swv.post(address, filled(swv, address, ontvangen_op="1-1-2020"))
    assert wrong.status_code == 422
    assert "Getypte gronden." in wrong.content.decode()
    file = SimpleUploadedFile("brief van Kanariepiet.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    page = swv.post(address, filled(swv, address, bestand=file), follow=True).content.decode()
    made = Bezwaar.objects.get()
    for words in ("Het bezwaar is vastgelegd.", "Getypte gronden.", "Op tijd", "Awb art. 7:10", "Kies een"):
        assert (words in page) is (words != "Kies een"), words
    letter = Document.objects.get()
    assert letter.naam == f"bezwaarschrift-{made.pk}.pdf"
    fetched = reverse("jobs:document", args=[letter.sleutel])
    assert swv.get(fetched).status_code == 200
    for role, place in ((Rol.IBER, row.verwijzende_school), (Rol.ORTHOPEDAGOOG, row.gevraagde_school)):
        assert als(role, place).get(fetched).status_code == 404


def test_only_parents_who_take_part_can_be_chosen(swv: Client, row: Aanvraag) -> None:
    address = reverse("ondersteuning:bezwaar_nieuw", args=[row.pk])
    parents = list(row.partijen.filter(soort=OUDER).order_by("pk"))
    for number in range(len(parents), 0, -1):
        page = swv.get(address).content.decode()
        assert [f'value="ouder_{each}"' in page for each in (1, 2)] == [number >= 1, number >= 2]
        parents[number - 1].naam = ""
        parents[number - 1].save(update_fields=["naam"])


def test_a_wrong_file_is_refused_and_nothing_is_lost(swv: Client, row: Aanvraag) -> None:
    address = reverse("ondersteuning:bezwaar_nieuw", args=[row.pk])
    file = SimpleUploadedFile("x.exe", b"MZ\x90\x00 een programma", "application/octet-stream")
    answer = swv.post(address, filled(swv, address, bestand=file))
    assert answer.status_code == 422
    assert "Getypte gronden." in answer.content.decode()
    assert not Bezwaar.objects.exists()


def test_the_school_reads_facts_only(als: Als, row: Aanvraag) -> None:
    made = BezwaarFactory(aanvraag=row, gronden="Geheime gronden.")
    page = als(Rol.IBER, row.verwijzende_school).get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    assert "Bezwaar van ouder 1" in page
    assert "Beslissing uiterlijk" in page
    assert "Geheime gronden." not in page
    assert reverse("ondersteuning:bezwaar", args=[made.pk]) not in page


def test_every_step_by_its_page(swv: Client, row: Aanvraag) -> None:
    made = BezwaarFactory(aanvraag=row)
    today = f"{timezone.localdate():%d-%m-%Y}"

    def step(name: str, **data: str) -> int:
        made.refresh_from_db()
        address = reverse("ondersteuning:bezwaar_stap", args=[made.pk, name])
        assert swv.get(address).status_code == 200
        return swv.post(address, {"versie": str(made.versie), **data}).status_code

    assert step("verstuur_verweer", dag="1-1-2020") == 422
    assert step("verstuur_verweer", dag=today) == 302
    assert step("verdaag", toelichting="") == 422
    assert step("verdaag", toelichting="Er is meer tijd nodig.") == 302
    assert swv.get(reverse("ondersteuning:bezwaar_stap", args=[made.pk, "verdaag"])).status_code == 302  # once
    assert step("ontvang_advies", dag=today, toelichting="") == 302
    assert step("beslis", uitkomst="ongegrond", gevolg="vervalt", toelichting="Nee.") == 422
    decision = {"uitkomst": "ongegrond", "gevolg": "blijft", "toelichting": "Nee, want."}
    assert step("beslis", **decision) == 200  # the check page
    assert step("beslis", bevestigd="ja", **decision) == 302
    made.refresh_from_db()
    assert (made.staat, made.uitkomst) == ("beslist", "ongegrond")
    page = swv.get(reverse("ondersteuning:bezwaar", args=[made.pk])).content.decode()
    assert "Nee, want." in page
    assert "Wat kunt u doen" not in page
    closed = swv.get(reverse("ondersteuning:bezwaar_stap", args=[made.pk, "beslis"]))
    assert closed.status_code == 302
    assert swv.get(reverse("ondersteuning:bezwaar_stap", args=[made.pk, "onzin"])).status_code == 404
    assert Event.objects.filter(onderwerp_id=row.pk, lezen=True).exists()


def test_checked_with_the_letter_at_hand(
    swv: Client, row: Aanvraag, django_assert_max_num_queries: Callable[..., object]
) -> None:
    made = BezwaarFactory(aanvraag=row, bezwaarmaker="ander")
    address = reverse("ondersteuning:bezwaar_stap", args=[made.pk, "beslis"])
    data = {"versie": str(made.versie), "uitkomst": "gegrond", "gevolg": "vervalt", "toelichting": "U hebt gelijk."}
    swv.get(address)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        page = swv.post(address, data).content.decode()
    for words in (
        "Controleer uw beslissing",
        "De TLV vervalt",
        "U hebt gelijk.",
        row.verwijzende_school.naam,
        "een e-mail; de brief staat in het dossier",
        "geen link die werkt: stuur de brief per post",
        "<strong>Wie bezwaar maakte</strong>: geen ouder of school: stuur de brief per post",
    ):
        assert words in page, words
    assert "deskundige" not in page.split("Wie krijgt de brief")[1].split("</ul>")[0]
    letter = swv.post(address, data | {"voorbeeld": "ja"})
    name = f"Voorbeeld-Beslissing-op-bezwaar-{row.kenmerk}.pdf"
    assert letter["Content-Disposition"] == f'attachment; filename="{name}"'
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(letter.content)).pages)
    assert "Dit besluit is nog niet genomen" in text
    assert "U hebt gelijk." in text
    assert "Beslis op het bezwaar" in swv.post(address, data | {"wijzig": "ja"}).content.decode()
    made.refresh_from_db()
    row.refresh_from_db()
    assert (made.staat, row.staat) == ("ontvangen", TOEGEKEND)
    assert swv.post(address, data | {"versie": "99", "bevestigd": "ja"}).status_code == 422


def test_an_omission_on_screen(
    swv: Client, row: Aanvraag, django_assert_max_num_queries: Callable[..., object]
) -> None:
    made = BezwaarFactory(aanvraag=row)
    page = reverse("ondersteuning:bezwaar", args=[made.pk])
    asking = reverse("ondersteuning:bezwaar_stap", args=[made.pk, "vraag_herstel"])
    repaired = reverse("ondersteuning:bezwaar_stap", args=[made.pk, "leg_herstel_vast"])
    before = swv.get(page).content.decode()
    assert asking in before
    assert repaired not in before
    assert swv.get(repaired).status_code == 302  # what the page does not offer, its address does not open
    today, until = timezone.localdate(), timezone.localdate() + timedelta(weeks=2)
    assert f'value="{until:%d-%m-%Y}"' in swv.get(asking).content.decode()
    typed = {"versie": "1", "gevraagd_op": f"{today:%d-%m-%Y}", "toelichting": "De redenen ontbreken."}
    wrong = swv.post(asking, typed | {"uiterlijk": f"{today:%d-%m-%Y}"})
    assert wrong.status_code == 422
    assert "Kies een dag na de dag waarop u het vroeg." in wrong.content.decode()
    assert "De redenen ontbreken." in wrong.content.decode()
    after = swv.post(asking, typed | {"uiterlijk": f"{until:%d-%m-%Y}"}, follow=True).content.decode()
    for words in ("De redenen ontbreken.", "Nog niet ontvangen.", "Awb art. 7:10 lid 1"):
        assert words in after, words
    assert repaired in after
    assert asking not in after
    assert swv.get(asking).status_code == 302
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        swv.get(page)
    done = swv.post(repaired, {"versie": "2", "dag": f"{today:%d-%m-%Y}"}, follow=True).content.decode()
    assert "Vastgelegd: wat ontbrak, is er." in done
    assert "Nog niet ontvangen." not in done
    assert asking in done


@pytest.mark.parametrize(("consequence", "state"), [("blijft", GEWEIGERD), ("opnieuw", INGEDIEND)])
def test_a_parent_finds_the_letter_on_the_own_page(db: None, als: Als, consequence: str, state: str) -> None:
    SamenwerkingsverbandFactory()
    refused = bekendgemaakt(in_staat(GEWEIGERD, vandaag=timezone.localdate()))
    made = BezwaarFactory(aanvraag=refused)
    done = beslis_op_bezwaar(
        actor=staff(),
        pk=made.pk,
        versie=None,
        uitkomst="gegrond" if consequence == "opnieuw" else "ongegrond",
        gevolg=consequence,
        toelichting="Daarom.",
        vandaag=timezone.localdate(),
    )
    assert isinstance(done, Bezwaar), done
    run_jobs()
    refused.refresh_from_db()
    assert refused.staat == state
    client = client_van_link(refused.partijen.get(soort=OUDER, volgnummer=1))
    letter = Document.objects.get(soort=BEZWAARBRIEF)
    fetched = reverse("jobs:document", args=[letter.sleutel])
    page = client.get(reverse("ondersteuning:ouder")).content.decode()
    assert fetched in page
    assert "Beroep mogelijk tot en met" in page
    assert ("besluit opnieuw op de aanvraag" in page) is (consequence == "opnieuw")
    assert client.get(fetched).status_code == 200
    expert = client_van_link(refused.partijen.get(soort=TWEEDE_DESKUNDIGE))
    assert expert.get(fetched).status_code == 404
    school = als(Rol.IBER, refused.verwijzende_school)
    assert fetched in school.get(reverse("ondersteuning:dossier", args=[refused.pk])).content.decode()
    assert school.get(fetched).status_code == 200
    swv = als(Rol.SWV_MEDEWERKER).get(reverse("ondersteuning:bezwaar", args=[made.pk])).content.decode()
    assert fetched in swv


def test_who_may_not_decide_reads_why(swv: Client, als: Als, row: Aanvraag) -> None:
    Aanvraag.objects.filter(pk=row.pk).update(besloten_door=swv.user.pk)  # type: ignore[attr-defined]
    row.refresh_from_db()
    made = BezwaarFactory(aanvraag=row)
    page = reverse("ondersteuning:bezwaar", args=[made.pk])
    address = reverse("ondersteuning:bezwaar_stap", args=[made.pk, "beslis"])
    shown = swv.get(page).content.decode()
    assert "Awb art. 10:3 lid 3" in shown
    assert address not in shown
    assert swv.get(address, follow=True).redirect_chain[-1][0] == page
    typed = {"versie": "1", "uitkomst": "gegrond", "gevolg": "vervalt", "toelichting": "Getypte motivering."}
    refused = swv.post(address, typed)
    assert refused.status_code == 422
    assert "Getypte motivering." in refused.content.decode()
    # A colleague may, but does not undo what was decided since.
    colleague = als(Rol.SWV_MEDEWERKER)
    assert address in colleague.get(page).content.decode()
    assert 'value="vervalt"' in colleague.get(address).content.decode()
    Aanvraag.objects.filter(pk=row.pk).update(besluit_keer=made.keer + 1)
    form = colleague.get(address).content.decode()
    assert EERDER_BESLUIT in form
    assert 'value="vervalt"' not in form


def test_the_list_and_its_filter(swv: Client, row: Aanvraag) -> None:
    address = reverse("ondersteuning:bezwaren")
    assert "Er loopt geen bezwaar." in swv.get(address).content.decode()
    BezwaarFactory(aanvraag=row)
    assert row.kenmerk in swv.get(address).content.decode()
    assert row.kenmerk not in swv.get(address, {"staat": "beslist"}).content.decode()
    assert row.kenmerk in swv.get(address, {"staat": ""}).content.decode()


def test_as_many_queries_for_thirty_as_for_one(
    swv: Client, row: Aanvraag, django_assert_max_num_queries: Callable[..., object]
) -> None:
    BezwaarFactory(aanvraag=row)
    swv.get(reverse("ondersteuning:bezwaren"))
    for _ in range(29):
        BezwaarFactory(aanvraag=row)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        page = swv.get(reverse("ondersteuning:bezwaren")).content.decode()
    assert "30 bezwaren" in page
