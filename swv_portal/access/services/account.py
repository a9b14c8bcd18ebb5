"""What people change about their own account."""

from django.db import transaction

from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.audit import services as audit


def wijzig_account(*, actor: Actor, naam: str, dagbericht: bool) -> User:
    """Set the own name, and whether the daily mail comes.  Only what really changed is recorded."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=actor.user_id)
        new = {"naam": naam, "dagbericht": dagbericht}
        changed = [field for field, value in new.items() if getattr(user, field) != value]
        if changed:
            user.naam, user.dagbericht = naam, dagbericht
            user.save(update_fields=changed)
            tekst = f"Heeft het eigen account gewijzigd ({', '.join(changed)})."
            audit.record(actor=actor, soort="account.gewijzigd", onderwerp=user, tekst=tekst)
        return user
