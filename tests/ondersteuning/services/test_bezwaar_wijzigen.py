"""An objection put right or completed while it runs, and a decision while something is still missing."""

from datetime import date
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.bezwaar import bezwaarpagina, let_op_bij_beslissen
from ondersteuning.services.bezwaar import ontvang_advies, trek_bezwaar_in, verstuur_verweer
from ondersteuning.services.bezwaar_termijn import vraag_herstel
from ondersteuning.services.bezwaar_wijzigen import BEZWAARSTUK, voeg_document_toe, wijzig_bezwaar
from swv_portal.audit.models import Event
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.domain.filetypes import PDF
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.uploads import Upload
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_besluit import staff
from tests.ondersteuning.services.test_bezwaar import LATER, TOT, announced, decide, recorded

DAG = date(2025, 5, 1)
UITERLIJK = date(2025, 5, 15)


@pytest.fixture
def bezwaar(mensen: Mensen) -> Bezwaar:
    return recorded(announced(mensen, TOEGEKEND))


def change(row: Bezwaar, **changes: Any) -> Bezwaar | Refusal:
    values = {
        "actor": staff(),
        "versie": None,
        "bezwaarmaker": row.bezwaarmaker,
        "ontvangen_op": row.ontvangen_op,
        "poststempel_op": row.poststempel_op,
        "gronden": row.gronden,
        "vandaag": DAG,
    }
    return wijzig_bezwaar(pk=row.pk, **(values | changes))


def code(answer: Bezwaar | Refusal) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def ask(row: Bezwaar) -> None:
    asked = vraag_herstel(
        actor=staff(),
        pk=row.pk,
        versie=None,
        gevraagd_op=DAG,
        uiterlijk=UITERLIJK,
        toelichting="De redenen.",
        vandaag=DAG,
    )
    assert isinstance(asked, Bezwaar), asked


def test_put_right_with_its_terms(bezwaar: Bezwaar) -> None:
    late = date(2025, 4, 24)
    done = change(bezwaar, versie=bezwaar.versie, bezwaarmaker="school", ontvangen_op=late, gronden="Ook te druk.")
    assert isinstance(done, Bezwaar), done
    bezwaar.refresh_from_db()
    assert (bezwaar.bezwaarmaker, bezwaar.ontvangen_op, bezwaar.gronden) == ("school", late, "Ook te druk.")
    assert (bezwaar.te_laat, bezwaar.verweer_uiterlijk) == (True, date(2025, 5, 8))
    told = Event.objects.get(soort="bezwaar.gewijzigd").tekst
    assert told == "Heeft in het bezwaar gewijzigd: van wie het is, de dag van ontvangst, de redenen."
    assert code(change(bezwaar, versie=1)) == "verouderd"
    posted = change(bezwaar, poststempel_op=TOT)
    assert isinstance(posted, Bezwaar), posted
    assert not posted.te_laat
    same = posted.versie
    again = change(posted)
    assert isinstance(again, Bezwaar), again
    assert again.versie == same


def test_the_day_of_the_defence_and_of_the_advice(bezwaar: Bezwaar) -> None:
    nothing = change(bezwaar, verweer_op=DAG, advies_op=DAG, advies="Bedacht.")
    assert isinstance(nothing, Bezwaar), nothing
    assert (nothing.verweer_op, nothing.advies_op, nothing.advies) == (None, None, "")
    verstuur_verweer(actor=staff(), pk=bezwaar.pk, versie=None, dag=DAG, vandaag=DAG)
    ontvang_advies(actor=staff(), pk=bezwaar.pk, versie=None, dag=DAG, toelichting="Houd het.", vandaag=DAG)
    earlier = date(2025, 4, 10)
    done = change(bezwaar, verweer_op=earlier, advies_op=DAG, advies="Houd het zo.")
    assert isinstance(done, Bezwaar), done
    assert (done.staat, done.verweer_op, done.advies_op, done.advies) == ("advies", earlier, DAG, "Houd het zo.")
    wrong = change(bezwaar, verweer_op=date(2025, 3, 31), advies_op=DAG)
    assert isinstance(wrong, Refusal)
    assert (wrong.code, wrong.veld) == ("dag", "verweer_op")


def test_what_can_not_be(mensen: Mensen, bezwaar: Bezwaar) -> None:
    recorded(bezwaar.aanvraag, bezwaarmaker="ouder_2")
    assert code(change(bezwaar, bezwaarmaker="ouder_2")) == "loopt_al"
    assert code(change(bezwaar, ontvangen_op=date(2025, 5, 2))) == "ontvangen"
    assert code(change(bezwaar, ontvangen_op=date(2025, 3, 9))) == "ontvangen"
    assert code(change(bezwaar, poststempel_op=DAG)) == "poststempel"
    ask(bezwaar)
    after = change(bezwaar, ontvangen_op=date(2025, 5, 2), vandaag=date(2025, 5, 3))
    assert isinstance(after, Refusal)
    assert after.zin == "U vroeg op 1 mei 2025 om wat ontbreekt. Kies die dag of eerder."
    with pytest.raises(NotVisible):
        change(bezwaar, actor=mensen.iber)
    trek_bezwaar_in(actor=staff(), pk=bezwaar.pk, versie=None, vandaag=DAG)
    assert code(change(bezwaar)) == "staat"


def test_documents_come_later_too(bezwaar: Bezwaar) -> None:
    upload = Upload(PDF, b"%PDF-1.7 verweer", Document.Staat.GOED)

    def add(kind: str, **changes: Any) -> Bezwaar | Refusal:
        values = {"actor": staff(), "versie": None, "bestand": upload, "vandaag": DAG} | changes
        return voeg_document_toe(pk=bezwaar.pk, soort=kind, **values)

    first = add("verweer", versie=bezwaar.versie)
    assert isinstance(first, Bezwaar), first
    assert code(add("verweer", versie=bezwaar.versie)) == "verouderd"  # twice the same press
    assert isinstance(add("bezwaarschrift"), Bezwaar)
    assert code(add("iets")) == "soort"
    kept = {(each.soort, each.naam) for each in documents_of(bezwaar)}
    assert kept == {
        (BEZWAARSTUK, f"verweer-{bezwaar.pk}-1.pdf"),
        ("ondersteuning.bezwaarschrift", f"bezwaarschrift-{bezwaar.pk}-2.pdf"),
    }
    assert Event.objects.filter(tekst="Heeft een document bij het bezwaar bewaard: het verweer.").count() == 1
    trek_bezwaar_in(actor=staff(), pk=bezwaar.pk, versie=None, vandaag=DAG)
    assert code(add("advies")) == "staat"


def test_not_refused_for_what_is_missing_before_its_time_is_over(bezwaar: Bezwaar) -> None:
    ask(bezwaar)
    early = decide(bezwaar, "niet_ontvankelijk", vandaag=UITERLIJK)
    assert isinstance(early, Refusal)
    assert (early.code, early.veld) == ("herstel_loopt", "uitkomst")
    assert "15 mei 2025" in early.zin
    assert isinstance(decide(bezwaar, "niet_ontvankelijk", vandaag=date(2025, 5, 16)), Bezwaar)


def test_too_late_is_not_waited_for(bezwaar: Bezwaar) -> None:
    change(bezwaar, ontvangen_op=date(2025, 4, 24))
    ask(bezwaar)
    assert isinstance(decide(bezwaar, "niet_ontvankelijk", vandaag=DAG), Bezwaar)


def test_deciding_closes_the_request(bezwaar: Bezwaar) -> None:
    assert let_op_bij_beslissen(bezwaar, vandaag=DAG) == [
        "Er is nog geen verweer verstuurd.",
        "Er is nog geen advies van de commissie.",
    ]
    ask(bezwaar)
    assert "sluit u dat verzoek" in let_op_bij_beslissen(bezwaar, vandaag=UITERLIJK)[-1]
    done = decide(bezwaar, "ongegrond", vandaag=UITERLIJK)
    assert isinstance(done, Bezwaar), done
    line = bezwaarpagina(done, vandaag=UITERLIJK).herstel[0].zin
    assert line == "Niet ontvangen voordat op het bezwaar is beslist. Dit verzoek is daarmee gesloten."
    assert Event.objects.filter(soort="bezwaar.herstel_gesloten").count() == 1


def test_with_everything_there_nothing_needs_attention(bezwaar: Bezwaar) -> None:
    verstuur_verweer(actor=staff(), pk=bezwaar.pk, versie=None, dag=LATER, vandaag=LATER)
    ontvang_advies(actor=staff(), pk=bezwaar.pk, versie=None, dag=LATER, toelichting="", vandaag=LATER)
    bezwaar.refresh_from_db()
    assert let_op_bij_beslissen(bezwaar, vandaag=LATER) == []
    decide(bezwaar, "ongegrond")
    assert not Event.objects.filter(soort="bezwaar.herstel_gesloten").exists()


def test_one_without_reasons(mensen: Mensen) -> None:
    row: Aanvraag = announced(mensen, TOEGEKEND)
    assert recorded(row, gronden="").gronden == ""
