"""Who gets the addresses of ``evaluatie``: published results are for all who took part, the rest for the SWV."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from evaluatie.domain.ronde import LEZERS
from evaluatie.services.antwoorden import Inleesverzoek
from evaluatie.services.inlezen import bied_aan
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.jobs.models import Aanbod
from tests.architecture.matrix import BESTUUR, EIGEN, OVERAL, Adres, Plek, Wereld
from tests.factories.evaluatie import antwoorden, maak_ronde


def bouw(plek: Plek, wereld: Wereld) -> None:
    """A round per place: the last one is not published, so its title is a secret.  And a file that was offered."""
    published = plek.naam != "ander_bestuur"
    plek.dingen["ronde"] = maak_ronde(
        f"ronde-{plek.naam.replace('_', '-')}",
        titel=f"Evaluatie {'van de kernen' if published else plek.kanarie}",
        publiceer=published,
    )
    user = wereld.personen[Rol.SWV_MEDEWERKER if plek.naam == "eigen" else Rol.DIRECTEUR_BESTUURDER]
    offered = bied_aan(
        actor=Actor(bereik_voor(user.pk, timezone.localdate()), user_id=user.pk),
        bestand=SimpleUploadedFile("antwoorden.csv", antwoorden({"Noord": 6, "Zuid": 7})),
        verzoek=Inleesverzoek(f"nieuw-{plek.naam.replace('_', '-')}", "Nieuwe ronde", 2024),
        vandaag=timezone.localdate(),
    )
    assert isinstance(offered, Aanbod), offered
    plek.dingen["antwoorden_aanbod"] = offered


SWV = dict.fromkeys(SWV_KERNEN, OVERAL)
#: Published to all at once, whatever the place of the role; the unpublished one is not there.
KIJKERS = {**dict.fromkeys(LEZERS, BESTUUR), **SWV}
EIGEN_BESTAND = {Rol.SWV_MEDEWERKER: EIGEN, Rol.DIRECTEUR_BESTUURDER: OVERAL - EIGEN}


def _code(plek: Plek) -> dict[str, str]:
    return {"code": plek.dingen["ronde"].code}


ADRESSEN = {
    "evaluatie:rondes": Adres(KIJKERS),
    "evaluatie:ronde": Adres(KIJKERS, args=_code),
    "evaluatie:xlsx": Adres(KIJKERS, args=_code),
    "evaluatie:json": Adres(KIJKERS, args=_code),
    "evaluatie:rapport": Adres(KIJKERS, args=_code, methoden=("POST",)),
    "evaluatie:stap": Adres(
        SWV,
        args=_code,
        methoden=("POST",),
        data=lambda plek: {"stap": "heropen", "versie": plek.dingen["ronde"].versie},
    ),
    "evaluatie:inlezen": Adres(SWV, methoden=("GET", "POST")),
    "evaluatie:voorbeeld": Adres(
        EIGEN_BESTAND, args=lambda plek: {"sleutel": plek.dingen["antwoorden_aanbod"].sleutel}, methoden=("GET", "POST")
    ),
}
