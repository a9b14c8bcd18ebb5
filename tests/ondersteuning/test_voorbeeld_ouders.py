"""The example data shows the parents' side: reactions, forms of the child, calls that were made and calls to make."""

from datetime import date

import pytest

from ondersteuning.domain.evaluatiegesprek import AFLOOPNAMEN, VRAGEN
from ondersteuning.models import Evaluatiegesprek, Kindformulier, Sectiereactie
from ondersteuning.queries import taken
from ondersteuning.queries.evaluatiegesprekken import uitkomsten
from swv_portal.access.reach import bereik_voor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld import kernen, ondersteuning
from swv_portal.local.voorbeeld.context import Context

VANDAAG = date(2026, 3, 10)


@pytest.mark.django_db
def test_every_page_of_this_room_has_something_to_show() -> None:
    context = Context(vandaag=VANDAAG, wachtwoord="een-lang-wachtwoord")
    kernen.laad(context)
    ondersteuning.laad(context)
    assert Sectiereactie.objects.exists()
    assert set(Kindformulier.objects.values_list("ingevuld_met", flat=True)) == {"school", "ouder 1"}
    assert set(Evaluatiegesprek.objects.values_list("afloop", flat=True)) == set(AFLOOPNAMEN)
    assert not Evaluatiegesprek.objects.filter(op__gt=VANDAAG).exists()
    staff = bereik_voor(context.delen["gebruikers"][Rol.SWV_MEDEWERKER].pk, VANDAAG)
    assert [each for each in taken(staff, VANDAAG) if each.soort == "Ouders bellen"]
    found = uitkomsten(staff, Schooljaar.van(VANDAAG))
    assert found.gesproken
    assert all(sum((found.antwoorden[code] or {}).values()) == found.gesproken for code in VRAGEN)
