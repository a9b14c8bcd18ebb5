"""Storing a multi-year budget that was read from a file, and making one the begroting that everybody reads."""

from django.db import transaction
from django.utils import timezone

from financien.domain.procedure import BEGROTING, GELDEND
from financien.importers.begroting import Begrotingsbestand, Totalenbestand
from financien.models import Begroting, Begrotingspost, GepubliceerdTotaal
from financien.services.budget import GEEN_ROL
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import Slot, check_version, load_for_update, wait_turn


def bewaar_begroting(
    *,
    actor: Actor,
    bestand: Begrotingsbestand,
    totalen: Totalenbestand | None,
    naam: str,
    bron: str,
) -> Begroting | Refusal:
    """Keep a begroting with its posts and, when given, the totals as they were published: a concept.

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
        _bewaar_posten(begroting, bestand)
        if totalen is not None:
            _bewaar_gepubliceerde_totalen(begroting, totalen)
        audit.record(
            actor=actor,
            soort="begroting.ingelezen",
            onderwerp=begroting,
            tekst=f"De begroting '{naam}' is ingelezen.",
            gegevens={"posten": len(bestand.posten)},
        )
        return begroting


def _bewaar_posten(begroting: Begroting, bestand: Begrotingsbestand) -> None:
    """The posts in the order of the file; a year that was not budgeted is left out, which is not 0."""
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


def _bewaar_gepubliceerde_totalen(begroting: Begroting, totalen: Totalenbestand) -> None:
    """The published totals as they are, in the order and the words of the publication."""
    GepubliceerdTotaal.objects.bulk_create(
        GepubliceerdTotaal(
            begroting=begroting,
            volgorde=index,
            regel=regel,
            bedragen={str(jaar): amount for jaar, amount in bedragen.items()},
        )
        for index, (regel, bedragen) in enumerate(totalen.regels.items())
    )


#: What a form says that was opened when no begroting was geldend.  Not what a form counts as that says nothing.
GEEN_GELDENDE = -1
ANDERE_GELDENDE = Refusal(
    "verouderd",
    "Sinds u deze pagina opende, is een andere begroting geldend gemaakt. Er is niets gewijzigd. "
    "Bekijk welke begroting nu geldt en probeer het opnieuw.",
)


def maak_geldend(*, actor: Actor, pk: int, versie: int | None, geldend: int | None) -> Begroting | Refusal:
    """Make a concept the begroting that everybody reads.  The one that was, stays to be read as an earlier one.

    ``geldend`` is the key of the begroting that was geldend when the form was opened, or ``GEEN_GELDENDE``: who
    replaces one has seen which.  Like ``versie`` it is ``None`` for whoever opened nothing.  Refuses: ``rol``,
    ``staat``, ``verouderd``.  Source: none outside the portal, see ``docs/besluiten/0034-begroting-concept.md``.
    """
    with transaction.atomic():
        wait_turn(Slot.BEGROTING)
        begroting = load_for_update(Begroting.objects.visible_to(actor.bereik), pk)
        if refusal := check_version(begroting, versie):
            return refusal
        step = BEGROTING.decide("maak_geldend", begroting.staat, actor.bereik.rollen, begroting)
        if isinstance(step, Refusal):
            return step
        old = Begroting.objects.select_for_update(of=("self",)).filter(staat=GELDEND).first()
        if geldend is not None and geldend != (old.pk if old else GEEN_GELDENDE):
            return ANDERE_GELDENDE
        if old is not None and (refusal := _vervang(actor, old)):
            return refusal
        begroting.staat, begroting.versie = step.naar, begroting.versie + 1
        begroting.geldend_sinds, begroting.geldend_door_id = timezone.now(), actor.user_id
        begroting.save(update_fields=["staat", "versie", "geldend_sinds", "geldend_door"])
        audit.record(
            actor=actor,
            soort="begroting.geldend",
            onderwerp=begroting,
            tekst=f"De begroting '{begroting.naam}' is nu de geldende.",
        )
        return begroting


def _vervang(actor: Actor, old: Begroting) -> Refusal | None:
    """The begroting that is geldend now becomes an earlier one."""
    step = BEGROTING.decide("vervang", old.staat, actor.bereik.rollen, old)
    if isinstance(step, Refusal):
        return step
    old.staat, old.versie = step.naar, old.versie + 1
    old.save(update_fields=["staat", "versie"])
    audit.record(
        actor=actor,
        soort="begroting.vervangen",
        onderwerp=old,
        tekst="Deze begroting is vervangen door een nieuwe.",
    )
    return None


def bewaar_als_geldend(
    *,
    actor: Actor,
    bestand: Begrotingsbestand,
    totalen: Totalenbestand | None,
    naam: str,
    bron: str,
) -> Begroting | Refusal:
    """Keep a begroting and make it geldend, both or neither: what the command does.

    Refuses what ``bewaar_begroting`` and ``maak_geldend`` refuse.
    """
    with transaction.atomic():
        kept = bewaar_begroting(actor=actor, bestand=bestand, totalen=totalen, naam=naam, bron=bron)
        if isinstance(kept, Refusal):
            return kept
        done = maak_geldend(actor=actor, pk=kept.pk, versie=None, geldend=None)
        if isinstance(done, Refusal):
            transaction.set_rollback(True)
        return done
