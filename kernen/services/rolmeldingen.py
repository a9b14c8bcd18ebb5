"""Telling the directeur-bestuurder who gives roles that matter, and when a directeur-bestuurder loses the own role.

A beheerder may give roles and can have a second address of the own.  That is not stopped by technique, so it is made
visible: see docs/besluiten/0009-niemand-geeft-zichzelf-een-rol.md.
"""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from kernen.domain.rollen import GEMELDE_ROLLEN
from kernen.models import Roltoekenning
from kernen.queries import gebruikers_met_rol
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.audit import services as audit
from swv_portal.common.dates import datum
from swv_portal.common.scoping import ROLNAMEN, Rol
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail


def directie(actor: Actor, vandaag: date) -> list[User]:
    """Who is directeur-bestuurder today, except ``actor``.  Ask it before the act: it may be about one of them."""
    return list(gebruikers_met_rol(vandaag, Rol.DIRECTEUR_BESTUURDER).exclude(pk=actor.user_id or 0))


def meld_toekenning(granted: Roltoekenning, *, actor: Actor, aan: Sequence[User]) -> None:
    """Tell ``aan`` that ``actor`` gave this role, when it is one of ``GEMELDE_ROLLEN``; in the caller's transaction."""
    if granted.rol not in GEMELDE_ROLLEN:
        return
    until = f" tot {datum(granted.tot)}" if granted.tot else ""
    text = (
        f"{_wie(actor)} gaf een rol aan {_met_adres(granted.user)}: {ROLNAMEN[granted.rol]} "
        f"({granted.plaatsnaam}), vanaf {datum(granted.van)}{until}."
    )
    _mail(granted.user, text, actor=actor, aan=aan)


def meld_verlies(user: User, *, actor: Actor, aan: Sequence[User], hoe: str) -> None:
    """Tell ``aan`` that a directeur-bestuurder can do nothing any more; ``hoe`` is a sentence without subject."""
    _mail(user, f"{_wie(actor)} {hoe}: {_met_adres(user)}.", actor=actor, aan=aan)


def _mail(user: User, text: str, *, actor: Actor, aan: Sequence[User]) -> None:
    for director in aan:
        # To the address and not to the account: closing that account at once does not stop the mail.
        enqueue_mail(
            sjabloon="kernen_rol",
            onderwerp=f"Controleer de rollen van account {user.pk}",
            context={
                "naam": director.naam,
                "wat": text,
                "url": absolute_url(reverse("kernen:persoon", args=[user.pk])),
            },
            aan_adres=director.email,
            actor=actor,
        )
    if aan:
        text = "De directeur-bestuurder heeft hiervan bericht gekregen."
        audit.record(actor=actor, soort="rol.gemeld", onderwerp=user, tekst=text)


def _wie(actor: Actor) -> str:
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    return _met_adres(user) if user is not None else (actor.label or "Een opdracht op de server").capitalize()


def _met_adres(user: User) -> str:
    return f"{user.naam} ({user.email})" if user.naam else user.email
