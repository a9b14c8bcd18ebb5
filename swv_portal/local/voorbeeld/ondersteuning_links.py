"""Personal links of the example applications, as if the school gave them out on the day that it invited people.

The links of the school of the demo can be opened: their mails are in the mailbox of the demo, and one code fits all.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.urls import reverse

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.models import Partij
from ondersteuning.queries.partijregels import LINKSOORTEN
from ondersteuning.services.partijen import GELDIG_DAGEN, uitnodigingstekst
from swv_portal.access.domain.secrets import clean_code, hash_token, new_token
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.common.dates import NEDERLAND
from swv_portal.jobs.services.mail import enqueue_mail
from swv_portal.local.roles import VOORBEELDCODE
from swv_portal.local.voorbeeld.context import Context

#: Row, day, hour, kind, sentence and who: a line for the timeline of a link.
Gebeurtenis = tuple[Any, date, int, str, str, Any]


def laad_links(ctx: Context, partijen: list[Partij]) -> list[Gebeurtenis]:
    """A link for everybody who was invited; what belongs in their timelines is the answer."""
    # A slow hash per link would cost a minute: in the example one code fits every link.
    code_hash = make_password(clean_code(VOORBEELDCODE))
    invited = [party for party in partijen if party.uitgenodigd_op is not None]
    tokens = [new_token() for _ in invited]
    links = [_link(ctx, party, token, code_hash) for party, token in zip(invited, tokens, strict=True)]
    PersoonlijkeLink.objects.bulk_create(links)
    for party, link in zip(invited, links, strict=True):
        party.link_id = link.pk
    Partij.objects.bulk_update(invited, ["link_id"])
    for party, token in zip(invited, tokens, strict=True):
        if party.aanvraag.verwijzende_school == ctx.delen["regulier"][0] or party.soort == procedure.INSTELLING:
            _mail(party, token)
    sentence = "Heeft een persoonlijke link gegeven."
    return [
        (link, party.uitgenodigd_op or ctx.vandaag, 10, "link.gegeven", sentence, link.door)
        for party, link in zip(invited, links, strict=True)
    ]


def _link(ctx: Context, party: Partij, token: str, code_hash: str) -> PersoonlijkeLink:
    return PersoonlijkeLink(
        soort=LINKSOORTEN[party.soort],
        onderwerp_id=party.pk,
        token_hash=hash_token(token),
        code_hash=code_hash,
        naam=party.label,
        door=ctx.delen["ibers"].get(party.aanvraag.verwijzende_school_id),
        verloopt=datetime.combine(_geldig_tot(party, party.uitgenodigd_op or ctx.vandaag), time(12), tzinfo=NEDERLAND),
    )


def _geldig_tot(party: Partij, begin: date) -> date:
    """Half a year from the invitation; for a parent from the decision, once it was announced."""
    announced = party.aanvraag.bekendgemaakt_op if party.soort == procedure.OUDER else None
    return (announced or begin) + timedelta(days=GELDIG_DAGEN)


def _mail(party: Partij, token: str) -> None:
    enqueue_mail(
        sjabloon="ondersteuning_uitnodiging",
        onderwerp=f"Bekijk aanvraag {party.aanvraag.kenmerk}",
        context=uitnodigingstekst(party, party.aanvraag, reverse("access:link", args=[token])),
        aan_adres=party.email,
    )
