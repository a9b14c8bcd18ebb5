"""A small world of money: two boards with a school each, an established budget, and its letters."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from financien.models import Beschikking, Budget, Budgetjaar, Schoolbudget
from financien.services.beschikkingen import maak_beschikkingen
from financien.services.budgetjaar import leg_volume_vast
from swv_portal.common.scoping import Rol
from tests.factories.financien import PlaatsingFactory, maak_jaar, vastgesteld_budget


@dataclass
class Wereld:
    jaar: Budgetjaar
    eigen: Any
    vreemd: Any
    budget: Budget
    directeur: Any

    def schoolbudget(self, school: Any) -> Schoolbudget:
        return Schoolbudget.objects.get(budget=self.budget, school=school)

    def brief(self, school: Any) -> Beschikking:
        return Beschikking.objects.get(budget=self.budget, school=school)


@pytest.fixture
def wereld(actor_als) -> Wereld:
    """``eigen`` and ``vreemd`` are schools of two boards; the board of ``vreemd`` has a share in the IKC."""
    directeur = actor_als(Rol.DIRECTEUR_BESTUURDER)
    jaar, (eigen, vreemd) = maak_jaar()
    PlaatsingFactory(school_verwijzend=eigen, verwijzing="KANARIE-EIGEN")
    PlaatsingFactory(school_verwijzend=vreemd, verwijzing="KANARIE-VREEMD")
    leg_volume_vast(
        actor=directeur,
        jaar_pk=jaar.pk,
        versie=None,
        leerlingen=620,
        van_ander_swv=109,
        leerlingen_nu=600,
        bron="test",
        aandelen=[(vreemd.bestuur_id, Decimal(1))],
    )
    return Wereld(jaar, eigen, vreemd, vastgesteld_budget(directeur, jaar), directeur)


@pytest.fixture
def met_brieven(wereld: Wereld) -> Wereld:
    outcome = maak_beschikkingen(actor=wereld.directeur, pk=wereld.budget.pk)
    assert isinstance(outcome, Budget), outcome
    wereld.budget.refresh_from_db()
    return wereld
