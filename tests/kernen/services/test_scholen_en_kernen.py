"""Changing schools, boards, settings, kernen, budgets and sessions."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from kernen.models import (
    Kern,
    Kernbudget,
    Kernlidmaatschap,
    Kernsessie,
    Menukaartthema,
    Samenwerkingsverband,
    School,
    Uurtarief,
)
from kernen.queries import kernbudget_van, leerlingen_op, scholen_in_kern, taken, zoek
from kernen.services.kernen import maak_kern, plaats_school, plan_sessies, wijzig_kern, wijzig_sessie, zet_budget
from kernen.services.menukaart import bewaar_tarief, bewaar_thema, neem_over
from kernen.services.scholen import bewaar_swv, wijzig_bestuur, wijzig_school
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.house import swv_naam
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories import kernen as maak

pytestmark = pytest.mark.django_db

DAG = date(2025, 8, 1)


@pytest.fixture
def staff(actor_als):
    return actor_als(Rol.SWV_MEDEWERKER)


def code(answer):
    assert isinstance(answer, Refusal), answer
    return answer.code


def test_a_school_is_changed_once_and_only_where_allowed(staff):
    school = maak.SchoolFactory(naam="Oud")
    values = {"naam": "Nieuw", "vestigingscode": "99ZZ99", "is_ikc": True}
    changed = wijzig_school(actor=staff, pk=school.pk, versie=1, waarden=values)
    assert isinstance(changed, School)
    school.refresh_from_db()
    assert (school.naam, school.is_ikc, school.versie) == ("Nieuw", True, 2)
    assert school.vestigingscode != "99ZZ99"
    assert code(wijzig_school(actor=staff, pk=school.pk, versie=1, waarden={"naam": "Ander"})) == "verouderd"


def test_a_director_does_not_change_the_own_school(actor_als):
    school = maak.SchoolFactory()
    actor = actor_als(Rol.SCHOOLDIRECTEUR, school)
    assert code(wijzig_school(actor=actor, pk=school.pk, versie=1, waarden={"naam": "X"})) == "rol"


def test_a_board_gets_its_name(staff):
    board = maak.SchoolbestuurFactory(naam="Bevoegd gezag 99901")
    wijzig_bestuur(actor=staff, pk=board.pk, versie=1, waarden={"naam": "Stichting Zilt"})
    board.refresh_from_db()
    assert board.naam == "Stichting Zilt"


def test_there_is_one_swv(actor_als):
    actor = actor_als(Rol.BEHEERDER)
    values = {"naam": "SWV Kust", "registratienummer": "PO9901", "minimum_groep": 5}
    bewaar_swv(actor=actor, versie=None, waarden=values)
    bewaar_swv(actor=actor, versie=2, waarden={**values, "minimum_groep": 8})
    row = Samenwerkingsverband.objects.get()
    assert (row.naam, row.minimum_groep) == ("SWV Kust", 8)
    assert code(bewaar_swv(actor=actor, versie=1, waarden=values)) == "verouderd"
    assert code(bewaar_swv(actor=actor_als(Rol.SWV_MEDEWERKER), versie=None, waarden=values)) == "rol"
    with pytest.raises(IntegrityError), transaction.atomic():
        Samenwerkingsverband.objects.create(id=2, naam="Tweede", registratienummer="PO9902")


def test_another_name_of_the_swv_shows_at_once(actor_als, django_capture_on_commit_callbacks):
    actor = actor_als(Rol.BEHEERDER)
    for number, name in enumerate(("SWV Kust", "SWV Zee")):
        with django_capture_on_commit_callbacks(execute=True):
            bewaar_swv(actor=actor, versie=number + 1, waarden={"naam": name, "registratienummer": "PO9901"})
        assert swv_naam() == name


def test_a_school_moves_from_kern_to_kern(staff):
    school, noord, zuid = maak.SchoolFactory(), maak.KernFactory(), maak.KernFactory()
    plaats_school(actor=staff, school_id=school.pk, kern_id=noord.pk, van=date(2023, 8, 1))
    plaats_school(actor=staff, school_id=school.pk, kern_id=zuid.pk, van=DAG)
    days = (date(2023, 7, 31), date(2023, 8, 1), date(2025, 7, 31), DAG)
    assert [school in scholen_in_kern(noord.pk, day) for day in days] == [False, True, True, False]
    assert [school in scholen_in_kern(zuid.pk, day) for day in days] == [False, False, False, True]
    assert code(plaats_school(actor=staff, school_id=school.pk, kern_id=zuid.pk, van=date(2026, 1, 1))) == "al_lid"
    assert code(plaats_school(actor=staff, school_id=school.pk, kern_id=noord.pk, van=date(2024, 1, 1))) == "later"


def test_the_database_knows_no_school_in_two_kernen(staff):
    member = maak.KernlidmaatschapFactory(van=DAG)
    with pytest.raises(IntegrityError), transaction.atomic():
        Kernlidmaatschap.objects.create(
            school=member.school, kern=maak.KernFactory(), van=date(2024, 1, 1), tot=date(2025, 8, 2)
        )
    Kernlidmaatschap.objects.create(school=member.school, kern=maak.KernFactory(), van=date(2024, 1, 1), tot=DAG)


def test_kernen_have_names_of_their_own(staff):
    kern = maak_kern(actor=staff, naam="Noord/West")
    assert isinstance(kern, Kern)
    assert kern.code == "noordwest"
    assert code(maak_kern(actor=staff, naam="noord/west")) == "naam"
    other = maak_kern(actor=staff, naam="Noord West!")
    assert isinstance(other, Kern)
    assert other.code != kern.code
    maak.KernlidmaatschapFactory(kern=kern)
    assert (
        code(wijzig_kern(actor=staff, pk=kern.pk, versie=1, naam="Noord/West", actief=False, vandaag=DAG)) == "scholen"
    )
    assert isinstance(wijzig_kern(actor=staff, pk=other.pk, versie=1, naam="Zuid", actief=False, vandaag=DAG), Kern)


@pytest.mark.parametrize(("tot", "closes"), [(DAG, True), (date(2025, 8, 2), False), (date(2026, 8, 1), False)])
def test_a_kern_closes_after_its_last_school_left(staff, tot, closes):
    kern = maak.KernlidmaatschapFactory(van=date(2020, 8, 1), tot=tot).kern
    answer = wijzig_kern(actor=staff, pk=kern.pk, versie=1, naam=kern.naam, actief=False, vandaag=DAG)
    kern.refresh_from_db()
    assert kern.actief is not closes
    if not closes:
        assert code(answer) == "scholen"


def test_who_takes_a_name_at_the_same_moment_is_told(staff, monkeypatch):
    kern, real = maak.KernFactory(naam="Oost"), Kern.save

    def somebody_was_first(self, *args, **kwargs):
        Kern.objects.bulk_create([Kern(naam=self.naam, code="van-een-ander")])
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Kern, "save", somebody_was_first)
    assert code(maak_kern(actor=staff, naam="West")) == "naam"
    assert code(wijzig_kern(actor=staff, pk=kern.pk, versie=1, naam="Zuid", actief=True, vandaag=DAG)) == "naam"
    kern.refresh_from_db()
    assert (kern.naam, kern.versie) == ("Oost", 1)
    assert tijdlijn(kern) == []


def test_a_budget_per_kern_and_year(actor_als):
    kern, controller = maak.KernFactory(), actor_als(Rol.CONTROLLER)

    def zet(bedrag, versie, actor=controller):
        return zet_budget(actor=actor, kern_id=kern.pk, schooljaar=2025, versie=versie, bedrag=Decimal(bedrag))

    assert isinstance(zet("5000.00", kernbudget_van(kern.pk, 2025).versie), Kernbudget)
    assert code(zet("5500.00", 1)) == "verouderd", "somebody else was the first to set it"
    assert isinstance(zet("5000.00", 1), Kernbudget), "the same amount is no conflict"
    assert isinstance(zet("6000.00", kernbudget_van(kern.pk, 2025).versie), Kernbudget)
    assert code(zet("7000.00", 2)) == "verouderd"
    assert Kernbudget.objects.get().bedrag == Decimal("6000.00")
    assert code(zet(1, None, actor_als(Rol.KERNVOORZITTER, kern))) == "rol"
    assert [line.tekst for line in tijdlijn(kern)] == [
        "Het kernbudget 2025-2026 is €\xa06.000,00.",
        "Het kernbudget 2025-2026 is €\xa05.000,00.",
    ]


def test_sessions_are_planned_once_and_written_by_the_chair(staff, actor_als):
    kern = maak.KernFactory()
    planned = [(1, date(2025, 9, 1), "Plan maken", ""), (2, date(2025, 11, 1), "Terugkijken", "")]
    assert plan_sessies(actor=staff, schooljaar=2025, sessies=planned) == 2
    assert plan_sessies(actor=staff, schooljaar=2025, sessies=planned) == 0
    assert [line.tekst for line in tijdlijn(kern)] == ["Sessies gepland voor 2025-2026: 2."]
    session = Kernsessie.objects.filter(kern=kern).first()
    assert session is not None
    chair, iber = (
        actor_als(Rol.KERNVOORZITTER, kern),
        actor_als(Rol.IBER, maak.KernlidmaatschapFactory(kern=kern).school),
    )
    values = {"verslag": "Iedereen was er.", "kern_id": 99}
    assert isinstance(wijzig_sessie(actor=chair, pk=session.pk, versie=1, waarden=values), Kernsessie)
    session.refresh_from_db()
    assert (session.verslag, session.kern_id, session.versie) == ("Iedereen was er.", kern.pk, 2)
    assert code(wijzig_sessie(actor=chair, pk=session.pk, versie=1, waarden={"verslag": "Anders"})) == "verouderd"
    assert code(wijzig_sessie(actor=iber, pk=session.pk, versie=2, waarden=values)) == "rol"


def test_the_menukaart_of_a_year_is_copied_to_the_next(staff):
    bewaar_thema(actor=staff, pk=None, versie=None, schooljaar=2025, waarden={"thema": "Gedrag", "doel": "Rust"})
    bewaar_tarief(
        actor=staff,
        pk=None,
        versie=None,
        schooljaar=2025,
        waarden={"professional": "Leerkracht", "bedrag": Decimal(60)},
    )
    assert neem_over(actor=staff, schooljaar=2026) == 2
    assert code(neem_over(actor=staff, schooljaar=2026)) == "bestaat"
    assert [row.thema for row in Menukaartthema.objects.order_by("schooljaar")] == ["Gedrag", "Gedrag"]
    for row in (Menukaartthema.objects.get(schooljaar=2026), Uurtarief.objects.get(schooljaar=2026)):
        assert [line.tekst for line in tijdlijn(row)] == ["Overgenomen uit schooljaar 2025-2026."]
    same = bewaar_tarief(actor=staff, pk=None, versie=None, schooljaar=2026, waarden={"professional": "Leerkracht"})
    assert code(same) == "professional"


def test_counts_per_school():
    one, two = maak.LeerlingtellingFactory(aantal=100), maak.LeerlingtellingFactory(aantal=None, minder_dan_vijf=True)
    maak.LeerlingtellingFactory(teldatum=date(2022, 2, 1))
    found = leerlingen_op(date(2023, 2, 1))
    assert {pk: row.tekst for pk, row in found.items()} == {one.school_id: "100", two.school_id: "<5"}
    assert leerlingen_op(date(2021, 2, 1)) == {}


def test_tasks_of_the_chair_and_of_the_swv(bereik_als):
    kern = maak.KernFactory(naam="Kern Noord")
    today = date(2025, 9, 12)
    chair, staff = bereik_als(Rol.KERNVOORZITTER, kern), bereik_als(Rol.SWV_MEDEWERKER)
    (begin,) = taken(chair, today)
    assert (begin.titel, begin.deadline) == ("Begin het kernplan Kern Noord 2025-2026", date(2025, 9, 30))
    plan = maak.KernplanFactory(kern=kern, schooljaar=2025)
    (write,) = taken(chair, today)
    assert write.titel == "Schrijf kernplan Kern Noord 2025-2026"
    assert taken(staff, today) == []
    plan.staat = "ingediend"
    plan.save()
    (judge,) = taken(staff, today)
    assert judge.titel == "Beoordeel kernplan Kern Noord 2025-2026"
    (wait,) = taken(chair, today)
    assert wait.wacht_op == "het samenwerkingsverband"
    plan.staat = "teruggestuurd"
    plan.save()
    (waits,) = taken(staff, today)
    assert waits.wacht_op == "voorzitter van Kern Noord"
    assert taken(bereik_als(Rol.IBER), today) == []


def test_search_stays_within_the_reach(bereik_als):
    own, other = maak.SchoolFactory(naam="De Zeehond"), maak.SchoolFactory(naam="De Zeester")
    assert [hit.titel for hit in zoek(bereik_als(Rol.IBER, own), "zee")] == ["De Zeehond"]
    assert [hit.titel for hit in zoek(bereik_als(Rol.SWV_MEDEWERKER), "ZEE")] == ["De Zeehond", "De Zeester"]
    assert [hit.titel for hit in zoek(bereik_als(Rol.SWV_MEDEWERKER), other.vestigingscode.lower())] == ["De Zeester"]
    assert zoek(bereik_als(Rol.SWV_MEDEWERKER), "z") == []


def test_many_schools_push_no_kern_and_no_board_out_of_what_is_found(bereik_als, django_assert_num_queries):
    staff = bereik_als(Rol.SWV_MEDEWERKER)
    board = maak.SchoolbestuurFactory(naam="Stichting Zee")
    for number in range(12):
        maak.SchoolFactory(naam=f"Zee {number}", bestuur=board)
    maak.KernFactory(naam="Zeekant")
    with django_assert_num_queries(3):
        found = [treffer.titel for treffer in zoek(staff, "zee")]
    assert sum(title.startswith("Zee ") for title in found) == 10
    assert set(found[10:]) == {"Kern Zeekant", "Stichting Zee"}


def test_a_task_of_a_session_names_the_school_year_when_it_is_not_this_one(actor_als):
    kern = maak.KernFactory(naam="Noord")
    for year, day in ((2024, date(2025, 6, 1)), (2025, date(2025, 9, 9)), (2025, date(2025, 12, 1))):
        maak.KernsessieFactory(kern=kern, schooljaar=year, nummer=day.month, datum=day)
    chair = actor_als(Rol.KERNVOORZITTER, kern).bereik
    titles = [task.titel for task in taken(chair, date(2025, 10, 1)) if task.soort == "Kernsessie"]
    assert titles == [
        "Schrijf het verslag: kernsessie 6 Noord (2024-2025)",
        "Schrijf het verslag: kernsessie 9 Noord",
        "Bereid voor: kernsessie 12 Noord",
    ]
