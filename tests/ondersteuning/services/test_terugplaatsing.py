"""A terugplaatsing from the first letter to its budget: what can begin, and what the decision leads to."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from ondersteuning.domain.overstap import DEFINITIEF
from ondersteuning.models import Aanvraag, Overstap, Overstapinstellingen, Plaatsing, Terugplaatsing
from ondersteuning.services.aanvraag import begin_aanvraag, trek_in
from ondersteuning.services.instellingen import OVERSTAP, bewaar_instellingen
from ondersteuning.services.terugplaatsing import (
    begin_terugplaatsing,
    stel_vast,
)
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, SoFactory, in_staat
from tests.ondersteuning.services.terugplaatsing import (
    DAG,
    VANDAAG,
    Wereld,
    begin,
    code,
    gegevens,
    stap,
    tot_swv,
)
from tests.ondersteuning.services.test_weg import run_jobs


def test_the_whole_way_to_a_budget(wereld: Wereld) -> None:
    row = tot_swv(wereld)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing), done
    assert done.staat == DEFINITIEF
    place = done.budgetplaats
    assert place is not None
    assert (place.soort, place.kostendrager, place.verwijzing) == ("terugplaatsing", "swv", done.kenmerk)
    assert (place.begin, place.einde) == (DAG, date(2028, 3, 31))
    assert (place.school_verwijzend, place.school_ontvangend) == (wereld.so, wereld.bao)
    wereld.plaats.refresh_from_db()
    assert wereld.plaats.einde == DAG - timedelta(days=1)
    assert done.bewaren_tot == date(2031, 3, 31)
    done.leerling.refresh_from_db()
    assert done.leerling.school == wereld.bao
    phases = [change.fase for change in done.leerling.faseovergangen.order_by("pk")]
    assert phases == ["signalering", "terugplaatsing", "signalering"]
    kinds = set(Event.objects.filter(onderwerp_soort="ondersteuning.terugplaatsing").values_list("soort", flat=True))
    assert {"terugplaatsing.begonnen", "terugplaatsing.gesprek", "terugplaatsing.definitief"} <= kinds
    assert "Zeewier" not in " ".join(Event.objects.values_list("tekst", flat=True))


def test_mails_go_to_the_other_school_without_a_name(wereld: Wereld) -> None:
    tot_swv(wereld)
    run_jobs()
    found = [(message.subject.split(": ")[0], message.to) for message in mail.outbox]
    address = dict(User.objects.values_list("pk", "email"))
    assert found == [
        ("Bevestig de komst van een leerling", [address[wereld.naar.user_id]]),
        ("De nieuwe school bevestigde", [address[wereld.van.user_id]]),
    ]
    assert "Zeewier" not in "".join(message.subject + message.body for message in mail.outbox)


@pytest.mark.parametrize(("herkomst", "verwijzer"), [("deze", False), ("andere", True)])
def test_back_to_the_own_school_without_a_budget(wereld: Wereld, herkomst: str, verwijzer: bool) -> None:
    if verwijzer:
        Plaatsing.objects.filter(pk=wereld.plaats.pk).update(school_verwijzend=wereld.bao)
    row = tot_swv(wereld, herkomst=herkomst)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing), done
    assert done.budgetplaats is None
    assert done.geen_budget_omdat.startswith("Geen budget, omdat ")
    assert not Plaatsing.objects.filter(soort="terugplaatsing").exists()
    wereld.plaats.refresh_from_db()
    assert wereld.plaats.einde == DAG - timedelta(days=1)
    assert done.bewaren_tot == date(2029, 3, 10)


def test_a_tlv_of_an_application_tells_which_pupil_it_is(wereld: Wereld) -> None:
    granted = in_staat("toegekend", ontvangende_school=wereld.so)
    Plaatsing.objects.filter(pk=wereld.plaats.pk).update(aanvraag=granted)
    row = begin(wereld, voornamen="", achternaam="", geboortedatum=None)
    assert isinstance(row, Terugplaatsing), row
    assert row.leerling == granted.leerling
    row.delete()
    other = LeerlingFactory(school=wereld.so)
    assert code(begin(wereld, leerling=other.pk)) == "leerling"


def test_a_pupil_with_a_dossier_is_reused(wereld: Wereld) -> None:
    pupil = LeerlingFactory(school=wereld.so, achternaam="Schelp")
    row = begin(wereld, leerling=pupil.pk)
    assert isinstance(row, Terugplaatsing)
    assert row.leerling == pupil


@pytest.mark.parametrize(
    ("anders", "expected"),
    [
        ({"tlv": "PO2704-9999-0001"}, "tlv"),
        ({"tlv": ""}, "tlv"),
        ({"achternaam": ""}, "leerling"),
        ({"naar_school": 999_999}, "naar_school"),
        ({"leerling": 999_999}, "leerling"),
    ],
)
def test_what_can_not_be_begun(wereld: Wereld, anders: dict[str, Any], expected: str) -> None:
    assert code(begin(wereld, **anders)) == expected
    assert not Overstap.objects.exists()


def test_a_school_outside_the_region_or_a_special_one_does_not_receive(wereld: Wereld) -> None:
    for school in (
        SchoolFactory(buiten_regio=True),
        SchoolFactory(swv_code="PO9902"),
        SoFactory(),
        SchoolFactory(actief=False),
    ):
        assert code(begin(wereld, naar_school=school.pk)) == "naar_school"


def test_a_tlv_of_another_school_is_not_found(wereld: Wereld) -> None:
    place = PlaatsingFactory(school_ontvangend=SoFactory(), categorie="I")
    assert code(begin(wereld, tlv=place.verwijzing)) == "tlv"


def test_a_tlv_ends_once(wereld: Wereld) -> None:
    first = begin(wereld)
    assert isinstance(first, Terugplaatsing)
    answer = begin(wereld, achternaam="Ander")
    assert code(answer) == "al_terug"
    assert first.kenmerk in answer.zin
    stap(wereld.van, first, "trek_in")
    assert isinstance(begin(wereld, achternaam="Ander"), Terugplaatsing)


def test_only_a_special_school_begins(wereld: Wereld) -> None:
    answer = begin_terugplaatsing(
        actor=wereld.naar, school_id=wereld.bao.pk, gegevens=gegevens(wereld), vandaag=VANDAAG
    )
    assert code(answer) == "school"
    with pytest.raises(NotVisible):
        begin_terugplaatsing(actor=wereld.naar, school_id=wereld.so.pk, gegevens={}, vandaag=VANDAAG)


def test_an_imported_place_may_have_the_reference_already(wereld: Wereld) -> None:
    row = tot_swv(wereld)
    PlaatsingFactory(verwijzing=row.kenmerk)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing)
    assert done.budgetplaats is not None
    assert done.budgetplaats.verwijzing == f"{row.kenmerk}-2"


def test_a_place_that_ended_before_stays_as_it_was(wereld: Wereld) -> None:
    Plaatsing.objects.filter(pk=wereld.plaats.pk).update(einde=date(2025, 7, 31))
    row = tot_swv(wereld)
    stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    wereld.plaats.refresh_from_db()
    assert wereld.plaats.einde == date(2025, 7, 31)


def test_another_term_by_setting(wereld: Wereld, actor_als: Callable[..., Actor]) -> None:
    boss = actor_als(Rol.DIRECTEUR_BESTUURDER)
    values = {"budgetmaanden": 12, "betaaljaren": 2}
    assert code(bewaar_instellingen(soort=OVERSTAP, actor=wereld.swv, versie=1, waarden=values)) == "rol"
    for wrong in ({"budgetmaanden": 25}, {"betaaljaren": 9}):
        assert code(bewaar_instellingen(soort=OVERSTAP, actor=boss, versie=1, waarden=wrong)) == next(iter(wrong))
    for part in ({"budgetmaanden": 12}, {"betaaljaren": 2}):  # what is not given stays as it is
        version = Overstapinstellingen.objects.values_list("versie", flat=True).first() or 1
        bewaar_instellingen(soort=OVERSTAP, actor=boss, versie=version, waarden=part)
    stored = Overstapinstellingen.objects.get()
    assert (stored.budgetmaanden, stored.betaaljaren) == (12, 2)
    row = tot_swv(wereld)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing)
    assert done.budgetplaats is not None
    assert done.budgetplaats.einde == date(2027, 3, 31)


def test_a_day_in_the_future_moves_the_pupil_later(wereld: Wereld) -> None:
    row = tot_swv(wereld, overstap_op=date(2026, 4, 1))
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing)
    done.leerling.refresh_from_db()
    assert done.leerling.school == wereld.so
    assert done.leerling.fase == "terugplaatsing"
    assert done.budgetplaats is not None
    assert done.budgetplaats.einde == date(2028, 4, 30)


@pytest.mark.parametrize("ingelezen", [True, False])
def test_a_withdrawn_one_leaves_the_pupil_on_the_place(wereld: Wereld, ingelezen: bool) -> None:
    if not ingelezen:
        granted = in_staat("toegekend", ontvangende_school=wereld.so)
        Plaatsing.objects.filter(pk=wereld.plaats.pk).update(aanvraag=granted)
    row = tot_swv(wereld)
    assert row.leerling.fase == "terugplaatsing"
    done = stap(wereld.van, row, "trek_in")
    told = [change.reden for change in done.leerling.faseovergangen.all()[:2]]
    assert told == ["De terugplaatsing is ingetrokken.", "Startgesprek van een terugplaatsing."]
    assert done.leerling.fase == "plaatsing"


def test_after_a_return_a_withdrawn_application_leads_to_the_signal(wereld: Wereld) -> None:
    granted = in_staat("toegekend", ontvangende_school=wereld.so)
    Plaatsing.objects.filter(pk=wereld.plaats.pk).update(aanvraag=granted)
    row = tot_swv(wereld)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing), done
    assert done.leerling.fase == "signalering"
    again = begin_aanvraag(
        actor=wereld.naar,
        school_id=wereld.bao.pk,
        route="A",
        vandaag=VANDAAG,
        leerling_id=done.leerling_id,
    )
    assert isinstance(again, Aanvraag), again
    assert again.leerling.fase == "indicatie"
    gone = trek_in(actor=wereld.naar, pk=again.pk, versie=again.versie, vandaag=VANDAAG)
    assert isinstance(gone, Aanvraag), gone
    assert gone.leerling.fase == "signalering"
