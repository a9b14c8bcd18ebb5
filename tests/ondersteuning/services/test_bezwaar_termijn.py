"""The term to decide on an objection stands still while an omission must be repaired, and is kept on the row."""

from datetime import date
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Bezwaar, Herstelverzoek
from ondersteuning.services.bezwaar import trek_bezwaar_in
from ondersteuning.services.bezwaar_termijn import (
    leg_herstel_vast,
    verdaag,
    vraag_herstel,
    werk_bezwaartermijnen_bij,
)
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_besluit import staff
from tests.ondersteuning.services.test_bezwaar import announced, recorded

ASKED, UNTIL = date(2025, 5, 1), date(2025, 5, 15)


@pytest.fixture
def bezwaar(mensen: Mensen) -> Bezwaar:
    """Received on 1 April; without anything else it is decided on 15 July at the latest."""
    return recorded(announced(mensen, TOEGEKEND))


def ask(row: Bezwaar, **changes: Any) -> Bezwaar | Refusal:
    values = {
        "actor": staff(),
        "versie": None,
        "gevraagd_op": ASKED,
        "uiterlijk": UNTIL,
        "toelichting": "De handtekening ontbreekt.",
        "vandaag": ASKED,
    }
    return vraag_herstel(pk=row.pk, **(values | changes))


def repair(row: Bezwaar, day: date, *, vandaag: date | None = None) -> Bezwaar | Refusal:
    return leg_herstel_vast(actor=staff(), pk=row.pk, versie=None, dag=day, vandaag=vandaag or day)


def test_asked_moved_on_every_night_and_repaired(bezwaar: Bezwaar) -> None:
    done = ask(bezwaar, versie=bezwaar.versie)
    assert isinstance(done, Bezwaar), done
    assert (done.beslis_uiterlijk, done.opgeschort) == (date(2025, 7, 15), 0)  # it stands still from tomorrow
    assert werk_bezwaartermijnen_bij(vandaag=date(2025, 5, 6)) == 1
    bezwaar.refresh_from_db()
    assert (bezwaar.beslis_uiterlijk, bezwaar.opgeschort) == (date(2025, 7, 21), 5)  # five days more is a Sunday
    fixed = repair(bezwaar, date(2025, 5, 9), vandaag=date(2025, 5, 12))
    assert isinstance(fixed, Bezwaar), fixed
    assert (fixed.beslis_uiterlijk, fixed.opgeschort) == (date(2025, 7, 22), 7)
    assert werk_bezwaartermijnen_bij(vandaag=date(2025, 5, 20)) == 0
    told = list(Event.objects.filter(soort__startswith="bezwaar.herst").order_by("pk").values_list("tekst", flat=True))
    assert told == [
        "Heeft gevraagd om een verzuim in het bezwaar te herstellen, uiterlijk op 15 mei 2025.",
        "Wat in het bezwaar ontbrak, is ontvangen op 9 mei 2025.",
    ]


def test_a_second_one_and_an_extension_after_it(bezwaar: Bezwaar) -> None:
    ask(bezwaar)
    again = ask(bezwaar, gevraagd_op=date(2025, 5, 10), uiterlijk=date(2025, 5, 20), vandaag=date(2025, 5, 10))
    assert isinstance(again, Refusal)
    assert again.code == "loopt_al"
    second = ask(bezwaar, gevraagd_op=date(2025, 6, 9), uiterlijk=date(2025, 6, 23), vandaag=date(2025, 6, 9))
    assert isinstance(second, Bezwaar)
    # Both times passed unused: 14 days and 14 days.
    werk_bezwaartermijnen_bij(vandaag=date(2025, 6, 30))
    bezwaar.refresh_from_db()
    assert (bezwaar.beslis_uiterlijk, bezwaar.opgeschort) == (date(2025, 8, 12), 28)
    longer = verdaag(actor=staff(), pk=bezwaar.pk, versie=None, toelichting="Druk.", vandaag=date(2025, 8, 12))
    assert isinstance(longer, Bezwaar), longer
    assert longer.beslis_uiterlijk == date(2025, 9, 23)
    # What comes in late is recorded, at the newest request, and changes nothing any more.
    late = repair(bezwaar, date(2025, 8, 13))
    assert isinstance(late, Bezwaar)
    assert late.beslis_uiterlijk == date(2025, 9, 23)
    assert [row.hersteld_op for row in Herstelverzoek.objects.order_by("pk")] == [None, date(2025, 8, 13)]


def test_extending_knows_that_the_term_stood_still(bezwaar: Bezwaar) -> None:
    """Nobody brought the row up to date in the night; the rule looks at the days themselves."""
    ask(bezwaar)
    answer = verdaag(actor=staff(), pk=bezwaar.pk, versie=None, toelichting="Druk.", vandaag=date(2025, 7, 29))
    assert isinstance(answer, Bezwaar), answer


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"toelichting": " "}, "toelichting", "toelichting"),
        ({"gevraagd_op": date(2025, 5, 2)}, "gevraagd", "gevraagd_op"),
        ({"gevraagd_op": date(2025, 3, 31)}, "gevraagd", "gevraagd_op"),
        ({"uiterlijk": ASKED}, "uiterlijk", "uiterlijk"),
        ({"uiterlijk": date(2025, 7, 1)}, "uiterlijk", "uiterlijk"),
        ({"versie": 99}, "verouderd", None),
    ],
)
def test_asking_refused(bezwaar: Bezwaar, changes: dict[str, Any], code: str, field: str | None) -> None:
    answer = ask(bezwaar, **changes)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.veld) == (code, field)
    assert not Herstelverzoek.objects.exists()


def test_repairing_refused(bezwaar: Bezwaar) -> None:
    nothing = repair(bezwaar, ASKED)
    assert isinstance(nothing, Refusal)
    assert nothing.code == "geen_verzoek"
    ask(bezwaar)
    for day in (date(2025, 4, 30), date(2025, 5, 3)):
        answer = repair(bezwaar, day, vandaag=date(2025, 5, 2))
        assert isinstance(answer, Refusal)
        assert answer.veld == "dag"
    trek_bezwaar_in(actor=staff(), pk=bezwaar.pk, versie=None, vandaag=ASKED)
    for answer in (ask(bezwaar), repair(bezwaar, ASKED)):
        assert isinstance(answer, Refusal)
        assert answer.code == "staat"


def test_only_the_swv(bezwaar: Bezwaar, mensen: Mensen, actor_als: Any) -> None:
    for actor in (mensen.iber, actor_als(Rol.CONTROLLER)):
        with pytest.raises(NotVisible):
            ask(bezwaar, actor=actor)


def test_the_dossier_is_kept_longer_with_it(bezwaar: Bezwaar) -> None:
    Aanvraag.objects.filter(pk=bezwaar.aanvraag_id).update(bewaren_tot=date(2025, 6, 1))
    ask(bezwaar)
    assert Aanvraag.objects.get(pk=bezwaar.aanvraag_id).bewaren_tot == date(2028, 7, 15)
