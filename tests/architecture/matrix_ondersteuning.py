"""Who gets the addresses of ``ondersteuning``.

A dossier is for the school of the pupil, for the receiving school once it is asked, and for those of the SWV who handle
dossiers.
"""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGEDIEND, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.models import Aanvraag
from ondersteuning.queries.partijregels import LINKSOORTEN
from ondersteuning.services.plaatsingen import bied_aan
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.reach import bereik_voor
from swv_portal.access.services.links import give_link
from swv_portal.common.scoping import SWV_DOSSIER, SWV_GELD, Rol
from swv_portal.jobs.models import Aanbod
from tests.architecture.matrix import BESTUUR, EIGEN, OVERAL, Adres, Plek, Wereld
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, in_staat
from tests.factories.sociale_kaart import AanbiederFactory

SWV = dict.fromkeys(SWV_DOSSIER, OVERAL)
SCHOOL = dict.fromkeys((Rol.IBER, Rol.SCHOOLDIRECTEUR), EIGEN)
#: Reads applications, but none of these: it is another school that is asked.
ELDERS = {Rol.ORTHOPEDAGOOG: frozenset[str]()}
GET, POST, BEIDE = ("GET",), ("POST",), ("GET", "POST")


def _aanvraag(plek: Plek, staat: str, **fields: object) -> Aanvraag:
    fields.setdefault("verwijzende_school", plek.school)
    pupil = LeerlingFactory(school=fields["verwijzende_school"], achternaam=plek.kanarie)
    aanvraag = in_staat(
        staat, vandaag=timezone.localdate() - timedelta(days=3), leerling=pupil, stem_leerling=plek.kanarie, **fields
    )
    aanvraag.partijen.filter(soort=OUDER, volgnummer=1).update(email=f"{plek.kanarie.lower()}@test.example")
    return aanvraag


def bouw(plek: Plek, wereld: Wereld) -> None:
    """Applications of this school in three states, one that asks this school for a place, and a place."""
    dingen = plek.dingen
    dingen["concept"] = _aanvraag(plek, CONCEPT)
    dingen["aanvraag"] = _aanvraag(plek, BIJ_PARTIJEN)
    dingen["ingediend"] = _aanvraag(plek, INGEDIEND)
    dingen["gevraagd"] = _aanvraag(
        plek, BIJ_PARTIJEN, verwijzende_school=SchoolFactory(), ontvangende_school=plek.school
    )
    PlaatsingFactory(school_verwijzend=plek.school, verwijzing=f"P-{plek.kanarie}")
    for soort in (OUDER, TWEEDE_DESKUNDIGE):
        partij = dingen["aanvraag"].partijen.filter(soort=soort).first()
        given = give_link(
            soort=LINKSOORTEN[soort], onderwerp_id=partij.pk, naam=partij.label, geldig_dagen=9, actor=PORTAAL
        )
        partij.link_id, partij.uitgenodigd_op = given.link.pk, timezone.localdate()
        partij.save()
        dingen[f"link {soort}"] = given.link
        dingen[f"partij {soort}"] = partij
    dingen["aanbieder"] = AanbiederFactory()
    dingen["voorstel"] = AanbiederFactory(staat="voorstel", omschrijving=plek.kanarie)
    user = wereld.personen[Rol.CONTROLLER]
    offered = bied_aan(
        actor=Actor(bereik_voor(user.pk, timezone.localdate()), user_id=user.pk),
        bestand=SimpleUploadedFile("plaatsingen.csv", _bestand(plek).encode()),
        vandaag=timezone.localdate(),
    )
    assert isinstance(offered, Aanbod), offered
    dingen["plaatsingen_aanbod"] = offered


def _bestand(plek: Plek) -> str:
    code = plek.school.vestigingscode
    kop = "verwijzing;vestigingscode_verwijzend;vestigingscode_ontvangend;categorie;soort;kostendrager;begin;einde"
    return f"{kop}\nP-1;{code};{code};SBO;tlv;school;2024-08-01;2025-07-31\n"


def _pk(ding: str):  # type: ignore[no-untyped-def]
    return lambda plek: {"pk": plek.dingen[ding].pk}


def _stap(ding: str, stap: str):  # type: ignore[no-untyped-def]
    return lambda plek: {"pk": plek.dingen[ding].pk, "stap": stap}


def _doe(ding: str, naam: str):  # type: ignore[no-untyped-def]
    return lambda plek: {"pk": plek.dingen[ding].pk, "naam": naam}


def _partij(plek: Plek) -> dict[str, int]:
    return {"pk": plek.dingen["aanvraag"].pk, "partij": plek.dingen[f"partij {OUDER}"].pk}


def _link(soort: str):  # type: ignore[no-untyped-def]
    def link(plek: Plek) -> PersoonlijkeLink:
        found: PersoonlijkeLink = plek.dingen[f"link {soort}"]
        return found

    return link


ADRESSEN = {
    "ondersteuning:aanvragen": Adres({**SWV, **SCHOOL, **ELDERS}),
    "ondersteuning:nieuw": (Adres(SCHOOL), Adres(SCHOOL, methoden=POST)),
    "ondersteuning:dossier": (
        Adres({**SWV, **SCHOOL, **ELDERS}, args=_pk("aanvraag")),
        # The receiving school of an application; the school it comes from is none of these.
        Adres(
            {**SWV, Rol.ORTHOPEDAGOOG: EIGEN, Rol.IBER: frozenset(), Rol.SCHOOLDIRECTEUR: frozenset()},
            args=_pk("gevraagd"),
        ),
    ),
    "ondersteuning:stap": (
        Adres(SCHOOL, args=_stap("concept", "leerling"), methoden=BEIDE),
        Adres(SCHOOL, args=_stap("concept", "controleren"), methoden=BEIDE),
        # Once it lies with others there is nothing to fill in: the way back to the dossier.
        Adres(SCHOOL, args=_stap("aanvraag", "leerling")),
    ),
    "ondersteuning:stap_zetten": (
        Adres({**SWV, **SCHOOL, **ELDERS}, args=_doe("aanvraag", "trek_in")),
        Adres(
            {**SCHOOL, **ELDERS},
            args=_doe("aanvraag", "trek_in"),
            methoden=POST,
            data=lambda plek: {"versie": plek.dingen["aanvraag"].versie},
            mag_niet=SWV,
        ),
    ),
    "ondersteuning:uitnodigen": Adres({**SWV, **SCHOOL, **ELDERS}, args=_partij, methoden=POST),
    "ondersteuning:link_intrekken": Adres({**SWV, **SCHOOL, **ELDERS}, args=_partij, methoden=POST),
    "ondersteuning:advies": Adres(
        {Rol.ORTHOPEDAGOOG: EIGEN, Rol.IBER: frozenset(), Rol.SCHOOLDIRECTEUR: frozenset()},
        args=_pk("gevraagd"),
        methoden=BEIDE,
        mag_niet=SWV,
    ),
    "ondersteuning:plaats": Adres(
        {Rol.ORTHOPEDAGOOG: EIGEN, Rol.IBER: frozenset(), Rol.SCHOOLDIRECTEUR: frozenset()},
        args=_pk("gevraagd"),
        methoden=BEIDE,
        mag_niet=SWV,
    ),
    "ondersteuning:besluit": Adres(SWV, args=_pk("ingediend"), methoden=BEIDE),
    "ondersteuning:aanvulling": Adres(SWV, args=_pk("ingediend"), methoden=BEIDE),
    "ondersteuning:ouder": Adres(link=_link(OUDER), methoden=BEIDE),
    "ondersteuning:deskundige": Adres(link=_link(TWEEDE_DESKUNDIGE), methoden=BEIDE),
    "ondersteuning:plaatsingen": Adres(
        {
            **dict.fromkeys(SWV_DOSSIER | SWV_GELD, OVERAL),
            **SCHOOL,
            Rol.SCHOOLBESTUURDER: BESTUUR,
        }
    ),
    "ondersteuning:plaatsingen_importeren": Adres(dict.fromkeys(SWV_DOSSIER | SWV_GELD, OVERAL), methoden=BEIDE),
    "ondersteuning:plaatsingen_voorbeeld": Adres(
        dict.fromkeys(SWV_DOSSIER | SWV_GELD, OVERAL),
        args=lambda plek: {"sleutel": plek.dingen["plaatsingen_aanbod"].sleutel},
        methoden=BEIDE,
    ),
    "ondersteuning:swv_gebieden": Adres(dict.fromkeys(SWV_DOSSIER | {Rol.BEHEERDER}, OVERAL)),
    # What is shown is for everybody; of what is not, tests/ondersteuning/views/test_sociale_kaart.py asks every role.
    "sociale_kaart:lijst": Adres(open=True),
    "sociale_kaart:aanbieder": Adres(open=True, args=_pk("aanbieder")),
    "sociale_kaart:voorstellen": Adres(
        {**SWV, **dict.fromkeys((Rol.IBER, Rol.SCHOOLDIRECTEUR), OVERAL)}, methoden=BEIDE
    ),
    "sociale_kaart:beheer": Adres(SWV),
    "sociale_kaart:wijzigen": Adres(SWV, args=_pk("voorstel"), methoden=BEIDE),
    "sociale_kaart:stap": Adres(
        SWV,
        args=_pk("voorstel"),
        methoden=POST,
        data=lambda plek: {"stap": "publiceer", "versie": plek.dingen["voorstel"].versie},
    ),
    # Names, places and gemeenten of schools are public: the canary in a gemeente may be read by everybody.
    "capaciteit": Adres(open=True, kent={None: OVERAL}),
    "ondersteuning:capaciteit_bijwerken": Adres(
        {**SWV, **SCHOOL}, args=lambda plek: {"pk": plek.school.pk}, methoden=BEIDE
    ),
    "ondersteuning:instellingen": Adres(
        dict.fromkeys((Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER), OVERAL), methoden=BEIDE
    ),
}
