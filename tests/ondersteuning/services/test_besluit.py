"""Completion, refusal, grant; two at once; and the numbers."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from ondersteuning.domain.aanvraag import AANVULLING, INGEDIEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag, Plaatsing, Teller, Tlvnummer
from ondersteuning.services.aanvraag import vul_aan
from ondersteuning.services.besluit import hervat, ken_toe, vraag_aanvulling, weiger
from ondersteuning.services.instellingen import TLV, bewaar_instellingen
from ondersteuning.services.nummers import geef_tlvnummer
from ondersteuning.services.termijnen import werk_termijnen_bij
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Bereik, Rol, Toekenning
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Job
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import VANDAAG, PlaatsingFactory, in_staat
from tests.ondersteuning.conftest import Mensen

GELDIG = {"geldig_van": date(2025, 8, 1), "geldig_tot": date(2027, 7, 31)}


def grant(actor: Actor, row: Aanvraag, **changes: Any) -> Aanvraag | Refusal:
    values = GELDIG | {"motivering": "", "versie": None, "vandaag": VANDAAG} | changes
    return ken_toe(actor=actor, pk=row.pk, **values)


@pytest.fixture
def ingediend(mensen: Mensen) -> Aanvraag:
    return in_staat(INGEDIEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)


def test_refusing_needs_a_motivation(mensen: Mensen, ingediend: Aanvraag) -> None:
    without = weiger(actor=mensen.swv, pk=ingediend.pk, versie=None, motivering=" ", vandaag=VANDAAG)
    assert isinstance(without, Refusal)
    assert without.code == "motivering"
    done = weiger(actor=mensen.swv, pk=ingediend.pk, versie=None, motivering="Omdat.", vandaag=VANDAAG)
    assert isinstance(done, Aanvraag)
    assert (done.staat, done.uitkomst, done.tlvnummer, done.bewaren_tot) == (WORDT_VERSTUURD, "geweigerd", None, None)
    assert not Plaatsing.objects.exists()
    assert Job.objects.filter(soort="ondersteuning.besluitbrief").count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"geldig_tot": date(2026, 6, 30)}, "geen_31_juli"),
        ({"geldig_van": date(2025, 9, 1), "geldig_tot": date(2026, 7, 31)}, "te_kort"),
        ({"versie": 99}, "verouderd"),
    ],
)
def test_grant_refused(mensen: Mensen, ingediend: Aanvraag, changes: dict[str, Any], code: str) -> None:
    answer = grant(mensen.swv, ingediend, **changes)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert not Tlvnummer.objects.exists()
    assert not Teller.objects.filter(soort="tlv").exists()
    assert not Job.objects.exists()


def test_granting_against_a_party_needs_a_motivation(mensen: Mensen, ingediend: Aanvraag) -> None:
    ingediend.adviezen.filter(soort="tweede").update(steunt=False)
    without = grant(mensen.swv, ingediend)
    assert isinstance(without, Refusal)
    assert without.code == "motivering"
    assert "de tweede deskundige" in without.zin
    assert isinstance(grant(mensen.swv, ingediend, motivering="Toch."), Aanvraag)


def test_a_double_post_decides_once(mensen: Mensen, ingediend: Aanvraag) -> None:
    assert isinstance(grant(mensen.swv, ingediend), Aanvraag)
    again = grant(mensen.swv, ingediend)
    assert isinstance(again, Refusal)
    assert again.code == "staat"
    assert Tlvnummer.objects.count() == 1
    assert Job.objects.count() == 1


def test_only_those_who_handle_dossiers_decide(mensen: Mensen, ingediend: Aanvraag, actor_als: Any) -> None:
    for role in (Rol.CONTROLLER, Rol.BEHEERDER, Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER, Rol.IBER):
        with pytest.raises(NotVisible):
            grant(actor_als(role), ingediend)
    for actor in (mensen.iber, mensen.ortho):
        answer = grant(actor, ingediend)
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"
    assert isinstance(grant(actor_als(Rol.DIRECTEUR_BESTUURDER), ingediend), Aanvraag)


def test_completion_suspends_and_goes_on(mensen: Mensen, ingediend: Aanvraag) -> None:
    limit = VANDAAG + timedelta(days=14)
    asked = vraag_aanvulling(
        actor=mensen.swv, pk=ingediend.pk, versie=None, toelichting="Wat?", uiterlijk=limit, vandaag=VANDAAG
    )
    assert isinstance(asked, Aanvraag)
    assert asked.staat == AANVULLING
    assert isinstance(grant(mensen.swv, ingediend), Refusal)
    early = hervat(actor=mensen.swv, pk=ingediend.pk, versie=None, vandaag=limit)
    assert isinstance(early, Refusal)
    assert early.code == "aanvultermijn"
    answered = vul_aan(
        actor=mensen.iber, pk=ingediend.pk, versie=None, antwoord="Dit.", vandaag=VANDAAG + timedelta(days=8)
    )
    assert isinstance(answered, Aanvraag)
    assert answered.staat == INGEDIEND
    # Asked on Monday 10 March: 11 up to and including 17 March, seven days.  Six weeks end on Monday 21 April.
    assert answered.eigen_uiterlijk == date(2025, 4, 28)
    assert answered.wettelijk_uiterlijk == date(2025, 5, 12)


def test_without_an_answer_the_swv_goes_on(mensen: Mensen, ingediend: Aanvraag) -> None:
    limit = VANDAAG + timedelta(days=14)
    vraag_aanvulling(
        actor=mensen.swv, pk=ingediend.pk, versie=None, toelichting="Wat?", uiterlijk=limit, vandaag=VANDAAG
    )
    assert werk_termijnen_bij(vandaag=VANDAAG + timedelta(days=3)) == 1
    ingediend.refresh_from_db()
    assert ingediend.eigen_uiterlijk == date(2025, 4, 24)  # 21 April and three days
    later = limit + timedelta(days=5)
    on = hervat(actor=mensen.swv, pk=ingediend.pk, versie=None, vandaag=later)
    assert isinstance(on, Aanvraag)
    assert on.eigen_uiterlijk == date(2025, 5, 6)  # 14 days: 5 May is a holiday
    assert isinstance(grant(mensen.swv, ingediend, vandaag=later), Aanvraag)


@pytest.mark.parametrize("limit", [VANDAAG, VANDAAG - timedelta(days=1)])
def test_completion_needs_time(mensen: Mensen, ingediend: Aanvraag, limit: date) -> None:
    answer = vraag_aanvulling(
        actor=mensen.swv, pk=ingediend.pk, versie=None, toelichting="Wat?", uiterlijk=limit, vandaag=VANDAAG
    )
    assert isinstance(answer, Refusal)
    assert answer.veld == "uiterlijk"


def test_the_pattern_is_a_setting(mensen: Mensen, ingediend: Aanvraag, actor_als: Any) -> None:
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    wrong = bewaar_instellingen(soort=TLV, actor=director, versie=None, waarden={"nummerpatroon": "{volgnummer}"})
    assert isinstance(wrong, Refusal)
    refused = bewaar_instellingen(soort=TLV, actor=mensen.swv, versie=None, waarden={"nummerpatroon": "x"})
    assert isinstance(refused, Refusal)
    assert refused.code == "rol"
    values = {"nummerpatroon": "TLV {schooljaar}/{volgnummer:03d}", "gelijkgesteld": [date(2025, 4, 22)]}
    stored = bewaar_instellingen(soort=TLV, actor=director, versie=1, waarden=values)
    assert not isinstance(stored, Refusal)
    assert isinstance(bewaar_instellingen(soort=TLV, actor=director, versie=1, waarden={"nummerpatroon": "x"}), Refusal)
    granted = grant(mensen.swv, ingediend)
    assert isinstance(granted, Aanvraag)
    assert str(granted.tlvnummer) == "TLV 2425/001"


def test_numbers_start_again_each_school_year(mensen: Mensen) -> None:
    days = [date(2025, 7, 31), date(2025, 8, 1), date(2025, 7, 31)]
    assert [geef_tlvnummer(vandaag=day).nummer for day in days] == [
        "PO9901-2425-0001",
        "PO9901-2526-0001",
        "PO9901-2425-0002",
    ]


def test_a_number_that_is_the_reference_of_an_imported_place_is_passed_over(
    mensen: Mensen, ingediend: Aanvraag
) -> None:
    for taken in ("PO9901-2425-0001", "PO9901-2425-0002"):
        PlaatsingFactory(verwijzing=taken)
    granted = grant(mensen.swv, ingediend)
    assert isinstance(granted, Aanvraag)
    assert str(granted.tlvnummer) == "PO9901-2425-0003"


def test_a_number_from_before_the_pattern_was_changed_is_passed_over(mensen: Mensen) -> None:
    old = Tlvnummer.objects.create(
        schooljaar=2023, volgnummer=9, nummer="PO9901-2425-0001", uitgegeven_op=date(2024, 1, 8)
    )
    assert [geef_tlvnummer(vandaag=VANDAAG).nummer for _ in range(2)] == ["PO9901-2425-0002", "PO9901-2425-0003"]
    assert Tlvnummer.objects.filter(pk=old.pk).exists()


def staff() -> Actor:
    return Actor(bereik=Bereik(None, frozenset({Toekenning(Rol.SWV_MEDEWERKER)})))


def at_once(work: list[Any]) -> list[Any]:
    """Run every callable in a thread of its own, with its own connection, all from the same moment."""
    barrier, answers = threading.Barrier(len(work)), [None] * len(work)

    def one(index: int, call: Any) -> None:
        try:
            barrier.wait(20)
            answers[index] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(index, call)) for index, call in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_decisions_at_the_same_moment_never_get_the_same_number() -> None:
    SamenwerkingsverbandFactory()
    rows = [in_staat(INGEDIEND) for _ in range(20)]
    answers = at_once([lambda row=row: grant(staff(), row) for row in rows])
    assert all(isinstance(answer, Aanvraag) for answer in answers), answers
    assert sorted(Tlvnummer.objects.values_list("volgnummer", flat=True)) == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
def test_two_people_deciding_on_one_application() -> None:
    SamenwerkingsverbandFactory()
    row = in_staat(INGEDIEND)

    def refuse() -> Any:
        return weiger(actor=staff(), pk=row.pk, versie=row.versie, motivering="Nee.", vandaag=VANDAAG)

    answers = at_once([lambda: grant(staff(), row, versie=row.versie), refuse, lambda: grant(staff(), row, versie=1)])
    done = [answer for answer in answers if isinstance(answer, Aanvraag)]
    assert len(done) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refusal)} <= {"verouderd", "staat"}
    row.refresh_from_db()
    assert row.staat == WORDT_VERSTUURD
    assert Tlvnummer.objects.count() == (row.uitkomst == "toegekend")
    assert Job.objects.filter(soort="ondersteuning.besluitbrief").count() == 1
