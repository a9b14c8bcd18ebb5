"""What the home page says of kernplannen and of people."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kernen.queries import werk
from swv_portal.access.models import Uitnodiging, User
from swv_portal.common.scoping import Rol
from tests.factories.kernen import KernFactory, KernplanFactory, PersoonFactory

pytestmark = pytest.mark.django_db
JUNI = date(2026, 6, 10)


def standen(bereik):
    return {deel.titel: deel.stand for deel in werk(bereik, JUNI)}


def test_the_swv_reads_how_many_kernen_have_an_established_plan_this_year(bereik_als, django_assert_num_queries):
    staff = bereik_als(Rol.SWV_MEDEWERKER)
    title = "Kernplannen 2025-2026"
    assert standen(staff) == {title: "Er is nog geen kern."}
    established, moment = KernFactory(), timezone.now()
    for year in (2024, 2025):
        KernplanFactory(kern=established, schooljaar=year, staat="vastgesteld", vastgesteld_op=moment)
    KernplanFactory(kern=KernFactory(), schooljaar=2024, staat="vastgesteld", vastgesteld_op=moment)
    KernplanFactory(schooljaar=2025)
    KernFactory(actief=False)
    with django_assert_num_queries(1):
        assert standen(staff) == {title: "1 van de 3 kernen heeft een vastgesteld kernplan."}


def test_a_chair_reads_the_state_of_the_own_plan(bereik_als):
    kern = KernFactory(naam="Noord")
    chair = bereik_als(Rol.KERNVOORZITTER, kern)
    KernplanFactory(kern=kern, schooljaar=2024, staat="ingediend")
    assert standen(chair) == {"Kern Noord": "Er is nog geen kernplan voor 2025-2026."}
    KernplanFactory(kern=kern, schooljaar=2025, staat="teruggestuurd")
    assert standen(chair) == {"Kern Noord": "Kernplan 2025-2026: teruggestuurd."}


def test_the_beheerder_reads_how_many_people_there_are_and_who_did_not_answer(bereik_als, django_assert_num_queries):
    beheerder = bereik_als(Rol.BEHEERDER)
    PersoonFactory(is_active=False)
    number = User.objects.filter(is_active=True).count()
    assert number > 0
    word = "persoon heeft" if number == 1 else "personen hebben"
    assert standen(beheerder) == {"Personen": f"{number} {word} een account."}
    now = timezone.now()
    open_until, past = now + timedelta(days=1), now - timedelta(days=1)
    for index, fields in enumerate(
        [
            {"verloopt": open_until},
            {"verloopt": past},
            {"verloopt": open_until, "ingetrokken": now},
            {"verloopt": open_until, "gebruikt": now},
        ]
    ):
        Uitnodiging.objects.create(user=PersoonFactory(is_active=False), token_hash=str(index), **fields)
    with django_assert_num_queries(1):
        assert standen(beheerder)["Personen"].endswith(" een account. 1 uitnodiging staat open.")


@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.IBER, Rol.SCHOOLBESTUURDER])
def test_others_have_no_work_here(bereik_als, rol):
    assert standen(bereik_als(rol)) == {}
