"""Asking schools about TLV's that end: once per TLV, a mail per school, and the answers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import GEWEIGERD, TOEGEKEND
from ondersteuning.domain.overstap import DEFINITIEF, GEVRAAGD, INGETROKKEN
from ondersteuning.models import Aanvraag, Plaatsing, Radarvraag, Tlvinstellingen
from ondersteuning.queries.overstap import tlv_plaats
from ondersteuning.queries.radar import Radarfilter, radarblad
from ondersteuning.queries.radarvragen import vervolg, vragenblad
from ondersteuning.queries.taken import taken
from ondersteuning.services.bekendmaken import leg_plaats_vast
from ondersteuning.services.radar import Gevraagd, beantwoord, begin_verlenging, vraag_scholen
from swv_portal.access.actors import Actor
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import Rol
from swv_portal.common.screens import Cel
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Job
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, SboFactory, in_staat
from tests.factories.overstap import terugplaatsing
from tests.ondersteuning.conftest import Mensen

EINDE = date(2027, 7, 31)
VANDAAG = date(2027, 3, 1)


def mails() -> list[dict[str, Any]]:
    return [job.geheim | job.params for job in Job.objects.filter(soort="mail").order_by("pk")]


@pytest.fixture
def ikc_iber(mensen: Mensen, actor_als: Callable[..., Actor]) -> Actor:
    return actor_als(Rol.IBER, mensen.ikc)


@pytest.fixture
def tlvs(mensen: Mensen) -> list[Aanvraag]:
    return [
        in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc, gewenst_tot=EINDE)
        for _ in range(3)
    ]


def vraag(actor: Actor, rows: list[Aanvraag], *, einde: date = EINDE, vandaag: date = VANDAAG) -> Gevraagd | Refusal:
    return vraag_scholen(actor=actor, aanvragen=[row.pk for row in rows], einde=einde, vandaag=vandaag)


def test_a_question_per_tlv_and_a_mail_per_school(mensen: Mensen, tlvs: list[Aanvraag], ikc_iber: Actor) -> None:
    silent = in_staat(TOEGEKEND, verwijzende_school=mensen.school, gewenst_tot=EINDE)
    answer = vraag(mensen.swv, [*tlvs, silent])
    assert isinstance(answer, Gevraagd)
    assert (answer.nieuw, answer.scholen, answer.al_gevraagd) == (4, 2, 0)
    assert answer.zonder_account == (str(silent.ontvangende_school),)
    assert Radarvraag.objects.count() == 4
    (mail,) = mails()
    assert mail["user"] == ikc_iber.user_id
    assert "3 TLV's" in mail["onderwerp"]
    assert mail["context"]["uiterlijk"] == "29 maart 2027"
    assert "Kanariepiet" not in str(mail)
    assert "gevraagd" in tijdlijn(tlvs[0])[0].tekst


def test_asking_again_does_nothing(mensen: Mensen, tlvs: list[Aanvraag], ikc_iber: Actor) -> None:
    vraag(mensen.swv, tlvs[:2])
    assert len(mails()) == 1
    again = vraag(mensen.swv, tlvs[:2], vandaag=VANDAAG + timedelta(days=1))
    assert isinstance(again, Gevraagd)
    assert (again.nieuw, again.al_gevraagd) == (0, 2)
    assert len(mails()) == 1
    third = vraag(mensen.swv, tlvs)
    assert isinstance(third, Gevraagd)
    assert (third.nieuw, third.al_gevraagd) == (1, 2)
    assert Radarvraag.objects.count() == 3
    assert {mail["user"] for mail in mails()} == {ikc_iber.user_id}


def test_what_does_not_end_then_is_not_asked(mensen: Mensen, tlvs: list[Aanvraag]) -> None:
    other = in_staat(TOEGEKEND, gewenst_tot=date(2028, 7, 31))
    refused = in_staat(GEWEIGERD, gewenst_tot=EINDE)
    answer = vraag(mensen.swv, [other, refused])
    assert isinstance(answer, Refusal)
    assert answer.code == "leeg"
    over = vraag(mensen.swv, tlvs, vandaag=date(2027, 8, 1))
    assert isinstance(over, Refusal)
    assert over.code == "voorbij"
    outside = vraag(mensen.iber, tlvs)
    assert isinstance(outside, Refusal)
    assert outside.code == "rol"
    many = vraag_scholen(actor=mensen.swv, aanvragen=range(501), einde=EINDE, vandaag=VANDAAG)
    assert isinstance(many, Refusal)
    assert many.code == "te_veel"
    assert not Radarvraag.objects.exists()


def test_the_time_to_answer_is_a_setting(mensen: Mensen, tlvs: list[Aanvraag]) -> None:
    Tlvinstellingen.objects.create(radar_weken=2)
    vraag(mensen.swv, tlvs[:1])
    assert Radarvraag.objects.get().uiterlijk == date(2027, 3, 15)


def test_the_school_of_the_pupil_has_a_task_and_answers(mensen: Mensen, tlvs: list[Aanvraag], ikc_iber: Actor) -> None:
    vraag(mensen.swv, tlvs)
    mine = [task for task in taken(ikc_iber.bereik, VANDAAG) if task.soort == "TLV's die aflopen"]
    assert [(task.titel, task.wacht_op) for task in mine] == [("Zeg wat er gebeurt na 3 TLV's die aflopen", None)]
    (waits,) = [task for task in taken(mensen.swv.bereik, VANDAAG) if task.soort == "TLV's die aflopen"]
    assert waits.wacht_op == mensen.ikc.naam
    row = Radarvraag.objects.order_by("pk")[0]
    answer = beantwoord(actor=ikc_iber, pk=row.pk, versie=1, antwoord="verlenging", toelichting=" ", vandaag=VANDAAG)
    assert isinstance(answer, Radarvraag)
    assert (answer.antwoord, answer.toelichting, answer.beantwoord_door_id) == ("verlenging", "", ikc_iber.user_id)
    assert "verlenging" in tijdlijn(row.aanvraag)[0].tekst
    stale = beantwoord(actor=ikc_iber, pk=row.pk, versie=1, antwoord="terugkeer", toelichting="", vandaag=VANDAAG)
    assert isinstance(stale, Refusal)
    assert stale.code == "verouderd"


def test_the_referring_school_has_no_part_in_it(mensen: Mensen, tlvs: list[Aanvraag]) -> None:
    vraag(mensen.swv, tlvs[:1])
    row = Radarvraag.objects.get()
    with pytest.raises(NotVisible):
        beantwoord(actor=mensen.iber, pk=row.pk, versie=1, antwoord="verlenging", toelichting="", vandaag=VANDAAG)
    bad = beantwoord(actor=mensen.swv, pk=row.pk, versie=1, antwoord="anders", toelichting="", vandaag=VANDAAG)
    assert isinstance(bad, Refusal)
    assert bad.veld == "toelichting"


def test_a_prolongation_begins_with_what_is_known(mensen: Mensen, tlvs: list[Aanvraag], ikc_iber: Actor) -> None:
    vraag(mensen.swv, tlvs[:1])
    row = Radarvraag.objects.get()
    early = begin_verlenging(actor=ikc_iber, pk=row.pk, vandaag=VANDAAG)
    assert isinstance(early, Refusal)
    beantwoord(actor=ikc_iber, pk=row.pk, versie=1, antwoord="verlenging", toelichting="", vandaag=VANDAAG)
    begun = begin_verlenging(actor=ikc_iber, pk=row.pk, vandaag=VANDAAG)
    assert isinstance(begun, Aanvraag)
    assert (begun.route, begun.vorige_id, begun.leerling_id) == ("B", tlvs[0].pk, tlvs[0].leerling_id)
    assert begun.verwijzende_school == mensen.ikc
    twice = begin_verlenging(actor=ikc_iber, pk=row.pk, vandaag=VANDAAG)
    assert isinstance(twice, Refusal)


def test_a_tlv_keeps_its_one_question_when_the_pupil_moves(mensen: Mensen, tlvs: list[Aanvraag]) -> None:
    vraag(mensen.swv, tlvs)
    Aanvraag.objects.filter(pk=tlvs[0].pk).update(ontvangende_school=SboFactory())
    answer = vraag(mensen.swv, tlvs)
    assert isinstance(answer, Gevraagd)
    assert answer.nieuw == 0
    assert Radarvraag.objects.get(aanvraag=tlvs[0]).school == mensen.ikc


def test_a_tlv_of_another_swv_is_asked_about_too(mensen: Mensen, ikc_iber: Actor) -> None:
    akkoord = plaatsingsakkoord(mensen, "PO3004-2526-0042")
    budget = in_staat(TOEGEKEND, route="DI", ontvangende_school=mensen.school, gewenst_tot=EINDE, tlvnummer=None)
    Aanvraag.objects.filter(pk=budget.pk).update(tlvnummer=None)
    page = radarblad(mensen.swv.bereik, Radarfilter(EINDE), Plek(), VANDAAG)
    assert [(line.pk, line.nummer) for line in page.rijen] == [(akkoord.pk, "PO3004-2526-0042")]
    answer = vraag(mensen.swv, [akkoord, budget])
    assert isinstance(answer, Gevraagd)
    assert answer.nieuw == 1
    row = Radarvraag.objects.get()
    assert row.aanvraag == akkoord
    asked = vragenblad(ikc_iber.bereik, Plek(), VANDAAG).rijen
    assert asked[0][0] == Cel("PO3004-2526-0042", f"/ondersteuning/radar/vragen/{row.pk}/")
    beantwoord(actor=ikc_iber, pk=row.pk, versie=1, antwoord="verlenging", toelichting="", vandaag=VANDAAG)
    said = vervolg(Radarvraag.objects.select_related("aanvraag").get(), ikc_iber.bereik)
    assert said is not None
    assert said.zin.startswith("Het andere samenwerkingsverband verlengt deze TLV.")
    assert not said.begin


def plaatsingsakkoord(mensen: Mensen, nummer: str) -> Aanvraag:
    """A pupil of another SWV at the IKC, with the place that it gave."""
    row = in_staat(
        TOEGEKEND,
        route="PA",
        leerling=LeerlingFactory(school=mensen.ikc),
        verwijzende_school=None,
        ontvangende_school=mensen.ikc,
        deelnemende_school=mensen.ikc,
        gewenst_tot=EINDE,
        ander_tlvnummer=nummer,
    )
    Aanvraag.objects.filter(pk=row.pk).update(tlvnummer=None, kostendrager="ander_swv")
    row.refresh_from_db()
    leg_plaats_vast(row)
    return row


def test_the_number_of_the_other_swv_finds_the_place(mensen: Mensen) -> None:
    akkoord = plaatsingsakkoord(mensen, "PO3004-2526-0042")
    for number in ("po3004-2526-0042", akkoord.kenmerk, f" {akkoord.kenmerk} "):
        place = tlv_plaats(number, mensen.ikc.pk)
        assert place is not None
        assert place.aanvraag == akkoord
    plaatsingsakkoord(mensen, "")
    for number in ("", "  ", "PO3004-2526-0043"):
        assert tlv_plaats(number, mensen.ikc.pk) is None
    assert tlv_plaats("PO3004-2526-0042", SboFactory().pk) is None
    # A number of ours goes before the same number of another SWV.
    ours = PlaatsingFactory(verwijzing="PO3004-2526-0042", school_ontvangend=mensen.ikc, begin=date(2020, 8, 1))
    assert tlv_plaats("PO3004-2526-0042", mensen.ikc.pk) == ours


@pytest.mark.parametrize(("staat", "zin"), [(GEVRAAGD, "begonnen"), (DEFINITIEF, "definitief")])
def test_a_return_that_runs_is_the_way_on(
    mensen: Mensen, tlvs: list[Aanvraag], ikc_iber: Actor, staat: str, zin: str
) -> None:
    vraag(mensen.swv, tlvs[:1])
    row = Radarvraag.objects.get()
    beantwoord(actor=ikc_iber, pk=row.pk, versie=1, antwoord="terugkeer", toelichting="", vandaag=VANDAAG)
    row.refresh_from_db()
    leg_plaats_vast(tlvs[0])
    place = Plaatsing.objects.get(aanvraag=tlvs[0])
    own = {"van_school": mensen.ikc, "leerling": tlvs[0].leerling, "tlv_plaats": place}
    terugplaatsing(INGETROKKEN, **own)
    begin = vervolg(row, ikc_iber.bereik)
    assert begin is not None
    assert begin.label == "Begin de terugplaatsing"
    case = terugplaatsing(staat, **own)
    for who in (ikc_iber, mensen.swv):
        said = vervolg(row, who.bereik)
        assert said is not None
        assert said.zin == f"De terugplaatsing is {zin}."
        assert said.label == f"Naar terugplaatsing {case.kenmerk}"
        assert said.url == f"/ondersteuning/overstap/{case.pk}/"
    lines = radarblad(mensen.swv.bereik, Radarfilter(EINDE), Plek(), VANDAAG).rijen
    shown = {line.pk: [cell.tekst.split(" ")[0] for cell in line.vervolg] for line in lines}
    assert shown[tlvs[0].pk] == [case.kenmerk]
    assert shown[tlvs[1].pk] == []
