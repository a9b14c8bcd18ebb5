"""A bao-bao overstap: both directors, each with an own account; and who pays a later referral."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from ondersteuning.domain.overstap import CONCEPT, DEFINITIEF, GEVRAAGD, INGETROKKEN
from ondersteuning.models import BaoBao, Leerling, Overstap
from ondersteuning.queries.baobao import vorige_school_betaalt
from ondersteuning.services.baobao import begin_baobao, bevestig, wijzig_baobao
from ondersteuning.services.overstap import zet_stap
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.access.reach import bereik_voor
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory, geef_rol
from tests.factories.ondersteuning import LeerlingFactory, SoFactory
from tests.factories.overstap import baobao, terugplaatsing

VANDAAG = date(2026, 3, 10)


@dataclass
class Wereld:
    oud: Any
    nieuw: Any
    iber: Actor
    van: Actor
    naar: Actor
    swv: Actor


@pytest.fixture
def wereld(db: None, actor_als: Callable[..., Actor]) -> Wereld:
    SamenwerkingsverbandFactory()
    old, new = SchoolFactory(naam="Basisschool Oud"), SchoolFactory(naam="Basisschool Nieuw")
    return Wereld(
        old,
        new,
        actor_als(Rol.IBER, old),
        actor_als(Rol.SCHOOLDIRECTEUR, old),
        actor_als(Rol.SCHOOLDIRECTEUR, new),
        actor_als(Rol.SWV_MEDEWERKER),
    )


def begin(wereld: Wereld, **anders: Any) -> Any:
    values = {
        "leerling": None,
        "voornamen": "Fenna",
        "achternaam": "Zeewier",
        "geboortedatum": date(2017, 5, 4),
        "naar_school": wereld.nieuw.pk,
        "overstap_op": VANDAAG,
        "reden": "Een kleinere school.",
        "toestemming_op": date(2026, 3, 1),
        "toestemming": "Beide ouders.",
    }
    return begin_baobao(actor=wereld.iber, school_id=wereld.oud.pk, gegevens=values | anders, vandaag=VANDAAG)


def code(answer: Any) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def stap(actor: Actor, row: Overstap, naam: str, toelichting: str = "") -> Any:
    row.refresh_from_db()
    return zet_stap(actor=actor, pk=row.pk, versie=row.versie, naam=naam, toelichting=toelichting, vandaag=VANDAAG)


def ja(actor: Actor, row: Overstap, naam: str, **anders: bool) -> Any:
    row.refresh_from_db()
    said = {"extra_behoeften": True, "geen_verhuizing": True} | anders
    return bevestig(actor=actor, pk=row.pk, versie=row.versie, naam=naam, vandaag=VANDAAG, **said)


def definitief(wereld: Wereld, **anders: Any) -> BaoBao:
    row = begin(wereld, **anders)
    stap(wereld.iber, row, "vraag")
    ja(wereld.van, row, "bevestig_van")
    done = ja(wereld.naar, row, "bevestig_naar")
    assert isinstance(done, BaoBao), done
    return done


def test_the_second_director_makes_it_definite(wereld: Wereld) -> None:
    row = begin(wereld)
    assert isinstance(row, BaoBao), row
    assert row.staat == CONCEPT
    stap(wereld.iber, row, "vraag")
    first = ja(wereld.naar, row, "bevestig_naar")
    assert isinstance(first, BaoBao)
    assert first.staat == GEVRAAGD
    done = ja(wereld.van, row, "bevestig_van")
    assert isinstance(done, BaoBao)
    assert done.staat == DEFINITIEF
    assert (done.van_bevestigd_door_id, done.naar_bevestigd_door_id) == (wereld.van.user_id, wereld.naar.user_id)
    assert done.betaalt_tot == date(2028, 3, 9)
    assert done.bewaren_tot == date(2029, 3, 10)
    pupil = Leerling.objects.get(pk=done.leerling_id)
    assert pupil.school == wereld.nieuw
    note = Event.objects.get(soort="leerling.baobao", onderwerp_id=pupil.pk)
    assert note.tekst == "Een overstap tussen basisscholen is definitief."
    note = Event.objects.get(soort="baobao.definitief", onderwerp_id=row.pk)
    assert "Basisschool Oud betaalt een verwijzing naar SBO of SO tot en met 9 maart 2028." in note.tekst


def test_an_iber_can_not_confirm(wereld: Wereld) -> None:
    row = begin(wereld)
    stap(wereld.iber, row, "vraag")
    assert code(ja(wereld.iber, row, "bevestig_van")) == "rol"
    assert code(ja(wereld.naar, row, "bevestig_van")) == "rol"
    assert code(ja(wereld.swv, row, "bevestig_naar")) == "rol"


def test_one_person_with_both_schools_is_not_two_directors(wereld: Wereld) -> None:

    user = User.objects.get(pk=wereld.van.user_id)
    geef_rol(user, Rol.SCHOOLDIRECTEUR, wereld.nieuw)
    both = Actor(bereik=bereik_voor(user.pk, date.today()), user_id=user.pk)  # noqa: DTZ011
    row = begin(wereld)
    stap(wereld.iber, row, "vraag")
    assert isinstance(ja(both, row, "bevestig_van"), BaoBao)
    assert code(ja(both, row, "bevestig_naar")) == "zelfde"
    row.refresh_from_db()
    assert row.staat == GEVRAAGD


def test_what_a_director_does_not_say(wereld: Wereld) -> None:
    row = begin(wereld)
    stap(wereld.iber, row, "vraag")
    assert code(ja(wereld.van, row, "bevestig_van", extra_behoeften=False)) == "extra_behoeften"
    assert code(ja(wereld.van, row, "bevestig_van", geen_verhuizing=False)) == "verhuizing"
    row.refresh_from_db()
    assert row.van_bevestigd_op is None


def test_consent_comes_first(wereld: Wereld) -> None:
    row = begin(wereld, toestemming_op=None)
    assert code(stap(wereld.iber, row, "vraag")) == "toestemming"
    row.refresh_from_db()
    values = {"naar_school": wereld.nieuw.pk, "overstap_op": VANDAAG, "toestemming_op": VANDAAG + timedelta(days=1)}
    change = {"actor": wereld.iber, "pk": row.pk, "versie": row.versie, "vandaag": VANDAAG}
    assert code(wijzig_baobao(**change, gegevens=values)) == "toekomst"
    assert isinstance(wijzig_baobao(**change, gegevens={**values, "toestemming_op": VANDAAG}), BaoBao)
    assert not isinstance(stap(wereld.iber, row, "vraag"), Refusal)


def test_back_to_the_school_means_confirming_anew(wereld: Wereld) -> None:
    row = begin(wereld)
    stap(wereld.iber, row, "vraag")
    ja(wereld.van, row, "bevestig_van")
    stap(wereld.naar, row, "neem_niet_aan", "De dag klopt niet.")
    row.refresh_from_db()
    assert (row.staat, row.van_bevestigd_op, row.van_bevestigd_door, row.gevraagde_school) == (
        CONCEPT,
        None,
        None,
        None,
    )
    with pytest.raises(NotVisible):
        ja(wereld.naar, row, "bevestig_naar")


def test_a_pupil_goes_over_once_at_a_time(wereld: Wereld) -> None:
    pupil = LeerlingFactory(school=wereld.oud)
    first = begin(wereld, leerling=pupil.pk)
    answer = begin(wereld, leerling=pupil.pk)
    assert code(answer) == "loopt_al"
    assert first.kenmerk in answer.zin
    # At another school by now: what runs there is not named.
    BaoBao.objects.filter(pk=first.pk).update(van_school=SchoolFactory())
    answer = begin(wereld, leerling=pupil.pk)
    assert code(answer) == "loopt_al"
    assert first.kenmerk not in answer.zin


def test_a_special_school_takes_no_part(wereld: Wereld, actor_als: Callable[..., Actor]) -> None:
    assert code(begin(wereld, naar_school=SoFactory().pk)) == "naar_school"
    assert code(begin(wereld, naar_school=wereld.oud.pk)) == "naar_school"
    special = SoFactory()
    answer = begin_baobao(actor=actor_als(Rol.IBER, special), school_id=special.pk, gegevens={}, vandaag=VANDAAG)
    assert code(answer) == "school"


def test_who_pays_a_later_referral(wereld: Wereld) -> None:
    done = definitief(wereld)
    for day, pays in (
        (VANDAAG - timedelta(days=1), False),
        (VANDAAG, True),
        (date(2028, 3, 9), True),
        (date(2028, 3, 10), False),
    ):
        found = vorige_school_betaalt(done.leerling, day)
        assert (found is not None) is pays, day
    found = vorige_school_betaalt(done.leerling, VANDAAG)
    assert found is not None
    assert (found.school_id, found.tot_en_met) == (wereld.oud.pk, date(2028, 3, 9))
    assert found.reden == (
        f"De leerling stapte op 10 maart 2026 over van Basisschool Oud (bao-bao, {done.kenmerk}). "
        "Die school betaalt een verwijzing tot en met 9 maart 2028."
    )
    assert vorige_school_betaalt(done.leerling, VANDAAG, verwijzer_id=wereld.nieuw.pk) is not None
    assert vorige_school_betaalt(done.leerling, VANDAAG, verwijzer_id=wereld.oud.pk) is None


def test_a_dossier_that_was_typed_anew_is_recognised(wereld: Wereld) -> None:
    done = definitief(wereld)
    again = LeerlingFactory(school=wereld.nieuw, voornamen="Fenna", achternaam="Zeewier", geboortedatum="2017-05-04")
    assert vorige_school_betaalt(again, VANDAAG) is not None
    other = LeerlingFactory(school=wereld.nieuw, voornamen="Fenna", achternaam="Zeewier", geboortedatum="2017-05-05")
    assert vorige_school_betaalt(other, VANDAAG) is None
    assert done.staat == DEFINITIEF


def test_of_two_overstappen_the_last_counts(wereld: Wereld) -> None:
    done = definitief(wereld)
    baobao(
        DEFINITIEF,
        vandaag=VANDAAG,
        leerling=done.leerling,
        van_school=wereld.nieuw,
        overstap_op=date(2026, 9, 1),
        betaalt_tot=date(2028, 8, 31),
    )
    pays = [vorige_school_betaalt(done.leerling, day) for day in (date(2026, 8, 31), date(2026, 9, 1))]
    assert [each.school_id for each in pays if each] == [wereld.oud.pk, wereld.nieuw.pk]


@pytest.mark.parametrize("staat", [CONCEPT, GEVRAAGD, INGETROKKEN])
def test_what_is_not_definite_pays_nothing(wereld: Wereld, staat: str) -> None:
    row = baobao(staat, overstap_op=VANDAAG, betaalt_tot=date(2028, 3, 9))
    assert vorige_school_betaalt(row.leerling, VANDAAG) is None


def test_a_terugplaatsing_is_no_overstap_between_regular_schools(wereld: Wereld) -> None:
    row = terugplaatsing(DEFINITIEF, vandaag=VANDAAG, overstap_op=VANDAAG)
    assert vorige_school_betaalt(row.leerling, VANDAAG) is None


def test_the_swv_lets_it_lapse(wereld: Wereld) -> None:
    done = definitief(wereld)
    assert code(stap(wereld.van, done, "laat_vervallen", "Toch niet.")) == "rol"
    assert code(stap(wereld.swv, done, "laat_vervallen")) == "toelichting"
    stap(wereld.swv, done, "laat_vervallen", "Het was een verhuizing.")
    assert vorige_school_betaalt(done.leerling, VANDAAG) is None
    assert Overstap.objects.visible_to(wereld.naar.bereik).filter(pk=done.pk).exists()


def test_an_old_version_is_refused(wereld: Wereld) -> None:
    row = begin(wereld)
    stap(wereld.iber, row, "vraag")
    answer = bevestig(
        actor=wereld.van,
        pk=row.pk,
        versie=1,
        naam="bevestig_van",
        extra_behoeften=True,
        geen_verhuizing=True,
        vandaag=VANDAAG,
    )
    assert code(answer) == "verouderd"


def test_withdrawing_says_nothing_about_the_phase(wereld: Wereld) -> None:
    row = begin(wereld)
    Leerling.objects.filter(pk=row.leerling_id).update(fase="terugplaatsing")
    done = stap(wereld.iber, row, "trek_in")
    assert done.staat == INGETROKKEN
    pupil = Leerling.objects.get(pk=row.leerling_id)
    assert pupil.fase == "terugplaatsing"
    assert [change.reden for change in pupil.faseovergangen.all()] == [""]
