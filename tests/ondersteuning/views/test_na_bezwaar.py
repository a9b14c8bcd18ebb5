"""After a well-founded objection the SWV decides again: what is shown to whom, and which way is open against it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import GEWEIGERD, INGEDIEND, OUDER
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.services.besluit import weiger
from ondersteuning.services.bezwaar import besloten_na_bezwaar
from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF, beslis_op_bezwaar
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.architecture.ouder_formulieren import client_van_link
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import BezwaarFactory, bekendgemaakt, in_staat
from tests.ondersteuning.brieftekst import letter_text
from tests.ondersteuning.services.test_besluit import staff
from tests.ondersteuning.services.test_bezwaar_bevoegd import time_passes
from tests.ondersteuning.services.test_weg import run_jobs

Als = Callable[..., Client]
OUD = "De oude reden van de weigering."


@pytest.fixture
def made(db: None) -> Bezwaar:
    """An objection of parent 1, who never signed, against a refusal; it was decided that it is well-founded."""
    SamenwerkingsverbandFactory()
    row = bekendgemaakt(in_staat(GEWEIGERD, vandaag=timezone.localdate()))
    row.zienswijzen.all().delete()
    Aanvraag.objects.filter(pk=row.pk).update(motivering=OUD)
    found = BezwaarFactory(aanvraag=row, bezwaarmaker="ouder_1")
    done = beslis_op_bezwaar(
        actor=staff(),
        pk=found.pk,
        versie=None,
        uitkomst="gegrond",
        gevolg="opnieuw",
        toelichting="U had geen advies gelezen.",
        vandaag=timezone.localdate(),
    )
    assert isinstance(done, Bezwaar), done
    run_jobs()
    return Bezwaar.objects.select_related("aanvraag").get(pk=found.pk)


def page(client: Client, name: str, *args: Any) -> str:
    return client.get(reverse(f"ondersteuning:{name}", args=args)).content.decode()


def test_the_swv_reads_which_objection_and_begins_without_the_old_motivation(als: Als, made: Bezwaar) -> None:
    swv = als(Rol.SWV_MEDEWERKER)
    link = reverse("ondersteuning:bezwaar", args=[made.pk])
    for name in ("besluit", "dossier"):
        shown = page(swv, name, made.aanvraag_id)
        assert "Besluit opnieuw na het bezwaar" in shown
        assert "Het bezwaar van ouder 1" in shown
        assert "U had geen advies gelezen." in shown
        assert f'href="{link}"' in shown
        assert "Niemand heeft bezwaar gemaakt" not in shown
        assert OUD not in shown
    assert "besluit opnieuw, omdat het bezwaar gegrond is" in page(swv, "dossier", made.aanvraag_id)
    school = als(Rol.IBER, made.aanvraag.verwijzende_school)
    assert "U had geen advies gelezen." not in page(school, "dossier", made.aanvraag_id)


def test_who_objected_is_not_asked_to_sign_as_if_it_were_new(made: Bezwaar) -> None:
    parents = made.aanvraag.partijen.filter(soort=OUDER)
    own = page(client_van_link(parents.get(volgnummer=1)), "ouder")
    assert "Het samenwerkingsverband besluit opnieuw op de aanvraag." in own
    assert "Opnieuw bezwaar maken hoeft en kan niet." in own
    assert "Wat vragen wij van u?" not in own
    assert "Teken voor gezien" not in own
    assert "U hoeft nu niets te doen." in own
    assert "Stuur uw reactie" in own
    other = page(client_van_link(parents.get(volgnummer=2)), "ouder")
    assert "Teken voor gezien" in other
    assert "Ook daarna mag u nog bezwaar maken" not in other


def test_the_letter_on_the_objection_says_which_way_is_open(made: Bezwaar) -> None:
    text = letter_text(BEZWAARBRIEF)
    assert "Tegen deze beslissing en tegen het nieuwe besluit kunt u in beroep bij de rechtbank." in text
    assert "Opnieuw bezwaar maken hoeft en kan niet." in text


def test_against_the_new_decision_the_way_is_to_the_court(als: Als, made: Bezwaar) -> None:
    row = made.aanvraag
    assert row.staat == INGEDIEND
    done = weiger(actor=staff(), pk=row.pk, versie=None, motivering="Nieuw.", vandaag=timezone.localdate())
    assert isinstance(done, Aanvraag), done
    time_passes()
    run_jobs()
    row.refresh_from_db()
    assert (row.staat, besloten_na_bezwaar(row)) == (GEWEIGERD, True)
    text = letter_text("ondersteuning.besluitbrief")
    assert "Nieuw." in text
    assert OUD not in text
    assert "in beroep gaan bij de rechtbank" in text
    assert "U kunt bezwaar maken." not in text
    parent = page(client_van_link(row.partijen.get(soort=OUDER, volgnummer=1)), "ouder")
    assert "in beroep bij de rechtbank" in parent
    assert "U kunt bezwaar maken." not in parent
    swv = als(Rol.SWV_MEDEWERKER)
    assert "Beroep mogelijk tot en met" in page(swv, "dossier", row.pk)
    answer = swv.get(reverse("ondersteuning:bezwaar_nieuw", args=[row.pk]), follow=True)
    assert "Stuur de brief door naar de rechtbank" in answer.content.decode()


def test_gegrond_has_no_choice_beforehand_and_does_not_leave_the_decision(als: Als, db: None) -> None:
    SamenwerkingsverbandFactory()
    row = bekendgemaakt(in_staat(GEWEIGERD, vandaag=timezone.localdate()))
    found = BezwaarFactory(aanvraag=row)
    swv = als(Rol.SWV_MEDEWERKER)
    address = reverse("ondersteuning:bezwaar_stap", args=[found.pk, "beslis"])
    form = swv.get(address).content.decode()
    assert 'value="blijft"' in form
    assert "checked" not in form.split('name="gevolg"', 1)[1].split("</form>")[0]
    data = {
        "versie": "1",
        "uitkomst": "gegrond",
        "gevolg": "blijft",
        "toelichting": "Getypte reden.",
        "bevestigd": "ja",
    }
    answer = swv.post(address, data)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "kan het besluit niet blijven zoals het is" in shown
    assert "Getypte reden." in shown
    del data["bevestigd"]
    checked = swv.post(address, {**data, "gevolg": "opnieuw"}).content.decode()
    assert "Ook tegen het nieuwe besluit is er beroep, geen bezwaar." in checked
    found.refresh_from_db()
    assert found.staat == "ontvangen"


def test_the_motivation_of_the_other_outcome_does_not_go_along(als: Als, db: None) -> None:
    """A refusal was taken back: its motivation stays for a refusal, not for a grant."""
    SamenwerkingsverbandFactory()
    row = in_staat(INGEDIEND, vandaag=timezone.localdate())
    Aanvraag.objects.filter(pk=row.pk).update(motivering=OUD, motivering_bij="geweigerd")
    swv = als(Rol.SWV_MEDEWERKER)
    address = reverse("ondersteuning:besluit", args=[row.pk])
    assert OUD in swv.get(address).content.decode()
    grant = {"besluit": "ken_toe", "geldig_van": "1-8-2025", "geldig_tot": "31-7-2027", "versie": str(row.versie)}
    refused = swv.post(address, grant | {"motivering": OUD})
    assert refused.status_code == 422
    assert "Deze tekst schreef u toen u de aanvraag weigerde." in refused.content.decode()
    assert "Controleer uw besluit" in swv.post(address, grant | {"motivering": ""}).content.decode()
    assert (
        "Controleer uw besluit" in swv.post(address, {**grant, "besluit": "weiger", "motivering": OUD}).content.decode()
    )
    again = weiger(actor=staff(), pk=row.pk, versie=None, motivering=OUD, vandaag=timezone.localdate())
    assert not isinstance(again, Refusal)
