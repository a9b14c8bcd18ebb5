"""Rows for COPY come back from PostgreSQL as they went in, whatever stands in them."""

from typing import Any, cast

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swv_portal.common.tables.copying import als_copy

TEKST = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
RIJ = st.tuples(
    st.one_of(st.none(), TEKST, st.sampled_from(["\\N", "\\.", "\\", "a\tb\nc\rd", "", " "])),
    st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1)),
    st.one_of(st.none(), st.booleans()),
)


@pytest.mark.django_db
@given(st.lists(RIJ, max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_there_and_back(rows: list[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists proef")
        cursor.execute("create temporary table proef (n serial, a text, b integer, c boolean)")
        with cast("psycopg.Cursor[Any]", cursor.cursor).copy("copy proef (a, b, c) from stdin") as copy:
            copy.write(als_copy(columns))
        cursor.execute("select a, b, c from proef order by n")
        assert cursor.fetchall() == rows
