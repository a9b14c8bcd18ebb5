"""A form that changes a row says which version it was opened on; without that nothing is written.

One test per form of ``tests/architecture/formulieren.py`` that goes by the version, so that none can be forgotten.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone

from financien.models import Tarief, Volumeafspraak
from financien.services.budget import bereken_budget
from financien.services.budgetjaar import leg_volume_vast
from ondersteuning.models import (
    Advies,
)
from swv_portal.common.scoping import Rol
from tests.architecture.formulieren import ANDERS, VERSIE, Als, actor_van_client
from tests.architecture.versie_ondersteuning import ONDERSTEUNING
from tests.architecture.versieformulier import WOORD, Formulier
from tests.factories import kernen as maak
from tests.factories.evaluatie import maak_ronde
from tests.factories.financien import begroting_concept, maak_jaar


def _school(als: Als) -> Formulier:
    row = maak.SchoolFactory()
    data = {"naam": WOORD, "soort": row.soort, "bestuur_id": row.bestuur_id, "actief": "on"}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("kernen:school_wijzigen", args=[row.pk]), row, data, WOORD)


def _bestuur(als: Als) -> Formulier:
    row = maak.SchoolbestuurFactory()
    url = reverse("kernen:bestuur_wijzigen", args=[row.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"naam": WOORD}, WOORD)


def _kern(als: Als) -> Formulier:
    row = maak.KernFactory()
    url = reverse("kernen:kern_wijzigen", args=[row.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"naam": WOORD, "actief": "on"}, WOORD)


def _sessie(als: Als) -> Formulier:
    row = maak.KernsessieFactory()
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("kernen:sessie", args=[row.pk]), row, {"doel": WOORD}, WOORD)


def _swv(als: Als) -> Formulier:
    row = maak.SamenwerkingsverbandFactory()
    data = {
        name: getattr(row, name) for name in ("registratienummer", "ondertekenaar", "minimum_groep", "termijn_weken")
    }
    return Formulier(als(Rol.BEHEERDER), reverse("kernen:instellingen"), row, {**data, "naam": WOORD}, WOORD)


def _thema(als: Als) -> Formulier:
    row = maak.MenukaartthemaFactory()
    url = reverse("kernen:thema", args=[row.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"thema": WOORD, "doel": "Rust"}, WOORD)


def _uurtarief(als: Als) -> Formulier:
    row = maak.UurtariefFactory()
    data = {"professional": WOORD, "bedrag": "70", "stap": "1"}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("kernen:tarief", args=[row.pk]), row, data, WOORD)


def _planstap(als: Als) -> Formulier:
    row = maak.KernplanFactory()
    client = als(Rol.KERNVOORZITTER, row.kern)
    return Formulier(client, reverse("kernen:kernplan_stap", args=[row.pk, 1]), row, {"aanleiding": WOORD}, WOORD)


def _plan_indienen(als: Als) -> Formulier:
    row = maak.KernplanFactory(gevuld=True, aanleiding="Onrust", toelichting="Samen leren")
    client = als(Rol.KERNVOORZITTER, row.kern)
    return Formulier(client, reverse("kernen:kernplan_controleren", args=[row.pk]), row, {})


def _plan_vaststellen(als: Als) -> Formulier:
    row = maak.KernplanFactory(gevuld=True, staat="ingediend", ingediend_op=timezone.now())
    url = reverse("kernen:kernplan_actie", args=[row.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"stap": "stel_vast"})


def _plan_terug(als: Als) -> Formulier:
    row = maak.KernplanFactory(gevuld=True, staat="ingediend", ingediend_op=timezone.now())
    url = reverse("kernen:kernplan_opmerking", args=[row.pk, "stuur_terug"])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"opmerking": WOORD}, WOORD)


def _tarief(als: Als) -> Formulier:
    maak_jaar()
    row = Tarief.objects.filter(eenheid="leerling").first() or Tarief.objects.get(pk=Tarief.objects.first().pk)
    data = {"bedrag": "1,00", "omschrijving": "x", "bron": WOORD}
    return Formulier(als(Rol.CONTROLLER), reverse("financien:tarief", args=[row.pk]), row, data, WOORD)


def _dagen(als: Als) -> Formulier:
    row, _ = maak_jaar()
    data = {"teldatum": "02-02-2023", "peildatum": "01-10-2023"}
    return Formulier(als(Rol.CONTROLLER), reverse("financien:budgetjaar", args=[row.pk]), row, data, "02-02-2023")


def _volume(als: Als) -> Formulier:
    client = als(Rol.CONTROLLER)
    jaar, (school, _) = maak_jaar()
    values = {"leerlingen": 620, "van_ander_swv": 109, "bron": "begin"}
    row = leg_volume_vast(
        actor=actor_van_client(client),
        jaar_pk=jaar.pk,
        versie=None,
        leerlingen_nu=None,
        aandelen=[(school.bestuur_id, 1)],
        **values,
    )
    assert isinstance(row, Volumeafspraak), row
    data = {**values, "bron": WOORD, f"aandeel_{school.bestuur_id}": "1"}
    return Formulier(client, reverse("financien:volume", args=[jaar.pk]), row, data, WOORD)


def _jaarstap(als: Als) -> Formulier:
    row, _ = maak_jaar()
    url = reverse("financien:budgetjaar_stap", args=[row.pk])
    return Formulier(als(Rol.DIRECTEUR_BESTUURDER), url, row, {"stap": "sluit"})


def _vaststellen(als: Als) -> Formulier:
    client = als(Rol.DIRECTEUR_BESTUURDER)
    jaar, _ = maak_jaar()
    row: Any = bereken_budget(actor=actor_van_client(client), jaar_pk=jaar.pk)
    return Formulier(client, reverse("financien:budget_stap", args=[row.pk]), row, {"stap": "stel_vast"})


def _begroting(als: Als) -> Formulier:
    row = begroting_concept(actor_van_client(als(Rol.CONTROLLER)))
    url = reverse("financien:begroting_stap", args=[row.pk])
    return Formulier(als(Rol.DIRECTEUR_BESTUURDER), url, row, {"stap": "maak_geldend", "geldend": "geen"})


def _ronde(als: Als) -> Formulier:
    row = maak_ronde("r")
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("evaluatie:stap", args=["r"]), row, {"stap": "heropen"})


FORMULIEREN: dict[str, Callable[[Als], Formulier]] = {
    **ONDERSTEUNING,
    "kernen:school_wijzigen": _school,
    "kernen:bestuur_wijzigen": _bestuur,
    "kernen:kern_wijzigen": _kern,
    "kernen:sessie": _sessie,
    "kernen:instellingen": _swv,
    "kernen:thema": _thema,
    "kernen:tarief": _uurtarief,
    "kernen:kernplan_stap": _planstap,
    "kernen:kernplan_controleren": _plan_indienen,
    "kernen:kernplan_actie": _plan_vaststellen,
    "kernen:kernplan_opmerking": _plan_terug,
    "financien:tarief": _tarief,
    "financien:budgetjaar": _dagen,
    "financien:volume": _volume,
    "financien:budgetjaar_stap": _jaarstap,
    "financien:begroting_stap": _begroting,
    "evaluatie:stap": _ronde,
}
#: An address that also takes a form with a one-time key.
OOK = {"financien:budget_stap": _vaststellen}


def test_every_form_that_goes_by_the_version_is_tested() -> None:
    assert {name for name, why in ANDERS.items() if why == VERSIE} == set(FORMULIEREN)


@pytest.fixture
def formulier(request: pytest.FixtureRequest, als: Als) -> Formulier:
    return {**FORMULIEREN, **OOK}[request.param](als)


elk_formulier = pytest.mark.parametrize("formulier", sorted({**FORMULIEREN, **OOK}), indirect=True)


def _nu(rij: models.Model) -> dict[str, Any]:
    rij.refresh_from_db()
    return model_to_dict(rij)


@elk_formulier
@pytest.mark.parametrize("versie", [None, "", "0", "-1", "twee", "²", "9" * 5000])
def test_without_a_readable_version_nothing_is_written(formulier: Formulier, versie: str | None) -> None:
    before, advices = _nu(formulier.rij), Advies.objects.count()
    # A form always sends its token, so it is never empty.
    sent = {**formulier.data, "csrfmiddlewaretoken": "x"} | ({} if versie is None else {"versie": versie})
    answer = formulier.client.post(formulier.url, sent, follow=True)
    text = answer.content.decode()
    assert _nu(formulier.rij) == before
    assert Advies.objects.count() == advices
    assert "intussen gewijzigd" in text or "niet zien welke versie u had geopend" in text
    assert formulier.getypt in text
    if formulier.getypt:
        assert answer.status_code in {409, 422}


@elk_formulier
def test_with_the_version_of_now_it_is_written(formulier: Formulier) -> None:
    before = _nu(formulier.rij)
    formulier.client.post(formulier.url, {**formulier.data, "versie": before["versie"]})
    assert _nu(formulier.rij)["versie"] == before["versie"] + 1


def test_who_looked_it_over_can_send_it_then(als: Als) -> None:
    formulier = _school(als)
    refused = formulier.client.post(formulier.url, formulier.data)
    assert '<input type="hidden" name="versie" value="1"' in refused.content.decode()
    again = formulier.client.post(formulier.url, {**formulier.data, "versie": "1"})
    assert again.status_code == 302
