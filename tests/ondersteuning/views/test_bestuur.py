"""The pages of a board: the one-sided application, the TLV at the basisschool, and the advice of members."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies, Leerling, Onderzoek
from swv_portal.audit.models import Event
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.factories.kernen import PersoonFactory, SamenwerkingsverbandFactory, SchoolFactory, geef_rol
from tests.factories.ondersteuning import LeerlingFactory, in_staat
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db
KIND = {"voornamen": "Mila Test", "achternaam": "Kanariepiet", "geboortedatum": "04-05-2017"}


@pytest.fixture
def school() -> Any:
    SamenwerkingsverbandFactory()
    return SchoolFactory()


def eenzijdig(school: Any, staat: str = INGEDIEND) -> Aanvraag:
    return in_staat(
        staat, verwijzende_school=school, route="EZ", indienend_bestuur=school.bestuur, bemiddeling="mediation"
    )


def op_basisschool(school: Any, staat: str = INGEDIEND, **fields: Any) -> Aanvraag:
    return in_staat(staat, verwijzende_school=school, ontvangende_school=school, route="TB", categorie="I", **fields)


@pytest.mark.parametrize("route", ["ez", "tb"])
def test_a_board_starts_for_a_school_of_its_own(als: Any, school: Any, route: str) -> None:
    known, other = LeerlingFactory(school=school), SchoolFactory()
    client = als(Rol.SCHOOLBESTUURDER, school.bestuur)
    page = client.get(reverse("ondersteuning:nieuw")).content.decode()
    assert "eenzijdige aanvraag" in page.lower()
    url = reverse("ondersteuning:nieuw_route", args=[route])
    shown = client.get(url).content.decode()
    assert other.naam not in shown
    assert "Kanariepiet" not in shown  # a board sees no list of pupils
    refused = client.post(url, {**KIND, "school": other.pk})
    assert refused.status_code == 422
    assert client.post(url, {"school": school.pk}).status_code == 422
    made = client.post(url, {**KIND, "school": school.pk, **nieuwe_sleutel()})
    found = Aanvraag.objects.get()
    assert (found.route, found.leerling, found.indienend_bestuur) == (route.upper(), known, school.bestuur)
    assert made.url == reverse("ondersteuning:stap", args=[found.pk, "leerling"])
    assert Leerling.objects.count() == 1


def test_the_page_of_the_mediation_says_what_is_missing(als: Any, school: Any) -> None:
    row, client = eenzijdig(school, CONCEPT), als(Rol.SCHOOLBESTUURDER, school.bestuur)
    url = reverse("ondersteuning:stap", args=[row.pk, "bemiddeling"])
    data = {"versie": row.versie, "bemiddeling": "afgewezen", "bemiddeling_op": "03-02-2025", "verder": "ja"}
    data |= {"verwijderd_op": "20-01-2025", "bemiddeling_uitkomst": "Zij wilden niet."}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "welke ouder dit niet wilde" in answer.content.decode()
    row.refresh_from_db()
    assert row.bemiddeling_uitkomst == "Zij wilden niet."  # what could be stored is stored
    data |= {"versie": row.versie, "bemiddeling_afgewezen_door": "ouders"}
    assert client.post(url, data).status_code == 302


def test_the_investigation_and_who_decides(als: Any, school: Any) -> None:
    row, staff = eenzijdig(school), als(Rol.SWV_MEDEWERKER)
    dossier, url = reverse("ondersteuning:dossier", args=[row.pk]), reverse("ondersteuning:onderzoek", args=[row.pk])
    assert "Leg het onafhankelijk onderzoek vast" in staff.get(dossier).content.decode()
    data = {
        "versie": row.versie,
        "onderzoeker": "Onderzoeker Test",
        "werkgever": row.ontvangende_school.naam,
        "afgerond_op": "01-03-2025",
        "conclusie": "past",
        "tekst": "Meer nodig dan de basisschool kan.",
    }
    refused = staff.post(url, data)
    assert refused.status_code == 422
    assert "niet onafhankelijk" in refused.content.decode()
    assert "Meer nodig dan de basisschool kan." in refused.content.decode()
    assert staff.post(url, {**data, "werkgever": "Bureau De Peiling"}).status_code == 302
    assert Onderzoek.objects.get().onderzoeker == "Onderzoeker Test"
    board = als(Rol.SCHOOLBESTUURDER, school.bestuur).get(dossier).content.decode()
    assert "Bureau De Peiling" in board
    asked = als(Rol.ORTHOPEDAGOOG, row.ontvangende_school).get(dossier).content.decode()
    assert "Bureau De Peiling" not in asked
    decide = reverse("ondersteuning:besluit", args=[row.pk])
    assert staff.get(decide).status_code == 403
    assert als(Rol.DIRECTEUR_BESTUURDER).get(decide).status_code == 200


def test_a_board_reads_only_its_own_application_and_that_is_logged(als: Any, school: Any) -> None:
    row = eenzijdig(school)
    ordinary = in_staat(INGEDIEND, verwijzende_school=school)
    client = als(Rol.SCHOOLBESTUURDER, school.bestuur)
    url = reverse("ondersteuning:dossier", args=[row.pk])
    page = client.get(url).content.decode()
    assert f"Bestuurders van {school.bestuur.naam}" in page
    assert reverse("ondersteuning:leerling", args=[row.leerling_id]) not in page
    assert reverse("ondersteuning:aanvraag_documenten", args=[row.pk]) not in page
    assert Event.objects.filter(user=client.user, onderwerp_id=row.pk).exists()
    assert client.get(reverse("ondersteuning:dossier", args=[ordinary.pk])).status_code == 404
    assert als(Rol.SCHOOLBESTUURDER, SchoolFactory().bestuur).get(url).status_code == 404


def lid(client: Any, bestuur: Any, aanvraag: Aanvraag) -> Bestuursadvies:
    member = AvLid.objects.create(user=client.user, bestuur=bestuur)
    return Bestuursadvies.objects.create(aanvraag=aanvraag, lid=member, gevraagd_op=timezone.localdate())


def test_a_member_reads_no_name_and_advises(als: Any, school: Any) -> None:
    row, board = op_basisschool(school, onderwijsbehoefte="Hulp bij het eten."), SchoolFactory().bestuur
    client = als(Rol.SCHOOLBESTUURDER, board)
    asked = lid(client, board, row)
    assert row.kenmerk in client.get(reverse("ondersteuning:bestuursadviezen")).content.decode()
    url = reverse("ondersteuning:bestuursadvies", args=[asked.pk])
    page = client.get(url).content.decode()
    assert "Hulp bij het eten." in page
    assert "Kanariepiet" not in page
    assert client.get(reverse("ondersteuning:dossier", args=[row.pk])).status_code == 404
    assert client.post(url, {"steunt": "ja", "tekst": ""}).status_code == 422
    assert client.post(url, {"steunt": "nee", "tekst": "Eerst zorg."}).status_code == 302
    asked.refresh_from_db()
    assert (asked.steunt, asked.tekst) == (False, "Eerst zorg.")
    other = als(Rol.SCHOOLBESTUURDER, board)
    assert other.get(url).status_code == 404
    board_page = als(Rol.SWV_MEDEWERKER).get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    assert "Eerst zorg." in board_page


def test_the_swv_keeps_the_list_and_chooses_two(als: Any, school: Any) -> None:
    row, staff = op_basisschool(school), als(Rol.SWV_MEDEWERKER)
    boards = [SchoolFactory().bestuur for _ in range(2)]
    for board in boards:
        geef_rol(PersoonFactory(), Rol.SCHOOLBESTUURDER, board)
    url = reverse("ondersteuning:avleden")
    form = staff.get(url).context["form"]
    for key, _name in form.fields["persoon"].choices[1:]:
        assert staff.post(url, {"persoon": key}).status_code == 302
    assert AvLid.objects.actief().count() == 2
    assert staff.post(url, {"persoon": "1-1"}).status_code == 422
    choose = reverse("ondersteuning:kies_leden", args=[row.pk])
    members = list(AvLid.objects.values_list("pk", flat=True))
    one = staff.post(choose, {"versie": row.versie, "leden": members[:1]})
    assert "Kies precies twee leden." in one.content.decode()
    assert staff.post(choose, {"versie": row.versie, "leden": members}).status_code == 302
    assert Bestuursadvies.objects.filter(aanvraag=row).count() == 2
    page = staff.get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    assert "zonder naam van de leerling" in page
    staff.post(reverse("ondersteuning:avlid_stopt", args=[members[0]]))
    assert AvLid.objects.actief().count() == 1


def test_another_school_year_is_offered_from_june(als: Any, school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    year = Schooljaar.van(timezone.localdate())
    row = op_basisschool(school, TOEGEKEND, gewenst_van=year.eerste_dag, gewenst_tot=year.laatste_dag)
    client = als(Rol.IBER, school)
    url = reverse("ondersteuning:nog_een_jaar", args=[row.pk])
    for today, offered in ((date(year.laatste_dag.year, 5, 31), False), (date(year.laatste_dag.year, 6, 1), True)):
        monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None, today=today: today)
        page = client.get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
        assert (url in page) == offered
        assert ("Begin de aanvraag" in client.get(url).content.decode()) == offered
    answer = client.post(url, {"versie": row.versie})
    made = Aanvraag.objects.get(route="TBV")
    assert answer.url == reverse("ondersteuning:stap", args=[made.pk, "leerling"])
