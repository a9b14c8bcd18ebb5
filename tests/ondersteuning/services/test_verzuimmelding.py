"""Reporting absence, following it and closing it: what is written, and who may."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404

from ondersteuning.domain.aanwezigheid import Alarm
from ondersteuning.models import (
    Aanwezigheidsinstellingen,
    Leerling,
    Verzuimactie,
    Verzuimmelding,
    Zorgplichtbesluit,
)
from ondersteuning.queries.aanwezigheid import Verzuimfilter, gefilterd
from ondersteuning.services.instellingen import AANWEZIGHEID, bewaar_instellingen
from ondersteuning.services.vernietigen import vernietig_leerling, werk_bewaartermijnen_bij
from ondersteuning.services.verzuimacties import actie_gedaan, noteer_actie
from ondersteuning.services.verzuimalarm import alarmeer, te_alarmeren
from ondersteuning.services.verzuimmelding import VELDEN, meld, sluit_af, wijzig_melding, zet_aanpak, zet_stap
from ondersteuning.services.zorgplicht import leg_zorgplicht_vast
from swv_portal.access.actors import Actor
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Job
from tests.factories.aanwezigheid import VerzuimactieFactory, VerzuimmeldingFactory, afgesloten
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory

pytestmark = pytest.mark.django_db
ActorAls = Callable[..., Actor]
VANDAAG = date(2025, 1, 10)


def waarden(**changes: Any) -> dict[str, Any]:
    return {
        "soort": "ongeoorloofd",
        "vrijstelling": False,
        "eerste_dag": date(2025, 1, 6),
        "laatste_aanwezig": None,
        "dagen_per_week": Decimal(5),
        "oorzaak": "jeugdhulp",
        "toelichting": "Komt de deur niet uit.",
        "bestuur_gemeld_op": None,
        "leerplicht_gemeld_op": None,
        **changes,
    }


def nieuw(naam: str = "Kanariepiet") -> dict[str, Any]:
    return {"voornamen": "Mila Test", "achternaam": naam, "geboortedatum": date(2016, 5, 4)}


def mails(zin: str) -> int:
    return sum(zin in str(job.geheim) for job in Job.objects.filter(soort="mail"))


def test_a_new_pupil_gets_a_dossier_and_the_report_a_reference(actor_als: ActorAls) -> None:
    school = SchoolFactory()
    row = meld(
        actor=actor_als(Rol.IBER, school),
        school_id=school.pk,
        leerling_id=None,
        nieuwe_leerling=nieuw(),
        waarden=waarden(),
        vandaag=VANDAAG,
    )
    assert isinstance(row, Verzuimmelding)
    assert (row.staat, row.school, row.gemeld_op, row.aanpak) == ("gemeld", school, VANDAAG, "tel")
    assert row.kenmerk.startswith("V-2425-")
    assert row.leerling.naam == "Mila Test Kanariepiet"
    assert row.leerling.zoeksleutels
    assert Event.objects.filter(soort="verzuim.gemeld", onderwerp_id=row.pk).count() == 1


def test_a_pupil_with_a_dossier_is_not_typed_again(actor_als: ActorAls) -> None:
    school = SchoolFactory()
    actor, pupil = actor_als(Rol.IBER, school), LeerlingFactory(school=school)
    row = meld(
        actor=actor, school_id=school.pk, leerling_id=pupil.pk, nieuwe_leerling={}, waarden=waarden(), vandaag=VANDAAG
    )
    assert isinstance(row, Verzuimmelding)
    assert row.leerling == pupil
    again = meld(
        actor=actor, school_id=school.pk, leerling_id=pupil.pk, nieuwe_leerling={}, waarden=waarden(), vandaag=VANDAAG
    )
    assert isinstance(again, list)
    assert (again[0].code, again[0].veld) == ("loopt_al", "leerling")
    assert row.kenmerk in again[0].zin


def test_what_is_refused_leaves_no_dossier_behind(actor_als: ActorAls) -> None:
    school = SchoolFactory()
    wrong = waarden(eerste_dag=date(2025, 1, 11))
    answer = meld(
        actor=actor_als(Rol.IBER, school),
        school_id=school.pk,
        leerling_id=None,
        nieuwe_leerling=nieuw(),
        waarden=wrong,
        vandaag=VANDAAG,
    )
    assert isinstance(answer, list)
    assert [refusal.veld for refusal in answer] == ["eerste_dag"]
    assert not Leerling.objects.exists()
    assert not Verzuimmelding.objects.exists()


def test_nobody_reports_for_another_school(actor_als: ActorAls) -> None:
    school, pupil = SchoolFactory(), LeerlingFactory()
    with pytest.raises(Http404):
        meld(
            actor=actor_als(Rol.IBER),
            school_id=school.pk,
            leerling_id=None,
            nieuwe_leerling=nieuw(),
            waarden=waarden(),
            vandaag=VANDAAG,
        )
    with pytest.raises(Http404):
        meld(
            actor=actor_als(Rol.IBER, school),
            school_id=school.pk,
            leerling_id=pupil.pk,
            nieuwe_leerling={},
            waarden=waarden(),
            vandaag=VANDAAG,
        )
    answer = meld(
        actor=actor_als(Rol.ORTHOPEDAGOOG, school),
        school_id=school.pk,
        leerling_id=None,
        nieuwe_leerling=nieuw(),
        waarden=waarden(),
        vandaag=VANDAAG,
    )
    assert isinstance(answer, list)
    assert answer[0].code == "rol"


def test_another_first_day_makes_the_alarms_count_anew(actor_als: ActorAls) -> None:
    row = VerzuimmeldingFactory(vier_weken_gemeld_op=date(2025, 2, 3))
    actor = actor_als(Rol.IBER, row.school)
    same = {name: getattr(row, name) for name in VELDEN}
    answer = wijzig_melding(actor=actor, pk=row.pk, versie=1, waarden=same | {"oorzaak": "thuis"}, vandaag=VANDAAG)
    assert isinstance(answer, Verzuimmelding)
    assert (answer.oorzaak, answer.versie, answer.vier_weken_gemeld_op) == ("thuis", 2, date(2025, 2, 3))
    moved = same | {"eerste_dag": date(2025, 1, 8)}
    answer = wijzig_melding(actor=actor, pk=row.pk, versie=2, waarden=moved, vandaag=VANDAAG)
    assert isinstance(answer, Verzuimmelding)
    assert answer.vier_weken_gemeld_op is None


def test_the_way_of_a_case(actor_als: ActorAls) -> None:
    row, staff = VerzuimmeldingFactory(), actor_als(Rol.SWV_MEDEWERKER)
    taken = zet_stap(actor=staff, pk=row.pk, versie=1, stap="neem_in_behandeling", vandaag=VANDAAG)
    assert isinstance(taken, Verzuimmelding)
    assert (taken.staat, taken.consulent_id) == ("in_behandeling", staff.user_id)
    step = zet_aanpak(actor=staff, pk=row.pk, versie=2, aanpak="tempo", consulent=None, vandaag=VANDAAG)
    assert isinstance(step, Verzuimmelding)
    assert (step.aanpak, step.consulent_id) == ("tempo", None)
    school = actor_als(Rol.SCHOOLDIRECTEUR, row.school)
    closed = sluit_af(
        actor=school, pk=row.pk, versie=3, soort="terug", einde=date(2025, 1, 9), reden="Weer terug.", vandaag=VANDAAG
    )
    assert isinstance(closed, Verzuimmelding)
    assert (closed.staat, closed.einde_op, closed.bewaren_tot) == ("afgesloten", date(2025, 1, 9), date(2028, 1, 10))
    again = zet_stap(actor=staff, pk=row.pk, versie=4, stap="heropen", vandaag=VANDAAG)
    assert isinstance(again, Verzuimmelding)
    assert (again.staat, again.einde_op, again.einde_soort, again.bewaren_tot) == ("heropend", None, "", None)


def test_what_the_school_may_not(actor_als: ActorAls) -> None:
    row = VerzuimmeldingFactory()
    school = actor_als(Rol.IBER, row.school)
    for answer in (
        zet_stap(actor=school, pk=row.pk, versie=1, stap="neem_in_behandeling", vandaag=VANDAAG),
        zet_aanpak(actor=school, pk=row.pk, versie=1, aanpak="ken", consulent=None, vandaag=VANDAAG),
    ):
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"
    with pytest.raises(Http404):
        sluit_af(
            actor=actor_als(Rol.IBER), pk=row.pk, versie=1, soort="terug", einde=VANDAAG, reden="x", vandaag=VANDAAG
        )


def test_a_pupil_who_was_reported_anew_is_not_reopened(actor_als: ActorAls) -> None:
    old = afgesloten(date(2025, 2, 3))
    VerzuimmeldingFactory(school=old.school, leerling=old.leerling)
    answer = zet_stap(actor=actor_als(Rol.SWV_MEDEWERKER), pk=old.pk, versie=1, stap="heropen", vandaag=VANDAAG)
    assert isinstance(answer, Refusal)
    assert answer.code == "loopt_al"


ACTIE: dict[str, Any] = {"stap": "ken", "wat": "x", "wie": "y", "uiterlijk": None, "vandaag": VANDAAG}


def test_actions_are_noted_and_done_once(actor_als: ActorAls) -> None:
    row = VerzuimmeldingFactory()
    school, staff = actor_als(Rol.IBER, row.school), actor_als(Rol.SWV_MEDEWERKER)
    told = {"stap": "ken", "wat": "Huisbezoek.", "wie": "IB'er", "uiterlijk": date(2025, 1, 17), "vandaag": VANDAAG}
    told["versie"] = 1
    action = noteer_actie(actor=school, pk=row.pk, **told)
    assert isinstance(action, Verzuimactie)
    assert (action.afgesproken_op, action.overleg_op, action.gedaan_op) == (VANDAAG, None, None)
    meeting = noteer_actie(actor=staff, pk=row.pk, overleg=date(2025, 1, 14), **told)
    assert isinstance(meeting, Verzuimactie)
    assert meeting.overleg_op == date(2025, 1, 14)
    refused = noteer_actie(actor=school, pk=row.pk, overleg=date(2025, 1, 14), **told)
    assert isinstance(refused, Refusal)
    late = noteer_actie(actor=school, pk=row.pk, **told | {"uiterlijk": date(2025, 1, 9)})
    assert isinstance(late, Refusal)
    assert late.veld == "uiterlijk"
    for day in (VANDAAG, date(2025, 1, 12)):
        done = actie_gedaan(actor=school, pk=row.pk, actie=action.pk, vandaag=day)
        assert isinstance(done, Verzuimactie)
        assert done.gedaan_op == VANDAAG
    assert Event.objects.filter(soort="verzuim.actie_gedaan").count() == 1


def test_nothing_is_added_to_a_closed_case(actor_als: ActorAls) -> None:
    row = afgesloten(date(2025, 1, 9))
    action, school = VerzuimactieFactory(melding=row), actor_als(Rol.IBER, row.school)
    same = {name: getattr(row, name) for name in VELDEN}
    changed = wijzig_melding(actor=school, pk=row.pk, versie=1, waarden=same, vandaag=VANDAAG)
    assert isinstance(changed, list)
    noted = noteer_actie(actor=school, pk=row.pk, versie=None, **ACTIE)
    done = actie_gedaan(actor=school, pk=row.pk, actie=action.pk, vandaag=VANDAAG)
    for answer in (changed[0], noted, done):
        assert isinstance(answer, Refusal)
        assert answer.code == "staat"


def test_who_takes_the_zorgplicht_sees_the_case_from_then_on(actor_als: ActorAls) -> None:
    row, taker = VerzuimmeldingFactory(), SchoolFactory()
    there, staff = actor_als(Rol.IBER, taker), actor_als(Rol.DIRECTEUR_BESTUURDER)
    assert not Verzuimmelding.objects.visible_to(there.bereik).exists()
    told = {
        "pk": row.pk,
        "school_id": taker.pk,
        "besturen": [taker.bestuur_id, row.school.bestuur_id],
        "besloten_op": VANDAAG,
        "motivering": "Dichtbij huis.",
        "vandaag": VANDAAG,
    }
    refused = leg_zorgplicht_vast(actor=actor_als(Rol.IBER, row.school), versie=1, **told)
    assert isinstance(refused, list)
    assert refused[0].code == "rol"
    done = leg_zorgplicht_vast(actor=staff, versie=1, **told)
    assert isinstance(done, Verzuimmelding)
    assert done.zorgplicht_school == taker
    decision = Zorgplichtbesluit.objects.get()
    assert set(decision.besturen.all()) == {taker.bestuur, row.school.bestuur}
    assert Verzuimmelding.objects.visible_to(there.bereik).get() == row
    action = noteer_actie(actor=there, pk=row.pk, versie=None, **ACTIE)
    assert isinstance(action, Verzuimactie)
    again = leg_zorgplicht_vast(actor=staff, versie=1, **told)
    assert isinstance(again, list)
    assert again[0].code == "verouderd"


def test_each_alarm_is_sent_once_to_school_and_swv(actor_als: ActorAls) -> None:
    row = VerzuimmeldingFactory()
    iber, staff = actor_als(Rol.IBER, row.school), actor_als(Rol.SWV_MEDEWERKER)
    actor_als(Rol.IBER)
    assert iber.user_id != staff.user_id
    assert te_alarmeren(vandaag=date(2025, 2, 2)) == []
    assert te_alarmeren(vandaag=date(2025, 2, 3)) == [row.pk]
    assert alarmeer(pk=row.pk, vandaag=date(2025, 2, 3)) is Alarm.VIER_WEKEN
    assert Job.objects.filter(soort="mail").count() == 2
    assert alarmeer(pk=row.pk, vandaag=date(2025, 2, 4)) is None
    assert te_alarmeren(vandaag=date(2025, 4, 5)) == []
    assert alarmeer(pk=row.pk, vandaag=date(2025, 4, 6)) is Alarm.DRIE_MAANDEN
    assert te_alarmeren(vandaag=date(2026, 1, 1)) == []
    assert Job.objects.filter(soort="mail").count() == 4


def test_a_late_report_gives_the_heaviest_alarm_only_and_a_closed_one_none() -> None:
    late, closed = VerzuimmeldingFactory(), afgesloten(date(2025, 2, 10))
    assert te_alarmeren(vandaag=date(2025, 6, 1)) == [late.pk]
    assert alarmeer(pk=closed.pk, vandaag=date(2025, 6, 1)) is None
    assert alarmeer(pk=late.pk, vandaag=date(2025, 6, 1)) is Alarm.DRIE_MAANDEN
    late.refresh_from_db()
    assert late.vier_weken_gemeld_op == late.drie_maanden_gemeld_op == date(2025, 6, 1)


def test_absence_that_only_threatens_gives_no_alarm(actor_als: ActorAls) -> None:
    row = VerzuimmeldingFactory(dagen_per_week=Decimal(0))
    actor = actor_als(Rol.IBER, row.school)
    late = date(2025, 6, 1)
    assert te_alarmeren(vandaag=late) == []
    assert alarmeer(pk=row.pk, vandaag=late) is None
    for alarm in Alarm:
        assert not gefilterd(actor.bereik, Verzuimfilter(alarm=alarm), late).exists()
    Verzuimmelding.objects.filter(pk=row.pk).update(dagen_per_week=Decimal("0.5"))
    assert te_alarmeren(vandaag=late) == [row.pk]
    assert gefilterd(actor.bereik, Verzuimfilter(alarm=Alarm.DRIE_MAANDEN), late).exists()


def test_a_mail_names_nobody(actor_als: ActorAls) -> None:
    row = VerzuimmeldingFactory()
    actor_als(Rol.IBER, row.school)
    alarmeer(pk=row.pk, vandaag=date(2025, 2, 3))
    assert mails(row.kenmerk) == 1
    assert mails("Kanariepiet") == 0


def test_settings_keep_four_days_in_order(actor_als: ActorAls) -> None:
    told = {"eerste_overleg": date(2025, 1, 7), "overleg_weken": 3}
    days = ["1-10", "01-01", "1-4", "15-06"]
    row = bewaar_instellingen(
        soort=AANWEZIGHEID, actor=actor_als(Rol.BEHEERDER), versie=1, waarden={**told, "peildagen": days}
    )
    assert not isinstance(row, Refusal)
    assert (row.peildagen, row.overleg_weken) == (["01-01", "01-04", "15-06", "01-10"], 3)
    wrong = bewaar_instellingen(
        soort=AANWEZIGHEID, actor=actor_als(Rol.BEHEERDER), versie=2, waarden={**told, "peildagen": days[:3]}
    )
    assert isinstance(wrong, Refusal)
    other = bewaar_instellingen(
        soort=AANWEZIGHEID, actor=actor_als(Rol.BEHEERDER), versie=2, waarden={"overleg_weken": 4}
    )
    assert isinstance(other, Aanwezigheidsinstellingen)
    assert (other.peildagen, other.overleg_weken) == (["01-01", "01-04", "15-06", "01-10"], 4)  # not given: it stays
    refused = bewaar_instellingen(
        soort=AANWEZIGHEID, actor=actor_als(Rol.IBER), versie=2, waarden={**told, "peildagen": days}
    )
    assert isinstance(refused, Refusal)
    assert refused.code == "rol"


def test_a_case_goes_with_the_dossier_of_its_pupil_three_years_after_it_was_closed() -> None:
    row = afgesloten(date(2025, 2, 3))
    VerzuimactieFactory(melding=row)
    pupil = row.leerling_id
    assert werk_bewaartermijnen_bij(vandaag=date(2028, 2, 3)) == []
    assert werk_bewaartermijnen_bij(vandaag=date(2028, 2, 4)) == [pupil]
    assert vernietig_leerling(pk=pupil, vandaag=date(2028, 2, 4))
    assert not Verzuimmelding.objects.exists()
    assert not Verzuimactie.objects.exists()
    assert not Event.objects.filter(onderwerp_soort="ondersteuning.verzuimmelding").exists()
    assert Vernietiging.objects.filter(soort="ondersteuning.verzuimmelding").exists()


def test_a_case_that_is_open_keeps_the_dossier() -> None:
    row = VerzuimmeldingFactory()
    assert werk_bewaartermijnen_bij(vandaag=date(2040, 1, 1)) == []
    assert not vernietig_leerling(pk=row.leerling_id, vandaag=date(2040, 1, 1))
