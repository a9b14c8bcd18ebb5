"""Persons and roles, schools, kernen, menukaart and settings on the screen."""

from datetime import date

import pytest
from django.urls import reverse

from kernen.models import Kern, Kernbudget, Kernsessie, Menukaartthema, Roltoekenning, Samenwerkingsverband, Uurtarief
from kernen.queries import scholen_in_kern
from swv_portal.access.models import User
from swv_portal.common.scoping import Rol
from tests.factories import kernen as maak
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(als):
    return als(Rol.BEHEERDER)


@pytest.fixture
def medewerker(als):
    return als(Rol.SWV_MEDEWERKER)


def test_inviting_somebody_with_a_role(client):
    school = maak.SchoolFactory(naam="De Zeehond")
    data = {
        "naam": "Nieuwe IB'er",
        "email": "nieuw@school.example",
        "rol": "iber",
        "school": school.pk,
        "van": "1-8-2025",
    }
    response = client.post(reverse("kernen:persoon_nieuw"), data | nieuwe_sleutel())
    user = User.objects.get(email="nieuw@school.example")
    assert response.url == reverse("kernen:persoon", args=[user.pk])
    page = client.get(response.url).content.decode()
    assert "De Zeehond" in page
    assert "nog niet in gebruik" in page


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        ({"rol": "iber"}, "Kies bij de rol IB&#x27;er ook waar."),
        ({"rol": "controller", "email": "geen adres"}, "geldig e-mailadres"),
        ({"rol": "controller", "van": "1-8-2025", "tot": "1-8-2025"}, "De einddatum moet na de begindatum liggen."),
    ],
)
def test_what_an_invitation_refuses(client, data, zin):
    response = client.post(
        reverse("kernen:persoon_nieuw"),
        {"naam": "N", "email": "n@swv.example", "van": "1-8-2025", **data, **nieuwe_sleutel()},
    )
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not User.objects.filter(email="n@swv.example").exists()


def test_staff_is_not_offered_roles_it_may_not_give(medewerker):
    page = medewerker.get(reverse("kernen:persoon_nieuw")).content.decode()
    assert 'value="iber"' in page
    assert 'value="beheerder"' not in page
    response = medewerker.post(
        reverse("kernen:persoon_nieuw"), {"naam": "N", "email": "n@swv.example", "van": "1-8-2025", "rol": "beheerder"}
    )
    assert response.status_code == 422


def test_giving_and_taking_a_role(client):
    user, kern = maak.PersoonFactory(), maak.KernFactory(naam="Kern Noord")
    data = {"rol": "kernvoorzitter", "kern": kern.pk, "van": "1-8-2025", "school": maak.SchoolFactory().pk}
    client.post(reverse("kernen:persoon_rol", args=[user.pk]), data | nieuwe_sleutel())
    granted = Roltoekenning.objects.get(user=user)
    assert (granted.kern, granted.school) == (kern, None)
    page = client.post(reverse("kernen:rol_intrekken", args=[granted.pk]), follow=True).content.decode()
    assert "De rol is ingetrokken." in page
    granted.refresh_from_db()
    assert granted.tot is not None


def test_finding_persons(client):
    maak.geef_rol(maak.PersoonFactory(naam="Fenna Schelp"), Rol.IBER)
    maak.geef_rol(maak.PersoonFactory(naam="Teun Wulk"), Rol.KERNVOORZITTER)
    url = reverse("kernen:personen")
    for query in ({"q": "fenna"}, {"rol": "iber"}):
        page = client.get(url, query).content.decode()
        assert "Fenna Schelp" in page
        assert "Teun Wulk" not in page


def test_a_school_is_changed_and_keeps_what_was_typed_on_a_conflict(medewerker):
    school = maak.SchoolFactory(naam="Oud")
    url = reverse("kernen:school_wijzigen", args=[school.pk])
    data = {"naam": "Nieuw", "soort": "SBO", "bestuur_id": school.bestuur_id, "postcode": "2012cd", "actief": "on"}
    assert medewerker.post(url, {**data, "versie": "1"}).status_code == 302
    school.refresh_from_db()
    assert (school.naam, school.soort, school.postcode, school.pc4) == ("Nieuw", "SBO", "2012 CD", "2012")
    late = medewerker.post(url, {**data, "naam": "Te Laat", "versie": "1"})
    assert late.status_code == 422
    assert "Te Laat" in late.content.decode()


def test_a_school_is_put_in_a_kern(medewerker):
    school, kern = maak.SchoolFactory(), maak.KernFactory()
    url = reverse("kernen:school_indelen", args=[school.pk])
    assert medewerker.post(url, {"kern": kern.pk, "van": "1-8-2025", **nieuwe_sleutel()}).status_code == 302
    assert list(scholen_in_kern(kern.pk, date(2025, 8, 1))) == [school]
    again = medewerker.post(url, {"kern": kern.pk, "van": "1-9-2025", **nieuwe_sleutel()})
    assert again.status_code == 422
    assert "hoort op die dag al bij deze kern" in again.content.decode()


def test_a_board_gets_a_name(medewerker):
    board = maak.SchoolbestuurFactory(naam="Bevoegd gezag 99901")
    medewerker.post(reverse("kernen:bestuur_wijzigen", args=[board.pk]), {"naam": "Stichting Zilt", "versie": "1"})
    assert "Stichting Zilt" in medewerker.get(reverse("kernen:besturen")).content.decode()


def test_a_kern_with_a_budget(medewerker):
    response = medewerker.post(reverse("kernen:kern_nieuw"), {"naam": "Kern Noord", **nieuwe_sleutel()})
    kern = Kern.objects.get()
    assert response.url == reverse("kernen:kern", args=[kern.pk])
    medewerker.post(reverse("kernen:kern_budget", args=[kern.pk, 2025]), {"bedrag": "5.000,00", "versie": "1"})
    assert str(Kernbudget.objects.get().bedrag) == "5000.00"
    page = medewerker.get(f"{response.url}?schooljaar=2025").content.decode()
    assert "5.000,00" in page
    medewerker.post(
        reverse("kernen:kern_wijzigen", args=[kern.pk]), {"naam": "Kern Zuid", "actief": "on", "versie": "1"}
    )
    kern.refresh_from_db()
    assert kern.naam == "Kern Zuid"


def test_of_two_who_set_a_budget_the_second_keeps_what_was_typed(medewerker):
    kern = maak.KernFactory()
    url = reverse("kernen:kern_budget", args=[kern.pk, 2025])
    assert medewerker.get(url).context["form"]["versie"].value() == 1
    assert medewerker.post(url, {"bedrag": "5.000,00", "versie": "1"}).status_code == 302
    late = medewerker.post(url, {"bedrag": "6.000,00", "versie": "1"})
    assert late.status_code == 422
    assert "6.000,00" in late.content.decode()
    assert "Iemand anders heeft dit intussen gewijzigd" in late.content.decode()
    assert medewerker.get(url).context["form"]["versie"].value() == 2


def test_the_budget_is_no_business_of_school_people(als):
    kern = maak.KernFactory()
    Kernbudget.objects.create(kern=kern, schooljaar=2025, bedrag="5000.00")
    school = maak.KernlidmaatschapFactory(kern=kern).school
    url = reverse("kernen:kern", args=[kern.pk]) + "?schooljaar=2025"
    assert "5.000,00" not in als(Rol.IBER, school).get(url).content.decode()
    assert "5.000,00" in als(Rol.KERNVOORZITTER, kern).get(url).content.decode()


def test_menukaart_and_tariffs(medewerker):
    url = reverse("kernen:menukaart") + "?schooljaar=2025"
    medewerker.post(
        reverse("kernen:thema_nieuw", args=[2025]),
        {"thema": "Gedrag", "doel": "Rust", "activiteiten": "Training", **nieuwe_sleutel()},
    )
    medewerker.post(
        reverse("kernen:tarief_nieuw", args=[2025]),
        {"professional": "Leerkracht", "bedrag": "60", "stap": "1", **nieuwe_sleutel()},
    )
    page = medewerker.get(url).content.decode()
    assert "1. Gedrag" in page
    assert "60,00" in page
    theme, tariff = Menukaartthema.objects.get(), Uurtarief.objects.get()
    medewerker.post(reverse("kernen:thema", args=[theme.pk]), {"thema": "Rust", "doel": "Stil", "versie": "1"})
    medewerker.post(
        reverse("kernen:tarief", args=[tariff.pk]),
        {"professional": "Leerkracht", "bedrag": "65", "stap": "1", "versie": "1"},
    )
    medewerker.post(reverse("kernen:menukaart_overnemen", args=[2026]), nieuwe_sleutel())
    assert {(row.schooljaar, row.thema) for row in Menukaartthema.objects.all()} == {(2025, "Rust"), (2026, "Rust")}
    assert {str(row.bedrag) for row in Uurtarief.objects.all()} == {"65.00"}


def test_four_sessions_for_every_kern(medewerker, als):
    kern = maak.KernFactory(naam="Kern Noord")
    medewerker.post(reverse("kernen:sessies_plannen", args=[2026]))
    assert [row.maand.month for row in Kernsessie.objects.order_by("nummer")] == [9, 11, 2, 5]
    session = Kernsessie.objects.get(nummer=1)
    url = reverse("kernen:sessie", args=[session.pk])
    chair = als(Rol.KERNVOORZITTER, kern)
    data = {"datum": "8 september 2026", "doel": "Plan maken", "verslag": "Goed gesprek", "versie": "1"}
    assert chair.post(url, data).status_code == 302
    reader = als(Rol.IBER, maak.KernlidmaatschapFactory(kern=kern).school)
    page = reader.get(url).content.decode()
    assert "di 8 september 2026" in page
    assert "Goed gesprek" in page
    assert "<textarea" not in page
    assert reader.post(url, data).status_code == 403


def test_the_settings(client):
    url = reverse("kernen:instellingen")
    data = {
        "naam": "SWV Kust",
        "registratienummer": "PO9901",
        "ondertekenaar": "directeur-bestuurder",
        "minimum_groep": "5",
        "termijn_weken": "6",
    }
    assert client.post(url, data).status_code == 302
    assert Samenwerkingsverband.objects.get().naam == "SWV Kust"
    assert "SWV Kust" in client.get(url).content.decode()
    wrong = client.post(url, {**data, "registratienummer": "2704", "termijn_weken": "9", "versie": "2"})
    assert wrong.status_code == 422
