"""A pupil who left, and a TLV that is withdrawn or counts again: the one never undoes the other."""

from datetime import date, timedelta

import pytest

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.services.bezwaar import Opgave, leg_bezwaar_vast
from ondersteuning.services.bezwaar_beslissing import beslis_op_bezwaar
from ondersteuning.services.intrekken import trek_tlv_in
from ondersteuning.services.vertrek import meld_vertrek
from swv_portal.common.workflow import Refusal
from tests.factories.ondersteuning import PlaatsingFactory, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_besluit import staff

BEGIN, EINDE = date(2025, 2, 10), date(2027, 7, 31)
WEG, INGETROKKEN, BEZWAAR = date(2025, 6, 3), date(2025, 6, 11), date(2025, 6, 20)


@pytest.fixture
def budget(mensen: Mensen) -> Plaatsing:
    """A budget for entry (route D) that runs until July 2027."""
    granted = in_staat(TOEGEKEND, route="DI", verwijzende_school=None, ontvangende_school=mensen.school)
    return _plaats(granted, mensen, "instroombudget", "swv", "", None)


def _plaats(
    granted: Aanvraag, mensen: Mensen, kind: str, payer: str, category: str, school: object, receiver: object = None
) -> Plaatsing:
    reason = "route_d" if payer == "swv" else "verwijzer"
    changed = {"geldig_van": BEGIN, "geldig_tot": EINDE, "kostendrager": payer, "betaalreden": reason}
    Aanvraag.objects.filter(pk=granted.pk).update(**changed, categorie=category)
    return PlaatsingFactory(
        verwijzing=granted.tlvnummer.nummer,
        soort=kind,
        categorie=category,
        kostendrager=payer,
        begin=BEGIN,
        einde=EINDE,
        aanvraag=granted,
        school_verwijzend=school,
        school_ontvangend=receiver or mensen.school,
    )


def vertrek(mensen: Mensen, place: Plaatsing, day: date | None, vandaag: date) -> Plaatsing:
    answer = meld_vertrek(actor=mensen.swv, pk=place.pk, versie=None, vertrokken_op=day, vandaag=vandaag)
    assert isinstance(answer, Plaatsing), answer
    return answer


def trek_in(mensen: Mensen, place: Plaatsing) -> None:
    done = trek_tlv_in(
        actor=mensen.swv,
        pk=place.aanvraag_id or 0,
        versie=None,
        per=INGETROKKEN,
        reden="Niet meer nodig.",
        vandaag=INGETROKKEN,
    )
    assert isinstance(done, Aanvraag), done


def herleef(mensen: Mensen, place: Plaatsing) -> None:
    key = place.aanvraag_id or 0
    until = INGETROKKEN + timedelta(weeks=6)
    Aanvraag.objects.filter(pk=key).update(intrekking_bekend_op=INGETROKKEN, intrekking_bezwaar_tot=until)
    said = Opgave("intrekking", "ouder_1", BEZWAAR, "Toch nodig.")
    objection = leg_bezwaar_vast(actor=mensen.swv, pk=key, opgave=said, vandaag=BEZWAAR)
    assert not isinstance(objection, Refusal), objection
    answer = beslis_op_bezwaar(
        actor=staff(),
        pk=objection.pk,
        versie=None,
        uitkomst="gegrond",
        gevolg="herleeft",
        toelichting="Gegrond.",
        vandaag=BEZWAAR,
    )
    assert not isinstance(answer, Refusal), answer


def test_taking_a_departure_back_does_not_take_the_withdrawal_back(mensen: Mensen, budget: Plaatsing) -> None:
    vertrek(mensen, budget, WEG, date(2025, 6, 10))
    opened = Plaatsing.objects.get(pk=budget.pk).versie
    trek_in(mensen, budget)
    assert Plaatsing.objects.get(pk=budget.pk).versie == opened + 1
    back = vertrek(mensen, budget, None, date(2025, 6, 12))
    assert (back.einde, back.vertrokken_op) == (INGETROKKEN - timedelta(days=1), None)


def test_a_budget_of_a_pupil_who_left_stays_stopped(mensen: Mensen, budget: Plaatsing) -> None:
    vertrek(mensen, budget, WEG, date(2025, 6, 10))
    trek_in(mensen, budget)
    herleef(mensen, budget)
    budget.refresh_from_db()
    assert (budget.einde, budget.einde_zonder_vertrek) == (date(2025, 6, 30), EINDE)
    assert vertrek(mensen, budget, None, date(2025, 6, 25)).einde == EINDE


def test_a_place_from_which_the_pupil_went_back_stays_stopped(mensen: Mensen) -> None:
    granted = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    place = _plaats(granted, mensen, "tlv", "school", "SBO", mensen.school, mensen.ikc)
    Plaatsing.objects.filter(pk=place.pk).update(vertrokken_op=WEG, einde=WEG, einde_zonder_vertrek=EINDE)
    trek_in(mensen, place)
    herleef(mensen, place)
    place.refresh_from_db()
    assert (place.einde, place.einde_zonder_vertrek) == (WEG, EINDE)


def test_a_place_that_nobody_left_runs_as_before(mensen: Mensen) -> None:
    granted = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    place = _plaats(granted, mensen, "tlv", "school", "SBO", mensen.school, mensen.ikc)
    trek_in(mensen, place)
    herleef(mensen, place)
    place.refresh_from_db()
    assert (place.einde, place.einde_zonder_vertrek) == (EINDE, None)
