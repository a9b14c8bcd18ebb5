"""Reading links and invitations: what may be used, and what the school sees of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from swv_portal.access.domain.secrets import hash_token
from swv_portal.access.models import PersoonlijkeLink, Uitnodiging, User

#: After this many wrong codes a link is locked.
MEESTE_POGINGEN = 10


@dataclass(frozen=True)
class LinkStaat:
    """How a link is doing: ``code`` is actief, verlopen, ingetrokken or geblokkeerd; ``label`` says it in words."""

    link_id: int
    code: str
    label: str
    verloopt: datetime
    laatst_gebruikt: datetime | None


_LABELS = {
    "actief": "actief",
    "verlopen": "verlopen",
    "ingetrokken": "ingetrokken",
    "geblokkeerd": "geblokkeerd na te veel foute codes",
}


def link_state(link: PersoonlijkeLink, nu: datetime) -> str:
    """Withdrawn comes first, then locked, then expired: the reason that a person decided on wins."""
    if link.ingetrokken is not None:
        return "ingetrokken"
    if link.pogingen >= MEESTE_POGINGEN:
        return "geblokkeerd"
    if link.verloopt <= nu:
        return "verlopen"
    return "actief"


def links_voor(soorten: Iterable[str], onderwerp_ids: Iterable[int]) -> dict[int, LinkStaat]:
    """Per row the state of its newest link of one of these kinds; rows without a link are absent.  One query."""
    nu = timezone.now()
    found: dict[int, LinkStaat] = {}
    rows = PersoonlijkeLink.objects.filter(soort__in=set(soorten), onderwerp_id__in=list(onderwerp_ids))
    for link in rows.order_by("pk"):
        code = link_state(link, nu)
        found[link.onderwerp_id] = LinkStaat(link.pk, code, _LABELS[code], link.verloopt, link.laatst_gebruikt)
    return found


def open_link(link_id: int, sessie: str) -> PersoonlijkeLink | None:
    """The link of a session, as long as the session is the newest and the link may be used."""
    if not sessie:
        return None
    link = PersoonlijkeLink.objects.filter(pk=link_id, sessie=sessie).first()
    if link is None or link_state(link, timezone.now()) != "actief":
        return None
    return link


def open_invitation(token: str) -> Uitnodiging | None:
    """The invitation of a token that still counts."""
    return (
        Uitnodiging.objects.select_related("user")
        .filter(token_hash=hash_token(token), gebruikt=None, ingetrokken=None, verloopt__gt=timezone.now())
        .first()
    )


def has_been_in_use(user: User) -> bool:
    """Did this person ever answer an invitation, or choose a password?  If not active now, somebody closed it."""
    return user.has_usable_password() or Uitnodiging.objects.filter(user=user, gebruikt__isnull=False).exists()


def closed_accounts(users: Iterable[User]) -> frozenset[int]:
    """Which of these accounts somebody closed: not active, and once in use.  One query; none when all are active."""
    away = [user for user in users if not user.is_active]
    with_password = frozenset(user.pk for user in away if user.has_usable_password())
    if not away:
        return with_password
    answered = Uitnodiging.objects.filter(user__in=away, gebruikt__isnull=False)
    return with_password | frozenset(answered.values_list("user_id", flat=True))


@dataclass(frozen=True)
class UitnodigingStaat:
    """How the newest invitation of a person is doing: open, verlopen, ingetrokken or gebruikt."""

    code: str
    verloopt: datetime


def invitations_of(user_ids: Iterable[int]) -> dict[int, UitnodigingStaat]:
    """Per person the state of the newest invitation; people who were never invited are absent.  One query."""
    nu = timezone.now()
    found: dict[int, UitnodigingStaat] = {}
    for row in Uitnodiging.objects.filter(user_id__in=list(user_ids)).order_by("pk"):
        if row.gebruikt:
            code = "gebruikt"
        elif row.ingetrokken:
            code = "ingetrokken"
        else:
            code = "open" if row.verloopt > nu else "verlopen"
        found[row.user_id] = UitnodigingStaat(code, row.verloopt)
    return found


@dataclass(frozen=True)
class Accounts:
    """How many people can log in, and how many have an invitation that they can still answer."""

    actief: int
    uitgenodigd: int


def accounts() -> Accounts:
    """The accounts of this installation, counted.  One query."""
    waiting = Uitnodiging.objects.filter(
        user=OuterRef("pk"), gebruikt=None, ingetrokken=None, verloopt__gt=timezone.now()
    )
    found = User.objects.annotate(wacht=Exists(waiting)).aggregate(
        actief=Count("pk", filter=Q(is_active=True)),
        uitgenodigd=Count("pk", filter=Q(is_active=False, wacht=True)),
    )
    return Accounts(**found)
