"""Schools move between kernen: never in two at once, and the past is not rewritten."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kernen.domain.lidmaatschap import Lidmaatschap, Periode, Verhuizing, verhuis
from swv_portal.common.workflow import Refusal

BEGIN = date(2020, 8, 1)
days = st.integers(0, 2000).map(lambda n: BEGIN + timedelta(days=n))


@given(st.lists(st.tuples(days, st.integers(1, 4)), max_size=12))
def test_moving_any_number_of_times_leaves_no_overlap_and_no_gap(moves):
    history: list[Lidmaatschap] = []
    for day, kern in moves:
        answer = verhuis(history, kern, day)
        if isinstance(answer, Refusal):
            assert answer.code in {"later", "al_lid"}
            continue
        assert isinstance(answer, Verhuizing)
        history = [
            Lidmaatschap(lid.pk, lid.kern_id, Periode(lid.periode.van, answer.op)) if lid.pk == answer.eindigt else lid
            for lid in history
        ]
        history.append(Lidmaatschap(len(history) + 1, kern, Periode(day)))
    for index, one in enumerate(history):
        assert one.periode.tot is None or one.periode.tot > one.periode.van
        for other in history[index + 1 :]:
            assert not one.periode.overlapt(other.periode)
    for one, following in itertools.pairwise(history):
        assert one.periode.tot == following.periode.van
        assert one.kern_id != following.kern_id


@given(days, st.none() | st.integers(1, 400), days)
def test_a_period_runs_up_to_its_end(van, length, day):
    period = Periode(van, van + timedelta(days=length) if length else None)
    assert period.omvat(day) == period.overlapt(Periode(day, day + timedelta(days=1)))
    assert period.omvat(van)
    assert period.tot is None or not period.omvat(period.tot)


def test_the_same_kern_again_is_refused():
    answer = verhuis([Lidmaatschap(1, 7, Periode(BEGIN))], 7, date(2024, 8, 1))
    assert isinstance(answer, Refusal)
    assert answer.code == "al_lid"


def test_a_day_before_a_later_membership_is_refused():
    history = [Lidmaatschap(1, 7, Periode(date(2024, 8, 1)))]
    answer = verhuis(history, 8, date(2023, 8, 1))
    assert isinstance(answer, Refusal)
    assert answer.code == "later"
