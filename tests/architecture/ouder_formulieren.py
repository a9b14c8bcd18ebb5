"""The forms of parents and the child, and of the call with the parents: who sends what, and which row it changes."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, OUDER, TOEGEKEND
from ondersteuning.domain.evaluatiegesprek import VRAGEN
from ondersteuning.models import Kindformulier, Partij, Sectiereactie
from ondersteuning.queries.partijregels import LINKSOORTEN
from swv_portal.access.actors import PORTAAL
from swv_portal.access.link_session import keep_session
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.services.links import give_link
from swv_portal.common.scoping import Rol
from tests.architecture.formulieren import Als
from tests.factories import kernen as maak
from tests.factories.ondersteuning import EvaluatiegesprekFactory, bekendgemaakt, in_staat

WOORD = "Zeeklaver"
Versieformulier = tuple[Client, str, models.Model, dict[str, Any], str]


def client_van_link(partij: Partij) -> Client:
    """A browser in which the code of a new link of this party was just entered."""
    given = give_link(
        soort=LINKSOORTEN[partij.soort], onderwerp_id=partij.pk, naam=partij.label, geldig_dagen=9, actor=PORTAAL
    )
    Partij.objects.filter(pk=partij.pk).update(link_id=given.link.pk)
    PersoonlijkeLink.objects.filter(pk=given.link.pk).update(sessie="van-de-proef")
    given.link.refresh_from_db()
    response, client = HttpResponse(), Client()
    keep_session(response, given.link)
    client.cookies.update(response.cookies)
    return client


def _ouder() -> Partij:
    maak.SamenwerkingsverbandFactory()
    aanvraag = in_staat(BIJ_PARTIJEN, vandaag=timezone.localdate())
    found: Partij = aanvraag.partijen.get(soort=OUDER, volgnummer=1)
    return found


def _deel(als: Als) -> Versieformulier:
    partij = _ouder()
    row = Sectiereactie.objects.create(
        aanvraag=partij.aanvraag, partij=partij, sectie="school", tekst="Nee", geschreven_op=timezone.localdate()
    )
    return client_van_link(partij), reverse("ondersteuning:ouder_deel", args=["school"]), row, {"tekst": WOORD}, WOORD


def _ouder_kind(als: Als) -> Versieformulier:
    partij = _ouder()
    row = Kindformulier.objects.create(
        aanvraag=partij.aanvraag, goed="Spelen", ingevuld_met="ouder 1", ingevuld_op=timezone.localdate()
    )
    return client_van_link(partij), reverse("ondersteuning:ouder_kind"), row, {"goed": WOORD}, WOORD


def _school_kind(als: Als) -> Versieformulier:
    aanvraag = _ouder().aanvraag
    row = Kindformulier.objects.create(
        aanvraag=aanvraag, goed="Spelen", ingevuld_met="school", ingevuld_op=timezone.localdate()
    )
    url = reverse("ondersteuning:kindformulier", args=[aanvraag.pk])
    return als(Rol.IBER, aanvraag.verwijzende_school), url, row, {"goed": WOORD}, WOORD


def _gesprek(als: Als) -> Versieformulier:
    maak.SamenwerkingsverbandFactory()
    row = EvaluatiegesprekFactory(aanvraag=bekendgemaakt(in_staat(TOEGEKEND, vandaag=timezone.localdate())))
    data = {"afloop": "gesproken", "op": f"{timezone.localdate():%d-%m-%Y}", "toelichting_geholpen": WOORD}
    data |= {f"antwoord_{code}": "ja" for code in VRAGEN}
    url = reverse("ondersteuning:evaluatiegesprek", args=[row.aanvraag_id])
    return als(Rol.SWV_MEDEWERKER), url, row, data, WOORD


MET_VERSIE: dict[str, Callable[[Als], Versieformulier]] = {
    "ondersteuning:ouder_deel": _deel,
    "ondersteuning:ouder_kind": _ouder_kind,
    "ondersteuning:kindformulier": _school_kind,
    "ondersteuning:evaluatiegesprek": _gesprek,
}
