"""Who gets the addresses of ``financien``: the SWV all, a school and its board their own, others nothing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from financien.models import Schoolbudget, Tarief
from financien.querysets import LEZERS
from financien.services.beschikkingen import maak_beschikkingen
from financien.services.budgetjaar import begin_budgetjaar, leg_volume_vast
from financien.services.inlezen import bied_begroting_aan, bied_tarieven_aan
from kernen.models import Leerlingtelling
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import SWV_GELD, Rol
from tests.architecture.matrix import BESTUUR, EIGEN, OVERAL, Adres, Plek, Wereld
from tests.factories.financien import (
    POSTEN,
    PlaatsingFactory,
    begroting_concept,
    geldende_begroting,
    maak_tarieven,
    vastgesteld_budget,
)

TARIEVEN = b"code;omschrijving;bedrag;eenheid\nbao_per_leerling;bedrag per leerling;460,00;per leerling\n"


def bouw(plek: Plek, wereld: Wereld) -> None:
    """A count and a place with the canary at every school; at the last one two versions of a budget and its letters."""
    Leerlingtelling.objects.update_or_create(
        school=plek.school, teldatum=date(2023, 2, 1), defaults={"aantal": 200, "minder_dan_vijf": False}
    )
    PlaatsingFactory(school_verwijzend=plek.school, verwijzing=plek.kanarie)
    _bied_aan(plek, wereld)
    if plek.naam == "ander_bestuur":
        _bouw_budget(wereld)


def _bouw_budget(wereld: Wereld) -> None:
    user = wereld.personen[Rol.DIRECTEUR_BESTUURDER]
    director = Actor(bereik=bereik_voor(user.pk, date.today()), user_id=user.pk)  # noqa: DTZ011
    maak_tarieven()
    jaar = begin_budgetjaar(actor=director, jaar=2024)
    leg_volume_vast(
        actor=director,
        jaar_pk=jaar.pk,
        versie=None,
        leerlingen=620,
        van_ander_swv=109,
        leerlingen_nu=None,
        bron="proef",
        aandelen=[(wereld.plekken["ander_bestuur"].bestuur.pk, Decimal(1))],
    )
    vastgesteld_budget(director, jaar)
    budget = vastgesteld_budget(director, jaar)
    maak_beschikkingen(actor=director, pk=budget.pk)
    begrotingen = {name: geldende_begroting(director) for name in ("vervangen", "geldend")}
    begrotingen["concept"] = begroting_concept(director)
    wereld.dingen |= {"budgetjaar": jaar, "budget": budget, "begrotingen": begrotingen}
    for plek in wereld.plekken.values():
        plek.dingen |= {
            "financien": wereld.dingen,
            "schoolbudget": Schoolbudget.objects.get(budget=budget, school=plek.school),
        }


def _bied_aan(plek: Plek, wereld: Wereld) -> None:
    """A file of each kind, that its owner alone may decide on."""
    user = wereld.personen[Rol.CONTROLLER if plek.naam == "eigen" else Rol.DIRECTEUR_BESTUURDER]
    today = timezone.localdate()
    actor = Actor(bereik=bereik_voor(user.pk, today), user_id=user.pk)
    plek.dingen["tarieven_aanbod"] = bied_tarieven_aan(
        actor=actor,
        bestand=SimpleUploadedFile("tarieven.csv", TARIEVEN),
        jaar=2025,
        bron="proef",
        vastgesteld=None,
        vandaag=today,
    )
    posts = SimpleUploadedFile("posten.csv", POSTEN)
    plek.dingen["begroting_aanbod"] = bied_begroting_aan(
        actor=actor, bestanden={"posten": posts}, naam="Proef", bron="proef", vandaag=today
    )


STAF = dict.fromkeys(LEZERS, OVERAL)
GELD = dict.fromkeys(SWV_GELD, OVERAL)
KIJKERS = {**STAF, Rol.SCHOOLDIRECTEUR: OVERAL, Rol.SCHOOLBESTUURDER: OVERAL}
#: Others who handle money get a 404: the file is of who offered it.
EIGEN_BESTAND = {Rol.CONTROLLER: EIGEN, Rol.DIRECTEUR_BESTUURDER: OVERAL - EIGEN}
BEGROTING = {**STAF, Rol.SCHOOLBESTUURDER: OVERAL}


def _jaar(plek: Plek) -> dict[str, int]:
    return {"pk": plek.dingen["financien"]["budgetjaar"].pk}


def _budget(plek: Plek) -> dict[str, int]:
    return {"pk": plek.dingen["financien"]["budget"].pk}


def _van_budget(plek: Plek) -> dict[str, int]:
    return {"budget_pk": plek.dingen["financien"]["budget"].pk}


def _begroting(staat: str) -> Callable[[Plek], dict[str, int]]:
    return lambda plek: {"pk": plek.dingen["financien"]["begrotingen"][staat].pk}


def _concept(methoden: tuple[str, ...] = ("GET",), **extra: object) -> Adres:
    """A concept is there for who handles money; the other readers of a begroting get a 404."""
    args = _begroting("concept")
    return Adres(
        GELD,
        args=lambda plek: {**args(plek), **extra},
        methoden=methoden,
        mag_niet={rol: OVERAL for rol in Rol if rol not in BEGROTING},
        anders=404,
    )


def _tarieven_aanbod(plek: Plek) -> dict[str, object]:
    return {"sleutel": plek.dingen["tarieven_aanbod"].sleutel}


def _begroting_aanbod(plek: Plek) -> dict[str, object]:
    return {"sleutel": plek.dingen["begroting_aanbod"].sleutel}


POST = ("POST",)

ADRESSEN = {
    "financien:overzicht": Adres(KIJKERS),
    "financien:tarieven": Adres(KIJKERS),
    "financien:tarief": Adres(
        GELD, args=lambda plek: {"pk": Tarief.objects.get(code="dws_plaats").pk}, methoden=("GET", "POST")
    ),
    "financien:tarieven_inlezen": Adres(GELD, methoden=("GET", "POST")),
    "financien:tarieven_voorbeeld": Adres(EIGEN_BESTAND, args=_tarieven_aanbod, methoden=("GET", "POST")),
    "financien:begroting_inlezen": Adres(GELD, methoden=("GET", "POST")),
    "financien:begroting_voorbeeld": Adres(EIGEN_BESTAND, args=_begroting_aanbod, methoden=("GET", "POST")),
    "financien:begin_jaar": Adres(GELD, methoden=POST, data=lambda plek: {"jaar": "2025"}),
    "financien:budgetjaar": Adres(GELD, args=_jaar, methoden=("GET", "POST")),
    "financien:volume": Adres(GELD, args=_jaar, methoden=POST),
    "financien:budgetjaar_stap": Adres(GELD, args=_jaar, methoden=POST, data=lambda plek: {"stap": "sluit"}),
    "financien:bereken": Adres(
        GELD, args=lambda plek: {"jaar_pk": plek.dingen["financien"]["budgetjaar"].pk}, methoden=POST
    ),
    "financien:budget": Adres(KIJKERS, args=_budget),
    "financien:budget_stap": Adres(GELD, args=_budget, methoden=POST, data=lambda plek: {"stap": "stel_vast"}),
    "financien:verschillen": Adres(KIJKERS, args=_budget),
    "financien:budget_bestand": Adres(KIJKERS, args=lambda plek: {**_budget(plek), "formaat": "xlsx"}),
    "financien:bestuurbudget": Adres(
        {**STAF, Rol.SCHOOLBESTUURDER: BESTUUR},
        args=lambda plek: {**_van_budget(plek), "bestuur_pk": plek.bestuur.pk},
    ),
    "financien:beschikkingen": Adres(KIJKERS, args=_van_budget),
    "financien:beschikkingen_opnieuw": Adres(GELD, args=_van_budget, methoden=POST),
    "financien:schoolbudget": Adres(
        {**STAF, Rol.SCHOOLDIRECTEUR: EIGEN, Rol.SCHOOLBESTUURDER: BESTUUR},
        args=lambda plek: {"pk": plek.dingen["schoolbudget"].pk},
    ),
    "financien:begroting": Adres(BEGROTING),
    "financien:begrotingen": Adres(BEGROTING),
    "financien:begroting_detail": (
        Adres(BEGROTING, args=_begroting("geldend")),
        Adres(BEGROTING, args=_begroting("vervangen")),
        _concept(),
    ),
    "financien:begroting_stap": Adres(
        GELD,
        args=_begroting("concept"),
        methoden=POST,
        data=lambda plek: {
            "stap": "maak_geldend",
            "versie": 1,
            "geldend": plek.dingen["financien"]["begrotingen"]["geldend"].pk,
        },
    ),
    "financien:begroting_bestand": (
        Adres(BEGROTING, args=lambda plek: {**_begroting("geldend")(plek), "formaat": "json"}),
        _concept(formaat="json"),
    ),
    "financien:begroting_pdf": (Adres(BEGROTING, args=_begroting("geldend"), methoden=POST), _concept(POST)),
}
