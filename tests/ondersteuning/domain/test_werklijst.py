"""Which article stands behind a day on the worklist."""

import pytest

from ondersteuning.domain.werklijst import WERKSOORTNAMEN, Werksoort, grondslag


@pytest.mark.parametrize(
    ("kind", "facts", "articles"),
    [
        (Werksoort.BESLUIT, {}, {"4:13"}),
        (Werksoort.BESLUIT, {"opgeschort": True}, {"4:13", "4:15"}),
        (Werksoort.BESLUIT, {"opgeschort": True, "verlengd": True}, {"4:13", "4:14", "4:15"}),
        (Werksoort.AANVULLING, {}, {"4:5", "4:15"}),
        (Werksoort.BEZWAAR, {}, {"7:10"}),
        (Werksoort.BEZWAAR, {"verlengd": True}, {"7:10", "lid 3"}),
        (Werksoort.BEZWAAR, {"opgeschort": True, "verlengd": True}, {"7:10", "lid 2", "lid 3"}),
        (Werksoort.VERWEER, {}, set()),
    ],
)
def test_every_day_has_its_article(kind: Werksoort, facts: dict[str, bool], articles: set[str]) -> None:
    text = grondslag(kind, **facts)
    assert text
    assert {
        each for each in ("4:5", "4:13", "4:14", "4:15", "7:10", "lid 2", "lid 3") if each in text.replace(";", " ")
    } == (articles)


def test_every_kind_has_a_name() -> None:
    assert set(WERKSOORTNAMEN) == {str(kind) for kind in Werksoort}
