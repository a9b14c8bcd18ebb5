"""The example data of overstappen: both kinds, in every state, and they keep to the rules."""

from datetime import date

import pytest

from ondersteuning.domain.baobao import laatste_dag as betaalt_tot
from ondersteuning.domain.budgetperiode import laatste_dag
from ondersteuning.domain.overstap import DEFINITIEF, GEVRAAGD, STATEN
from ondersteuning.domain.terugplaatsing import TERUGPLAATSING
from ondersteuning.models import BaoBao, Overstap, Terugplaatsing
from ondersteuning.queries.overstap import stand_van
from ondersteuning.queries.overstap_taken import vraag_overstap
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import Rol
from swv_portal.common.taskqueries import taken_uit
from swv_portal.local.voorbeeld import kernen, ondersteuning
from swv_portal.local.voorbeeld.context import Context

VANDAAG = date(2026, 3, 10)


@pytest.fixture
def geladen(db: None) -> Context:
    context = Context(vandaag=VANDAAG, wachtwoord="een-lang-wachtwoord")
    kernen.laad(context)
    ondersteuning.laad(context)
    return context


def test_the_cases_keep_to_the_rules(geladen: Context) -> None:
    assert set(Overstap.objects.values_list("staat", flat=True)) == set(STATEN)
    places = list(Terugplaatsing.objects.values_list("tlv_plaats", flat=True))
    assert None not in places
    assert len(set(places)) == len(places)
    for row in Terugplaatsing.objects.select_related("tlv_plaats", "budgetplaats", "leerling"):
        assert row.tlv_plaats is not None
        assert row.tlv_plaats.school_ontvangend_id == row.van_school_id
        assert (row.budgetplaats is not None) == (row.staat == DEFINITIEF)
        if row.staat == "bij_swv":
            assert not TERUGPLAATSING.unmet("stel_vast", stand_van(row, vandaag=VANDAAG))
        if row.budgetplaats is not None:
            assert row.budgetplaats.einde == laatste_dag(row.budgetplaats.begin)
            assert row.leerling.school_id == row.naar_school_id
    for row in BaoBao.objects.all():
        expected = betaalt_tot(row.overstap_op) if row.staat == DEFINITIEF and row.overstap_op else None
        assert row.betaalt_tot == expected


def test_the_people_of_the_demo_have_something_to_do(geladen: Context) -> None:
    for role, state in ((Rol.SWV_MEDEWERKER, "bij_swv"), (Rol.IBER, GEVRAAGD)):
        user = geladen.delen["gebruikers"][role]
        tasks = [
            task for task in taken_uit(vraag_overstap(bereik_voor(user.pk, VANDAAG), VANDAAG)) if not task.wacht_op
        ]
        assert tasks, (role, state)
