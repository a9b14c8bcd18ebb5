"""Experts, the receiving school and parents: own words, once, and only with the own link."""

from typing import Any

import pytest

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, Advies, Zienswijze
from ondersteuning.services.aanvraag import dien_in, leg_voor
from ondersteuning.services.adviezen import (
    bevestig_plaats,
    geef_eerste_advies,
    geef_tweede_advies,
    meld_geen_plaats,
    teken_gezien,
)
from ondersteuning.services.partijen import nodig_uit, trek_link_in
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.ondersteuning import VANDAAG, AanvraagFactory, in_staat
from tests.ondersteuning.conftest import Mensen, deskundige, ouder, via_link


@pytest.fixture
def bij_partijen(mensen: Mensen) -> Aanvraag:
    row = AanvraagFactory(verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    answer = leg_voor(actor=mensen.iber, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert not isinstance(answer, Refusal)
    return answer[0]


def first(mensen: Mensen, row: Aanvraag, **changes: Any) -> Aanvraag | Refusal:
    values = {"functie": "orthopedagoog", "tekst": "Eigen woorden.", "steunt": True, "betrokken": True} | changes
    return geef_eerste_advies(actor=mensen.ortho, pk=row.pk, versie=None, vandaag=VANDAAG, **values)


def second(row: Aanvraag, actor: Actor | None = None, **changes: Any) -> Aanvraag | Refusal:
    partij = deskundige(row)
    values = {"tekst": "Andere woorden.", "steunt": True, "betrokken": True, "niet_in_dienst": True} | changes
    return geef_tweede_advies(actor=actor or via_link(partij), partij_pk=partij.pk, vandaag=VANDAAG, **values)


def sign(row: Aanvraag, number: int = 1, **changes: Any) -> Aanvraag | Refusal:
    partij = ouder(row, number)
    values = {"eens": True, "tekst": ""} | changes
    return teken_gezien(actor=via_link(partij), partij_pk=partij.pk, vandaag=VANDAAG, **values)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tekst": "  "}, "tekst"),
        ({"betrokken": False}, "betrokken"),
        ({"functie": "jeugdarts"}, "eerste_functie"),
    ],
)
def test_first_advice_refused(mensen: Mensen, bij_partijen: Aanvraag, changes: dict[str, Any], code: str) -> None:
    answer = first(mensen, bij_partijen, **changes)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert not Advies.objects.exists()


def test_first_advice_once(mensen: Mensen, bij_partijen: Aanvraag) -> None:
    assert isinstance(first(mensen, bij_partijen), Aanvraag)
    again = first(mensen, bij_partijen)
    assert isinstance(again, Refusal)
    assert again.code == "al_gegeven"


def test_first_expert_with_the_function_of_the_second(mensen: Mensen, bij_partijen: Aanvraag) -> None:
    deskundige(bij_partijen).__class__.objects.filter(soort="tweede_deskundige").update(functie="jeugdpsycholoog")
    answer = first(mensen, bij_partijen, functie="psycholoog")
    assert isinstance(answer, Refusal)
    assert answer.code == "zelfde_functie"


def test_first_advice_is_of_the_receiving_school(mensen: Mensen, bij_partijen: Aanvraag, actor_als: Any) -> None:
    values = {"functie": "orthopedagoog", "tekst": "x", "steunt": True, "betrokken": True, "vandaag": VANDAAG}
    with pytest.raises(NotVisible):
        geef_eerste_advies(actor=actor_als(Rol.ORTHOPEDAGOOG), pk=bij_partijen.pk, versie=None, **values)
    for actor in (mensen.iber, mensen.swv, actor_als(Rol.SCHOOLDIRECTEUR, mensen.school)):
        answer = geef_eerste_advies(actor=actor, pk=bij_partijen.pk, versie=None, **values)
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"


def test_an_orthopedagoog_of_the_own_school_is_nobody_here(mensen: Mensen, actor_als: Any) -> None:
    """The role counts at the receiving school only."""
    row = in_staat(BIJ_PARTIJEN, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    own = actor_als(Rol.ORTHOPEDAGOOG, mensen.school)
    with pytest.raises(NotVisible):
        bevestig_plaats(actor=own, pk=row.pk, versie=None, toelichting="", vandaag=VANDAAG)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"tekst": ""}, "tekst"), ({"betrokken": False}, "betrokken"), ({"niet_in_dienst": False}, "in_dienst")],
)
def test_second_advice_refused(bij_partijen: Aanvraag, changes: dict[str, Any], code: str) -> None:
    answer = second(bij_partijen, **changes)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_signature_under_the_text_of_the_other_is_no_advice(mensen: Mensen, bij_partijen: Aanvraag) -> None:
    first(mensen, bij_partijen, tekst="De leerling heeft rust nodig: één juf.")
    copied = second(bij_partijen, tekst="  de leerling heeft rust nodig - EEN juf ")
    assert isinstance(copied, Refusal)
    assert (copied.code, copied.veld) == ("zelfde_tekst", "tekst")
    assert isinstance(second(bij_partijen, tekst="De leerling heeft rust nodig: twee juffen."), Aanvraag)


def test_the_first_expert_does_not_copy_either(mensen: Mensen, bij_partijen: Aanvraag) -> None:
    second(bij_partijen, tekst="Kleine groep.")
    copied = first(mensen, bij_partijen, tekst="kleine groep")
    assert isinstance(copied, Refusal)
    assert copied.code == "zelfde_tekst"


def test_second_advice_once(bij_partijen: Aanvraag) -> None:
    assert isinstance(second(bij_partijen), Aanvraag)
    again = second(bij_partijen)
    assert isinstance(again, Refusal)
    assert again.code == "al_gegeven"


def test_a_link_opens_its_own_party_only(bij_partijen: Aanvraag, mensen: Mensen) -> None:
    parent = via_link(ouder(bij_partijen, 1))
    other = in_staat(BIJ_PARTIJEN)
    for partij in (ouder(bij_partijen, 2), ouder(other, 1)):
        with pytest.raises(NotVisible):
            teken_gezien(actor=parent, partij_pk=partij.pk, eens=True, tekst="", vandaag=VANDAAG)
    with pytest.raises(NotVisible):
        second(bij_partijen, actor=parent)
    with pytest.raises(NotVisible):
        second(bij_partijen, actor=mensen.iber)
    with pytest.raises(NotVisible):
        teken_gezien(actor=Actor(), partij_pk=ouder(other, 1).pk, eens=True, tekst="", vandaag=VANDAAG)
    assert not Zienswijze.objects.exists()


def test_an_old_link_does_nothing(bij_partijen: Aanvraag, mensen: Mensen) -> None:
    partij = ouder(bij_partijen, 1)
    old = via_link(partij)
    fresh = nodig_uit(actor=mensen.iber, pk=bij_partijen.pk, partij_pk=partij.pk, vandaag=VANDAAG)
    assert not isinstance(fresh, Refusal)
    with pytest.raises(NotVisible):
        teken_gezien(actor=old, partij_pk=partij.pk, eens=True, tekst="", vandaag=VANDAAG)
    trek_link_in(actor=mensen.iber, pk=bij_partijen.pk, partij_pk=partij.pk)
    with pytest.raises(NotVisible):
        teken_gezien(actor=via_link(partij), partij_pk=partij.pk, eens=True, tekst="", vandaag=VANDAAG)


def test_signing(bij_partijen: Aanvraag) -> None:
    version = bij_partijen.versie
    signed = sign(bij_partijen, eens=False, tekst=" Liever niet. ")
    assert isinstance(signed, Aanvraag)
    assert signed.versie == version + 1  # whoever is deciding now must look again
    view = Zienswijze.objects.get()
    assert (view.eens, view.tekst) == (False, "Liever niet.")
    again = sign(bij_partijen)
    assert isinstance(again, Refusal)
    assert again.code == "al_getekend"
    assert isinstance(sign(bij_partijen, 2), Aanvraag)


@pytest.mark.parametrize(("state", "allowed"), [(INGEDIEND, True), (TOEGEKEND, False), (CONCEPT, False)])
def test_signing_until_the_decision(mensen: Mensen, state: str, allowed: bool) -> None:
    row = in_staat(state, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    row.partijen.update(link_id=77)
    partij = ouder(row)
    answer = teken_gezien(actor=Actor(link_id=77), partij_pk=partij.pk, eens=True, tekst="", vandaag=VANDAAG)
    assert isinstance(answer, Aanvraag) is allowed


def test_no_place_sends_it_back(mensen: Mensen, bij_partijen: Aanvraag) -> None:
    first(mensen, bij_partijen)
    second(bij_partijen)
    sign(bij_partijen)
    without = meld_geen_plaats(actor=mensen.ortho, pk=bij_partijen.pk, versie=None, toelichting=" ", vandaag=VANDAAG)
    assert isinstance(without, Refusal)
    back = meld_geen_plaats(actor=mensen.ortho, pk=bij_partijen.pk, versie=None, toelichting="Vol.", vandaag=VANDAAG)
    assert isinstance(back, Aanvraag)
    assert (back.staat, back.gevraagde_school, back.plaats_bevestigd) == (CONCEPT, None, False)
    assert not Advies.objects.geldig().exists()
    assert not Zienswijze.objects.geldig().exists()
    with pytest.raises(NotVisible):
        bevestig_plaats(actor=mensen.ortho, pk=back.pk, versie=None, toelichting="", vandaag=VANDAAG)
    # The advices can be given anew.
    again = leg_voor(actor=mensen.iber, pk=back.pk, versie=None, vandaag=VANDAAG)
    assert not isinstance(again, Refusal)
    assert isinstance(first(mensen, back), Aanvraag)


def test_handing_in_needs_everything_but_a_signature(mensen: Mensen, bij_partijen: Aanvraag) -> None:
    def hand_in() -> Aanvraag | Refusal:
        return dien_in(actor=mensen.iber, pk=bij_partijen.pk, versie=None, vandaag=VANDAAG)

    assert getattr(hand_in(), "code", "") == "eerste_advies"
    first(mensen, bij_partijen)
    assert getattr(hand_in(), "code", "") == "plaats"
    bevestig_plaats(actor=mensen.ortho, pk=bij_partijen.pk, versie=None, toelichting="", vandaag=VANDAAG)
    assert getattr(hand_in(), "code", "") == "tweede_advies"
    second(bij_partijen)
    assert isinstance(hand_in(), Aanvraag)
    assert getattr(hand_in(), "code", "") == "staat"  # pressed twice


def test_an_orthopedagoog_who_opened_an_old_version(mensen: Mensen, bij_partijen: Aanvraag) -> None:
    sign(bij_partijen)
    answer = bevestig_plaats(
        actor=mensen.ortho, pk=bij_partijen.pk, versie=bij_partijen.versie, toelichting="", vandaag=VANDAAG
    )
    assert isinstance(answer, Refusal)
    assert answer.code == "verouderd"
