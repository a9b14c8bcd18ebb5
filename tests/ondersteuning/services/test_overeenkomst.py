"""An agreement from the first step to the last: signing, the SWV, the DWS place, passing on, stopping, destroying."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from kernen.domain.scholen import Schoolsoort
from ondersteuning.domain.overeenkomst import (
    AFGEWEZEN,
    BIJ_SCHOLEN,
    BIJ_SWV,
    CONCEPT,
    GESTOPT,
    INGETROKKEN,
    LOPEND,
    Soort,
)
from ondersteuning.models import EerdereDeelnemer, Leerling, Overeenkomst, Plaatsing
from ondersteuning.queries.overeenkomsten import zoek_overeenkomsten
from ondersteuning.queries.overeenkomsttaken import vraag_overeenkomsten
from ondersteuning.services.overeenkomst import begin_overeenkomst, geef_door, wijzig_overeenkomst
from ondersteuning.services.overeenkomst_stappen import zet_stap
from ondersteuning.services.overeenkomst_vernietigen import te_vernietigen_overeenkomsten, vernietig_overeenkomst
from swv_portal.access.actors import Actor
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.common.scoping import Rol
from swv_portal.common.taskqueries import taken_uit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Job
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, SboFactory
from tests.factories.overeenkomsten import VANDAAG, overeenkomst

pytestmark = pytest.mark.django_db
DWS, OBS, SYM = Soort.DWS.value, Soort.OBSERVATIE.value, Soort.SYMBIOSE.value
NIEMAND_NIEUW: dict[str, Any] = {}


@dataclass
class Mensen:
    school: Any
    ikc: Any
    iber: Actor
    directeur: Actor
    andere: Actor
    swv: Actor


@pytest.fixture
def mensen(actor_als: Callable[..., Actor]) -> Mensen:
    SamenwerkingsverbandFactory()
    school, ikc = SchoolFactory(naam="De Zeester"), SboFactory(naam="IKC Duinrand")
    return Mensen(
        school,
        ikc,
        actor_als(Rol.IBER, school),
        actor_als(Rol.SCHOOLDIRECTEUR, school),
        actor_als(Rol.SCHOOLDIRECTEUR, ikc),
        actor_als(Rol.SWV_MEDEWERKER),
    )


def rij(mensen: Mensen, staat: str, soort: str = SYM, **other: Any) -> Overeenkomst:
    other = {"school": mensen.school} | ({} if soort == DWS else {"andere_school": mensen.ikc}) | other
    made: Overeenkomst = overeenkomst(staat, soort, **other)
    return made


def doe(actor: Actor, row: Overeenkomst, stap: str, **other: Any) -> str:
    """Take a step on the version of now; the code of the refusal, or nothing."""
    row.refresh_from_db()
    answer = zet_stap(actor=actor, pk=row.pk, versie=row.versie, stap=stap, vandaag=VANDAAG, **other)
    row.refresh_from_db()
    return answer.code if isinstance(answer, Refusal) else ""


def mails() -> list[str]:
    return [str(row.geheim) for row in Job.objects.filter(soort="mail").order_by("pk")]


def test_a_symbiose_from_begin_to_agreed(mensen: Mensen) -> None:
    pupil = LeerlingFactory(school=mensen.school)
    row = begin_overeenkomst(
        actor=mensen.iber,
        soort=SYM,
        school_id=mensen.school.pk,
        leerling_id=pupil.pk,
        nieuwe_leerling=NIEMAND_NIEUW,
        vandaag=VANDAAG,
    )
    assert isinstance(row, Overeenkomst)
    assert row.kenmerk.startswith("SYM-2526-")
    assert doe(mensen.iber, row, "leg_voor") == "ontbreekt"
    filled = {
        "groep": "6",
        "andere_school_id": mensen.ikc.pk,
        "begin": date(2025, 11, 1),
        "einde": date(2026, 7, 31),
        "doelen": "Meedoen.",
        "programma": "Dinsdag.",
        "bekostiging": "Ieder het eigen deel.",
        "in_opp": True,
        "toestemming_op": VANDAAG,
    }
    stored = wijzig_overeenkomst(actor=mensen.iber, pk=row.pk, versie=1, waarden=filled, vandaag=VANDAAG)
    assert isinstance(stored, Overeenkomst)
    assert doe(mensen.iber, row, "leg_voor") == ""
    assert doe(mensen.andere, row, "teken_andere") == ""
    assert row.staat == BIJ_SCHOLEN
    assert doe(mensen.directeur, row, "teken") == ""
    assert (row.staat, row.bewaren_tot, row.besloten_op) == (LOPEND, date(2029, 7, 31), VANDAAG)
    assert {row.getekend_school_door_id, row.getekend_andere_door_id} == {
        mensen.directeur.user_id,
        mensen.andere.user_id,
    }
    assert not Plaatsing.objects.exists()
    assert any("Twee scholen spraken symbiose af" in line for line in mails())


def test_the_mails_hold_a_reference_and_no_name(mensen: Mensen) -> None:
    row = rij(mensen, CONCEPT)
    doe(mensen.iber, row, "leg_voor")
    sent = Job.objects.filter(soort="mail")
    assert len(sent) == 2
    for job in sent:
        assert row.kenmerk in str(job.geheim)
        assert "Kanariepiet" not in f"{job.params} {job.geheim}"


def test_a_dws_place_is_bought_when_the_swv_agrees(mensen: Mensen) -> None:
    row = rij(mensen, BIJ_SCHOLEN, DWS)
    assert doe(mensen.directeur, row, "teken") == ""
    assert row.staat == BIJ_SWV
    assert not Plaatsing.objects.exists()
    assert doe(mensen.swv, row, "stem_in") == ""
    place = Plaatsing.objects.get()
    assert row.plaatsing == place
    assert (place.verwijzing, place.soort, place.kostendrager) == (row.kenmerk, "dws", "school")
    assert (place.school_verwijzend, place.school_ontvangend) == (mensen.school, None)
    assert (place.begin, place.einde) == (date(2025, 8, 1), date(2026, 7, 31))


def test_an_observation_place_waits_for_the_swv_and_makes_no_place(mensen: Mensen) -> None:
    row = rij(mensen, BIJ_SCHOLEN, OBS)
    doe(mensen.directeur, row, "teken")
    assert row.staat == BIJ_SCHOLEN
    doe(mensen.andere, row, "teken_andere")
    assert row.staat == BIJ_SWV
    assert doe(mensen.swv, row, "wijs_af") == "toelichting"
    assert doe(mensen.swv, row, "wijs_af", toelichting="Er is geen plaats.") == ""
    assert (row.staat, row.bewaren_tot, row.toelichting) == (AFGEWEZEN, date(2028, 10, 6), "Er is geen plaats.")
    assert not Plaatsing.objects.exists()


def test_the_other_school_sees_it_only_while_it_takes_part(mensen: Mensen) -> None:
    row = rij(mensen, CONCEPT)
    seen = Overeenkomst.objects.visible_to(mensen.andere.bereik)
    assert not seen.exists()
    doe(mensen.iber, row, "leg_voor")
    assert seen.exists()
    assert doe(mensen.andere, row, "zeg_nee", toelichting="Geen ruimte.") == ""
    assert (row.staat, row.toelichting, row.getekend_school_op) == (CONCEPT, "Geen ruimte.", None)
    assert not seen.exists()
    doe(mensen.iber, row, "leg_voor")
    doe(mensen.directeur, row, "teken")
    doe(mensen.iber, row, "haal_terug")
    assert (row.staat, row.getekend_school_op, row.gevraagde_school) == (CONCEPT, None, None)
    with pytest.raises(NotVisible):
        doe(mensen.andere, row, "teken_andere")


def test_who_may_not_sign_is_refused(mensen: Mensen, actor_als: Callable[..., Actor]) -> None:
    row = rij(mensen, BIJ_SCHOLEN)
    assert doe(mensen.iber, row, "teken") == "rol"
    assert doe(mensen.directeur, row, "teken_andere") == "rol"
    assert doe(actor_als(Rol.IBER, mensen.ikc), row, "teken_andere") == "rol"
    assert doe(mensen.swv, row, "teken") == "rol"
    answer = zet_stap(actor=mensen.directeur, pk=row.pk, versie=9, stap="teken", vandaag=VANDAAG)
    assert isinstance(answer, Refusal)
    assert answer.code == "verouderd"


def test_stopping_a_dws_place_changes_nothing_in_what_was_bought(mensen: Mensen) -> None:
    row = rij(mensen, LOPEND, DWS)
    before = Plaatsing.objects.values().get()
    outside = {"toelichting": "Te zwaar.", "dag": date(2026, 8, 1)}
    assert doe(mensen.iber, row, "stop", **outside) == "dag"
    assert doe(mensen.iber, row, "stop", toelichting="Te zwaar.", dag=date(2025, 11, 30)) == ""
    assert (row.staat, row.gestopt_per, row.bewaren_tot) == (GESTOPT, date(2025, 11, 30), date(2029, 7, 31))
    assert Plaatsing.objects.values().get() == before


def door(row: Overeenkomst, actor: Actor, **other: Any) -> Overeenkomst | Refusal:
    row.refresh_from_db()
    values = {"vanaf": date(2026, 1, 12), "groep": "7", "doelen": "Uitdaging.", "toestemming_op": VANDAAG}
    given = {"leerling_id": None, "nieuwe_leerling": {}, "versie": row.versie} | other
    given["waarden"] = values | given.pop("anders", {})
    return geef_door(actor=actor, pk=row.pk, vandaag=VANDAAG, **given)


def test_a_place_passes_to_another_pupil_and_keeps_its_history(mensen: Mensen) -> None:
    row = rij(mensen, LOPEND, DWS)
    first, second = row.leerling, LeerlingFactory(school=mensen.school, achternaam="Zandoog")
    before = Plaatsing.objects.values().get()
    assert isinstance(door(row, mensen.iber, leerling_id=second.pk), Overeenkomst)
    row.refresh_from_db()
    assert (row.leerling, row.groep, row.doelen, row.staat) == (second, "7", "Uitdaging.", LOPEND)
    earlier = EerdereDeelnemer.objects.get()
    assert (earlier.leerling, earlier.groep) == (first, "6")
    assert (earlier.van, earlier.tot_en_met) == (date(2025, 8, 1), date(2026, 1, 11))
    assert earlier.bewaren_tot == row.bewaren_tot
    assert Plaatsing.objects.values().get() == before
    # Once more, and the second one begins on the day after the first.
    third = {"voornamen": "Saar", "achternaam": "Wantij", "geboortedatum": date(2015, 3, 1)}
    again = door(row, mensen.directeur, nieuwe_leerling=third, anders={"vanaf": date(2026, 3, 2)})
    assert isinstance(again, Overeenkomst)
    assert EerdereDeelnemer.objects.order_by("pk").last().van == date(2026, 1, 12)  # type: ignore[union-attr]
    assert Leerling.objects.get(pk=again.leerling_id).naam == "Saar Wantij"


def test_a_place_that_stopped_can_still_pass_on(mensen: Mensen) -> None:
    row = rij(mensen, GESTOPT, DWS)
    second = LeerlingFactory(school=mensen.school)
    assert isinstance(door(row, mensen.iber, leerling_id=second.pk), Overeenkomst)
    row.refresh_from_db()
    assert (row.staat, row.gestopt_per) == (LOPEND, None)
    assert EerdereDeelnemer.objects.get().tot_en_met == VANDAAG - timedelta(days=1)


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"vanaf": date(2025, 8, 1)}, "dag"),
        ({"vanaf": date(2026, 8, 1)}, "dag"),
        ({"groep": "4"}, "groep"),
        ({"toestemming_op": VANDAAG + timedelta(days=1)}, "toestemming"),
    ],
)
def test_passing_on_is_refused_with_the_field(mensen: Mensen, anders: dict[str, Any], code: str) -> None:
    row = rij(mensen, LOPEND, DWS)
    answer = door(row, mensen.iber, leerling_id=LeerlingFactory(school=mensen.school).pk, anders=anders)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.veld is not None) == (code, True)
    assert not EerdereDeelnemer.objects.exists()


def test_not_to_the_same_pupil_nor_to_one_of_another_school(mensen: Mensen) -> None:
    row = rij(mensen, LOPEND, DWS)
    same = door(row, mensen.iber, leerling_id=row.leerling_id)
    assert isinstance(same, Refusal)
    assert same.code == "zelfde"
    with pytest.raises(NotVisible):
        door(row, mensen.iber, leerling_id=LeerlingFactory().pk)


def test_beginning_keeps_to_the_own_school_and_its_kind(mensen: Mensen, actor_als: Callable[..., Actor]) -> None:
    def begin(actor: Actor, school: Any, soort: str) -> Any:
        pupil = LeerlingFactory(school=school)
        return begin_overeenkomst(
            actor=actor,
            soort=soort,
            school_id=school.pk,
            leerling_id=pupil.pk,
            nieuwe_leerling=NIEMAND_NIEUW,
            vandaag=VANDAAG,
        )

    with pytest.raises(NotVisible):
        begin(mensen.iber, mensen.ikc, SYM)
    with pytest.raises(NotVisible):
        begin(mensen.swv, mensen.school, SYM)
    refused = begin(mensen.andere, mensen.ikc, DWS)
    assert refused.code == "school"
    assert mensen.ikc.soort == Schoolsoort.SBO
    assert isinstance(begin(mensen.andere, mensen.ikc, SYM), Overeenkomst)


def test_a_wrong_period_is_not_stored(mensen: Mensen) -> None:
    row = rij(mensen, CONCEPT)
    values = {"begin": date(2025, 9, 1), "einde": date(2027, 7, 31), "toestemming_op": VANDAAG + timedelta(days=3)}
    answer = wijzig_overeenkomst(actor=mensen.iber, pk=row.pk, versie=1, waarden=values, vandaag=VANDAAG)
    assert isinstance(answer, list)
    assert [refusal.veld for refusal in answer] == ["einde", "toestemming_op"]
    row.refresh_from_db()
    assert (row.einde, row.versie) == (date(2026, 7, 31), 1)


def test_a_dws_place_gets_its_last_day_from_the_first(mensen: Mensen) -> None:
    row = rij(mensen, CONCEPT, DWS, begin=None, einde=None)
    values = {"begin": date(2026, 2, 2)}
    wijzig_overeenkomst(actor=mensen.iber, pk=row.pk, versie=1, waarden=values, vandaag=VANDAAG)
    row.refresh_from_db()
    assert row.einde == date(2026, 7, 31)


def titels(actor: Actor, dag: date = VANDAAG) -> list[tuple[str, bool]]:
    return [
        (task.titel.partition(" ")[0], bool(task.wacht_op))
        for task in taken_uit(vraag_overeenkomsten(actor.bereik, dag))
    ]


def test_who_has_which_task(mensen: Mensen) -> None:
    row = rij(mensen, CONCEPT)
    assert titels(mensen.iber) == [("Maak", False)]
    assert titels(mensen.andere) == []
    doe(mensen.iber, row, "leg_voor")
    assert titels(mensen.iber) == [("Handtekening", True)]
    assert titels(mensen.directeur) == titels(mensen.andere) == [("Teken", False)]
    doe(mensen.directeur, row, "teken")
    assert titels(mensen.directeur) == [("Handtekening", True)]
    doe(mensen.andere, row, "teken_andere")
    assert titels(mensen.directeur) == titels(mensen.andere) == titels(mensen.swv) == []
    assert titels(mensen.iber, date(2026, 7, 10)) == [("Bespreek", False)]
    rij(mensen, BIJ_SWV, DWS)
    assert titels(mensen.swv) == [("Beslis", False)]
    assert titels(mensen.iber) == [("Beslissing", True)]


def test_it_is_found_by_its_reference_within_reach(mensen: Mensen) -> None:
    row = rij(mensen, LOPEND)
    assert [hit.titel for hit in zoek_overeenkomsten(mensen.swv.bereik, row.kenmerk.lower())] == [
        f"Overeenkomst {row.kenmerk}"
    ]
    assert zoek_overeenkomsten(mensen.swv.bereik, "Kanariepiet") == []


def test_words_about_the_pupil_are_not_readable_in_the_database(mensen: Mensen) -> None:
    row = rij(mensen, LOPEND, doelen="Zeeklaver", programma="Zeeklaver", bekostiging="Zeeklaver")
    with connection.cursor() as cursor:
        cursor.execute("SELECT o::text FROM ondersteuning_overeenkomst o WHERE id = %s", [row.pk])
        assert "Zeeklaver" not in cursor.fetchone()[0]


def test_it_is_destroyed_with_a_record_and_the_place_stays(mensen: Mensen) -> None:
    row = rij(mensen, LOPEND, DWS)
    door(row, mensen.iber, leerling_id=LeerlingFactory(school=mensen.school).pk)
    assert te_vernietigen_overeenkomsten(vandaag=date(2029, 7, 31)) == []
    day = date(2029, 8, 1)
    assert te_vernietigen_overeenkomsten(vandaag=day) == [row.pk]
    assert vernietig_overeenkomst(pk=row.pk, vandaag=day)
    assert not Overeenkomst.objects.exists()
    assert not EerdereDeelnemer.objects.exists()
    assert not Event.objects.filter(onderwerp_soort="ondersteuning.overeenkomst").exists()
    assert Vernietiging.objects.get().rijen == 2
    assert Plaatsing.objects.exists()
    assert not vernietig_overeenkomst(pk=row.pk, vandaag=day)


def test_withdrawing_ends_it_for_everybody(mensen: Mensen) -> None:
    row = rij(mensen, BIJ_SCHOLEN)
    assert doe(mensen.iber, row, "trek_in") == ""
    assert (row.staat, row.gevraagde_school, row.bewaren_tot) == (INGETROKKEN, None, date(2028, 10, 6))
