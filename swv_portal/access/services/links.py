"""Giving out, opening, withdrawing and leaving personal links."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.access.domain.secrets import clean_code, hash_token, new_code, new_token, show_code
from swv_portal.access.links import LinkKind, link_kind, register_link_kind
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.queries import MEESTE_POGINGEN, link_state
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal

__all__ = [
    "LinkKind",
    "Uitgegeven",
    "extend_link",
    "give_link",
    "leave",
    "open_with_code",
    "register_link_kind",
    "withdraw_link",
]

#: The one wording for every failure: it does not tell whether link or code is wrong, old, withdrawn or locked.
GEEN_TOEGANG = Refusal(
    "geen_toegang",
    "Deze code past niet bij deze link, of de link is niet meer geldig. Controleer de code. "
    "Lukt het niet, vraag dan de school of het samenwerkingsverband om een nieuwe link.",
    veld="code",
)


@dataclass(frozen=True)
class Uitgegeven:
    """A link that was just given out.  ``pad`` and ``code`` can not be had again later, and show in no log."""

    link: PersoonlijkeLink
    pad: str = field(repr=False)
    code: str = field(repr=False)


def give_link(*, soort: str, onderwerp_id: int, naam: str, geldig_dagen: int, actor: Actor) -> Uitgegeven:
    """Give out a link of kind ``soort`` for row ``onderwerp_id``, valid for ``geldig_dagen`` days.

    ``naam`` is how the person is called in timelines.  An older link for the same row stops working: one row, one link.
    """
    link_kind(soort)
    token, code = new_token(), new_code()
    with transaction.atomic():
        withdraw_links(soort=soort, onderwerp_id=onderwerp_id, actor=actor)
        link = PersoonlijkeLink.objects.create(
            soort=soort,
            onderwerp_id=onderwerp_id,
            token_hash=hash_token(token),
            code_hash=make_password(code),
            naam=naam,
            door_id=actor.user_id,
            verloopt=timezone.now() + timedelta(days=geldig_dagen),
        )
        audit.record(actor=actor, soort="link.gegeven", onderwerp=link, tekst="Heeft een persoonlijke link gegeven.")
    return Uitgegeven(link, reverse("access:link", args=[token]), show_code(code))


def open_with_code(*, token: str, code: str) -> PersoonlijkeLink | Refusal:
    """Open a link with the second code; a new session begins and older ones end.

    Refuses with ``GEEN_TOEGANG`` whatever is wrong, and does the same work for it: the code is always compared with a
    hash.  Wrong codes are counted while the row is locked; the tenth locks the link, whoever tries at the same time.
    """
    nu = timezone.now()
    with transaction.atomic():
        link = PersoonlijkeLink.objects.select_for_update().filter(token_hash=hash_token(token)).first()
        right = check_password(clean_code(code), link.code_hash if link else _nobody_has())
        if link is None or link_state(link, nu) != "actief":
            return GEEN_TOEGANG
        who = Actor(link_id=link.pk, label=link.naam)
        if not right:
            link.pogingen += 1
            link.save(update_fields=["pogingen"])
            if link.pogingen >= MEESTE_POGINGEN:
                tekst = "De link is geblokkeerd: tien keer een foute code."
                audit.record(actor=who, soort="link.geblokkeerd", onderwerp=link, tekst=tekst)
            return GEEN_TOEGANG
        link.pogingen, link.laatst_gebruikt, link.sessie = 0, nu, secrets.token_hex(16)
        link.save(update_fields=["pogingen", "laatst_gebruikt", "sessie"])
        audit.record(actor=who, soort="link.geopend", onderwerp=link, tekst="Heeft de persoonlijke link geopend.")
        return link


_hash_of_nobody = ""


def _nobody_has() -> str:
    """A hash that belongs to no link, made once per process, so that an unknown link costs as much as a known one."""
    global _hash_of_nobody
    if not _hash_of_nobody:
        _hash_of_nobody = make_password(new_code())
    return _hash_of_nobody


def leave(*, link_id: int) -> None:
    """End the session of a link, in every browser; the link itself keeps working."""
    PersoonlijkeLink.objects.filter(pk=link_id).update(sessie="")


def extend_link(*, link_id: int, dagen: int, actor: Actor) -> None:
    """Let a link work for at least ``dagen`` days from now, also when its time was over.  It never becomes shorter.

    What somebody withdrew, and what is locked after wrong codes, stays closed.
    """
    until = timezone.now() + timedelta(days=dagen)
    with transaction.atomic():
        link = PersoonlijkeLink.objects.select_for_update().filter(pk=link_id, ingetrokken=None).first()
        if link is None or link.pogingen >= MEESTE_POGINGEN or link.verloopt >= until:
            return
        link.verloopt = until
        link.save(update_fields=["verloopt"])
        audit.record(actor=actor, soort="link.verlengd", onderwerp=link, tekst="Heeft de link langer geldig gemaakt.")


def withdraw_link(*, link_id: int, actor: Actor) -> None:
    """Stop a link at once, its session too.  Withdrawing again changes nothing."""
    with transaction.atomic():
        _withdraw(list(PersoonlijkeLink.objects.select_for_update().filter(pk=link_id, ingetrokken=None)), actor)


def withdraw_links(*, soort: str, onderwerp_id: int, actor: Actor) -> None:
    """Stop every link of kind ``soort`` for row ``onderwerp_id``."""
    with transaction.atomic():
        found = PersoonlijkeLink.objects.select_for_update().filter(
            soort=soort, onderwerp_id=onderwerp_id, ingetrokken=None
        )
        _withdraw(list(found), actor)


def _withdraw(links: list[PersoonlijkeLink], actor: Actor) -> None:
    for link in links:
        link.ingetrokken, link.sessie = timezone.now(), ""
        link.save(update_fields=["ingetrokken", "sessie"])
        audit.record(actor=actor, soort="link.ingetrokken", onderwerp=link, tekst="Heeft de link ingetrokken.")


def destroy_links(*, soort: str, onderwerp_ids: list[int]) -> list[int]:
    """Delete every link of kind ``soort`` for rows that are destroyed; inside the caller's transaction.

    Returns the keys of the links, so that the caller destroys their timelines too.
    """
    links = PersoonlijkeLink.objects.filter(soort=soort, onderwerp_id__in=onderwerp_ids)
    keys = list(links.values_list("pk", flat=True))
    links.delete()
    return keys
