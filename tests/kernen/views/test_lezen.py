"""Every page of kernen, as the people who may read it; and what they may not see."""

import pytest
from django.urls import reverse

from swv_portal.common.scoping import Rol
from tests.factories import kernen as maak

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    """Two kernen of two boards; the first has a school with a sibling, a plan in every way, sessions."""
    maak.SamenwerkingsverbandFactory()
    school = maak.SchoolFactory(naam="School de Eigen")
    sibling = maak.SchoolFactory(naam="School het Zusje", bestuur=school.bestuur)
    stranger = maak.SchoolFactory(naam="School de Vreemde")
    kern, other = maak.KernFactory(naam="Kern Hier"), maak.KernFactory(naam="Kern Daar")
    for member, where in ((school, kern), (sibling, kern), (stranger, other)):
        maak.KernlidmaatschapFactory(school=member, kern=where)
        maak.LeerlingtellingFactory(school=member)
    plan = maak.KernplanFactory(kern=kern, gevuld=True)
    maak.KernsessieFactory(kern=kern)
    return {"school": school, "zusje": sibling, "vreemd": stranger, "kern": kern, "daar": other, "plan": plan}


LIJSTEN = ("scholen", "kernen", "kernplannen", "sessies", "menukaart")


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("naam", LIJSTEN)
def test_everybody_with_a_role_has_the_lists(als, wereld, rol, naam):
    assert als(rol).get(reverse(f"kernen:{naam}")).status_code == 200


def _places(wereld, rol):
    from swv_portal.common.scoping import PLAATS

    return {"swv": None, "school": wereld["school"], "kern": wereld["kern"], "bestuur": wereld["school"].bestuur}[
        PLAATS[rol]
    ]


@pytest.mark.parametrize(
    ("adres", "lines"),
    [
        ({"straat": "Zeeweg", "huisnummer": "1", "plaats": "Bloemendaal"}, ("Zeeweg 1", "Bloemendaal")),
        ({"postcode": "2051 AB", "plaats": "Bloemendaal"}, ("2051 AB Bloemendaal",)),
        ({}, ()),
    ],
)
def test_a_board_has_its_address_as_on_a_letter(als, adres, lines):
    bestuur = maak.SchoolbestuurFactory(**adres)
    response = als(Rol.SWV_MEDEWERKER).get(reverse("kernen:bestuur", args=[bestuur.pk]))
    (shown,) = (each for each in response.context["gegevens"] if each.label == "Adres")
    assert bestuur.adresregels == lines
    assert shown.waarde == "\n".join(lines)


@pytest.mark.parametrize("rol", list(Rol))
def test_the_own_school_and_kern_can_be_read(als, wereld, rol):
    client = als(rol, _places(wereld, rol))
    assert client.get(reverse("kernen:school", args=[wereld["school"].pk])).status_code == 200
    assert client.get(reverse("kernen:kern", args=[wereld["kern"].pk])).status_code == 200


@pytest.mark.parametrize(
    "rol", [Rol.IBER, Rol.SCHOOLDIRECTEUR, Rol.ORTHOPEDAGOOG, Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER]
)
def test_a_strange_school_and_kern_are_as_absent(als, wereld, rol):
    client = als(rol, _places(wereld, rol))
    for name, row in (("school", wereld["vreemd"]), ("kern", wereld["daar"])):
        strange = client.get(reverse(f"kernen:{name}", args=[row.pk]))
        absent = client.get(reverse(f"kernen:{name}", args=[99_999_999]))
        assert strange.status_code == absent.status_code == 404
        assert strange.content == absent.content


def test_school_people_see_only_their_school_in_the_list(als, wereld):
    page = als(Rol.IBER, wereld["school"]).get(reverse("kernen:scholen")).content.decode()
    assert "School de Eigen" in page
    assert "School het Zusje" not in page
    assert "School de Vreemde" not in page
