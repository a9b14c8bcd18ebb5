"""Calculating and establishing: what is stored, who may, what stays as it was."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from financien.models import Bestuursregel, Budget, Budgetregel, Schoolbudget, Tarief
from financien.queries.budget import bestuurstotalen, schoolbeeld
from financien.queries.vergelijking import vergelijking, vorige_versie
from financien.services.budget import bereken_budget, stel_budget_vast
from financien.services.budgetjaar import leg_volume_vast, zet_stap
from kernen.domain.scholen import Schoolsoort
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.financien import (
    BudgetjaarFactory,
    PlaatsingFactory,
    maak_jaar,
    maak_school,
    maak_tarieven,
    vastgesteld_budget,
)
from tests.factories.kernen import LeerlingtellingFactory, SchoolbestuurFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def directeur(actor_als):
    return actor_als(Rol.DIRECTEUR_BESTUURDER)


@pytest.fixture
def controller(actor_als):
    return actor_als(Rol.CONTROLLER)


def regels(budget, school):
    rows = Budgetregel.objects.filter(schoolbudget__budget=budget, schoolbudget__school=school)
    return {row.code: (row.aantal, row.bedrag) for row in rows}


def test_a_budget_with_every_kind_of_line(controller):
    jaar, (school, ander) = maak_jaar()
    sbo = SchoolFactory(soort=Schoolsoort.SBO, is_ikc=True)
    PlaatsingFactory(school_verwijzend=school, school_ontvangend=sbo)
    PlaatsingFactory(school_verwijzend=school, school_ontvangend=sbo, kostendrager=Kostendrager.SWV)
    PlaatsingFactory(school_verwijzend=ander, school_ontvangend=sbo, kostendrager=Kostendrager.VORIGE_SCHOOL)
    PlaatsingFactory(
        school_verwijzend=school, soort=Soort.DWS, categorie="", begin=date(2023, 8, 21), einde=date(2024, 7, 31)
    )
    PlaatsingFactory(
        school_verwijzend=school,
        school_ontvangend=school,
        soort=Soort.TLV_BAO,
        categorie="II",
        kostendrager=Kostendrager.SWV,
        begin=date(2024, 8, 1),
        einde=date(2025, 7, 31),
    )
    PlaatsingFactory(
        school_verwijzend=sbo,
        school_ontvangend=school,
        soort=Soort.TERUGPLAATSING,
        categorie="",
        kostendrager=Kostendrager.SWV,
        begin=date(2024, 3, 1),
    )
    budget = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    assert isinstance(budget, Budget)
    assert regels(budget, school) == {
        "ondersteuningsbedrag": (D(200), D("90000.00")),
        "inhouding": (D(1), D("-6635.00")),
        "plaatsing_swv": (D(1), D("0.00")),
        "dws": (D(1), D("-1350.00")),
        "tlv_bao_2": (D(1), D("21053.23")),
        "terugplaatsing": (D("0.75"), D("6000.00")),
    }
    assert regels(budget, ander)["inhouding_vorige_school"] == (D(1), D("-6635.00"))
    assert not Schoolbudget.objects.filter(budget=budget, school=sbo).exists()
    own = Schoolbudget.objects.get(budget=budget, school=school)
    assert own.totaal == D("90000") - D("6635") - D("1350") + D("21053.23") + D("6000")
    assert budget.totaal == own.totaal + Schoolbudget.objects.get(budget=budget, school=ander).totaal
    assert Event.objects.filter(soort="budget.berekend", onderwerp_id=budget.pk).count() == 1


def test_only_regular_schools_of_this_swv_that_are_open_get_a_budget(controller):
    maak_tarieven()
    jaar = BudgetjaarFactory()
    school = maak_school()
    maak_school(actief=False)
    maak_school(swv_code="PO9902")
    maak_school(buiten_regio=True)
    SchoolFactory(soort=Schoolsoort.SO)
    budget = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    assert isinstance(budget, Budget)
    assert [row.school_id for row in budget.schoolbudgetten.all()] == [school.pk]


def test_schools_without_an_exact_count_are_shown_as_such(controller):
    jaar, _ = maak_jaar(1)
    missing = maak_school(None)
    small = maak_school(None)
    LeerlingtellingFactory(school=small, aantal=None, minder_dan_vijf=True)
    LeerlingtellingFactory(school=missing, aantal=80, teldatum=date(2022, 2, 1))
    budget = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    assert isinstance(budget, Budget)
    assert (budget.aantal_scholen, budget.aantal_onberekend) == (1, 2)
    assert budget.totaal == D("90000.00")
    found = {row.school_id: (row.totaal, row.reden) for row in budget.schoolbudgetten.all()}
    assert found[missing.pk][0] is None
    assert "geen telling" in found[missing.pk][1]
    assert "minder dan 5" in found[small.pk][1]
    assert any("2 scholen" in zin for zin in budget.opmerkingen)


def test_schools_add_up_to_boards_and_boards_to_the_whole(controller):
    jaar, _ = maak_jaar(3)
    besturen = [SchoolbestuurFactory() for _ in range(3)]
    for number in range(4):
        maak_school(100 + number, bestuur=besturen[0])
    leg_volume_vast(
        actor=controller,
        jaar_pk=jaar.pk,
        versie=None,
        leerlingen=620,
        van_ander_swv=109,
        leerlingen_nu=None,
        bron="test",
        aandelen=[(bestuur.pk, D(1)) for bestuur in besturen],
    )
    budget = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    assert isinstance(budget, Budget)
    totals = bestuurstotalen(controller.bereik, budget.pk)
    assert sum(total.totaal for total in totals) == budget.totaal
    assert sum(row.bedrag for row in Bestuursregel.objects.filter(budget=budget)) == D("1172510.52")
    assert budget.volume["factuur"] == "206134.91"
    assert D(budget.volume["factuur"]).quantize(D(1)) == 206135


def test_calculating_again_replaces_the_concept_and_keeps_both(controller):
    jaar, (school, _) = maak_jaar()
    first = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    PlaatsingFactory(school_verwijzend=school)
    second = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    assert isinstance(first, Budget)
    assert isinstance(second, Budget)
    first.refresh_from_db()
    assert (first.staat, second.staat) == ("vervangen", "concept")
    assert (first.versienummer, second.versienummer) == (1, 2)
    assert vorige_versie(controller.bereik, second) == first
    compared = vergelijking(controller.bereik, second, first)
    assert [(row.school, row.verschil.code, row.verschil.bedrag) for row in compared.rijen] == [
        (school.naam, "inhouding", D("-6635.00"))
    ]
    assert compared.totaal == second.totaal - first.totaal


def test_an_established_budget_does_not_change_with_what_it_was_made_of(directeur):
    jaar, (school, _) = maak_jaar()
    budget = vastgesteld_budget(directeur, jaar)
    before = regels(budget, school)
    Tarief.objects.filter(code="bao_per_leerling").update(bedrag=D("430"))
    PlaatsingFactory(school_verwijzend=school)
    new = bereken_budget(actor=directeur, jaar_pk=jaar.pk)
    assert isinstance(new, Budget)
    budget.refresh_from_db()
    assert budget.staat == "vastgesteld"
    assert regels(budget, school) == before
    assert regels(new, school) != before


def test_establishing_a_new_version_replaces_the_old_one(directeur):
    jaar, _ = maak_jaar()
    old = vastgesteld_budget(directeur, jaar)
    new = vastgesteld_budget(directeur, jaar)
    old.refresh_from_db()
    assert (old.staat, new.staat) == ("vervangen", "vastgesteld")
    assert old.vastgesteld_op is not None


def test_posting_twice_establishes_once(directeur):
    jaar, _ = maak_jaar()
    budget = bereken_budget(actor=directeur, jaar_pk=jaar.pk)
    assert isinstance(budget, Budget)
    assert isinstance(stel_budget_vast(actor=directeur, pk=budget.pk, versie=1), Budget)
    second = stel_budget_vast(actor=directeur, pk=budget.pk, versie=1)
    assert isinstance(second, Refusal)
    assert second.code == "verouderd"
    assert stel_budget_vast(actor=directeur, pk=budget.pk, versie=None).code == "staat"
    assert Event.objects.filter(soort="budget.vastgesteld").count() == 1


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in {Rol.CONTROLLER, Rol.DIRECTEUR_BESTUURDER}])
def test_others_do_not_calculate(actor_als, rol):
    jaar, (school, _) = maak_jaar()
    place = {"iber": school, "schooldirecteur": school, "orthopedagoog": school, "schoolbestuurder": school.bestuur}
    if rol == Rol.KERNVOORZITTER:
        from tests.factories.kernen import KernFactory

        place[rol] = KernFactory()
    refusal = bereken_budget(actor=actor_als(rol, place.get(rol)), jaar_pk=jaar.pk)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "rol"
    assert not Budget.objects.exists()


def test_the_controller_does_not_establish_and_a_school_does_not_see_a_concept(controller, actor_als):
    jaar, (school, _) = maak_jaar()
    budget = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    assert isinstance(budget, Budget)
    assert stel_budget_vast(actor=controller, pk=budget.pk, versie=1).code == "rol"
    principal = actor_als(Rol.SCHOOLDIRECTEUR, school)
    with pytest.raises(NotVisible):
        stel_budget_vast(actor=principal, pk=budget.pk, versie=1)


def test_a_missing_tariff_is_a_refusal_and_nothing_is_stored(controller):
    jaar, _ = maak_jaar()
    Tarief.objects.filter(code="dws_plaats").delete()
    refusal = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "tarief_ontbreekt"
    assert refusal.zin == (
        "Voor 2024 ontbreekt dit tarief: plaats op de Day a Week School. Lees het in bij Geld, Tarieven."
    )
    assert not Budget.objects.exists()


def test_a_closed_year_stays_as_it_is(directeur):
    jaar, _ = maak_jaar()
    budget = bereken_budget(actor=directeur, jaar_pk=jaar.pk)
    assert isinstance(budget, Budget)
    zet_stap(actor=directeur, pk=jaar.pk, stap="sluit", versie=jaar.versie)
    assert bereken_budget(actor=directeur, jaar_pk=jaar.pk).code == "afgesloten"
    assert stel_budget_vast(actor=directeur, pk=budget.pk, versie=1).code == "afgesloten"


def test_the_database_keeps_one_concept_and_one_established_budget_per_year(directeur):
    jaar, _ = maak_jaar()
    budget = vastgesteld_budget(directeur, jaar)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.filter(pk=budget.pk).update(staat="onzin")
    bereken_budget(actor=directeur, jaar_pk=jaar.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.filter(staat="concept").update(staat="vastgesteld", vastgesteld_op=budget.vastgesteld_op)


def test_queries_do_not_grow_with_the_schools(controller, django_assert_max_num_queries):
    jaar, schools = maak_jaar(2)
    for school in schools:
        PlaatsingFactory(school_verwijzend=school)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert isinstance(bereken_budget(actor=controller, jaar_pk=jaar.pk), Budget)
        return len(captured)

    count()
    few = count()
    for _ in range(28):
        PlaatsingFactory(school_verwijzend=maak_school())
    assert count() == few


def test_one_school_explained(controller, actor_als):
    jaar, (school, _) = maak_jaar()
    PlaatsingFactory(school_verwijzend=school, verwijzing="TLV-1")
    budget = bereken_budget(actor=controller, jaar_pk=jaar.pk)
    own = Schoolbudget.objects.get(budget=budget, school=school)
    seen = schoolbeeld(controller.bereik, own.pk)
    assert seen is not None
    assert [line.code for line in seen.regels] == ["ondersteuningsbedrag", "inhouding"]
    assert seen.regels[1].invoer == ("TLV-1",)
    assert "8.1.2" in seen.regels[1].bron
    principal = actor_als(Rol.SCHOOLDIRECTEUR, school).bereik
    assert schoolbeeld(principal, own.pk) is None
