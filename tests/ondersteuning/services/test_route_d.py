"""Route D through the services: the institution by its link, both outcomes, and who pays afterwards."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, Kindformulier, Leerling, NietDezelfde, Plaatsing, Tlvinstellingen
from ondersteuning.queries.betaler import gewone_keuze, stel_betaler_voor
from ondersteuning.queries.leerlingdossier import leerlingdossier, leerlingdossiers
from ondersteuning.queries.stand import rollen_van, stand_van
from ondersteuning.services.aanvraag import leg_voor, vul_aan
from ondersteuning.services.beginnen import begin_namens_instelling
from ondersteuning.services.besluit import vraag_aanvulling
from ondersteuning.services.dubbelen import meld_niet_dezelfde
from ondersteuning.services.kindformulieren import Opgave, vul_in_als_indiener
from ondersteuning.services.partijen import nodig_uit
from ondersteuning.services.vernietigen import vernietig
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.ondersteuning import AanvraagFactory, in_staat
from tests.ondersteuning.conftest import Mensen, deskundige, via_link
from tests.ondersteuning.services.routes import (
    MAART,
    bewaar,
    eerste,
    ingediend,
    naar_partijen,
    plaats,
    toegekend,
    tweede,
)
from tests.ondersteuning.services.test_weg import STAPPEN, run_jobs

FORMULIER = {
    **STAPPEN,
    "leerling": {
        "voornamen": "Mila Test",
        "achternaam": "Kanariepiet",
        "geboortedatum": date(2021, 5, 4),
        "woon_pc4": "2011",
    },
}
NAAR_IKC = {
    "eerste_functie": "orthopedagoog",
    "gewenst_van": date(2025, 8, 1),
    "gewenst_tot": date(2027, 7, 31),
    "terugkeer_moment": date(2027, 3, 1),
}


def begin(mensen: Mensen, aanleiding: str = "voorschools", **extra: Any) -> tuple[Aanvraag, Actor]:
    """A new application, and the institution as it comes by its link."""
    institution = JeugdhulpinstellingFactory(**extra)
    answer = begin_namens_instelling(
        actor=mensen.swv, instelling_id=institution.pk, aanleiding=aanleiding, vandaag=MAART
    )
    assert not isinstance(answer, Refusal), answer
    return answer[0], via_link(answer[1].partij)


def test_the_whole_way_to_special_education(mensen: Mensen) -> None:
    made, instelling = begin(mensen)
    assert (made.route, made.verwijzende_school, made.leerling.school) == ("D", None, None)
    assert made.nergens_ingeschreven
    assert rollen_van(made, instelling) == {"indiener"}
    school = {"ontvangende_school": mensen.ikc.pk, **NAAR_IKC}
    made = naar_partijen(instelling, bewaar(instelling, made, {**FORMULIER, "school": school}))
    eerste(mensen.ortho, made)
    plaats(mensen.ortho, made)
    tweede(made)
    granted = toegekend(mensen.swv, ingediend(instelling, made), date(2025, 8, 1), date(2027, 7, 31))
    run_jobs()
    granted.refresh_from_db()
    assert granted.staat == TOEGEKEND
    assert granted.tlvnummer is not None
    assert (granted.kostendrager, granted.betaalreden) == ("swv", "route_d")
    place = Plaatsing.objects.get(aanvraag=granted)
    assert (place.soort, place.kostendrager, place.school_verwijzend) == ("tlv", "swv", None)
    assert granted.leerling.school == mensen.ikc


def test_the_institution_hears_the_child(mensen: Mensen) -> None:
    made, instelling = begin(mensen)
    values: dict[str, Any] = {"pk": made.pk, "versie": None, "vandaag": MAART}
    said = vul_in_als_indiener(actor=instelling, opgave=Opgave("fijn", {}, ""), **values)
    assert isinstance(said, Kindformulier)
    assert said.ingevuld_met == "instelling"
    made.refresh_from_db()
    assert stand_van(made, vandaag=MAART).eigen_formulier
    # What the child said to the institution the SWV does not change; another institution comes to nothing.
    answer = vul_in_als_indiener(actor=mensen.swv, opgave=Opgave("gaat_wel", {}, ""), **values)
    assert isinstance(answer, Refusal)
    assert answer.code == "van_een_ander"
    _, other = begin(mensen, naam="Jeugdhulp De Duin")
    with pytest.raises(NotVisible):
        vul_in_als_indiener(actor=other, opgave=Opgave("fijn", {}, ""), **values)


def test_the_swv_hears_the_child_under_its_own_name(mensen: Mensen) -> None:
    for made in (begin(mensen)[0], AanvraagFactory(route="PA", verwijzende_school=None, deelnemende_school=mensen.ikc)):
        said = vul_in_als_indiener(
            actor=mensen.swv, pk=made.pk, versie=None, opgave=Opgave("fijn", {}, ""), vandaag=MAART
        )
        assert isinstance(said, Kindformulier), said
        assert said.ingevuld_met == "samenwerkingsverband"


def test_the_whole_way_to_a_regular_school(mensen: Mensen, actor_als: Callable[..., Actor]) -> None:
    made, instelling = begin(mensen)
    school = {"ontvangende_school": mensen.school.pk, "gewenst_van": date(2025, 8, 18), "budget_afgestemd": True}
    made = bewaar(instelling, made, {**FORMULIER, "school": school})
    assert (made.route, made.categorie) == ("DI", "")
    assert not Aanvraag.objects.visible_to(mensen.iber.bereik).filter(pk=made.pk).exists()
    made = naar_partijen(instelling, made)
    # The regular school is asked: its IB'er and director read it now, and answer.
    assert Aanvraag.objects.visible_to(mensen.iber.bereik).filter(pk=made.pk).exists()
    assert rollen_van(made, mensen.iber) == {"ontvanger"}
    plaats(actor_als(Rol.SCHOOLDIRECTEUR, mensen.school), made)
    tweede(made)
    granted = toegekend(mensen.swv, ingediend(instelling, made), date(2025, 8, 18), date(2027, 8, 31))
    run_jobs()
    granted.refresh_from_db()
    assert (granted.staat, granted.tlvnummer) == (TOEGEKEND, None)
    assert granted.bewaren_tot == date(2030, 8, 31)
    place = Plaatsing.objects.get(aanvraag=granted)
    assert (place.soort, place.kostendrager, place.categorie) == ("instroombudget", "swv", "")
    assert (place.school_verwijzend, place.school_ontvangend) == (None, mensen.school)
    assert (place.begin, place.einde, place.verwijzing) == (date(2025, 8, 18), date(2027, 8, 31), made.kenmerk)
    # The budget begins with this very move: it is not the one that stops.
    assert (granted.leerling.school, place.vertrokken_op) == (mensen.school, None)
    assert granted.leerling.schoolperioden.get(tot__isnull=True).van == date(2025, 8, 18)


def test_a_budget_without_the_parents_is_put_before_nobody(mensen: Mensen) -> None:
    """Once it was handed in the page of the school is fixed: it could only be refused."""
    made, instelling = begin(mensen)
    school = {"ontvangende_school": mensen.school.pk, "gewenst_van": date(2025, 8, 18)}
    made = bewaar(instelling, made, {**FORMULIER, "school": school})
    answer = leg_voor(actor=instelling, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(answer, Refusal)
    assert answer.code == "budget_afgestemd"
    blocked = {item.code for item in _niet_voldaan(made)}
    assert "budget_afgestemd" in blocked
    assert not blocked & {"mandaat", "aanleiding", "eerste_advies", "terugkeer", "categorie"}


def _niet_voldaan(made: Aanvraag) -> Any:
    from ondersteuning.domain.toets import niet_voldaan

    return niet_voldaan(stand_van(made, vandaag=MAART))


def test_another_kind_of_school_makes_it_the_other_outcome(mensen: Mensen) -> None:
    made, instelling = begin(mensen)
    made = bewaar(instelling, made, {"school": {"ontvangende_school": mensen.ikc.pk}})
    assert (made.route, made.categorie) == ("D", "SBO")
    made = bewaar(instelling, made, {"school": {"ontvangende_school": mensen.school.pk}})
    assert (made.route, made.categorie) == ("DI", "")
    made = bewaar(instelling, made, {"school": {"ontvangende_school": mensen.ikc.pk}})
    assert (made.route, made.categorie) == ("D", "SBO")


def test_later_the_swv_pays_another_referral_of_the_same_child(mensen: Mensen) -> None:
    made, instelling = begin(mensen)
    school = {"ontvangende_school": mensen.school.pk, "gewenst_van": date(2025, 8, 18), "budget_afgestemd": True}
    made = naar_partijen(instelling, bewaar(instelling, made, {**FORMULIER, "school": school}))
    plaats(mensen.iber, made)
    tweede(made)
    toegekend(mensen.swv, ingediend(instelling, made), date(2025, 8, 18), date(2027, 8, 31))
    run_jobs()
    # Years later the regular school made a dossier of its own.
    later = in_staat(INGEDIEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    assert stel_betaler_voor(later, vandaag=MAART).keuze.reden == "verwijzer"
    pupil = later.leerling
    pupil.dubbelsleutel = made.leerling.dubbelsleutel
    pupil.save(update_fields=["dubbelsleutel"])
    later = Aanvraag.objects.get(pk=later.pk)
    proposed = stel_betaler_voor(later, vandaag=MAART)
    assert (proposed.keuze.reden, proposed.keuze.betaler) == ("route_d", "swv")
    assert made.kenmerk in proposed.zin
    # Another child with the same name and birth date, as the SWV saw: of that one nothing is known.
    other = in_staat(INGEDIEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    Leerling.objects.filter(pk=other.leerling_id).update(dubbelsleutel=pupil.dubbelsleutel)
    NietDezelfde.objects.create(leerling_id=made.leerling_id, ander_id=other.leerling_id, gezien_op=MAART)
    # The application of then is destroyed with its own dossier; the bare fact stays with the child that is still here.
    Aanvraag.objects.filter(pk=made.pk).update(bewaren_tot=MAART)
    Leerling.objects.filter(pk=made.leerling_id).update(gewijzigd_op=date(2020, 1, 1))
    assert vernietig(pk=made.pk, vandaag=date(2025, 3, 11))
    assert not Leerling.objects.filter(pk=made.leerling_id).exists()
    later = Aanvraag.objects.get(pk=later.pk)
    assert stel_betaler_voor(later, vandaag=MAART) == proposed
    kept = later.leerling
    assert (kept.swv_betaalt_sinds, kept.swv_betaalt_reden) == (date(2025, 8, 18), "route_d")
    assert kept.swv_betaalt_kenmerk == made.kenmerk
    for actor, sees in ((mensen.swv, True), (mensen.iber, False)):
        page = leerlingdossier(leerlingdossiers(actor.bereik, MAART).get(pk=kept.pk), actor.bereik)
        assert any(made.kenmerk in line.waarde for line in page.samenvatting) is sees
    assert Leerling.objects.get(pk=other.leerling_id).swv_betaalt_sinds is None
    # A prolongation at the special school of which no place is known here: who paid goes on paying.
    at_special = in_staat(
        INGEDIEND, route="B", verwijzende_school=mensen.ikc, leerling=kept, vorig_tlvnummer="ONBEKEND"
    )
    assert gewone_keuze(at_special).reden == "route_d"


def test_the_swv_fills_in_for_the_institution(mensen: Mensen) -> None:
    made, _ = begin(mensen)
    assert rollen_van(made, mensen.swv) >= {"indiener", "swv_medewerker"}
    made = bewaar(mensen.swv, made, {**FORMULIER, "school": {"ontvangende_school": mensen.ikc.pk, **NAAR_IKC}})
    assert naar_partijen(mensen.swv, made).staat == BIJ_PARTIJEN


def test_what_stays_of_it_does_not_come_with_another_child(mensen: Mensen) -> None:
    """The application goes before its dossier: the fact stays there, until the SWV compared the two."""
    kept = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    same_name = in_staat(INGEDIEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    Leerling.objects.update(dubbelsleutel="x" * 32)
    Aanvraag.objects.filter(pk=kept.pk).update(kostendrager="swv", betaalreden="route_d", bewaren_tot=MAART)
    AanvraagFactory(leerling=kept.leerling, verwijzende_school=mensen.school)
    assert vernietig(pk=kept.pk, vandaag=date(2025, 3, 11))
    assert Leerling.objects.get(pk=kept.leerling_id).swv_betaalt_kenmerk == kept.kenmerk

    def proposed() -> str:
        return str(stel_betaler_voor(Aanvraag.objects.get(pk=same_name.pk), vandaag=MAART).keuze.reden)

    assert proposed() == "route_d"  # as far as the portal knows it is the same child
    compared = meld_niet_dezelfde(actor=mensen.swv, pk=same_name.leerling_id, ander=kept.leerling_id, vandaag=MAART)
    assert isinstance(compared, Leerling), compared
    assert compared.swv_betaalt_sinds is None
    assert proposed() == "verwijzer"


def test_completing_by_link(mensen: Mensen) -> None:
    made, instelling = begin(mensen)
    school = {"ontvangende_school": mensen.ikc.pk, **NAAR_IKC}
    made = naar_partijen(instelling, bewaar(instelling, made, {**FORMULIER, "school": school}))
    eerste(mensen.ortho, made)
    plaats(mensen.ortho, made)
    tweede(made)
    made = ingediend(instelling, made)
    asked = vraag_aanvulling(
        actor=mensen.swv,
        pk=made.pk,
        versie=made.versie,
        toelichting="Welke hulp was er?",
        uiterlijk=date(2025, 3, 24),
        vandaag=MAART,
    )
    assert isinstance(asked, Aanvraag), asked
    made = bewaar(instelling, made, {"onderbouwing": {"geboden_hulp": "Een groep voor jonge kinderen"}})
    answer = vul_aan(actor=instelling, pk=made.pk, versie=made.versie, antwoord="Aangevuld.", vandaag=MAART)
    assert isinstance(answer, Aanvraag), answer
    assert answer.staat == INGEDIEND


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"gemandateerd_van": date(2025, 4, 1)}, "instelling"),
        ({"gemandateerd_tot": date(2025, 3, 9)}, "instelling"),
    ],
)
def test_only_with_a_mandate(mensen: Mensen, change: dict[str, date], code: str) -> None:
    institution = JeugdhulpinstellingFactory(**change)
    answer = begin_namens_instelling(
        actor=mensen.swv, instelling_id=institution.pk, aanleiding="voorschools", vandaag=MAART
    )
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert not Aanvraag.objects.exists()


def test_only_the_swv_starts_it(mensen: Mensen) -> None:
    institution = JeugdhulpinstellingFactory()
    for actor in (mensen.iber, mensen.ortho):
        answer = begin_namens_instelling(
            actor=actor, instelling_id=institution.pk, aanleiding="voorschools", vandaag=MAART
        )
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"


def test_shortly_after_the_start(mensen: Mensen) -> None:
    made, instelling = begin(mensen, "net_gestart")
    assert not made.nergens_ingeschreven
    made = bewaar(instelling, made, {**FORMULIER, "school": {"ontvangende_school": mensen.ikc.pk, **NAAR_IKC}})
    answer = leg_voor(actor=instelling, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(answer, Refusal)
    assert answer.code == "schooldag_ontbreekt"
    Tlvinstellingen.objects.update_or_create(id=1, defaults={"weken_na_start": 2})
    begun = made.aangemaakt.date()
    made = bewaar(instelling, made, {"leerling": {"eerste_schooldag": date.fromordinal(begun.toordinal() - 20)}})
    answer = leg_voor(actor=instelling, pk=made.pk, versie=made.versie, vandaag=MAART)
    assert isinstance(answer, Refusal)
    assert answer.code == "te_lang_geleden"
    made = bewaar(instelling, made, {"leerling": {"eerste_schooldag": date.fromordinal(begun.toordinal() - 10)}})
    assert naar_partijen(instelling, made).staat == BIJ_PARTIJEN


def test_the_expert_team_advises_on_a_pupil_of_the_itk(mensen: Mensen) -> None:
    Tlvinstellingen.objects.update_or_create(
        id=1, defaults={"expertteam_naam": "Expertteam Testkust", "expertteam_email": "expertteam@test.example"}
    )
    made, instelling = begin(mensen, "itk")
    expert = deskundige(made)
    assert (expert.naam, expert.email, expert.werkgever) == (
        "Expertteam Testkust",
        "expertteam@test.example",
        "Expertteam",
    )
    assert stel_betaler_voor(made, vandaag=MAART).keuze.reden == "itk"
    made = bewaar(instelling, made, {"school": {"ontvangende_school": mensen.ikc.pk, **NAAR_IKC}})
    bezwaar = stand_van(made, vandaag=MAART).weigering_aanleiding
    assert bezwaar is not None
    assert bezwaar.code == "itk_regulier"


def test_an_old_link_reaches_nothing(mensen: Mensen) -> None:
    made, instelling = begin(mensen)
    party = made.partijen.get(soort="instelling")
    again = nodig_uit(actor=mensen.swv, pk=made.pk, partij_pk=party.pk, vandaag=MAART)
    assert not isinstance(again, Refusal), again
    with pytest.raises(NotVisible):
        bewaar_oud(instelling, made)
    assert rollen_van(made, instelling) == frozenset()
    assert rollen_van(made, via_link(party)) == {"indiener"}
    other, _ = begin(mensen)
    with pytest.raises(NotVisible):
        bewaar_oud(via_link(party), other)


def bewaar_oud(actor: Actor, aanvraag: Aanvraag) -> None:
    from ondersteuning.services.invullen import bewaar_stap

    bewaar_stap(actor=actor, pk=aanvraag.pk, versie=1, stap="leerling", gegevens={}, vandaag=MAART)


def test_nobody_else_sees_it_before_it_is_put_forward(mensen: Mensen) -> None:
    made, instelling = begin(mensen)
    made = bewaar(instelling, made, {"school": {"ontvangende_school": mensen.ikc.pk}})
    for actor in (mensen.iber, mensen.ortho):
        assert not Aanvraag.objects.visible_to(actor.bereik).filter(pk=made.pk).exists()
    assert made.staat == CONCEPT
