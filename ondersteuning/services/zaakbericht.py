"""A message about a case: a verb and a reference, never a name of a child."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from ondersteuning.models import Aanvraag, Overeenkomst, Overstap, Partij, Verzuimmelding
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail

Zaak = Aanvraag | Overeenkomst | Overstap | Verzuimmelding
#: How people call a case, and the address of its page.
_ZAKEN: Mapping[type[Zaak], tuple[str, str]] = {
    Aanvraag: ("aanvraag", "ondersteuning:dossier"),
    Overeenkomst: ("overeenkomst", "ondersteuning:overeenkomst"),
    Overstap: ("overstap", "ondersteuning:overstap"),
    Verzuimmelding: ("melding", "ondersteuning:verzuimmelding"),
}


def bericht(
    zaak: Zaak, aan: Iterable[User], *, zin: str, actor: Actor, toelichting: str = "", pad: str | None = None
) -> int:
    """Mail these people ``zin`` and the way to the case; how many know it then.  Inside a transaction.

    Who did it (``actor``) knows it already and gets no mail.  ``toelichting`` is a sentence below it, without a name;
    ``pad`` another page than that of the case.
    """
    word, page = next(names for kind, names in _ZAKEN.items() if isinstance(zaak, kind))
    url = absolute_url(pad or reverse(page, args=[zaak.pk]))
    people = {user.pk: user for user in aan}
    for user in people.values():
        if user.pk == actor.user_id:
            continue
        enqueue_mail(
            sjabloon="ondersteuning_bericht",
            onderwerp=f"{zin}: {word} {zaak.kenmerk}",
            context={"zaak": word, "kenmerk": zaak.kenmerk, "zin": zin, "toelichting": toelichting, "url": url},
            aan_user=user,
            actor=actor,
        )
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
            "zaak": "aanvraag",
            "kenmerk": aanvraag.kenmerk,
            "zin": zin,
            "toelichting": toelichting,
            "school": aanvraag.indienernaam,
        },
        aan_adres=partij.email,
        actor=actor,
        uniek=uniek,
    )
