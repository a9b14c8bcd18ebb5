"""Who gets the addresses of ``ondersteuning``.

A dossier is for the school of the pupil, for the receiving school once it is asked, and for those of the SWV who handle
dossiers.
"""

from django.utils import timezone

from ondersteuning.domain.aanvraag import (
    INSTELLING,
    OUDER,
    TWEEDE_DESKUNDIGE,
)
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import SWV_DOSSIER, SWV_GELD, Rol
from tests.architecture.matrix import BESTUUR, EIGEN, OVERAL, Adres, Plek
from tests.architecture.matrix_ondersteuning_wereld import bouw
from tests.architecture.overstap_matrix import ADRESSEN_OVERSTAP

__all__ = ["ADRESSEN", "bouw"]

SWV = dict.fromkeys(SWV_DOSSIER, OVERAL)
SCHOOL = dict.fromkeys((Rol.IBER, Rol.SCHOOLDIRECTEUR), EIGEN)
#: Reads applications, but none of these: it is another school that is asked.
ELDERS = {Rol.ORTHOPEDAGOOG: frozenset[str]()}
#: A board reads only the applications that it does itself.
BESTUURDER = {Rol.SCHOOLBESTUURDER: frozenset[str]()}
#: Who fills in applications that start at a school; a board only those that it does itself.
INVULLERS = {**SCHOOL, Rol.SCHOOLBESTUURDER: frozenset[str]()}
CIJFERLEZERS = {
    **dict.fromkeys(SWV_DOSSIER | SWV_GELD, OVERAL),
    Rol.SCHOOLDIRECTEUR: EIGEN,
    Rol.SCHOOLBESTUURDER: BESTUUR,
}
GET, POST, BEIDE = ("GET",), ("POST",), ("GET", "POST")
BRIEFSCHRIJVERS = dict.fromkeys((Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER), OVERAL)
BRIEFLEZERS = {**BRIEFSCHRIJVERS, Rol.SWV_MEDEWERKER: OVERAL}


def _school(plek: Plek) -> dict[str, int]:
    return {"pk": plek.school.pk}


def _schooljaar(terug: int):  # type: ignore[no-untyped-def]
    """The school and the school year of today, or so many years back."""
    return lambda plek: {"pk": plek.school.pk, "begin": Schooljaar.van(timezone.localdate()).begin - terug}


def _pk(ding: str):  # type: ignore[no-untyped-def]
    return lambda plek: {"pk": plek.dingen[ding].pk}


def _stap(ding: str, stap: str):  # type: ignore[no-untyped-def]
    return lambda plek: {"pk": plek.dingen[ding].pk, "stap": stap}


def _doe(ding: str, naam: str):  # type: ignore[no-untyped-def]
    return lambda plek: {"pk": plek.dingen[ding].pk, "naam": naam}


def _partij(plek: Plek) -> dict[str, int]:
    return {"pk": plek.dingen["aanvraag"].pk, "partij": plek.dingen[f"partij {OUDER}"].pk}


def _briefversie(plek: Plek) -> dict[str, object]:
    return {"soort": "toekenning", "nummer": plek.dingen["briefversie"].nummer}


def _link(soort: str):  # type: ignore[no-untyped-def]
    def link(plek: Plek) -> PersoonlijkeLink:
        found: PersoonlijkeLink = plek.dingen[f"link {soort}"]
        return found

    return link


ADRESSEN = {
    **ADRESSEN_OVERSTAP,
    "ondersteuning:aanvragen": Adres({**SWV, **SCHOOL, **ELDERS, **BESTUURDER}),
    "ondersteuning:nieuw": (
        Adres({**SWV, **SCHOOL, **BESTUURDER}),
        Adres({**SWV, **SCHOOL, **BESTUURDER}, methoden=POST),
    ),
    # Which route it is does not hang on a place.
    "ondersteuning:nieuw_route": (
        Adres(dict.fromkeys(SCHOOL, OVERAL), args=lambda plek: {"route": "a"}, methoden=BEIDE),
        Adres(SWV, args=lambda plek: {"route": "d"}, methoden=BEIDE),
    ),
    "ondersteuning:akkoord": Adres(
        {**SWV, **SCHOOL, Rol.SCHOOLBESTUURDER: frozenset()}, args=_pk("akkoord"), methoden=BEIDE
    ),
    "ondersteuning:instelling": Adres(link=_link(INSTELLING)),
    "ondersteuning:instelling_stap": Adres(
        link=_link(INSTELLING), args=lambda plek: {"stap": "leerling"}, methoden=BEIDE
    ),
    "ondersteuning:instelling_kind": Adres(link=_link(INSTELLING), methoden=BEIDE),
    "ondersteuning:instelling_doe": Adres(
        link=_link(INSTELLING), args=lambda plek: {"naam": "trek_in"}, methoden=BEIDE
    ),
    "ondersteuning:jeugdhulpinstellingen": Adres(SWV),
    "ondersteuning:jeugdhulpinstelling_nieuw": Adres(SWV, methoden=BEIDE),
    "ondersteuning:jeugdhulpinstelling": Adres(
        SWV, args=lambda plek: {"pk": plek.dingen["route d"].instelling_id}, methoden=BEIDE
    ),
    "ondersteuning:te_factureren": Adres(dict.fromkeys(SWV_DOSSIER | SWV_GELD, OVERAL)),
    "ondersteuning:te_factureren_csv": Adres(dict.fromkeys(SWV_DOSSIER | SWV_GELD, OVERAL)),
    "ondersteuning:dossier": (
        Adres({**SWV, **SCHOOL, **ELDERS, **BESTUURDER}, args=_pk("aanvraag")),
        # The receiving school of an application; the school it comes from is none of these.
        Adres(
            {**SWV, Rol.ORTHOPEDAGOOG: EIGEN, Rol.IBER: frozenset(), Rol.SCHOOLDIRECTEUR: frozenset(), **BESTUURDER},
            args=_pk("gevraagd"),
        ),
        # Of a one-sided application the board that does it, and the school of the pupil.
        Adres({**SWV, **SCHOOL, **ELDERS, Rol.SCHOOLBESTUURDER: BESTUUR}, args=_pk("eenzijdig")),
    ),
    "ondersteuning:kies_leden": Adres(SWV, args=_pk("tlv op bao"), methoden=BEIDE),
    "ondersteuning:nog_een_jaar": Adres(SCHOOL, args=_pk("tlv op bao"), methoden=BEIDE),
    "ondersteuning:avleden": Adres(SWV, methoden=BEIDE),
    "ondersteuning:avlid_stopt": Adres(SWV, args=_pk("avlid"), methoden=POST),
    "ondersteuning:bestuursadviezen": Adres({Rol.SCHOOLBESTUURDER: OVERAL}),
    # Asked of the schoolbestuurder of ``eigen``, about a pupil of another board.
    "ondersteuning:bestuursadvies": Adres({Rol.SCHOOLBESTUURDER: EIGEN}, args=_pk("bestuursadvies"), methoden=BEIDE),
    "ondersteuning:onderzoek": Adres(SWV, args=_pk("eenzijdig bij swv"), methoden=BEIDE),
    "ondersteuning:bemiddeling": Adres(
        {Rol.SCHOOLBESTUURDER: BESTUUR}, args=_pk("eenzijdig"), methoden=BEIDE, mag_niet={**SWV, **SCHOOL}
    ),
    "ondersteuning:stap": (
        Adres(INVULLERS, args=_stap("concept", "leerling"), methoden=BEIDE, mag_niet=SWV),
        Adres(INVULLERS, args=_stap("concept", "controleren"), methoden=BEIDE, mag_niet=SWV),
        Adres(
            {Rol.SCHOOLBESTUURDER: BESTUUR},
            args=_stap("eenzijdig", "bemiddeling"),
            methoden=BEIDE,
            mag_niet={**SWV, **SCHOOL},
        ),
        # Once it lies with others there is nothing to fill in: the way back to the dossier.
        Adres(INVULLERS, args=_stap("aanvraag", "leerling"), mag_niet=SWV),
    ),
    "ondersteuning:stap_zetten": (
        Adres({**SWV, **SCHOOL, **ELDERS, **BESTUURDER}, args=_doe("aanvraag", "trek_in")),
        Adres(
            {**SCHOOL, **ELDERS, **BESTUURDER},
            args=_doe("aanvraag", "trek_in"),
            methoden=POST,
            data=lambda plek: {"versie": plek.dingen["aanvraag"].versie},
            mag_niet=SWV,
        ),
    ),
    "ondersteuning:uitnodigen": Adres({**SWV, **SCHOOL, **ELDERS, **BESTUURDER}, args=_partij, methoden=POST),
    "ondersteuning:link_intrekken": Adres({**SWV, **SCHOOL, **ELDERS, **BESTUURDER}, args=_partij, methoden=POST),
    "ondersteuning:advies": Adres(
        {Rol.ORTHOPEDAGOOG: EIGEN, Rol.IBER: frozenset(), Rol.SCHOOLDIRECTEUR: frozenset(), **BESTUURDER},
        args=_pk("gevraagd"),
        methoden=BEIDE,
        mag_niet=SWV,
    ),
    "ondersteuning:plaats": Adres(
        {Rol.ORTHOPEDAGOOG: EIGEN, Rol.IBER: frozenset(), Rol.SCHOOLDIRECTEUR: frozenset(), **BESTUURDER},
        args=_pk("gevraagd"),
        methoden=BEIDE,
        mag_niet=SWV,
    ),
    "ondersteuning:besluit": Adres(SWV, args=_pk("ingediend"), methoden=BEIDE),
    "ondersteuning:aanvulling": Adres(SWV, args=_pk("ingediend"), methoden=BEIDE),
    "ondersteuning:verlengen": Adres(SWV, args=_pk("ingediend"), methoden=BEIDE),
    "ondersteuning:tlv_intrekken": Adres(SWV, args=_pk("toegekend"), methoden=BEIDE),
    "ondersteuning:bezwaar_nieuw": Adres(SWV, args=_pk("toegekend"), methoden=BEIDE),
    "ondersteuning:bezwaren": Adres(SWV),
    "ondersteuning:bezwaar": Adres(SWV, args=_pk("bezwaar")),
    "ondersteuning:bezwaar_stap": Adres(SWV, args=_doe("bezwaar", "verdaag"), methoden=BEIDE),
    "ondersteuning:aanvraag_documenten": Adres({**SCHOOL, **ELDERS}, args=_pk("concept"), methoden=BEIDE, mag_niet=SWV),
    "ondersteuning:leerlingen": Adres({**SWV, **SCHOOL}),
    "ondersteuning:leerling_nieuw": Adres({**SWV, **SCHOOL}, methoden=BEIDE),
    "ondersteuning:leerling": Adres({**SWV, **SCHOOL}, args=_pk("leerling")),
    "ondersteuning:leerling_gegevens": Adres({**SWV, **SCHOOL}, args=_pk("leerling"), methoden=BEIDE),
    "ondersteuning:leerling_gezag": Adres({**SWV, **SCHOOL}, args=_pk("leerling"), methoden=BEIDE),
    "ondersteuning:leerling_fase": Adres({**SWV, **SCHOOL}, args=_pk("leerling"), methoden=BEIDE),
    "ondersteuning:leerling_consulent": Adres(SWV, args=_pk("leerling"), methoden=BEIDE),
    "ondersteuning:leerling_overdragen": Adres(SWV, args=_pk("leerling"), methoden=BEIDE),
    "ondersteuning:leerling_niet_dezelfde": Adres(
        SWV,
        args=_pk("leerling"),
        methoden=POST,
        data=lambda plek: {"ander": plek.dingen["aanvraag"].leerling_id},
    ),
    "ondersteuning:leerling_document_nieuw": Adres({**SWV, **SCHOOL}, args=_pk("leerling"), methoden=BEIDE),
    "ondersteuning:leerling_document_verwijderen": Adres(
        {**SWV, **SCHOOL},
        args=lambda plek: {"pk": plek.dingen["leerling"].pk, "document": plek.dingen["leerlingdocument"].pk},
        methoden=BEIDE,
    ),
    "ondersteuning:herinner": Adres(
        {**SWV, **SCHOOL, **BESTUURDER}, args=_pk("aanvraag"), methoden=POST, data=lambda plek: {"wie": "ontvangend"}
    ),
    "ondersteuning:gevraagd": Adres({**SWV, **SCHOOL, **BESTUURDER}),
    "ondersteuning:werklijst": Adres(SWV),
    "ondersteuning:behandelaar": Adres(SWV, args=_pk("ingediend"), methoden=BEIDE),
    "ondersteuning:radar": Adres(SWV, methoden=BEIDE),
    "ondersteuning:radarvragen": Adres({**SWV, **SCHOOL}),
    "ondersteuning:radarvraag": Adres({**SWV, **SCHOOL}, args=_pk("radarvraag"), methoden=BEIDE),
    "ondersteuning:radar_verlengen": Adres(SCHOOL, args=_pk("radarvraag"), methoden=POST),
    "ondersteuning:cijfers": Adres(CIJFERLEZERS),
    "ondersteuning:cijfers_xlsx": Adres(CIJFERLEZERS),
    "ondersteuning:cijfers_pdf": Adres(CIJFERLEZERS, methoden=POST),
    "ondersteuning:ouder": Adres(link=_link(OUDER), methoden=BEIDE),
    "ondersteuning:ouder_deel": Adres(link=_link(OUDER), args=lambda plek: {"sectie": "onderbouwing"}, methoden=BEIDE),
    "ondersteuning:ouder_pdf": Adres(link=_link(OUDER)),
    "ondersteuning:ouder_kind": Adres(link=_link(OUDER), methoden=BEIDE),
    "ondersteuning:evaluatiegesprek": Adres(SWV, args=_pk("toegekend"), methoden=BEIDE),
    "ondersteuning:evaluatiegesprekken": Adres(SWV),
    "ondersteuning:evaluatie_uitkomsten": Adres(SWV),
    "ondersteuning:kindformulier": Adres(INVULLERS, args=_pk("aanvraag"), methoden=BEIDE, mag_niet=SWV),
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
    "sociale_kaart:mijn": Adres({**SWV, **dict.fromkeys((Rol.IBER, Rol.SCHOOLDIRECTEUR), OVERAL)}),
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
    "ondersteuning:aanwezigheid": Adres({**SWV, **SCHOOL}),
    "ondersteuning:verzuim_melden": Adres({**SWV, **SCHOOL}, methoden=BEIDE),
    "ondersteuning:verzuimmelding": Adres({**SWV, **SCHOOL}, args=_pk("verzuim")),
    "ondersteuning:verzuim_wijzigen": Adres({**SWV, **SCHOOL}, args=_pk("verzuim"), methoden=BEIDE),
    "ondersteuning:verzuim_stap": Adres(
        SWV, args=_pk("verzuim"), methoden=POST, data=lambda plek: {"stap": "neem_in_behandeling", "versie": 1}
    ),
    "ondersteuning:verzuim_aanpak": Adres(SWV, args=_pk("verzuim"), methoden=BEIDE),
    "ondersteuning:verzuim_actie": Adres({**SWV, **SCHOOL}, args=_pk("verzuim"), methoden=BEIDE),
    "ondersteuning:verzuim_gedaan": Adres(
        {**SWV, **SCHOOL},
        args=lambda plek: {"pk": plek.dingen["verzuim"].pk, "actie": plek.dingen["verzuimactie"].pk},
        methoden=POST,
    ),
    "ondersteuning:verzuim_zorgplicht": Adres(SWV, args=_pk("verzuim"), methoden=BEIDE),
    "ondersteuning:verzuim_afsluiten": Adres({**SWV, **SCHOOL}, args=_pk("verzuim"), methoden=BEIDE),
    "ondersteuning:casusoverleg": Adres(SWV),
    "ondersteuning:thuiszitters": Adres(SWV),
    "ondersteuning:thuiszitters_pdf": Adres(SWV, methoden=POST),
    "ondersteuning:thuiszitters_xlsx": Adres(SWV),
    "ondersteuning:aanwezigheidsinstellingen": Adres(
        dict.fromkeys(SWV_DOSSIER | {Rol.BEHEERDER}, OVERAL), methoden=BEIDE
    ),
    "ondersteuning:overeenkomsten": Adres({**SWV, **SCHOOL, **ELDERS}),
    "ondersteuning:overeenkomst_nieuw": Adres(SCHOOL, methoden=BEIDE),
    "ondersteuning:overeenkomst": (
        Adres({**SWV, **SCHOOL, **ELDERS}, args=_pk("overeenkomst")),
        # The other school, from the moment it is asked to sign.
        Adres({**SWV, **SCHOOL, Rol.ORTHOPEDAGOOG: EIGEN}, args=_pk("overeenkomst gevraagd")),
    ),
    "ondersteuning:overeenkomst_wijzigen": Adres(SCHOOL, args=_pk("overeenkomst concept"), methoden=BEIDE),
    "ondersteuning:overeenkomst_doorgeven": (
        Adres(SCHOOL, args=_pk("overeenkomst dws"), methoden=BEIDE),
        # The other school of an agreement passes nothing on.
        Adres({}, args=_pk("overeenkomst gevraagd"), mag_niet=SCHOOL),
    ),
    "ondersteuning:overeenkomst_stap": (
        Adres({**SWV, **SCHOOL, **ELDERS}, args=_doe("overeenkomst", "teken")),
        Adres(
            {Rol.SCHOOLDIRECTEUR: EIGEN, **ELDERS},
            args=_doe("overeenkomst", "teken"),
            methoden=POST,
            data=lambda plek: {"versie": plek.dingen["overeenkomst"].versie},
            mag_niet={**SWV, Rol.IBER: EIGEN},
        ),
        Adres(
            {Rol.SCHOOLDIRECTEUR: EIGEN},
            args=_doe("overeenkomst gevraagd", "teken_andere"),
            methoden=POST,
            data=lambda plek: {"versie": plek.dingen["overeenkomst gevraagd"].versie},
            mag_niet={**SWV, Rol.IBER: EIGEN, Rol.ORTHOPEDAGOOG: EIGEN},
        ),
        Adres(
            {**SWV, **ELDERS},
            args=_doe("overeenkomst bij swv", "stem_in"),
            methoden=POST,
            data=lambda plek: {"versie": plek.dingen["overeenkomst bij swv"].versie},
            mag_niet=SCHOOL,
        ),
    ),
    "ondersteuning:consulenten": Adres({**SWV, **SCHOOL}),
    "ondersteuning:consulent_school": Adres({**SWV, **SCHOOL}, args=_school),
    "ondersteuning:consulent_toewijzen": Adres(SWV, args=_school, methoden=BEIDE),
    "ondersteuning:jaarafspraken": Adres(SWV, args=_schooljaar(0), methoden=BEIDE),
    "ondersteuning:jaarafspraken_terug": Adres({**SWV, **SCHOOL}, args=_schooljaar(1), methoden=BEIDE),
    "ondersteuning:bezoek_nieuw": Adres(SWV, args=_school, methoden=BEIDE),
    "ondersteuning:bezoek": Adres(SWV, args=_pk("bezoek"), methoden=BEIDE),
    # Texts of the SWV: of no school, so nothing but the number differs between the places.
    "ondersteuning:brieven": Adres(BRIEFLEZERS),
    "ondersteuning:briefsjabloon": Adres(BRIEFLEZERS, args=lambda plek: {"soort": "toekenning"}),
    "ondersteuning:brief_concept": Adres(
        BRIEFSCHRIJVERS, args=lambda plek: {"soort": "weigering"}, methoden=POST, data=lambda plek: {"uit": "0"}
    ),
    "ondersteuning:briefversie": Adres(BRIEFLEZERS, args=_briefversie),
    "ondersteuning:briefversie_pdf": Adres(BRIEFLEZERS, args=_briefversie),
    "ondersteuning:briefversie_wijzigen": Adres(BRIEFSCHRIJVERS, args=_briefversie, methoden=BEIDE),
    "ondersteuning:briefversie_stap": Adres(
        BRIEFSCHRIJVERS, args=lambda plek: {**_briefversie(plek), "naam": "leg_weg"}, methoden=BEIDE
    ),
    "ondersteuning:alle_instellingen": Adres(dict.fromkeys(SWV_DOSSIER | {Rol.BEHEERDER}, OVERAL)),
    "ondersteuning:tlv_instellingen": Adres(
        dict.fromkeys((Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER), OVERAL), methoden=BEIDE
    ),
}
