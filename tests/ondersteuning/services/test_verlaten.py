"""Applications that nobody hands in: one warning, thirty days, withdrawn by the portal, and destroyed soon after."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGETROKKEN
from ondersteuning.domain.verlaten import Stap, stap
from ondersteuning.models import Aanvraag, Leerling
from ondersteuning.services.aanvraag import trek_in
from ondersteuning.services.invullen import bewaar_stap
from ondersteuning.services.verlaten import ruim_verlaten_op, verlaten
from ondersteuning.services.vernietigen import te_vernietigen, vernietig
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Job
from tests.factories.ondersteuning import in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_weg import run_jobs, to_parties

GEWIJZIGD = date(2024, 3, 10)
WAARSCHUWING = date(2025, 2, 8)
EINDE = date(2025, 3, 10)
DAG = timedelta(days=1)


def untouched(row: Aanvraag, since: date = GEWIJZIGD) -> Aanvraag:
    moment = datetime(since.year, since.month, since.day, 12, tzinfo=UTC)
    Aanvraag.objects.filter(pk=row.pk).update(gewijzigd=moment)
    Leerling.objects.filter(pk=row.leerling_id).update(gewijzigd_op=since)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("warned", "today", "expected"),
    [
        (None, WAARSCHUWING - DAG, None),
        (None, WAARSCHUWING, Stap.WAARSCHUW),
        (None, EINDE + 90 * DAG, Stap.WAARSCHUW),
        (GEWIJZIGD - DAG, WAARSCHUWING, Stap.WAARSCHUW),
        (WAARSCHUWING, EINDE - DAG, None),
        (WAARSCHUWING, EINDE, Stap.TREK_IN),
        (EINDE + 90 * DAG, EINDE + 119 * DAG, None),
        (EINDE + 90 * DAG, EINDE + 120 * DAG, Stap.TREK_IN),
    ],
)
def test_when(warned: date | None, today: date, expected: Stap | None) -> None:
    assert stap(gewijzigd=GEWIJZIGD, gewaarschuwd_op=warned, vandaag=today) == expected


def test_an_abandoned_concept_is_warned_about_withdrawn_and_destroyed(mensen: Mensen) -> None:
    row = untouched(in_staat(CONCEPT, verwijzende_school=mensen.school))
    assert verlaten(vandaag=WAARSCHUWING - DAG) == []
    assert verlaten(vandaag=WAARSCHUWING) == [row.pk]
    assert ruim_verlaten_op(pk=row.pk, vandaag=WAARSCHUWING) is Stap.WAARSCHUW
    assert ruim_verlaten_op(pk=row.pk, vandaag=WAARSCHUWING) is None
    run_jobs()
    sent = mail.outbox
    assert [m.to for m in sent] == [[_address(mensen)]]
    assert sent[0].subject.endswith(f"Maak af of trek in: aanvraag {row.kenmerk}")
    assert "10 maart 2025" in sent[0].body
    for name in ("Kanariepiet", "Mila", "Zeester"):
        assert name not in sent[0].subject + sent[0].body
    assert verlaten(vandaag=EINDE - DAG) == []
    assert verlaten(vandaag=EINDE) == [row.pk]
    assert ruim_verlaten_op(pk=row.pk, vandaag=EINDE) is Stap.TREK_IN
    row.refresh_from_db()
    assert (row.staat, row.afgesloten_op, row.bewaren_tot) == (INGETROKKEN, EINDE, date(2025, 3, 24))
    assert list(Event.objects.filter(onderwerp_id=row.pk).order_by("id").values_list("soort", "door")) == [
        ("aanvraag.verlaten_gewaarschuwd", "het portaal"),
        ("aanvraag.verlaten_ingetrokken", "het portaal"),
    ]
    run_jobs()
    assert len(mail.outbox) == 1
    assert te_vernietigen(vandaag=date(2025, 3, 24)) == []
    assert vernietig(pk=row.pk, vandaag=date(2025, 3, 25))
    assert not Aanvraag.objects.exists()
    assert not Leerling.objects.exists()
    record = Vernietiging.objects.get(soort="dossier van een leerling")
    assert record.regel.startswith("14 dagen na het intrekken")


def _address(mensen: Mensen) -> str:
    from swv_portal.access.models import User

    return User.objects.get(pk=mensen.iber.user_id).email


def test_with_the_parties_the_links_stop(mensen: Mensen) -> None:
    row = untouched(to_parties(mensen))
    Aanvraag.objects.filter(pk=row.pk).update(verlaten_gewaarschuwd_op=WAARSCHUWING)
    assert row.staat == BIJ_PARTIJEN
    assert ruim_verlaten_op(pk=row.pk, vandaag=EINDE) is Stap.TREK_IN
    row.refresh_from_db()
    assert row.gevraagde_school is None
    assert not row.partijen.filter(link_id__isnull=False).exists()


def test_working_on_it_starts_the_year_again(mensen: Mensen) -> None:
    row = untouched(in_staat(CONCEPT, verwijzende_school=mensen.school))
    assert ruim_verlaten_op(pk=row.pk, vandaag=WAARSCHUWING) is Stap.WAARSCHUW
    saved = bewaar_stap(
        actor=mensen.iber, pk=row.pk, versie=row.versie, stap="leerling", gegevens={"groep": "5"}, vandaag=EINDE
    )
    assert not isinstance(saved, Refusal), "being warned is no change: the version is the same"
    untouched(row, WAARSCHUWING + DAG)
    assert ruim_verlaten_op(pk=row.pk, vandaag=EINDE) is None
    assert ruim_verlaten_op(pk=row.pk, vandaag=date(2026, 2, 9)) is Stap.WAARSCHUW


@pytest.mark.parametrize("state", ["ingediend", "aanvulling", "toegekend", "geweigerd", "ingetrokken"])
def test_what_was_handed_in_is_left_alone(db: None, state: str) -> None:
    row = untouched(in_staat(state))
    assert verlaten(vandaag=EINDE + 3000 * DAG) == []
    assert ruim_verlaten_op(pk=row.pk, vandaag=EINDE + 3000 * DAG) is None


def test_without_an_iber_the_director_is_warned(mensen: Mensen, actor_als: object) -> None:
    from tests.factories.kernen import SchoolFactory

    school = SchoolFactory()
    actor_als(Rol.SCHOOLDIRECTEUR, school)  # type: ignore[operator]
    row = untouched(in_staat(CONCEPT, verwijzende_school=school))
    ruim_verlaten_op(pk=row.pk, vandaag=WAARSCHUWING)
    assert Job.objects.filter(soort="mail").count() == 1


def test_what_a_school_withdraws_itself_is_kept_three_years(mensen: Mensen) -> None:
    row = untouched(in_staat(CONCEPT, verwijzende_school=mensen.school))
    ruim_verlaten_op(pk=row.pk, vandaag=WAARSCHUWING)
    answer = trek_in(actor=mensen.iber, pk=row.pk, versie=None, vandaag=EINDE)
    assert not isinstance(answer, Refusal)
    assert answer.bewaren_tot == date(2028, 3, 10)
    assert vernietig(pk=row.pk, vandaag=date(2028, 3, 11))
    assert Vernietiging.objects.get(soort="dossier van een leerling").regel.startswith("3 jaar na")
