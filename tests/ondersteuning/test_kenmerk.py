"""Looking for a reference: by its beginning, which an index finds, or else by a part of its numbers."""

import pytest
from django.db.models import Q

from ondersteuning.querysets import op_kenmerk


@pytest.mark.parametrize(
    ("q", "looked_for"),
    [
        (" a-2526 ", Q(kenmerk__startswith="A-2526")),
        ("PA-2526-0001", Q(kenmerk__startswith="PA-2526-0001")),
        ("2526-00", Q(kenmerk__contains="2526-00")),
        ("0012", Q(kenmerk__contains="0012")),
        ("PO9901-2526-0001", Q(kenmerk__contains="PO9901-2526-0001")),
    ],
)
def test_the_beginning_or_a_part(q: str, looked_for: Q) -> None:
    assert op_kenmerk(q) == looked_for
