"""Which begroting is the geldende: one at a time, made so by the director, and seen by whom."""

import threading
from contextlib import closing

import pytest
from django.db import IntegrityError, connection, transaction

from financien.importers.begroting import lees_begroting
from financien.models import Begroting, Begrotingspost
from financien.services.begroting import bewaar_als_geldend, maak_geldend
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.financien import POSTEN, begroting_concept, geldende_begroting


@pytest.fixture
def directeur(actor_als):
    return actor_als(Rol.DIRECTEUR_BESTUURDER)


@pytest.mark.django_db
def test_the_new_one_replaces_the_old_one_and_both_timelines_say_so(directeur, actor_als):
    first = geldende_begroting(directeur)
    concept = begroting_concept(actor_als(Rol.CONTROLLER))
    assert (concept.staat, concept.geldend_sinds) == ("concept", None)
    second = maak_geldend(actor=directeur, pk=concept.pk, versie=concept.versie)
    assert isinstance(second, Begroting), second
    first.refresh_from_db()
    assert (first.staat, second.staat) == ("vervangen", "geldend")
    assert (first.versie, second.versie) == (3, 2)
    assert first.geldend_sinds is not None
    assert second.geldend_door_id == directeur.user_id
    assert tijdlijn(first)[0].soort == "begroting.vervangen"
    assert [line.soort for line in tijdlijn(second)] == ["begroting.geldend", "begroting.ingelezen"]


@pytest.mark.django_db
@pytest.mark.parametrize("staat", ["geldend", "vervangen"])
def test_only_a_concept_becomes_geldend(directeur, staat):
    row = geldende_begroting(directeur)
    if staat == "vervangen":
        geldende_begroting(directeur)
    refused = maak_geldend(actor=directeur, pk=row.pk, versie=None)
    assert isinstance(refused, Refusal)
    assert refused.code == "staat"
    assert Begroting.objects.filter(staat="geldend").count() == 1


@pytest.mark.django_db
def test_an_older_version_is_refused_and_the_geldende_stays(directeur):
    now, concept = geldende_begroting(directeur), begroting_concept(directeur)
    refused = maak_geldend(actor=directeur, pk=concept.pk, versie=7)
    assert isinstance(refused, Refusal)
    assert refused.code == "verouderd"
    assert Begroting.objects.get(staat="geldend") == now


@pytest.mark.django_db
def test_the_controller_may_not_and_others_do_not_find_it(directeur, actor_als):
    concept = begroting_concept(directeur)
    refused = maak_geldend(actor=actor_als(Rol.CONTROLLER), pk=concept.pk, versie=1)
    assert isinstance(refused, Refusal)
    assert refused.code == "rol"
    for rol in (Rol.SWV_MEDEWERKER, Rol.SCHOOLBESTUURDER):
        with pytest.raises(NotVisible):
            maak_geldend(actor=actor_als(rol), pk=concept.pk, versie=1)
    concept.refresh_from_db()
    assert concept.staat == "concept"


@pytest.mark.django_db
def test_keeping_and_making_geldend_happen_both_or_not_at_all(actor_als):
    controller = actor_als(Rol.CONTROLLER)
    refused = bewaar_als_geldend(
        actor=controller, bestand=lees_begroting(POSTEN), totalen=None, naam="Proef", bron="proef"
    )
    assert isinstance(refused, Refusal)
    assert not Begroting.objects.exists()


@pytest.mark.django_db
def test_who_sees_which_begroting_and_its_posts(directeur, bereik_als):
    rows = {"vervangen": geldende_begroting(directeur), "geldend": geldende_begroting(directeur)}
    rows["concept"] = begroting_concept(directeur)
    expected = {
        Rol.CONTROLLER: set(rows),
        Rol.DIRECTEUR_BESTUURDER: set(rows),
        Rol.SWV_MEDEWERKER: {"vervangen", "geldend"},
        Rol.SCHOOLBESTUURDER: {"vervangen", "geldend"},
        Rol.SCHOOLDIRECTEUR: set(),
    }
    for rol, states in expected.items():
        reach = bereik_als(rol)
        assert set(Begroting.objects.visible_to(reach)) == {rows[state] for state in states}, rol
        owners = Begrotingspost.objects.visible_to(reach).values_list("begroting", flat=True)
        assert set(owners) == {rows[state].pk for state in states}, rol


@pytest.mark.django_db
def test_the_database_keeps_two_from_being_geldend(directeur):
    row, concept = geldende_begroting(directeur), begroting_concept(directeur)
    with pytest.raises(IntegrityError, match="begroting_een_geldend"), transaction.atomic():
        Begroting.objects.filter(pk=concept.pk).update(staat="geldend", geldend_sinds=row.geldend_sinds)
    with pytest.raises(IntegrityError, match="begroting_geldend"), transaction.atomic():
        Begroting.objects.filter(pk=row.pk).update(geldend_sinds=None)


@pytest.mark.django_db(transaction=True)
def test_two_concepts_at_the_same_moment_become_geldend_one_after_the_other(directeur):
    geldende_begroting(directeur)
    concepts = [begroting_concept(directeur) for _ in range(2)]
    start, outcomes = threading.Barrier(2), []

    def make(pk):
        with closing(connection):
            start.wait()
            outcomes.append(maak_geldend(actor=directeur, pk=pk, versie=1))

    threads = [threading.Thread(target=make, args=[concept.pk]) for concept in concepts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(outcome, Begroting) for outcome in outcomes)
    assert len(outcomes) == 2
    states = Begroting.objects.order_by("staat").values_list("staat", flat=True)
    assert list(states) == ["geldend", "vervangen", "vervangen"]
