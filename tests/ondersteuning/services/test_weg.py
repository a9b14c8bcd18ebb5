"""The whole way of one application, from the first field to the letter, through the services."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, INGEDIEND, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag, Plaatsing, Tlvnummer
from ondersteuning.services.aanvraag import begin_aanvraag, dien_in, leg_voor
from ondersteuning.services.adviezen import bevestig_plaats, geef_eerste_advies, geef_tweede_advies, teken_gezien
from ondersteuning.services.besluit import ken_toe
from ondersteuning.services.invullen import Bewaard, bewaar_stap
from swv_portal.audit.models import Event
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.documents import documents_of, read_document
from swv_portal.jobs.services.run import run
from tests.ondersteuning.conftest import Mensen, deskundige, ouder, via_link

MAART = date(2025, 3, 10)
STAPPEN = {
    "leerling": {
        "voornamen": "Mila Test",
        "achternaam": "Kanariepiet",
        "geboortedatum": date(2017, 5, 4),
        "groep": "4",
    },
    "ouders": {
        "ouder1_naam": "Ouder Een",
        "ouder1_email": "een@test.example",
        "ouder2_naam": "Ouder Twee",
        "ouder2_email": "twee@test.example",
    },
    "onderbouwing": {
        "onderwijsbehoefte": "Rust",
        "geboden_hulp": "Hulp in de klas",
        "reden_school": "Kleine groep",
        "leerling_gehoord": True,
        "stem_leerling": "Ik wil rust.",
    },
    "deskundige": {
        "tweede_naam": "Deskundige Drie",
        "tweede_functie": "jeugdarts",
        "tweede_dienstverband": "elders",
        "tweede_werkgever": "GGD Kust",
        "tweede_email": "drie@test.example",
    },
}


def fill(mensen: Mensen) -> Aanvraag:
    made = begin_aanvraag(actor=mensen.iber, school_id=mensen.school.pk, route="A", vandaag=MAART)
    assert isinstance(made, Aanvraag)
    school = {
        "ontvangende_school": mensen.ikc.pk,
        "eerste_functie": "orthopedagoog",
        "gewenst_van": date(2025, 8, 1),
        "gewenst_tot": date(2027, 7, 31),
        "terugkeer_moment": date(2027, 3, 1),
    }
    version = made.versie
    for step, values in {**STAPPEN, "school": school}.items():
        stored = bewaar_stap(actor=mensen.iber, pk=made.pk, versie=version, stap=step, gegevens=values, vandaag=MAART)
        assert isinstance(stored, Bewaard), stored
        assert not stored.niet_bewaard
        version = stored.aanvraag.versie
    made.refresh_from_db()
    return made


def to_parties(mensen: Mensen) -> Aanvraag:
    made = fill(mensen)
    answer = leg_voor(actor=mensen.iber, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert not isinstance(answer, Refusal), answer
    return answer[0]


def to_swv(mensen: Mensen) -> Aanvraag:
    made = to_parties(mensen)
    first = geef_eerste_advies(
        actor=mensen.ortho,
        pk=made.pk,
        versie=made.versie,
        functie="orthopedagoog",
        tekst="Eigen woorden van de eerste.",
        steunt=True,
        betrokken=True,
        vandaag=MAART,
    )
    assert isinstance(first, Aanvraag), first
    place = bevestig_plaats(actor=mensen.ortho, pk=made.pk, versie=first.versie, toelichting="", vandaag=MAART)
    assert isinstance(place, Aanvraag), place
    expert = deskundige(made)
    second = geef_tweede_advies(
        actor=via_link(expert),
        partij_pk=expert.pk,
        tekst="Eigen woorden van de tweede.",
        steunt=True,
        betrokken=True,
        niet_in_dienst=True,
        vandaag=MAART,
    )
    assert isinstance(second, Aanvraag), second
    parent = ouder(made, 1)
    signed = teken_gezien(actor=via_link(parent), partij_pk=parent.pk, eens=True, tekst="Fijn.", vandaag=MAART)
    assert isinstance(signed, Aanvraag), signed
    handed = dien_in(actor=mensen.iber, pk=made.pk, versie=signed.versie, vandaag=MAART)
    assert isinstance(handed, Aanvraag), handed
    return handed


def grant(mensen: Mensen, made: Aanvraag) -> Aanvraag:
    answer = ken_toe(
        actor=mensen.swv,
        pk=made.pk,
        versie=made.versie,
        geldig_van=date(2025, 8, 1),
        geldig_tot=date(2027, 7, 31),
        motivering="",
        vandaag=MAART + timedelta(days=3),
    )
    assert isinstance(answer, Aanvraag), answer
    return answer


def run_jobs() -> None:
    """Do every job that waits, also those that jobs make; the time to take a decision back is over."""
    Job.objects.filter(staat=Job.Staat.WACHT).update(niet_voor=timezone.now())
    while waiting := list(Job.objects.filter(staat=Job.Staat.WACHT).order_by("pk")):
        for job in waiting:
            assert run(job.pk) == "done", (job.soort, Job.objects.get(pk=job.pk).fout)


def test_the_whole_way(mensen: Mensen) -> None:
    made = to_swv(mensen)
    assert made.staat == INGEDIEND
    assert made.categorie == "SBO"  # filled by itself: an IKC pupil always gets an SBO TLV
    assert made.eigen_uiterlijk == date(2025, 4, 22)  # 21 April is tweede paasdag
    assert made.wettelijk_uiterlijk == date(2025, 5, 6)  # 5 May
    granted = grant(mensen, made)
    assert granted.staat == WORDT_VERSTUURD
    assert not Plaatsing.objects.filter(aanvraag=granted).exists()
    run_jobs()
    granted.refresh_from_db()
    assert granted.staat == TOEGEKEND
    assert granted.tlvnummer is not None
    assert granted.tlvnummer.nummer == "PO9901-2425-0001"
    assert granted.bewaren_tot == date(2030, 7, 31)
    place = Plaatsing.objects.get(aanvraag=granted)
    assert (place.verwijzing, place.categorie, place.soort, place.kostendrager) == (
        "PO9901-2425-0001",
        "SBO",
        "tlv",
        "school",
    )
    assert (place.school_verwijzend, place.school_ontvangend) == (mensen.school, mensen.ikc)
    texts = [line.tekst for line in tijdlijn(granted)]
    assert texts[-1] == "Is een aanvraag begonnen."
    assert "Heeft de TLV toegekend met nummer PO9901-2425-0001." in texts


def test_the_letter_goes_out_once(mensen: Mensen) -> None:
    granted = grant(mensen, to_swv(mensen))
    run_jobs()
    granted.refresh_from_db()
    assert granted.bekendgemaakt_op is not None
    assert granted.bezwaar_tot is not None
    assert granted.bezwaar_tot >= granted.bekendgemaakt_op + timedelta(days=42)
    letter = documents_of(granted).get()
    assert letter.naam == "TLV-PO9901-2425-0001.pdf"
    assert read_document(letter).startswith(b"%PDF")
    assert letter.bewaren_tot is None  # it goes with the dossier, of which an objection moves the last day
    decided = {message.to[0] for message in mail.outbox if message.subject.startswith("Het besluit is er")}
    assert decided >= {"een@test.example", "twee@test.example"}
    # The second expert is told that there is a decision; the letter is not for the expert.
    told = [m.to for m in mail.outbox if m.subject.startswith("Het samenwerkingsverband heeft besloten")]
    assert told == [["drie@test.example"]]
    assert "drie@test.example" not in decided
    # Asking again changes nothing.
    count = Document.objects.count()
    from ondersteuning.services.bekendmaken import maak_bekend

    maak_bekend(pk=granted.pk, vandaag=date(2025, 6, 1), bewaar_brief=lambda _: pytest.fail("stored twice"))
    assert Document.objects.count() == count


def test_no_name_leaves_the_dossier(mensen: Mensen) -> None:
    """The canary is the pupil's name: not in mails, job parameters, timelines or the plain database."""
    grant(mensen, to_swv(mensen))
    secret = {job.pk: str(job.geheim) for job in Job.objects.all()}
    run_jobs()
    for word in ("Kanariepiet", "Mila", "2017"):
        for message in mail.outbox:
            assert word not in message.subject + message.body
        for job in Job.objects.all():
            assert word not in f"{job.params} {job.uniek} {job.fout} {secret.get(job.pk, '')}"
        for event in Event.objects.all():
            assert word not in f"{event.tekst} {event.gegevens} {event.door}"
        for document in Document.objects.all():
            assert word not in document.naam
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("leerling", "aanvraag", "partij", "advies", "zienswijze"):
            cursor.execute(f"SELECT row_to_json(t)::text FROM ondersteuning_{table} t")
            text = " ".join(row[0] for row in cursor.fetchall())
            for word in (
                "Kanariepiet",
                "Mila",
                "2017-05-04",
                "Ouder Een",
                "een@test.example",
                "Eigen woorden",
                "Ik wil",
            ):
                assert word not in text, (table, word)


def test_numbers_follow_each_other_per_school_year(mensen: Mensen) -> None:
    first, second = (grant(mensen, to_swv(mensen)) for _ in range(2))
    assert [first.tlvnummer.nummer, second.tlvnummer.nummer] == ["PO9901-2425-0001", "PO9901-2425-0002"]
    assert Tlvnummer.objects.count() == 2
    assert first.kenmerk != second.kenmerk


def test_parents_are_invited_once_with_their_own_code(mensen: Mensen) -> None:
    made = fill(mensen)
    answer = leg_voor(actor=mensen.iber, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert not isinstance(answer, Refusal)
    aanvraag, invited = answer
    assert aanvraag.staat == BIJ_PARTIJEN
    assert {item.partij.label for item in invited} == {"ouder 1", "ouder 2", "tweede deskundige"}
    assert len({item.code for item in invited}) == 3
    for item in invited:
        assert item.code not in repr(item)
    run_jobs()
    to = {message.to[0]: message.body for message in mail.outbox}
    assert set(to) >= {"een@test.example", "twee@test.example", "drie@test.example"}
    for item in invited:
        assert item.code not in to[item.partij.email]
        assert item.code.replace("-", "").replace(" ", "") not in to[item.partij.email]
        assert "/link/" in to[item.partij.email]
