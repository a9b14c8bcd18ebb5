"""The same pupil twice at the same moment: real threads, each with its own connection."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ondersteuning.models import BaoBao, EerdereDeelnemer, Leerling, Overeenkomst, Terugplaatsing, Verzuimmelding
from ondersteuning.services.baobao import begin_baobao
from ondersteuning.services.overeenkomst import geef_door
from ondersteuning.services.terugplaatsing import begin_terugplaatsing
from ondersteuning.services.verzuimmelding import meld
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, SoFactory
from tests.factories.overeenkomsten import overeenkomst
from tests.factories.overstap import baobao
from tests.ondersteuning.services.test_besluit import at_once

KEER = 6
NAAM = {"voornamen": "Mila", "achternaam": "Kanariepiet", "geboortedatum": date(2016, 4, 3)}


def codes(answers: list[Any]) -> list[str]:
    """The refusals among the answers; ``ja`` for what was made."""
    flat = [answer[0] if isinstance(answer, list) else answer for answer in answers]
    return sorted(answer.code if isinstance(answer, Refusal) else "ja" for answer in flat if answer is not None)


@pytest.fixture
def iber(transactional_db: None, actor_als: Callable[..., Actor]) -> tuple[Actor, Any]:
    SamenwerkingsverbandFactory()
    school = SchoolFactory()
    return actor_als(Rol.IBER, school), school


@pytest.mark.parametrize("known", [True, False])
def test_one_bao_bao_overstap(iber: tuple[Actor, Any], known: bool) -> None:
    (actor, school), new, today = iber, SchoolFactory(), timezone.localdate()
    who = {"leerling": LeerlingFactory(school=school).pk} if known else NAAM
    data = {**who, "naar_school": new.pk, "overstap_op": today}
    answers = at_once([lambda: begin_baobao(actor=actor, school_id=school.pk, gegevens=data, vandaag=today)] * KEER)
    assert codes(answers) == sorted(["ja", *["loopt_al" if known else "bestaat_al"] * (KEER - 1)])
    assert (BaoBao.objects.count(), Leerling.objects.count()) == (1, 1)


@pytest.mark.parametrize("known", [True, False])
def test_one_terugplaatsing(transactional_db: None, actor_als: Callable[..., Actor], known: bool) -> None:
    SamenwerkingsverbandFactory()
    so, new, today = SoFactory(), SchoolFactory(), timezone.localdate()
    place = PlaatsingFactory(school_ontvangend=so, categorie="I", begin=date(2023, 8, 1), einde=date(2099, 7, 31))
    pupils = [{"leerling": LeerlingFactory(school=so).pk} for _ in range(KEER)] if known else [NAAM] * KEER
    actor = actor_als(Rol.IBER, so)
    plan = {"tlv": place.verwijzing, "naar_school": new.pk, "herkomst": "andere", "overstap_op": today}

    def begin(who: dict[str, Any]) -> Callable[[], Any]:
        return lambda: begin_terugplaatsing(actor=actor, school_id=so.pk, gegevens=plan | who, vandaag=today)

    answers = at_once([begin(who) for who in pupils])
    assert codes(answers) == sorted(["ja", *["al_terug"] * (KEER - 1)])
    assert Terugplaatsing.objects.count() == 1
    assert Leerling.objects.count() == (KEER if known else 1)


def test_one_report_of_a_typed_pupil(iber: tuple[Actor, Any]) -> None:
    (actor, school), today = iber, timezone.localdate()
    values: dict[str, Any] = {
        "soort": "ongeoorloofd",
        "vrijstelling": False,
        "eerste_dag": today,
        "laatste_aanwezig": None,
        "dagen_per_week": Decimal(5),
        "oorzaak": "onbekend",
        "toelichting": "",
        "bestuur_gemeld_op": None,
        "leerplicht_gemeld_op": None,
    }
    known: dict[str, Any] = {"leerling_id": None, "nieuwe_leerling": NAAM}
    work = lambda: meld(actor=actor, school_id=school.pk, waarden=values, vandaag=today, **known)  # noqa: E731
    answers = at_once([work] * KEER)
    assert codes(answers) == sorted(["bestaat_al"] * (KEER - 1) + ["ja"])
    assert (Verzuimmelding.objects.count(), Leerling.objects.count()) == (1, 1)


def test_a_dws_place_is_passed_on_once_and_the_others_hear_why(
    transactional_db: None, actor_als: Callable[..., Actor]
) -> None:
    SamenwerkingsverbandFactory()
    today = timezone.localdate()
    row = overeenkomst("lopend", "dws", vandaag=today)
    actor = actor_als(Rol.IBER, row.school)
    said = {"vanaf": today, "groep": "6", "doelen": "Meer rust.", "toestemming_op": today}

    def pass_on(pupil: Leerling) -> Callable[[], Any]:
        return lambda: geef_door(
            actor=actor,
            pk=row.pk,
            versie=row.versie,
            leerling_id=pupil.pk,
            nieuwe_leerling={},
            waarden=said,
            vandaag=today,
        )

    answers = at_once([pass_on(LeerlingFactory(school=row.school)) for _ in range(KEER)])
    assert codes(answers) == sorted(["ja", *["verouderd"] * (KEER - 1)])
    assert EerdereDeelnemer.objects.count() == 1
    assert all(isinstance(answer, Overeenkomst | Refusal) for answer in answers)


def test_the_database_holds_one_running_overstap_of_a_kind(db: None) -> None:
    today = timezone.localdate()
    first = baobao("gevraagd", vandaag=today)
    with pytest.raises(IntegrityError, match="overstap_een_lopend"), transaction.atomic():
        baobao("concept", vandaag=today, leerling=first.leerling, van_school=first.van_school)
    baobao("definitief", vandaag=today, leerling=first.leerling, van_school=first.van_school)
