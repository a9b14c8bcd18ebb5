"""Documents of a dossier: stored encrypted, fetched by who sees the dossier or takes part in an application."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.models import Aanvraag, Leerling, Leerlingdocument
from ondersteuning.queries.documenten import leerlingdocument_mag_ophalen, link_mag_leerlingdocument_ophalen
from ondersteuning.queries.leerlingdossier import leerlingdossier, leerlingdossiers
from ondersteuning.services.leerlingdocumenten import kies_documenten, verwijder_document, voeg_document_toe
from ondersteuning.services.leerlingen import wijzig_gegevens
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.services.links import give_link
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import read_document
from swv_portal.jobs.services.uploads import Upload, accept_upload
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, LeerlingFactory, in_staat
from tests.ondersteuning.conftest import Mensen, deskundige, ouder
from tests.ondersteuning.services.test_leerlingen import ActorAls, code, maak

PDF = b"%PDF-1.7 Sam Testvogel\n%%EOF"


def add(mensen: Mensen, pupil: Leerling, soort: str = "opp") -> Leerlingdocument:
    upload = accept_upload(SimpleUploadedFile("sam-testvogel.pdf", PDF))
    assert isinstance(upload, Upload)
    made = voeg_document_toe(actor=mensen.iber, pk=pupil.pk, soort=soort, datum=VANDAAG, upload=upload, vandaag=VANDAAG)
    assert isinstance(made, Leerlingdocument), made
    return made


def application(mensen: Mensen, staat: str) -> tuple[Aanvraag, Leerlingdocument]:
    """An application in ``staat`` with one document that the school chose, and one that it did not."""
    row = in_staat(staat, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    chosen = add(mensen, row.leerling)
    add(mensen, row.leerling, "verslag")
    chosen.aanvragen.add(row)
    return row, chosen


def test_a_file_is_stored_without_its_own_name(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    row = add(mensen, pupil)
    assert row.document.naam == "opp-2025-03-10.pdf"
    assert read_document(row.document) == PDF
    with row.document.bestand.open("rb") as file:
        assert b"Testvogel" not in file.read()


def test_a_date_after_today_is_refused(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    upload = accept_upload(SimpleUploadedFile("x.pdf", PDF))
    assert isinstance(upload, Upload)
    answer = voeg_document_toe(
        actor=mensen.iber,
        pk=pupil.pk,
        soort="opp",
        datum=VANDAAG + timedelta(days=1),
        upload=upload,
        vandaag=VANDAAG,
    )
    assert code(answer) == "toekomst"
    assert not Document.objects.exists()


def test_who_fetches_a_document_of_the_dossier(mensen: Mensen, actor_als: ActorAls) -> None:
    pupil = maak(mensen.iber, mensen.school)
    document = add(mensen, pupil).document
    for actor, may in (
        (mensen.iber, True),
        (mensen.swv, True),
        (mensen.ortho, False),
        (actor_als(Rol.IBER, SchoolFactory()), False),
        (actor_als(Rol.CONTROLLER), False),
        (actor_als(Rol.SCHOOLBESTUURDER, mensen.school.bestuur), False),
    ):
        assert leerlingdocument_mag_ophalen(actor.bereik, document) is may


def test_the_receiving_school_fetches_what_goes_with_the_application(mensen: Mensen) -> None:
    row, chosen = application(mensen, procedure.BIJ_PARTIJEN)
    other = Leerlingdocument.objects.exclude(pk=chosen.pk).get()
    assert leerlingdocument_mag_ophalen(mensen.ortho.bereik, chosen.document)
    assert not leerlingdocument_mag_ophalen(mensen.ortho.bereik, other.document)
    Aanvraag.objects.filter(pk=row.pk).update(gevraagde_school=None)
    assert not leerlingdocument_mag_ophalen(mensen.ortho.bereik, chosen.document)


@pytest.mark.parametrize("wie", [ouder, deskundige])
def test_parties_fetch_it_by_their_newest_link(mensen: Mensen, wie: Any) -> None:
    row, chosen = application(mensen, procedure.BIJ_PARTIJEN)
    other = Leerlingdocument.objects.exclude(pk=chosen.pk).get()
    party = wie(row)
    given = give_link(
        soort="ondersteuning.ouder", onderwerp_id=party.pk, naam=party.label, geldig_dagen=9, actor=mensen.iber
    )
    link = PersoonlijkeLink.objects.get(pk=given.link.pk)
    assert not link_mag_leerlingdocument_ophalen(link, chosen.document)
    party.link_id = link.pk
    party.save()
    assert link_mag_leerlingdocument_ophalen(link, chosen.document)
    assert not link_mag_leerlingdocument_ophalen(link, other.document)
    for state in (procedure.CONCEPT, procedure.INGETROKKEN):
        day = VANDAAG if state == procedure.INGETROKKEN else None
        Aanvraag.objects.filter(pk=row.pk).update(staat=state, afgesloten_op=day, bewaren_tot=day)
        assert not link_mag_leerlingdocument_ophalen(link, chosen.document)


def test_choosing_the_documents_of_an_application(mensen: Mensen) -> None:
    row = in_staat(procedure.CONCEPT, verwijzende_school=mensen.school)
    first, second = add(mensen, row.leerling), add(mensen, row.leerling, "verslag")
    done = kies_documenten(actor=mensen.iber, pk=row.pk, versie=1, documenten=[first.pk])
    assert isinstance(done, Aanvraag)
    assert list(row.leerlingdocumenten.all()) == [first]
    assert code(kies_documenten(actor=mensen.iber, pk=row.pk, versie=1, documenten=[])) == "verouderd"
    done = kies_documenten(actor=mensen.iber, pk=row.pk, versie=2, documenten=[second.pk])
    assert isinstance(done, Aanvraag)
    assert list(row.leerlingdocumenten.all()) == [second]


def test_documents_of_another_pupil_do_not_exist(mensen: Mensen) -> None:
    row = in_staat(procedure.CONCEPT, verwijzende_school=mensen.school)
    stranger = add(mensen, LeerlingFactory(school=mensen.school, voornamen="Ander"))
    with pytest.raises(Http404):
        kies_documenten(actor=mensen.iber, pk=row.pk, versie=1, documenten=[stranger.pk])
    assert not row.leerlingdocumenten.exists()


@pytest.mark.parametrize("staat", [procedure.BIJ_PARTIJEN, procedure.INGEDIEND, procedure.TOEGEKEND])
def test_what_others_read_does_not_change(mensen: Mensen, staat: str) -> None:
    row, chosen = application(mensen, staat)
    assert code(kies_documenten(actor=mensen.iber, pk=row.pk, versie=1, documenten=[])) == "staat"
    pupil = Leerling.objects.get(pk=row.leerling_id)
    gone = verwijder_document(actor=mensen.iber, pk=pupil.pk, document=chosen.pk, versie=pupil.versie, vandaag=VANDAAG)
    assert code(gone) == "in_gebruik"
    assert row.kenmerk in gone.zin  # type: ignore[union-attr]
    assert Leerlingdocument.objects.filter(pk=chosen.pk).exists()


def test_an_application_outside_reach_is_not_named(mensen: Mensen, actor_als: ActorAls) -> None:
    """The pupil went to another school: that reads the dossier, not what the former school filed."""
    row, chosen = application(mensen, procedure.BIJ_PARTIJEN)
    new = SchoolFactory()
    Leerling.objects.filter(pk=row.leerling_id).update(school=new)
    there, staff = actor_als(Rol.IBER, new), mensen.swv
    shown = {}
    for name, actor in (("new", there), ("staff", staff)):
        page = leerlingdossier(leerlingdossiers(actor.bereik, VANDAAG).get(pk=row.leerling_id), actor.bereik)
        lines = [line.wat for line in page.documenten if line.pk == chosen.pk]
        shown[name] = " ".join([*lines, *(who.wie for who in page.kijkers)])
    assert row.kenmerk in shown["staff"]
    assert row.kenmerk not in shown["new"]
    assert "bij een aanvraag die u niet ziet" in shown["new"]
    versie = Leerling.objects.get(pk=row.leerling_id).versie
    gone = verwijder_document(actor=there, pk=row.leerling_id, document=chosen.pk, versie=versie, vandaag=VANDAAG)
    named = wijzig_gegevens(
        actor=there, pk=row.leerling_id, versie=versie, gegevens={"voornamen": "Anders"}, vandaag=VANDAAG
    )
    for refused, expected in ((gone, "in_gebruik"), (named, "ligt_vast")):
        assert code(refused) == expected
        assert row.kenmerk not in refused.zin  # type: ignore[union-attr]


def test_deleting_takes_the_file_away(
    mensen: Mensen, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    pupil = maak(mensen.iber, mensen.school)
    row = add(mensen, pupil)
    storage, name = row.document.bestand.storage, row.document.bestand.name
    old = verwijder_document(actor=mensen.iber, pk=pupil.pk, document=row.pk, versie=1, vandaag=VANDAAG)
    assert code(old) == "verouderd"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        gone = verwijder_document(actor=mensen.iber, pk=pupil.pk, document=row.pk, versie=2, vandaag=VANDAAG)
    assert isinstance(gone, Leerling), gone
    assert not Leerlingdocument.objects.exists()
    assert not Document.objects.exists()
    assert not storage.exists(name)
    with pytest.raises(Http404):
        verwijder_document(actor=mensen.iber, pk=pupil.pk, document=row.pk, versie=3, vandaag=VANDAAG)
