"""Letters: numbers without gaps, nothing twice, a new edition for a new version, and what failed again."""

import pytest
from pypdf import PdfReader

from financien.models import Beschikking, Budget
from financien.services.beschikkingen import maak_beschikkingen, probeer_opnieuw, rond_beschikking_af
from financien.services.budget import bereken_budget
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.queries import group_progress
from swv_portal.jobs.services.documents import read_document
from swv_portal.jobs.services.run import run
from tests.factories.financien import maak_school, vastgesteld_budget

pytestmark = pytest.mark.django_db


def brieven(budget):
    return list(Beschikking.objects.filter(budget=budget).order_by("nummer"))


def test_a_letter_for_every_board_and_every_school_with_a_budget(met_brieven):
    found = brieven(met_brieven.budget)
    assert [(b.nummer, b.uitgave, b.kenmerk) for b in found] == [(n, 1, f"B2024-000{n}") for n in range(1, 5)]
    assert [b.school_id is None for b in found] == [True, True, False, False]
    assert {b.job_id for b in found} == set(
        Job.objects.filter(soort="financien.beschikking").values_list("pk", flat=True)
    )
    assert group_progress(met_brieven.budget.beschikkingen_groep).totaal == 4


def test_asking_twice_makes_nothing_twice(met_brieven):
    again = maak_beschikkingen(actor=met_brieven.directeur, pk=met_brieven.budget.pk)
    assert isinstance(again, Refusal)
    assert again.code == "leeg"
    assert Job.objects.filter(soort="financien.beschikking").count() == 4
    met_brieven.jaar.refresh_from_db()
    assert met_brieven.jaar.laatste_nummer == 4


def test_a_school_that_can_not_be_calculated_gets_no_letter(wereld):
    maak_school(None, bestuur=wereld.eigen.bestuur)
    budget = vastgesteld_budget(wereld.directeur, wereld.jaar)
    maak_beschikkingen(actor=wereld.directeur, pk=budget.pk)
    assert Beschikking.objects.filter(budget=budget, school__isnull=False).count() == 2


def test_a_new_version_keeps_the_number_and_raises_the_edition(met_brieven):
    extra = maak_school(50, bestuur=met_brieven.eigen.bestuur)
    new = vastgesteld_budget(met_brieven.directeur, met_brieven.jaar)
    assert isinstance(maak_beschikkingen(actor=met_brieven.directeur, pk=new.pk), Budget)
    before = {(b.school_id, b.bestuur_id): b.nummer for b in brieven(met_brieven.budget)}
    for letter in brieven(new):
        if letter.school_id == extra.pk:
            assert (letter.nummer, letter.uitgave) == (5, 1)
        else:
            assert (letter.nummer, letter.uitgave) == (before[letter.school_id, letter.bestuur_id], 2)


@pytest.mark.parametrize("rol", [Rol.SWV_MEDEWERKER, Rol.BEHEERDER])
def test_who_may_not_make_letters(wereld, actor_als, rol):
    actor = actor_als(rol)
    if rol == Rol.BEHEERDER:
        from swv_portal.common.writing import NotVisible

        with pytest.raises(NotVisible):
            maak_beschikkingen(actor=actor, pk=wereld.budget.pk)
    else:
        assert maak_beschikkingen(actor=actor, pk=wereld.budget.pk).code == "rol"
    assert not Beschikking.objects.exists()


def test_a_concept_gets_no_letters(wereld):
    concept = bereken_budget(actor=wereld.directeur, jaar_pk=wereld.jaar.pk)
    assert isinstance(concept, Budget)
    assert maak_beschikkingen(actor=wereld.directeur, pk=concept.pk).code == "staat"


def test_the_job_makes_a_tagged_pdf_that_explains_every_line(met_brieven, tmp_path):
    letter = met_brieven.brief(met_brieven.eigen)
    assert run(letter.job_id) == "done"
    letter.refresh_from_db()
    assert letter.staat == "klaar"
    path = tmp_path / "brief.pdf"
    path.write_bytes(read_document(letter.document))
    reader = PdfReader(path)
    text = " ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    assert met_brieven.eigen.naam in text
    assert letter.kenmerk in text
    assert "€ 83.365,00" in text
    assert "KANARIE-EIGEN" in text
    assert "KANARIE-VREEMD" not in text
    assert "8.1.2" in text
    assert reader.trailer["/Root"]["/Lang"] == "nl"
    assert letter.document.naam.startswith("Beschikking 2024 B2024-")


def test_the_letter_of_a_board_holds_its_schools_and_its_share(met_brieven, tmp_path):
    letter = Beschikking.objects.get(budget=met_brieven.budget, bestuur=met_brieven.vreemd.bestuur, school=None)
    assert run(letter.job_id) == "done"
    letter.refresh_from_db()
    path = tmp_path / "brief.pdf"
    path.write_bytes(read_document(letter.document))
    text = " ".join(page.extract_text() for page in PdfReader(path).pages).replace("\u00a0", " ")
    assert met_brieven.vreemd.naam in text
    assert met_brieven.eigen.naam not in text
    assert "1.172.510,52" in text


def test_running_a_job_twice_leaves_one_document(met_brieven):
    letter = met_brieven.brief(met_brieven.eigen)
    assert run(letter.job_id) == "done"
    assert run(letter.job_id) == "not mine"
    rond_beschikking_af(pk=letter.pk, naam="x.pdf", inhoud=b"x", job_id=letter.job_id)
    assert Document.objects.filter(soort="financien.beschikking", onderwerp_id=letter.pk).count() == 1


def test_a_requester_who_lost_the_role_gets_nothing(met_brieven):
    from kernen.models import Roltoekenning

    letter = met_brieven.brief(met_brieven.eigen)
    Roltoekenning.objects.filter(user_id=met_brieven.directeur.user_id).delete()
    assert run(letter.job_id) == "dead"
    letter.refresh_from_db()
    assert letter.staat == "wacht"


@pytest.mark.parametrize("staat", ["dood", "gestopt"])
def test_what_failed_is_tried_again_and_the_rest_is_left_alone(met_brieven, staat):
    ready, failed = met_brieven.brief(met_brieven.eigen), met_brieven.brief(met_brieven.vreemd)
    run(ready.job_id)
    Job.objects.filter(pk=failed.job_id).update(staat=staat)
    assert probeer_opnieuw(actor=met_brieven.directeur, pk=met_brieven.budget.pk) == 1
    old = failed.job_id
    failed.refresh_from_db()
    assert failed.job_id != old
    assert group_progress(met_brieven.budget.beschikkingen_groep).totaal == 4
    assert run(failed.job_id) == "done"
    assert probeer_opnieuw(actor=met_brieven.directeur, pk=met_brieven.budget.pk).code == "leeg"
    assert Document.objects.filter(soort="financien.beschikking").count() == 2


def test_a_letter_whose_failed_job_was_cleaned_up_can_be_made_after_all(met_brieven):
    letter = met_brieven.brief(met_brieven.vreemd)
    Job.objects.filter(pk=letter.job_id).delete()
    assert probeer_opnieuw(actor=met_brieven.directeur, pk=met_brieven.budget.pk) == 1
    letter.refresh_from_db()
    assert run(letter.job_id) == "done"


def test_staff_without_money_does_not_try_again(met_brieven, actor_als):
    assert probeer_opnieuw(actor=actor_als(Rol.SWV_MEDEWERKER), pk=met_brieven.budget.pk).code == "rol"


def test_what_failed_of_a_replaced_budget_stays_as_it_is(met_brieven):
    letter = met_brieven.brief(met_brieven.vreemd)
    Job.objects.filter(pk=letter.job_id).update(staat="dood")
    vastgesteld_budget(met_brieven.directeur, met_brieven.jaar)
    assert probeer_opnieuw(actor=met_brieven.directeur, pk=met_brieven.budget.pk).code == "staat"
    before = letter.job_id
    letter.refresh_from_db()
    assert letter.job_id == before


def test_the_timeline_counts_one_letter_in_the_singular(wereld):
    maak_school(50, bestuur=wereld.eigen.bestuur)
    budget = vastgesteld_budget(wereld.directeur, wereld.jaar)
    assert isinstance(maak_beschikkingen(actor=wereld.directeur, pk=budget.pk), Budget)
    Job.objects.filter(pk=brieven(budget)[-1].job_id).update(staat="dood")
    assert probeer_opnieuw(actor=wereld.directeur, pk=budget.pk) == 1
    texts = set(Event.objects.filter(soort__startswith="beschikkingen.").values_list("tekst", flat=True))
    assert texts == {"5 beschikkingen worden gemaakt.", "1 mislukte beschikking wordt opnieuw gemaakt."}
