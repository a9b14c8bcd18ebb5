"""Two dossiers with the same name and birth date: the SWV looked, and says that they are two children."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.rollen import ALLEEN_SWV
from ondersteuning.models import Leerling, NietDezelfde
from ondersteuning.services.leerlingen import laad_leerling
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal


def meld_niet_dezelfde(*, actor: Actor, pk: int, ander: int, vandaag: date) -> Leerling | Refusal:
    """These two are not the same child.  Saying it twice changes nothing.

    Refuses ``rol``, ``zelfde``, ``geen_dubbel``.
    """
    with transaction.atomic():
        first, second = sorted((pk, ander))
        if first == second:
            return Refusal("zelfde", "Dit is hetzelfde dossier.")
        pupils = {key: laad_leerling(actor, key) for key in (first, second)}
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return ALLEEN_SWV
        if pupils[first].dubbelsleutel != pupils[second].dubbelsleutel:
            return Refusal("geen_dubbel", "Deze dossiers hebben niet dezelfde naam en geboortedatum.")
        row, made = NietDezelfde.objects.get_or_create(
            leerling=pupils[first], ander=pupils[second], defaults={"gezien_op": vandaag}
        )
        if made:
            # Not in the timelines of the pupils: their schools would read there that there was another dossier.
            audit.record(
                actor=actor,
                soort="leerling.niet_dezelfde",
                onderwerp=row,
                tekst="Heeft twee dossiers vergeleken: het zijn twee leerlingen.",
            )
        return pupils[pk]
