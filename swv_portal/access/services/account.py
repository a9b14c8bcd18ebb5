"""What people change about their own account, and closing and opening one."""

from django.db import transaction

from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.access.queries import has_been_in_use
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import load_for_update

EIGEN_ACCOUNT = Refusal("zelf", "U kunt uw eigen account niet afsluiten. Vraag een andere beheerder.")
EERST_UITNODIGEN = Refusal("uitnodigen", "Dit account is nog nooit gebruikt. Stuur een uitnodiging.")


def wijzig_account(*, user_id: int, naam: str, dagbericht: bool) -> User:
    """Set the own name, and whether the daily mail comes.  Only what really changed is recorded."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        new = {"naam": naam, "dagbericht": dagbericht}
        changed = [field for field, value in new.items() if getattr(user, field) != value]
        if changed:
            user.naam, user.dagbericht = naam, dagbericht
            user.save(update_fields=changed)
            tekst = f"Heeft het eigen account gewijzigd ({', '.join(changed)})."
            audit.record(actor=Actor(user_id=user_id), soort="account.gewijzigd", onderwerp=user, tekst=tekst)
        return user


def sluit_account(*, user_id: int, actor: Actor) -> User | Refusal:
    """Close an account: the person can not log in any more, and is out at the next request.

    Refuses (``zelf``) one's own account: nobody locks the door with the key inside.
    """
    if user_id == actor.user_id:
        return EIGEN_ACCOUNT
    return _set_active(user_id, False, actor, "Heeft het account afgesloten.")


def heropen_account(*, user_id: int, actor: Actor) -> User | Refusal:
    """Open a closed account again.  Refuses (``uitnodigen``) somebody who never came in: invite instead."""
    return _set_active(user_id, True, actor, "Heeft het account weer geopend.")


def _set_active(user_id: int, active: bool, actor: Actor, tekst: str) -> User | Refusal:
    with transaction.atomic():
        user = load_for_update(User.objects.all(), user_id)
        if active and not has_been_in_use(user):
            return EERST_UITNODIGEN
        if user.is_active != active:
            user.is_active = active
            user.save(update_fields=["is_active"])
            soort = "account.geopend" if active else "account.afgesloten"
            audit.record(actor=actor, soort=soort, onderwerp=user, tekst=tekst)
        return user
