"""What a letter says comes from the stored budget, in few questions to the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from financien.queries.budget import Budgetkop, kop_van, uitleg_van, vaste_uitleg
from financien.reports.brieven import Schoolbrief, bouw_brief
from swv_portal.common.scoping import Rol
from swv_portal.common.writing import NotVisible

pytestmark = pytest.mark.django_db


def test_the_letter_of_a_school_adds_up_to_its_budget(met_brieven):
    school = met_brieven.eigen
    brief = bouw_brief(met_brieven.directeur.bereik, {"beschikking": met_brieven.brief(school).pk})
    assert isinstance(brief, Schoolbrief)
    assert brief.totaal == met_brieven.schoolbudget(school).totaal
    assert (brief.school, brief.vestigingscode) == (school.naam, school.vestigingscode)
    assert brief.brief.aan == (school.naam, "T.a.v. de schooldirecteur", *school.adresregels)
    budget = met_brieven.budget
    assert brief.kop == kop_van(budget)
    assert brief.kop == Budgetkop(
        pk=budget.pk,
        jaar=met_brieven.jaar.jaar,
        versienummer=budget.versienummer,
        staat="vastgesteld",
        teldatum=budget.teldatum,
        peildatum=budget.peildatum,
        berekend_op=budget.berekend_op,
        vastgesteld_op=budget.vastgesteld_op,
    )
    assert brief.swv_naam == brief.brief.afzender.naam


def test_a_batch_reads_the_words_of_a_budget_once(met_brieven):
    asked = []
    for pk in [met_brieven.brief(school).pk for school in (met_brieven.eigen, met_brieven.vreemd)]:
        with CaptureQueriesContext(connection) as queries:
            bouw_brief(met_brieven.directeur.bereik, {"beschikking": pk})
        asked.append(len(queries))
    assert asked == [4, 3]


def test_a_new_calculation_has_words_of_its_own(met_brieven):
    """The words are remembered by calculation, not by year."""
    bereik, pk = met_brieven.directeur.bereik, met_brieven.brief(met_brieven.eigen).pk
    before = bouw_brief(bereik, {"beschikking": pk})
    met_brieven.budget.uitleg.update(bron="Een andere bron")
    met_brieven.budget.berekend_op = met_brieven.budget.berekend_op.replace(microsecond=1)
    met_brieven.budget.save(update_fields=["berekend_op"])
    assert before.bronnen != bouw_brief(bereik, {"beschikking": pk}).bronnen == ["Een andere bron"]


def test_the_remembered_words_can_not_be_changed(met_brieven):
    budget = met_brieven.budget
    words = vaste_uitleg(budget.pk, budget.berekend_op)
    assert dict(words) == uitleg_van(budget.pk) != {}
    with pytest.raises(TypeError):
        words["nieuw"] = None


def test_who_may_not_see_the_budget_gets_no_letter(met_brieven, actor_als):
    with pytest.raises(NotVisible):
        bouw_brief(actor_als(Rol.BEHEERDER).bereik, {"beschikking": met_brieven.brief(met_brieven.eigen).pk})
