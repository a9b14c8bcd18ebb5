"""Example data of money: the published tariffs and begroting, a budget for 2024 in two versions, and the first letters.

Runs after kernen and ondersteuning: it calculates with their schools, counts and placements.  Leaves in ``ctx.delen``:
``budget`` (the established one) and ``begroting``.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from django.utils import timezone

from financien.importers.begroting import lees_begroting, lees_totalen
from financien.importers.tarieven import lees_tarieven
from financien.models import Budget, Budgetjaar
from financien.services.begroting import bewaar_begroting, maak_geldend
from financien.services.beschikkingen import maak_beschikkingen
from financien.services.budget import bereken_budget, stel_budget_vast
from financien.services.budgetjaar import leg_volume_vast, wijzig_dagen
from financien.services.tarieven import bewaar_tarieven
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import Rol
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.local.voorbeeld import kernen_teksten as tekst
from swv_portal.local.voorbeeld.context import Context

DATA = Path(__file__).parent / "data"
JAAR = 2024
BRON = "Ondersteuningsplan 2024-2028, hoofdstuk 12"
#: The pupils of the IKC locations on the teldatum, and those of them who come from elsewhere.
IKC_LEERLINGEN, IKC_ELDERS, IKC_NU = 620, 109, 628
#: The agreed shares of three boards, as an index into the list of boards.
AANDELEN = {tekst.BESTUUR_IKC: Decimal("0.50"), tekst.BESTUUR_SO: Decimal("0.30"), 0: Decimal("0.20")}

Thing = TypeVar("Thing")


def _moet(outcome: "Thing | Refusal | Fouten") -> "Thing":
    """Example data is made by the same services as everything else; what they refuse is a mistake here."""
    if isinstance(outcome, Refusal):
        raise RuntimeError(outcome.zin)
    if isinstance(outcome, Fouten):
        raise RuntimeError("; ".join(outcome.zinnen))
    return outcome


def laad(ctx: Context) -> None:
    """Everything of financien, in one transaction of the caller."""
    users = ctx.delen["gebruikers"]
    director, controller = (
        Actor(bereik=bereik_voor(users[rol].pk, timezone.localdate()), user_id=users[rol].pk)
        for rol in (Rol.DIRECTEUR_BESTUURDER, Rol.CONTROLLER)
    )
    _tarieven(controller)
    _begroting(ctx, controller, director)
    jaar = _jaar(ctx, controller)
    ctx.delen["budget"] = _budget(jaar, controller, director)
    _brieven(ctx, director)


def _tarieven(controller: Actor) -> None:
    rows = _moet(lees_tarieven(DATA / f"tarieven_{JAAR}.csv"))
    _moet(
        bewaar_tarieven(
            actor=controller, jaar=JAAR, rijen=rows, bron="Ondersteuningsplan 2024-2028", vastgesteld=date(2023, 12, 13)
        )
    )


def _begroting(ctx: Context, controller: Actor, director: Actor) -> None:
    concept = _moet(
        bewaar_begroting(
            actor=controller,
            bestand=_moet(lees_begroting(DATA / "begroting_2023_2028.csv")),
            totalen=_moet(lees_totalen(DATA / "begroting_totalen_2023_2028.csv")),
            naam="Meerjarenbegroting 2023-2028",
            bron=BRON,
        )
    )
    ctx.delen["begroting"] = _moet(maak_geldend(actor=director, pk=concept.pk, versie=concept.versie, geldend=None))


def _jaar(ctx: Context, controller: Actor) -> Budgetjaar:
    jaar = Budgetjaar.objects.get(jaar=JAAR)
    boards = ctx.delen["besturen"]
    _moet(
        leg_volume_vast(
            actor=controller,
            jaar_pk=jaar.pk,
            versie=None,
            leerlingen=IKC_LEERLINGEN,
            van_ander_swv=IKC_ELDERS,
            leerlingen_nu=IKC_NU,
            bron="Afspraak van de drie besturen, december 2023",
            aandelen=[(boards[index].pk, share) for index, share in AANDELEN.items()],
        )
    )
    return jaar


def _budget(jaar: Budgetjaar, controller: Actor, director: Actor) -> Budget:
    """A first version with the placements of October, and the one of January that was established."""
    october, january = date(JAAR - 1, 10, 1), date(JAAR, 1, 1)
    for day in (october, january):
        year = Budgetjaar.objects.get(pk=jaar.pk)
        _moet(wijzig_dagen(actor=controller, pk=jaar.pk, versie=year.versie, teldatum=year.teldatum, peildatum=day))
        budget = _moet(bereken_budget(actor=controller, jaar_pk=jaar.pk))
    return _moet(stel_budget_vast(actor=director, pk=budget.pk, versie=budget.versie))


def _brieven(ctx: Context, director: Actor) -> None:
    """The letters of the board of the demo school: a worker makes them, as it does those that are asked for later."""
    board = ctx.delen["regulier"][0].bestuur_id
    _moet(maak_beschikkingen(actor=director, pk=ctx.delen["budget"].pk, bestuur_pk=board))
