"""Walking an application of any route through the services, as every party."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ondersteuning.models import Aanvraag
from ondersteuning.services.aanvraag import dien_in, leg_voor
from ondersteuning.services.adviezen import bevestig_plaats, geef_eerste_advies, geef_tweede_advies
from ondersteuning.services.besluit import ken_toe
from ondersteuning.services.invullen import Bewaard, bewaar_stap
from swv_portal.access.actors import Actor
from swv_portal.common.workflow import Refusal
from tests.ondersteuning.conftest import deskundige, via_link

MAART = date(2025, 3, 10)


def bewaar(actor: Actor, aanvraag: Aanvraag, stappen: Mapping[str, Mapping[str, Any]]) -> Aanvraag:
    """Store these pages of the form, one after the other."""
    version = Aanvraag.objects.get(pk=aanvraag.pk).versie
    for step, values in stappen.items():
        stored = bewaar_stap(actor=actor, pk=aanvraag.pk, versie=version, stap=step, gegevens=values, vandaag=MAART)
        assert isinstance(stored, Bewaard), stored
        assert not stored.niet_bewaard, stored.niet_bewaard
        version = stored.aanvraag.versie
    return Aanvraag.objects.get(pk=aanvraag.pk)


def naar_partijen(actor: Actor, aanvraag: Aanvraag) -> Aanvraag:
    answer = leg_voor(actor=actor, pk=aanvraag.pk, versie=aanvraag.versie, vandaag=MAART)
    assert not isinstance(answer, Refusal), answer
    return answer[0]


def eerste(actor: Actor, aanvraag: Aanvraag) -> Aanvraag:
    answer = geef_eerste_advies(
        actor=actor,
        pk=aanvraag.pk,
        versie=Aanvraag.objects.get(pk=aanvraag.pk).versie,
        functie="orthopedagoog",
        tekst="Eigen woorden van de eerste.",
        steunt=True,
        betrokken=True,
        vandaag=MAART,
    )
    assert isinstance(answer, Aanvraag), answer
    return answer


def tweede(aanvraag: Aanvraag) -> Aanvraag:
    expert = deskundige(aanvraag)
    answer = geef_tweede_advies(
        actor=via_link(expert),
        partij_pk=expert.pk,
        tekst="Eigen woorden van de tweede.",
        steunt=True,
        betrokken=True,
        niet_in_dienst=True,
        vandaag=MAART,
    )
    assert isinstance(answer, Aanvraag), answer
    return answer


def plaats(actor: Actor, aanvraag: Aanvraag) -> Aanvraag:
    version = Aanvraag.objects.get(pk=aanvraag.pk).versie
    answer = bevestig_plaats(actor=actor, pk=aanvraag.pk, versie=version, toelichting="", vandaag=MAART)
    assert isinstance(answer, Aanvraag), answer
    return answer


def ingediend(actor: Actor, aanvraag: Aanvraag) -> Aanvraag:
    version = Aanvraag.objects.get(pk=aanvraag.pk).versie
    answer = dien_in(actor=actor, pk=aanvraag.pk, versie=version, vandaag=MAART)
    assert isinstance(answer, Aanvraag), answer
    return answer


def toegekend(actor: Actor, aanvraag: Aanvraag, van: date, tot: date) -> Aanvraag:
    answer = ken_toe(
        actor=actor,
        pk=aanvraag.pk,
        versie=aanvraag.versie,
        geldig_van=van,
        geldig_tot=tot,
        motivering="",
        vandaag=MAART + timedelta(days=3),
    )
    assert isinstance(answer, Aanvraag), answer
    return answer
