"""The one-sided application through the services, as every party."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from ondersteuning.domain.aanvraag import INGEDIEND, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag, Leerling, Onderzoek, Plaatsing
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.queries.taken import taken
from ondersteuning.services.aanvraag import leg_voor
from ondersteuning.services.besluit import ken_toe, neem_terug, weiger
from ondersteuning.services.bestuur_begint import begin_door_bestuur
from ondersteuning.services.onderzoek import leg_onderzoek_vast
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SchoolbestuurFactory
from tests.factories.ondersteuning import LeerlingFactory, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.routes import MAART, bewaar, eerste, ingediend, naar_partijen, plaats, tweede
from tests.ondersteuning.services.test_weg import STAPPEN, run_jobs

KIND = {"voornamen": "Mila Test", "achternaam": "Kanariepiet", "geboortedatum": date(2017, 5, 4)}
BEMIDDELING = {
    "verwijderd_op": date(2025, 1, 20),
    "bemiddeling": "afgewezen",
    "bemiddeling_op": date(2025, 2, 3),
    "bemiddeling_afgewezen_door": "ouders",
    "bemiddeling_uitkomst": "De ouders wilden geen gesprek.",
}
ONDERZOEK = {
    "onderzoeker": "Onderzoeker Test",
    "werkgever": "Bureau De Peiling",
    "afgerond_op": date(2025, 3, 1),
    "conclusie": "past",
    "tekst": "De leerling heeft meer nodig.",
}
NAAR_IKC = {
    "eerste_functie": "orthopedagoog",
    "gewenst_van": date(2025, 8, 1),
    "gewenst_tot": date(2027, 7, 31),
    "terugkeer_moment": date(2027, 3, 1),
}


@pytest.fixture
def bestuurder(mensen: Mensen, actor_als: Callable[..., Actor]) -> Actor:
    return actor_als(Rol.SCHOOLBESTUURDER, mensen.school.bestuur)


@pytest.fixture
def directeur(mensen: Mensen, actor_als: Callable[..., Actor]) -> Actor:
    return actor_als(Rol.DIRECTEUR_BESTUURDER)


def begin(actor: Actor, school: Any) -> Aanvraag:
    made = begin_door_bestuur(actor=actor, route="EZ", school_id=school.pk, leerling=KIND, vandaag=MAART)
    assert isinstance(made, Aanvraag), made
    return made


def bij_swv(mensen: Mensen, bestuurder: Actor) -> Aanvraag:
    made = begin(bestuurder, mensen.school)
    form = {**STAPPEN, "bemiddeling": BEMIDDELING, "school": {"ontvangende_school": mensen.ikc.pk, **NAAR_IKC}}
    made = naar_partijen(bestuurder, bewaar(bestuurder, made, form))
    eerste(mensen.ortho, made)
    plaats(mensen.ortho, made)
    tweede(made)
    return ingediend(bestuurder, made)


def onderzoek(actor: Actor, aanvraag: Aanvraag, **anders: Any) -> Aanvraag | Refusal:
    return leg_onderzoek_vast(
        actor=actor,
        pk=aanvraag.pk,
        versie=aanvraag.versie,
        gegevens={**ONDERZOEK, **anders},
        upload=None,
        vandaag=MAART,
    )


def besluit(actor: Actor, aanvraag: Aanvraag, motivering: str = "Het onderzoek is duidelijk.") -> Aanvraag | Refusal:
    return ken_toe(
        actor=actor,
        pk=aanvraag.pk,
        versie=Aanvraag.objects.get(pk=aanvraag.pk).versie,
        geldig_van=date(2025, 8, 1),
        geldig_tot=date(2027, 7, 31),
        motivering=motivering,
        vandaag=MAART + timedelta(days=3),
    )


def test_the_whole_way(mensen: Mensen, bestuurder: Actor, directeur: Actor) -> None:
    made = bij_swv(mensen, bestuurder)
    assert (made.staat, made.indienend_bestuur) == (INGEDIEND, mensen.school.bestuur)
    early = besluit(directeur, made)
    assert isinstance(early, Refusal)
    assert early.code == "toets"
    stored = onderzoek(mensen.swv, made)
    assert isinstance(stored, Aanvraag), stored
    assert stored.staat == INGEDIEND
    granted = besluit(directeur, made)
    assert isinstance(granted, Aanvraag), granted
    run_jobs()
    granted.refresh_from_db()
    assert granted.staat == TOEGEKEND
    assert granted.tlvnummer is not None
    place = Plaatsing.objects.get(aanvraag=granted)
    assert (place.soort, place.kostendrager, place.school_verwijzend) == ("tlv", "school", mensen.school)


def test_only_the_director_decides_and_with_a_motivation(mensen: Mensen, bestuurder: Actor, directeur: Actor) -> None:
    made = bij_swv(mensen, bestuurder)
    onderzoek(mensen.swv, made)
    by_staff = besluit(mensen.swv, made)
    assert isinstance(by_staff, Refusal)
    assert by_staff.code == "rol"
    silent = besluit(directeur, made, motivering=" ")
    assert isinstance(silent, Refusal)
    assert silent.code == "motivering"
    assert isinstance(besluit(directeur, made), Aanvraag)
    made.refresh_from_db()
    assert made.staat == WORDT_VERSTUURD
    back = neem_terug(actor=mensen.swv, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(back, Refusal)
    assert back.code == "rol"
    assert isinstance(neem_terug(actor=directeur, pk=made.pk, versie=made.versie, vandaag=MAART), Aanvraag)


def test_a_refusal_needs_the_investigation_too(mensen: Mensen, bestuurder: Actor, directeur: Actor) -> None:
    made = bij_swv(mensen, bestuurder)
    answer = weiger(actor=directeur, pk=made.pk, versie=made.versie, motivering="Nee.", vandaag=MAART)
    assert isinstance(answer, Refusal)
    assert answer.code == "onderzoek"


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"afgerond_op": date(2025, 3, 11)}, "op"),
        ({"werkgever": "IKC Duinrand"}, "onafhankelijk"),
        ({"tekst": ""}, "tekst"),
    ],
)
def test_an_investigation_that_is_refused(mensen: Mensen, bestuurder: Actor, anders: dict[str, Any], code: str) -> None:
    answer = onderzoek(mensen.swv, bij_swv(mensen, bestuurder), **anders)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert not Onderzoek.objects.exists()


def test_who_records_the_investigation(mensen: Mensen, bestuurder: Actor) -> None:
    made = bij_swv(mensen, bestuurder)
    by_board = onderzoek(bestuurder, made)
    assert isinstance(by_board, Refusal)
    assert by_board.code == "rol"
    other = in_staat(INGEDIEND, verwijzende_school=mensen.school)
    elsewhere = onderzoek(mensen.swv, other)
    assert isinstance(elsewhere, Refusal)
    assert elsewhere.code == "route"


def test_it_can_be_corrected_until_the_decision(mensen: Mensen, bestuurder: Actor, directeur: Actor) -> None:
    made = bij_swv(mensen, bestuurder)
    stored = onderzoek(mensen.swv, made)
    assert isinstance(stored, Aanvraag)
    again = onderzoek(mensen.swv, stored, conclusie="past_niet")
    assert isinstance(again, Aanvraag)
    assert Onderzoek.objects.get().conclusie == "past_niet"
    besluit(directeur, again)
    again.refresh_from_db()
    late = onderzoek(mensen.swv, again)
    assert isinstance(late, Refusal)
    assert late.code == "staat"


def test_not_without_mediation(mensen: Mensen, bestuurder: Actor) -> None:
    made = begin(bestuurder, mensen.school)
    without = {**BEMIDDELING, "bemiddeling_afgewezen_door": ""}
    form = {**STAPPEN, "bemiddeling": without, "school": {"ontvangende_school": mensen.ikc.pk, **NAAR_IKC}}
    made = bewaar(bestuurder, made, form)
    answer = leg_voor(actor=bestuurder, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(answer, Refusal)
    assert answer.code == "afgewezen_door"


def test_the_dossier_that_the_school_has_is_used(mensen: Mensen, bestuurder: Actor) -> None:
    known = LeerlingFactory(school=mensen.school)
    made = begin(bestuurder, mensen.school)
    assert made.leerling_id == known.pk
    twice = begin_door_bestuur(actor=bestuurder, route="EZ", school_id=mensen.school.pk, leerling=KIND, vandaag=MAART)
    assert isinstance(twice, Refusal)
    assert twice.code == "loopt_al"


def test_a_new_dossier_when_the_school_has_none(mensen: Mensen, bestuurder: Actor) -> None:
    LeerlingFactory(school=mensen.school, voornamen="Sam")
    made = begin(bestuurder, mensen.school)
    assert (made.leerling.naam, made.leerling.school) == ("Mila Test Kanariepiet", mensen.school)
    assert Leerling.objects.filter(school=mensen.school).count() == 2


def test_the_reach_of_a_board(mensen: Mensen, bestuurder: Actor, actor_als: Callable[..., Actor]) -> None:
    other = actor_als(Rol.SCHOOLBESTUURDER, SchoolbestuurFactory())
    pupil = LeerlingFactory(school=mensen.school, voornamen="Sam")
    ordinary = in_staat(INGEDIEND, verwijzende_school=mensen.school, leerling=pupil)
    made = begin(bestuurder, mensen.school)
    assert list(Aanvraag.objects.visible_to(bestuurder.bereik)) == [made]
    assert not Aanvraag.objects.visible_to(other.bereik).exists()
    assert not Leerling.objects.visible_to(bestuurder.bereik).exists()
    assert "indiener" in rollen_bij(made, bestuurder.bereik)
    assert "indiener" not in rollen_bij(ordinary, bestuurder.bereik)
    assert "indiener" not in rollen_bij(made, mensen.iber.bereik)
    with pytest.raises(NotVisible):
        begin_door_bestuur(actor=other, route="EZ", school_id=mensen.school.pk, leerling=KIND, vandaag=MAART)
    with pytest.raises(NotVisible):
        begin_door_bestuur(actor=mensen.iber, route="EZ", school_id=mensen.school.pk, leerling=KIND, vandaag=MAART)


def test_the_tasks_of_everybody(mensen: Mensen, bestuurder: Actor, directeur: Actor) -> None:
    made = bij_swv(mensen, bestuurder)

    def found(actor: Actor) -> list[tuple[str, str]]:
        return [(t.soort, t.wacht_op) for t in taken(actor.bereik, MAART) if made.kenmerk in t.titel]

    assert found(bestuurder) == [("Besluit afwachten", "het samenwerkingsverband")]
    assert found(mensen.swv) == [("Onafhankelijk onderzoek", None)]
    onderzoek(mensen.swv, made)
    assert found(mensen.swv) == [("Besluit afwachten", "de directeur-bestuurder")]
    assert found(directeur) == [("Besluiten op een aanvraag", None)]


def test_the_board_is_told_without_a_name(mensen: Mensen, bestuurder: Actor, directeur: Actor) -> None:
    made = bij_swv(mensen, bestuurder)
    onderzoek(mensen.swv, made)
    run_jobs()
    mail.outbox.clear()
    besluit(directeur, made)
    run_jobs()
    address = User.objects.get(pk=bestuurder.user_id).email
    told = [each for each in mail.outbox if each.to == [address]]
    assert [each.subject for each in told] == [f"Het besluit is er: aanvraag {made.kenmerk}"]
    assert not any("Kanariepiet" in each.subject + each.body for each in mail.outbox)
    school = User.objects.get(pk=mensen.iber.user_id).email
    assert [each.to for each in mail.outbox].count([school]) == 1  # the pupil's own school is told too
