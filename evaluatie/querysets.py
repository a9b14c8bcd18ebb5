"""Filters on the rows of evaluatie, and who may see them."""

from collections.abc import Iterable
from typing import ClassVar, Self, TypeVar

from django.db.models import Count, Model, QuerySet, Sum
from django.db.models.functions import Coalesce

from evaluatie.domain.ronde import GESLOTEN, LEZERS
from swv_portal.common.scoping import SWV_KERNEN, Bereik, Scope, ScopedQuerySet

Row = TypeVar("Row", bound=Model)


class VragenlijstQuerySet(ScopedQuerySet[Row]):
    """Questions hold nothing of anybody: who reads results may read them."""

    scope = Scope(alles=frozenset(SWV_KERNEN | LEZERS))


class _VanRondeQuerySet(ScopedQuerySet[Row]):
    """The SWV sees every round; who took part sees the closed ones, whatever their place.

    Results are published to all at once, so the place of a role does not matter.  ``pad`` leads to the round.
    """

    scope = Scope(alles=SWV_KERNEN)
    pad: ClassVar[str] = ""

    def visible_to(self, bereik: Bereik) -> Self:
        if bereik.heeft(*SWV_KERNEN):
            return self
        if bereik.heeft(*LEZERS):
            return self.filter(**{f"{self.pad}staat": GESLOTEN})
        return self.none()


class RondeQuerySet(_VanRondeQuerySet[Row]):
    def met_respondenten(self) -> Self:
        """Every round with ``aantal_respondenten`` and ``aantal_groepen``."""
        return self.annotate(
            aantal_respondenten=Coalesce(Sum("groepen__respondenten"), 0), aantal_groepen=Count("groepen")
        )

    def zoek(self, tekst: str) -> Self:
        found = self
        for word in tekst.split():
            found = found.filter(titel__icontains=word)
        return found


class GroepQuerySet(_VanRondeQuerySet[Row]):
    pad = "ronde__"


class AntwoordQuerySet(ScopedQuerySet[Row]):
    """Nobody sees answers; only counts of them leave the database."""

    scope = Scope()

    def tellingen(self, groep_ids: Iterable[int]) -> "QuerySet[Row, tuple[int, int, int]]":
        """(group, option, how many) of these groups, in one aggregate.

        The groups are named instead of joined, and ``*`` is counted: so the index on group and option is enough.
        """
        rows = self.filter(groep_id__in=list(groep_ids)).values_list("groep_id", "optie_id")
        return rows.annotate(aantal=Count("*")).order_by()  # type: ignore[return-value]


class InlezingQuerySet(ScopedQuerySet[Row]):
    """Only who offered the file, as long as they work for the SWV."""

    scope = Scope(alles=SWV_KERNEN)

    def visible_to(self, bereik: Bereik) -> Self:
        mine = bereik.heeft(*SWV_KERNEN) and bereik.user_id is not None
        return self.filter(aanvrager_id=bereik.user_id) if mine else self.none()
