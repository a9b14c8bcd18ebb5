"""A grant moves the pupil on the day it begins: once, and not when it no longer should."""

from datetime import date, timedelta
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import BEEINDIGD, GEWEIGERD, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.models import Aanvraag, Leerling
from ondersteuning.services.bekendmaken import maak_bekend
from ondersteuning.services.intrekken import laat_herleven
from ondersteuning.services.schoolperiode import draag_over
from ondersteuning.services.toekenning_dag import INHALEN_DAGEN, doe_de_dag, toekenningen_voor_de_nacht
from ondersteuning.tasks import TOEKENNING
from swv_portal.access.actors import PORTAAL
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.enqueue import enqueue
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_weg import run_jobs

DAG = date(2025, 8, 1)


def maak(mensen: Mensen, staat: str = TOEGEKEND, **velden: Any) -> Aanvraag:
    given = {"verwijzende_school": mensen.school, "ontvangende_school": mensen.ikc, "gewenst_van": DAG} | velden
    row = in_staat(staat, **given)
    if row.leerling.school is not None:
        row.leerling.schoolperioden.create(school=row.leerling.school, van=VANDAAG - timedelta(days=90))
    return row


def school_van(row: Aanvraag) -> Any:
    return Leerling.objects.select_related("school").get(pk=row.leerling_id).school


def ga_naar(mensen: Mensen, row: Aanvraag, school: Any, dag: date) -> None:
    pupil = Leerling.objects.get(pk=row.leerling_id)
    moved = draag_over(actor=mensen.swv, pk=pupil.pk, versie=pupil.versie, school=school.pk, per=dag, vandaag=dag)
    assert isinstance(moved, Leerling), moved


def test_on_the_day_the_night_moves_the_pupil_and_never_again(mensen: Mensen) -> None:
    row = maak(mensen)
    before = DAG - timedelta(days=1)
    assert toekenningen_voor_de_nacht(vandaag=before) == []
    assert not doe_de_dag(pk=row.pk, vandaag=before)
    assert toekenningen_voor_de_nacht(vandaag=DAG) == [row.pk]
    assert doe_de_dag(pk=row.pk, vandaag=DAG + timedelta(days=2))
    assert school_van(row) == mensen.ikc
    periods = row.leerling.schoolperioden.order_by("van").values_list("school_id", "tot")
    assert list(periods) == [(mensen.school.pk, DAG), (mensen.ikc.pk, None)]
    assert toekenningen_voor_de_nacht(vandaag=DAG + timedelta(days=3)) == []
    assert not doe_de_dag(pk=row.pk, vandaag=DAG + timedelta(days=3))
    # Back at the former school, by hand: that is not undone.
    ga_naar(mensen, row, mensen.school, DAG + timedelta(days=10))
    assert not doe_de_dag(pk=row.pk, vandaag=DAG + timedelta(days=11))
    assert school_van(row) == mensen.school


@pytest.mark.parametrize(("dag", "moved"), [(DAG, True), (DAG - timedelta(days=1), False)])
def test_announcing_moves_at_once_when_the_day_has_come(mensen: Mensen, dag: date, moved: bool) -> None:
    row = maak(mensen, WORDT_VERSTUURD)
    assert maak_bekend(pk=row.pk, vandaag=dag, bewaar_brief=lambda _: None)
    assert school_van(row) == (mensen.ikc if moved else mensen.school)


def test_a_refusal_moves_nobody(mensen: Mensen) -> None:
    row = maak(mensen, WORDT_VERSTUURD)
    Aanvraag.objects.filter(pk=row.pk).update(uitkomst="geweigerd")
    assert maak_bekend(pk=row.pk, vandaag=DAG, bewaar_brief=lambda _: None)
    row.refresh_from_db()
    assert row.staat == GEWEIGERD
    assert school_van(row) == mensen.school


def test_a_withdrawn_tlv_moves_nobody_until_it_counts_again(mensen: Mensen) -> None:
    row = maak(mensen, BEEINDIGD)
    assert toekenningen_voor_de_nacht(vandaag=DAG) == []
    assert not doe_de_dag(pk=row.pk, vandaag=DAG)
    step = procedure_van(row.route).step("laat_herleven")
    laat_herleven(row, step, actor=mensen.swv, vandaag=DAG + timedelta(days=40))
    assert school_van(row) == mensen.ikc


def test_who_stays_at_the_own_school_is_not_moved(mensen: Mensen) -> None:
    row = maak(mensen, route="B", verwijzende_school=mensen.ikc)
    assert not doe_de_dag(pk=row.pk, vandaag=DAG)
    assert row.leerling.schoolperioden.count() == 1


def test_who_went_elsewhere_meanwhile_is_not_fetched_back(mensen: Mensen) -> None:
    row, third = maak(mensen), SchoolFactory()
    ga_naar(mensen, row, third, DAG - timedelta(days=20))
    assert toekenningen_voor_de_nacht(vandaag=DAG) == [row.pk]
    assert not doe_de_dag(pk=row.pk, vandaag=DAG)
    assert school_van(row) == third


@pytest.mark.parametrize(("dagen", "moved"), [(-5, True), (5, False)])
def test_of_a_pupil_without_a_school_what_happened_after_the_decision_counts(
    mensen: Mensen, dagen: int, moved: bool
) -> None:
    row, third = maak(mensen, route="D", verwijzende_school=None), SchoolFactory()
    ga_naar(mensen, row, third, VANDAAG + timedelta(days=dagen))
    assert doe_de_dag(pk=row.pk, vandaag=DAG) is moved
    assert school_van(row) == (mensen.ikc if moved else third)


def test_nights_that_were_missed_are_made_up_for(mensen: Mensen) -> None:
    row = maak(mensen)
    last = DAG + timedelta(days=INHALEN_DAGEN)
    assert toekenningen_voor_de_nacht(vandaag=last) == [row.pk]
    assert toekenningen_voor_de_nacht(vandaag=last + timedelta(days=1)) == []


def test_the_nightly_job_moves(mensen: Mensen) -> None:
    row = maak(mensen)
    Aanvraag.objects.filter(pk=row.pk).update(geldig_van=DAG)
    enqueue(TOEKENNING, params={"aanvraag": row.pk}, actor=PORTAAL)
    run_jobs()
    assert Job.objects.get(soort=TOEKENNING).staat == Job.Staat.KLAAR
    assert school_van(row) == mensen.ikc
