"""The words of the letter of a decision: who did not agree or sign, and only what the procedure knows."""

import pytest
from django.template.loader import render_to_string

from ondersteuning.domain.aanvraag import OUDER, TOEGEKEND
from ondersteuning.models import Aanvraag, Zienswijze
from ondersteuning.reports import SJABLOON, besluitbrief
from tests.factories.ondersteuning import VANDAAG, in_staat
from tests.ondersteuning.conftest import Mensen


def letter(row: Aanvraag) -> str:
    row = Aanvraag.objects.get(pk=row.pk)
    context = {"rapport": besluitbrief(row, dag=VANDAAG), "swv_naam": "SWV", "versie": 1, "gemaakt_op": VANDAAG}
    return " ".join(render_to_string(SJABLOON, context | {"titel": "Besluit"}).split())


@pytest.fixture
def toegekend(mensen: Mensen) -> Aanvraag:
    row = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    assert row.partijen.filter(soort=OUDER).exclude(naam="").count() == 2
    return row


def sign(row: Aanvraag, *answers: bool) -> None:
    parents = row.partijen.filter(soort=OUDER).order_by("volgnummer")
    for parent, agrees in zip(parents, answers, strict=False):
        Zienswijze.objects.create(aanvraag=row, partij=parent, eens=agrees, gezien_op=VANDAAG)


def test_the_letter_states_what_the_procedure_knows(toegekend: Aanvraag) -> None:
    sign(toegekend, True, True)
    text = letter(toegekend)
    assert "De ouders konden de aanvraag lezen en zeggen wat zij ervan vinden." in text
    assert "spraken samen" not in text
    assert "Niet iedereen was het eens" not in text
    assert "Niet getekend" not in text


@pytest.mark.parametrize(
    ("answers", "who", "unsigned"),
    [((False, True), "een van de ouders", ""), ((False, False), "de ouders", ""), ((), "", "de ouders")],
)
def test_parents_are_named_as_parents(toegekend: Aanvraag, answers: tuple[bool, ...], who: str, unsigned: str) -> None:
    sign(toegekend, *answers)
    text = letter(toegekend)
    assert (f"Niet iedereen was het eens met de aanvraag: {who}.</p>" in text) is bool(who)
    assert (f"Niet getekend voor gezien: {unsigned}." in text) is bool(unsigned)
    assert "ouder 1" not in text


def test_a_single_parent_is_the_parent(toegekend: Aanvraag) -> None:
    toegekend.partijen.filter(soort=OUDER, volgnummer=2).update(naam="")
    sign(toegekend, False)
    assert "Niet iedereen was het eens met de aanvraag: de ouder.</p>" in letter(toegekend)


def test_experts_are_named_by_their_role_and_school(toegekend: Aanvraag) -> None:
    sign(toegekend, False, True)
    toegekend.adviezen.update(steunt=False)
    school = toegekend.ontvangende_school
    assert school is not None
    who = f"een van de ouders en de deskundige van {school.naam} en de tweede deskundige"
    assert f"Niet iedereen was het eens met de aanvraag: {who}.</p>" in letter(toegekend)
