"""Which begroting is the geldende: one at a time, made so by the director, and seen by whom."""

import threading
from contextlib import closing

import pytest
from django.db import IntegrityError, connection, transaction

from financien.importers.begroting import lees_begroting
from financien.models import Begroting, Begrotingspost
from financien.services.begroting import GEEN_GELDENDE, bewaar_als_geldend, maak_geldend
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
    second = maak_geldend(actor=directeur, pk=concept.pk, versie=concept.versie, geldend=first.pk)
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
    refused = maak_geldend(actor=directeur, pk=row.pk, versie=None, geldend=None)
    assert isinstance(refused, Refusal)
    assert refused.code == "staat"
    assert Begroting.objects.filter(staat="geldend").count() == 1


@pytest.mark.django_db
def test_an_older_version_is_refused_and_the_geldende_stays(directeur):
    now, concept = geldende_begroting(directeur), begroting_concept(directeur)
    refused = maak_geldend(actor=directeur, pk=concept.pk, versie=7, geldend=now.pk)
    assert isinstance(refused, Refusal)
    assert refused.code == "verouderd"
    assert Begroting.objects.get(staat="geldend") == now


@pytest.mark.django_db
def test_the_controller_may_not_and_others_do_not_find_it(directeur, actor_als):
    concept = begroting_concept(directeur)
    refused = maak_geldend(actor=actor_als(Rol.CONTROLLER), pk=concept.pk, versie=1, geldend=GEEN_GELDENDE)
    assert isinstance(refused, Refusal)
    assert refused.code == "rol"
    for rol in (Rol.SWV_MEDEWERKER, Rol.SCHOOLBESTUURDER):
        with pytest.raises(NotVisible):
            maak_geldend(actor=actor_als(rol), pk=concept.pk, versie=1, geldend=GEEN_GELDENDE)
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


@pytest.mark.django_db
@pytest.mark.parametrize("geopend", ["eerdere", "geen", "onleesbaar"])
def test_who_has_not_seen_what_is_geldend_now_is_refused(directeur, geopend):
    earlier, now = geldende_begroting(directeur), geldende_begroting(directeur)
    concept = begroting_concept(directeur)
    opened = {"eerdere": earlier.pk, "geen": GEEN_GELDENDE, "onleesbaar": 0}[geopend]
    refused = maak_geldend(actor=directeur, pk=concept.pk, versie=1, geldend=opened)
    assert isinstance(refused, Refusal)
    assert (refused.code, "andere begroting geldend" in refused.zin) == ("verouderd", True)
    assert Begroting.objects.get(staat="geldend") == now
    assert isinstance(maak_geldend(actor=directeur, pk=concept.pk, versie=1, geldend=now.pk), Begroting)


@pytest.mark.django_db
def test_the_first_one_replaces_none_and_a_form_has_to_say_so(directeur):
    concept = begroting_concept(directeur)
    assert isinstance(maak_geldend(actor=directeur, pk=concept.pk, versie=1, geldend=0), Refusal)
    assert isinstance(maak_geldend(actor=directeur, pk=concept.pk, versie=1, geldend=GEEN_GELDENDE), Begroting)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("met_geldende", [True, False])
def test_of_two_concepts_at_the_same_moment_one_becomes_geldend(directeur, met_geldende):
    opened = geldende_begroting(directeur).pk if met_geldende else GEEN_GELDENDE
    concepts = [begroting_concept(directeur) for _ in range(2)]
    start, outcomes = threading.Barrier(2), []

    def make(pk):
        with closing(connection):
            start.wait()
            outcomes.append(maak_geldend(actor=directeur, pk=pk, versie=1, geldend=opened))

    threads = [threading.Thread(target=make, args=[concept.pk]) for concept in concepts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = [outcome for outcome in outcomes if isinstance(outcome, Begroting)]
    refused = [outcome.code for outcome in outcomes if isinstance(outcome, Refusal)]
    assert (len(made), refused) == (1, ["verouderd"])
    assert Begroting.objects.get(staat="geldend") == made[0]
    states = Begroting.objects.filter(pk__in=[concept.pk for concept in concepts]).values_list("staat", flat=True)
    assert sorted(states) == ["concept", "geldend"]
