"""Giving and taking roles, inviting, and the reach that follows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kernen.models import Roltoekenning
from kernen.queries import bereik_voor
from kernen.services.rollen import ken_rol_toe, nodig_uit_met_rol, trek_rol_in
from swv_portal.access.models import Uitnodiging, User
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import PLAATS, Rol, Toekenning
from swv_portal.common.workflow import Refusal
from tests.factories import kernen as maak

pytestmark = pytest.mark.django_db

VANDAAG = date(2025, 11, 21)
MORGEN = VANDAAG + timedelta(days=1)


@pytest.mark.parametrize("rol", list(Rol))
def test_a_role_gives_its_reach_from_the_first_to_the_last_day(rol):
    granted = maak.geef_rol(maak.PersoonFactory(), rol)
    granted.van, granted.tot = VANDAAG, MORGEN
    granted.save()
    place = granted.school_id or granted.kern_id or granted.bestuur_id
    assert bereik_voor(granted.user_id, VANDAAG).toekenningen == {Toekenning(rol, place)}
    assert not bereik_voor(granted.user_id, VANDAAG - timedelta(days=1)).toekenningen
    assert not bereik_voor(granted.user_id, MORGEN).toekenningen


def test_the_reach_takes_one_query(django_assert_num_queries):
    user = maak.PersoonFactory()
    for rol in Rol:
        maak.geef_rol(user, rol)
    with django_assert_num_queries(1):
        assert len(bereik_voor(user.pk, date(2025, 1, 1)).toekenningen) == len(Rol)


@pytest.mark.parametrize("rol", list(Rol))
def test_the_database_refuses_a_role_at_the_wrong_place(rol):
    wrong = {"swv": {"school": maak.SchoolFactory()}}.get(PLAATS[rol], {})
    with pytest.raises(IntegrityError), transaction.atomic():
        Roltoekenning.objects.create(user=maak.PersoonFactory(), rol=rol, van=VANDAAG, **wrong)


def test_giving_a_role_twice_gives_one(actor_als):
    actor, user, school = actor_als(Rol.SWV_MEDEWERKER), maak.PersoonFactory(), maak.SchoolFactory(naam="De Zeehond")
    for _ in range(2):
        granted = ken_rol_toe(
            actor=actor, user_id=user.pk, rol=Rol.IBER, vandaag=VANDAAG, van=VANDAAG, school_id=school.pk
        )
        assert isinstance(granted, Roltoekenning)
    assert Roltoekenning.objects.filter(user=user).count() == 1
    assert [line.tekst for line in tijdlijn(user)] == ["Heeft de rol IB'er gekregen (De Zeehond)."]


@pytest.mark.parametrize(
    "rol", [Rol.IBER, Rol.SCHOOLDIRECTEUR, Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER, Rol.CONTROLLER]
)
def test_who_may_not_give_roles(actor_als, rol):
    answer = ken_rol_toe(
        actor=actor_als(rol), user_id=maak.PersoonFactory().pk, rol=Rol.CONTROLLER, vandaag=VANDAAG, van=VANDAAG
    )
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"


def test_inviting_makes_an_account_a_role_and_a_mail(actor_als):
    kern = maak.KernFactory()
    granted = nodig_uit_met_rol(
        actor=actor_als(Rol.BEHEERDER),
        email="Nieuw@School.example",
        naam="Nieuwe Voorzitter",
        rol=Rol.KERNVOORZITTER,
        vandaag=VANDAAG,
        van=VANDAAG,
        kern_id=kern.pk,
    )
    assert isinstance(granted, Roltoekenning)
    user = User.objects.get(email="nieuw@school.example")
    assert not user.is_active
    assert granted.user_id == user.pk
    assert Uitnodiging.objects.filter(user=user).count() == 1


def test_a_refused_role_invites_nobody(actor_als):
    answer = nodig_uit_met_rol(
        actor=actor_als(Rol.SWV_MEDEWERKER),
        email="nieuw@swv.example",
        naam="N",
        rol=Rol.DIRECTEUR_BESTUURDER,
        vandaag=VANDAAG,
        van=VANDAAG,
    )
    assert isinstance(answer, Refusal)
    assert not User.objects.filter(email="nieuw@swv.example").exists()
    assert not Uitnodiging.objects.exists()


def test_taking_a_role_ends_the_reach_that_day(actor_als):
    granted = maak.geef_rol(maak.PersoonFactory(), Rol.IBER)
    actor = actor_als(Rol.SWV_MEDEWERKER)
    for _ in range(2):
        done = trek_rol_in(actor=actor, pk=granted.pk, per=VANDAAG)
        assert isinstance(done, Roltoekenning)
        assert done.tot == VANDAAG
    assert not bereik_voor(granted.user_id, VANDAAG).toekenningen
    assert bereik_voor(granted.user_id, VANDAAG - timedelta(days=1)).toekenningen
    assert len(tijdlijn(granted.user)) == 1


def test_nobody_locks_oneself_out(actor_als):
    actor = actor_als(Rol.BEHEERDER)
    own = Roltoekenning.objects.get(user_id=actor.user_id)
    answer = trek_rol_in(actor=actor, pk=own.pk, per=VANDAAG)
    assert isinstance(answer, Refusal)
    assert answer.code == "zichzelf"


@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.DIRECTEUR_BESTUURDER, Rol.SWV_MEDEWERKER])
def test_nobody_widens_the_own_reach(actor_als, rol):
    actor = actor_als(rol)
    school = maak.SchoolFactory()
    before = bereik_voor(actor.user_id, VANDAAG).toekenningen
    email = User.objects.get(pk=actor.user_id).email
    given = ken_rol_toe(
        actor=actor, user_id=actor.user_id, rol=Rol.IBER, vandaag=VANDAAG, van=VANDAAG, school_id=school.pk
    )
    invited = nodig_uit_met_rol(
        actor=actor, email=email, naam="x", rol=Rol.IBER, vandaag=VANDAAG, van=VANDAAG, school_id=school.pk
    )
    for answer in (given, invited):
        assert isinstance(answer, Refusal)
        assert answer.code == "zichzelf"
    assert bereik_voor(actor.user_id, VANDAAG).toekenningen == before


def test_a_closed_account_reaches_nothing(actor_als):
    actor = actor_als(Rol.BEHEERDER)
    assert bereik_voor(actor.user_id, VANDAAG).rollen == {Rol.BEHEERDER}
    User.objects.filter(pk=actor.user_id).update(is_active=False)
    assert not bereik_voor(actor.user_id, VANDAAG).toekenningen
