"""Dossiers of two schools with the same name and birth date.  Only the SWV is ever told that there are any."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from ondersteuning.models import Leerling, NietDezelfde
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak

HOOGSTENS = 50


def _anderen(leerling: Leerling) -> "QuerySet[Leerling]":
    same = Leerling.objects.filter(dubbelsleutel=leerling.dubbelsleutel).exclude(pk=leerling.pk)
    seen = NietDezelfde.objects.filter(
        Q(leerling=leerling, ander=OuterRef("pk")) | Q(ander=leerling, leerling=OuterRef("pk"))
    )
    return same.exclude(Exists(seen))


def dezelfde(leerling: Leerling) -> "QuerySet[Leerling]":
    """This dossier, and the others of the same child as far as the portal knows.

    Who came by route D gets a dossier of the own at the first school, and is the same child.
    """
    if not leerling.dubbelsleutel:
        return Leerling.objects.filter(pk=leerling.pk)
    return Leerling.objects.filter(Q(pk=leerling.pk) | Q(pk__in=_anderen(leerling).values("pk")))


def dubbelen(bereik: Bereik, leerling: Leerling) -> list[tuple[int, str]]:
    """Other dossiers with the same name and birth date, as key and school; for the SWV only, anybody else gets none."""
    if not leerling.dubbelsleutel or not bereik.heeft(*SWV_DOSSIER):
        return []
    rows = _anderen(leerling).order_by("pk").values_list("pk", "school__naam")
    return [(pk, school or "nog niet op school") for pk, school in rows[:HOOGSTENS]]


def vraag_dubbelen(bereik: Bereik) -> Iterator[Taakvraag]:
    """For the SWV: which dossiers to compare, the newest of a pair."""
    if not bereik.heeft(*SWV_DOSSIER):
        return
    shared = (
        Leerling.objects.exclude(dubbelsleutel="")
        .values("dubbelsleutel")
        .annotate(aantal=Count("pk"))
        .filter(aantal__gt=1)
        .values("dubbelsleutel")
    )
    seen = NietDezelfde.objects.filter(leerling=OuterRef("pk"), ander=OuterRef(OuterRef("pk")))
    older = Leerling.objects.filter(dubbelsleutel=OuterRef("dubbelsleutel"), pk__lt=OuterRef("pk")).exclude(
        Exists(seen)
    )
    rows = Leerling.objects.visible_to(bereik).filter(Exists(older), dubbelsleutel__in=shared)

    def taken(found: Rijen) -> Iterator[Taak]:
        for (pk,) in found:
            yield Taak(
                f"Kijk of er al een dossier is van leerling {pk}",
                reverse("ondersteuning:leerling", args=[pk]),
                soort="Zelfde naam en geboortedatum",
            )

    yield Taakvraag(rows.order_by("-pk"), ("pk",), taken, HOOGSTENS)
