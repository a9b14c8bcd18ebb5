"""Budget years: the days on which is counted, the agreement on the IKC, closing and opening again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from financien.domain.procedure import BUDGETJAAR, OPEN
from financien.domain.volume import Aandeel, Volumeinvoer, keur_volume
from financien.models import Budgetjaar, Volumeaandeel, Volumeafspraak
from financien.services.budget import GEEN_ROL
from kernen.models import Schoolbestuur
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import teldatum_voor
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import VEROUDERD, check_version, load_for_update

AFGESLOTEN = Refusal("afgesloten", "Dit budgetjaar is afgesloten.")


def begin_budgetjaar(*, actor: Actor, jaar: int) -> Budgetjaar | Refusal:
    """The budget year ``jaar``, made when it was not there yet.  Pupils are counted on 1 February of the year before,
    places on 1 January of the year itself, until somebody sets other days.  Refuses: ``rol``, ``jaar``.
    """
    if not actor.bereik.heeft(*SWV_GELD):
        return GEEN_ROL
    if not 2014 <= jaar <= 2100:
        return Refusal("jaar", "Kies een jaar tussen 2014 en 2100.", "jaar")
    with transaction.atomic():
        found, made = Budgetjaar.objects.get_or_create(
            jaar=jaar, defaults={"teldatum": teldatum_voor(jaar), "peildatum": date(jaar, 1, 1)}
        )
        if made:
            audit.record(
                actor=actor, soort="budgetjaar.begonnen", onderwerp=found, tekst=f"Budgetjaar {jaar} is begonnen."
            )
        return found


def wijzig_dagen(*, actor: Actor, pk: int, versie: int | None, teldatum: date, peildatum: date) -> Budgetjaar | Refusal:
    """Set the days on which pupils and places are counted.  Refuses: ``rol``, ``afgesloten``, ``verouderd``,
    ``teldatum`` (not before the end of the year), ``peildatum`` (outside the year and the year before).
    """
    if not actor.bereik.heeft(*SWV_GELD):
        return GEEN_ROL
    with transaction.atomic():
        jaar = load_for_update(Budgetjaar.objects.visible_to(actor.bereik), pk)
        if refusal := check_version(jaar, versie) or (None if jaar.staat == OPEN else AFGESLOTEN):
            return refusal
        if not jaar.jaar - 2 <= teldatum.year <= jaar.jaar:
            return Refusal("teldatum", f"Kies een teldatum tussen {jaar.jaar - 2} en {jaar.jaar}.", "teldatum")
        if not jaar.jaar - 1 <= peildatum.year <= jaar.jaar:
            return Refusal("peildatum", f"Kies een peildatum in {jaar.jaar - 1} of {jaar.jaar}.", "peildatum")
        jaar.teldatum, jaar.peildatum, jaar.versie = teldatum, peildatum, jaar.versie + 1
        jaar.save(update_fields=["teldatum", "peildatum", "versie"])
        audit.record(
            actor=actor,
            soort="budgetjaar.dagen",
            onderwerp=jaar,
            tekst="De teldatum of de peildatum is gewijzigd.",
            gegevens={"teldatum": teldatum.isoformat(), "peildatum": peildatum.isoformat()},
        )
        return jaar


def leg_volume_vast(
    *,
    actor: Actor,
    jaar_pk: int,
    versie: int | None,
    leerlingen: int,
    van_ander_swv: int,
    leerlingen_nu: int | None,
    bron: str,
    aandelen: Sequence[tuple[int, Decimal]],
) -> Volumeafspraak | Refusal:
    """Set the agreement on the volumebekostiging: pupils and the shares (weights) of boards as (bestuur_id, weight).

    ``versie`` is that of the agreement; ``None`` says that there is none yet.  Refuses: ``rol``, ``afgesloten``,
    ``verouderd``, ``aantal``, ``aandelen`` (none, not above zero, or a board twice).
    """
    if not actor.bereik.heeft(*SWV_GELD):
        return GEEN_ROL
    invoer = Volumeinvoer(leerlingen, van_ander_swv, tuple(Aandeel(*aandeel) for aandeel in aandelen), leerlingen_nu)
    if refusal := keur_volume(invoer):
        return refusal
    with transaction.atomic():
        jaar = load_for_update(Budgetjaar.objects.visible_to(actor.bereik), jaar_pk)
        if jaar.staat != OPEN:
            return AFGESLOTEN
        if refusal := _keur_besturen(actor, invoer.aandelen):
            return refusal
        afspraak = _te_wijzigen_afspraak(jaar, versie)
        if isinstance(afspraak, Refusal):
            return afspraak
        _schrijf_afspraak(afspraak, invoer, bron)
        audit.record(
            actor=actor,
            soort="budgetjaar.volume",
            onderwerp=jaar,
            tekst="De afspraak over de volumebekostiging is vastgelegd.",
            gegevens={"leerlingen": leerlingen, "van_ander_swv": van_ander_swv},
        )
        return afspraak


def _keur_besturen(actor: Actor, aandelen: Sequence[Aandeel]) -> Refusal | None:
    """Every share is of another board, and of one that this person sees."""
    known = Schoolbestuur.objects.visible_to(actor.bereik).filter(pk__in=[a.bestuur_id for a in aandelen]).count()
    return None if known == len(aandelen) else Refusal("aandelen", "Kies elk bestuur één keer.")


def _te_wijzigen_afspraak(jaar: Budgetjaar, versie: int | None) -> Volumeafspraak | Refusal:
    """The agreement of ``jaar``, locked, or a new one.  ``versie`` ``None``: there was none when one looked."""
    afspraak = Volumeafspraak.objects.select_for_update().filter(budgetjaar=jaar).first()
    if afspraak is None:
        return Volumeafspraak(budgetjaar=jaar, versie=0)
    refusal = VEROUDERD if versie is None else check_version(afspraak, versie)
    return refusal or afspraak


def _schrijf_afspraak(afspraak: Volumeafspraak, invoer: Volumeinvoer, bron: str) -> None:
    """The agreement as a next version; its shares take the place of those that it had."""
    afspraak.leerlingen, afspraak.van_ander_swv = invoer.leerlingen, invoer.van_ander_swv
    afspraak.leerlingen_nu, afspraak.bron, afspraak.versie = invoer.leerlingen_nu, bron, afspraak.versie + 1
    afspraak.save()
    afspraak.aandelen.all().delete()
    Volumeaandeel.objects.bulk_create(
        Volumeaandeel(afspraak=afspraak, bestuur_id=share.bestuur_id, gewicht=share.gewicht)
        for share in invoer.aandelen
    )


def zet_stap(*, actor: Actor, pk: int, stap: str, versie: int | None) -> Budgetjaar | Refusal:
    """Close a year (``sluit``) or open it again (``heropen``).  Refuses: ``rol``, ``staat``, ``verouderd``."""
    with transaction.atomic():
        jaar = load_for_update(Budgetjaar.objects.visible_to(actor.bereik), pk)
        if refusal := check_version(jaar, versie):
            return refusal
        step = BUDGETJAAR.decide(stap, jaar.staat, actor.bereik.rollen, jaar)
        if isinstance(step, Refusal):
            return step
        jaar.staat, jaar.versie = step.naar, jaar.versie + 1
        jaar.save(update_fields=["staat", "versie"])
        audit.record(
            actor=actor,
            soort=f"budgetjaar.{step.naar}",
            onderwerp=jaar,
            tekst=f"Budgetjaar {jaar.jaar} is {BUDGETJAAR.staten[step.naar]}.",
        )
        return jaar
