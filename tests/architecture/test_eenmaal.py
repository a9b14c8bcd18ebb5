"""Every form that somebody can send: what happens when it is sent twice.

``SLEUTEL`` names the forms that carry a one-time key (``jobs.services.once``); of the others ``ANDERS`` in
``formulieren.py`` says why the second sending does no harm.  A new address that takes a POST fails here until it stands
in one of the two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluatie.models import Ronde
from financien.models import Beschikking, Budget
from kernen.models import Kern, Kernlidmaatschap, Menukaartthema, Roltoekenning, Uurtarief
from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, OUDER, TOEGEKEND
from ondersteuning.domain.radar import einddag
from ondersteuning.models import (
    Aanbieder,
    Aanvraag,
    Bezwaar,
    Briefversie,
    Consulentbezoek,
    Herinnering,
    Jeugdhulpinstelling,
    Leerling,
    Leerlingdocument,
    Overeenkomst,
    Radarvraag,
    Verzuimactie,
    Verzuimmelding,
)
from swv_portal.access.models import PersoonlijkeLink, Uitnodiging
from swv_portal.common.scoping import Rol
from swv_portal.jobs import registry
from swv_portal.jobs.models import Job
from tests.architecture.adressen import ADRESSEN
from tests.architecture.formulieren import ANDERS, Als, actor_van_client
from tests.architecture.overstap_formulieren import MET_SLEUTEL
from tests.factories import kernen as maak
from tests.factories.aanwezigheid import VerzuimmeldingFactory
from tests.factories.aanwezigheid import opgave as verzuimopgave
from tests.factories.evaluatie import maak_ronde
from tests.factories.financien import begroting_concept, maak_jaar, vastgesteld_budget
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.ondersteuning import LeerlingFactory, in_staat
from tests.factories.sociale_kaart import opgave
from tests.sleutel import nieuwe_sleutel, sleutel_uit


@dataclass
class Formulier:
    """A form that makes something: who sends what to where, on which page it stands, and how many there are then."""

    client: Client
    url: str
    data: dict[str, Any]
    telt: Callable[[], int]
    pagina: str = ""


def _kern(als: Als) -> Formulier:
    url = reverse("kernen:kern_nieuw")
    return Formulier(als(Rol.SWV_MEDEWERKER), url, {"naam": "Kern Strand"}, Kern.objects.count)


def _persoon(als: Als) -> Formulier:
    data = {"naam": "N", "email": "n@test.example", "rol": "controller", "van": "1-8-2025"}
    client = als(Rol.BEHEERDER)
    return Formulier(client, reverse("kernen:persoon_nieuw"), data, Uitnodiging.objects.count)


def _rol(als: Als) -> Formulier:
    url = reverse("kernen:persoon_rol", args=[maak.PersoonFactory().pk])
    return Formulier(als(Rol.BEHEERDER), url, {"rol": "controller", "van": "1-8-2025"}, Roltoekenning.objects.count)


def _indeling(als: Als) -> Formulier:
    data = {"kern": maak.KernFactory().pk, "van": "1-8-2025"}
    url = reverse("kernen:school_indelen", args=[maak.SchoolFactory().pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, data, Kernlidmaatschap.objects.count)


def _thema(als: Als) -> Formulier:
    url = reverse("kernen:thema_nieuw", args=[2025])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, {"thema": "Rust", "doel": "Stil"}, Menukaartthema.objects.count)


def _tarief(als: Als) -> Formulier:
    data = {"professional": "Coach", "bedrag": "60", "stap": "1"}
    url = reverse("kernen:tarief_nieuw", args=[2025])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, data, Uurtarief.objects.count)


def _menukaart(als: Als) -> Formulier:
    maak.MenukaartthemaFactory(schooljaar=2024)
    pagina = f"{reverse('kernen:menukaart')}?schooljaar=2026"
    url = reverse("kernen:menukaart_overnemen", args=[2026])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, {}, Menukaartthema.objects.count, pagina)


def _aanvraag(als: Als) -> Formulier:
    school = maak.SchoolFactory()
    url = reverse("ondersteuning:nieuw")
    return Formulier(als(Rol.IBER, school), url, {"school": school.pk}, Aanvraag.objects.count)


def _aanvraag_d(als: Als) -> Formulier:
    data = {"instelling": JeugdhulpinstellingFactory().pk, "aanleiding": "voorschools"}
    url = reverse("ondersteuning:nieuw_route", args=["d"])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, data, Aanvraag.objects.count)


def _jeugdhulpinstelling(als: Als) -> Formulier:
    data = {
        "versie": 0,
        "naam": "Jeugdhulp De Golf",
        "contactpersoon": "Contact Vijf",
        "email": "vijf@test.example",
        "gemandateerd_van": "01-08-2024",
    }
    url = reverse("ondersteuning:jeugdhulpinstelling_nieuw")
    return Formulier(als(Rol.SWV_MEDEWERKER), url, data, Jeugdhulpinstelling.objects.count)


def _bezwaar(als: Als) -> Formulier:
    maak.SamenwerkingsverbandFactory()
    today = timezone.localdate()
    row = in_staat(TOEGEKEND, vandaag=today)
    Aanvraag.objects.filter(pk=row.pk).update(bekendgemaakt_op=today, bezwaar_tot=today)
    data = {"tegen": "besluit", "bezwaarmaker": "ouder_1", "ontvangen_op": f"{today:%d-%m-%Y}", "gronden": "Te ver."}
    url = reverse("ondersteuning:bezwaar_nieuw", args=[row.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, data, Bezwaar.objects.count)


def _leerling(als: Als) -> Formulier:
    school = maak.SchoolFactory()
    data = {"school": school.pk, "voornamen": "V", "achternaam": "A", "geboortedatum": "4-5-2017"}
    return Formulier(als(Rol.IBER, school), reverse("ondersteuning:leerling_nieuw"), data, Leerling.objects.count)


class _Verslag(SimpleUploadedFile):
    """A file that can be sent more than once: every sending reads it from the beginning."""

    def __init__(self) -> None:
        super().__init__("verslag.pdf", b"%PDF-1.7\n%%EOF")

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return bytes(super().read(*args))


def _leerlingdocument(als: Als) -> Formulier:
    school = maak.SchoolFactory()
    url = reverse("ondersteuning:leerling_document_nieuw", args=[LeerlingFactory(school=school).pk])
    data = {"soort": "verslag", "datum": "4-5-2024", "bestand": _Verslag()}
    return Formulier(als(Rol.IBER, school), url, data, Leerlingdocument.objects.count)


def _verzuim(als: Als) -> Formulier:
    school = maak.SchoolFactory()
    data = {"voornamen": "V", "achternaam": "A", "geboortedatum": "4-5-2017", **verzuimopgave()}
    return Formulier(als(Rol.IBER, school), reverse("ondersteuning:verzuim_melden"), data, Verzuimmelding.objects.count)


def _verzuimactie(als: Als) -> Formulier:
    row = VerzuimmeldingFactory()
    data = {"stap": "ken", "wat": "Bel de ouders.", "wie": "de IB'er", "versie": row.versie}
    url = reverse("ondersteuning:verzuim_actie", args=[row.pk])
    return Formulier(als(Rol.IBER, row.school), url, data, Verzuimactie.objects.count)


def _thuiszitters(als: Als) -> Formulier:
    pagina, url = reverse("ondersteuning:thuiszitters"), reverse("ondersteuning:thuiszitters_pdf")
    return Formulier(als(Rol.SWV_MEDEWERKER), url, {}, _rapporten, pagina)


def _aanbieder(als: Als) -> Formulier:
    return Formulier(als(Rol.IBER), reverse("sociale_kaart:voorstellen"), opgave(), Aanbieder.objects.count)


def _overeenkomst(als: Als) -> Formulier:
    school = maak.SchoolFactory()
    data = {"soort": "dws", "school": school.pk, "leerling": LeerlingFactory(school=school).pk}
    client = als(Rol.IBER, school)
    return Formulier(client, reverse("ondersteuning:overeenkomst_nieuw"), data, Overeenkomst.objects.count)


def _bezoek(als: Als) -> Formulier:
    client: Any = als(Rol.SWV_MEDEWERKER)
    data = {"datum": "1-9-2025", "consulent": client.user.pk, "soort": "ib", "onderwerpen": "Plannen"}
    url = reverse("ondersteuning:bezoek_nieuw", args=[maak.SchoolFactory().pk])
    return Formulier(client, url, data, Consulentbezoek.objects.count)


def _briefconcept(als: Als) -> Formulier:
    pagina = reverse("ondersteuning:briefsjabloon", args=["toekenning"])
    url = reverse("ondersteuning:brief_concept", args=["toekenning"])
    return Formulier(als(Rol.BEHEERDER), url, {"uit": "0"}, Briefversie.objects.count, pagina)


def _link(als: Als) -> Formulier:
    maak.SamenwerkingsverbandFactory()
    aanvraag = in_staat(BIJ_PARTIJEN)
    partij = aanvraag.partijen.filter(soort=OUDER).exclude(email="").first()
    url = reverse("ondersteuning:uitnodigen", args=[aanvraag.pk, partij.pk])
    pagina = reverse("ondersteuning:dossier", args=[aanvraag.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, {}, PersoonlijkeLink.objects.count, pagina)


def _bereken(als: Als) -> Formulier:
    jaar, _ = maak_jaar()
    pagina = reverse("financien:budgetjaar", args=[jaar.pk])
    url = reverse("financien:bereken", args=[jaar.pk])
    return Formulier(als(Rol.CONTROLLER), url, {}, Budget.objects.count, pagina)


def _beschikkingen(als: Als) -> Formulier:
    client = als(Rol.DIRECTEUR_BESTUURDER)
    jaar, _ = maak_jaar()
    pk = vastgesteld_budget(actor_van_client(client), jaar).pk
    url, pagina = reverse("financien:budget_stap", args=[pk]), reverse("financien:budget", args=[pk])
    return Formulier(client, url, {"stap": "maak_beschikkingen"}, Beschikking.objects.count, pagina)


def _rapporten() -> int:
    return Job.objects.filter(soort="rapport").count()


def _begroting(als: Als) -> Formulier:
    client = als(Rol.DIRECTEUR_BESTUURDER)
    row = begroting_concept(actor_van_client(client))
    pagina = reverse("financien:begroting_detail", args=[row.pk])
    return Formulier(client, reverse("financien:begroting_pdf", args=[row.pk]), {}, _rapporten, pagina)


def _ronde(als: Als) -> Formulier:
    maak_ronde("r")
    assert Ronde.objects.filter(code="r").exists()
    client, pagina = als(Rol.SWV_MEDEWERKER), reverse("evaluatie:ronde", args=["r"])
    return Formulier(client, reverse("evaluatie:rapport", args=["r"]), {}, _rapporten, pagina)


def _rapport(als: Als) -> Formulier:
    offered = next(each for each in registry.reports() if each.aanbod)
    client = als(sorted(offered.aanbod)[0])
    url, pagina = reverse("jobs:vraag_rapport"), reverse("jobs:documenten")
    return Formulier(client, url, {"rapport": offered.kind}, _rapporten, pagina)


def _overstap(naam: str) -> Callable[[Als], Formulier]:
    return lambda als: Formulier(*MET_SLEUTEL[naam](als))


def _herinnering(als: Als) -> Formulier:
    maak.SamenwerkingsverbandFactory()
    row = in_staat(BIJ_PARTIJEN)
    als(Rol.ORTHOPEDAGOOG, row.ontvangende_school)
    url, pagina = reverse("ondersteuning:herinner", args=[row.pk]), reverse("ondersteuning:gevraagd")
    client = als(Rol.IBER, row.verwijzende_school)
    return Formulier(client, url, {"wie": "ontvangend"}, Herinnering.objects.count, pagina)


def _aflopende_tlv() -> Aanvraag:
    maak.SamenwerkingsverbandFactory()
    return in_staat(TOEGEKEND, gewenst_tot=einddag(timezone.localdate()))


def _radar(als: Als) -> Formulier:
    data = {"aanvraag": [_aflopende_tlv().pk]}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:radar"), data, Radarvraag.objects.count)


def _verlenging(als: Als) -> Formulier:
    tlv, today = _aflopende_tlv(), timezone.localdate()
    school, answered = tlv.ontvangende_school, {"antwoord": "verlenging", "beantwoord_op": today}
    row = Radarvraag.objects.create(aanvraag=tlv, school=school, gevraagd_op=today, uiterlijk=today, **answered)
    url, pagina = (reverse(f"ondersteuning:{name}", args=[row.pk]) for name in ("radar_verlengen", "radarvraag"))
    return Formulier(als(Rol.IBER, school), url, {}, Aanvraag.objects.count, pagina)


def _cijfers(als: Als) -> Formulier:
    pagina, url = reverse("ondersteuning:cijfers"), reverse("ondersteuning:cijfers_pdf")
    return Formulier(als(Rol.CONTROLLER), url, {}, _rapporten, pagina)


SLEUTEL: dict[str, Callable[[Als], Formulier]] = {
    "ondersteuning:herinner": _herinnering,
    "ondersteuning:radar": _radar,
    "ondersteuning:radar_verlengen": _verlenging,
    "ondersteuning:cijfers_pdf": _cijfers,
    "kernen:kern_nieuw": _kern,
    "kernen:persoon_nieuw": _persoon,
    "kernen:persoon_rol": _rol,
    "kernen:school_indelen": _indeling,
    "kernen:thema_nieuw": _thema,
    "kernen:tarief_nieuw": _tarief,
    "kernen:menukaart_overnemen": _menukaart,
    "ondersteuning:nieuw": _aanvraag,
    "ondersteuning:bezwaar_nieuw": _bezwaar,
    "ondersteuning:nieuw_route": _aanvraag_d,
    "ondersteuning:jeugdhulpinstelling_nieuw": _jeugdhulpinstelling,
    "ondersteuning:uitnodigen": _link,
    "ondersteuning:leerling_nieuw": _leerling,
    "ondersteuning:leerling_document_nieuw": _leerlingdocument,
    "ondersteuning:brief_concept": _briefconcept,
    "ondersteuning:overeenkomst_nieuw": _overeenkomst,
    "ondersteuning:bezoek_nieuw": _bezoek,
    **{naam: _overstap(naam) for naam in MET_SLEUTEL},
    "sociale_kaart:voorstellen": _aanbieder,
    "ondersteuning:verzuim_melden": _verzuim,
    "ondersteuning:verzuim_actie": _verzuimactie,
    "ondersteuning:thuiszitters_pdf": _thuiszitters,
    "financien:bereken": _bereken,
    "financien:budget_stap": _beschikkingen,
    "financien:begroting_pdf": _begroting,
    "evaluatie:rapport": _ronde,
    "jobs:vraag_rapport": _rapport,
}


def test_of_every_form_is_known_what_happens_the_second_time() -> None:
    names = {name.partition("#")[0] for name, adres in ADRESSEN.items() if "POST" in adres.methoden}
    assert names == {*SLEUTEL, *ANDERS}
    assert not SLEUTEL.keys() & ANDERS.keys()


@pytest.fixture
def formulier(request: pytest.FixtureRequest, als: Als) -> Formulier:
    return SLEUTEL[request.param](als)


twee_keer = pytest.mark.parametrize("formulier", sorted(SLEUTEL), indirect=True)


@twee_keer
def test_the_page_holds_a_key_and_the_second_sending_makes_nothing(formulier: Formulier) -> None:
    page = formulier.client.get(formulier.pagina or formulier.url)
    sent = formulier.data | sleutel_uit(page)
    before = formulier.telt()
    first = formulier.client.post(formulier.url, sent)
    made = formulier.telt()
    assert made > before
    assert first.status_code in {200, 302}
    again = formulier.client.post(formulier.url, sent, follow=True)
    assert formulier.telt() == made
    assert again.status_code == 200
    assert "Dit formulier was al verstuurd." in again.content.decode()
    if first.status_code == 302:
        assert again.redirect_chain[0][0] == first["Location"]


@twee_keer
@pytest.mark.parametrize("key", [{}, {"formuliersleutel": ""}, {"formuliersleutel": "x' OR 1=1"}])
def test_without_a_key_nothing_is_made_and_the_page_says_so(formulier: Formulier, key: dict[str, str]) -> None:
    before = formulier.telt()
    answer = formulier.client.post(formulier.url, formulier.data | key, follow=True)
    assert formulier.telt() == before
    assert answer.status_code in {200, 422}
    assert "kwam niet heel bij ons aan" in answer.content.decode()


def test_what_was_refused_can_be_sent_again_with_the_same_key(als: Als) -> None:
    client, url, key = als(Rol.SWV_MEDEWERKER), reverse("kernen:kern_nieuw"), nieuwe_sleutel()
    maak.KernFactory(naam="Kern Strand")
    refused = client.post(url, {"naam": "Kern Strand", **key})
    assert refused.status_code == 422
    assert sleutel_uit(refused) == key
    empty = client.post(url, {"naam": "", **key})
    assert sleutel_uit(empty) == key
    assert client.post(url, {"naam": "Kern Duin", **key}).status_code == 302
    assert Kern.objects.filter(naam="Kern Duin").exists()


def test_every_opened_page_has_a_key_of_its_own(als: Als) -> None:
    client, url = als(Rol.SWV_MEDEWERKER), reverse("kernen:kern_nieuw")
    assert sleutel_uit(client.get(url)) != sleutel_uit(client.get(url))
