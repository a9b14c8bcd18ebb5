"""Publishing a round for the second time: with the same answers, and shown as the first time."""

from datetime import date

import pytest
from django.db import connection

from evaluatie.domain.ronde import AL_GEPUBLICEERD
from evaluatie.models import Antwoord, Groep, Optie, Publicatie, Ronde
from evaluatie.queries import ondergrond, resultaat
from evaluatie.services.antwoorden import Inleesverslag, Inleesverzoek, controleer, lees_in
from evaluatie.services.rondes import zet_stap
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER
from tests.factories.evaluatie import BEHEERDER, CODES, antwoorden, bestand, maak_ronde
from tests.factories.kernen import SamenwerkingsverbandFactory

DAG = date(2025, 6, 20)
ZES = antwoorden({"Noord": 6})
ZEVEN = antwoorden({"Noord": 7})

pytestmark = pytest.mark.django_db


def vervang(inhoud: bytes, *, publiceer: bool = True) -> Inleesverslag:
    asked = Inleesverzoek("kernen-2024-2025", vervang=True, publiceer=publiceer)
    report = lees_in(actor=BEHEERDER, bron=inhoud, verzoek=asked, vandaag=DAG)
    assert isinstance(report, Inleesverslag), report
    return report


def stap(naam: str) -> Ronde | Refusal:
    ronde = Ronde.objects.get()
    return zet_stap(actor=BEHEERDER, pk=ronde.pk, stap=naam, versie=ronde.versie, vandaag=DAG)


def test_a_reopened_round_is_published_again_with_the_same_answers_only(bereik_als):
    maak_ronde(inhoud=ZES)
    chair = bereik_als(Rol.KERNVOORZITTER)
    assert stap("heropen").staat == "open"
    assert stap("sluit").staat == "gesloten"
    stap("heropen")
    found = Groep.objects.get()
    Groep.objects.update(respondenten=7)
    extra = Antwoord.objects.create(groep=found, optie=Optie.objects.filter(waarde="1")[0])
    assert stap("sluit") == AL_GEPUBLICEERD
    assert Ronde.objects.get().staat == "open"
    assert not Ronde.objects.visible_to(chair).exists()
    extra.delete()
    assert stap("sluit") == AL_GEPUBLICEERD
    found.save()
    assert stap("sluit").staat == "gesloten"
    assert Ronde.objects.visible_to(chair).exists()


def test_closing_a_round_publishes_its_answers_for_good():
    maak_ronde(inhoud=ZES, publiceer=False)
    assert stap("sluit").staat == "gesloten"
    assert vervang(ZEVEN).niet_publiceren == AL_GEPUBLICEERD.zin
    assert vervang(ZES).gepubliceerd


def test_a_round_that_was_never_published_takes_any_answers():
    maak_ronde(inhoud=ZES, publiceer=False)
    assert not Publicatie.objects.exists()
    assert vervang(ZEVEN, publiceer=False).niet_publiceren == ""
    assert vervang(ZES).gepubliceerd


@pytest.mark.parametrize(
    "inhoud",
    [
        ZEVEN,
        antwoorden({"Noord": 60}, score=1),
        antwoorden({"Nord": 6}),
        antwoorden({"Noord": 3, "Zuid": 3}),
        antwoorden({"Noord": 6}, score=3),
        antwoorden({"Noord": 6}, onderwerpen_inbrengen=None),
    ],
)
def test_other_answers_are_read_in_and_not_published(bereik_als, inhoud):
    maak_ronde(inhoud=ZES)
    chair = bereik_als(Rol.KERNVOORZITTER)
    asked = Inleesverzoek("kernen-2024-2025", vervang=True)
    shown = controleer(actor=BEHEERDER, bron=inhoud, verzoek=asked)
    report = vervang(inhoud)
    for found in (shown, report):
        assert (found.gepubliceerd, found.niet_publiceren) == (False, AL_GEPUBLICEERD.zin)
    ronde = Ronde.objects.get()
    assert (ronde.staat, ronde.gesloten_op) == ("open", None)
    assert ondergrond(ronde).afdruk == report.ingelezen.afdruk
    assert not Ronde.objects.visible_to(chair).exists()
    assert "Niet gepubliceerd: het zijn andere antwoorden" in tijdlijn(ronde)[0].tekst
    assert stap("sluit") == AL_GEPUBLICEERD
    # What was published may come back.
    assert vervang(ZES).gepubliceerd
    assert Publicatie.objects.count() == 1


def test_a_step_in_between_does_not_make_other_answers_the_published_ones():
    maak_ronde(inhoud=ZES)
    vervang(ZEVEN, publiceer=False)
    assert not vervang(ZEVEN).gepubliceerd


def test_the_same_answers_in_another_order_are_the_same():
    rows = [["Noord", *["4" if "tevreden" in code else "ja" for code in CODES]] for _ in range(5)]
    rows.append(["noord", *["3" if "tevreden" in code else "nee" for code in CODES]])
    maak_ronde(inhoud=bestand(rows))
    assert vervang(bestand(rows[::-1])).gepubliceerd


#: Six, four and two people.  With five as the minimum, the table of the last question is published and only the mean
#: of A; with three, the mean of B instead of the table.  Both together give the answers of the two of C.
DELEN = [("A", "251314"), ("B", "4442"), ("C", "14")]
LEK = bestand([[naam, *[None] * 9, score] for naam, scores in DELEN for score in scores])


def _laatste(ronde: Ronde) -> tuple[list[str], bool]:
    found = resultaat(ronde).uitkomsten[-1]
    return [groep.groep for groep in found.getoond], found.verdeling is not None


@pytest.mark.parametrize(("eerst", "daarna", "getoond"), [(5, 3, (["A"], True)), (3, 5, (["B", "A"], False))])
def test_the_minimum_of_a_published_round_stays_as_it_was(eerst, daarna, getoond):
    swv = SamenwerkingsverbandFactory(minimum_groep=eerst)
    ronde = maak_ronde(inhoud=LEK)
    swv.minimum_groep = daarna
    swv.save()
    assert _laatste(ronde) == getoond
    assert resultaat(ronde).minimum == eerst
    stap("heropen")
    assert _laatste(ronde) == getoond
    stap("sluit")
    assert vervang(LEK).minimum == eerst
    assert _laatste(ronde) == getoond
    # A round that was not published yet follows the setting, and is shown otherwise.
    other = maak_ronde("anders", LEK, publiceer=False)
    assert resultaat(other).minimum == daarna
    assert _laatste(other) != getoond


def test_a_publication_is_kept_encrypted_and_seen_by_nobody():
    ronde = maak_ronde()
    kept = Publicatie.objects.get()
    assert (kept.afdruk, kept.minimum) == (ondergrond(ronde).afdruk, 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT afdruk FROM evaluatie_publicatie")
        assert kept.afdruk not in cursor.fetchone()[0]
    assert not Publicatie.objects.visible_to(BEHEER).exists()
    ronde.delete()
    assert not Publicatie.objects.exists()
