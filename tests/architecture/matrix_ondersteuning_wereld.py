"""What there is to be asked for in ondersteuning: per place one of everything."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ondersteuning.domain.aanvraag import (
    BIJ_PARTIJEN,
    CONCEPT,
    INGEDIEND,
    INSTELLING,
    OUDER,
    TOEGEKEND,
    TWEEDE_DESKUNDIGE,
)
from ondersteuning.domain.briefversie import WEGGELEGD
from ondersteuning.domain.radar import einddag
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies, Radarvraag
from ondersteuning.queries.partijregels import LINKSOORTEN
from ondersteuning.services.plaatsingen import bied_aan
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.access.services.links import give_link
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Aanbod
from tests.architecture.matrix import Plek, Wereld
from tests.architecture.overstap_matrix import bouw_overstappen
from tests.factories.aanwezigheid import VerzuimactieFactory, VerzuimmeldingFactory
from tests.factories.brieven import BriefversieFactory
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.kernen import PersoonFactory, SchoolFactory
from tests.factories.ondersteuning import (
    BezwaarFactory,
    LeerlingdocumentFactory,
    LeerlingFactory,
    PlaatsingFactory,
    SboFactory,
    bekendgemaakt,
    in_staat,
)
from tests.factories.overeenkomsten import BezoekFactory, jaarafspraken, overeenkomst
from tests.factories.sociale_kaart import AanbiederFactory


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
    dingen["leerling"] = LeerlingFactory(school=plek.school, voornamen="Sam", achternaam=plek.kanarie)
    dingen["leerlingdocument"] = LeerlingdocumentFactory(leerling=dingen["leerling"])
    dingen["concept"] = _aanvraag(plek, CONCEPT)
    dingen["aanvraag"] = _aanvraag(plek, BIJ_PARTIJEN)
    dingen["ingediend"] = _aanvraag(plek, INGEDIEND)
    dingen["bezwaar"] = BezwaarFactory(aanvraag=bekendgemaakt(_aanvraag(plek, TOEGEKEND)), gronden=plek.kanarie)
    dingen["toegekend"] = dingen["bezwaar"].aanvraag
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
    _routes(plek)
    _leden(plek, wereld)
    _aflopend(plek)
    _overeenkomsten(plek)
    bouw_overstappen(plek)
    dingen["verzuim"] = VerzuimmeldingFactory(
        school=plek.school,
        leerling=LeerlingFactory(school=plek.school, achternaam=plek.kanarie),
        toelichting=plek.kanarie,
    )
    dingen["verzuimactie"] = VerzuimactieFactory(melding=dingen["verzuim"], wat=plek.kanarie)
    dingen["aanbieder"] = AanbiederFactory()
    dingen["briefversie"] = BriefversieFactory(staat=WEGGELEGD)
    dingen["voorstel"] = AanbiederFactory(staat="voorstel", omschrijving=plek.kanarie)
    user = wereld.personen[Rol.CONTROLLER]
    offered = bied_aan(
        actor=Actor(bereik_voor(user.pk, timezone.localdate()), user_id=user.pk),
        bestand=SimpleUploadedFile("plaatsingen.csv", _bestand(plek).encode()),
        vandaag=timezone.localdate(),
    )
    assert isinstance(offered, Aanbod), offered
    dingen["plaatsingen_aanbod"] = offered


def _routes(plek: Plek) -> None:
    """An application on route D that an institution fills in by its link, and a plaatsingsakkoord of this school."""
    dingen = plek.dingen
    dingen["route d"] = _aanvraag(
        plek, CONCEPT, verwijzende_school=None, route="D", instelling=JeugdhulpinstellingFactory()
    )
    partij = dingen["route d"].partijen.create(soort=INSTELLING, naam="Contact Vier", email="vier@test.example")
    given = give_link(
        soort=LINKSOORTEN[INSTELLING], onderwerp_id=partij.pk, naam=partij.label, geldig_dagen=9, actor=PORTAAL
    )
    partij.link_id = given.link.pk
    partij.save()
    dingen[f"link {INSTELLING}"] = given.link
    dingen["akkoord"] = _aanvraag(plek, CONCEPT, verwijzende_school=None, route="PA", deelnemende_school=plek.school)
    board = {"route": "EZ", "indienend_bestuur": plek.bestuur, "bemiddeling_uitkomst": plek.kanarie}
    dingen["tlv op bao"] = _aanvraag(plek, INGEDIEND, route="TB", ontvangende_school=plek.school, categorie="I")
    dingen["eenzijdig"] = _aanvraag(plek, CONCEPT, **board)
    dingen["eenzijdig bij swv"] = _aanvraag(plek, INGEDIEND, **board)


def _leden(plek: Plek, wereld: Wereld) -> None:
    """A member of the algemene vergadering who was asked for advice: at ``eigen`` the schoolbestuurder of the world."""
    own = plek is wereld.eigen
    user = wereld.personen[Rol.SCHOOLBESTUURDER] if own else PersoonFactory()
    elsewhere = in_staat(INGEDIEND, route="TB", verwijzende_school=SchoolFactory())
    plek.dingen["avlid"] = AvLid.objects.create(user=user, bestuur=plek.bestuur)
    plek.dingen["bestuursadvies"] = Bestuursadvies.objects.create(
        aanvraag=elsewhere, lid=plek.dingen["avlid"], gevraagd_op=timezone.localdate()
    )


def _aflopend(plek: Plek) -> None:
    """A TLV with which a pupil of elsewhere came to this school, that ends, and the question about it."""
    today = timezone.localdate()
    tlv = _aanvraag(
        plek, TOEGEKEND, verwijzende_school=SchoolFactory(), ontvangende_school=plek.school, gewenst_tot=einddag(today)
    )
    asked = {"gevraagd_op": today, "uiterlijk": today, "toelichting": plek.kanarie}
    plek.dingen["radarvraag"] = Radarvraag.objects.create(aanvraag=tlv, school=plek.school, **asked)


def _overeenkomsten(plek: Plek) -> None:
    """An agreement that is being made, one that may be signed, one of another school that asks this one; a visit."""
    today = timezone.localdate()
    pupil = LeerlingFactory(school=plek.school, achternaam=plek.kanarie)
    own = {"school": plek.school, "leerling": pupil, "doelen": plek.kanarie, "vandaag": today}
    elsewhere = LeerlingFactory(school=SboFactory(), achternaam=plek.kanarie)
    plek.dingen["overeenkomst concept"] = overeenkomst("concept", **own)
    plek.dingen["overeenkomst"] = overeenkomst("bij_scholen", **own)
    plek.dingen["overeenkomst dws"] = overeenkomst("lopend", "dws", **own)
    plek.dingen["overeenkomst bij swv"] = overeenkomst("bij_swv", "dws", **own)
    plek.dingen["overeenkomst gevraagd"] = overeenkomst(
        "bij_scholen",
        school=elsewhere.school,
        andere_school=plek.school,
        leerling=elsewhere,
        doelen=plek.kanarie,
        vandaag=today,
    )
    jaarafspraken(plek.school, Schooljaar.van(today).vorige, plek.kanarie)
    plek.dingen["bezoek"] = BezoekFactory(school=plek.school, onderwerpen=plek.kanarie, datum=today)


def _bestand(plek: Plek) -> str:
    code = plek.school.vestigingscode
    kop = "verwijzing;vestigingscode_verwijzend;vestigingscode_ontvangend;categorie;soort;kostendrager;begin;einde"
    return f"{kop}\nP-1;{code};{code};SBO;tlv;school;2024-08-01;2025-07-31\n"
