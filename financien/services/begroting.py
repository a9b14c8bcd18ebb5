"""Storing a multi-year budget that was read from a file."""

from django.db import transaction
from django.utils import timezone

from financien.importers.begroting import Begrotingsbestand, Totalenbestand
from financien.models import Begroting, Begrotingspost, GepubliceerdTotaal
from financien.services.budget import GEEN_ROL
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.workflow import Refusal


def bewaar_begroting(
    *,
    actor: Actor,
    bestand: Begrotingsbestand,
    totalen: Totalenbestand | None,
    naam: str,
    bron: str,
) -> Begroting | Refusal:
    """Keep a begroting with its posts and, when given, the totals as they were published.  Earlier ones stay.

    The totals are never corrected.  Refuses: ``rol``, ``jaren`` (the totals are of years that the posts do not have).
    """
    if not actor.bereik.heeft(*SWV_GELD):
        return GEEN_ROL
    if totalen is not None and not set(totalen.jaren) <= set(bestand.jaren):
        return Refusal("jaren", "De totalen gaan over andere jaren dan de posten.")
    with transaction.atomic():
        begroting = Begroting.objects.create(
            naam=naam,
            bron=bron,
            eerste_jaar=bestand.jaren[0],
            laatste_jaar=bestand.jaren[-1],
            ingelezen_op=timezone.now(),
            ingelezen_door_id=actor.user_id,
        )
        Begrotingspost.objects.bulk_create(
            Begrotingspost(
                begroting=begroting,
                volgorde=index,
                soort=post.soort,
                groep=post.groep,
                post=post.post,
                bedragen={str(jaar): amount for jaar, amount in post.bedragen.items() if amount is not None},
            )
            for index, post in enumerate(bestand.posten)
        )
        GepubliceerdTotaal.objects.bulk_create(
            GepubliceerdTotaal(
                begroting=begroting,
                volgorde=index,
                regel=regel,
                bedragen={str(jaar): amount for jaar, amount in bedragen.items()},
            )
            for index, (regel, bedragen) in enumerate((totalen.regels if totalen else {}).items())
        )
        audit.record(
            actor=actor,
            soort="begroting.ingelezen",
            onderwerp=begroting,
            tekst=f"De begroting '{naam}' is ingelezen.",
            gegevens={"posten": len(bestand.posten)},
        )
        return begroting
