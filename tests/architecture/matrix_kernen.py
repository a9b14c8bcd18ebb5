"""Who gets the addresses of ``kernen``: the SWV all, schools and chairs their kern, a board its schools."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kernen.domain.rollen import SCHOLENBEHEER
from kernen.models import Kernplan, Kernsessie
from kernen.services.imports import bied_aan
from kernen.services.kernen import BUDGETBEHEER
from kernen.services.scholen import INSTELLINGENBEHEER
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import SCHOOL_DOSSIER, SWV_KERNEN, SWV_ROLLEN, Rol
from tests.architecture.matrix import BESTUUR, EIGEN, IEDEREEN, KERN, OVERAL, Adres, Plek, Wereld
from tests.factories import kernen as maak
from tests.kernen.duo import bestand_02, rij_02

CONCEPT, VAST = 2025, 2024


def bouw(plek: Plek, wereld: Wereld) -> None:
    """The canary in the address of the school, in a name of somebody who works there, and in the texts of the kern."""
    plek.school.straat = plek.school.gemeente = plek.kanarie
    plek.school.save()
    maak.LeerlingtellingFactory(school=plek.school, teldatum=date(2024, 2, 1))
    plek.dingen["rol"] = maak.RoltoekenningFactory(
        user__naam=f"Iemand {plek.kanarie}", rol=Rol.SCHOOLDIRECTEUR, school=plek.school
    )
    if not Kernplan.objects.filter(kern=plek.kern).exists():
        maak.KernplanFactory(kern=plek.kern, schooljaar=CONCEPT, aanleiding=plek.kanarie, gevuld=True)
        maak.KernplanFactory(kern=plek.kern, schooljaar=VAST, staat="vastgesteld", aanleiding=plek.kanarie)
        maak.KernsessieFactory(kern=plek.kern, doel=plek.kanarie)
    plek.dingen["kernplan"] = Kernplan.objects.get(kern=plek.kern, schooljaar=CONCEPT)
    plek.dingen["vastplan"] = Kernplan.objects.get(kern=plek.kern, schooljaar=VAST)
    plek.dingen["sessie"] = Kernsessie.objects.get(kern=plek.kern)
    if "import" not in wereld.dingen:
        user = wereld.personen[Rol.SWV_MEDEWERKER]
        wereld.dingen["import"] = bied_aan(
            actor=Actor(bereik_voor(user.pk, timezone.localdate()), user_id=user.pk),
            soort="scholen",
            bestand=SimpleUploadedFile("scholen.csv", bestand_02(rij_02("99AA00"))),
            vandaag=timezone.localdate(),
        )
        wereld.dingen["thema"] = maak.MenukaartthemaFactory()
        wereld.dingen["tarief"] = maak.UurtariefFactory()
    plek.dingen |= {name: wereld.dingen[name] for name in ("import", "thema", "tarief")}


SWV = dict.fromkeys(SWV_ROLLEN, OVERAL)
BEHEER = dict.fromkeys(SCHOLENBEHEER, OVERAL)
STAF = dict.fromkeys(SWV_KERNEN, OVERAL)
VOORZITTER = {Rol.KERNVOORZITTER: KERN}
VAN_DE_SCHOOL = {**SWV, **dict.fromkeys(SCHOOL_DOSSIER, EIGEN), **VOORZITTER, Rol.SCHOOLBESTUURDER: BESTUUR}
VAN_DE_KERN = {**SWV, **dict.fromkeys(SCHOOL_DOSSIER, KERN), **VOORZITTER, Rol.SCHOOLBESTUURDER: BESTUUR}
BEIDE = ("GET", "POST")


def _pk(name: str):
    return lambda plek: {"pk": plek.dingen[name].pk}


def _school(plek: Plek) -> dict:
    return {"pk": plek.school.pk}


def _kern(plek: Plek) -> dict:
    return {"pk": plek.kern.pk}


def _kern_en_jaar(plek: Plek) -> dict:
    return {"pk": plek.kern.pk, "schooljaar": 2026}


def _plan(**extra):
    return lambda plek: {"pk": plek.dingen["kernplan"].pk, **extra}


def _schrijven(args, methoden=BEIDE) -> Adres:
    """The chair writes; the SWV sees the plan and does not write it; to others a concept is absent."""
    return Adres(VOORZITTER, args=args, methoden=methoden, data=lambda plek: {"versie": 1}, mag_niet=SWV, anders=404)


ADRESSEN = {
    "kernen:kernen": Adres(IEDEREEN),
    "kernen:kern_nieuw": Adres(BEHEER, methoden=BEIDE, data=lambda plek: {"naam": "Kern Nieuw"}),
    "kernen:kern": Adres(VAN_DE_KERN, args=_kern),
    "kernen:kern_wijzigen": Adres(BEHEER, args=_kern, methoden=BEIDE, data=lambda plek: {"naam": "Anders"}),
    "kernen:kern_budget": Adres(
        dict.fromkeys(BUDGETBEHEER, OVERAL), args=_kern_en_jaar, methoden=BEIDE, data=lambda plek: {"bedrag": "10"}
    ),
    "kernen:kernplan_beginnen": Adres(VOORZITTER, args=_kern_en_jaar, methoden=("POST",)),
    "kernen:scholen": Adres(IEDEREEN, query="?q=&gesloten=ja"),
    "kernen:school": Adres(VAN_DE_SCHOOL, args=_school),
    "kernen:school_wijzigen": Adres(BEHEER, args=_school, methoden=BEIDE, data=lambda plek: {"naam": "Anders"}),
    "kernen:school_indelen": Adres(BEHEER, args=_school, methoden=BEIDE, data=lambda plek: {"van": "01-08-2026"}),
    "kernen:imports": Adres(BEHEER, methoden=BEIDE, data=lambda plek: {"soort": "scholen"}),
    "kernen:import": Adres(BEHEER, args=lambda plek: {"sleutel": plek.dingen["import"].sleutel}, methoden=BEIDE),
    "kernen:besturen": Adres({**SWV, Rol.SCHOOLBESTUURDER: OVERAL}),
    "kernen:bestuur": Adres({**SWV, Rol.SCHOOLBESTUURDER: BESTUUR}, args=lambda plek: {"pk": plek.bestuur.pk}),
    "kernen:bestuur_wijzigen": Adres(
        BEHEER, args=lambda plek: {"pk": plek.bestuur.pk}, methoden=BEIDE, data=lambda plek: {"naam": "Anders"}
    ),
    "kernen:kernplannen": Adres(IEDEREEN, query=f"?schooljaar={CONCEPT}"),
    "kernen:kernplan": Adres({**SWV, **VOORZITTER}, args=_plan(), anders=404),
    "kernen:kernplan#vastgesteld": Adres(VAN_DE_KERN, args=_pk("vastplan")),
    "kernen:kernplan_stap": _schrijven(_plan(stap=1)),
    "kernen:kernplan_voorbeeld": _schrijven(_plan(stap=1), ("GET",)),
    "kernen:kernplan_controleren": _schrijven(_plan()),
    "kernen:kernplan_actie": Adres(
        STAF, args=_plan(), methoden=("POST",), data=lambda plek: {"stap": "stel_vast", "versie": 1}
    ),
    "kernen:kernplan_opmerking": Adres(
        STAF, args=_plan(naam="stuur_terug"), methoden=BEIDE, data=lambda plek: {"opmerking": "Korter", "versie": 1}
    ),
    "kernen:kernplan_opmerking#heropen": Adres(
        {Rol.DIRECTEUR_BESTUURDER: OVERAL},
        args=lambda plek: {"pk": plek.dingen["vastplan"].pk, "naam": "heropen"},
        methoden=BEIDE,
        data=lambda plek: {"opmerking": "Het verandert", "versie": 1},
        mag_niet={Rol.SWV_MEDEWERKER: OVERAL},
    ),
    "kernen:kernplan_pdf": Adres({**SWV, **VOORZITTER}, args=_plan(), anders=404),
    "kernen:kernplan_pdf#vastgesteld": Adres(VAN_DE_KERN, args=_pk("vastplan")),
    "kernen:sessies": Adres(IEDEREEN, query="?schooljaar=2025"),
    "kernen:sessie": Adres(VAN_DE_KERN, args=_pk("sessie")),
    "kernen:sessie#schrijven": Adres(
        {**STAF, **VOORZITTER},
        args=_pk("sessie"),
        methoden=("POST",),
        data=lambda plek: {"doel": "Anders", "versie": 1},
        mag_niet={
            Rol.CONTROLLER: OVERAL,
            Rol.BEHEERDER: OVERAL,
            **dict.fromkeys(SCHOOL_DOSSIER, KERN),
            Rol.SCHOOLBESTUURDER: BESTUUR,
        },
    ),
    "kernen:sessies_plannen": Adres(STAF, args=lambda plek: {"schooljaar": 2026}, methoden=("POST",)),
    "kernen:menukaart": Adres(IEDEREEN),
    "kernen:thema": Adres(STAF, args=_pk("thema"), methoden=BEIDE, data=lambda plek: {"thema": "Rust"}),
    "kernen:thema_nieuw": Adres(STAF, args=lambda plek: {"schooljaar": 2026}, methoden=BEIDE),
    "kernen:tarief": Adres(STAF, args=_pk("tarief"), methoden=BEIDE, data=lambda plek: {"professional": "IB'er"}),
    "kernen:tarief_nieuw": Adres(STAF, args=lambda plek: {"schooljaar": 2026}, methoden=BEIDE),
    "kernen:menukaart_overnemen": Adres(STAF, args=lambda plek: {"schooljaar": 2026}, methoden=("POST",)),
    "kernen:personen": Adres(BEHEER),
    "kernen:persoon_nieuw": Adres(BEHEER, methoden=BEIDE, data=lambda plek: {"naam": "Nieuw"}),
    "kernen:persoon": Adres(BEHEER, args=lambda plek: {"pk": plek.dingen["rol"].user_id}),
    "kernen:persoon_rol": Adres(BEHEER, args=lambda plek: {"pk": plek.dingen["rol"].user_id}, methoden=BEIDE),
    "kernen:persoon_account": Adres(
        BEHEER, args=lambda plek: {"pk": plek.dingen["rol"].user_id}, methoden=("POST",), data=lambda plek: {"stap": ""}
    ),
    "kernen:rol_intrekken": Adres(BEHEER, args=_pk("rol"), methoden=("POST",)),
    "kernen:instellingen": Adres(dict.fromkeys(INSTELLINGENBEHEER, OVERAL), methoden=BEIDE),
}
