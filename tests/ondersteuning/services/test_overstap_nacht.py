"""What the night does: pupils whose day came, cases nobody works on, and what may not be kept any longer."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from ondersteuning.domain.fase import PLAATSING, SIGNALERING, TERUGPLAATSING
from ondersteuning.domain.overstap import BIJ_SWV, CONCEPT, DEFINITIEF, GEVRAAGD, INGETROKKEN
from ondersteuning.models import BaoBao, Leerling, Overstap, Plaatsing, Terugplaatsing
from ondersteuning.queries.taken import taken
from ondersteuning.services.overstap_nacht import doe_de_nacht, gevallen_voor_de_nacht
from ondersteuning.services.schoolperiode import draag_over
from ondersteuning.services.vernietigen import vernietig_leerling, werk_bewaartermijnen_bij
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.common.dates import lange_datum, plus_jaren
from swv_portal.common.scoping import Rol
from tests.factories.kernen import PersoonFactory, SamenwerkingsverbandFactory, SchoolFactory, geef_rol
from tests.factories.overstap import baobao, terugplaatsing
from tests.ondersteuning.services.test_weg import run_jobs

VANDAAG = date(2026, 3, 10)
ActorAls = Callable[..., Actor]


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def test_on_the_day_the_pupil_is_at_the_new_school() -> None:
    row = baobao(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG)
    later = terugplaatsing(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG + timedelta(days=1))
    assert gevallen_voor_de_nacht(vandaag=VANDAAG) == [row.pk]
    assert doe_de_nacht(pk=row.pk, vandaag=VANDAAG)
    assert not doe_de_nacht(pk=later.pk, vandaag=VANDAAG)
    pupil = Leerling.objects.get(pk=row.leerling_id)
    assert pupil.school == row.naar_school
    assert pupil.schoolperioden.get(tot__isnull=True).van == VANDAAG
    assert gevallen_voor_de_nacht(vandaag=VANDAAG) == []
    assert gevallen_voor_de_nacht(vandaag=VANDAAG + timedelta(days=1)) == [later.pk]


def test_who_went_on_since_is_not_moved_back() -> None:
    row = baobao(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG)
    third = baobao().van_school
    Leerling.objects.filter(pk=row.leerling_id).update(school=third)
    row.leerling.schoolperioden.create(school=third, van=VANDAAG + timedelta(days=3))
    assert not doe_de_nacht(pk=row.pk, vandaag=VANDAAG + timedelta(days=4))
    assert Leerling.objects.get(pk=row.leerling_id).school == third


def test_who_was_moved_by_hand_before_the_day_stays_there_and_the_swv_hears_it_once(actor_als: ActorAls) -> None:
    row = baobao(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG)
    staff, third, before = actor_als(Rol.SWV_MEDEWERKER), SchoolFactory(), VANDAAG - timedelta(days=5)
    row.leerling.schoolperioden.create(school=row.van_school, van=VANDAAG - timedelta(days=400))
    moved = draag_over(
        actor=staff, pk=row.leerling_id, versie=None, school=third.pk, per=before, vandaag=VANDAAG - timedelta(days=1)
    )
    assert isinstance(moved, Leerling), moved
    for _ in range(2):
        assert not doe_de_nacht(pk=row.pk, vandaag=VANDAAG)
    assert Leerling.objects.get(pk=row.leerling_id).school == third
    told = Event.objects.filter(soort__endswith=".niet_verplaatst").values_list("soort", flat=True)
    assert sorted(told) == ["baobao.niet_verplaatst", "leerling.niet_verplaatst"]
    title = f"Kijk naar overstap {row.kenmerk}: de leerling was al op een andere school"
    assert title in [task.titel for task in taken(staff.bereik, VANDAAG)]
    assert title not in [task.titel for task in taken(staff.bereik, VANDAAG + timedelta(days=31))]
    # The move by hand was a mistake: back at the old school, the pupil goes over after all.
    Leerling.objects.filter(pk=row.leerling_id).update(school=row.van_school)
    assert doe_de_nacht(pk=row.pk, vandaag=VANDAAG + timedelta(days=1))
    row.refresh_from_db()
    assert (row.niet_verplaatst_op, row.leerling.school) == (None, row.naar_school)


def test_who_was_moved_by_hand_after_the_night_told_it_stays_there(actor_als: ActorAls) -> None:
    row = baobao(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG)
    staff = actor_als(Rol.SWV_MEDEWERKER)
    row.leerling.schoolperioden.create(school=row.van_school, van=VANDAAG - timedelta(days=400))

    def move(school: Any, per: date) -> None:
        moved = draag_over(
            actor=staff, pk=row.leerling_id, versie=None, school=school.pk, per=per, vandaag=VANDAAG + timedelta(days=9)
        )
        assert isinstance(moved, Leerling), moved

    move(SchoolFactory(), VANDAAG - timedelta(days=5))
    assert not doe_de_nacht(pk=row.pk, vandaag=VANDAAG)
    move(row.van_school, VANDAAG + timedelta(days=8))
    assert not doe_de_nacht(pk=row.pk, vandaag=VANDAAG + timedelta(days=10))
    pupil = Leerling.objects.get(pk=row.leerling_id)
    assert pupil.school == row.van_school
    assert pupil.schoolperioden.get(tot__isnull=True).van == VANDAAG + timedelta(days=8)


@pytest.mark.parametrize("staat", [CONCEPT, GEVRAAGD, BIJ_SWV])
def test_what_nobody_worked_on_is_warned_about_and_then_withdrawn(staat: str) -> None:
    row = terugplaatsing(staat)
    user = PersoonFactory()
    geef_rol(user, Rol.IBER, row.van_school)
    today = timezone.localdate()
    early, month, year = today + timedelta(days=330), today + timedelta(days=336), today + timedelta(days=366)
    assert gevallen_voor_de_nacht(vandaag=early) == []
    assert not doe_de_nacht(pk=row.pk, vandaag=early)
    assert gevallen_voor_de_nacht(vandaag=month) == [row.pk]
    assert doe_de_nacht(pk=row.pk, vandaag=month)
    row.refresh_from_db()
    assert (row.staat, row.verlaten_gewaarschuwd_op) == (staat, month)
    assert gevallen_voor_de_nacht(vandaag=month) == []
    assert not doe_de_nacht(pk=row.pk, vandaag=year - timedelta(days=2))
    assert gevallen_voor_de_nacht(vandaag=year) == [row.pk]
    assert doe_de_nacht(pk=row.pk, vandaag=year)
    row.refresh_from_db()
    assert (row.staat, row.gevraagde_school, row.afgesloten_op) == (INGETROKKEN, None, year)
    run_jobs()
    warned, stopped = mail.outbox
    assert warned.to == stopped.to == [user.email]
    assert row.kenmerk in warned.subject
    assert row.kenmerk in stopped.subject
    until = max(plus_jaren(today, 1), month + timedelta(days=30))
    assert f"Dan trekt het portaal dit in op {lange_datum(until)}." in " ".join(warned.body.split())


def test_a_warning_from_before_the_last_change_does_not_count() -> None:
    row = terugplaatsing(GEVRAAGD)
    today = timezone.localdate()
    year = today + timedelta(days=366)
    Overstap.objects.filter(pk=row.pk).update(verlaten_gewaarschuwd_op=today)
    assert doe_de_nacht(pk=row.pk, vandaag=year)
    row.refresh_from_db()
    assert (row.staat, row.verlaten_gewaarschuwd_op) == (GEVRAAGD, year)


def test_the_night_leaves_no_pupil_going_back() -> None:
    row = terugplaatsing(BIJ_SWV)
    Leerling.objects.filter(pk=row.leerling_id).update(fase=TERUGPLAATSING)
    year = timezone.localdate() + timedelta(days=366)
    Overstap.objects.filter(pk=row.pk).update(verlaten_gewaarschuwd_op=year - timedelta(days=31))
    Plaatsing.objects.filter(pk=row.tlv_plaats_id).update(einde=None)
    assert doe_de_nacht(pk=row.pk, vandaag=year)
    change = Leerling.objects.get(pk=row.leerling_id).faseovergangen.get()
    assert (change.fase, change.reden) == (PLAATSING, "De terugplaatsing is ingetrokken.")


def test_from_the_day_on_the_pupil_is_back() -> None:
    row = terugplaatsing(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG)
    # Somebody moved the pupil already: only the phase is left to do.
    Leerling.objects.filter(pk=row.leerling_id).update(fase=TERUGPLAATSING, school=row.naar_school)
    before = VANDAAG - timedelta(days=1)
    assert gevallen_voor_de_nacht(vandaag=before) == []
    assert not doe_de_nacht(pk=row.pk, vandaag=before)
    assert gevallen_voor_de_nacht(vandaag=VANDAAG) == [row.pk]
    assert doe_de_nacht(pk=row.pk, vandaag=VANDAAG)
    change = Leerling.objects.get(pk=row.leerling_id).faseovergangen.get()
    assert (change.fase, change.reden) == (SIGNALERING, "De terugplaatsing is klaar: de leerling is terug.")
    assert gevallen_voor_de_nacht(vandaag=VANDAAG) == []


def test_who_never_moved_in_the_portal_goes_over_all_the_same() -> None:
    """The dossier was still at the former regular school when the return became definite: nobody moved it since."""
    former = SchoolFactory()
    row = terugplaatsing(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG, stond_op=former)
    Leerling.objects.filter(pk=row.leerling_id).update(school=former)
    assert doe_de_nacht(pk=row.pk, vandaag=VANDAAG)
    assert Leerling.objects.get(pk=row.leerling_id).school == row.naar_school


def test_a_return_of_who_went_elsewhere_ends_too() -> None:
    row, third = terugplaatsing(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG), SchoolFactory()
    Leerling.objects.filter(pk=row.leerling_id).update(fase=TERUGPLAATSING, school=third)
    assert doe_de_nacht(pk=row.pk, vandaag=VANDAAG)
    pupil = Leerling.objects.get(pk=row.leerling_id)
    told = "De terugplaatsing is klaar: de leerling is op een andere school."
    assert (pupil.school, pupil.faseovergangen.get().reden) == (third, told)


def test_a_case_goes_after_its_term_and_its_place_stays() -> None:
    row = terugplaatsing(DEFINITIEF, vandaag=VANDAAG, overstap_op=date(2025, 1, 13), bewaren_tot=VANDAAG)
    Leerling.objects.filter(pk=row.leerling_id).update(school=row.naar_school)
    audit.record(actor=PORTAAL, soort="x", onderwerp=row, tekst="Iets.")
    assert not doe_de_nacht(pk=row.pk, vandaag=VANDAAG)
    after = VANDAAG + timedelta(days=1)
    assert gevallen_voor_de_nacht(vandaag=after) == [row.pk]
    assert doe_de_nacht(pk=row.pk, vandaag=after)
    assert not Overstap.objects.exists()
    assert not Terugplaatsing.objects.exists()
    assert Plaatsing.objects.filter(pk=row.budgetplaats_id).exists()
    assert not Event.objects.filter(onderwerp_soort="ondersteuning.terugplaatsing").exists()
    record = Vernietiging.objects.get()
    assert (record.soort, record.rijen, record.gebeurtenissen) == ("overstap van een leerling", 2, 1)
    assert not doe_de_nacht(pk=row.pk, vandaag=after)


def test_the_dossier_of_the_pupil_takes_it_along() -> None:
    row = baobao(DEFINITIEF, vandaag=VANDAAG, bewaren_tot=date(2029, 3, 10))
    audit.record(actor=PORTAAL, soort="x", onderwerp=row, tekst="Iets.")
    assert werk_bewaartermijnen_bij(vandaag=date(2029, 3, 10)) == []
    gone = date(2029, 3, 11)
    assert werk_bewaartermijnen_bij(vandaag=gone) == [row.leerling_id]
    assert vernietig_leerling(pk=row.leerling_id, vandaag=gone)
    assert not BaoBao.objects.exists()
    assert not Event.objects.filter(onderwerp_soort="ondersteuning.baobao").exists()


def test_a_running_case_keeps_the_dossier() -> None:
    row = baobao(GEVRAAGD, vandaag=VANDAAG)
    assert werk_bewaartermijnen_bij(vandaag=date(2040, 1, 1)) == []
    assert Leerling.objects.get(pk=row.leerling_id).bewaren_tot is None
