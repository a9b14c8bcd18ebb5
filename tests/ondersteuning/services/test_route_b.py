"""Route B through the services: prolongation at the same school, and the way to another special school."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import CONCEPT, TOEGEKEND
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.queries.beginnen import te_vervolgen
from ondersteuning.queries.stand import stand_van
from ondersteuning.services.aanvraag import begin_aanvraag, dien_in, leg_voor
from ondersteuning.services.bekendmaken import leg_plaats_vast
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.ondersteuning import SoFactory, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.routes import (
    MAART,
    bewaar,
    eerste,
    ingediend,
    naar_partijen,
    plaats,
    toegekend,
    tweede,
)
from tests.ondersteuning.services.test_weg import STAPPEN, run_jobs

ZONDER_SCHOOL = {name: step for name, step in STAPPEN.items() if name != "ouders"}
TERUG = {"terugkeer_moment": date(2028, 3, 1)}


@pytest.fixture
def iber_ikc(mensen: Mensen, actor_als: Callable[..., Actor]) -> Actor:
    """The IB'er of the special school where the pupil is now."""
    return actor_als(Rol.IBER, mensen.ikc)


@pytest.fixture
def lopend(mensen: Mensen) -> Aanvraag:
    """The TLV with which the pupil came to the IKC, until 31 July 2027."""
    first = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    leg_plaats_vast(first)
    return first


def begin(actor: Actor, school: Any, **extra: Any) -> Aanvraag:
    made = begin_aanvraag(actor=actor, school_id=school.pk, route="B", vandaag=MAART, **extra)
    assert isinstance(made, Aanvraag), made
    made.refresh_from_db()
    return made


def test_a_prolongation_takes_over_what_is_known(mensen: Mensen, iber_ikc: Actor, lopend: Aanvraag) -> None:
    assert [pk for pk, _ in te_vervolgen(mensen.ikc.pk, MAART)] == [lopend.pk]
    made = begin(iber_ikc, mensen.ikc, vorige=lopend.pk)
    assert made.kenmerk.startswith("B-2425-")
    assert made.leerling_id == lopend.leerling_id
    assert made.vorige_id == lopend.pk
    assert made.vorig_tlvnummer == lopend.tlvnummer.nummer
    assert (made.vorig_geldig_tot, made.gewenst_van) == (date(2027, 7, 31), date(2027, 8, 1))
    assert (made.ontvangende_school, made.categorie) == (mensen.ikc, "SBO")
    assert made.blijft_op_school
    parents = {p.volgnummer: (p.naam, p.email) for p in made.partijen.filter(soort="ouder")}
    assert parents == {p.volgnummer: (p.naam, p.email) for p in lopend.partijen.filter(soort="ouder")}


def test_the_whole_way_of_a_prolongation(mensen: Mensen, iber_ikc: Actor, lopend: Aanvraag) -> None:
    made = begin(iber_ikc, mensen.ikc, vorige=lopend.pk)
    made = bewaar(iber_ikc, made, {**ZONDER_SCHOOL, "school": {"gewenst_tot": date(2028, 7, 31), **TERUG}})
    made = naar_partijen(iber_ikc, made)
    # The own school gives the first advice; nobody is asked whether there is a place.
    assert made.plaats_bevestigd is True
    made = eerste(mensen.ortho, made)
    made = tweede(made)
    made = ingediend(iber_ikc, made)
    granted = toegekend(mensen.swv, made, date(2027, 8, 1), date(2028, 7, 31))
    run_jobs()
    granted.refresh_from_db()
    assert granted.staat == TOEGEKEND
    assert granted.tlvnummer is not None
    assert granted.tlvnummer != lopend.tlvnummer
    place = Plaatsing.objects.get(aanvraag=granted)
    # Who referred the pupil before goes on paying.
    assert (place.school_verwijzend, place.school_ontvangend, place.soort) == (mensen.school, mensen.ikc, "tlv")
    assert (place.kostendrager, place.betaalreden) == ("school", "eerder")


def test_a_prolongation_begins_after_the_running_tlv(mensen: Mensen, iber_ikc: Actor, lopend: Aanvraag) -> None:
    made = begin(iber_ikc, mensen.ikc, vorige=lopend.pk)
    early = {"gewenst_van": date(2026, 8, 1), "gewenst_tot": date(2028, 7, 31), **TERUG}
    made = bewaar(iber_ikc, made, {**ZONDER_SCHOOL, "school": early})
    answer = leg_voor(actor=iber_ikc, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(answer, Refusal)
    assert answer.code == "begint_te_vroeg"


def test_the_whole_way_to_another_school(
    mensen: Mensen, iber_ikc: Actor, actor_als: Callable[..., Actor], lopend: Aanvraag
) -> None:
    so = SoFactory(naam="De Vuurtoren")
    ortho = actor_als(Rol.ORTHOPEDAGOOG, so)
    made = begin(iber_ikc, mensen.ikc, vorige=lopend.pk)
    school = {
        "ontvangende_school": so.pk,
        "categorie": "I",  # the category may change
        "gewenst_van": date(2025, 8, 1),  # and the running TLV need not have ended
        "gewenst_tot": date(2028, 7, 31),
        **TERUG,
    }
    made = naar_partijen(iber_ikc, bewaar(iber_ikc, made, {**ZONDER_SCHOOL, "school": school}))
    assert made.plaats_bevestigd is None
    assert stand_van(made, vandaag=MAART).eigen_school is False
    # The orthopedagoog of the school where the pupil is now is not asked.
    with pytest.raises(NotVisible):
        eerste(mensen.ortho, made)
    eerste(ortho, made)
    tweede(made)
    early = dien_in(actor=iber_ikc, pk=made.pk, versie=Aanvraag.objects.get(pk=made.pk).versie, vandaag=MAART)
    assert isinstance(early, Refusal)
    assert early.code == "plaats"
    plaats(ortho, made)
    granted = toegekend(mensen.swv, ingediend(iber_ikc, made), date(2025, 8, 1), date(2028, 7, 31))
    assert (granted.categorie, granted.kostendrager) == ("I", "school")


def test_without_a_known_tlv_its_number_is_typed(mensen: Mensen, iber_ikc: Actor) -> None:
    made = begin(iber_ikc, mensen.ikc)
    assert made.leerling.school == mensen.ikc
    facts = stand_van(made, vandaag=MAART)
    assert ("school", "Nummer van de lopende TLV") in facts.ontbreekt
    made = bewaar(
        iber_ikc, made, {"school": {"vorig_tlvnummer": "PO9901-2122-0007", "vorig_geldig_tot": date(2025, 7, 31)}}
    )
    assert ("school", "Nummer van de lopende TLV") not in stand_van(made, vandaag=MAART).ontbreekt


def test_who_can_not_start_it(mensen: Mensen, iber_ikc: Actor, lopend: Aanvraag) -> None:
    regular = begin_aanvraag(actor=mensen.iber, school_id=mensen.school.pk, route="B", vandaag=MAART)
    assert isinstance(regular, Refusal)
    assert regular.code == "route"
    other = in_staat(TOEGEKEND, verwijzende_school=mensen.school)
    foreign = begin_aanvraag(actor=iber_ikc, school_id=mensen.ikc.pk, route="B", vandaag=MAART, vorige=other.pk)
    assert isinstance(foreign, Refusal)
    assert foreign.code == "vorige"
    with pytest.raises(NotVisible):
        begin_aanvraag(actor=mensen.iber, school_id=mensen.ikc.pk, route="B", vandaag=MAART, vorige=lopend.pk)
    begin(iber_ikc, mensen.ikc, vorige=lopend.pk)
    twice = begin_aanvraag(actor=iber_ikc, school_id=mensen.ikc.pk, route="B", vandaag=MAART, vorige=lopend.pk)
    assert isinstance(twice, Refusal)
    assert twice.code == "loopt_al"
    assert Aanvraag.objects.filter(route="B", staat=CONCEPT).count() == 1


def test_the_school_that_referred_before_sees_nothing_of_it(mensen: Mensen, iber_ikc: Actor, lopend: Aanvraag) -> None:
    made = begin(iber_ikc, mensen.ikc, vorige=lopend.pk)
    assert not Aanvraag.objects.visible_to(mensen.iber.bereik).filter(pk=made.pk).exists()
    assert Aanvraag.objects.visible_to(iber_ikc.bereik).filter(pk=made.pk).exists()
