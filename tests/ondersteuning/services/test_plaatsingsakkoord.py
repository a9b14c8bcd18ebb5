"""The plaatsingsakkoord through the services: by the IKC and by the SWV, with the consent, to the invoice."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from ondersteuning.domain.aanvraag import CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, Leerling, Plaatsing
from ondersteuning.queries.factureren import factuurregels, per_swv
from ondersteuning.queries.lijst import zoek
from ondersteuning.queries.routefeiten import AKKOORD
from ondersteuning.services.aanvraag import dien_in, trek_in
from ondersteuning.services.aanvraagbestand import AKKOORDBESTAND, bewaar_bestand
from ondersteuning.services.beginnen import begin_plaatsingsakkoord
from ondersteuning.services.berichten import waarschuw_school
from ondersteuning.services.vernietigen import vernietig
from swv_portal.access.actors import Actor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import documents_of, read_document
from swv_portal.jobs.services.uploads import Upload, accept_upload
from tests.factories.ondersteuning import SboFactory
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.routes import MAART, bewaar, ingediend, toegekend
from tests.ondersteuning.services.test_weg import run_jobs

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LEERLING = {"voornamen": "Mila Test", "achternaam": "Kanariepiet", "geboortedatum": date(2017, 5, 4), "groep": "4"}
ANDER = {"ander_swv_code": "PO3004", "ander_swv_naam": "SWV Duinstreek", "ander_tlvnummer": "PO3004-2425-0012"}
PERIODE = {"gewenst_van": date(2025, 8, 1), "gewenst_tot": date(2027, 7, 31)}


@pytest.fixture
def directeur(mensen: Mensen, actor_als: Callable[..., Actor]) -> Actor:
    return actor_als(Rol.SCHOOLDIRECTEUR, mensen.ikc)


def bestand() -> Upload:
    upload = accept_upload(SimpleUploadedFile("akkoord Kanariepiet.pdf", PDF))
    assert isinstance(upload, Upload), upload
    return upload


def met_akkoord(actor: Actor, made: Aanvraag) -> Aanvraag:
    answer = bewaar_bestand(
        soort=AKKOORDBESTAND, actor=actor, pk=made.pk, versie=made.versie, upload=bestand(), vandaag=MAART
    )
    assert isinstance(answer, Aanvraag), answer
    return answer


def ingevuld(actor: Actor, school_id: int | None, ikc_id: int) -> Aanvraag:
    made = begin_plaatsingsakkoord(actor=actor, school_id=school_id, vandaag=MAART)
    assert isinstance(made, Aanvraag), made
    school = {"ontvangende_school": ikc_id, **PERIODE}
    return bewaar(actor, made, {"leerling": LEERLING, "akkoord": ANDER, "school": school})


def test_the_whole_way_by_the_ikc(mensen: Mensen, directeur: Actor) -> None:
    made = ingevuld(directeur, mensen.ikc.pk, mensen.ikc.pk)
    assert (made.route, made.categorie, made.verwijzende_school) == ("PA", "SBO", None)
    assert made.leerling.school is None
    assert not Leerling.objects.visible_to(directeur.bereik).exists()
    assert [hit.titel for hit in zoek(directeur.bereik, "Kanariepiet")] == [f"Aanvraag {made.kenmerk}"]
    assert made.kenmerk.startswith("PA-2425-")
    without = dien_in(actor=directeur, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(without, Refusal)
    assert without.code == "akkoord"
    made = met_akkoord(directeur, made)
    made = ingediend(directeur, made)
    assert (made.staat, made.gevraagde_school) == (INGEDIEND, mensen.ikc)
    assert not made.partijen.exists()
    granted = toegekend(mensen.swv, made, date(2025, 8, 1), date(2027, 7, 31))
    run_jobs()
    granted.refresh_from_db()
    assert (granted.staat, granted.tlvnummer) == (TOEGEKEND, None)
    assert (granted.kostendrager, granted.betaalreden) == ("ander_swv", "ander_swv")
    assert granted.leerling.school == mensen.ikc
    assert Leerling.objects.visible_to(directeur.bereik).get() == granted.leerling
    place = Plaatsing.objects.get(aanvraag=granted)
    assert (place.verwijzing, place.categorie, place.kostendrager) == (granted.kenmerk, "SBO", "ander_swv")
    lines = factuurregels(mensen.swv.bereik, Schooljaar(2025))
    assert [(line.code, line.verwijzing, line.tlvnummer, line.maanden) for line in lines] == [
        ("PO3004", granted.kenmerk, "PO3004-2425-0012", 12)
    ]
    assert [name for name, _ in per_swv(lines)] == ["SWV Duinstreek (PO3004)"]
    assert factuurregels(mensen.swv.bereik, Schooljaar(2024)) == []


def test_the_swv_starts_it(mensen: Mensen, directeur: Actor) -> None:
    made = ingevuld(mensen.swv, None, mensen.ikc.pk)
    assert not Aanvraag.objects.visible_to(directeur.bereik).filter(pk=made.pk).exists()
    made = ingediend(mensen.swv, met_akkoord(mensen.swv, made))
    # From now on the IKC takes part.
    assert Aanvraag.objects.visible_to(directeur.bereik).filter(pk=made.pk).exists()
    assert made.deelnemende_school == mensen.ikc


def test_the_file_is_encrypted_and_replaced(mensen: Mensen, directeur: Actor) -> None:
    made = ingevuld(directeur, mensen.ikc.pk, mensen.ikc.pk)
    made = met_akkoord(directeur, met_akkoord(directeur, made))
    document = documents_of(made, AKKOORD).get()
    assert read_document(document) == PDF
    with document.bestand.open("rb") as file:
        assert b"PDF" not in file.read()
    assert "Kanariepiet" not in document.naam


def test_our_own_code_is_refused(mensen: Mensen, directeur: Actor) -> None:
    made = met_akkoord(directeur, ingevuld(directeur, mensen.ikc.pk, mensen.ikc.pk))
    made = bewaar(directeur, made, {"akkoord": {**ANDER, "ander_swv_code": "PO9901"}})
    answer = dien_in(actor=directeur, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(answer, Refusal)
    assert answer.code == "eigen_swv"


def test_only_an_ikc_and_the_swv(mensen: Mensen, actor_als: Callable[..., Actor]) -> None:
    sbo = SboFactory(is_ikc=False)
    answer = begin_plaatsingsakkoord(actor=actor_als(Rol.IBER, sbo), school_id=sbo.pk, vandaag=MAART)
    assert isinstance(answer, Refusal)
    assert answer.code == "school"
    from_school = begin_plaatsingsakkoord(actor=mensen.iber, school_id=None, vandaag=MAART)
    assert isinstance(from_school, Refusal)
    assert from_school.code == "rol"
    with pytest.raises(NotVisible):
        begin_plaatsingsakkoord(actor=mensen.iber, school_id=mensen.ikc.pk, vandaag=MAART)


def test_who_may_add_the_consent(mensen: Mensen, directeur: Actor) -> None:
    made = ingevuld(directeur, mensen.ikc.pk, mensen.ikc.pk)
    with pytest.raises(NotVisible):
        bewaar_bestand(
            soort=AKKOORDBESTAND, actor=mensen.iber, pk=made.pk, versie=made.versie, upload=bestand(), vandaag=MAART
        )
    stale = bewaar_bestand(
        soort=AKKOORDBESTAND, actor=directeur, pk=made.pk, versie=made.versie - 1, upload=bestand(), vandaag=MAART
    )
    assert isinstance(stale, Refusal)
    assert stale.code == "verouderd"
    made = ingediend(directeur, met_akkoord(directeur, made))
    late = bewaar_bestand(
        soort=AKKOORDBESTAND, actor=directeur, pk=made.pk, versie=made.versie, upload=bestand(), vandaag=MAART
    )
    assert isinstance(late, Refusal)
    assert late.code == "staat"


def test_withdrawn_by_who_started_it(mensen: Mensen, directeur: Actor) -> None:
    made = ingevuld(directeur, mensen.ikc.pk, mensen.ikc.pk)
    assert made.staat == CONCEPT
    answer = trek_in(actor=directeur, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(answer, Aanvraag)
    assert Aanvraag.objects.visible_to(directeur.bereik).filter(pk=made.pk).exists()


def test_the_consent_is_destroyed_with_the_application(mensen: Mensen, directeur: Actor) -> None:
    made = met_akkoord(directeur, ingevuld(directeur, mensen.ikc.pk, mensen.ikc.pk))
    withdrawn = trek_in(actor=directeur, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(withdrawn, Aanvraag)
    assert documents_of(made, AKKOORD).exists()
    assert vernietig(pk=made.pk, vandaag=date(2028, 3, 11))
    assert not Document.objects.filter(soort=AKKOORD).exists()
    assert not Aanvraag.objects.exists()


def test_an_abandoned_one_of_the_swv_is_told_to_the_swv(mensen: Mensen) -> None:
    made = ingevuld(mensen.swv, None, mensen.ikc.pk)
    waarschuw_school(made, ingetrokken_op=date(2026, 4, 1), vandaag=MAART)
    run_jobs()
    assert [message.to for message in mail.outbox] == [[get_user_model().objects.get(pk=mensen.swv.user_id).email]]
