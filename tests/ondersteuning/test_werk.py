"""What the home page says of applications."""

from datetime import date

import pytest

from ondersteuning.queries import werk
from swv_portal.common.scoping import Rol
from tests.factories.ondersteuning import in_staat

pytestmark = pytest.mark.django_db


def stand(bereik):
    return [deel.stand for deel in werk(bereik, date(2025, 3, 10))]


def test_it_counts_what_runs_and_what_waits_for_a_decision(bereik_als, django_assert_num_queries):
    staff = bereik_als(Rol.SWV_MEDEWERKER)
    assert stand(staff) == ["Er loopt geen aanvraag."]
    in_staat("toegekend")
    assert stand(staff) == ["Er loopt geen aanvraag."]
    in_staat("ingediend")
    assert stand(staff) == ["Er loopt 1 aanvraag. Die ligt bij het samenwerkingsverband."]
    in_staat("concept")
    in_staat("ingediend")
    with django_assert_num_queries(1):
        assert stand(staff) == ["Er lopen 3 aanvragen. 2 liggen bij het samenwerkingsverband."]


@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.BEHEERDER, Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER])
def test_who_sees_no_dossier_reads_nothing_of_them(bereik_als, rol):
    in_staat("ingediend")
    assert stand(bereik_als(rol)) == []
