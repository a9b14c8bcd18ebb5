"""A message about a procedure: a verb and a reference, never a name of a child."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from ondersteuning.models import Aanvraag, Overeenkomst, Overstap, Partij, Verzuimmelding
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail

Procedure = Aanvraag | Overeenkomst | Overstap | Verzuimmelding
#: How people call a procedure, and the address of its page.
_PROCEDURES: Mapping[type[Procedure], tuple[str, str]] = {
    Aanvraag: ("aanvraag", "ondersteuning:dossier"),
    Overeenkomst: ("overeenkomst", "ondersteuning:overeenkomst"),
    Overstap: ("overstap", "ondersteuning:overstap"),
    Verzuimmelding: ("melding", "ondersteuning:verzuimmelding"),
}


def bericht(
    procedure: Procedure,
    aan: Iterable[User],
    *,
    zin: str,
    actor: Actor,
    toelichting: str = "",
    pad: str | None = None,
    met_weg: bool = True,
) -> int:
    """Mail these people ``zin`` and the way to its page; how many know it then.  Inside a transaction.

    Who did it (``actor``) knows it already and gets no mail.  ``toelichting`` is a sentence below it, without a name;
    ``pad`` another page than its own.  Without ``met_weg`` they read that they do not see it any more.
    """
    word, page = next(names for kind, names in _PROCEDURES.items() if isinstance(procedure, kind))
    url = absolute_url(pad or reverse(page, args=[procedure.pk])) if met_weg else ""
    people = {user.pk: user for user in aan}
    for user in people.values():
        if user.pk == actor.user_id:
            continue
        enqueue_mail(
            sjabloon="ondersteuning_bericht",
            onderwerp=f"{zin}: {word} {procedure.kenmerk}",
            context={
                "procedure": word,
                "kenmerk": procedure.kenmerk,
                "zin": zin,
                "toelichting": toelichting,
                "url": url,
            },
            aan_user=user,
            actor=actor,
        )
    return len(people)


def bericht_bij_loslaten(
    procedure: Procedure,
    aan: Iterable[User],
    *,
    ziet_nog: Iterable[User],
    zin: str,
    actor: Actor,
    toelichting: str = "",
) -> int:
    """Mail a school that no longer takes part: no way to a page that does not exist for it any more.

    ``ziet_nog``: people who read the procedure on, at the pupil's own school; who is among them too gets the way to it.
    """
    people = {user.pk: user for user in aan}
    sees = people.keys() & {user.pk for user in ziet_nog}
    for with_way in (True, False):
        some = [user for user in people.values() if (user.pk in sees) is with_way]
        bericht(procedure, some, zin=zin, actor=actor, toelichting=toelichting, met_weg=with_way)
    return len(people)


def bericht_aan_partij(
    partij: Partij,
    aanvraag: Aanvraag,
    *,
    zin: str,
    actor: Actor | None,
    uniek: str | None = None,
    toelichting: str = "",
) -> None:
    """Mail somebody who has a link already; its address is not known any more, so the mail does not hold it."""
    enqueue_mail(
        sjabloon="ondersteuning_partij",
        onderwerp=f"{zin}: aanvraag {aanvraag.kenmerk}",
        context={
            "procedure": "aanvraag",
            "kenmerk": aanvraag.kenmerk,
            "zin": zin,
            "toelichting": toelichting,
            "school": aanvraag.indienernaam,
        },
        aan_adres=partij.email,
        actor=actor,
        uniek=uniek,
    )
