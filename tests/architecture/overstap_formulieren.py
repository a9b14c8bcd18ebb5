"""The forms of overstappen, for ``test_versie`` and ``test_eenmaal``: who sends what to where."""

from typing import Any

from django.urls import reverse

from ondersteuning.models import Overstap, Overstapinstellingen
from swv_portal.common.scoping import Rol
from tests.architecture.formulieren import Als
from tests.factories import kernen as maak
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, SoFactory
from tests.factories.overstap import baobao, budget, terugplaatsing

#: A word that is typed, and must still be there when the form comes back.
WOORD = "Zeeklaver"


def gegevens(als: Als) -> tuple[Any, str, Any, dict[str, Any], str]:
    row = baobao("concept")
    url = reverse("ondersteuning:overstap_gegevens", args=[row.pk])
    data = {"naar_school": row.naar_school_id, "overstap_op": "01-04-2025", "reden": WOORD}
    return als(Rol.IBER, row.van_school), url, row, data, WOORD


def gesprek(als: Als) -> tuple[Any, str, Any, dict[str, Any], str]:
    row = terugplaatsing("gevraagd")
    url = reverse("ondersteuning:overstap_gesprek", args=[row.pk])
    return als(Rol.IBER, row.naar_school), url, row, {"gesprek_op": "03-03-2025", "afspraken": WOORD}, WOORD


def teruggeven(als: Als) -> tuple[Any, str, Any, dict[str, Any], str]:
    row = terugplaatsing("gevraagd")
    url = reverse("ondersteuning:overstap_stap", args=[row.pk, "neem_niet_aan"])
    return als(Rol.IBER, row.naar_school), url, row, {"toelichting": WOORD}, WOORD


def vertrek(als: Als) -> tuple[Any, str, Any, dict[str, Any], str]:
    row = budget()
    url = reverse("ondersteuning:budget", args=[row.pk])
    return als(Rol.SCHOOLDIRECTEUR, row.school_ontvangend), url, row, {"vertrokken_op": "13-02-2025"}, "13-02-2025"


def instellingen(als: Als) -> tuple[Any, str, Any, dict[str, Any], str]:
    row, _ = Overstapinstellingen.objects.get_or_create(pk=1)
    url = reverse("ondersteuning:overstap_instellingen")
    return als(Rol.DIRECTEUR_BESTUURDER), url, row, {"budgetmaanden": "12", "betaaljaren": "3"}, ""


#: By address: client, address, the row that changes, what is sent, and the word that must come back.
MET_VERSIE = {
    "ondersteuning:overstap_gegevens": gegevens,
    "ondersteuning:overstap_gesprek": gesprek,
    "ondersteuning:overstap_stap": teruggeven,
    "ondersteuning:budget": vertrek,
    "ondersteuning:overstap_instellingen": instellingen,
}


def nieuwe_terugplaatsing(als: Als) -> tuple[Any, str, dict[str, Any], Any]:
    school = SoFactory()
    place = PlaatsingFactory(school_ontvangend=school, categorie="I")
    data = {
        "school": school.pk,
        "tlv": place.verwijzing,
        "leerling": LeerlingFactory(school=school).pk,
        "herkomst": "andere",
        "naar_school": maak.SchoolFactory().pk,
        "overstap_op": "1-4-2025",
    }
    return als(Rol.IBER, school), reverse("ondersteuning:terugplaatsing_nieuw"), data, Overstap.objects.count


def nieuwe_baobao(als: Als) -> tuple[Any, str, dict[str, Any], Any]:
    school = maak.SchoolFactory()
    data = {
        "school": school.pk,
        "leerling": LeerlingFactory(school=school).pk,
        "naar_school": maak.SchoolFactory().pk,
        "overstap_op": "1-4-2025",
    }
    return als(Rol.IBER, school), reverse("ondersteuning:baobao_nieuw"), data, Overstap.objects.count


#: By address: client, address, what is sent, and how many there are.
MET_SLEUTEL = {
    "ondersteuning:terugplaatsing_nieuw": nieuwe_terugplaatsing,
    "ondersteuning:baobao_nieuw": nieuwe_baobao,
}
