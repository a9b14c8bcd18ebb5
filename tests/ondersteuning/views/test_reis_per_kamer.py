"""Rooms of ondersteuning from begin to end, as every party with a part in them: what each reads, may do and may not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGEDIEND, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.models import Aanvraag, Overeenkomst, Plaatsing, Verzuimactie, Verzuimmelding
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.architecture.ouder_formulieren import client_van_link
from tests.factories.aanwezigheid import opgave
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingdocumentFactory, LeerlingFactory, SboFactory, in_staat
from tests.ondersteuning.views import reis
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def adres(naam: str, *args: Any) -> str:
    return reverse(f"ondersteuning:{naam}", args=args)


def lees(client: Client, naam: str, *args: Any) -> str:
    return reis.lees(client, f"ondersteuning:{naam}", *args)


def stuur(client: Client, naam: str, *args: Any, status: int = 200, **data: Any) -> str:
    """Send a form and go where it leads; ``status`` 422 when it is refused."""
    response = client.post(adres(naam, *args), data | nieuwe_sleutel(), follow=True)
    assert response.status_code == status, (naam, response.status_code)
    return response.content.decode()


def stap(client: Client, row: Overeenkomst, naam: str, status: int = 200, **data: Any) -> str:
    row.refresh_from_db()
    return stuur(client, "overeenkomst_stap", row.pk, naam, status=status, versie=row.versie, **data)


def _begin(client: Client, soort: str, school: Any, leerling: Any) -> Overeenkomst:
    stuur(client, "overeenkomst_nieuw", soort=soort, school=school.pk, leerling=leerling.pk)
    row: Overeenkomst = Overeenkomst.objects.get()
    return row


def test_a_dws_place_from_the_school_to_another_pupil(als: Als, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bought for the year, stopped without money back, passed on: one place is paid, whoever sits on it."""
    school, year = SchoolFactory(), Schooljaar.van(timezone.localdate())
    # A day in the year on which the place can still be passed on, whenever this runs.
    today = date(year.begin, 11, 16)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: today)
    iber, director, swv = als(Rol.IBER, school), als(Rol.SCHOOLDIRECTEUR, school), als(Rol.SWV_MEDEWERKER)
    first, second = LeerlingFactory(school=school), LeerlingFactory(school=school, achternaam="Zandoog")
    row = _begin(iber, "dws", school, first)
    told = {"versie": 1, "groep": "6", "begin": f"{year.eerste_dag:%d-%m-%Y}", "doelen": "Samen denken."}
    stuur(iber, "overeenkomst_wijzigen", row.pk, toestemming_op=f"{today:%d-%m-%Y}", **told)
    # There is no other school, so nothing speaks of one.
    assert "andere school" not in lees(iber, "overeenkomst_stap", row.pk, "leg_voor").lower()
    stap(iber, row, "leg_voor")
    assert "Aan zet: school van de leerling" in lees(iber, "leerling", first.pk)
    stap(director, row, "teken")
    assert "Het samenwerkingsverband beslist." in lees(director, "overeenkomst", row.pk)
    assert "voor het hele schooljaar" in lees(swv, "overeenkomst_stap", row.pk, "stem_in")
    told_swv = lees(swv, "overeenkomst", row.pk)
    assert "De school krijgt geen geld terug" in told_swv
    assert "uw school" not in told_swv
    stap(swv, row, "stem_in")
    assert "U krijgt geen geld terug" in lees(director, "overeenkomst_stap", row.pk, "stop")
    stap(director, row, "stop", dag=f"{today:%d-%m-%Y}", toelichting="Te druk.")
    place = Plaatsing.objects.get()
    row.refresh_from_db()
    assert (row.staat, row.plaatsing, place.einde) == ("gestopt", place, year.laatste_dag)
    passed = {"groep": "7", "doelen": "Samen denken.", "toestemming_op": f"{today:%d-%m-%Y}"}
    passed |= {"leerling": second.pk, "vanaf": f"{today + timedelta(days=1):%d-%m-%Y}"}
    stuur(iber, "overeenkomst_doorgeven", row.pk, versie=row.versie, **passed)
    page = lees(swv, "overeenkomst", row.pk)
    assert "Zandoog" in page.split("<h1>")[1].split("</h1>")[0]
    assert "Wie had deze plaats eerder" in page
    assert list(Plaatsing.objects.values_list("einde", flat=True)) == [year.laatste_dag]


def test_an_observatieplaats_from_the_school_to_the_decision(als: Als) -> None:
    school, other, today = SchoolFactory(), SboFactory(naam="IKC Duinrand"), timezone.localdate()
    iber, director = als(Rol.IBER, school), als(Rol.SCHOOLDIRECTEUR, school)
    there, expert = als(Rol.SCHOOLDIRECTEUR, other), als(Rol.ORTHOPEDAGOOG, other)
    swv, outside = als(Rol.DIRECTEUR_BESTUURDER), als(Rol.SCHOOLDIRECTEUR, SboFactory())
    row = _begin(iber, "observatie", school, LeerlingFactory(school=school))
    told = {"versie": 1, "andere_school_id": other.pk, "begin": f"{today:%d-%m-%Y}", "doelen": "Zien wat helpt."}
    told |= {"toestemming_op": f"{today:%d-%m-%Y}"}
    late = stuur(iber, "overeenkomst_wijzigen", row.pk, status=422, einde="31-07-2099", **told)
    assert "hoogstens 24 maanden" in late
    assert "Zien wat helpt." in late
    end = Schooljaar.van(today).volgende.laatste_dag
    stuur(iber, "overeenkomst_wijzigen", row.pk, einde=f"{end:%d-%m-%Y}", **told)
    stap(iber, row, "leg_voor")
    stap(there, row, "teken_andere")
    assert "Nog te tekenen door de directeur van" in lees(expert, "overeenkomst", row.pk)
    stap(director, row, "teken")
    assert "Stem in" not in lees(there, "overeenkomst", row.pk)
    assert "Het samenwerkingsverband betaalt deze plaats." in lees(swv, "overeenkomst_stap", row.pk, "stem_in")
    assert "Vul dit in." in stap(swv, row, "wijs_af", status=422, toelichting=" ")
    stap(swv, row, "stem_in")
    for client in (iber, director, there, expert, swv):
        assert "Afgesproken" in lees(client, "overeenkomst", row.pk)
    assert outside.get(adres("overeenkomst", row.pk)).status_code == 404
    assert als(Rol.SCHOOLBESTUURDER, school.bestuur).get(adres("overeenkomst", row.pk)).status_code == 403
    assert not Plaatsing.objects.exists()


def test_a_pupil_at_home_from_the_report_to_the_return(als: Als) -> None:
    """The school reports, the SWV follows in six steps, the board table decides, the other school ends it."""
    school, taker, today = SchoolFactory(), SchoolFactory(naam="De Kreeft"), timezone.localdate()
    iber, swv, there = als(Rol.IBER, school), als(Rol.SWV_MEDEWERKER), als(Rol.SCHOOLDIRECTEUR, taker)
    who = {"voornamen": "Mila", "achternaam": "Zeekraai", "geboortedatum": "04-05-2016"}
    first = today - timedelta(days=30)
    page = stuur(iber, "verzuim_melden", **opgave(eerste_dag=f"{first:%d-%m-%Y}", **who))
    row = Verzuimmelding.objects.get()
    assert "vier weken of langer afwezig" in page
    assert "Het samenwerkingsverband neemt deze melding in behandeling." in page
    assert there.get(adres("verzuimmelding", row.pk)).status_code == 404
    stuur(swv, "verzuim_stap", row.pk, stap="neem_in_behandeling", versie=row.versie)
    row.refresh_from_db()
    stuur(swv, "verzuim_aanpak", row.pk, versie=row.versie, aanpak="tempo", consulent=swv.user.pk)  # type: ignore[attr-defined]
    assert "Stap 4 van 6" in lees(iber, "verzuimmelding", row.pk)
    row.refresh_from_db()
    told = {"stap": "tempo", "wat": "Zoek een tussenplek.", "wie": "de IB'er"}
    stuur(iber, "verzuim_actie", row.pk, versie=row.versie, **told)
    row.refresh_from_db()
    boards = [taker.bestuur_id, school.bestuur_id]
    decision = {"school": taker.pk, "besturen": boards, "besloten_op": f"{today:%d-%m-%Y}", "motivering": "Dichtbij."}
    stuur(swv, "verzuim_zorgplicht", row.pk, versie=row.versie, **decision)
    action = Verzuimactie.objects.get()
    assert "Zoek een tussenplek." in lees(there, "verzuimmelding", row.pk)
    assert "De actie staat op gedaan." in stuur(there, "verzuim_gedaan", row.pk, action.pk)
    row.refresh_from_db()
    ended = {"einde_soort": "andere_plek", "einde_op": f"{today:%d-%m-%Y}", "einde_reden": "Begonnen op De Kreeft."}
    stuur(there, "verzuim_afsluiten", row.pk, versie=row.versie, **ended)
    for client in (iber, there, swv):
        page = lees(client, "verzuimmelding", row.pk)
        assert "Begonnen op De Kreeft." in page
        assert "Noteer een actie" not in page
        assert ("Heropen" in page) is (client is swv)
    for name in ("verzuim_wijzigen", "verzuim_actie", "verzuim_afsluiten", "verzuim_aanpak", "verzuim_zorgplicht"):
        late = swv.get(adres(name, row.pk), follow=True)
        assert late.redirect_chain == [(adres("verzuimmelding", row.pk), 302)], name
        assert "Deze melding is afgesloten." in late.content.decode()


def test_the_documents_that_the_school_chooses_and_who_then_gets_them(als: Als) -> None:
    row = in_staat(BIJ_PARTIJEN, vandaag=timezone.localdate())
    pupil = row.leerling
    chosen, kept = LeerlingdocumentFactory(leerling=pupil), LeerlingdocumentFactory(leerling=pupil)
    Aanvraag.objects.filter(pk=row.pk).update(staat=CONCEPT)
    iber = als(Rol.IBER, row.verwijzende_school)
    stuur(iber, "aanvraag_documenten", row.pk, versie=row.versie, documenten=chosen.pk)
    Aanvraag.objects.filter(pk=row.pk).update(staat=BIJ_PARTIJEN)
    parent = client_van_link(row.partijen.get(soort=OUDER, volgnummer=1))
    expert = client_van_link(row.partijen.get(soort=TWEEDE_DESKUNDIGE))
    receiving = als(Rol.ORTHOPEDAGOOG, row.ontvangende_school)
    readers = ((parent, "ouder", ()), (expert, "deskundige", ()), (receiving, "dossier", (row.pk,)))
    for client, name, args in readers:
        page = lees(client, name, *args)
        assert str(chosen.document.sleutel) in page
        assert str(kept.document.sleutel) not in page
        for document, status in ((chosen, 200), (kept, 404)):
            answer = client.get(reverse("jobs:document", args=[document.document.sleutel]))
            assert answer.status_code == status, (name, status)
    # What went out stays, and says with which application; the other one can go.
    page = lees(iber, "leerling", pupil.pk)
    assert adres("leerling_document_verwijderen", pupil.pk, chosen.pk) not in page
    pupil.refresh_from_db()
    refused = stuur(iber, "leerling_document_verwijderen", pupil.pk, chosen.pk, status=422, versie=pupil.versie)
    assert f"Dit document hoort bij aanvraag {row.kenmerk} en blijft daarom bewaard." in refused
    gone = stuur(iber, "leerling_document_verwijderen", pupil.pk, kept.pk, versie=pupil.versie)
    assert "Het document is verwijderd." in gone
    assert str(kept.document.sleutel) not in gone


def test_without_documents_the_way_to_add_one_is_there(als: Als) -> None:
    row = in_staat(CONCEPT)
    page = lees(als(Rol.IBER, row.verwijzende_school), "aanvraag_documenten", row.pk)
    assert adres("leerling_document_nieuw", row.leerling_id) in page
    assert adres("dossier", row.pk) in page


def test_who_handles_an_application_is_told_to_the_swv_only(als: Als) -> None:
    row = in_staat(INGEDIEND, vandaag=timezone.localdate())
    mine, colleague = als(Rol.SWV_MEDEWERKER), als(Rol.DIRECTEUR_BESTUURDER)
    way = adres("behandelaar", row.pk)
    assert way in lees(mine, "dossier", row.pk)
    assert "Nog niemand behandelt deze aanvraag." in lees(mine, "behandelaar", row.pk)
    name = str(colleague.user)  # type: ignore[attr-defined]
    stuur(mine, "behandelaar", row.pk, versie=row.versie, behandelaar=colleague.user.pk)  # type: ignore[attr-defined]
    assert f"Nu is dat {name}." in lees(mine, "behandelaar", row.pk)
    late = stuur(mine, "behandelaar", row.pk, status=422, versie=row.versie, behandelaar="")
    assert "intussen" in late
    assert name in lees(colleague, "dossier", row.pk)
    for role, place in ((Rol.IBER, row.verwijzende_school), (Rol.ORTHOPEDAGOOG, row.ontvangende_school)):
        outside = als(role, place)
        assert "Behandelaar" not in lees(outside, "dossier", row.pk)
        assert outside.get(way).status_code == 403
