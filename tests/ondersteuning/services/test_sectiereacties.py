"""Parents object to a part of what is written, and the child says something itself."""

from typing import Any

import pytest
from django.db import connection

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, TOEGEKEND
from ondersteuning.domain.aanzet import LEES_REACTIE
from ondersteuning.domain.toets import Uitkomst, niet_voldaan, toets
from ondersteuning.models import Aanvraag, Kindformulier, Sectiereactie
from ondersteuning.queries.dossier import dossier, dossiers
from ondersteuning.queries.stand import stand_van
from ondersteuning.services.aanvraag import haal_terug, leg_voor
from ondersteuning.services.kindformulieren import Opgave, vul_in_als_indiener, vul_in_als_ouder
from ondersteuning.services.sectiereacties import reageer
from ondersteuning.services.vernietigen import vernietig
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Job
from tests.factories.ondersteuning import VANDAAG, AanvraagFactory, in_staat
from tests.ondersteuning.conftest import Mensen, deskundige, ouder, via_link


@pytest.fixture
def row(mensen: Mensen) -> Aanvraag:
    made = AanvraagFactory(verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    answer = leg_voor(actor=mensen.iber, pk=made.pk, versie=None, vandaag=VANDAAG)
    assert not isinstance(answer, Refusal)
    return answer[0]


def write(row: Aanvraag, tekst: str = "Dat is niet zo.", nummer: int = 1, **changes: Any) -> Sectiereactie | Refusal:
    partij = ouder(row, nummer)
    values = {"sectie": "onderbouwing", "versie": None, "vandaag": VANDAAG, "actor": via_link(partij)} | changes
    return reageer(partij_pk=partij.pk, tekst=tekst, **values)


def point(row: Aanvraag, code: str) -> Any:
    return next((p for p in toets(stand_van(Aanvraag.objects.get(pk=row.pk), vandaag=VANDAAG)) if p.code == code), None)


def test_a_reaction_is_told_in_the_test_list_and_blocks_nothing(row: Aanvraag) -> None:
    assert point(row, "reacties") is None
    version = row.versie
    assert isinstance(write(row), Sectiereactie)
    found = point(row, "reacties")
    assert found.uitkomst is Uitkomst.LET_OP
    assert "ouder 1 bij Onderbouwing" in found.waarom
    assert "Dat is niet zo." not in found.waarom
    now = Aanvraag.objects.get(pk=row.pk)
    assert now.versie == version + 1  # whoever is deciding must look again
    assert "reacties" not in {each.code for each in niet_voldaan(stand_van(now, vandaag=VANDAAG))}


def test_the_words_are_encrypted_and_change_until_they_are_taken_back(row: Aanvraag) -> None:
    first = write(row, "Zeeklaver")
    assert isinstance(first, Sectiereactie)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tekst FROM ondersteuning_sectiereactie")
        assert "Zeeklaver" not in cursor.fetchone()[0]
    again = write(row, "Toch anders", versie=first.versie)
    assert isinstance(again, Sectiereactie)
    stale = write(row, "Te laat", versie=first.versie)
    assert isinstance(stale, Refusal)
    assert stale.code == "verouderd"
    assert Sectiereactie.objects.get().tekst == "Toch anders"
    assert isinstance(write(row, "  ", versie=again.versie), Sectiereactie)
    assert point(row, "reacties") is None


def test_only_with_the_own_link_and_only_on_a_part_of_the_form(row: Aanvraag, mensen: Mensen) -> None:
    expert, other = deskundige(row), in_staat(BIJ_PARTIJEN)
    for actor in (mensen.iber, mensen.swv, via_link(expert), via_link(ouder(row, 2))):
        with pytest.raises(NotVisible):
            write(row, actor=actor)
    with pytest.raises(NotVisible):
        write(other, actor=via_link(ouder(row)))
    for part in ("kind", "controleren", "x"):
        answer = write(row, sectie=part)
        assert isinstance(answer, Refusal)
        assert answer.code == "sectie"
    assert not Sectiereactie.objects.exists()


def test_not_after_the_decision_nor_while_the_school_changes_it(row: Aanvraag, mensen: Mensen) -> None:
    haal_terug(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    done = in_staat(TOEGEKEND)
    done.partijen.update(link_id=77)
    for each in (row, done):
        answer = write(each)
        assert isinstance(answer, Refusal)
        assert answer.code == "staat"


def test_it_lapses_when_the_school_takes_the_application_back(row: Aanvraag, mensen: Mensen) -> None:
    write(row)
    haal_terug(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    assert not Sectiereactie.objects.geldig().exists()
    assert point(row, "reacties") is None


def test_the_school_hears_of_the_first_one_only(row: Aanvraag) -> None:
    before = Job.objects.count()
    write(row)
    told = Job.objects.count()
    assert told > before
    write(row, sectie="school")
    assert Job.objects.count() == told


def test_the_school_hears_of_the_first_one_after_it_was_put_before_the_parties_again(
    row: Aanvraag, mensen: Mensen
) -> None:
    write(row)
    haal_terug(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    leg_voor(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    before = Job.objects.count()
    written = Sectiereactie.objects.get()
    assert isinstance(write(row, versie=written.versie), Sectiereactie)
    assert Job.objects.count() > before


def test_the_school_is_asked_to_read_it_and_the_receiving_school_does_not_hear_of_it(
    row: Aanvraag, mensen: Mensen
) -> None:
    write(row)
    asked = {}
    for who in (mensen.iber, mensen.swv, mensen.ortho):
        page = dossier(dossiers(who.bereik).get(pk=row.pk), who.bereik, vandaag=VANDAAG)
        asked[who] = LEES_REACTIE in {request.wat for request in page.aan_zet}
    assert asked == {mensen.iber: True, mensen.swv: True, mensen.ortho: False}


def child(goed: str = "", reden: str = "") -> Opgave:
    return Opgave("", {"goed": goed}, reden)


def as_parent(row: Aanvraag, opgave: Opgave, nummer: int = 1) -> Kindformulier | Refusal:
    partij = ouder(row, nummer)
    return vul_in_als_ouder(actor=via_link(partij), partij_pk=partij.pk, versie=None, opgave=opgave, vandaag=VANDAAG)


def as_school(row: Aanvraag, mensen: Mensen, opgave: Opgave) -> Kindformulier | Refusal:
    return vul_in_als_indiener(actor=mensen.iber, pk=row.pk, versie=None, opgave=opgave, vandaag=VANDAAG)


def test_the_childs_own_form_counts_as_heard(mensen: Mensen) -> None:
    row = AanvraagFactory(
        verwijzende_school=mensen.school, ontvangende_school=mensen.ikc, leerling_gehoord=False, stem_leerling=""
    )
    assert point(row, "leerling_gehoord").uitkomst is Uitkomst.NIET
    refused = leg_voor(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    assert isinstance(refused, Refusal)
    assert isinstance(as_school(row, mensen, child("Rekenen")), Kindformulier)
    found = point(row, "leerling_gehoord")
    assert (found.uitkomst, found.waarom) == (Uitkomst.VOLDAAN, "De leerling vulde zelf een formulier in.")
    assert point(row, "formulier").uitkomst is Uitkomst.VOLDAAN
    assert not isinstance(leg_voor(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG), Refusal)


def test_a_reason_is_enough_but_does_not_count_as_heard(mensen: Mensen) -> None:
    row = AanvraagFactory(
        verwijzende_school=mensen.school, ontvangende_school=mensen.ikc, leerling_gehoord=False, stem_leerling=""
    )
    as_school(row, mensen, child(reden="Het kind is drie jaar."))
    found = point(row, "leerling_gehoord")
    assert (found.uitkomst, found.waarom) == (Uitkomst.VOLDAAN, "Er staat een reden waarom niet.")


def test_what_a_child_said_with_a_parent_is_not_changed_by_another(row: Aanvraag, mensen: Mensen) -> None:
    assert isinstance(as_school(row, mensen, child(reden="Het kind wilde niet.")), Kindformulier)
    assert isinstance(as_parent(row, child("Buiten spelen")), Kindformulier)
    for answer in (as_school(row, mensen, child("Niets")), as_parent(row, child("Niets"), 2)):
        assert isinstance(answer, Refusal)
        assert answer.code == "van_een_ander"
    assert isinstance(as_parent(row, child("Gym")), Kindformulier)
    assert Kindformulier.objects.get().goed == "Gym"


@pytest.mark.parametrize(
    ("opgave", "code"), [(child(), "leeg"), (child(" "), "leeg"), (child("Gym", "Kon niet"), "allebei")]
)
def test_answers_or_a_reason(row: Aanvraag, opgave: Opgave, code: str) -> None:
    answer = as_parent(row, opgave)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert not Kindformulier.objects.exists()


def test_the_child_can_not_be_filled_in_for_another_school(row: Aanvraag, mensen: Mensen, actor_als: Any) -> None:
    values = {"pk": row.pk, "versie": None, "opgave": child("x"), "vandaag": VANDAAG}
    answer = vul_in_als_indiener(actor=mensen.swv, **values)
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"
    with pytest.raises(NotVisible):
        vul_in_als_indiener(actor=actor_als(Rol.IBER), **values)


def test_everything_goes_with_the_dossier(row: Aanvraag) -> None:
    write(row)
    as_parent(row, child("Gym"))
    Aanvraag.objects.filter(pk=row.pk).update(staat="ingetrokken", afgesloten_op=VANDAAG, bewaren_tot=VANDAAG)
    assert vernietig(pk=row.pk, vandaag=VANDAAG.replace(year=VANDAAG.year + 1))
    assert not Sectiereactie.objects.exists()
    assert not Kindformulier.objects.exists()
