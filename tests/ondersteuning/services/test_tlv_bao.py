"""A TLV at the basisschool through the services, as every party, and another school year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from ondersteuning.domain.aanvraag import INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies, Herinnering, Plaatsing, Tlvinstellingen
from ondersteuning.queries.bestuursadviezen import regels, te_kiezen
from ondersteuning.queries.taken import taken
from ondersteuning.services.aanvraag import dien_in
from ondersteuning.services.adviezen import teken_gezien
from ondersteuning.services.besluit import ken_toe
from ondersteuning.services.bestuur_begint import begin_door_bestuur
from ondersteuning.services.bestuursadviezen import (
    LedenGevraagd,
    geef_bestuursadvies,
    laat_lid_stoppen,
    verleng_tlv_bao,
    voeg_lid_toe,
    vraag_leden,
)
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SchoolbestuurFactory
from tests.ondersteuning.conftest import Mensen, ouder, via_link
from tests.ondersteuning.services.routes import MAART, bewaar, ingediend, naar_partijen
from tests.ondersteuning.services.test_weg import STAPPEN, run_jobs

KIND = {"voornamen": "Mila Test", "achternaam": "Kanariepiet", "geboortedatum": date(2017, 5, 4)}
JUNI = date(2026, 6, 2)


@dataclass
class Bao:
    """The people of a TLV at the basisschool; ``leden`` are members of two other boards, with their accounts."""

    bestuurder: Actor
    directeur: Actor
    leden: list[tuple[AvLid, Actor]]


@pytest.fixture
def bao(mensen: Mensen, actor_als: Callable[..., Actor]) -> Bao:
    members = []
    for _ in range(2):
        board = SchoolbestuurFactory()
        actor = actor_als(Rol.SCHOOLBESTUURDER, board)
        made = voeg_lid_toe(actor=mensen.swv, user_id=actor.user_id or 0, bestuur_id=board.pk, vandaag=date.today())  # noqa: DTZ011
        assert isinstance(made, AvLid), made
        members.append((made, actor))
    return Bao(actor_als(Rol.SCHOOLBESTUURDER, mensen.school.bestuur), actor_als(Rol.DIRECTEUR_BESTUURDER), members)


def bij_swv(mensen: Mensen, bao: Bao) -> Aanvraag:
    made = begin_door_bestuur(
        actor=bao.bestuurder, route="TB", school_id=mensen.school.pk, leerling=KIND, vandaag=MAART
    )
    assert isinstance(made, Aanvraag), made
    reasons = {name: value for name, value in STAPPEN["onderbouwing"].items() if name != "reden_school"}
    form = {
        "leerling": STAPPEN["leerling"],
        "ouders": STAPPEN["ouders"],
        "school": {"categorie": "I", "gewenst_van": date(2025, 8, 1)},
        "onderbouwing": reasons,
    }
    made = naar_partijen(bao.bestuurder, bewaar(bao.bestuurder, made, form))
    assert (made.plaats_bevestigd, made.gevraagde_school) == (True, None)
    return ingediend(bao.bestuurder, made)


def _vraag(mensen: Mensen, bao: Bao, aanvraag: Aanvraag, vandaag: date) -> LedenGevraagd | Refusal:
    version = Aanvraag.objects.get(pk=aanvraag.pk).versie
    asked = [member.pk for member, _ in bao.leden]
    return vraag_leden(actor=mensen.swv, pk=aanvraag.pk, versie=version, leden=asked, vandaag=vandaag)


def gevraagd(mensen: Mensen, bao: Bao, aanvraag: Aanvraag, vandaag: date = MAART) -> Aanvraag:
    answer = _vraag(mensen, bao, aanvraag, vandaag)
    assert isinstance(answer, LedenGevraagd), answer
    return answer.aanvraag


def niet_gevraagd(mensen: Mensen, bao: Bao, aanvraag: Aanvraag, vandaag: date) -> str:
    answer = _vraag(mensen, bao, aanvraag, vandaag)
    assert isinstance(answer, Refusal), answer
    return answer.code


def adviseer(aanvraag: Aanvraag, lid: tuple[AvLid, Actor], *, steunt: bool = True) -> Bestuursadvies | Refusal:
    row = Bestuursadvies.objects.get(aanvraag=aanvraag, lid=lid[0])
    return geef_bestuursadvies(actor=lid[1], pk=row.pk, steunt=steunt, tekst="Eigen reden.", vandaag=MAART)


def besluit(actor: Actor, aanvraag: Aanvraag, tot: date = date(2026, 7, 31)) -> Aanvraag | Refusal:
    return ken_toe(
        actor=actor,
        pk=aanvraag.pk,
        versie=Aanvraag.objects.get(pk=aanvraag.pk).versie,
        geldig_van=date(tot.year - 1, 8, 1),
        geldig_tot=tot,
        motivering="",
        vandaag=MAART + timedelta(days=3),
    )


def toegekend(mensen: Mensen, bao: Bao) -> Aanvraag:
    made = gevraagd(mensen, bao, bij_swv(mensen, bao))
    for lid in bao.leden:
        assert isinstance(adviseer(made, lid), Bestuursadvies)
    answer = besluit(bao.directeur, made)
    assert isinstance(answer, Aanvraag), answer
    run_jobs()
    answer.refresh_from_db()
    return answer


def test_the_whole_way(mensen: Mensen, bao: Bao) -> None:
    granted = toegekend(mensen, bao)
    assert (granted.staat, granted.tlvnummer) == (TOEGEKEND, None)
    assert (granted.kostendrager, granted.betaalreden) == ("swv", "bestuur")
    place = Plaatsing.objects.get(aanvraag=granted)
    assert (place.soort, place.categorie, place.verwijzing) == ("tlv_bao", "I", granted.kenmerk)
    assert (place.begin, place.einde) == (date(2025, 8, 1), date(2026, 7, 31))
    assert place.school_ontvangend == mensen.school


def test_only_a_unanimous_yes_and_only_by_the_director(mensen: Mensen, bao: Bao) -> None:
    made = gevraagd(mensen, bao, bij_swv(mensen, bao))
    adviseer(made, bao.leden[0])
    for answer in (besluit(bao.directeur, made),):
        assert isinstance(answer, Refusal)
        assert answer.code == "toets"
    adviseer(made, bao.leden[1], steunt=False)
    divided = besluit(bao.directeur, made)
    assert isinstance(divided, Refusal)
    assert divided.code == "toets"
    adviseer(made, bao.leden[1])  # as long as nothing is decided somebody may change the own advice
    by_staff = besluit(mensen.swv, made)
    assert isinstance(by_staff, Refusal)
    assert by_staff.code == "rol"
    assert isinstance(besluit(bao.directeur, made), Aanvraag)


def test_not_longer_than_a_school_year(mensen: Mensen, bao: Bao) -> None:
    made = gevraagd(mensen, bao, bij_swv(mensen, bao))
    for lid in bao.leden:
        adviseer(made, lid)
    answer = ken_toe(
        actor=bao.directeur,
        pk=made.pk,
        versie=Aanvraag.objects.get(pk=made.pk).versie,
        geldig_van=date(2025, 8, 1),
        geldig_tot=date(2027, 7, 31),
        motivering="",
        vandaag=MAART,
    )
    assert isinstance(answer, Refusal)
    assert answer.code == "schooljaar"


def test_the_board_with_the_zorgplicht_does_not_advise(mensen: Mensen, bao: Bao) -> None:
    made = bij_swv(mensen, bao)
    own = voeg_lid_toe(
        actor=mensen.swv,
        user_id=bao.bestuurder.user_id or 0,
        bestuur_id=mensen.school.bestuur_id,
        vandaag=date.today(),  # noqa: DTZ011
    )
    assert isinstance(own, AvLid), own
    offered = [pk for pk, _ in te_kiezen(mensen.swv.bereik, zorgplicht=mensen.school.bestuur_id)]
    assert sorted(offered) == sorted(member.pk for member, _ in bao.leden)
    answer = vraag_leden(
        actor=mensen.swv, pk=made.pk, versie=made.versie, leden=[own.pk, bao.leden[0][0].pk], vandaag=MAART
    )
    assert isinstance(answer, Refusal)
    assert answer.code == "zorgplicht"


def test_the_advice_of_another_does_not_exist(mensen: Mensen, bao: Bao) -> None:
    made = gevraagd(mensen, bao, bij_swv(mensen, bao))
    row = Bestuursadvies.objects.get(aanvraag=made, lid=bao.leden[0][0])
    for actor in (bao.leden[1][1], bao.bestuurder, mensen.iber):
        with pytest.raises(NotVisible):
            geef_bestuursadvies(actor=actor, pk=row.pk, steunt=True, tekst="Ja.", vandaag=MAART)
    by_staff = geef_bestuursadvies(actor=mensen.swv, pk=row.pk, steunt=True, tekst="Ja.", vandaag=MAART)
    assert isinstance(by_staff, Refusal)
    assert by_staff.code == "rol"
    # A member reads the advice that is asked, not the application with its names.
    assert not Aanvraag.objects.visible_to(bao.leden[0][1].bereik).exists()


def test_who_is_on_the_list(mensen: Mensen, bao: Bao) -> None:
    member, actor = bao.leden[0]
    twice = voeg_lid_toe(
        actor=mensen.swv,
        user_id=actor.user_id or 0,
        bestuur_id=member.bestuur_id,
        vandaag=date.today(),  # noqa: DTZ011
    )
    assert isinstance(twice, Refusal)
    assert twice.code == "al_lid"
    nobody = voeg_lid_toe(
        actor=mensen.swv,
        user_id=mensen.iber.user_id or 0,
        bestuur_id=member.bestuur_id,
        vandaag=date.today(),  # noqa: DTZ011
    )
    assert isinstance(nobody, Refusal)
    assert nobody.code == "bestuurder"
    by_board = voeg_lid_toe(actor=actor, user_id=actor.user_id or 0, bestuur_id=member.bestuur_id, vandaag=MAART)
    assert isinstance(by_board, Refusal)
    assert by_board.code == "rol"
    laat_lid_stoppen(actor=mensen.swv, pk=member.pk, vandaag=MAART)
    assert member.pk not in dict(te_kiezen(mensen.swv.bereik, zorgplicht=None))


def test_members_are_told_and_have_a_task(mensen: Mensen, bao: Bao) -> None:
    made = bij_swv(mensen, bao)
    run_jobs()
    mail.outbox.clear()
    gevraagd(mensen, bao, made)
    run_jobs()
    addresses = {User.objects.get(pk=actor.user_id).email for _, actor in bao.leden}
    assert {address for each in mail.outbox for address in each.to} == addresses
    assert not any("Kanariepiet" in each.subject + each.body for each in mail.outbox)
    actor = bao.leden[0][1]
    assert [task.soort for task in taken(actor.bereik, MAART)] == ["Advies als lid van de AV"]
    adviseer(made, bao.leden[0])
    assert taken(actor.bereik, MAART) == []
    mail.outbox.clear()
    assert niet_gevraagd(mensen, bao, made, MAART) == "te_snel"  # the same day: nobody is mailed twice
    run_jobs()
    assert mail.outbox == []
    gevraagd(mensen, bao, made, vandaag=MAART + timedelta(days=1))
    run_jobs()
    waiting = User.objects.get(pk=bao.leden[1][1].user_id).email
    assert [each.to for each in mail.outbox] == [[waiting]]


def test_a_member_is_reminded_as_often_as_the_swv_allows(mensen: Mensen, bao: Bao) -> None:
    Tlvinstellingen.objects.create(herinner_na_dagen=5)
    made = gevraagd(mensen, bao, bij_swv(mensen, bao))
    adviseer(made, bao.leden[0])
    run_jobs()
    mail.outbox.clear()
    gevraagd(mensen, bao, made, vandaag=MAART + timedelta(days=2))
    assert niet_gevraagd(mensen, bao, made, MAART + timedelta(days=6)) == "te_snel"
    gevraagd(mensen, bao, made, vandaag=MAART + timedelta(days=7))
    run_jobs()
    waiting = User.objects.get(pk=bao.leden[1][1].user_id).email
    assert [each.to for each in mail.outbox] == [[waiting], [waiting]]
    reminded = Herinnering.objects.filter(wie="lid", advies__lid=bao.leden[1][0]).values_list("op", flat=True)
    assert list(reminded) == [MAART + timedelta(days=2), MAART + timedelta(days=7)]
    said = [line.waarde for line in regels(Aanvraag.objects.get(pk=made.pk), met_namen=False)]
    assert any("herinnerd op ma 17 maart 2025, nog geen antwoord" in each for each in said)
    told = [line.tekst for line in tijdlijn(made)]
    assert told.count("Heeft twee leden van de algemene vergadering om advies gevraagd.") == 1
    assert told.count("Heeft een lid van de algemene vergadering herinnerd.") == 2
    adviseer(made, bao.leden[1])
    assert niet_gevraagd(mensen, bao, made, MAART + timedelta(days=30)) == "klaar"


def test_another_school_year(mensen: Mensen, bao: Bao) -> None:
    granted = toegekend(mensen, bao)
    early = verleng_tlv_bao(actor=mensen.iber, pk=granted.pk, versie=granted.versie, vandaag=date(2026, 5, 31))
    assert isinstance(early, Refusal)
    assert early.code == "te_vroeg"
    by_board = verleng_tlv_bao(actor=bao.bestuurder, pk=granted.pk, versie=granted.versie, vandaag=JUNI)
    assert isinstance(by_board, Refusal)
    assert by_board.code == "rol"
    asked = [task.soort for task in taken(mensen.iber.bereik, JUNI)]
    assert "TLV op de basisschool" in asked
    made = verleng_tlv_bao(actor=mensen.iber, pk=granted.pk, versie=granted.versie, vandaag=JUNI)
    assert isinstance(made, Aanvraag), made
    assert (made.route, made.leerling_id, made.categorie) == ("TBV", granted.leerling_id, "I")
    assert made.onderwijsbehoefte == granted.onderwijsbehoefte
    assert made.gewenst_van == date(2026, 8, 1)
    assert "TLV op de basisschool" not in [task.soort for task in taken(mensen.iber.bereik, JUNI)]
    again = verleng_tlv_bao(actor=mensen.iber, pk=granted.pk, versie=granted.versie, vandaag=JUNI)
    assert isinstance(again, Refusal)
    assert again.code == "loopt_al"


def test_the_parents_agree_with_another_school_year(mensen: Mensen, bao: Bao) -> None:
    granted = toegekend(mensen, bao)
    made: Any = verleng_tlv_bao(actor=mensen.iber, pk=granted.pk, versie=granted.versie, vandaag=JUNI)
    made = naar_partijen(mensen.iber, made)
    without = dien_in(actor=mensen.iber, pk=made.pk, versie=made.versie, vandaag=JUNI)
    assert isinstance(without, Refusal)
    assert without.code == "ouders_akkoord"
    for party in made.partijen.filter(soort="ouder").exclude(naam=""):
        number = party.volgnummer
        signed = teken_gezien(
            actor=via_link(ouder(made, number)), partij_pk=party.pk, eens=True, tekst="", vandaag=JUNI
        )
        assert not isinstance(signed, Refusal), signed
    made.refresh_from_db()
    made = ingediend(mensen.iber, made)
    assert made.staat == INGEDIEND
    blocked = besluit(bao.directeur, made, date(2027, 7, 31))
    assert isinstance(blocked, Refusal)  # the members say anew what they think
    made = gevraagd(mensen, bao, made)
    for lid in bao.leden:
        adviseer(made, lid)
    assert isinstance(besluit(bao.directeur, made, date(2027, 7, 31)), Aanvraag)
