"""Who may see the money: the SWV all of it, a school and its board their own, and only what is established."""

from typing import Self

from django.db.models import Q

from swv_portal.common.scoping import SWV_GELD, Bereik, Rol, Row, Scope, ScopedQuerySet

#: Those of the SWV who may read everything about money.
LEZERS = SWV_GELD | {Rol.SWV_MEDEWERKER}
#: Those outside the SWV who get a budget.
ONTVANGERS = frozenset({Rol.SCHOOLDIRECTEUR, Rol.SCHOOLBESTUURDER})
#: The begroting is approved by the boards in the algemene vergadering: they read it too.
BEGROTINGLEZERS = LEZERS | {Rol.SCHOOLBESTUURDER}
VIA = {Rol.SCHOOLDIRECTEUR: "school_id", Rol.SCHOOLBESTUURDER: "bestuur_id"}


class TariefQuerySet(ScopedQuerySet[Row]):
    """Tariffs are agreed in public: whoever gets a budget may see them."""

    scope = Scope(alles=LEZERS | ONTVANGERS)

    def van_jaar(self, jaar: int) -> Self:
        return self.filter(jaar=jaar)


class BudgetjaarQuerySet(ScopedQuerySet[Row]):
    scope = Scope(alles=LEZERS | ONTVANGERS)


class AlleenSwvQuerySet(ScopedQuerySet[Row]):
    """What only the SWV itself sees: agreements on the IKC and its shares."""

    scope = Scope(alles=LEZERS)


class BudgetQuerySet(ScopedQuerySet[Row]):
    """A budget as a whole.  Schools and boards see that it exists once it is established, never a concept."""

    scope = Scope(alles=LEZERS)

    def visible_to(self, bereik: Bereik) -> Self:
        if bereik.heeft(*LEZERS):
            return self
        return self.filter(vastgesteld_op__isnull=False) if bereik.heeft(*ONTVANGERS) else self.none()


class VanBudgetQuerySet(ScopedQuerySet[Row]):
    """Rows of one school or board in a budget: outside the SWV only of an established budget."""

    scope = Scope(alles=LEZERS, via=VIA)
    #: The path to the budget.
    pad = "budget__"

    def visible_to(self, bereik: Bereik) -> Self:
        found = super().visible_to(bereik)
        return found if bereik.heeft(*LEZERS) else found.filter(**{f"{self.pad}vastgesteld_op__isnull": False})


class BudgetuitlegQuerySet(VanBudgetQuerySet[Row]):
    """The words of a budget hold nothing of one school: whoever sees a budget may read them."""

    scope = Scope(alles=LEZERS | ONTVANGERS)


class BestuursregelQuerySet(VanBudgetQuerySet[Row]):
    """Lines of a board: for the SWV and the board, not for its schools."""

    scope = Scope(alles=LEZERS, via={Rol.SCHOOLBESTUURDER: "bestuur_id"})


class BudgetregelQuerySet(VanBudgetQuerySet[Row]):
    scope = Scope(alles=LEZERS, via={rol: f"schoolbudget__{path}" for rol, path in VIA.items()})
    pad = "schoolbudget__budget__"


class BeschikkingQuerySet(VanBudgetQuerySet[Row]):
    """Letters: a board has its own and those of its schools, a school its own."""

    def wacht(self) -> Self:
        return self.filter(staat="wacht")

    def zoek(self, tekst: str) -> Self:
        return self.filter(
            Q(kenmerk__icontains=tekst) | Q(school__naam__icontains=tekst) | Q(bestuur__naam__icontains=tekst)
        )


class BegrotingQuerySet(ScopedQuerySet[Row]):
    """Who handles money sees a concept; the others see a begroting from when it became geldend, also once replaced."""

    scope = Scope(alles=BEGROTINGLEZERS)
    #: The path to the begroting.
    pad = ""

    def visible_to(self, bereik: Bereik) -> Self:
        found = super().visible_to(bereik)
        return found if bereik.heeft(*SWV_GELD) else found.filter(**{f"{self.pad}geldend_sinds__isnull": False})


class VanBegrotingQuerySet(BegrotingQuerySet[Row]):
    """Posts and published totals of a begroting."""

    pad = "begroting__"
