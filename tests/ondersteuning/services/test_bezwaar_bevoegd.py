"""An objection undoes only the decision it is about, and is decided by who may (Awb art. 7:11 and 10:3 lid 3)."""

from datetime import date
from typing import Any

from ondersteuning.domain.aanvraag import BEEINDIGD, GEWEIGERD, INGEDIEND, INGETROKKEN, TOEGEKEND
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.besluitregels import besluitregels
from ondersteuning.services.besluit import ken_toe
from ondersteuning.services.bezwaar_beslissing import beslis_op_bezwaar
from ondersteuning.services.intrekken import trek_tlv_in
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.ondersteuning import AanvraagFactory
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_bezwaar import announced, decide, record, recorded
from tests.ondersteuning.services.test_terugnemen import time_passes
from tests.ondersteuning.services.test_weg import run_jobs

DAG = date(2025, 6, 16)


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def decide_as(actor: Actor, made: Bezwaar, outcome: str = "ongegrond", consequence: str = "blijft") -> Any:
    return beslis_op_bezwaar(
        actor=actor,
        pk=made.pk,
        versie=None,
        uitkomst=outcome,
        gevolg=consequence,
        toelichting="Daarom.",
        vandaag=DAG,
    )


def trek_in(actor: Actor, row: Aanvraag, vandaag: date) -> None:
    done = trek_tlv_in(actor=actor, pk=row.pk, versie=None, per=date(2025, 9, 1), reden="Weg.", vandaag=vandaag)
    assert isinstance(done, Aanvraag), done
    run_jobs()
    row.refresh_from_db()
    assert row.intrekking_bekend_op is not None


def test_an_objection_against_a_refusal_does_not_end_the_later_grant(mensen: Mensen) -> None:
    row = announced(mensen, GEWEIGERD)
    first, second = recorded(row), recorded(row, bezwaarmaker="ouder_2")
    assert isinstance(decide(first, "gegrond", "opnieuw"), Bezwaar)
    period = {"geldig_van": date(2025, 8, 1), "geldig_tot": date(2027, 7, 31)}
    granted = ken_toe(actor=mensen.swv, pk=row.pk, versie=None, motivering="Nu wel.", vandaag=DAG, **period)
    assert isinstance(granted, Aanvraag), granted
    time_passes()
    run_jobs()
    row.refresh_from_db()
    assert row.staat == TOEGEKEND
    refused = decide(second, "gegrond", "vervalt")
    assert code(refused) == "eerder_besluit"
    row.refresh_from_db()
    assert row.staat == TOEGEKEND
    # Of that older objection nothing follows; against the grant, taken after an objection, the way is to the court.
    day = row.bekendgemaakt_op
    assert day is not None
    assert code(record(row, bezwaarmaker="ouder_2", ontvangen_op=day, vandaag=day)) == "beroep"
    assert isinstance(decide(second, "gegrond", vandaag=day), Bezwaar)


def test_an_objection_against_an_earlier_withdrawal_does_not_revive(mensen: Mensen) -> None:
    row = announced(mensen, TOEGEKEND)
    trek_in(mensen.swv, row, date(2025, 4, 1))
    day = row.intrekking_bekend_op
    assert day is not None
    told = {"tegen": "intrekking", "ontvangen_op": day, "vandaag": day}
    first, second = recorded(row, **told), recorded(row, bezwaarmaker="ouder_2", **told)
    assert first.besluitnemer_id == mensen.swv.user_id
    assert isinstance(decide(first, "gegrond", "herleeft", vandaag=day), Bezwaar)
    row.refresh_from_db()
    assert (row.staat, row.intrekking_bekend_op, row.intrekking_bezwaar_tot) == (TOEGEKEND, None, None)
    assert not any("intrekking" in line.label for line in besluitregels(row, vandaag=day))
    trek_in(mensen.swv, row, date(2025, 4, 2))
    assert code(decide(second, "gegrond", "herleeft", vandaag=day)) == "eerder_besluit"
    row.refresh_from_db()
    assert row.staat == BEEINDIGD


def test_who_took_the_decision_under_mandate_does_not_decide(mensen: Mensen, actor_als: Any) -> None:
    row = announced(mensen, TOEGEKEND)
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    for taker, answer in ((mensen.swv, "zelf_besloten"), (director, "")):
        Aanvraag.objects.filter(pk=row.pk).update(besloten_door=taker.user_id)
        made = recorded(row)
        # Who decided since is not who took the decision that this is about.
        Aanvraag.objects.filter(pk=row.pk).update(besloten_door=None)
        done = decide_as(taker, made)
        assert (done.code if isinstance(done, Refusal) else "") == answer
        assert not answer or isinstance(decide_as(actor_als(Rol.SWV_MEDEWERKER), made), Bezwaar)


def test_what_the_director_decides_alone_stays_with_the_director(mensen: Mensen, actor_als: Any) -> None:
    row = announced(mensen, TOEGEKEND)
    Aanvraag.objects.filter(pk=row.pk).update(route="EZ", indienend_bestuur=mensen.school.bestuur)
    made = recorded(row)
    assert code(decide_as(mensen.swv, made, "gegrond", "vervalt")) == "directeur"
    assert isinstance(decide_as(actor_als(Rol.DIRECTEUR_BESTUURDER), made, "gegrond", "vervalt"), Bezwaar)
    row.refresh_from_db()
    assert row.staat == BEEINDIGD


def test_two_others_may_both_object(mensen: Mensen) -> None:
    row = announced(mensen, TOEGEKEND)
    recorded(row, bezwaarmaker="ander")
    recorded(row, bezwaarmaker="ander")
    recorded(row, bezwaarmaker="school")
    assert code(record(row, bezwaarmaker="school")) == "loopt_al"


def test_deciding_again_waits_until_no_other_application_runs(mensen: Mensen) -> None:
    row = announced(mensen, GEWEIGERD)
    made = recorded(row)
    newer = AanvraagFactory(
        leerling=row.leerling, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc, kenmerk="A-2425-9999"
    )
    refused = decide(made, "gegrond", "opnieuw")
    assert code(refused) == "loopt_al"
    assert isinstance(refused, Refusal)
    assert "A-2425-9999" in refused.zin
    ended = {"staat": INGETROKKEN, "afgesloten_op": DAG, "bewaren_tot": date(2028, 6, 16)}
    Aanvraag.objects.filter(pk=newer.pk).update(**ended)
    assert isinstance(decide(made, "gegrond", "opnieuw"), Bezwaar)
    row.refresh_from_db()
    assert row.staat == INGEDIEND
