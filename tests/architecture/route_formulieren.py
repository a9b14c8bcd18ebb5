"""The forms of route D, plaatsingsakkoord and one-sided application: who sends what, and which row it changes."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import CONCEPT, INSTELLING
from ondersteuning.models import Aanvraag, Kindformulier, Partij
from swv_portal.common.scoping import Rol
from tests.architecture.formulieren import Als
from tests.architecture.ouder_formulieren import WOORD, Versieformulier, client_van_link
from tests.factories import kernen as maak
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.ondersteuning import SboFactory, in_staat

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _route_d() -> tuple[Aanvraag, Partij]:
    maak.SamenwerkingsverbandFactory()
    row = in_staat(
        CONCEPT,
        vandaag=timezone.localdate(),
        verwijzende_school=None,
        route="D",
        instelling=JeugdhulpinstellingFactory(),
    )
    return row, row.partijen.create(soort=INSTELLING, naam="Contact Vier", email="vier@test.example")


def _instelling_stap(als: Als) -> Versieformulier:
    row, partij = _route_d()
    url = reverse("ondersteuning:instelling_stap", args=["onderbouwing"])
    return client_van_link(partij), url, row, {"onderwijsbehoefte": WOORD}, WOORD


def _instelling_doe(als: Als) -> Versieformulier:
    row, partij = _route_d()
    return client_van_link(partij), reverse("ondersteuning:instelling_doe", args=["trek_in"]), row, {}, ""


def _instelling_kind(als: Als) -> Versieformulier:
    aanvraag, partij = _route_d()
    row = Kindformulier.objects.create(
        aanvraag=aanvraag, geen_reden="Te jong", ingevuld_met=INSTELLING, ingevuld_op=timezone.localdate()
    )
    return client_van_link(partij), reverse("ondersteuning:instelling_kind"), row, {"geen_reden": WOORD}, WOORD


def _bestand() -> SimpleUploadedFile:
    return SimpleUploadedFile("bestand.pdf", PDF, content_type="application/pdf")


def _bemiddeling(als: Als) -> Versieformulier:
    maak.SamenwerkingsverbandFactory()
    school = maak.SchoolFactory()
    board = {"verwijzende_school": school, "indienend_bestuur": school.bestuur, "route": "EZ"}
    row = in_staat(CONCEPT, vandaag=timezone.localdate(), **board)
    client = als(Rol.SCHOOLBESTUURDER, school.bestuur)
    return client, reverse("ondersteuning:bemiddeling", args=[row.pk]), row, {"bestand": _bestand()}, ""


def _akkoord(als: Als) -> Versieformulier:
    maak.SamenwerkingsverbandFactory()
    ikc = SboFactory(is_ikc=True)
    row = in_staat(CONCEPT, vandaag=timezone.localdate(), verwijzende_school=None, route="PA", deelnemende_school=ikc)
    return als(Rol.IBER, ikc), reverse("ondersteuning:akkoord", args=[row.pk]), row, {"bestand": _bestand()}, ""


def _jeugdhulpinstelling(als: Als) -> Versieformulier:
    row = JeugdhulpinstellingFactory()
    data = {
        "naam": WOORD,
        "contactpersoon": row.contactpersoon,
        "email": row.email,
        "gemandateerd_van": f"{row.gemandateerd_van:%d-%m-%Y}",
    }
    return als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:jeugdhulpinstelling", args=[row.pk]), row, data, WOORD


MET_VERSIE: dict[str, Callable[[Als], Versieformulier]] = {
    "ondersteuning:instelling_stap": _instelling_stap,
    "ondersteuning:instelling_doe": _instelling_doe,
    "ondersteuning:instelling_kind": _instelling_kind,
    "ondersteuning:bemiddeling": _bemiddeling,
    "ondersteuning:akkoord": _akkoord,
    "ondersteuning:jeugdhulpinstelling": _jeugdhulpinstelling,
}
