"""Inviting parents and the second expert by personal link, and taking a link back."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import INDIENERS, INSTELLING, OUDER, TWEEDE_DESKUNDIGE, mag_uitnodigen
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.domain.zinnen import deskundigenzin, mailzin
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.queries.partijregels import LINKSOORTEN, linkstaten
from ondersteuning.queries.stand import rollen_van
from ondersteuning.services.procedurebericht import bericht_aan_partij
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.access.services.links import extend_link, give_link, withdraw_link
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail

LINK_OUDER = LINKSOORTEN[OUDER]
LINK_DESKUNDIGE = LINKSOORTEN[TWEEDE_DESKUNDIGE]
LINK_INSTELLING = LINKSOORTEN[INSTELLING]
#: A link works for half a year from the invitation, and the link of a parent for half a year from the decision: that
#: covers the objection term (six weeks, Awb 6:7) and the decision on an objection (twelve weeks, Awb 7:10).
GELDIG_DAGEN = 180

GEEN_ADRES = Refusal("geen_adres", "Vul eerst een e-mailadres in bij deze persoon.")


@dataclass(frozen=True)
class Uitnodiging:
    """Somebody who was invited; the second code is shown to the school once, and goes by another way than the mail."""

    partij: Partij
    code: str = field(repr=False)


def verstuur(partij: Partij, aanvraag: Aanvraag, *, actor: Actor, vandaag: date) -> Uitnodiging:
    """Give one party a link, and mail it.  Inside a transaction; who may do this was decided before."""
    given = give_link(
        soort=LINKSOORTEN[partij.soort],
        onderwerp_id=partij.pk,
        naam=partij.label,
        geldig_dagen=GELDIG_DAGEN,
        actor=actor,
    )
    partij.link_id, partij.uitgenodigd_op = given.link.pk, vandaag
    partij.save(update_fields=["link_id", "uitgenodigd_op"])
    enqueue_mail(
        sjabloon="ondersteuning_uitnodiging",
        onderwerp=f"Bekijk aanvraag {aanvraag.kenmerk}",
        context=uitnodigingstekst(partij, aanvraag, given.pad),
        aan_adres=partij.email,
        actor=actor,
    )
    return Uitnodiging(partij, given.code)


def uitnodigingstekst(partij: Partij, aanvraag: Aanvraag, pad: str) -> dict[str, str]:
    """What the mail with a personal link says: who asks what, without a name of the child."""
    who = aanvraag.indienernaam
    asked = {
        OUDER: mailzin(aanvraag.de_route, wie=who, blijft=aanvraag.blijft_op_school),
        TWEEDE_DESKUNDIGE: deskundigenzin(aanvraag.de_route, blijft=aanvraag.blijft_op_school),
    }
    return {
        "kenmerk": aanvraag.kenmerk,
        "school": who,
        "soort": partij.soort,
        "gevraagd": asked.get(partij.soort, ""),
        "url": absolute_url(pad),
    }


def nodig_allen_uit(aanvraag: Aanvraag, *, actor: Actor, vandaag: date) -> list[Uitnodiging]:
    """Invite every party without a link that works; who has one gets a mail to look again.  Inside a transaction."""
    invited = []
    parties = [p for p in aanvraag.partijen.exclude(soort=INSTELLING) if p.naam and p.email]
    links = linkstaten(parties)
    for partij in parties:
        state = links.get(partij.pk)
        if partij.link_id is None or state is None or state.code != "actief":
            invited.append(verstuur(partij, aanvraag, actor=actor, vandaag=vandaag))
        else:
            bericht_aan_partij(partij, aanvraag, zin="Bekijk opnieuw", actor=actor)
    return invited


def houd_link_open(partij: Partij, *, actor: Actor) -> None:
    """There is a decision: a parent can read it, and how to object, long enough.  Inside a transaction."""
    if partij.soort == OUDER and partij.link_id is not None:
        extend_link(link_id=partij.link_id, dagen=GELDIG_DAGEN, actor=actor)


def _laad_partij(actor: Actor, aanvraag_pk: int, partij_pk: int) -> tuple[Aanvraag, Partij]:
    aanvraag = laad(actor, aanvraag_pk)
    partij = aanvraag.partijen.filter(pk=partij_pk).first()
    if partij is None:
        raise NotVisible("niet gevonden")
    return aanvraag, partij


def _mag(actor: Actor, aanvraag: Aanvraag) -> Refusal | None:
    if not rollen_van(aanvraag, actor) & (INDIENERS | SCHOOL_EN_SWV):
        return Refusal("rol", "Alleen de school van de leerling en het samenwerkingsverband nodigen mensen uit.")
    return None


def nodig_uit(*, actor: Actor, pk: int, partij_pk: int, vandaag: date) -> Uitnodiging | Refusal:
    """Give one party a new link and code; the old link stops.  For a lost code, a wrong address, or a link that ended.

    Refuses: ``rol``, ``staat`` (not while the school fills in, not after withdrawing), ``geen_adres``.
    """
    with transaction.atomic():
        aanvraag, partij = _laad_partij(actor, pk, partij_pk)
        refusal = _mag(actor, aanvraag) or mag_uitnodigen(aanvraag.staat, partij.soort)
        if refusal is not None:
            return refusal
        if not partij.naam or not partij.email:
            return GEEN_ADRES
        invited = verstuur(partij, aanvraag, actor=actor, vandaag=vandaag)
        audit.record(
            actor=actor,
            soort="aanvraag.uitgenodigd",
            onderwerp=aanvraag,
            tekst=f"Heeft een nieuwe link gegeven aan {partij.label}.",
        )
        return invited


def trek_link_in(*, actor: Actor, pk: int, partij_pk: int) -> Partij | Refusal:
    """Stop the link of one party at once.  Refuses ``rol``."""
    with transaction.atomic():
        aanvraag, partij = _laad_partij(actor, pk, partij_pk)
        refusal = _mag(actor, aanvraag)
        if refusal is not None:
            return refusal
        vergeet_link(partij, actor=actor)
        audit.record(
            actor=actor,
            soort="aanvraag.link_ingetrokken",
            onderwerp=aanvraag,
            tekst=f"Heeft de link van {partij.label} ingetrokken.",
        )
        return partij


def vergeet_link(partij: Partij, *, actor: Actor) -> None:
    """Withdraw the link of a party, if it has one; the party counts as not invited.  Inside a transaction."""
    if partij.link_id is None:
        return
    withdraw_link(link_id=partij.link_id, actor=actor)
    partij.link_id, partij.uitgenodigd_op = None, None
    partij.save(update_fields=["link_id", "uitgenodigd_op"])
