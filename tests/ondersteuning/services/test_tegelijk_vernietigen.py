"""A dossier is destroyed while somebody works in it: it stays whole, or it is gone; real threads."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Bezwaar, Leerling, Leerlingdocument, Overeenkomst, Overstap, Verzuimmelding
from ondersteuning.services.aanvraag import begin_aanvraag
from ondersteuning.services.baobao import begin_baobao
from ondersteuning.services.bezwaar import Opgave, leg_bezwaar_vast
from ondersteuning.services.leerlingdocumenten import voeg_document_toe
from ondersteuning.services.overeenkomst import begin_overeenkomst
from ondersteuning.services.vernietigen import vernietig, vernietig_leerling
from ondersteuning.services.verzuimmelding import meld
from swv_portal.access.actors import Actor
from swv_portal.audit.models import Vernietiging
from swv_portal.common.scoping import Rol
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import accept_upload
from swv_portal.jobs.services.uploads import Upload
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, bekendgemaakt, in_staat
from tests.ondersteuning.services.test_besluit import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KEER = 4
Werk = Callable[[Actor, Leerling, date], Any]


def _upload() -> Upload:
    accepted = accept_upload(SimpleUploadedFile("verslag.pdf", b"%PDF-1.7\n%%EOF"))
    assert isinstance(accepted, Upload), accepted
    return accepted


def _document(actor: Actor, pupil: Leerling, today: date) -> Any:
    return voeg_document_toe(actor=actor, pk=pupil.pk, soort="verslag", datum=today, upload=_upload(), vandaag=today)


def _aanvraag(actor: Actor, pupil: Leerling, today: date) -> Any:
    return begin_aanvraag(actor=actor, school_id=pupil.school_id or 0, route="A", leerling_id=pupil.pk, vandaag=today)


def _overeenkomst(actor: Actor, pupil: Leerling, today: date) -> Any:
    own = {"school_id": pupil.school_id or 0, "leerling_id": pupil.pk, "nieuwe_leerling": {}}
    return begin_overeenkomst(actor=actor, soort="dws", vandaag=today, **own)  # type: ignore[arg-type]


def _baobao(actor: Actor, pupil: Leerling, today: date) -> Any:
    plan = {"leerling": pupil.pk, "naar_school": SchoolFactory().pk, "overstap_op": today}
    return begin_baobao(actor=actor, school_id=pupil.school_id or 0, gegevens=plan, vandaag=today)


def _melding(actor: Actor, pupil: Leerling, today: date) -> Any:
    values: dict[str, Any] = {"soort": "ongeoorloofd", "oorzaak": "jeugdhulp", "toelichting": "", "vrijstelling": False}
    values |= {"eerste_dag": today, "laatste_aanwezig": None, "dagen_per_week": Decimal(5)}
    values |= {"bestuur_gemeld_op": None, "leerplicht_gemeld_op": None}
    pk, school = pupil.pk, pupil.school_id or 0
    return meld(actor=actor, school_id=school, leerling_id=pk, nieuwe_leerling={}, waarden=values, vandaag=today)


def _or_gone(work: Callable[[], Any]) -> Any:
    """What came of it; ``None``: the dossier does not exist (any more), as the page then says."""
    try:
        return work()
    except NotVisible:
        return None


@pytest.mark.parametrize(
    ("werk", "model"),
    [
        (_document, Leerlingdocument),
        (_aanvraag, Aanvraag),
        (_overeenkomst, Overeenkomst),
        (_baobao, Overstap),
        (_melding, Verzuimmelding),
    ],
)
def test_what_somebody_begins_keeps_the_dossier_or_comes_too_late(
    actor_als: Callable[..., Actor], own_folder: Path, werk: Werk, model: Any
) -> None:
    SamenwerkingsverbandFactory()
    today, school = timezone.localdate(), SchoolFactory()
    actor, past = actor_als(Rol.IBER, school), timezone.localdate() - timedelta(days=1)
    pupils = [
        LeerlingFactory(school=school, geboortedatum=f"2017-05-{n + 1:02d}", bewaren_tot=past) for n in range(KEER)
    ]
    work: list[Any] = []
    for pupil in pupils:
        work.append(lambda pupil=pupil: vernietig_leerling(pk=pupil.pk, vandaag=today))
        work.append(lambda pupil=pupil: _or_gone(lambda: werk(actor, pupil, today)))
    answers = at_once(work)
    kept = 0
    for pupil, destroyed, made in zip(pupils, answers[::2], answers[1::2], strict=True):
        there = Leerling.objects.filter(pk=pupil.pk).exists()
        assert there is not destroyed
        assert isinstance(made, model) is there, made
        assert model.objects.filter(leerling=pupil.pk).count() == there
        kept += there
    assert Document.objects.count() == (kept if model is Leerlingdocument else 0)
    assert sum(each.is_file() for each in own_folder.rglob("*")) == Document.objects.count()


def test_an_objection_keeps_the_dossier_or_comes_too_late(actor_als: Callable[..., Actor]) -> None:
    """The last day of keeping has passed, and an objection comes in at the moment that the night clears it away."""
    SamenwerkingsverbandFactory()
    actor, today, rows = actor_als(Rol.SWV_MEDEWERKER), timezone.localdate(), []
    for _ in range(KEER):
        row = bekendgemaakt(in_staat(TOEGEKEND, vandaag=today - timedelta(days=1500)))
        Aanvraag.objects.filter(pk=row.pk).update(bewaren_tot=today - timedelta(days=1))
        rows.append(row)
    said = Opgave("besluit", "ouder_1", today, "Te ver weg.")
    work: list[Any] = []
    for row in rows:
        objection = lambda row=row: leg_bezwaar_vast(actor=actor, pk=row.pk, opgave=said, vandaag=today)  # noqa: E731
        work += [lambda row=row: vernietig(pk=row.pk, vandaag=today), lambda say=objection: _or_gone(say)]
    answers = at_once(work)
    for row, destroyed, made in zip(rows, answers[::2], answers[1::2], strict=True):
        assert Aanvraag.objects.filter(pk=row.pk).exists() is not destroyed
        assert isinstance(made, Bezwaar) is not destroyed
        assert Bezwaar.objects.filter(aanvraag=row.pk).count() == (not destroyed)
        until = Aanvraag.objects.filter(pk=row.pk).values_list("bewaren_tot", flat=True).first()
        assert destroyed or (until is not None and until > today)  # the objection has to be decided on first


def test_the_night_destroys_a_dossier_and_its_application_once(actor_als: Callable[..., Actor]) -> None:
    """Both are due on the same night and two workers take one each: nobody is in the way of the other."""
    SamenwerkingsverbandFactory()
    today, past = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    rows = [bekendgemaakt(in_staat(TOEGEKEND, vandaag=today - timedelta(days=1500))) for _ in range(KEER)]
    Aanvraag.objects.update(bewaren_tot=past)
    Leerling.objects.update(bewaren_tot=past, gewijzigd_op=today - timedelta(days=1500))
    work: list[Any] = []
    for row in rows:
        work += [
            lambda row=row: vernietig(pk=row.pk, vandaag=today),
            lambda row=row: vernietig_leerling(pk=row.leerling_id, vandaag=today),
        ]
    answers = at_once(work)
    assert all(isinstance(answer, bool) for answer in answers), answers
    assert not Aanvraag.objects.exists()
    assert not Leerling.objects.exists()
    for what in ("dossier van een leerling", "gegevens van een leerling"):
        assert Vernietiging.objects.filter(soort=what).count() == KEER
