"""What belongs to an application comes with one query, and is the same as when it is asked one by one."""

from datetime import date
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.models import Aanvraag, Aanvulling, Partij, Zienswijze
from tests.factories.ondersteuning import AanvraagFactory

pytestmark = pytest.mark.django_db

RELATIES = ("partijen", "aanvullingen", "zienswijzen")
DAG = date(2024, 2, 29)


def _aanvraag(woord: str) -> Aanvraag:
    row: Any = AanvraagFactory()
    Partij.objects.filter(aanvraag=row).delete()
    Partij.objects.create(aanvraag=row, soort=TWEEDE_DESKUNDIGE, naam=f"Zus {woord}")
    second = Partij.objects.create(aanvraag=row, soort=OUDER, volgnummer=2, naam=f"Vader {woord}", link_id=7)
    Partij.objects.create(aanvraag=row, soort=OUDER, volgnummer=1, naam=f'Moeder "{woord}" é', uitgenodigd_op=DAG)
    Zienswijze.objects.create(aanvraag=row, partij=second, eens=False, tekst=f"Nee {woord}\nniet", gezien_op=DAG)
    Aanvulling.objects.create(aanvraag=row, gevraagd_op=DAG, uiterlijk=date(2024, 3, 31), vraag=f"Wat {woord}?")
    return row


def _waarden(rij: Aanvraag) -> list[list[dict[str, Any]]]:
    return [
        [{f.attname: getattr(item, f.attname) for f in item._meta.concrete_fields} for item in getattr(rij, name).all()]
        for name in RELATIES
    ]


def test_gathered_rows_are_the_rows_in_their_order(django_assert_num_queries: Any) -> None:
    keys = [_aanvraag("een").pk, _aanvraag("twee").pk, AanvraagFactory().pk]
    expected = [_waarden(row) for row in Aanvraag.objects.filter(pk__in=keys).order_by("pk")]
    with django_assert_num_queries(2):
        rows = list(Aanvraag.objects.filter(pk__in=keys).order_by("pk").gather(*RELATIES))
        found = [_waarden(row) for row in rows]
        assert all(item.aanvraag is row for row in rows for item in row.partijen.all())
    assert found == expected
    assert [party["naam"] for party in found[0][0]] == ['Moeder "een" é', "Vader een", "Zus een"]
    assert found[0][2][0]["gezien_op"] == DAG


def test_a_filter_asks_anew_and_a_single_row_is_gathered_too(django_assert_num_queries: Any) -> None:
    row = _aanvraag("een")
    with django_assert_num_queries(3):
        found = Aanvraag.objects.gather(*RELATIES).get(pk=row.pk)
        assert found.partijen.filter(soort=OUDER).count() == 2
    with django_assert_num_queries(1):
        assert list(Aanvraag.objects.gather("partijen").filter(pk=row.pk).values_list("pk", flat=True)) == [row.pk]


def test_nothing_found_asks_no_more(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert not list(Aanvraag.objects.gather(*RELATIES).filter(pk=0))
