"""The TLV at the basisschool on screen, as every party, and another school year with the consent of the parents."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kernen.models import Roltoekenning
from ondersteuning.domain.aanvraag import AANVULLING, GEWEIGERD, INGEDIEND, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies
from swv_portal.audit.models import Event
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import in_staat
from tests.ondersteuning.views.reis import (
    EEN_OUDER,
    LEERLING,
    ONDERBOUWING,
    besluit,
    brief,
    fout,
    lees,
    leg_voor,
    post,
    teken,
    version,
    vul_in,
)
from tests.sleutel import nieuwe_sleutel

Als = Callable[..., Client]
JAAR = Schooljaar.van(timezone.localdate()).volgende
VAN, TOT = f"01-08-{JAAR.begin}", f"31-07-{JAAR.begin + 1}"
KIND = {key: value for key, value in LEERLING.items() if key != "groep"}


@pytest.fixture
def school(db: None) -> Any:
    SamenwerkingsverbandFactory()
    return SchoolFactory(naam="Basisschool De Zeester")


def leden(als: Als, hoeveel: int = 2) -> list[Any]:
    """Members of the algemene vergadering, each of another board, logged in."""
    boards = [SchoolFactory().bestuur for _ in range(hoeveel)]
    clients: list[Any] = [als(Rol.SCHOOLBESTUURDER, board) for board in boards]
    for client, board in zip(clients, boards, strict=True):
        AvLid.objects.create(user=client.user, bestuur=board)
    return clients


def advies(client: Any, steunt: str, tekst: str) -> int:
    """Give the advice that was asked; its key."""
    found = Bestuursadvies.objects.get(lid__user=client.user)
    assert found.aanvraag.kenmerk in lees(client, "ondersteuning:bestuursadviezen")
    post(client, "ondersteuning:bestuursadvies", [found.pk], {"steunt": steunt, "tekst": tekst})
    return int(found.pk)


def test_a_board_from_the_application_to_the_letter(als: Als, school: Any) -> None:
    board, iber = als(Rol.SCHOOLBESTUURDER, school.bestuur), als(Rol.IBER, school)
    swv, director = als(Rol.SWV_MEDEWERKER), als(Rol.DIRECTEUR_BESTUURDER)
    post(board, "ondersteuning:nieuw_route", ["tb"], {**KIND, "school": school.pk, **nieuwe_sleutel()})
    pk = Aanvraag.objects.get().pk
    vul_in(board, pk, {"leerling": LEERLING, "ouders": EEN_OUDER})
    page = lees(board, "ondersteuning:stap", pk, "school")
    assert 'value="SBO"' not in page  # of special education, not of a pupil who stays
    assert "geldt tot en met 31 juli" in page
    vul_in(board, pk, {"school": {"categorie": "I", "gewenst_van": VAN}, "onderbouwing": ONDERBOUWING})
    codes = leg_voor(board, pk)
    parent = teken(codes, "een@test.example", eens="ja")
    page = lees(parent, "ondersteuning:ouder")
    assert "kan de aanvraag nu naar het samenwerkingsverband sturen" in page
    for words in ("deskundigen", "Ontvangende school", "naar Basisschool"):
        assert words not in page, words
    post(board, "ondersteuning:stap_zetten", [pk, "dien_in"], {"versie": version(pk)})

    first, second, _third = _ask(als, swv, pk)
    advies(first, "ja", "Dit is elke dag nodig.")
    assert "Wacht op het advies van de leden." in fout(
        director, "ondersteuning:besluit", [pk], {"besluit": "ken_toe", "geldig_van": VAN, "geldig_tot": TOT}
    )
    assert "Een lid van de algemene vergadering</strong> geeft advies" in lees(swv, "ondersteuning:dossier", pk)
    asked = advies(second, "ja", "Ja, helpen.")
    # Who said what is for the SWV only, also in the timeline.
    for client, known in ((swv, True), (board, False), (iber, False)):
        page = lees(client, "ondersteuning:dossier", pk)
        for member in (first, second):
            assert (str(member.user) in page) == known
        assert "Dit is elke dag nodig." in page
    granted = besluit(director, pk, besluit="ken_toe", geldig_van=VAN, geldig_tot=TOT)

    assert granted.staat == TOEGEKEND
    letter = brief(granted)
    for words in (school.bestuur.naam, "De leerling blijft hier.", "zeiden allebei ja", "extra budget"):
        assert words in letter, words
    page = lees(parent, "ondersteuning:ouder")
    assert "Uw kind blijft op Basisschool De Zeester." in page
    assert "Wie betaalt deze hulp?" in page
    page = lees(second, "ondersteuning:bestuursadvies", asked)
    assert "Er is intussen besloten." in page
    assert "Ja, helpen." in page
    assert "Geef advies" not in page
    told = lees(swv, "ondersteuning:dossier", pk)
    assert "Bericht gestuurd aan de school van de leerling" in told
    assert "de ontvangende school" not in told


def _ask(als: Als, swv: Client, pk: int) -> list[Any]:
    """The SWV puts members on the list and asks two of them."""
    page = lees(swv, "ondersteuning:dossier", pk)
    choose = reverse("ondersteuning:kies_leden", args=[pk])
    assert f'<a class="btn btn-primary" href="{choose}">' in page
    assert reverse("ondersteuning:gevraagd") not in page.partition('id="aanzet-kop"')[2].partition("</section>")[0]
    assert "Vraag twee leden om advies bij aanvraag" in lees(swv, "start:thuis")
    assert "Er staan nog te weinig leden op de lijst." in lees(swv, "ondersteuning:kies_leden", pk)
    members = leden(als, 3)
    back = swv.get(reverse("ondersteuning:avleden"), {"aanvraag": pk}).content.decode()
    assert f'href="{choose}"' in back
    assert "Terug naar de aanvraag" not in swv.get(reverse("ondersteuning:avleden"), {"aanvraag": "x"}).content.decode()
    keys = list(AvLid.objects.order_by("pk").values_list("pk", flat=True))
    fout(swv, "ondersteuning:kies_leden", [pk], {"versie": version(pk), "leden": keys})
    data = {"versie": version(pk), "leden": keys[:2]}
    post(swv, "ondersteuning:kies_leden", [pk], data)
    again = swv.post(choose, data)
    assert again.status_code == 422  # the back button: refused, nobody is asked twice
    assert Bestuursadvies.objects.count() == 2
    assert "Herinner de leden, of vraag een ander" in lees(swv, "ondersteuning:dossier", pk)
    return members


def test_who_is_replaced_or_too_late_reads_nothing(als: Als, school: Any) -> None:
    row = in_staat(INGEDIEND, verwijzende_school=school, ontvangende_school=school, route="TB", categorie="I")
    first, second, third = leden(als, 3)
    swv, keys = als(Rol.SWV_MEDEWERKER), list(AvLid.objects.order_by("pk").values_list("pk", flat=True))
    for pair in (keys[:2], keys[1:]):
        post(swv, "ondersteuning:kies_leden", [row.pk], {"versie": version(row.pk), "leden": pair})
        if pair == keys[:2]:
            replaced = Bestuursadvies.objects.get(lid=keys[0]).pk
            advies(second, "ja", "Ja, helpen.")
    assert first.get(reverse("ondersteuning:bestuursadvies", args=[replaced])).status_code == 404
    assert "Er is u nu niets gevraagd." in lees(first, "ondersteuning:bestuursadviezen")
    # Who advised and left the list stays: an advice that was given can not be left out.
    post(swv, "ondersteuning:avlid_stopt", [keys[1]], {})
    page = fout(swv, "ondersteuning:kies_leden", [row.pk], {"versie": version(row.pk), "leden": keys[1:]})
    assert "De leden zijn vandaag al gevraagd." in page
    asked = Bestuursadvies.objects.get(lid=keys[2]).pk
    today = timezone.localdate()
    decided = {"uitkomst": "geweigerd", "besluit_keer": 1, "besloten_op": today}
    closed = {"versturen_na": None, "afgesloten_op": today, "bewaren_tot": today}
    shown: dict[str, tuple[str, dict[str, Any]]] = {
        AANVULLING: ("wordt nog aangevuld", {}),
        WORDT_VERSTUURD: ("werkt nu aan de aanvraag", {**decided, "versturen_na": timezone.now()}),
        GEWEIGERD: ("intussen besloten", {**decided, **closed}),
    }
    for staat, (words, fields) in shown.items():
        Aanvraag.objects.filter(pk=row.pk).update(staat=staat, **fields)
        page = lees(third, "ondersteuning:bestuursadvies", asked)
        assert words in page
        assert ("besloten" in page) == (staat == GEWEIGERD)
        assert row.onderwijsbehoefte not in page
        late = fout(third, "ondersteuning:bestuursadvies", [asked], {"steunt": "ja", "tekst": "Mijn woorden."})
        assert words in late
        assert "Mijn woorden." in late  # what was typed is not lost


def test_another_school_year_needs_every_parent(als: Als, school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    year = Schooljaar.van(timezone.localdate())
    june = date(year.laatste_dag.year, 6, 15)
    row = in_staat(
        TOEGEKEND,
        verwijzende_school=school,
        ontvangende_school=school,
        route="TB",
        categorie="I",
        indienend_bestuur=school.bestuur,
        gewenst_van=year.eerste_dag,
        gewenst_tot=year.laatste_dag,
    )
    iber, swv = als(Rol.IBER, school), als(Rol.SWV_MEDEWERKER)
    page = lees(iber, "ondersteuning:nog_een_jaar", row.pk)
    assert "<title>Fout" not in page  # too early is no mistake of who looks
    assert "Naar de aanvraag" in page
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: june)
    data = {"versie": row.versie}
    there = post(iber, "ondersteuning:nog_een_jaar", [row.pk], data)
    assert "Begin de aanvraag" not in lees(iber, "ondersteuning:nog_een_jaar", row.pk)
    assert "loopt al een aanvraag" in fout(iber, "ondersteuning:nog_een_jaar", [row.pk], data)
    pk = Aanvraag.objects.get(route="TBV").pk
    assert there == reverse("ondersteuning:stap", args=[pk, "leerling"])
    one = {**EEN_OUDER, "ouder2_naam": "", "ouder2_email": "", "ouder2_telefoon": ""}
    vul_in(iber, pk, {"leerling": LEERLING, "ouders": one, "onderbouwing": ONDERBOUWING})
    codes = leg_voor(iber, pk)
    page = lees(iber, "ondersteuning:dossier", pk)
    assert "zegt of de aanvraag door mag gaan" in page
    assert "houdt het besluit niet tegen" not in page
    assert "Antwoord van de ouders bij" in lees(iber, "start:thuis")

    parent = teken(codes, "een@test.example", eens="nee")
    assert "Zonder uw ja gaat deze aanvraag niet verder." in lees(parent, "ondersteuning:ouder")
    page = lees(iber, "ondersteuning:dossier", pk)
    assert "overlegt met de ouders" in page
    assert "Nog niet eens: ouder 1." in page
    assert "Nog niet eens" in fout(iber, "ondersteuning:stap_zetten", [pk, "dien_in"], {"versie": version(pk)})
    # The parent thinks it over: the school takes it back and puts it before the parents again, by the same link.
    post(iber, "ondersteuning:stap_zetten", [pk, "haal_terug"], {"versie": version(pk)})
    assert "De school past de aanvraag nu aan." in lees(parent, "ondersteuning:ouder")
    assert leg_voor(iber, pk) == {}
    post(parent, "ondersteuning:ouder", [], {"eens": "ja", "tekst": ""})
    post(iber, "ondersteuning:stap_zetten", [pk, "dien_in"], {"versie": version(pk)})
    assert "vraagt twee leden" in lees(swv, "ondersteuning:dossier", pk)
    _refuse(als, swv, pk)
    assert "De school krijgt geen extra geld" in lees(parent, "ondersteuning:ouder")


def _refuse(als: Als, swv: Client, pk: int) -> None:
    """One of the two says no: then there is nothing left but to refuse."""
    members = leden(als)
    keys = list(AvLid.objects.order_by("pk").values_list("pk", flat=True))
    post(swv, "ondersteuning:kies_leden", [pk], {"versie": version(pk), "leden": keys})
    advies(members[0], "nee", "Eerst zorg.")
    director = als(Rol.DIRECTEUR_BESTUURDER)
    assert "De directeur-bestuurder</strong> toetst" in lees(swv, "ondersteuning:dossier", pk)
    data = {"besluit": "ken_toe", "geldig_van": VAN, "geldig_tot": TOT}
    assert "U kunt daarom alleen weigeren." in fout(director, "ondersteuning:besluit", [pk], data)
    refused = besluit(director, pk, besluit="weiger", motivering="Een lid zegt nee.")
    assert refused.staat == GEWEIGERD
    letter = brief(refused)
    assert "weigert de aanvraag" in letter
    assert "toelaatbaarheidsverklaring" not in letter


def test_the_link_in_the_mail_of_a_member_is_for_that_account_only(als: Als, school: Any) -> None:
    row = in_staat(INGEDIEND, verwijzende_school=school, ontvangende_school=school, route="TB", categorie="I")
    first, second = leden(als)
    keys = list(AvLid.objects.order_by("pk").values_list("pk", flat=True))
    post(als(Rol.SWV_MEDEWERKER), "ondersteuning:kies_leden", [row.pk], {"versie": version(row.pk), "leden": keys})
    asked = Bestuursadvies.objects.get(lid=keys[0])
    address = reverse("ondersteuning:bestuursadvies", args=[asked.pk])
    before = (Event.objects.count(), Job.objects.count())
    answer = {"steunt": "ja", "tekst": "Ja."}
    scanner = Client()  # a mail scanner follows it again and again, and sends what it finds
    for method in (scanner.get, scanner.head, scanner.post) * 3:
        assert method(address, answer).status_code == 302  # to the page to log in
    # Forwarded: to the other member, to somebody else of the same board, to the board that asks.
    board = AvLid.objects.get(pk=keys[0]).bestuur
    for client in (second, als(Rol.SCHOOLBESTUURDER, board), als(Rol.SCHOOLBESTUURDER, school.bestuur)):
        for shown in (client.get(address), client.post(address, answer)):
            assert shown.status_code == 404
            assert row.kenmerk not in shown.content.decode()
    assert (Event.objects.count(), Job.objects.count()) == before
    asked.refresh_from_db()
    assert asked.gegeven_op is None
    assert first.get(address).status_code == 200
    assert first.get(f"{address[:-1]}9/").status_code == 404  # mistyped
    # Who no longer serves the board reads nothing any more, whatever was asked.
    Roltoekenning.objects.filter(user=first.user).delete()
    assert first.get(address).status_code in {403, 404}
