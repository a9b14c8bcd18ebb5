"""The dossier of a pupil: who makes and changes it, its phase, and that applications take over and give back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import Http404

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.fase import AFSTEMMING, INDICATIE, PLAATSING, SIGNALERING, TERUGPLAATSING
from ondersteuning.models import Aanvraag, Leerling, Schoolperiode
from ondersteuning.queries.leerlingen import consulenten, kies_leerlingen
from ondersteuning.services.aanvraag import begin_aanvraag, leg_voor, trek_in
from ondersteuning.services.gezag import Persoon, wijzig_gezag
from ondersteuning.services.invullen import bewaar_stap
from ondersteuning.services.leerlingen import (
    maak_leerling,
    wijzig_fase,
    wijzig_gegevens,
    zet_consulent,
    zet_fase,
)
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Bereik, Rol, Toekenning
from swv_portal.common.workflow import Refusal
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, AanvraagFactory, LeerlingFactory, in_staat
from tests.ondersteuning.conftest import Mensen

GEGEVENS = {"voornamen": "Sam", "achternaam": "Testvogel", "geboortedatum": date(2017, 5, 4), "groep": "3"}
ActorAls = Callable[..., Actor]


def maak(actor: Actor, school: Any, **extra: Any) -> Leerling:
    made = maak_leerling(
        actor=actor, school_id=school.pk if school else None, gegevens={**GEGEVENS, **extra}, vandaag=VANDAAG
    )
    assert isinstance(made, Leerling), made
    return made


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def test_a_school_makes_a_dossier_of_its_own_pupil(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    pupil.refresh_from_db()
    assert (pupil.naam, pupil.geboortedatum, pupil.groep) == ("Sam Testvogel", "2017-05-04", "3")
    assert (pupil.fase, pupil.fase_sinds, pupil.gewijzigd_op) == (SIGNALERING, VANDAAG, VANDAAG)
    period = Schoolperiode.objects.get(leerling=pupil)
    assert (period.school, period.van, period.tot) == (mensen.school, VANDAAG, None)
    assert pupil.dubbelsleutel
    assert kies_leerlingen(mensen.iber.bereik, mensen.school.pk) == [(pupil.pk, "Sam Testvogel")]
    assert "Sam" not in " ".join(line.tekst for line in tijdlijn(pupil))


def test_another_school_does_not_exist(mensen: Mensen) -> None:
    other = SchoolFactory()
    with pytest.raises(Http404):
        maak_leerling(actor=mensen.iber, school_id=other.pk, gegevens=GEGEVENS, vandaag=VANDAAG)
    with pytest.raises(Http404):
        maak_leerling(actor=mensen.ortho, school_id=mensen.ikc.pk, gegevens=GEGEVENS, vandaag=VANDAAG)
    assert not Leerling.objects.exists()


def test_only_the_swv_makes_one_for_a_child_without_a_school(mensen: Mensen) -> None:
    assert code(maak_leerling(actor=mensen.iber, school_id=None, gegevens=GEGEVENS, vandaag=VANDAAG)) == "rol"
    pupil = maak(mensen.swv, None)
    assert pupil.school is None
    assert pupil.schoolperioden.get().school is None
    assert kies_leerlingen(mensen.swv.bereik, None) == [(pupil.pk, "Sam Testvogel")]
    assert kies_leerlingen(mensen.iber.bereik, None) == []


def test_the_same_child_twice_at_one_school_is_refused(mensen: Mensen) -> None:
    maak(mensen.iber, mensen.school)
    again = {**GEGEVENS, "voornamen": "  SAM "}
    answer = maak_leerling(actor=mensen.iber, school_id=mensen.school.pk, gegevens=again, vandaag=VANDAAG)
    assert code(answer) == "bestaat_al"
    # At another school it is not told: that would say where this child is.
    maak(mensen.swv, SchoolFactory())


def test_a_birth_date_that_can_not_be(mensen: Mensen) -> None:
    wrong = {**GEGEVENS, "geboortedatum": date(2035, 1, 1)}
    answer = maak_leerling(actor=mensen.iber, school_id=mensen.school.pk, gegevens=wrong, vandaag=VANDAAG)
    assert code(answer) == "geboortedatum"


def test_choosing_is_by_name_within_the_school(mensen: Mensen, actor_als: ActorAls) -> None:
    second = maak(mensen.iber, mensen.school, voornamen="Wim")
    first = maak(mensen.iber, mensen.school, voornamen="anna")
    assert [pk for pk, _ in kies_leerlingen(mensen.iber.bereik, mensen.school.pk)] == [first.pk, second.pk]
    elsewhere = actor_als(Rol.IBER, SchoolFactory())
    assert kies_leerlingen(elsewhere.bereik, mensen.school.pk) == []
    AanvraagFactory(leerling=first, verwijzende_school=mensen.school)
    free = kies_leerlingen(mensen.iber.bereik, mensen.school.pk, zonder_lopende_aanvraag=True)
    assert [pk for pk, _ in free] == [second.pk]


def test_changing_what_is_known(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    new = {**GEGEVENS, "voornamen": "Samira", "woon_pc4": "2011"}
    changed = wijzig_gegevens(actor=mensen.iber, pk=pupil.pk, versie=1, gegevens=new, vandaag=date(2025, 4, 1))
    assert isinstance(changed, Leerling)
    pupil.refresh_from_db()
    assert (pupil.naam, pupil.woon_pc4, pupil.versie) == ("Samira Testvogel", "2011", 2)
    assert pupil.gewijzigd_op == date(2025, 4, 1)
    assert len(pupil.zoeksleutels) == 2
    again = wijzig_gegevens(actor=mensen.iber, pk=pupil.pk, versie=1, gegevens=new, vandaag=VANDAAG)
    assert code(again) == "verouderd"


def test_a_name_lies_fixed_while_others_read_the_application(mensen: Mensen) -> None:
    row = in_staat(procedure.BIJ_PARTIJEN, verwijzende_school=mensen.school)
    pupil = row.leerling
    group = {"voornamen": pupil.voornamen, "achternaam": pupil.achternaam, "groep": "5"}
    changed = wijzig_gegevens(actor=mensen.iber, pk=pupil.pk, versie=pupil.versie, gegevens=group, vandaag=VANDAAG)
    assert isinstance(changed, Leerling)
    name = {**group, "voornamen": "Anders"}
    refused = wijzig_gegevens(actor=mensen.iber, pk=pupil.pk, versie=changed.versie, gegevens=name, vandaag=VANDAAG)
    assert code(refused) == "ligt_vast"
    pupil.refresh_from_db()
    assert pupil.voornamen == "Mila Test"
    Aanvraag.objects.filter(pk=row.pk).update(staat=procedure.CONCEPT)
    done = wijzig_gegevens(actor=mensen.iber, pk=pupil.pk, versie=changed.versie, gegevens=name, vandaag=VANDAAG)
    assert isinstance(done, Leerling)


def test_a_phase_by_hand_has_its_reason_outside_the_timeline(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    done = wijzig_fase(
        actor=mensen.iber, pk=pupil.pk, versie=1, fase=INDICATIE, reden="Sam valt uit.", vandaag=date(2025, 4, 1)
    )
    assert isinstance(done, Leerling)
    pupil.refresh_from_db()
    assert (pupil.fase, pupil.fase_sinds, pupil.versie) == (INDICATIE, date(2025, 4, 1), 2)
    change = pupil.faseovergangen.first()
    assert change is not None
    assert (change.reden, change.door_id) == ("Sam valt uit.", mensen.iber.user_id)
    assert not any("valt uit" in line.tekst for line in tijdlijn(pupil))
    assert any("indicatie" in line.tekst for line in tijdlijn(pupil))
    refused = wijzig_fase(actor=mensen.iber, pk=pupil.pk, versie=2, fase=PLAATSING, reden=" ", vandaag=VANDAAG)
    assert code(refused) == "reden"
    with pytest.raises(Http404):
        wijzig_fase(actor=mensen.ortho, pk=pupil.pk, versie=2, fase=PLAATSING, reden="x", vandaag=VANDAAG)


def test_setting_the_same_phase_again_adds_nothing(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    for _ in range(2):
        zet_fase(leerling=pupil, fase=TERUGPLAATSING, actor=PORTAAL, vandaag=VANDAAG, reden="Terugplaatsing begonnen.")
    assert pupil.faseovergangen.filter(fase=TERUGPLAATSING).count() == 1
    with pytest.raises(ValueError, match="no phase"):
        zet_fase(leerling=pupil, fase="verhuizing", actor=PORTAAL, vandaag=VANDAAG, reden="")


def test_the_phase_follows_an_application(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    row = begin_aanvraag(
        actor=mensen.iber, school_id=mensen.school.pk, route="A", vandaag=VANDAAG, leerling_id=pupil.pk
    )
    assert isinstance(row, Aanvraag)
    pupil.refresh_from_db()
    assert pupil.fase == INDICATIE
    gone = trek_in(actor=mensen.iber, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(gone, Aanvraag)
    pupil.refresh_from_db()
    assert pupil.fase == SIGNALERING
    reasons = [change.reden for change in pupil.faseovergangen.all()]
    assert reasons[0] == f"Aanvraag {row.kenmerk}: ingetrokken."


def test_an_application_that_begins_never_puts_the_pupil_back(mensen: Mensen) -> None:
    granted = in_staat(procedure.TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    pupil = granted.leerling
    zet_fase(leerling=pupil, fase=PLAATSING, actor=PORTAAL, vandaag=VANDAAG, reden="")
    own = Leerling.objects.get(pk=maak(mensen.iber, mensen.school).pk)
    zet_fase(leerling=own, fase=AFSTEMMING, actor=PORTAAL, vandaag=VANDAAG, reden="Met de hand.")
    for each, phase in ((pupil, PLAATSING), (own, AFSTEMMING)):
        row = begin_aanvraag(
            actor=mensen.iber, school_id=mensen.school.pk, route="A", vandaag=VANDAAG, leerling_id=each.pk
        )
        assert isinstance(row, Aanvraag), row
        each.refresh_from_db()
        assert each.fase == phase
        gone = trek_in(actor=mensen.iber, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
        assert isinstance(gone, Aanvraag), gone
    pupil.refresh_from_db()
    own.refresh_from_db()
    assert (pupil.fase, own.fase) == (PLAATSING, SIGNALERING)


def test_only_the_swv_chooses_a_consulent(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    refused = zet_consulent(actor=mensen.iber, pk=pupil.pk, versie=1, consulent=mensen.swv.user_id, vandaag=VANDAAG)
    assert code(refused) == "rol"
    assert mensen.iber.user_id not in dict(consulenten(VANDAAG))
    wrong = zet_consulent(actor=mensen.swv, pk=pupil.pk, versie=1, consulent=mensen.iber.user_id, vandaag=VANDAAG)
    assert code(wrong) == "consulent"
    done = zet_consulent(actor=mensen.swv, pk=pupil.pk, versie=1, consulent=mensen.swv.user_id, vandaag=VANDAAG)
    assert isinstance(done, Leerling)
    assert done.consulent_id == mensen.swv.user_id


def test_an_application_begins_with_what_the_dossier_knows(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school, woon_pc4="2011")
    people = [Persoon("Ouder Testvogel", "ouder@test.example", "0612345678", "moeder")]
    wijzig_gezag(
        actor=mensen.iber, pk=pupil.pk, versie=1, personen=people, een_reden="Er is één ouder.", vandaag=VANDAAG
    )
    in_staat(procedure.GEWEIGERD, leerling=pupil, verwijzende_school=mensen.school, onderwijsbehoefte="Veel structuur.")
    row = begin_aanvraag(
        actor=mensen.iber, school_id=mensen.school.pk, route="A", vandaag=VANDAAG, leerling_id=pupil.pk
    )
    assert isinstance(row, Aanvraag)
    row.refresh_from_db()
    assert row.leerling_id == pupil.pk
    assert (row.groep, row.woon_pc4, row.een_ouder_reden) == ("3", "2011", "Er is één ouder.")
    assert row.onderwijsbehoefte == "Veel structuur."
    parents = {party.volgnummer: party for party in row.partijen.filter(soort=procedure.OUDER)}
    assert (parents[1].naam, parents[1].email, parents[1].telefoon) == (
        "Ouder Testvogel",
        "ouder@test.example",
        "0612345678",
    )
    assert parents[2].naam == ""


def test_what_another_school_wrote_is_not_taken_over(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    in_staat(procedure.GEWEIGERD, leerling=pupil, verwijzende_school=SchoolFactory(), onderwijsbehoefte="Geheim.")
    row = begin_aanvraag(
        actor=mensen.iber, school_id=mensen.school.pk, route="A", vandaag=VANDAAG, leerling_id=pupil.pk
    )
    assert isinstance(row, Aanvraag)
    assert row.onderwijsbehoefte == ""


def test_one_running_application_per_pupil(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    first = begin_aanvraag(
        actor=mensen.iber, school_id=mensen.school.pk, route="A", vandaag=VANDAAG, leerling_id=pupil.pk
    )
    assert isinstance(first, Aanvraag)
    second = begin_aanvraag(
        actor=mensen.iber, school_id=mensen.school.pk, route="A", vandaag=VANDAAG, leerling_id=pupil.pk
    )
    assert code(second) == "loopt_al"


def test_a_pupil_of_another_school_does_not_exist(mensen: Mensen) -> None:
    stranger = LeerlingFactory()
    with pytest.raises(Http404):
        begin_aanvraag(
            actor=mensen.iber, school_id=mensen.school.pk, route="A", vandaag=VANDAAG, leerling_id=stranger.pk
        )
    assert not Aanvraag.objects.exists()


def test_what_the_parties_get_is_what_the_dossier_keeps(mensen: Mensen) -> None:
    row = AanvraagFactory(verwijzende_school=mensen.school, ontvangende_school=mensen.ikc, groep="6", woon_pc4="2012")
    pupil = row.leerling
    wijzig_gezag(
        actor=mensen.iber,
        pk=pupil.pk,
        versie=1,
        personen=[Persoon("Ouder Kanariepiet 1", "oud@test.example", "", "moeder"), Persoon("Iemand anders")],
        een_reden="",
        vandaag=VANDAAG,
    )
    done = leg_voor(actor=mensen.iber, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert not isinstance(done, Refusal), done
    pupil.refresh_from_db()
    assert (pupil.groep, pupil.woon_pc4, pupil.fase) == ("6", "2012", AFSTEMMING)
    people = [(each.naam, each.email, each.relatie) for each in pupil.gezagsdragers.all()]
    assert people == [
        ("Ouder Kanariepiet 1", "ouder1@test.example", "moeder"),
        ("Ouder Kanariepiet 2", "ouder2@test.example", ""),
    ]


def test_typing_a_name_in_an_application_leaves_the_rest_of_the_dossier(mensen: Mensen) -> None:
    """The pupil is loaded with the application, not locked: only the name may be written from there."""
    row = AanvraagFactory(verwijzende_school=mensen.school)
    stale = Leerling.objects.get(pk=row.leerling_id)
    zet_fase(leerling=stale, fase=PLAATSING, actor=PORTAAL, vandaag=VANDAAG, reden="")
    typed = bewaar_stap(
        actor=mensen.iber,
        pk=row.pk,
        versie=row.versie,
        stap="leerling",
        gegevens={"voornamen": "Nieuw"},
        vandaag=VANDAAG,
    )
    assert not isinstance(typed, Refusal), typed
    stale.refresh_from_db()
    assert (stale.voornamen, stale.fase) == ("Nieuw", PLAATSING)


def test_custody_has_at_most_two_people(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    three = [Persoon(f"Persoon {number}") for number in range(3)]
    refused = wijzig_gezag(actor=mensen.iber, pk=pupil.pk, versie=1, personen=three, een_reden="", vandaag=VANDAAG)
    assert code(refused) == "te_veel"
    assert not pupil.gezagsdragers.exists()


def test_a_pupil_of_the_other_own_school_is_a_refusal(mensen: Mensen) -> None:
    """Who works at two schools and chooses the wrong one keeps what was chosen."""
    second = SchoolFactory()
    both = Actor(
        Bereik(mensen.iber.user_id, mensen.iber.bereik.toekenningen | {Toekenning(Rol.IBER, second.pk)}),
        user_id=mensen.iber.user_id,
    )
    pupil = maak(both, second)
    answer = begin_aanvraag(actor=both, school_id=mensen.school.pk, route="A", vandaag=VANDAAG, leerling_id=pupil.pk)
    assert code(answer) == "andere_school"
    assert not Aanvraag.objects.exists()
