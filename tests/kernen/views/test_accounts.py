"""Closing an account, opening it again and handling the invitation, on the page of a person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kernen.domain.rollen import accountstappen, mag_account_beheren
from swv_portal.access.models import Uitnodiging, User
from swv_portal.access.queries import closed_accounts
from swv_portal.access.services.invitations import nodig_uit
from swv_portal.common.scoping import Rol
from tests.factories import kernen as maak


@pytest.mark.parametrize(
    ("mine", "theirs", "allowed"),
    [
        ({Rol.BEHEERDER}, {Rol.SWV_MEDEWERKER, Rol.IBER}, True),
        ({Rol.SWV_MEDEWERKER}, {Rol.IBER, Rol.SCHOOLBESTUURDER}, True),
        ({Rol.SWV_MEDEWERKER}, set(), True),
        ({Rol.SWV_MEDEWERKER}, {Rol.IBER, Rol.BEHEERDER}, False),
        ({Rol.CONTROLLER}, {Rol.IBER}, False),
        ({Rol.SCHOOLDIRECTEUR}, set(), False),
    ],
)
def test_only_who_could_take_every_role_may_manage_the_account(mine, theirs, allowed):
    refusal = mag_account_beheren(frozenset(mine), frozenset(theirs))
    assert (refusal is None) is allowed


@pytest.mark.parametrize(
    ("active", "used", "invitation", "expected"),
    [
        (True, True, "gebruikt", ("sluit",)),
        (False, True, "gebruikt", ("heropen",)),
        (False, False, None, ("nodig_uit",)),
        (False, False, "verlopen", ("nodig_uit",)),
        (False, False, "open", ("nodig_uit", "trek_uitnodiging_in")),
    ],
)
def test_the_steps_that_make_sense(active, used, invitation, expected):
    assert accountstappen(actief=active, in_gebruik_geweest=used, uitnodiging=invitation) == expected


@pytest.fixture
def iber(db):
    user = maak.PersoonFactory(naam="Bo Zandweg")
    user.set_password("een-lang-wachtwoord")
    user.save()
    maak.geef_rol(user, Rol.IBER, maak.SchoolFactory())
    return user


def _step(client, user, step):
    return client.post(reverse("kernen:persoon_account", args=[user.pk]), {"stap": step}, follow=True)


def test_closing_and_opening_an_account(als, iber):
    client = als(Rol.SWV_MEDEWERKER)
    page = _step(client, iber, "sluit").content.decode()
    iber.refresh_from_db()
    assert not iber.is_active
    assert "afgesloten" in page
    assert "Open het account weer" in page
    assert "Dat kan nu niet" in _step(client, iber, "sluit").content.decode()
    _step(client, iber, "heropen")
    iber.refresh_from_db()
    assert iber.is_active


def test_the_list_tells_closed_from_not_yet_in_use(als, iber, actor_als, django_assert_num_queries):
    new = nodig_uit(email="nieuw@school.example", naam="Nog Nieuw", actor=actor_als(Rol.BEHEERDER))
    User.objects.filter(pk=iber.pk).update(is_active=False)
    client = als(Rol.SWV_MEDEWERKER)
    for user, shown in ((iber, "afgesloten"), (new, "nog niet in gebruik")):
        page = client.get(reverse("kernen:personen"), {"q": user.naam}).content.decode()
        assert [text for text in ("afgesloten", "nog niet in gebruik") if text in page] == [shown]
    Uitnodiging.objects.filter(user=new).update(gebruikt=timezone.now())
    iber.refresh_from_db()
    new.refresh_from_db()
    with django_assert_num_queries(1):
        assert closed_accounts([iber, new]) == {iber.pk, new.pk}
    with django_assert_num_queries(0):
        assert closed_accounts([User(is_active=True)]) == frozenset()


def test_a_closed_account_is_out_at_once(als, iber, client):
    client.force_login(iber)
    assert client.get(reverse("start:thuis")).status_code == 200
    _step(als(Rol.BEHEERDER), iber, "sluit")
    assert client.get(reverse("start:thuis")).status_code == 302


def test_an_employee_can_not_close_who_manages_the_portal(als):
    manager = maak.PersoonFactory()
    maak.geef_rol(manager, Rol.BEHEERDER)
    client = als(Rol.SWV_MEDEWERKER)
    assert "Sluit het account af" not in client.get(reverse("kernen:persoon", args=[manager.pk])).content.decode()
    assert "niet beheren" in _step(client, manager, "sluit").content.decode()
    manager.refresh_from_db()
    assert manager.is_active


def test_nobody_closes_the_own_account(als):
    client = als(Rol.BEHEERDER)
    me = User.objects.get(pk=client.session["_auth_user_id"])
    assert "eigen account" in _step(client, me, "sluit").content.decode()
    me.refresh_from_db()
    assert me.is_active


def test_a_new_invitation_replaces_the_old_one_and_can_be_withdrawn(als, bereik_als, actor_als, mailoutbox):
    user = nodig_uit(email="nieuw@school.example", naam="Nieuw", actor=actor_als(Rol.BEHEERDER))
    client = als(Rol.BEHEERDER)
    _step(client, user, "nodig_uit")
    assert Uitnodiging.objects.filter(user=user).count() == 2
    assert Uitnodiging.objects.filter(user=user, ingetrokken=None).count() == 1
    _step(client, user, "trek_uitnodiging_in")
    assert not Uitnodiging.objects.filter(user=user, ingetrokken=None).exists()
    assert "Dat kan nu niet" in _step(client, user, "trek_uitnodiging_in").content.decode()


def test_an_unknown_person_is_not_found(als):
    assert (
        als(Rol.BEHEERDER).post(reverse("kernen:persoon_account", args=[10**9]), {"stap": "sluit"}).status_code == 404
    )
