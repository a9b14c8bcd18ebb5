"""Who pays a TLV that is prolonged: the school that referred the pupil, in every year (par. 8.1.2)."""

from datetime import date
from typing import Any

import pytest

from financien.domain.schoolbudget import Kader
from financien.domain.tarieven import Tarieven
from financien.queries.berekening import lees_scholen
from kernen.models import School
from ondersteuning.domain.aanvraag import INGEDIEND, TOEGEKEND
from ondersteuning.domain.betaler import Betaalreden, Keuze
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.queries.betaler import stel_betaler_voor
from ondersteuning.services.bekendmaken import leg_plaats_vast
from ondersteuning.services.besluit import ken_toe
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER
from tests.factories.financien import maak_school
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import VANDAAG, PlaatsingFactory, SboFactory, SoFactory, in_staat
from tests.ondersteuning.services.test_besluit import staff
from tests.ondersteuning.services.test_weg import run_jobs

pytestmark = pytest.mark.django_db
OUD = {"geldig_van": date(2023, 8, 1), "geldig_tot": date(2025, 7, 31)}
NIEUW = {"geldig_van": date(2025, 8, 1), "geldig_tot": date(2027, 7, 31)}


@pytest.fixture
def school(db: None) -> School:
    return maak_school()


@pytest.fixture
def sbo(db: None) -> School:
    return SboFactory()


def eerste(school: School, sbo: School, **extra: Any) -> Aanvraag:
    """The TLV with which the pupil came to the SBO, with its place."""
    row = in_staat(TOEGEKEND, vandaag=date(2023, 3, 10), verwijzende_school=school, ontvangende_school=sbo)
    for name, value in (OUD | extra).items():
        setattr(row, name, value)
    row.save()
    leg_plaats_vast(row)
    return row


def verlenging(sbo: School, **extra: Any) -> Aanvraag:
    known = {"vorig_tlvnummer": "PO9901-2223-0001", "vorig_geldig_tot": OUD["geldig_tot"]}
    return in_staat(INGEDIEND, route="B", verwijzende_school=sbo, ontvangende_school=sbo, **known | extra)


def beslis(row: Aanvraag, betaling: Keuze | None = None) -> Aanvraag | Refusal:
    return ken_toe(actor=staff(), pk=row.pk, versie=None, **NIEUW, motivering="", vandaag=VANDAAG, betaling=betaling)


def betaald_op(school: School, dag: date) -> int:
    """How many places count in the budget of this school on ``dag``."""
    frame = Kader(dag.year, dag, dag, Tarieven(dag.year, {}))
    return next(len(each.plaatsen) for each in lees_scholen(BEHEER, frame) if each.school_id == school.pk)


def test_the_school_that_referred_pays_in_both_years(school: School, sbo: School) -> None:
    SamenwerkingsverbandFactory()
    first = eerste(school, sbo)
    granted = beslis(verlenging(sbo, leerling=first.leerling, vorige=first))
    assert isinstance(granted, Aanvraag), granted
    run_jobs()
    place = Plaatsing.objects.get(aanvraag=granted)
    assert (place.school_verwijzend, place.kostendrager, place.betaalreden) == (school, "school", "eerder")
    assert [betaald_op(school, date(year, 1, 1)) for year in (2025, 2026)] == [1, 1]


def test_also_when_the_first_tlv_was_paid_by_the_school_before_it(school: School, sbo: School) -> None:
    before = maak_school()
    first = eerste(school, sbo, kostendrager="vorige_school", betaalreden="bao_bao", vorige_school=before)
    row = verlenging(sbo, leerling=first.leerling, vorige=first)
    assert stel_betaler_voor(row, vandaag=VANDAAG).keuze.vorige_school == before.pk


@pytest.mark.parametrize(("payer", "reason"), [("swv", "opvang"), ("swv", "route_d"), ("ander_swv", "ander_swv")])
def test_who_else_paid_goes_on_paying(school: School, sbo: School, payer: str, reason: str) -> None:
    first = eerste(school, sbo, kostendrager=payer, betaalreden=reason)
    granted = beslis(verlenging(sbo, leerling=first.leerling, vorige=first))
    assert isinstance(granted, Aanvraag), granted
    assert (granted.kostendrager, granted.betaalreden) == (payer, reason)


def test_a_typed_number_finds_an_imported_place_of_that_school_only(school: School, sbo: School) -> None:
    PlaatsingFactory(verwijzing="PO9901-2223-0007", school_verwijzend=school, school_ontvangend=sbo)
    granted = beslis(verlenging(sbo, vorig_tlvnummer="PO9901-2223-0007"))
    assert isinstance(granted, Aanvraag), granted
    assert granted.vorige_school == school
    other = SoFactory()
    stranger = beslis(verlenging(other, vorig_tlvnummer="PO9901-2223-0007", categorie="I"))
    assert isinstance(stranger, Refusal)
    assert (stranger.code, stranger.veld) == ("vorige_school", "vorige_school")


def test_unknown_is_asked_and_the_special_school_itself_never_pays(school: School, sbo: School) -> None:
    row = verlenging(sbo, vorig_tlvnummer="PO9901-2223-0099")
    asked = beslis(row)
    assert isinstance(asked, Refusal)
    assert asked.code == "vorige_school"
    itself = beslis(row, Keuze(Betaalreden.VERWIJZER, "Toch."))
    assert isinstance(itself, Refusal)
    assert itself.code == "verwijzer"
    chosen = beslis(row, Keuze(Betaalreden.EERDER, "", school.pk))
    assert isinstance(chosen, Aanvraag), chosen
    assert (chosen.kostendrager, chosen.vorige_school) == ("school", school)
