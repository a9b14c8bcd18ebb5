"""Whole dossiers, walked as people do it, with words that stand nowhere else; and every form about a child."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import INGEDIEND
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.services.bestuursadviezen import voeg_lid_toe
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.architecture.test_eenmaal import SLEUTEL
from tests.architecture.versie_ondersteuning import ONDERSTEUNING
from tests.architecture.versieformulier import WOORD
from tests.conftest import _with_role, wait_until
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.kernen import SchoolbestuurFactory, SchoolFactory
from tests.factories.ondersteuning import SboFactory, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services import test_eenzijdig, test_tlv_bao
from tests.ondersteuning.services.test_terugnemen import grant
from tests.reliability.geheimen import datumvormen, naamvormen
from tests.reliability.portaal import Portaal
from tests.sleutel import nieuwe_sleutel

VOORNAMEN, ACHTERNAAM = "Zoëmarijke", "van der Zandhaaskoning"
GEBOREN = date(2016, 3, 17)
BSN = "999911113"
ZIN = f"{VOORNAMEN} ({BSN}) slaapt slecht sinds de verhuizing."
OUDERS = {
    "ouder1_naam": "Moeder Kluutzwaluw",
    "ouder1_email": "kluutzwaluw@familie.example",
    "ouder1_telefoon": "0600000000",
    "ouder2_naam": "Vader Grielsteltloper",
    "ouder2_email": "grielsteltloper@familie.example",
}
DESKUNDIGE = "Deskundige Strandplevier"
#: What may stand nowhere: of the dossier that is walked, and of the pupils and parties that the factories make.
GEHEIMEN = [
    *naamvormen(VOORNAMEN, ACHTERNAAM),
    *datumvormen(GEBOREN),
    BSN,
    "slaapt slecht sinds",
    *OUDERS.values(),
    DESKUNDIGE,
    "strandplevier@ggd.example",
    "Kanariepiet",
    "ouder1@test.example",
    "Veel structuur en een kleine groep",
    "Ik wil graag een rustige klas",
    "Komt de deur niet uit",
    "Wennen aan een grotere groep",
]
#: Forms in which nothing is said about a child: what is typed there is public, or the SWV's own.
ZONDER_KIND = {
    "ondersteuning:tlv_instellingen": "how numbers are made",
    "ondersteuning:aanwezigheidsinstellingen": "days of the year",
    "ondersteuning:overstap_instellingen": "how long a budget lasts",
    "ondersteuning:briefversie_wijzigen": "texts of the SWV",
    "ondersteuning:briefversie_stap": "texts of the SWV",
    "ondersteuning:brief_concept": "texts of the SWV",
    "ondersteuning:jeugdhulpinstelling": "the name of an institution",
    "ondersteuning:jeugdhulpinstelling_nieuw": "the name of an institution",
    "ondersteuning:capaciteit_bijwerken": "on a public page",
    "sociale_kaart:wijzigen": "on a public page",
    "sociale_kaart:stap": "on a public page",
}
#: The fields of forms with a one-time key in which people write what they want.
_VRIJ = {"gronden", "voornamen", "achternaam", "toelichting", "wat", "wie", "onderwerpen", "doelen", "reden"}


class Spoor:
    """Every address that was asked for, answered with, or stands in a page."""

    def __init__(self) -> None:
        self.adressen: set[str] = set()

    def volg(self, request: dict[str, Any], response: Any) -> None:
        self.adressen.add(f"{request.get('PATH_INFO', '')}?{request.get('QUERY_STRING', '')}")
        self.adressen.update(f"{name}: {value}" for name, value in response.items())
        if "html" in response.get("Content-Type", "") and not response.streaming:
            self.adressen.update(re.findall(r'(?:href|action|src|hx-[a-z]+)="([^"]*)"', response.content.decode()))


@contextmanager
def gevolgd() -> Iterator[Spoor]:
    """All browsers of this process leave a trace."""
    trace, original = Spoor(), Client.request

    def request(self: Client, **request: Any) -> Any:
        response = original(self, **request)
        trace.volg(request, response)
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield trace


def als(rol: Rol, plaats: Any = None) -> Client:
    client = Client()
    client.user = _with_role(rol, plaats)  # type: ignore[attr-defined]
    client.force_login(client.user)  # type: ignore[attr-defined]
    return client


def _actor(rol: Rol, plaats: Any = None) -> Actor:
    user = _with_role(rol, plaats)
    return Actor(bereik_voor(user.pk, timezone.localdate()), user_id=user.pk)


def _post(client: Client, naam: str, args: list[Any], data: dict[str, Any]) -> Any:
    answer = client.post(reverse(naam, args=args), data)
    assert answer.status_code in {200, 302}, (naam, answer.status_code, _fouten(answer))
    return answer


def _fouten(answer: Any) -> list[str]:
    """What the page says is wrong."""
    return re.findall(
        r'<a href="#[^"]+">([^<]+)</a></li>|class="(?:invalid-feedback|fout)[^>]*>([^<]+)<', answer.content.decode()
    )


def _versie(pk: int) -> dict[str, int]:
    return {"versie": Aanvraag.objects.values_list("versie", flat=True).get(pk=pk)}


def bestand() -> SimpleUploadedFile:
    """A file whose name and text tell about a child."""
    return SimpleUploadedFile(f"verslag {ACHTERNAAM}.pdf", f"%PDF-1.7\n{ZIN} {ACHTERNAAM}\n%%EOF".encode())


# ---- route A, on screen ---------------------------------------------------------------------------------------------
def _stappen(ikc: Any) -> dict[str, dict[str, Any]]:
    year = Schooljaar.van(timezone.localdate()).volgende
    return {
        "leerling": {
            "voornamen": VOORNAMEN,
            "achternaam": ACHTERNAAM,
            "geboortedatum": f"{GEBOREN:%d-%m-%Y}",
            "groep": "4",
        },
        "ouders": OUDERS,
        "school": {
            "ontvangende_school": ikc.pk,
            "categorie": "SBO",
            "eerste_functie": "orthopedagoog",
            "gewenst_van": f"{year.eerste_dag:%d-%m-%Y}",
            "gewenst_tot": f"{year.laatste_dag:%d-%m-%Y}",
            "geen_terugkeer_reden": ZIN,
        },
        "onderbouwing": {
            "onderwijsbehoefte": ZIN,
            "geboden_hulp": ZIN,
            "reden_school": ZIN,
            "leerling_gehoord": "on",
            "stem_leerling": ZIN,
        },
        "deskundige": {
            "tweede_naam": DESKUNDIGE,
            "tweede_functie": "jeugdarts",
            "tweede_dienstverband": "elders",
            "tweede_werkgever": ZIN,
            "tweede_email": "strandplevier@ggd.example",
        },
    }


def _open(own: Portaal, adres: str, code: str) -> Client:
    """What a parent does: follow the link of the mail that really came, and enter the code."""

    def path() -> str:
        bodies = [mail.get_content() for mail in own.messages() if mail["To"] == adres]
        return next((found[1] for body in bodies if (found := re.search(r"https?://[^/]+(/link/\S+)", body))), "")

    wait_until(path, 30, f"the mail to {adres}")
    client = Client()
    client.get(path())
    assert client.post(path(), {"code": code}).status_code == 302
    return client


def route_a(own: Portaal) -> Aanvraag:
    """An application on route A from the first field to the decision, every page as its own person."""
    school, ikc = SchoolFactory(), SboFactory()
    iber, ortho, swv = als(Rol.IBER, school), als(Rol.ORTHOPEDAGOOG, ikc), als(Rol.SWV_MEDEWERKER)
    _post(iber, "ondersteuning:nieuw", [], {"school": school.pk, **nieuwe_sleutel()})
    pk = Aanvraag.objects.latest("pk").pk
    steps = _stappen(ikc)
    for step, data in steps.items():
        _post(iber, "ondersteuning:stap", [pk, step], {**data, **_versie(pk), "verder": "ja"})
    pupil = Aanvraag.objects.get(pk=pk).leerling_id
    file = {"soort": "verslag", "datum": "4-5-2024", "bestand": bestand(), **nieuwe_sleutel()}
    _post(iber, "ondersteuning:leerling_document_nieuw", [pupil], file)
    shown = _post(iber, "ondersteuning:stap", [pk, "controleren"], _versie(pk)).content.decode()
    codes = re.findall(r'<span class="cijfer">([^<]+)</span>', shown)
    parties = {party.email: code for party, code in zip(Partij.objects.filter(aanvraag=pk), codes, strict=True)}
    advice = {"steunt": "ja", "tekst": ZIN, "betrokken": "on"}
    _post(ortho, "ondersteuning:advies", [pk], {**advice, "functie": "orthopedagoog", **_versie(pk)})
    _post(ortho, "ondersteuning:plaats", [pk], {**_versie(pk), "stap": "bevestig_plaats", "toelichting": ZIN})
    expert = _open(own, "strandplevier@ggd.example", parties["strandplevier@ggd.example"])
    _post(expert, "ondersteuning:deskundige", [], {**advice, "tekst": f"Ook ik zag: {ZIN}", "niet_in_dienst": "on"})
    parent = _open(own, OUDERS["ouder1_email"], parties[OUDERS["ouder1_email"]])
    _post(parent, "ondersteuning:ouder_kind", [], {"versie": "1", "goed": ZIN})
    _post(parent, "ondersteuning:ouder", [], {"eens": "nee", "tekst": ZIN})
    _post(iber, "ondersteuning:stap_zetten", [pk, "dien_in"], _versie(pk))
    dates = {name: steps["school"][f"gewenst_{name[-3:]}"] for name in ("geldig_van", "geldig_tot")}
    decision = {"besluit": "ken_toe", **dates, "motivering": ZIN, "bevestigd": "ja", **_versie(pk)}
    _post(swv, "ondersteuning:besluit", [pk], decision)
    _lees(pk, pupil, iber, ortho, swv)
    return Aanvraag.objects.get(pk=pk)


def _lees(pk: int, pupil: int, *clients: Client) -> None:
    """Everybody reads what there is, and searches by name."""
    for client in clients:
        for naam, args in (("dossier", [pk]), ("leerling", [pupil]), ("aanvragen", []), ("leerlingen", [])):
            client.get(reverse(f"ondersteuning:{naam}", args=args))
        for term in (ACHTERNAAM, f"{VOORNAMEN} {ACHTERNAAM}", BSN):
            client.post(reverse("start:zoeken"), {"q": term})
        client.get("/")


# ---- other routes, through the services -----------------------------------------------------------------------------
def _mensen() -> Mensen:
    school, ikc = SchoolFactory(), SboFactory()
    return Mensen(school, ikc, _actor(Rol.IBER, school), _actor(Rol.ORTHOPEDAGOOG, ikc), _actor(Rol.SWV_MEDEWERKER))


def andere_routes() -> None:
    """Route D, a one-sided application and a TLV at the basisschool, each up to and including the decision."""
    people, today = _mensen(), timezone.localdate()
    director, board = _actor(Rol.DIRECTEUR_BESTUURDER), _actor(Rol.SCHOOLBESTUURDER, people.school.bestuur)
    institution = JeugdhulpinstellingFactory()
    grant(in_staat(INGEDIEND, vandaag=today, route="D", verwijzende_school=None, instelling=institution))
    alone = test_eenzijdig.bij_swv(people, board)
    alone = test_eenzijdig.onderzoek(people.swv, alone, tekst=ZIN)  # type: ignore[assignment]
    assert isinstance(test_eenzijdig.besluit(director, alone, motivering=ZIN), Aanvraag)
    members, people = [], _mensen()
    board = _actor(Rol.SCHOOLBESTUURDER, people.school.bestuur)
    for _ in range(2):
        place = SchoolbestuurFactory()
        member = _actor(Rol.SCHOOLBESTUURDER, place)
        row: Any = voeg_lid_toe(actor=people.swv, user_id=member.user_id or 0, bestuur_id=place.pk, vandaag=today)
        members.append((row, member))
    bao = test_tlv_bao.Bao(board, director, members)
    asked = test_tlv_bao.gevraagd(people, bao, test_tlv_bao.bij_swv(people, bao))
    for each in members:
        test_tlv_bao.adviseer(asked, each)
    assert isinstance(test_tlv_bao.besluit(director, asked), Aanvraag)


# ---- every form ------------------------------------------------------------------------------------------------------
def _typ(naam: str, data: dict[str, Any], marker: str) -> dict[str, Any]:
    """What is sent, with a word of this form and the name of a child wherever one can write."""
    words = f"{marker} {ACHTERNAAM}"
    free = _VRIJ - {"wie"} if naam == "ondersteuning:herinner" else _VRIJ  # there it is chosen
    typed = {key: words if value == WOORD or key in free else value for key, value in data.items()}
    return typed | ({"bestand": bestand()} if "bestand" in data else {})


def merkteken(nummer: int) -> str:
    """A word that no other form has."""
    return f"Wulpenwoord{chr(97 + nummer // 26)}{chr(97 + nummer % 26)}"


def alle_formulieren() -> dict[str, str]:
    """Send every form of ondersteuning in which something is said about a child; the word that was typed in each."""
    sent: dict[str, str] = {}
    forms: dict[str, Callable[[Any], Any]] = {
        **ONDERSTEUNING,
        **{name: make for name, make in SLEUTEL.items() if name.startswith("ondersteuning:")},
    }
    for number, (name, make) in enumerate(sorted(forms.items())):
        if name in ZONDER_KIND:
            continue
        form, marker = make(als), merkteken(number)
        row = getattr(form, "rij", None)
        data = _typ(name, form.data, marker) | (versie_nu(row) if row is not None else nieuwe_sleutel())
        answer = form.client.post(form.url, data)
        assert answer.status_code in {200, 204, 302}, (name, answer.status_code, _fouten(answer))
        form.client.get(form.url)
        sent[name] = marker
    return sent


def versie_nu(row: Any) -> dict[str, int]:
    row.refresh_from_db()
    return {"versie": row.versie}
