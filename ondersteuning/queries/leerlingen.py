"""Choosing pupils: which dossiers there are for a form, and the schools and consulenten that go with them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from kernen.models import School
from kernen.queries import gebruikers_met_rol
from ondersteuning.domain.aanvraag import LOPEND
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Aanvraag, Leerling
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol

#: A school has fewer pupils with a dossier than this; a form with more choices helps nobody.
HOOGSTENS = 500
ZONDER_NAAM = "nog geen naam"
#: What the timeline says of a reader who saw the name only, as a choice in a form.
NAAM_GELEZEN = "Heeft de naam in een keuzelijst gezien."


def kies_leerlingen(
    bereik: Bereik, school_id: int | None, *, zonder_lopende_aanvraag: bool = False
) -> list[tuple[int, str]]:
    """The pupils of a school within reach, as key and name, in alphabetical order: to choose from in a form.

    ``school_id=None``: pupils who never were at a school (the SWV sees those).  With ``zonder_lopende_aanvraag`` only
    those for whom an application can be started.  Names are encrypted: this reads them all, so it is for one school.
    """
    own = Leerling.objects.visible_to(bereik)
    rows = own.filter(school__isnull=True) if school_id is None else own.filter(school_id=school_id)
    if zonder_lopende_aanvraag:
        rows = rows.exclude(Exists(Aanvraag.objects.filter(leerling_id=OuterRef("pk"), staat__in=sorted(LOPEND))))
    found = rows.order_by("-pk").values_list("pk", "voornamen", "achternaam")[:HOOGSTENS]
    choices = [(pk, f"{first} {last}".strip() or f"{ZONDER_NAAM} (dossier {pk})") for pk, first, last in found]
    return sorted(choices, key=lambda choice: (choice[1].casefold(), choice[0]))


def leerlingkeuzes(
    bereik: Bereik, scholen: Sequence[tuple[int, str]], *, zonder_lopende_aanvraag: bool = False
) -> list[tuple[int, str]]:
    """The pupils of these schools, as ``kies_leerlingen`` gives them; with more than one school each says at which.

    A query per school.
    """
    several = len(scholen) > 1
    return [
        (pk, f"{name} ({school})" if several else name)
        for school_id, school in scholen
        for pk, name in kies_leerlingen(bereik, school_id, zonder_lopende_aanvraag=zonder_lopende_aanvraag)
    ]


def dossierscholen(bereik: Bereik) -> list[tuple[int, str]]:
    """The schools for which this person may make a dossier: the own ones, or for the SWV every school in its area."""
    rows = School.objects.visible_to(bereik).actief()
    if not bereik.heeft(*SWV_DOSSIER):
        rows = rows.filter(pk__in=sorted(bereik.plaatsen(*SCHOOLROLLEN)))
    return list(rows.order_by("naam", "pk").values_list("pk", "naam"))


def leerling_url(leerling: Leerling, bereik: Bereik) -> str:
    """The dossier of the pupil, for who sees it (``LeerlingQuerySet.scope``); otherwise empty.  No query."""
    own = leerling.school_id is not None and leerling.school_id in bereik.plaatsen(*SCHOOLROLLEN)
    return reverse("ondersteuning:leerling", args=[leerling.pk]) if own or bereik.heeft(*SWV_DOSSIER) else ""


def voorkeuzes(gevraagd: Mapping[str, str], **keuzes: Iterable[tuple[int, str]]) -> dict[str, str]:
    """What an address asks to choose beforehand, as far as it stands among the choices (which lie within reach)."""
    wanted = {name: gevraagd.get(name) for name in keuzes}
    return {name: str(pk) for name, choices in keuzes.items() for pk, _ in choices if str(pk) == wanted[name]}


def consulenten(vandaag: date) -> list[tuple[int, str]]:
    """Who can be the consulent of a pupil: everybody with the role of SWV-medewerker today."""
    users = gebruikers_met_rol(vandaag, Rol.SWV_MEDEWERKER)
    return sorted(((user.pk, str(user)) for user in users), key=lambda choice: choice[1].casefold())
