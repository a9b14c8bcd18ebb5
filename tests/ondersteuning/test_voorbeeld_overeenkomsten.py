"""The example data of agreements and consulenten keeps to the rules, and shows every kind."""

from datetime import date

import pytest

from ondersteuning.domain.overeenkomst import LOPEND
from ondersteuning.models import Consulentschap, Jaarafspraken, Overeenkomst, Plaatsing
from ondersteuning.queries.consulenten import tellingen
from ondersteuning.queries.overeenkomst import feiten_van
from swv_portal.access.reach import bereik_voor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld import kernen, ondersteuning
from swv_portal.local.voorbeeld.context import Context

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("vandaag", [date(2026, 3, 10), date(2025, 8, 1), date(2026, 7, 31), date(2024, 2, 29)])
def test_the_examples(vandaag: date) -> None:
    context = Context(vandaag=vandaag, wachtwoord="een-lang-wachtwoord")
    kernen.laad(context)
    ondersteuning.laad(context)
    rows = list(Overeenkomst.objects.select_related("school", "andere_school"))
    assert {row.soort for row in rows} == {"symbiose", "dws", "observatie"}
    for row in rows:
        facts = feiten_van(row, vandaag=vandaag)
        assert (facts.ontbreekt, facts.bezwaren) == ((), ())
    bought = Overeenkomst.objects.get(soort="dws", staat=LOPEND).plaatsing
    assert bought is None or bought.soort == "dws"
    year = Schooljaar.van(vandaag)
    assert Plaatsing.objects.filter(soort="dws", begin=year.eerste_dag).count() == 125
    assert Jaarafspraken.objects.filter(schooljaar=year.begin).exists()
    assert Consulentschap.objects.exists()
    director = context.delen["gebruikers"][Rol.DIRECTEUR_BESTUURDER]
    counted = tellingen(bereik_voor(director.pk, vandaag), year, vandaag)
    assert 0 < counted["afspraken"] < counted["scholen"]
