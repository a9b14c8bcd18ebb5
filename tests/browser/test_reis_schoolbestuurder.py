"""The journey of the schoolbestuurder: the own letter as a PDF, and nothing of another board."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from financien.models import Beschikking
from financien.services.beschikkingen import maak_beschikkingen
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.run import run
from tests.browser.pagina import Reis, download, geen_toegang, gezien, menu, persoon, tekst_van, volg
from tests.factories.financien import maak_jaar, vastgesteld_budget
from tests.factories.kernen import SamenwerkingsverbandFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_schoolbestuurder_fetches_the_own_letter_and_no_other(reis: Reis, actor_als: Any, tmp_path: Path) -> None:
    SamenwerkingsverbandFactory()
    year, (own, other) = maak_jaar(2)
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    budget = vastgesteld_budget(director, year)
    maak_beschikkingen(actor=director, pk=budget.pk)
    for job in Job.objects.exclude(groep=None):
        assert run(job.pk) == "done"
    letters = {letter.bestuur: letter for letter in Beschikking.objects.filter(school=None)}
    documents = {
        board: Document.objects.get(soort="financien.beschikking", onderwerp_id=row.pk)
        for board, row in letters.items()
    }

    page = reis.log_in(persoon(Rol.SCHOOLBESTUURDER, own.bestuur), "smal")
    menu(page, "Geld")
    gezien(page, "Geld")
    expect(page.get_by_text(other.bestuur.naam)).to_have_count(0)
    text = tekst_van(download(page, re.compile(f"^{letters[own.bestuur].kenmerk}.*PDF"), tmp_path))
    assert own.bestuur.naam in text
    assert "90.000,00" in text
    assert own.naam in text
    assert other.naam not in text
    volg(page, own.naam)
    gezien(page, own.naam)

    geen_toegang(page, reverse("jobs:document", args=[documents[other.bestuur].sleutel]))
    geen_toegang(page, reverse("financien:bestuurbudget", args=[budget.pk, other.bestuur.pk]))
    gezien(page, page.get_by_role("heading", level=1).inner_text())
