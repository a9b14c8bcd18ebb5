"""The consulent of a school: assigning, agreements, looking back from both sides, visits, and the tasks they make."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from ondersteuning.domain.consulenten import Afspraak, Uitkomst
from ondersteuning.models import Consulentbezoek, Consulentschap, Jaarafspraken
from ondersteuning.queries.consulenten import Schoolfilter, consulent_van, gefilterde_scholen, tellingen
from ondersteuning.queries.consulententaken import vraag_consulenten
from ondersteuning.services.consulenten import (
    bewaar_afspraken,
    kijk_terug,
    schrijf_bezoek_op,
    wijs_toe,
    wijzig_bezoek,
)
from swv_portal.access.actors import Actor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.common.taskqueries import taken_uit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SchoolFactory
from tests.factories.overeenkomsten import VANDAAG, BezoekFactory, jaarafspraken

pytestmark = pytest.mark.django_db
ActorAls = Callable[..., Actor]
JAAR = Schooljaar(2025)
MEI = date(2026, 5, 11)
AFSPRAAK = Afspraak("De consulent kijkt mee.", "Rust in de groep.", date(2026, 3, 1))


@pytest.fixture
def school(db: None) -> Any:
    return SchoolFactory(naam="De Zeester")


@pytest.fixture
def swv(actor_als: ActorAls) -> Actor:
    return actor_als(Rol.SWV_MEDEWERKER)


def bewaar(actor: Actor, school: Any, versie: int, *rijen: Afspraak) -> Jaarafspraken | list[Refusal]:
    return bewaar_afspraken(actor=actor, school_id=school.pk, jaar=JAAR, versie=versie, rijen=rijen)


def terug(
    actor: Actor, school: Any, versie: int, said: Mapping[int, Uitkomst], dag: date = MEI
) -> Jaarafspraken | list[Refusal]:
    return kijk_terug(actor=actor, school_id=school.pk, jaar=JAAR, versie=versie, uitkomsten=said, vandaag=dag)


def codes(answer: Any) -> list[str]:
    assert isinstance(answer, list), answer
    return [refusal.code for refusal in answer]


def test_a_school_has_one_consulent_at_a_time(school: Any, swv: Actor, actor_als: ActorAls) -> None:
    other = actor_als(Rol.SWV_MEDEWERKER)
    wijs_toe(actor=swv, school_id=school.pk, consulent=swv.user_id or 0, vandaag=VANDAAG)
    later = VANDAAG + timedelta(days=30)
    wijs_toe(actor=swv, school_id=school.pk, consulent=other.user_id or 0, vandaag=later)
    # Sending it again changes nothing.
    wijs_toe(actor=swv, school_id=school.pk, consulent=other.user_id or 0, vandaag=later)
    assert Consulentschap.objects.count() == 2
    for day, wanted in ((VANDAAG, swv), (later - timedelta(days=1), swv), (later, other)):
        found = consulent_van(school.pk, day)
        assert found is not None
        assert found.pk == wanted.user_id
    assert consulent_van(school.pk, VANDAAG - timedelta(days=1)) is None


def test_only_a_medewerker_is_a_consulent_and_only_the_swv_says_so(
    school: Any, swv: Actor, actor_als: ActorAls
) -> None:
    iber = actor_als(Rol.IBER, school)
    wrong = wijs_toe(actor=swv, school_id=school.pk, consulent=iber.user_id or 0, vandaag=VANDAAG)
    role = wijs_toe(actor=iber, school_id=school.pk, consulent=swv.user_id or 0, vandaag=VANDAAG)
    assert isinstance(wrong, Refusal)
    assert isinstance(role, Refusal)
    assert (wrong.code, role.code) == ("consulent", "rol")
    with pytest.raises(NotVisible):
        wijs_toe(actor=actor_als(Rol.IBER), school_id=school.pk, consulent=swv.user_id or 0, vandaag=VANDAAG)


def test_the_agreements_of_a_year_are_one_set(school: Any, swv: Actor) -> None:
    first = bewaar(swv, school, 1, AFSPRAAK, Afspraak(), Afspraak("Training", "Kennis"))
    assert isinstance(first, Jaarafspraken)
    assert [(row.volgnummer, row.tekst) for row in first.regels.all()] == [
        (1, "De consulent kijkt mee."),
        (2, "Training"),
    ]
    assert codes(bewaar(swv, school, 1, AFSPRAAK)) == ["verouderd"]
    again = bewaar(swv, school, 2, AFSPRAAK)
    assert isinstance(again, Jaarafspraken)
    assert (again.pk, again.versie, again.regels.count()) == (first.pk, 3, 1)


def test_a_refused_set_leaves_nothing_behind(school: Any, swv: Actor, actor_als: ActorAls) -> None:
    assert codes(bewaar(swv, school, 1, Afspraak())) == ["geen_afspraak"]
    assert codes(bewaar(swv, school, 1, Afspraak("Training", ""))) == ["doel"]
    assert codes(bewaar(actor_als(Rol.SCHOOLDIRECTEUR, school), school, 1, AFSPRAAK)) == ["rol"]
    assert not Jaarafspraken.objects.exists()


def test_both_sides_look_back_and_each_writes_its_own(school: Any, swv: Actor, actor_als: ActorAls) -> None:
    row, iber = jaarafspraken(school, JAAR, "Meekijken", "Training"), actor_als(Rol.IBER, school)
    said = {1: Uitkomst("bereikt"), 2: Uitkomst("niet", "Er was geen tijd.")}
    assert isinstance(terug(iber, school, 1, said), Jaarafspraken)
    theirs = {1: Uitkomst("deels", "Het begin is er."), 2: Uitkomst("niet", "Volgend jaar.")}
    assert isinstance(terug(swv, school, 2, theirs), Jaarafspraken)
    row.refresh_from_db()
    assert (row.school_terug_op, row.consulent_terug_op, row.versie) == (MEI, MEI, 3)
    first, second = row.regels.all()
    assert (first.school_uitkomst, first.consulent_uitkomst) == ("bereikt", "deels")
    assert (second.school_toelichting, second.consulent_toelichting) == ("Er was geen tijd.", "Volgend jaar.")
    # What was looked back on can not be rewritten.
    assert codes(bewaar(swv, school, 3, AFSPRAAK)) == ["teruggekeken"]


def test_looking_back_is_refused_with_what_is_wrong(school: Any, actor_als: ActorAls) -> None:
    iber = actor_als(Rol.IBER, school)
    assert codes(terug(iber, school, 1, {})) == ["geen_afspraken"]
    jaarafspraken(school, JAAR, "Meekijken", "Training")
    whole = {1: Uitkomst("bereikt"), 2: Uitkomst("bereikt")}
    assert codes(terug(iber, school, 1, whole, VANDAAG)) == ["te_vroeg"]
    assert codes(terug(iber, school, 7, whole)) == ["verouderd"]
    assert codes(terug(iber, school, 1, {2: Uitkomst("niet")})) == ["uitkomst", "waarom"]
    with pytest.raises(NotVisible):
        terug(actor_als(Rol.IBER), school, 1, whole)


def bezoek(swv: Actor, **other: Any) -> dict[str, Any]:
    return {"datum": VANDAAG, "consulent": swv.user_id, "soort": "ib", "onderwerpen": "Plannen", "vervolg": ""} | other


def test_a_visit_is_written_down_and_changed(school: Any, swv: Actor) -> None:
    row = schrijf_bezoek_op(actor=swv, school_id=school.pk, waarden=bezoek(swv), vandaag=VANDAAG)
    assert isinstance(row, Consulentbezoek)
    changed = bezoek(swv, onderwerpen="Toetsen", soort="team")
    assert isinstance(wijzig_bezoek(actor=swv, pk=row.pk, versie=1, waarden=changed, vandaag=VANDAAG), Consulentbezoek)
    row.refresh_from_db()
    assert (row.onderwerpen, row.soort, row.versie) == ("Toetsen", "team", 2)
    late = wijzig_bezoek(actor=swv, pk=row.pk, versie=1, waarden=changed, vandaag=VANDAAG)
    assert isinstance(late, Refusal)
    assert late.code == "verouderd"


@pytest.mark.parametrize(
    ("other", "code"), [({"datum": VANDAAG + timedelta(days=1)}, "toekomst"), ({"consulent": 0}, "consulent")]
)
def test_a_wrong_visit_is_refused(school: Any, swv: Actor, other: dict[str, Any], code: str) -> None:
    answer = schrijf_bezoek_op(actor=swv, school_id=school.pk, waarden=bezoek(swv, **other), vandaag=VANDAAG)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert not Consulentbezoek.objects.exists()


def test_the_school_reads_and_does_not_write_visits(school: Any, swv: Actor, actor_als: ActorAls) -> None:
    iber = actor_als(Rol.IBER, school)
    row = BezoekFactory(school=school)
    assert Consulentbezoek.objects.visible_to(iber.bereik).get() == row
    assert not Consulentbezoek.objects.visible_to(actor_als(Rol.IBER).bereik).exists()
    assert not Consulentbezoek.objects.visible_to(actor_als(Rol.CONTROLLER).bereik).exists()
    answer = wijzig_bezoek(actor=iber, pk=row.pk, versie=1, waarden=bezoek(swv), vandaag=VANDAAG)
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"


def test_the_overview_finds_schools_without(school: Any, swv: Actor) -> None:
    other = SchoolFactory(naam="De Branding")
    jaarafspraken(other, JAAR)
    BezoekFactory(school=school)
    BezoekFactory(school=school, datum=date(2025, 9, 2))
    BezoekFactory(school=other, datum=date(2025, 7, 31))
    wijs_toe(actor=swv, school_id=other.pk, consulent=swv.user_id or 0, vandaag=VANDAAG)

    def found(**filters: Any) -> list[str]:
        rows = gefilterde_scholen(swv.bereik, Schoolfilter(JAAR, **filters), VANDAAG)
        return [row.naam for row in rows]

    assert found() == ["De Branding", "De Zeester"]
    assert found(zonder="afspraken") == ["De Zeester"]
    assert found(zonder="bezoek") == ["De Branding"]
    assert found(zonder="consulent") == ["De Zeester"]
    assert found(consulent=swv.user_id) == ["De Branding"]
    assert tellingen(swv.bereik, JAAR, VANDAAG) == {"scholen": 2, "consulent": 1, "afspraken": 1, "bezoek": 1}
    counted = {row.naam: vars(row)["bezoeken"] for row in gefilterde_scholen(swv.bereik, Schoolfilter(JAAR), VANDAAG)}
    assert counted == {"De Branding": None, "De Zeester": 2}


def test_the_tasks_of_consulent_and_school(school: Any, swv: Actor, actor_als: ActorAls) -> None:
    iber = actor_als(Rol.IBER, school)
    wijs_toe(actor=swv, school_id=school.pk, consulent=swv.user_id or 0, vandaag=VANDAAG)
    assert [task.titel for task in taken_uit(vraag_consulenten(swv.bereik, VANDAAG))] == [
        "Maak afspraken voor 2025-2026 met 1 school"
    ]
    jaarafspraken(school, JAAR)
    assert taken_uit(vraag_consulenten(swv.bereik, VANDAAG)) == []
    assert taken_uit(vraag_consulenten(iber.bereik, VANDAAG)) == []
    assert [task.titel for task in taken_uit(vraag_consulenten(swv.bereik, MEI))] == [
        "Kijk terug op de afspraken van 2025-2026 met 1 school"
    ]
    assert [(task.titel, task.deadline) for task in taken_uit(vraag_consulenten(iber.bereik, MEI))] == [
        ("Kijk terug op de afspraken van De Zeester voor 2025-2026", date(2026, 7, 31))
    ]
    terug(iber, school, 1, {1: Uitkomst("bereikt")})
    assert taken_uit(vraag_consulenten(iber.bereik, MEI)) == []


def test_what_was_written_is_not_readable_in_the_database(school: Any, swv: Actor) -> None:
    bewaar(swv, school, 1, Afspraak("Zeeklaver", "Zeeklaver"))
    BezoekFactory(school=school, onderwerpen="Zeeklaver", vervolg="Zeeklaver")
    with connection.cursor() as cursor:
        for table in ("jaarafspraak", "consulentbezoek"):
            cursor.execute(f"SELECT string_agg(t::text, '') FROM ondersteuning_{table} t")
            assert "Zeeklaver" not in cursor.fetchone()[0]
