"""Rows of ondersteuning for tests.  Every name is invented."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from kernen.domain.scholen import Schoolsoort
from ondersteuning import models
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.zoeksleutels import dubbelsleutel, zoeksleutels
from swv_portal.common.dates import Schooljaar
from swv_portal.jobs.services.documents import store_document
from tests.factories.kernen import SchoolFactory

VANDAAG = date(2025, 3, 10)


class SboFactory(SchoolFactory):
    naam = factory.Sequence(lambda n: f"IKC Test {n}")
    soort = Schoolsoort.SBO
    is_ikc = True


class SoFactory(SchoolFactory):
    naam = factory.Sequence(lambda n: f"SO Test {n}")
    soort = Schoolsoort.SO


class LeerlingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Leerling

    school = factory.SubFactory(SchoolFactory)
    voornamen = "Mila Test"
    achternaam = "Kanariepiet"
    geboortedatum = "2017-05-04"
    zoeksleutels = factory.LazyAttribute(lambda o: zoeksleutels(f"{o.voornamen} {o.achternaam}"))
    dubbelsleutel = factory.LazyAttribute(
        lambda o: dubbelsleutel(f"{o.voornamen} {o.achternaam}", date.fromisoformat(o.geboortedatum))
    )


class LeerlingdocumentFactory(factory.django.DjangoModelFactory):
    """A document of a dossier, with its file."""

    class Meta:
        model = models.Leerlingdocument

    leerling = factory.SubFactory(LeerlingFactory)
    soort = "verslag"
    datum = date(2025, 1, 15)
    document = factory.LazyAttribute(
        lambda o: store_document(
            soort="ondersteuning.leerlingdocument",
            onderwerp=o.leerling,
            naam="verslag-2025-01-15.pdf",
            inhoud=b"%PDF-1.7\n%%EOF",
            content_type="application/pdf",
        )
    )


class AanvraagFactory(factory.django.DjangoModelFactory):
    """A completely filled application that nobody has seen yet; see ``in_staat`` for later states."""

    class Meta:
        model = models.Aanvraag
        skip_postgeneration_save = True

    kenmerk = factory.Sequence(lambda n: f"A-2425-{n + 1:04d}")
    route = "A"
    verwijzende_school = factory.SubFactory(SchoolFactory)
    ontvangende_school = factory.SubFactory(SboFactory)
    leerling = factory.LazyAttribute(lambda o: LeerlingFactory(school=o.verwijzende_school))
    groep = "4"
    categorie = "SBO"
    eerste_functie = "orthopedagoog"
    gewenst_van = date(2025, 8, 1)
    gewenst_tot = date(2027, 7, 31)
    terugkeer_moment = date(2027, 3, 1)
    onderwijsbehoefte = "Veel structuur en een kleine groep."
    geboden_hulp = "Extra instructie en begeleiding in de klas."
    reden_school = "De groepen zijn klein."
    leerling_gehoord = True
    stem_leerling = "Ik wil graag een rustige klas."
    sinds = VANDAAG

    @factory.post_generation
    def partijen(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            for number in (1, 2):
                models.Partij.objects.create(
                    aanvraag=self,
                    soort=procedure.OUDER,
                    volgnummer=number,
                    naam=f"Ouder Kanariepiet {number}",
                    email=f"ouder{number}@test.example",
                    telefoon="0600000000",
                )
            models.Partij.objects.create(
                aanvraag=self,
                soort=procedure.TWEEDE_DESKUNDIGE,
                naam="Deskundige Test",
                email="deskundige@test.example",
                functie="jeugdarts",
                dienstverband="elders",
                werkgever="GGD Testkust",
            )


class AdviesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Advies

    aanvraag = factory.SubFactory(AanvraagFactory)
    soort = EERSTE
    functie = "orthopedagoog"
    tekst = "Deze plek past, omdat de groepen klein zijn."
    steunt = True
    betrokken = True
    gegeven_op = VANDAAG


class PlaatsingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Plaatsing

    verwijzing = factory.Sequence(lambda n: f"P-{n + 1:05d}")
    school_verwijzend = factory.SubFactory(SchoolFactory)
    school_ontvangend = factory.SubFactory(SboFactory)
    categorie = "SBO"
    soort = "tlv"
    kostendrager = "school"
    begin = date(2024, 8, 1)
    einde = date(2026, 7, 31)


class BezwaarFactory(factory.django.DjangoModelFactory):
    """An objection of a parent against a granted TLV that was announced today."""

    class Meta:
        model = models.Bezwaar

    aanvraag = factory.LazyFunction(lambda: bekendgemaakt(in_staat(procedure.TOEGEKEND, vandaag=timezone.localdate())))
    tegen = "besluit"
    keer = factory.SelfAttribute("aanvraag.besluit_keer")
    besluitnemer = factory.SelfAttribute("aanvraag.besloten_door")
    bezwaarmaker = "ouder_1"
    ontvangen_op = factory.LazyFunction(timezone.localdate)
    termijn_tot = factory.LazyFunction(lambda: timezone.localdate() + timedelta(weeks=6))
    gronden = "Te ver weg."
    verweer_uiterlijk = factory.LazyFunction(lambda: timezone.localdate() + timedelta(weeks=2))
    beslis_uiterlijk = factory.LazyFunction(lambda: timezone.localdate() + timedelta(weeks=18))


class EvaluatiegesprekFactory(factory.django.DjangoModelFactory):
    """A call in which the parents were not reached."""

    class Meta:
        model = models.Evaluatiegesprek

    aanvraag = factory.LazyFunction(lambda: bekendgemaakt(in_staat(procedure.TOEGEKEND, vandaag=timezone.localdate())))
    afloop = "niet_bereikt"
    op = factory.LazyFunction(timezone.localdate)


def bekendgemaakt(aanvraag: models.Aanvraag) -> models.Aanvraag:
    """Its letter went out on the day of the decision."""
    aanvraag.bekendgemaakt_op = aanvraag.besloten_op
    aanvraag.bezwaar_tot = aanvraag.sinds + timedelta(weeks=6)
    aanvraag.save()
    return aanvraag


def in_staat(staat: str, *, vandaag: date = VANDAAG, **fields: Any) -> models.Aanvraag:
    """A complete application in ``staat``, with everything that belongs to the road there."""
    aanvraag = AanvraagFactory(sinds=vandaag, **fields)
    if staat == procedure.CONCEPT:
        return aanvraag
    aanvraag.gevraagde_school, aanvraag.voorgelegd_op = aanvraag.ontvangende_school, vandaag
    aanvraag.partijen.update(uitgenodigd_op=vandaag)
    if staat != procedure.BIJ_PARTIJEN:
        AdviesFactory(aanvraag=aanvraag, gegeven_op=vandaag)
        second = aanvraag.partijen.get(soort=procedure.TWEEDE_DESKUNDIGE)
        AdviesFactory(aanvraag=aanvraag, soort=TWEEDE, functie="jeugdarts", partij=second, gegeven_op=vandaag)
        aanvraag.plaats_bevestigd = True
        aanvraag.ingediend_op = vandaag
        aanvraag.eigen_uiterlijk = vandaag + timedelta(weeks=6)
        aanvraag.wettelijk_uiterlijk = vandaag + timedelta(weeks=8)
    if staat == procedure.AANVULLING:
        models.Aanvulling.objects.create(
            aanvraag=aanvraag,
            gevraagd_op=vandaag,
            uiterlijk=vandaag + timedelta(days=14),
            vraag="Wat vindt de leerling?",
        )
    if staat in procedure.AFGESLOTEN:
        aanvraag.afgesloten_op = vandaag
        aanvraag.bewaren_tot = vandaag + timedelta(days=3 * 365)
    if staat in procedure.BESLOTEN:
        aanvraag.besloten_op = vandaag
    if staat in procedure.MET_TLV | {procedure.WORDT_VERSTUURD}:
        _toegekend(aanvraag, vandaag)
    if staat == procedure.WORDT_VERSTUURD:
        aanvraag.uitkomst, aanvraag.besloten_op, aanvraag.besluit_keer = "toegekend", vandaag, 1
        aanvraag.versturen_na = timezone.now() + timedelta(minutes=15)
    if staat == procedure.BEEINDIGD:
        aanvraag.ingetrokken_per = aanvraag.intrekking_op = vandaag
    aanvraag.staat = staat
    aanvraag.save()
    return aanvraag


def _toegekend(aanvraag: models.Aanvraag, vandaag: date) -> None:
    year = Schooljaar.van(vandaag)
    serial = models.Tlvnummer.objects.filter(schooljaar=year.begin).count() + 1
    aanvraag.tlvnummer = models.Tlvnummer.objects.create(
        schooljaar=year.begin, volgnummer=serial, nummer=f"PO9901-{year.kort}-{serial:04d}", uitgegeven_op=vandaag
    )
    aanvraag.geldig_van, aanvraag.geldig_tot = aanvraag.gewenst_van, aanvraag.gewenst_tot
    aanvraag.kostendrager = "school"
