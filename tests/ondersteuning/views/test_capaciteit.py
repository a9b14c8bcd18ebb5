"""The public capaciteitenlijst, and the page on which a school fills it in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ondersteuning.models import Capaciteit, Capaciteitenlijst
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import SboFactory, SoFactory

pytestmark = pytest.mark.django_db


def lijst(school, dagen=1, **groepen):
    row = Capaciteitenlijst.objects.create(school=school, gewijzigd_op=timezone.now() - timedelta(days=dagen), versie=2)
    for name, (stand, text) in groepen.items():
        Capaciteit.objects.create(lijst=row, groep=int(name[1:]), stand=stand, toelichting=text)
    return row


def lees(query=""):
    return Client().get(f"/capaciteit/{query}").content.decode()


def bijwerken(school):
    return reverse("ondersteuning:capaciteit_bijwerken", args=[school.pk])


def test_everybody_reads_the_list_with_its_date():
    lijst(SchoolFactory(naam="De Zeester", plaats="Duindorp"), g3=("vol", "Na de zomer is er plaats"))
    text = lees()
    assert "De Zeester (Duindorp)" in text
    assert "Groep 3: Na de zomer is er plaats." in text
    assert "verouderd)" not in text
    assert text.count("–</td>") == 7
    assert "/ondersteuning/capaciteit/" not in text


def test_an_empty_list_and_an_old_one_are_named_as_such():
    SchoolFactory(naam="De Zeester")
    text = lees()
    assert text.count("–</td>") == 8
    assert text.count("niet ingevuld") == 2  # the date, and the explanation
    lijst(SchoolFactory(naam="De Berk"), dagen=200, g1=("plaats", ""))
    assert "(verouderd)" in lees()


def test_the_filters_stand_in_the_address():
    wanted = SchoolFactory(naam="De Zeester", gemeente="Duindorp")
    lijst(wanted, g3=("plaats", ""), g4=("vol", ""))
    lijst(SboFactory(naam="IKC Duinrand", gemeente="Strand"), g3=("overleg", ""))
    SoFactory(naam="SO De Golf", gemeente="Strand")
    SchoolFactory(naam="VSO De Verte", soort="VSO")
    SchoolFactory(naam="De Oude", actief=False)
    SchoolFactory(naam="De Buren", buiten_regio=True)

    def found(query):
        text = lees(query)
        names = ("De Zeester", "IKC Duinrand", "SO De Golf", "VSO De Verte", "De Oude", "De Buren")
        return [name for name in names if name in text]

    assert found("") == ["De Zeester", "IKC Duinrand", "SO De Golf"]
    assert "IKC Duinrand (SBO, Testdorp)" in lees()
    assert found("?gemeente=Strand") == ["IKC Duinrand", "SO De Golf"]
    assert found("?soort=BAO") == ["De Zeester"]
    assert found("?soort=SBO") == ["IKC Duinrand"]
    assert found("?soort=SO") == ["SO De Golf"]
    assert found("?groep=3") == ["De Zeester"]
    assert found("?groep=4") == []
    assert found(f"?school={wanted.pk}") == ["De Zeester"]
    assert "Geen school past bij deze filters." in lees("?groep=4")


@pytest.mark.parametrize(
    "query", ["?groep=9", "?groep=x", "?soort=VSO", "?school=99999999999", "?gemeente=%00&pagina=x"]
)
def test_nonsense_in_the_address_is_left_out(query):
    SchoolFactory(naam="De Zeester")
    assert "De Zeester" in lees(query)


def test_it_leafs_by_name_and_asks_equally_often():
    def asked():
        with CaptureQueriesContext(connection) as queries:
            lees()
        return len(queries)

    lijst(SchoolFactory(naam="School 00"), g1=("vol", ""))
    lees()
    one = asked()
    for number in range(1, 30):
        lijst(SchoolFactory(naam=f"School {number:02d}"), g1=("plaats", ""))
    assert asked() == one <= 8
    assert "School 24" in lees()
    assert "School 25" not in lees()
    assert "School 25" in lees("?pagina=2")


def test_the_name_leads_who_may_fill_it_in_to_the_form(als):
    own, other = SchoolFactory(), SchoolFactory()
    text = als(Rol.SCHOOLDIRECTEUR, own).get("/capaciteit/").content.decode()
    assert bijwerken(own) in text
    assert bijwerken(other) not in text


def test_the_ways_to_the_list(als):
    school = SchoolFactory()
    assert 'href="/capaciteit/"' in Client().get(reverse("account_login")).content.decode()
    client = als(Rol.IBER, school)
    assert f'href="/capaciteit/?school={school.pk}"' in client.get(f"/kernen/scholen/{school.pk}/").content.decode()
    assert 'href="/capaciteit/"' in client.get(reverse("ondersteuning:aanvragen")).content.decode()


def test_the_school_saves_its_eight_groups_at_once(als):
    school = SchoolFactory()
    client = als(Rol.SCHOOLDIRECTEUR, school)
    page = client.get(bijwerken(school)).content.decode()
    assert "nooit over een kind" in page
    assert page.count("<fieldset") == 8
    data = {"versie": "1", **{f"stand_{groep}": "plaats" for groep in range(1, 9)}, "toelichting_8": "Eén plek"}
    answer = client.post(bijwerken(school), data, follow=True)
    assert "De capaciteit is bijgewerkt." in answer.content.decode()
    assert Capaciteit.objects.filter(lijst__school=school, stand="plaats").count() == 8
    again = client.get(bijwerken(school)).content.decode()
    assert 'value="Eén plek"' in again
    assert 'name="versie" value="2"' in again
    assert "Heeft de capaciteit bijgewerkt" in again


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"toelichting_2": "Wachtlijst tot mei"}, "kies ook of er plaats is"),
        ({"stand_2": "vol", "toelichting_2": "Wachtlijst tot mei" + "x" * 200}, "Er passen er 200"),
        ({"stand_1": "misschien", "toelichting_2": "Wachtlijst tot mei"}, "Groep 1"),
    ],
)
def test_on_an_error_nothing_is_lost_and_nothing_written(als, data, sentence):
    school = SchoolFactory()
    answer = als(Rol.IBER, school).post(bijwerken(school), {"versie": "1", **data})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fout: " in text
    assert sentence in text
    assert "Wachtlijst tot mei" in text
    assert not Capaciteit.objects.exists()


def test_who_sees_the_school_in_another_role_may_not(als):
    from tests.factories.kernen import geef_rol

    school = SchoolFactory()
    client = als(Rol.IBER)
    geef_rol(client.user, Rol.ORTHOPEDAGOOG, school)
    assert client.get(bijwerken(school)).status_code == 403
    assert client.get(bijwerken(SchoolFactory())).status_code == 404
