"""Taking back, who pays, withdrawing, and more time for a decision: the rules by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ondersteuning.domain.aanvraag import BEEINDIGD, GEWEIGERD, INGEDIEND, STATEN, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.domain.besluit import (
    controleer_terugneemminuten,
    houdt_tegen,
    kwam_na_besluit,
    staat_voor,
    versturen_na,
)
from ondersteuning.domain.betaler import (
    BETALINGEN,
    Betaalreden,
    Keuze,
    betaler_zin,
    controleer_betaler,
    gewone_reden,
    keuzes,
)
from ondersteuning.domain.geldigheid import geldigheid_uitleg
from ondersteuning.domain.intrekken import controleer_intrekking, laatste_dag
from ondersteuning.domain.plaatsing import Kostendrager
from ondersteuning.domain.termijnen import beslistermijnen, controleer_verlenging
from swv_portal.common.terms import Opschorting, Verlenging

TODAY = date(2025, 3, 10)


@pytest.mark.parametrize("outcome", ["toegekend", "geweigerd", ""])
@pytest.mark.parametrize("agrees", [True, False])
def test_only_who_disagrees_with_a_grant_keeps_it_back(outcome: str, agrees: bool) -> None:
    assert houdt_tegen(outcome, eens=agrees) is (outcome == "toegekend" and not agrees)


def test_what_came_after_the_decision_that_stands_now() -> None:
    for state in STATEN:
        stands = state in {WORDT_VERSTUURD, TOEGEKEND, GEWEIGERD, BEEINDIGD}
        assert kwam_na_besluit(state, na_besluit=2, besluit_keer=2) is stands
        assert not kwam_na_besluit(state, na_besluit=1, besluit_keer=2)
        assert not kwam_na_besluit(state, na_besluit=0, besluit_keer=0)


def test_time_to_take_back() -> None:
    taken = datetime(2025, 3, 30, 0, 50, tzinfo=UTC)  # the clock goes forward at 01:00 UTC
    assert versturen_na(taken, 15) == datetime(2025, 3, 30, 1, 5, tzinfo=UTC)
    assert [minutes for minutes in (-1, 0, 15, 120, 121) if controleer_terugneemminuten(minutes) is None] == [
        0,
        15,
        120,
    ]


def test_outside_the_swv_a_decision_that_waits_lies_with_the_swv() -> None:
    for state in STATEN:
        assert staat_voor(state, is_swv=True) == state
        assert staat_voor(state, is_swv=False) == (INGEDIEND if state == WORDT_VERSTUURD else state)


def test_every_payer_has_a_usual_reason_that_leads_back_to_it() -> None:
    for payer in Kostendrager:
        assert BETALINGEN[gewone_reden(payer)].betaler is payer
    assert {code for code, _ in keuzes()} == {str(reason) for reason in Betaalreden} == {str(r) for r in BETALINGEN}
    assert all(len(str(reason)) <= 12 for reason in Betaalreden)  # fits the field


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Keuze(Betaalreden.VERWIJZER), None),
        (Keuze(Betaalreden.OPVANG), "toelichting"),
        (Keuze(Betaalreden.BESTUUR, " "), "toelichting"),
        (Keuze(Betaalreden.ITK, "Komt van de taalklas."), None),
        (Keuze(Betaalreden.BAO_BAO, "Overstap."), "vorige_school"),
        (Keuze(Betaalreden.BAO_BAO, "Overstap.", 7), "vorige_school"),
        (Keuze(Betaalreden.BAO_BAO, "Overstap.", 8), None),
        (Keuze(Betaalreden.BAO_BAO, "", 8), "toelichting"),
    ],
)
def test_payer(choice: Keuze, code: str | None) -> None:
    refusal = controleer_betaler(choice, gewoon=Betaalreden.VERWIJZER, verwijzende_school=7)
    assert (refusal.code if refusal else None) == code


def test_the_payer_in_words() -> None:
    assert betaler_zin("opvang", "swv") == "het samenwerkingsverband; de leerling woont in de vrouwenopvang"
    assert betaler_zin("bao_bao", "vorige_school", vorige_school="De Duif").startswith(
        "de vorige school (bao-bao): De Duif; overstap"
    )
    assert betaler_zin("", "school") == "de verwijzende school"
    assert betaler_zin("", "") == ""


@pytest.mark.parametrize(
    ("per", "code"),
    [
        (date(2025, 3, 9), "terugwerkend"),
        (date(2025, 7, 31), "voor_begin"),
        (date(2025, 8, 1), None),  # its first day: then it never began
        (date(2027, 7, 31), None),
        (date(2027, 8, 1), "te_laat"),
    ],
)
def test_withdrawing(per: date, code: str | None) -> None:
    refusal = controleer_intrekking(per, geldig_van=date(2025, 8, 1), geldig_tot=date(2027, 7, 31), vandaag=TODAY)
    assert (refusal.code if refusal else None) == code
    assert laatste_dag(date(2028, 3, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("until", "today", "before", "code"),
    [
        (date(2025, 5, 7), TODAY, False, None),
        (date(2025, 5, 6), TODAY, False, "niet_later"),
        (date(2025, 7, 1), TODAY, False, None),
        (date(2025, 7, 2), TODAY, False, "te_lang"),
        (date(2025, 5, 7), date(2025, 5, 6), False, None),
        (date(2025, 5, 8), date(2025, 5, 7), False, "te_laat"),
        (date(2025, 5, 7), TODAY, True, "verlengd"),
        (date(2025, 5, 17), TODAY, False, "geen_werkdag"),  # a Saturday
        (date(2025, 5, 29), TODAY, False, "geen_werkdag"),  # Hemelvaartsdag
    ],
)
def test_extending_the_decision(until: date, today: date, before: bool, code: str | None) -> None:
    refusal = controleer_verlenging(until, nu_uiterlijk=date(2025, 5, 6), vandaag=today, al_verlengd=before)
    assert (refusal.code if refusal else None) == code


def test_an_extended_term_ends_on_the_day_that_was_told() -> None:
    told = Verlenging(date(2025, 4, 1), date(2025, 6, 20))
    terms = beslistermijnen(TODAY, today=TODAY, verlenging=told)
    assert (terms.eigen.laatste_dag, terms.wettelijk.laatste_dag) == (date(2025, 6, 20), date(2025, 6, 20))
    assert any("4:14" in line for line in terms.wettelijk.uitleg)
    weekend = beslistermijnen(TODAY, today=TODAY, verlenging=Verlenging(date(2025, 4, 1), date(2025, 6, 8)))
    assert weekend.wettelijk.laatste_dag == date(2025, 6, 10)  # Sunday, and Monday is tweede pinksterdag


def test_standing_still_after_an_extension_moves_that_too() -> None:
    told = Verlenging(date(2025, 4, 1), date(2025, 6, 20))
    before = Opschorting(date(2025, 3, 17), date(2025, 3, 31), date(2025, 3, 24))
    after = Opschorting(date(2025, 4, 7), date(2025, 4, 30), date(2025, 4, 14))
    one = beslistermijnen(TODAY, today=date(2025, 5, 1), verlenging=told, opschortingen=[before])
    assert one.wettelijk.laatste_dag == date(2025, 6, 20)  # the day that was told had it in it
    both = beslistermijnen(TODAY, today=date(2025, 5, 1), verlenging=told, opschortingen=[before, after])
    # Six days: 8 up to and including 13 April; the 26th is a Thursday.
    assert both.wettelijk.laatste_dag == date(2025, 6, 20) + timedelta(days=6)


@pytest.mark.parametrize(
    ("begin", "until", "words"),
    [
        (date(2025, 8, 1), date(2026, 7, 31), "Dat is 1 heel schooljaar."),
        (date(2025, 8, 2), date(2026, 7, 31), "de rest van schooljaar 2025-2026 en 0 hele schooljaren"),
        (date(2025, 3, 10), date(2027, 7, 31), "de rest van schooljaar 2024-2025 en 2 hele schooljaren"),
        (date(2025, 7, 31), date(2026, 7, 31), "de rest van schooljaar 2024-2025 en 1 heel schooljaar"),
    ],
)
def test_the_period_in_words(begin: date, until: date, words: str) -> None:
    assert words in geldigheid_uitleg(begin, until)
