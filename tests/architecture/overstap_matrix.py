"""Who gets the addresses of overstappen: both schools, the new one from the moment it is asked, and the SWV."""

from datetime import timedelta

from django.utils import timezone

from swv_portal.common.scoping import SWV_DOSSIER, Rol
from tests.architecture.matrix import EIGEN, OVERAL, Adres, Plek
from tests.factories.ondersteuning import LeerlingFactory
from tests.factories.overstap import baobao, budget, terugplaatsing

SWV = dict.fromkeys(SWV_DOSSIER, OVERAL)
SCHOOL = dict.fromkeys((Rol.IBER, Rol.SCHOOLDIRECTEUR), EIGEN)
POST, BEIDE = ("POST",), ("GET", "POST")


def bouw_overstappen(plek: Plek) -> None:
    """Overstappen away from this school, and towards it; and a budget of it."""
    today = timezone.localdate()
    own = {
        "vandaag": today,
        "van_school": plek.school,
        "leerling": LeerlingFactory(school=plek.school, achternaam=plek.kanarie),
        "reden": plek.kanarie,
    }
    towards = {"vandaag": today, "naar_school": plek.school, "reden": plek.kanarie}
    other = {**own, "leerling": LeerlingFactory(school=plek.school, achternaam=plek.kanarie)}
    plek.dingen["overstap concept"] = baobao("concept", **other)
    plek.dingen["overstap"] = baobao("gevraagd", **own)
    plek.dingen["overstap gevraagd"] = terugplaatsing("gevraagd", **towards)
    plek.dingen["terugplaatsing bij swv"] = terugplaatsing("bij_swv", **towards)
    plek.dingen["budget"] = budget(
        naar_school=plek.school,
        verwijzing=f"B-{plek.kanarie}",
        begin=today - timedelta(days=90),
        einde=today + timedelta(days=400),
    )


def _pk(ding: str):  # type: ignore[no-untyped-def]
    return lambda plek: {"pk": plek.dingen[ding].pk}


def _doe(ding: str, naam: str):  # type: ignore[no-untyped-def]
    return lambda plek: {"pk": plek.dingen[ding].pk, "naam": naam}


ADRESSEN_OVERSTAP = {
    "ondersteuning:overstappen": Adres({**SWV, **SCHOOL}),
    # The schools of the matrix are regular: none begins a terugplaatsing.
    "ondersteuning:terugplaatsing_nieuw": Adres({}, methoden=BEIDE),
    "ondersteuning:baobao_nieuw": Adres(SCHOOL, methoden=BEIDE),
    "ondersteuning:overstap": (
        Adres({**SWV, **SCHOOL}, args=_pk("overstap")),
        Adres({**SWV, **SCHOOL}, args=_pk("overstap gevraagd")),
    ),
    "ondersteuning:overstap_gegevens": (
        Adres(SCHOOL, args=_pk("overstap concept"), methoden=BEIDE),
        # The new school reads it and changes nothing.
        Adres({}, args=_pk("overstap gevraagd"), methoden=BEIDE, mag_niet=SCHOOL),
    ),
    "ondersteuning:overstap_gesprek": Adres(SCHOOL, args=_pk("overstap gevraagd"), methoden=BEIDE),
    "ondersteuning:overstap_stap": (
        Adres({**SWV, **SCHOOL}, args=_doe("overstap", "trek_in")),
        Adres(
            SCHOOL,
            args=_doe("overstap", "trek_in"),
            methoden=POST,
            data=lambda plek: {"versie": plek.dingen["overstap"].versie},
            mag_niet=SWV,
        ),
        Adres(
            SWV,
            args=_doe("terugplaatsing bij swv", "stel_vast"),
            methoden=POST,
            data=lambda plek: {"versie": plek.dingen["terugplaatsing bij swv"].versie},
            mag_niet=SCHOOL,
        ),
    ),
    "ondersteuning:budgetten": Adres({**SWV, **SCHOOL}),
    "ondersteuning:budget": Adres({**SWV, **SCHOOL}, args=_pk("budget"), methoden=BEIDE),
    "ondersteuning:overstap_instellingen": Adres(
        dict.fromkeys((Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER), OVERAL), methoden=BEIDE
    ),
}
