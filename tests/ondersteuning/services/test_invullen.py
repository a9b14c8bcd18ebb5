"""Filling in: versions, what is refused at once, and who may."""

from datetime import date
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN
from ondersteuning.models import Aanvraag
from ondersteuning.queries.keuzes import dubbele_aanvragen
from ondersteuning.queries.lijst import Aanvraagfilter, gefilterd, gevonden
from ondersteuning.services.aanvraag import begin_aanvraag, haal_terug, leg_voor, trek_in
from ondersteuning.services.invullen import CATEGORIE_ZONDER_SCHOOL, WERKGEVER_BIJ_SCHOOL, Bewaard, bewaar_stap
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, AanvraagFactory, SboFactory, SoFactory, in_staat
from tests.ondersteuning.conftest import Mensen, deskundige, ouder


def make(mensen: Mensen, **fields: Any) -> Aanvraag:
    return AanvraagFactory(verwijzende_school=mensen.school, ontvangende_school=mensen.ikc, **fields)


def store(mensen: Mensen, row: Aanvraag, step: str, versie: int | None = None, **values: Any) -> Bewaard | Refusal:
    version = row.versie if versie is None else versie
    return bewaar_stap(actor=mensen.iber, pk=row.pk, versie=version, stap=step, gegevens=values, vandaag=VANDAAG)


def stored(answer: Bewaard | Refusal) -> Aanvraag:
    """The application, of which everything that was sent is stored."""
    assert isinstance(answer, Bewaard), answer
    assert not answer.niet_bewaard
    return answer.aanvraag


def kept_out(answer: Bewaard | Refusal) -> dict[str | None, str]:
    """Field and code of what was not stored."""
    assert isinstance(answer, Bewaard), answer
    return {refusal.veld: refusal.code for refusal in answer.niet_bewaard}


def test_only_what_was_sent_changes(mensen: Mensen) -> None:
    row = make(mensen)
    found = stored(store(mensen, row, "leerling", groep="5"))
    found.refresh_from_db()
    assert (found.groep, found.leerling.voornamen, found.versie) == ("5", "Mila Test", row.versie + 1)


def test_storing_the_same_again_is_never_too_late(mensen: Mensen) -> None:
    """The button that is pressed while the autosave is on its way."""
    row = make(mensen)
    first = stored(store(mensen, row, "leerling", groep="5"))
    events = Event.objects.count()
    again = stored(store(mensen, row, "leerling", versie=1, groep="5"))
    assert again.versie == first.versie
    assert Event.objects.count() == events


def test_two_tabs(mensen: Mensen) -> None:
    row = make(mensen)
    stored(store(mensen, row, "leerling", versie=1, groep="5"))
    late = store(mensen, row, "leerling", versie=1, groep="6")
    assert isinstance(late, Refusal)
    assert late.code == "verouderd"
    row.refresh_from_db()
    assert row.groep == "5"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"tweede_functie": "orthopedagoog"}, "zelfde_functie"),
        ({"tweede_functie": "orthopedagoog", "tweede_werkgever": "de zeester"}, "zelfde_functie in_dienst"),
        ({"tweede_functie": "psycholoog"}, "tweede_functie"),
        ({"tweede_dienstverband": "verwijzend"}, "in_dienst"),
        ({"tweede_dienstverband": "ontvangend"}, "in_dienst"),
        ({"tweede_werkgever": "de zeester"}, "in_dienst"),
        ({"tweede_werkgever": "ikc duinrand"}, "in_dienst"),
    ],
)
def test_a_second_expert_who_can_not_be_one_is_refused_at_once_and_the_rest_is_stored(
    mensen: Mensen, values: dict[str, str], code: str
) -> None:
    row = make(mensen)
    answer = store(mensen, row, "deskundige", tweede_naam="Iemand Anders", tweede_email="a@test.example", **values)
    assert kept_out(answer) == dict(zip(values, code.split(), strict=True))
    second = deskundige(row)
    assert (second.naam, second.email) == ("Iemand Anders", "a@test.example")
    assert (second.functie, second.dienstverband, second.werkgever) == ("jeugdarts", "elders", "GGD Testkust")
    row.refresh_from_db()
    assert row.versie == 2


def test_a_refused_field_alone_changes_nothing_and_is_no_conflict(mensen: Mensen) -> None:
    """It stays on the screen, so every autosave and the button send it again, with whatever version."""
    row = make(mensen)
    events = Event.objects.count()
    for version in (1, 99):
        answer = store(mensen, row, "deskundige", versie=version, tweede_functie="orthopedagoog")
        assert kept_out(answer) == {"tweede_functie": "zelfde_functie"}
    row.refresh_from_db()
    assert (row.versie, deskundige(row).functie, Event.objects.count()) == (1, "jeugdarts", events)


def test_the_board_of_a_school_is_an_employer_too(mensen: Mensen) -> None:
    answer = store(mensen, make(mensen), "deskundige", tweede_werkgever=mensen.ikc.bestuur.naam.upper())
    assert kept_out(answer) == {"tweede_werkgever": "in_dienst"}


def test_changing_the_first_experts_function_is_checked_against_the_second(mensen: Mensen) -> None:
    row = make(mensen)
    row = stored(store(mensen, row, "deskundige", tweede_functie="jeugdpsycholoog"))
    answer = store(mensen, row, "school", eerste_functie="psycholoog", gewenst_van=date(2025, 9, 1))
    assert kept_out(answer) == {"eerste_functie": "zelfde_functie"}
    row.refresh_from_db()
    assert (row.eerste_functie, row.gewenst_van) == ("orthopedagoog", date(2025, 9, 1))


def test_a_receiving_school_where_the_second_expert_works(mensen: Mensen) -> None:
    row, other = make(mensen), SoFactory(naam="SO De Kim")
    stored(store(mensen, row, "deskundige", tweede_werkgever="De Kim"))
    row.refresh_from_db()
    answer = store(
        mensen, row, "school", ontvangende_school=other.pk, categorie="II", terugkeer_moment=date(2026, 9, 1)
    )
    assert kept_out(answer) == {"ontvangende_school": "in_dienst", "categorie": "categorie"}
    assert isinstance(answer, Bewaard)
    assert [refusal.zin for refusal in answer.niet_bewaard] == [WERKGEVER_BIJ_SCHOOL, CATEGORIE_ZONDER_SCHOOL]
    row.refresh_from_db()
    assert (row.ontvangende_school, row.categorie) == (mensen.ikc, "SBO")
    assert row.terugkeer_moment == date(2026, 9, 1)


def test_category_and_school(mensen: Mensen) -> None:
    row = make(mensen)
    wrong = store(mensen, row, "school", categorie="II", geen_terugkeer_reden="Geen.")
    assert kept_out(wrong) == {"categorie": "categorie"}
    row.refresh_from_db()
    assert (row.categorie, row.geen_terugkeer_reden) == ("SBO", "Geen.")
    so = SoFactory()
    # SBO does not fit an SO: the school is stored, and a category that can not be right is not kept beside it.
    assert kept_out(store(mensen, row, "school", ontvangende_school=so.pk, categorie="SBO")) == {
        "categorie": "categorie"
    }
    row.refresh_from_db()
    assert (row.ontvangende_school, row.categorie) == (so, "")
    stored(store(mensen, row, "school", categorie="II"))
    row.refresh_from_db()
    assert (row.ontvangende_school, row.categorie) == (so, "II")


def test_an_ikc_fills_in_sbo(mensen: Mensen) -> None:
    row = make(mensen, categorie="", ontvangende_school__is_ikc=True)
    other = SboFactory()
    assert stored(store(mensen, row, "school", ontvangende_school=other.pk, categorie="")).categorie == "SBO"


@pytest.mark.parametrize("chosen", ["bao", "absent", "self"])
def test_a_school_that_receives_nobody(mensen: Mensen, chosen: str) -> None:
    pk = {"bao": SchoolFactory().pk, "absent": 999_999, "self": mensen.school.pk}[chosen]
    row = make(mensen)
    answer = store(mensen, row, "school", ontvangende_school=pk, eerste_functie="psycholoog")
    assert kept_out(answer) == {"ontvangende_school": "ontvangende_school"}
    row.refresh_from_db()
    assert (row.ontvangende_school, row.eerste_functie) == (mensen.ikc, "psycholoog")


def test_during_completion_the_school_and_the_expert_are_fixed(mensen: Mensen) -> None:
    row = in_staat(AANVULLING, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    stored(store(mensen, row, "onderbouwing", stem_leerling="Nieuw"))
    row.refresh_from_db()
    refused = store(mensen, row, "deskundige", tweede_naam="Iemand Anders")
    assert isinstance(refused, Refusal)
    assert refused.code == "staat"


def test_others_do_not_fill_in(mensen: Mensen, actor_als: Any) -> None:
    row = make(mensen)
    with pytest.raises(NotVisible):
        bewaar_stap(
            actor=actor_als(Rol.IBER), pk=row.pk, versie=1, stap="leerling", gegevens={"groep": "8"}, vandaag=VANDAAG
        )
    with pytest.raises(NotVisible):
        bewaar_stap(actor=mensen.ortho, pk=row.pk, versie=1, stap="leerling", gegevens={"groep": "8"}, vandaag=VANDAAG)
    answer = bewaar_stap(
        actor=mensen.swv, pk=row.pk, versie=1, stap="leerling", gegevens={"groep": "8"}, vandaag=VANDAAG
    )
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"


def test_starting_is_for_the_own_regular_school(mensen: Mensen, actor_als: Any) -> None:
    with pytest.raises(NotVisible):
        begin_aanvraag(actor=mensen.iber, school_id=SchoolFactory().pk, route="A", vandaag=VANDAAG)
    with pytest.raises(NotVisible):
        begin_aanvraag(actor=mensen.swv, school_id=mensen.school.pk, route="A", vandaag=VANDAAG)
    sbo = SboFactory()
    refused = begin_aanvraag(actor=actor_als(Rol.IBER, sbo), school_id=sbo.pk, route="A", vandaag=VANDAAG)
    assert isinstance(refused, Refusal)
    assert refused.code == "route"


def test_finding_own_pupils_by_name(mensen: Mensen, bereik_als: Any) -> None:
    row = make(mensen)
    in_staat("ingediend")  # the same name at another school
    for q in ("kanariepiet", "MILA", "mila kanariepiet", "Kanariepiet, Mila", row.kenmerk.lower()):
        assert list(gevonden(mensen.iber.bereik, q)) == [row], q
    for q in ("kanarie", "mila jansen", "ka%", "_"):
        assert not gevonden(mensen.iber.bereik, q), q
    assert gevonden(mensen.swv.bereik, "kanariepiet").count() == 2


def test_the_filter_of_the_list_knows_no_names(mensen: Mensen) -> None:
    row = make(mensen)
    assert list(gefilterd(mensen.iber.bereik, Aanvraagfilter(q=row.kenmerk.lower()))) == [row]
    assert not gefilterd(mensen.iber.bereik, Aanvraagfilter(q="kanariepiet"))


def test_doubles_of_the_own_school_are_noticed(mensen: Mensen) -> None:
    first, second = make(mensen), make(mensen)
    in_staat("ingediend")  # another school: never revealed
    assert dubbele_aanvragen(mensen.iber.bereik, second) == [(first.pk, first.kenmerk)]
    trek_in(actor=mensen.iber, pk=first.pk, versie=None, vandaag=VANDAAG)
    assert dubbele_aanvragen(mensen.iber.bereik, second) == []


def test_put_before_the_parties_and_taken_back(mensen: Mensen) -> None:
    row = make(mensen)
    answer = leg_voor(actor=mensen.iber, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert not isinstance(answer, Refusal)
    row, invited = answer
    assert (row.staat, row.gevraagde_school, len(invited)) == (BIJ_PARTIJEN, mensen.ikc, 3)
    assert Aanvraag.objects.visible_to(mensen.ortho.bereik).count() == 1
    double = leg_voor(actor=mensen.iber, pk=row.pk, versie=1, vandaag=VANDAAG)
    assert isinstance(double, Refusal)
    assert PersoonlijkeLink.objects.count() == 3
    back = haal_terug(actor=mensen.iber, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(back, Aanvraag)
    assert Aanvraag.objects.visible_to(mensen.ortho.bereik).count() == 0
    again = leg_voor(actor=mensen.iber, pk=row.pk, versie=back.versie, vandaag=VANDAAG)
    assert not isinstance(again, Refusal)
    assert again[1] == []  # everybody has a link already; they get a mail to look again


def test_a_new_address_is_a_new_link(mensen: Mensen) -> None:
    row = make(mensen)
    answer = leg_voor(actor=mensen.iber, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert not isinstance(answer, Refusal)
    back = haal_terug(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    assert isinstance(back, Aanvraag)
    old = ouder(row, 1).link_id
    stored(store(mensen, back, "ouders", ouder1_email="nieuw@test.example"))
    assert PersoonlijkeLink.objects.get(pk=old).ingetrokken is not None
    again = leg_voor(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    assert not isinstance(again, Refusal)
    assert [item.partij.email for item in again[1]] == ["nieuw@test.example"]


def test_another_person_must_sign_anew(mensen: Mensen) -> None:
    row = in_staat(AANVULLING, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    for number in (1, 2):
        row.zienswijzen.create(partij=ouder(row, number), eens=True, gezien_op=VANDAAG)
    stored(store(mensen, row, "ouders", ouder1_naam="Iemand Anders", ouder2_telefoon="0611111111"))
    valid = row.zienswijzen.filter(vervallen_op__isnull=True)
    assert [view.partij.volgnummer for view in valid] == [2]


def test_a_link_that_ended_is_replaced(mensen: Mensen) -> None:
    row = make(mensen)
    leg_voor(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    back = haal_terug(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    assert isinstance(back, Aanvraag)
    PersoonlijkeLink.objects.filter(pk=ouder(row, 2).link_id).update(verloopt="2020-01-01T00:00Z")
    again = leg_voor(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    assert not isinstance(again, Refusal)
    assert [item.partij.label for item in again[1]] == ["ouder 2"]


def test_withdrawing_closes_every_door(mensen: Mensen) -> None:
    row = make(mensen)
    leg_voor(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    done = trek_in(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    assert isinstance(done, Aanvraag)
    assert done.bewaren_tot == date(2028, 3, 10)
    assert not PersoonlijkeLink.objects.filter(ingetrokken=None).exists()
    assert Aanvraag.objects.visible_to(mensen.ortho.bereik).count() == 0
    again = trek_in(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
    assert isinstance(again, Refusal)
