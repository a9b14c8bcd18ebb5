"""The steps of a terugplaatsing between both schools and the SWV: who takes which, and what is asked for."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ondersteuning.domain.overstap import BIJ_SWV, CONCEPT, GEVRAAGD, INGETROKKEN
from ondersteuning.models import Overstap, Terugplaatsing
from ondersteuning.services.terugplaatsing import (
    leg_gesprek_vast,
    stel_vast,
    wijzig_terugplaatsing,
)
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.writing import NotVisible
from tests.factories.overstap import terugplaatsing
from tests.ondersteuning.services.terugplaatsing import (
    DAG,
    VANDAAG,
    Wereld,
    begin,
    code,
    gesprek,
    stap,
    tot_swv,
)


def test_the_new_school_sees_it_while_it_takes_part(wereld: Wereld) -> None:
    row = begin(wereld)

    def seen() -> bool:
        return Overstap.objects.visible_to(wereld.naar.bereik).filter(pk=row.pk).exists()

    assert not seen()
    stap(wereld.van, row, "vraag")
    assert seen()
    stap(wereld.naar, row, "neem_niet_aan", "Geen plek in groep 5.")
    assert not seen()
    row.refresh_from_db()
    assert (row.staat, row.antwoord) == (CONCEPT, "Geen plek in groep 5.")


def test_the_start_meeting_is_obligatory(wereld: Wereld) -> None:
    row = begin(wereld)
    stap(wereld.van, row, "vraag")
    assert code(stap(wereld.naar, row, "bevestig")) == "gesprek"
    row.refresh_from_db()
    half = gesprek(aanwezig=["ouders"], toestemming_op=None)
    leg_gesprek_vast(actor=wereld.van, pk=row.pk, versie=row.versie, gegevens=half, vandaag=VANDAAG)
    assert code(stap(wereld.naar, row, "bevestig")) == "gesprek_aanwezig"
    row.refresh_from_db()
    whole = gesprek(toestemming_op=None)
    leg_gesprek_vast(actor=wereld.van, pk=row.pk, versie=row.versie, gegevens=whole, vandaag=VANDAAG)
    assert code(stap(wereld.naar, row, "bevestig")) == "toestemming"


def test_what_was_said_can_not_lie_in_the_future(wereld: Wereld) -> None:
    row = terugplaatsing(GEVRAAGD, vandaag=VANDAAG, van_school=wereld.so, naar_school=wereld.bao)
    for name in ("gesprek_op", "toestemming_op"):
        values = gesprek(**{name: VANDAAG + timedelta(days=1)})
        answer = leg_gesprek_vast(actor=wereld.van, pk=row.pk, versie=1, gegevens=values, vandaag=VANDAAG)
        assert code(answer) == "toekomst"
        assert answer.veld == name


def test_the_swv_gives_it_back(wereld: Wereld) -> None:
    row = terugplaatsing(BIJ_SWV, vandaag=VANDAAG, van_school=wereld.so, naar_school=wereld.bao)
    assert code(stap(wereld.swv, row, "geef_terug")) == "toelichting"
    stap(wereld.swv, row, "geef_terug", "Waar kwam de leerling vandaan?")
    row.refresh_from_db()
    assert (row.staat, row.gevraagde_school_id) == (CONCEPT, None)
    answer = wijzig_terugplaatsing(
        actor=wereld.van,
        pk=row.pk,
        versie=row.versie,
        gegevens={
            "tlv": row.tlv_plaats.verwijzing,
            "naar_school": wereld.bao.pk,
            "overstap_op": DAG,
            "herkomst": "deze",
        },
        vandaag=VANDAAG,
    )
    assert isinstance(answer, Terugplaatsing), answer
    assert answer.herkomst == "deze"


def test_what_is_not_somebodys_step(wereld: Wereld) -> None:
    row = terugplaatsing(BIJ_SWV, vandaag=VANDAAG, van_school=wereld.so, naar_school=wereld.bao)
    for actor in (wereld.van, wereld.naar):
        assert code(stel_vast(actor=actor, pk=row.pk, versie=1, vandaag=VANDAAG)) == "rol"
    assert code(stap(wereld.naar, row, "trek_in")) == "rol"
    assert code(stap(wereld.van, row, "leg_vast")) == "rol"
    change = wijzig_terugplaatsing(actor=wereld.naar, pk=row.pk, versie=1, gegevens={}, vandaag=VANDAAG)
    assert code(change) == "rol"
    late = wijzig_terugplaatsing(actor=wereld.van, pk=row.pk, versie=1, gegevens={}, vandaag=VANDAAG)
    assert code(late) == "staat"
    row.refresh_from_db()
    assert row.versie == 1


def test_nobody_else_sees_it(wereld: Wereld, actor_als: Callable[..., Actor]) -> None:
    row = terugplaatsing(BIJ_SWV, vandaag=VANDAAG)
    for actor in (wereld.van, wereld.naar, actor_als(Rol.CONTROLLER), actor_als(Rol.ORTHOPEDAGOOG, row.van_school)):
        with pytest.raises(NotVisible):
            stel_vast(actor=actor, pk=row.pk, versie=1, vandaag=VANDAAG)


def test_withdrawing(wereld: Wereld) -> None:
    row = tot_swv(wereld)
    stap(wereld.van, row, "trek_in")
    row.refresh_from_db()
    assert (row.staat, row.gevraagde_school_id, row.bewaren_tot) == (INGETROKKEN, None, date(2029, 3, 10))
    row.leerling.refresh_from_db()
    assert row.leerling.fase == "plaatsing"
