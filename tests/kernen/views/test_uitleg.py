"""Beside every form stands what happens next, and the menu of this app says which page one is on."""

import pytest
from django.urls import reverse

from swv_portal.common.scoping import Rol
from tests.factories.kernen import KernFactory, SchoolbestuurFactory


@pytest.mark.parametrize(
    ("pagina", "woorden"),
    [
        ("kern_nieuw", "Geef iemand de rol van kernvoorzitter."),
        ("persoon_nieuw", "Heeft deze persoon al een account?"),
        ("instellingen", "Naam en adres staan vanaf nu in nieuwe brieven."),
    ],
)
def test_a_form_says_what_happens_next(als, pagina, woorden):
    page = als(Rol.BEHEERDER).get(reverse(f"kernen:{pagina}")).content.decode()
    assert "Wat gebeurt hierna?" in page
    assert woorden in page


def test_a_form_without_words_of_its_own_has_the_general_ones(als):
    kern = KernFactory()
    page = als(Rol.BEHEERDER).get(reverse("kernen:kern_wijzigen", args=[kern.pk])).content.decode()
    assert "Een kern met scholen kunt u niet sluiten." in page
    page = als(Rol.BEHEERDER).get(reverse("kernen:bestuur_wijzigen", args=[SchoolbestuurFactory().pk])).content.decode()
    assert "De nieuwe gegevens staan meteen op alle schermen." in page


@pytest.mark.parametrize("pagina", ["kernen", "kernplannen", "sessies", "menukaart"])
def test_the_menu_marks_this_page_and_no_other(als, pagina):
    url = reverse(f"kernen:{pagina}")
    page = als(Rol.SWV_MEDEWERKER).get(url).content.decode()
    menu = page[page.index('class="deelmenu"') :]
    menu = menu[: menu.index("</nav>")]
    assert f'<a href="{url}" aria-current="page">' in menu
    assert menu.count("aria-current") == 1
