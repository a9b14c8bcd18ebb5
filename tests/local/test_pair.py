import time

import pytest

from bench import _pair
from bench._pair import Side, compare


def burn(seconds: float, answer: object = 1):
    def work() -> object:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass
        return answer

    return work


def test_the_ratio_of_twice_the_work_is_two(capsys):
    outcome = compare(
        "dubbel",
        ours=Side("twee", burn(0.010)),
        floor=Side("een", burn(0.005)),
        same=lambda a, b: a == b,
        doel=2.4,
        rounds=5,
        times=2,
    )
    assert outcome.ratio == pytest.approx(2, rel=0.15)
    assert outcome.haalt_het
    assert "haalt het doel;" in capsys.readouterr().out


def test_a_target_that_is_not_met_is_said_so(capsys):
    outcome = compare(
        "te traag",
        ours=Side("a", burn(0.004)),
        floor=Side("b", burn(0.001)),
        same=lambda a, b: True,
        doel=2,
        rounds=3,
        times=2,
    )
    assert not outcome.haalt_het
    assert "haalt het doel NIET" in capsys.readouterr().out


def test_at_least_is_the_other_way_round():
    outcome = compare(
        "sneller",
        ours=Side("a", burn(0.004)),
        floor=Side("b", burn(0.001)),
        same=lambda a, b: True,
        doel=2,
        hoogstens=False,
        rounds=3,
        times=2,
    )
    assert outcome.haalt_het


def test_different_answers_are_not_compared():
    with pytest.raises(AssertionError, match="do not give the same result"):
        compare("x", ours=Side("a", burn(0, 1)), floor=Side("b", burn(0, 2)), same=lambda a, b: a == b, doel=1)


def test_a_round_whose_halves_differ_is_noisy():
    assert _pair._is_noisy((1.0, 1.0, 1.2, 1.0))
    assert _pair._is_noisy((1.0, 1.0, 1.0, 1.3))
    assert not _pair._is_noisy((1.0, 2.0, 1.1, 2.1))


def test_noisy_rounds_do_not_count_when_enough_quiet_ones_are_left(monkeypatch):
    rounds = iter([(2.0, 1.0, 2.0, 1.0), (9.0, 1.0, 2.0, 1.0), (2.0, 1.0, 2.0, 1.0)])
    monkeypatch.setattr(_pair, "_round", lambda *_: next(rounds))
    outcome = compare(
        "x", ours=Side("a", burn(0)), floor=Side("b", burn(0)), same=lambda a, b: True, doel=3, rounds=3, times=1
    )
    assert (outcome.ratio, outcome.onrustig, outcome.betrouwbaar) == (2.0, 1, True)


def test_the_time_of_postgres_is_counted(monkeypatch):
    import os
    from pathlib import Path

    import psycopg

    monkeypatch.setenv("PORTAL_BENCH_PGDATA", str(Path(os.environ["PORTAL_TEST_RUN"]) / "pg"))
    with psycopg.connect(os.environ["DATABASE_URL"].replace("/portal?", "/postgres?")) as connection:
        before, own = _pair.cpu_now(), time.process_time()
        connection.execute("select count(*) from generate_series(1, 3000000)")
        spent = _pair.cpu_now() - before
        assert spent > 5 * (time.process_time() - own)
