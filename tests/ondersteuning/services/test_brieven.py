"""The versions of a letter: one concept, one geldend, two editors at once; and a letter that is made again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.domain.briefsoorten import SOORTEN, TOEKENNING, WEIGERING
from ondersteuning.domain.briefversie import CONCEPT, GELDEND, VERVANGEN, WEGGELEGD
from ondersteuning.models import Brief, Briefversie
from ondersteuning.queries.brieven import Brieftekst, brieftekst
from ondersteuning.services.brieven import begin_concept, bewaar_concept, leg_brief_vast, leg_weg, maak_geldend
from swv_portal.access.actors import Actor
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.brieven import BriefversieFactory, teksten
from tests.factories.ondersteuning import VANDAAG, in_staat
from tests.ondersteuning.conftest import Mensen

ActorAls = Callable[..., Actor]


@pytest.fixture
def directeur(db: None, actor_als: ActorAls) -> Actor:
    return actor_als(Rol.DIRECTEUR_BESTUURDER)


def code(answer: Any) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def concept(actor: Actor, soort: str = TOEKENNING, uit: int = 0) -> Briefversie:
    row = begin_concept(actor=actor, soort=soort, uit=uit)
    assert isinstance(row, Briefversie), row
    return row


def geldend(actor: Actor, **anders: str) -> Briefversie:
    """A new version of the granting letter, geldend."""
    row = bewaar_concept(actor=actor, pk=concept(actor).pk, versie=None, blokken=teksten(**anders))
    assert isinstance(row, Briefversie), row
    done = maak_geldend(actor=actor, pk=row.pk, versie=row.versie, geldend=None)
    assert isinstance(done, Briefversie), done
    return done


def test_a_concept_begins_with_the_text_of_the_house(directeur: Actor) -> None:
    row = concept(directeur)
    assert (row.nummer, row.staat, row.herkomst) == (1, CONCEPT, 0)
    assert row.blokken == SOORTEN[TOEKENNING].standaard
    assert row.gewijzigd_door_id == directeur.user_id
    assert concept(directeur, WEIGERING).nummer == 1


def test_there_is_one_concept_of_a_kind(directeur: Actor) -> None:
    row = concept(directeur)
    again = begin_concept(actor=directeur, soort=TOEKENNING, uit=0)
    assert code(again) == "concept"
    assert isinstance(again, Refusal)
    assert "versie 1" in again.zin
    assert isinstance(leg_weg(actor=directeur, pk=row.pk, versie=row.versie), Briefversie)
    assert concept(directeur).nummer == 2


def test_making_geldend_replaces_the_one_before(directeur: Actor) -> None:
    first = geldend(directeur, slot="Groeten,")
    second = geldend(directeur, slot="Hartelijke groet,")
    first.refresh_from_db()
    assert (first.staat, second.staat) == (VERVANGEN, GELDEND)
    assert first.geldend_sinds is not None
    assert second.geldend_door_id == directeur.user_id
    assert brieftekst(1, TOEKENNING, VANDAAG).blokken["slot"] == "Hartelijke groet,"
    assert brieftekst(1, WEIGERING, VANDAAG) == Brieftekst(SOORTEN[WEIGERING].standaard, None)
    assert [line.tekst for line in tijdlijn(second)][-1:] == ["Heeft dit concept begonnen."]


def test_an_older_version_is_put_back_as_a_new_concept(directeur: Actor) -> None:
    first = geldend(directeur, slot="Groeten,")
    geldend(directeur, slot="Hartelijke groet,")
    row = concept(directeur, uit=first.nummer)
    assert (row.nummer, row.herkomst, row.blokken["slot"]) == (3, 1, "Groeten,")
    with pytest.raises(Http404):
        begin_concept(actor=directeur, soort=WEIGERING, uit=9)
    with pytest.raises(Http404):
        begin_concept(actor=directeur, soort="bestaat-niet", uit=0)


def test_texts_that_break_a_rule_are_not_kept(directeur: Actor) -> None:
    row = concept(directeur)
    for block, text, why in (
        ("opening", "Zonder naam.", "verplicht"),
        ("slot", "<b>x</b>", "opmaak"),
        ("slot", "{x}", "veld"),
        ("slot", "", "leeg"),
    ):
        assert code(bewaar_concept(actor=directeur, pk=row.pk, versie=1, blokken=teksten(**{block: text}))) == why
    row.refresh_from_db()
    assert (row.versie, row.blokken) == (1, teksten())


def test_the_second_of_two_editors_is_told(directeur: Actor, actor_als: ActorAls) -> None:
    row, other = concept(directeur), actor_als(Rol.BEHEERDER)
    kept = bewaar_concept(actor=directeur, pk=row.pk, versie=1, blokken=teksten(slot="Van de een,"))
    assert isinstance(kept, Briefversie)
    late = bewaar_concept(actor=other, pk=row.pk, versie=1, blokken=teksten(slot="Van de ander,"))
    assert code(late) == "verouderd"
    row.refresh_from_db()
    assert row.blokken["slot"] == "Van de een,"


def test_what_is_no_concept_any_more_does_not_change(directeur: Actor) -> None:
    row = geldend(directeur)
    assert code(bewaar_concept(actor=directeur, pk=row.pk, versie=None, blokken=teksten())) == "staat"
    assert code(leg_weg(actor=directeur, pk=row.pk, versie=None)) == "staat"
    assert code(maak_geldend(actor=directeur, pk=row.pk, versie=None, geldend=None)) == "staat"


def test_who_replaces_a_version_has_seen_which(directeur: Actor) -> None:
    geldend(directeur)
    row = concept(directeur)
    assert code(maak_geldend(actor=directeur, pk=row.pk, versie=row.versie, geldend=0)) == "verouderd"
    assert isinstance(maak_geldend(actor=directeur, pk=row.pk, versie=row.versie, geldend=1), Briefversie)


def test_staff_reads_and_others_find_nothing(directeur: Actor, actor_als: ActorAls) -> None:
    row, staff, iber = concept(directeur), actor_als(Rol.SWV_MEDEWERKER), actor_als(Rol.IBER)
    assert code(begin_concept(actor=staff, soort=TOEKENNING, uit=0)) == "rol"
    assert code(bewaar_concept(actor=staff, pk=row.pk, versie=None, blokken=teksten())) == "rol"
    assert code(maak_geldend(actor=staff, pk=row.pk, versie=None, geldend=None)) == "rol"
    assert code(leg_weg(actor=staff, pk=row.pk, versie=None)) == "rol"
    assert code(begin_concept(actor=iber, soort=TOEKENNING, uit=0)) == "rol"
    for act in (leg_weg, bewaar_concept, maak_geldend):
        more: dict[str, Any] = {leg_weg: {}, bewaar_concept: {"blokken": {}}, maak_geldend: {"geldend": None}}[act]
        with pytest.raises(Http404):
            act(actor=iber, pk=row.pk, versie=None, **more)  # type: ignore[operator]


@pytest.mark.parametrize("fields", [{"staat": GELDEND}, {"staat": CONCEPT}, {"staat": WEGGELEGD, "nummer": 1}])
def test_the_database_keeps_to_it_too(db: None, fields: dict[str, Any]) -> None:
    first = BriefversieFactory(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        BriefversieFactory(**{"nummer": first.nummer + 1, **fields})


@pytest.mark.django_db(transaction=True)
def test_two_people_begin_at_once(actor_als: ActorAls) -> None:
    directeur = actor_als(Rol.DIRECTEUR_BESTUURDER)

    def begin(_: int) -> str:
        try:
            answer = begin_concept(actor=directeur, soort=TOEKENNING, uit=0)
            return answer.code if isinstance(answer, Refusal) else "gelukt"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(begin, range(4)))
    assert outcomes == ["concept", "concept", "concept", "gelukt"]
    assert Briefversie.objects.count() == 1


def test_a_letter_made_again_has_the_words_with_which_it_was_sent(mensen: Mensen, actor_als: ActorAls) -> None:
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    row = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    house = brieftekst(row.pk, TOEKENNING, VANDAAG)
    leg_brief_vast(aanvraag_pk=row.pk, soort=TOEKENNING, dag=VANDAAG, tekst=house)
    version = geldend(director, slot="Groeten,")
    assert brieftekst(row.pk, TOEKENNING, VANDAAG) == house
    later = VANDAAG + timedelta(days=1)
    own = brieftekst(row.pk, TOEKENNING, later)
    assert own == Brieftekst(teksten(slot="Groeten,"), version.pk)
    leg_brief_vast(aanvraag_pk=row.pk, soort=TOEKENNING, dag=later, tekst=own)
    leg_brief_vast(aanvraag_pk=row.pk, soort=TOEKENNING, dag=later, tekst=house)
    geldend(director, slot="Hartelijke groet,")
    assert brieftekst(row.pk, TOEKENNING, later) == own
    stored = Brief.objects.get(aanvraag=row, dag=later)
    assert (stored.sjabloonversie_id, stored.standaardtekst) == (version.pk, None)
    assert Brief.objects.get(aanvraag=row, dag=VANDAAG).standaardtekst == house.blokken
    row_text = " ".join(map(str, Brief.objects.values_list("standaardtekst", flat=True)))
    assert row.leerling.achternaam not in row_text


def test_the_texts_of_a_letter_cost_one_query(mensen: Mensen, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        brieftekst(1, TOEKENNING, VANDAAG)
    BriefversieFactory(staat=GELDEND)
    with django_assert_num_queries(1):
        brieftekst(1, TOEKENNING, VANDAAG)
