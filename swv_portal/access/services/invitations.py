"""Inviting people to make an account, and what they answer."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.access.domain.secrets import hash_token, new_token
from swv_portal.access.models import Uitnodiging, User
from swv_portal.access.queries import has_been_in_use
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail

GELDIG = timedelta(days=14)
LANGSTE_ADRES = 254

GEEN_ADRES = Refusal("adres", "Dit is geen e-mailadres.", veld="email")
AFGESLOTEN = Refusal("afgesloten", "Dit account is afgesloten. De beheerder kan het weer openen.", veld="email")
NIET_GELDIG = Refusal("niet_geldig", "Deze uitnodiging is niet meer geldig. Vraag om een nieuwe.")


def nodig_uit(*, email: str, naam: str, actor: Actor) -> User | Refusal:
    """Have an account made for ``email``: the person gets a mail that is valid for fourteen days.

    Somebody who has an account already is returned as is and gets no mail.  Somebody who did not answer yet gets a new
    mail, and the older one stops working.  Refuses (``adres``, ``afgesloten``) what is no address, and an account that
    was closed: whoever closed it decides.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return GEEN_ADRES
    if len(email) > LANGSTE_ADRES:
        return GEEN_ADRES
    with transaction.atomic():
        user = _user_for(email, naam)
        if user.is_active:
            return user
        if has_been_in_use(user):
            return AFGESLOTEN
        _stop_open(user)
        token = new_token()
        invitation = Uitnodiging.objects.create(
            user=user, token_hash=hash_token(token), door_id=actor.user_id, verloopt=timezone.now() + GELDIG
        )
        enqueue_mail(
            sjabloon="uitnodiging",
            onderwerp=f"Maak uw account: uitnodiging {invitation.pk}",
            context={
                "url": absolute_url(reverse("access:uitnodiging", args=[token])),
                "dagen": GELDIG.days,
                "naam": user.naam,
            },
            aan_adres=user.email,
            actor=actor,
        )
        audit.record(actor=actor, soort="account.uitgenodigd", onderwerp=user, tekst="Heeft een uitnodiging gestuurd.")
        return user


def _user_for(email: str, naam: str) -> User:
    """The user with this address, locked; a new one that is not active when there is none (two askers make one)."""
    found = User.objects.select_for_update().filter(email=email).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(email, None, naam=naam.strip()[:150], is_active=False)
    except IntegrityError:
        return User.objects.select_for_update().get(email=email)


def _stop_open(user: User) -> int:
    return Uitnodiging.objects.filter(user=user, gebruikt=None, ingetrokken=None).update(ingetrokken=timezone.now())


def trek_in(*, user_id: int, actor: Actor) -> None:
    """Withdraw the open invitation of a person; withdrawing again changes nothing."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=user_id).first()
        if user is not None and _stop_open(user):
            tekst = "Heeft de uitnodiging ingetrokken."
            audit.record(actor=actor, soort="account.uitnodiging_ingetrokken", onderwerp=user, tekst=tekst)


def _open() -> "QuerySet[Uitnodiging]":
    """Invitations that can still be answered, locked with their users."""
    rows = Uitnodiging.objects.select_for_update(of=("self", "user")).select_related("user")
    return rows.filter(gebruikt=None, ingetrokken=None, verloopt__gt=timezone.now())


def neem_aan(*, token: str, naam: str, wachtwoord: str) -> User | Refusal:
    """Answer an invitation: the account becomes active, with this name and password.  An invitation works once.

    Refuses (``niet_geldig``) a token that is unknown, used, withdrawn or older than fourteen days, in one wording; and
    (``wachtwoord``) a password that the rules do not allow.
    """
    with transaction.atomic():
        invitation = _open().filter(token_hash=hash_token(token)).first()
        if invitation is None or invitation.user.is_active:
            return NIET_GELDIG
        user = invitation.user
        try:
            validate_password(wachtwoord, user)
        except ValidationError as error:
            return Refusal("wachtwoord", " ".join(error.messages), veld="wachtwoord")
        user.naam = naam.strip()
        user.set_password(wachtwoord)
        _activate(invitation)
        return user


def neem_aan_met_entree(*, user_id: int) -> User | Refusal:
    """Answer an invitation by logging in with Entree: the account becomes active, without a password.

    The caller made sure that Entree vouches for the address.  Refuses (``niet_geldig``) when no invitation is open.
    """
    with transaction.atomic():
        invitation = _open().filter(user_id=user_id).order_by("-pk").first()
        if invitation is None or invitation.user.is_active:
            return NIET_GELDIG
        _activate(invitation)
        return invitation.user


def _activate(invitation: Uitnodiging) -> None:
    user = invitation.user
    user.is_active = True
    user.save(update_fields=["naam", "is_active", "password"])
    invitation.gebruikt = timezone.now()
    invitation.save(update_fields=["gebruikt"])
    tekst = "Heeft het account in gebruik genomen."
    audit.record(actor=Actor(user_id=user.pk), soort="account.gemaakt", onderwerp=user, tekst=tekst)
