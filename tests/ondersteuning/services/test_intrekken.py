"""Withdrawing a TLV, more time for a decision, and who pays: what is stored, told and refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from ondersteuning.domain.aanvraag import BEEINDIGD, INGEDIEND, TOEGEKEND
from ondersteuning.domain.betaler import Betaalreden, Keuze
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.queries.betaler import stel_betaler_voor
from ondersteuning.reports.brieven import intrekkingsbrief
from ondersteuning.services.besluit import ken_toe
from ondersteuning.services.intrekken import trek_tlv_in
from ondersteuning.services.partijen import nodig_uit
from ondersteuning.services.termijnen import verleng
from swv_portal.audit.models import Event
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import read_document
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, PlaatsingFactory, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_weg import run_jobs


@pytest.fixture
def toegekend(mensen: Mensen) -> Aanvraag:
    row = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    Aanvraag.objects.filter(pk=row.pk).update(bekendgemaakt_op=VANDAAG)
    PlaatsingFactory(verwijzing=str(row.tlvnummer), aanvraag=row, begin=row.geldig_van, einde=row.geldig_tot)
    for party in row.partijen.all():
        nodig_uit(actor=mensen.iber, pk=row.pk, partij_pk=party.pk, vandaag=VANDAAG)
    run_jobs()
    mail.outbox.clear()
    return row


def withdraw(mensen: Mensen, row: Aanvraag, **changes: Any) -> Aanvraag | Refusal:
    values = {"versie": None, "per": date(2026, 2, 1), "reden": "Verhuisd.", "vandaag": VANDAAG} | changes
    return trek_tlv_in(actor=mensen.swv, pk=row.pk, **values)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"reden": " "}, "reden", "reden"),
        ({"per": date(2025, 3, 9)}, "terugwerkend", "per"),
        ({"per": date(2025, 7, 31)}, "voor_begin", "per"),
        ({"per": date(2027, 8, 1)}, "te_laat", "per"),
        ({"versie": 99}, "verouderd", None),
    ],
)
def test_withdrawing_refused(
    mensen: Mensen, toegekend: Aanvraag, changes: dict[str, Any], code: str, field: str | None
) -> None:
    answer = withdraw(mensen, toegekend, **changes)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.veld) == (code, field)
    toegekend.refresh_from_db()
    assert toegekend.staat == TOEGEKEND


def test_only_the_swv_withdraws(mensen: Mensen, toegekend: Aanvraag) -> None:
    for actor in (mensen.iber, mensen.ortho):
        answer = trek_tlv_in(
            actor=actor, pk=toegekend.pk, versie=None, per=date(2026, 2, 1), reden="x", vandaag=VANDAAG
        )
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"


def test_withdrawn(mensen: Mensen, toegekend: Aanvraag) -> None:
    done = withdraw(mensen, toegekend)
    assert isinstance(done, Aanvraag)
    assert (done.staat, done.tlvnummer, done.intrekking_reden) == (BEEINDIGD, toegekend.tlvnummer, "Verhuisd.")
    assert done.bewaren_tot == date(2029, 1, 31)
    assert Plaatsing.objects.get().einde == date(2026, 1, 31)
    run_jobs()
    done.refresh_from_db()
    assert done.intrekking_bekend_op is not None
    assert done.intrekking_bezwaar_tot is not None
    assert done.intrekking_bezwaar_tot >= done.intrekking_bekend_op + timedelta(weeks=6)
    letter = Document.objects.get(soort="ondersteuning.intrekkingsbrief")
    assert letter.naam == f"Intrekking-{done.tlvnummer}.pdf"
    assert read_document(letter).startswith(b"%PDF")
    assert {"ouder1@test.example", "ouder2@test.example"} <= {address for m in mail.outbox for address in m.to}
    assert all("Kanariepiet" not in m.subject + m.body for m in mail.outbox)
    told = set(Event.objects.filter(onderwerp_id=done.pk, soort="aanvraag.bericht").values_list("tekst", flat=True))
    assert "Bericht gestuurd aan ouder 1: Het besluit is ingetrokken." in told
    assert "Bericht gestuurd aan de school van de leerling: Het besluit is ingetrokken." in told


def test_the_letter_names_what_was_given(mensen: Mensen, toegekend: Aanvraag) -> None:
    row = withdraw(mensen, toegekend)
    assert isinstance(row, Aanvraag)
    for route, words in (("A", "de toelaatbaarheidsverklaring (TLV)"), ("DI", "het instroombudget")):
        row.route = route
        (opening,) = intrekkingsbrief(row, dag=VANDAAG).alineas["opening"]
        assert f"trekt {words} van" in "".join(piece.tekst for piece in opening)


def test_withdrawn_from_its_first_day_it_never_was(mensen: Mensen, toegekend: Aanvraag) -> None:
    assert isinstance(withdraw(mensen, toegekend, per=date(2025, 8, 1)), Aanvraag)
    assert not Plaatsing.objects.exists()


@pytest.fixture
def ingediend(mensen: Mensen) -> Aanvraag:
    return in_staat(INGEDIEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)


def more_time(mensen: Mensen, row: Aanvraag, **changes: Any) -> Aanvraag | Refusal:
    values = {"versie": None, "uiterlijk": date(2025, 6, 2), "toelichting": "Druk.", "vandaag": VANDAAG} | changes
    return verleng(actor=mensen.swv, pk=row.pk, **values)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"toelichting": ""}, "toelichting"),
        ({"uiterlijk": date(2025, 5, 6)}, "niet_later"),
        ({"uiterlijk": date(2025, 7, 2)}, "te_lang"),
        ({"vandaag": date(2025, 5, 7)}, "te_laat"),
        ({"versie": 99}, "verouderd"),
    ],
)
def test_more_time_refused(mensen: Mensen, ingediend: Aanvraag, changes: dict[str, Any], code: str) -> None:
    answer = more_time(mensen, ingediend, **changes)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_more_time_moves_both_terms_and_is_told(mensen: Mensen, ingediend: Aanvraag) -> None:
    parent = ingediend.partijen.get(soort="ouder", volgnummer=1)
    nodig_uit(actor=mensen.iber, pk=ingediend.pk, partij_pk=parent.pk, vandaag=VANDAAG)
    run_jobs()
    mail.outbox.clear()
    done = more_time(mensen, ingediend)
    assert isinstance(done, Aanvraag)
    assert (done.staat, done.eigen_uiterlijk, done.wettelijk_uiterlijk) == (
        INGEDIEND,
        date(2025, 6, 2),
        date(2025, 6, 2),
    )
    run_jobs()
    bodies = {m.to[0]: m.body for m in mail.outbox}
    assert "uiterlijk op 2 juni 2025" in bodies["ouder1@test.example"]
    assert "ouder2@test.example" not in bodies  # was never given a link
    told = set(Event.objects.filter(onderwerp_id=done.pk, soort="aanvraag.bericht").values_list("tekst", flat=True))
    assert any(line.startswith("Geen bericht aan ouder 2") for line in told)
    again = more_time(mensen, ingediend, uiterlijk=date(2025, 6, 16))
    assert isinstance(again, Refusal)
    assert again.code == "verlengd"


def decide(mensen: Mensen, row: Aanvraag, chosen: Keuze | None) -> Aanvraag | Refusal:
    return ken_toe(
        actor=mensen.swv,
        pk=row.pk,
        versie=None,
        geldig_van=date(2025, 8, 1),
        geldig_tot=date(2027, 7, 31),
        motivering="",
        vandaag=VANDAAG,
        betaling=chosen,
    )


def test_who_pays_is_kept_with_the_place(mensen: Mensen, ingediend: Aanvraag) -> None:
    previous = SchoolFactory(naam="Basisschool De Duif")
    done = decide(mensen, ingediend, Keuze(Betaalreden.BAO_BAO, "Overstap.", previous.pk))
    assert isinstance(done, Aanvraag)
    run_jobs()
    place = Plaatsing.objects.get()
    assert (place.kostendrager, place.betaalreden) == ("vorige_school", "bao_bao")
    assert place.school_verwijzend == previous


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (Keuze(Betaalreden.OPVANG), "toelichting"),
        (Keuze(Betaalreden.BAO_BAO, "Overstap."), "vorige_school"),
        (Keuze(Betaalreden.BAO_BAO, "Overstap.", 99_999_999), "vorige_school"),
    ],
)
def test_payer_refused(mensen: Mensen, ingediend: Aanvraag, chosen: Keuze, code: str) -> None:
    answer = decide(mensen, ingediend, chosen)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    ingediend.refresh_from_db()
    assert (ingediend.staat, ingediend.tlvnummer) == (INGEDIEND, None)


def test_what_is_proposed(mensen: Mensen, ingediend: Aanvraag) -> None:
    assert stel_betaler_voor(ingediend, vandaag=VANDAAG).keuze == Keuze(Betaalreden.VERWIJZER)
    earlier = in_staat(TOEGEKEND, verwijzende_school=mensen.school, leerling=ingediend.leerling)
    Aanvraag.objects.filter(pk=earlier.pk).update(kostendrager="swv", betaalreden="route_d")
    proposed = stel_betaler_voor(ingediend, vandaag=VANDAAG)
    assert proposed.keuze.reden is Betaalreden.ROUTE_D
    assert earlier.kenmerk in proposed.zin
    assert isinstance(decide(mensen, ingediend, proposed.keuze), Aanvraag)
