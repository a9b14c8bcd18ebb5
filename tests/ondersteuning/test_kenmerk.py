"""Looking for a reference: by its beginning, which an index finds, or else by a part of its numbers."""

import pytest

from ondersteuning.models import Verzuimmelding
from ondersteuning.querysets import op_kenmerk
from tests.factories.aanwezigheid import VerzuimmeldingFactory

KENMERKEN = ("A-2425-0012", "A-2526-0012", "PA-2526-0001")


@pytest.mark.django_db
def test_the_beginning_or_a_part() -> None:
    for kenmerk in KENMERKEN:
        VerzuimmeldingFactory(kenmerk=kenmerk)
    for q, found in (
        (" a-2526 ", {"A-2526-0012"}),  # not the other one, in which it stands further on
        ("PA-2526-0001", {"PA-2526-0001"}),
        ("2526-00", {"A-2526-0012", "PA-2526-0001"}),
        ("0012", {"A-2425-0012", "A-2526-0012"}),
        ("PO9901-2526-0001", set()),
    ):
        rows = Verzuimmelding.objects.filter(op_kenmerk(q))
        assert set(rows.values_list("kenmerk", flat=True)) == found, q
