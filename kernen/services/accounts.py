"""The account of a person: closing it, opening it again, and the invitation to it."""

from datetime import date

from django.db import transaction

from kernen.domain.rollen import accountstappen, mag_account_beheren
from kernen.models import Roltoekenning
from kernen.services.rolmeldingen import directie, meld_verlies
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.access.queries import has_been_in_use, invitations_of
from swv_portal.access.services.account import heropen_account, sluit_account
from swv_portal.access.services.invitations import nodig_uit, trek_in
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import load_for_update

KAN_NIET = Refusal("staat", "Dat kan nu niet: er is intussen iets aan dit account veranderd.")


def beheer_account(*, actor: Actor, user_id: int, stap: str, vandaag: date) -> User | Refusal:
    """Take one of ``ACCOUNTSTAPPEN`` on the account of a person.  An unknown person is a 404.

    Refuses ``rol`` (somebody with a role that one could not take away), ``staat`` (not from how the account is now, so
    a second press of the button does nothing), ``zelf`` (one's own account), and as ``nodig_uit`` does.
    """
    with transaction.atomic():
        user = load_for_update(User.objects.all(), user_id)
        held = Roltoekenning.objects.op(vandaag).filter(user=user).values_list("rol", flat=True)
        if refusal := mag_account_beheren(actor.bereik.rollen, frozenset(Rol(rol) for rol in held)):
            return refusal
        if stap not in _stappen(user):
            return KAN_NIET
        if stap == "sluit":
            return _sluit(user, actor, vandaag, is_director=Rol.DIRECTEUR_BESTUURDER in held)
        if stap == "heropen":
            return heropen_account(user_id=user.pk, actor=actor)
        if stap == "nodig_uit":
            return nodig_uit(email=user.email, naam=user.naam, actor=actor)
        trek_in(user_id=user.pk, actor=actor)
        return user


def _sluit(user: User, actor: Actor, vandaag: date, *, is_director: bool) -> User | Refusal:
    told = directie(actor, vandaag) if is_director else []
    closed = sluit_account(user_id=user.pk, actor=actor)
    if not isinstance(closed, Refusal):
        meld_verlies(user, actor=actor, aan=told, hoe="sloot het account van een directeur-bestuurder af")
    return closed


def _stappen(user: User) -> tuple[str, ...]:
    """The steps that make sense for this account now."""
    invitation = invitations_of([user.pk]).get(user.pk)
    return accountstappen(
        actief=user.is_active,
        in_gebruik_geweest=has_been_in_use(user),
        uitnodiging=invitation.code if invitation else None,
    )
