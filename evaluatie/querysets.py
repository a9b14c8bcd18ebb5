"""Filters on the rows of evaluatie, and who may see them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from evaluatie.domain.ronde import GESLOTEN, LEZERS
from swv_portal.common.scoping import SWV_KERNEN, Bereik, Scope, ScopedQuerySet

if TYPE_CHECKING:
    # Named in strings only: the models import this module.
    from evaluatie.models import Antwoord, Groep, Optie, Publicatie, Ronde, Vraag, Vragenlijst  # noqa: F401

#: Questions hold nothing of anybody: who reads results may read them.
VOOR_LEZERS = Scope(alles=frozenset(SWV_KERNEN | LEZERS))


class VragenlijstQuerySet(ScopedQuerySet["Vragenlijst"]):
    scope = VOOR_LEZERS


class VraagQuerySet(ScopedQuerySet["Vraag"]):
    scope = VOOR_LEZERS


class OptieQuerySet(ScopedQuerySet["Optie"]):
    scope = VOOR_LEZERS


def _van_ronde(bereik: Bereik, pad: str = "") -> Q | None:
    """The SWV sees every round; who took part sees the closed ones.  ``pad`` leads to the round.

    Results are published to all at once, so the place of a role does not matter.
    """
    if bereik.heeft(*SWV_KERNEN):
        return Q()
    return Q(**{f"{pad}staat": GESLOTEN}) if bereik.heeft(*LEZERS) else None


class RondeQuerySet(ScopedQuerySet["Ronde"]):
    scope = Scope(alles=SWV_KERNEN)

    def visible_to(self, bereik: Bereik) -> Self:
        condition = _van_ronde(bereik)
        return self.none() if condition is None else self.filter(condition)

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


class GroepQuerySet(ScopedQuerySet["Groep"]):
    scope = Scope(alles=SWV_KERNEN)

    def visible_to(self, bereik: Bereik) -> Self:
        condition = _van_ronde(bereik, "ronde__")
        return self.none() if condition is None else self.filter(condition)


class PublicatieQuerySet(ScopedQuerySet["Publicatie"]):
    """Nobody sees these rows; answers are only compared with them."""

    scope = Scope()


class AntwoordQuerySet(ScopedQuerySet["Antwoord"]):
    """Nobody sees answers; only counts of them leave the database."""

    scope = Scope()

    def tellingen(self, groep_ids: Iterable[int]) -> "QuerySet[Antwoord, tuple[int, int, int]]":
        """(group, option, how many) of these groups, in one aggregate.

        The groups are named instead of joined, and ``*`` is counted: so the index on group and option is enough.
        """
        rows = self.filter(groep_id__in=list(groep_ids)).values_list("groep_id", "optie_id")
        return rows.annotate(aantal=Count("*")).order_by()
