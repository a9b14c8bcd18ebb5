"""Publishing a round for the second time: refused when the difference gives answers away."""

from datetime import date

import pytest
from django.db import connection

from evaluatie.models import Antwoord, Optie, Publicatie, Ronde
from evaluatie.queries import ondergrond
from evaluatie.services.antwoorden import Inleesverslag, Inleesverzoek, controleer, lees_in
from evaluatie.services.rondes import zet_stap
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER
from tests.factories.evaluatie import BEHEERDER, antwoorden, maak_ronde

DAG = date(2025, 6, 20)
ZES = antwoorden({"Noord": 6})
ZEVEN = antwoorden({"Noord": 7})
TWAALF = antwoorden({"Noord": 12})

pytestmark = pytest.mark.django_db


def vervang(inhoud: bytes, *, publiceer: bool = True) -> Inleesverslag:
    order = Inleesverzoek("kernen-2024-2025", vervang=True, publiceer=publiceer)
    report = lees_in(actor=BEHEERDER, bron=inhoud, verzoek=order, vandaag=DAG)
    assert isinstance(report, Inleesverslag), report
    return report


def stap(naam: str) -> Ronde | Refusal:
    ronde = Ronde.objects.get()
    return zet_stap(actor=BEHEERDER, pk=ronde.pk, stap=naam, versie=ronde.versie, vandaag=DAG)


def voeg_toe(groep: str, aantal: int) -> None:
    """Further answers to a round that is open: ``aantal`` people who answer one question."""
    found = Ronde.objects.get().groepen.get(naam=groep)
    found.respondenten += aantal
    found.save()
    option = Optie.objects.get(vraag__code="tevredenheid_samenwerking", waarde="1")
    Antwoord.objects.bulk_create(Antwoord(groep=found, optie=option) for _ in range(aantal))


def test_a_reopened_round_is_published_again_when_nothing_changed_or_enough_came_in(bereik_als):
    maak_ronde(inhoud=ZES)
    chair = bereik_als(Rol.KERNVOORZITTER)
    assert stap("heropen").staat == "open"
    assert stap("sluit").staat == "gesloten"
    stap("heropen")
    voeg_toe("Noord", 4)
    refused = stap("sluit")
    assert (refused.code, Ronde.objects.get().staat) == ("te_weinig_nieuw", "open")
    assert "'Noord' minder dan 5" in refused.zin
    assert not Ronde.objects.visible_to(chair).exists()
    voeg_toe("Noord", 1)
    assert stap("sluit").staat == "gesloten"
    assert Publicatie.objects.count() == 2


def test_an_open_round_that_was_never_published_takes_any_answers():
    maak_ronde(inhoud=ZES, publiceer=False)
    assert not Publicatie.objects.exists()
    assert vervang(ZEVEN, publiceer=False).niet_publiceren == ""
    assert vervang(ZES).gepubliceerd


def test_replacing_a_few_answers_is_read_in_but_not_published(bereik_als):
    maak_ronde(inhoud=ZES)
    chair = bereik_als(Rol.KERNVOORZITTER)
    order = Inleesverzoek("kernen-2024-2025", vervang=True)
    shown = controleer(actor=BEHEERDER, bron=ZEVEN, verzoek=order)
    report = vervang(ZEVEN)
    assert (shown.gepubliceerd, shown.niet_publiceren) == (report.gepubliceerd, report.niet_publiceren)
    assert not report.gepubliceerd
    assert "minder dan 5" in report.niet_publiceren
    ronde = Ronde.objects.get()
    assert (ronde.staat, ronde.gesloten_op, ronde.groepen.get().respondenten) == ("open", None, 7)
    assert not Ronde.objects.visible_to(chair).exists()
    assert "Niet gepubliceerd: dat kan niet naast" in tijdlijn(ronde)[0].tekst
    assert stap("sluit").code == "te_weinig_nieuw"
    # What was published may come back, and what differs enough may follow it.
    assert vervang(ZES).gepubliceerd
    assert vervang(TWAALF).gepubliceerd


def test_a_step_in_between_does_not_make_the_difference_small():
    """Read in without publishing, twice: what counts is what was published, not what the round held last."""
    maak_ronde(inhoud=ZES)
    vervang(TWAALF, publiceer=False)
    assert not vervang(ZEVEN).gepubliceerd


def test_a_third_set_of_answers_is_not_published():
    maak_ronde(inhoud=ZES)
    assert vervang(TWAALF).gepubliceerd
    report = vervang(antwoorden({"Noord": 20}, score=1))
    assert not report.gepubliceerd
    assert "Van deze ronde zijn al 2 verschillende uitkomsten gepubliceerd." in report.niet_publiceren
    assert vervang(TWAALF).gepubliceerd
    assert Publicatie.objects.count() == 2


def test_a_publication_is_kept_encrypted_and_seen_by_nobody():
    ronde = maak_ronde()
    kept = Publicatie.objects.get()
    assert kept.beeld == ondergrond(ronde).beeld
    assert kept.op == date(2025, 6, 13)
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhoud FROM evaluatie_publicatie")
        assert "Noord" not in cursor.fetchone()[0]
    assert not Publicatie.objects.visible_to(BEHEER).exists()
    ronde.delete()
    assert not Publicatie.objects.exists()
