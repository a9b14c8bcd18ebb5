"""The directeur-bestuurder hears who gives roles that matter, and that a directeur-bestuurder was removed."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from kernen.domain.rollen import GEMELDE_ROLLEN
from kernen.models import Roltoekenning
from kernen.services.accounts import beheer_account
from kernen.services.rollen import ken_rol_toe, nodig_uit_met_rol, trek_rol_in
from ondersteuning.querysets import AanvraagQuerySet, LeerlingQuerySet, VanAanvraagQuerySet
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.audit.queries import eigen_logboek, tijdlijn
from swv_portal.common.scoping import PLAATS, SWV_ROLLEN, Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.run import claim_next, run_claimed
from tests.factories import kernen as maak

pytestmark = pytest.mark.django_db

VANDAAG = date(2025, 11, 21)


@pytest.fixture
def directeur():
    user = maak.PersoonFactory(naam="Dana Duin", email="directeur@swv.example")
    maak.geef_rol(user, Rol.DIRECTEUR_BESTUURDER)
    return user


@pytest.fixture
def beheerder(actor_als) -> Actor:
    actor = actor_als(Rol.BEHEERDER)
    User.objects.filter(pk=actor.user_id).update(naam="Bas Beheer", email="beheer@swv.example")
    return actor


def verstuurd() -> list[mail.EmailMessage]:
    """The mails about roles that go out when the worker has done its work."""
    while job := claim_next():
        run_claimed(job)
    return [message for message in mail.outbox if message.subject.startswith("Controleer de rollen")]


def plaats(rol: Rol) -> dict[str, int]:
    makers = {"school": maak.SchoolFactory, "kern": maak.KernFactory, "bestuur": maak.SchoolbestuurFactory}
    kind = PLAATS[rol]
    return {} if kind == "swv" else {f"{kind}_id": makers[kind]().pk}


@pytest.mark.parametrize("rol", list(Rol))
def test_which_roles_are_told(directeur, beheerder, rol):
    user = maak.PersoonFactory(naam="Iemand Nieuw", email="nieuw@example.example")
    granted = ken_rol_toe(actor=beheerder, user_id=user.pk, rol=rol, vandaag=VANDAAG, van=VANDAAG, **plaats(rol))
    assert isinstance(granted, Roltoekenning)
    told = rol is not Rol.KERNVOORZITTER
    assert [message.to for message in verstuurd()] == ([["directeur@swv.example"]] if told else [])
    kinds = [line.soort for line in tijdlijn(user)]
    assert kinds == (["rol.gemeld", "rol.toegekend"] if told else ["rol.toegekend"])


def test_every_role_that_reads_dossiers_is_told():
    """A role that gets to read dossiers later can not be forgotten here."""
    readers = set(SWV_ROLLEN)
    for rows in (LeerlingQuerySet, AanvraagQuerySet, VanAanvraagQuerySet):
        readers |= set(rows.scope.alles) | set(rows.scope.via)
    assert readers == GEMELDE_ROLLEN


def test_the_mail_says_who_gave_which_role_to_whom(directeur, beheerder):
    school = maak.SchoolFactory(naam="De Zeehond")
    invited = nodig_uit_met_rol(
        actor=beheerder,
        email="tweede.adres@prive.example",
        naam="B. Heer",
        rol=Rol.IBER,
        vandaag=VANDAAG,
        van=VANDAAG,
        school_id=school.pk,
    )
    assert isinstance(invited, Roltoekenning)
    (message,) = verstuurd()
    for part in (
        "Beste Dana Duin",
        "Bas Beheer (beheer@swv.example) gaf een rol aan B. Heer (tweede.adres@prive.example): IB'er (De Zeehond)",
        "21 november 2025",
        f"/kernen/personen/{invited.user_id}/",
    ):
        assert part in message.body.replace("\n", " "), part
    assert "Beheer" not in message.subject
    assert "rol.toegekend" in [line.soort for line in eigen_logboek(beheerder.user_id or 0)]


def test_who_is_told_is_directeur_bestuurder_on_the_day_that_is_given(directeur, beheerder):
    """The day is an argument: the services do not look at the clock."""
    later = date(2041, 3, 1)
    Roltoekenning.objects.filter(user=directeur).update(tot=later)
    maak.RoltoekenningFactory(
        user=maak.PersoonFactory(email="opvolger@swv.example"), rol=Rol.DIRECTEUR_BESTUURDER, van=later
    )
    for day in (later - timedelta(days=1), later):
        user = maak.PersoonFactory()
        ken_rol_toe(actor=beheerder, user_id=user.pk, rol=Rol.CONTROLLER, vandaag=day, van=VANDAAG)
    assert [message.to for message in verstuurd()] == [["directeur@swv.example"], ["opvolger@swv.example"]]


def test_giving_it_again_tells_nothing_new(directeur, beheerder):
    user = maak.PersoonFactory()
    for _ in range(2):
        ken_rol_toe(actor=beheerder, user_id=user.pk, rol=Rol.SWV_MEDEWERKER, vandaag=VANDAAG, van=VANDAAG)
    assert len(verstuurd()) == 1


def test_a_refused_role_tells_nobody(directeur, beheerder):
    assert isinstance(
        ken_rol_toe(actor=beheerder, user_id=beheerder.user_id, rol=Rol.IBER, vandaag=VANDAAG, van=VANDAAG), Refusal
    )
    assert not Job.objects.exists()


def test_who_becomes_directeur_bestuurder_is_not_the_one_who_is_told(directeur, beheerder):
    second = maak.PersoonFactory(email="tweede@prive.example")
    ken_rol_toe(
        actor=beheerder,
        user_id=second.pk,
        rol=Rol.DIRECTEUR_BESTUURDER,
        vandaag=timezone.localdate(),
        van=timezone.localdate(),
    )
    assert [message.to for message in verstuurd()] == [["directeur@swv.example"]]


def test_a_directeur_bestuurder_gets_no_mail_of_the_own_act_but_the_other_does(directeur, actor_als):
    other = actor_als(Rol.DIRECTEUR_BESTUURDER)
    ken_rol_toe(actor=other, user_id=maak.PersoonFactory().pk, rol=Rol.CONTROLLER, vandaag=VANDAAG, van=VANDAAG)
    assert [message.to for message in verstuurd()] == [["directeur@swv.example"]]


def test_removing_who_reads_the_mails_is_told_to_that_person(directeur, beheerder):
    row = Roltoekenning.objects.get(user=directeur)
    assert isinstance(trek_rol_in(actor=beheerder, pk=row.pk, per=timezone.localdate()), Roltoekenning)
    (message,) = verstuurd()
    assert message.to == ["directeur@swv.example"]
    assert "trok de rol directeur-bestuurder in: Dana Duin" in message.body


def test_closing_the_account_of_who_reads_the_mails_does_not_stop_them(directeur, beheerder):
    user = maak.PersoonFactory()
    ken_rol_toe(actor=beheerder, user_id=user.pk, rol=Rol.IBER, vandaag=VANDAAG, van=VANDAAG, **plaats(Rol.IBER))
    done = beheer_account(actor=beheerder, user_id=directeur.pk, stap="sluit", vandaag=timezone.localdate())
    assert isinstance(done, User)
    assert not done.is_active
    assert [message.to for message in verstuurd()] == [["directeur@swv.example"]] * 2
    assert "sloot het account van een directeur-bestuurder af" in mail.outbox[-1].body


def test_taking_another_role_away_tells_nobody(directeur, beheerder):
    granted = maak.geef_rol(maak.PersoonFactory(), Rol.CONTROLLER)
    trek_rol_in(actor=beheerder, pk=granted.pk, per=VANDAAG)
    assert not Job.objects.exists()
