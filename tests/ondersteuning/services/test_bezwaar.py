"""Objections: recorded, answered in time, decided, and what that does with the TLV and with how long it is kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from ondersteuning.domain.aanvraag import BEEINDIGD, GEWEIGERD, INGEDIEND, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag, Bezwaar, Plaatsing
from ondersteuning.queries.bezwaar import vraag_bezwaar
from ondersteuning.services.besluit import ken_toe
from ondersteuning.services.bezwaar import (
    Opgave,
    leg_bezwaar_vast,
    ontvang_advies,
    trek_bezwaar_in,
    verstuur_verweer,
)
from ondersteuning.services.bezwaar_beslissing import beslis_op_bezwaar
from ondersteuning.services.bezwaar_termijn import verdaag
from ondersteuning.services.intrekken import trek_tlv_in
from ondersteuning.services.partijen import nodig_uit
from ondersteuning.services.vernietigen import te_vernietigen, vernietig
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.common.scoping import Rol
from swv_portal.common.taskqueries import taken_uit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.domain.filetypes import PDF
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.uploads import Upload
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import VANDAAG, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_besluit import at_once, staff
from tests.ondersteuning.services.test_weg import run_jobs

#: Announced on Monday 10 March 2025: six weeks end on tweede paasdag, so on 22 April.
TOT = date(2025, 4, 22)
LATER = date(2025, 4, 1)


def announced(mensen: Mensen, staat: str) -> Aanvraag:
    row = in_staat(staat, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    Aanvraag.objects.filter(pk=row.pk).update(bekendgemaakt_op=VANDAAG, bezwaar_tot=TOT)
    row.refresh_from_db()
    return row


@pytest.fixture
def toegekend(mensen: Mensen) -> Aanvraag:
    return announced(mensen, TOEGEKEND)


def opgave(**changes: Any) -> Opgave:
    values = {"tegen": "besluit", "bezwaarmaker": "ouder_1", "ontvangen_op": LATER, "gronden": "Te ver weg."} | changes
    return Opgave(**values)


def record(row: Aanvraag, *, vandaag: date = LATER, actor: Any = None, **changes: Any) -> Bezwaar | Refusal:
    return leg_bezwaar_vast(actor=actor or staff(), pk=row.pk, opgave=opgave(**changes), vandaag=vandaag)


def recorded(row: Aanvraag, **changes: Any) -> Bezwaar:
    made = record(row, **changes)
    assert isinstance(made, Bezwaar), made
    return made


def decide(made: Bezwaar, outcome: str, consequence: str = "blijft", **changes: Any) -> Bezwaar | Refusal:
    values = {
        "versie": None,
        "uitkomst": outcome,
        "gevolg": consequence,
        "toelichting": "Daarom.",
        "vandaag": date(2025, 6, 16),
    }
    return beslis_op_bezwaar(actor=staff(), pk=made.pk, **(values | changes))


def test_recorded_with_its_terms_and_told(mensen: Mensen, toegekend: Aanvraag) -> None:
    parent = toegekend.partijen.get(soort="ouder", volgnummer=1)
    nodig_uit(actor=mensen.iber, pk=toegekend.pk, partij_pk=parent.pk, vandaag=VANDAAG)
    run_jobs()
    mail.outbox.clear()
    upload = Upload(PDF, b"%PDF-1.7 brief", Document.Staat.GOED)
    made = recorded(toegekend, bestand=upload)
    assert (made.staat, made.te_laat, made.termijn_tot) == ("ontvangen", False, TOT)
    assert made.verweer_uiterlijk == date(2025, 4, 15)
    assert made.beslis_uiterlijk == date(2025, 7, 15)
    letter = Document.objects.get(soort="ondersteuning.bezwaarschrift")
    assert (letter.onderwerp_soort, letter.onderwerp_id) == ("ondersteuning.bezwaar", made.pk)
    run_jobs()
    told = {m.to[0]: m.body for m in mail.outbox}
    assert "Er is een bezwaar ontvangen" in told["ouder1@test.example"]
    assert all("Te ver weg" not in body for body in told.values())
    assert not Event.objects.filter(tekst__contains="Te ver weg").exists()
    titles = {(task.titel, task.deadline) for task in taken_uit(vraag_bezwaar(staff().bereik))}
    assert titles == {
        (f"Stuur het verweer bij {toegekend.kenmerk}", date(2025, 4, 15)),
        (f"Beslis op het bezwaar bij {toegekend.kenmerk}", date(2025, 7, 15)),
    }


@pytest.mark.parametrize(
    ("received", "posted", "late"),
    [
        (TOT, None, False),
        (date(2025, 4, 29), TOT, False),
        (date(2025, 4, 30), TOT, True),
        (date(2025, 5, 6), None, True),
    ],
)
def test_too_late_is_recorded_and_marked(toegekend: Aanvraag, received: date, posted: date | None, late: bool) -> None:
    made = recorded(toegekend, ontvangen_op=received, poststempel_op=posted, vandaag=date(2025, 5, 7))
    assert made.te_laat is late
    assert made.beslis_uiterlijk == date(2025, 7, 15)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ontvangen_op": LATER + timedelta(days=1)}, "ontvangen"),
        ({"ontvangen_op": VANDAAG - timedelta(days=1)}, "ontvangen"),
        ({"poststempel_op": LATER + timedelta(days=1)}, "poststempel"),
        ({"tegen": "intrekking"}, "geen_besluit"),
    ],
)
def test_recording_refused(toegekend: Aanvraag, changes: dict[str, Any], code: str) -> None:
    answer = record(toegekend, **changes)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert not Bezwaar.objects.exists()


def test_one_objection_per_party_at_a_time(toegekend: Aanvraag) -> None:
    first = recorded(toegekend)
    again = record(toegekend)
    assert isinstance(again, Refusal)
    assert again.code == "loopt_al"
    recorded(toegekend, bezwaarmaker="ouder_2")
    trek_bezwaar_in(actor=staff(), pk=first.pk, versie=None, vandaag=LATER)
    recorded(toegekend)


def test_only_after_the_letter_and_only_by_the_swv(mensen: Mensen, toegekend: Aanvraag, actor_als: Any) -> None:
    waits = in_staat(WORDT_VERSTUURD, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    answer = record(waits)
    assert isinstance(answer, Refusal)
    assert answer.code == "geen_besluit"
    for actor in (mensen.iber, mensen.ortho):
        refused = record(toegekend, actor=actor)
        assert isinstance(refused, Refusal)
        assert refused.code == "rol"
    made = recorded(toegekend)
    for actor in (mensen.iber, actor_als(Rol.CONTROLLER)):
        with pytest.raises(NotVisible):
            trek_bezwaar_in(actor=actor, pk=made.pk, versie=None, vandaag=LATER)


def test_the_steps_and_their_days(toegekend: Aanvraag) -> None:
    made = recorded(toegekend)
    early = verstuur_verweer(actor=staff(), pk=made.pk, versie=None, dag=VANDAAG, vandaag=LATER)
    assert isinstance(early, Refusal)
    assert early.veld == "dag"
    sent = verstuur_verweer(actor=staff(), pk=made.pk, versie=made.versie, dag=LATER, vandaag=LATER)
    assert isinstance(sent, Bezwaar)
    assert (sent.staat, sent.verweer_op) == ("verweer", LATER)
    old = ontvang_advies(
        actor=staff(), pk=made.pk, versie=made.versie, dag=LATER, toelichting="Ongegrond.", vandaag=LATER
    )
    assert isinstance(old, Refusal)
    assert old.code == "verouderd"
    advised = ontvang_advies(actor=staff(), pk=made.pk, versie=None, dag=LATER, toelichting="Ongegrond.", vandaag=LATER)
    assert isinstance(advised, Bezwaar)
    assert (advised.staat, advised.advies) == ("advies", "Ongegrond.")
    back = verstuur_verweer(actor=staff(), pk=made.pk, versie=None, dag=LATER, vandaag=LATER)
    assert isinstance(back, Refusal)
    assert back.code == "staat"


def extend(made: Bezwaar, **changes: Any) -> Bezwaar | Refusal:
    return verdaag(actor=staff(), pk=made.pk, **({"versie": None, "toelichting": "Druk.", "vandaag": LATER} | changes))


def test_extended_once_in_time_and_told(mensen: Mensen, toegekend: Aanvraag) -> None:
    made = recorded(toegekend)
    for changes, code in (({"toelichting": " "}, "toelichting"), ({"vandaag": date(2025, 7, 16)}, "te_laat")):
        answer = extend(made, **changes)
        assert isinstance(answer, Refusal)
        assert answer.code == code
    parent = toegekend.partijen.get(soort="ouder", volgnummer=1)
    nodig_uit(actor=mensen.iber, pk=toegekend.pk, partij_pk=parent.pk, vandaag=VANDAAG)
    run_jobs()
    mail.outbox.clear()
    done = extend(made, vandaag=date(2025, 7, 15))
    assert isinstance(done, Bezwaar)
    assert done.beslis_uiterlijk == date(2025, 8, 26)
    run_jobs()
    assert any("uiterlijk op 26 augustus 2025" in m.body for m in mail.outbox)
    again = extend(made)
    assert isinstance(again, Refusal)
    assert again.code == "verdaagd"


def test_unfounded_changes_nothing_of_the_tlv(toegekend: Aanvraag) -> None:
    made = recorded(toegekend)
    without = decide(made, "ongegrond", toelichting=" ")
    assert isinstance(without, Refusal)
    assert without.code == "toelichting"
    wrong = decide(made, "ongegrond", "vervalt")
    assert isinstance(wrong, Refusal)
    assert wrong.code == "gevolg"
    assert isinstance(decide(made, "ongegrond"), Bezwaar)
    toegekend.refresh_from_db()
    assert toegekend.staat == TOEGEKEND
    again = decide(made, "gegrond")
    assert isinstance(again, Refusal)
    assert again.code == "staat"


def test_founded_against_a_grant_the_tlv_ends(toegekend: Aanvraag) -> None:
    assert isinstance(decide(recorded(toegekend), "gegrond", "vervalt"), Bezwaar)
    toegekend.refresh_from_db()
    assert (toegekend.staat, toegekend.ingetrokken_per) == (BEEINDIGD, date(2025, 6, 16))
    assert toegekend.tlvnummer is not None


def test_founded_against_a_refusal_it_is_decided_again(mensen: Mensen) -> None:
    row = announced(mensen, GEWEIGERD)
    assert isinstance(decide(recorded(row), "gegrond", "opnieuw"), Bezwaar)
    row.refresh_from_db()
    assert (row.staat, row.bekendgemaakt_op, row.bewaren_tot) == (INGEDIEND, None, None)
    assert row.eigen_uiterlijk == date(2025, 7, 28)  # six weeks from the decision on the objection
    again = ken_toe(
        actor=mensen.swv,
        pk=row.pk,
        versie=None,
        geldig_van=date(2025, 8, 1),
        geldig_tot=date(2027, 7, 31),
        motivering="",
        vandaag=date(2025, 6, 17),
    )
    assert isinstance(again, Aanvraag)
    run_jobs()
    row.refresh_from_db()
    assert row.staat == TOEGEKEND
    assert row.bekendgemaakt_op is not None
    assert Plaatsing.objects.get().aanvraag == row


def test_founded_against_a_withdrawal_the_tlv_counts_again(mensen: Mensen, toegekend: Aanvraag) -> None:
    withdrawn = trek_tlv_in(
        actor=mensen.swv, pk=toegekend.pk, versie=None, per=date(2025, 9, 1), reden="Verhuisd.", vandaag=LATER
    )
    assert isinstance(withdrawn, Aanvraag)
    run_jobs()
    toegekend.refresh_from_db()
    assert toegekend.intrekking_bekend_op is not None
    day = toegekend.intrekking_bekend_op + timedelta(days=3)
    made = recorded(toegekend, tegen="intrekking", ontvangen_op=day, vandaag=day)
    assert made.termijn_tot == toegekend.intrekking_bezwaar_tot
    assert isinstance(decide(made, "gegrond", "herleeft", vandaag=day), Bezwaar)
    toegekend.refresh_from_db()
    assert (toegekend.staat, toegekend.ingetrokken_per) == (TOEGEKEND, None)
    assert Plaatsing.objects.get().einde == date(2027, 7, 31)


def test_an_objection_keeps_the_dossier(toegekend: Aanvraag) -> None:
    Aanvraag.objects.filter(pk=toegekend.pk).update(bewaren_tot=date(2025, 4, 2))
    made = recorded(toegekend)
    toegekend.refresh_from_db()
    assert toegekend.bewaren_tot == date(2028, 7, 15)  # three years after the last day to decide
    assert te_vernietigen(vandaag=date(2029, 1, 1)) == []  # it still runs
    assert isinstance(decide(made, "ongegrond", vandaag=date(2026, 1, 12)), Bezwaar)
    toegekend.refresh_from_db()
    assert toegekend.bewaren_tot == date(2029, 1, 12)
    assert te_vernietigen(vandaag=date(2029, 1, 12)) == []
    assert te_vernietigen(vandaag=date(2029, 1, 13)) == [toegekend.pk]


def test_destroyed_with_its_letter_and_a_record(toegekend: Aanvraag) -> None:
    made = recorded(toegekend, bestand=Upload(PDF, b"%PDF-1.7 brief", Document.Staat.GOED))
    decide(made, "ongegrond")
    Aanvraag.objects.filter(pk=toegekend.pk).update(bewaren_tot=date(2028, 6, 16))
    assert vernietig(pk=toegekend.pk, vandaag=date(2028, 6, 17)) is True
    assert not Bezwaar.objects.exists()
    assert not Document.objects.filter(soort="ondersteuning.bezwaarschrift").exists()
    record_of = Vernietiging.objects.get(soort="bezwaar bij een dossier")
    assert (record_of.rijen, record_of.bestanden) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once() -> None:
    SamenwerkingsverbandFactory()
    row = in_staat(TOEGEKEND)
    Aanvraag.objects.filter(pk=row.pk).update(bekendgemaakt_op=VANDAAG, bezwaar_tot=TOT)
    made = recorded(row)
    answers = at_once([lambda: decide(made, "ongegrond"), lambda: decide(made, "gegrond", "vervalt")])
    assert sum(isinstance(answer, Bezwaar) for answer in answers) == 1
    made.refresh_from_db()
    row.refresh_from_db()
    assert (row.staat == BEEINDIGD) is (made.uitkomst == "gegrond")
