"""The figures of a school year per reader: what the SWV sees, what others see, and the files."""

import html
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import GEWEIGERD, TOEGEKEND
from ondersteuning.queries.statistiek import ANDERE_SCHOLEN, Cijfers, cijfers
from ondersteuning.reports.statistiek import CIJFERRAPPORT
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.jobs.models import Job
from swv_portal.jobs.registry import Permanent
from swv_portal.jobs.services.reports import render_report
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolbestuurFactory, SchoolFactory
from tests.factories.ondersteuning import PlaatsingFactory, SboFactory, SoFactory, in_staat
from tests.sleutel import sleutel_uit

Als = Callable[..., Client]
CIJFERS = "/ondersteuning/cijfers/"
JAAR = Schooljaar(2024)
DAG = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


@pytest.fixture
def scholen() -> dict[str, Any]:
    """Seven TLV's of one school, three of its sister (same board), two of a school of another board."""
    board = SchoolbestuurFactory()
    schools = {"groot": SchoolFactory(bestuur=board), "klein": SchoolFactory(bestuur=board), "ander": SchoolFactory()}
    ikc, so = SboFactory(), SoFactory(buiten_regio=True)
    for name, count in (("groot", 7), ("klein", 3), ("ander", 2)):
        for number in range(count):
            receiver, category = (so, "I") if name == "klein" else (ikc, "SBO")
            row = in_staat(
                TOEGEKEND,
                vandaag=DAG,
                verwijzende_school=schools[name],
                ontvangende_school=receiver,
                categorie=category,
            )
            row.ingediend_op = DAG - timedelta(days=10 * (number + 1))
            row.save()
    in_staat(GEWEIGERD, vandaag=DAG)
    in_staat(TOEGEKEND, vandaag=date(2025, 9, 1))  # the next school year
    PlaatsingFactory(soort="terugplaatsing", categorie="", begin=date(2024, 9, 2), kostendrager="swv", einde=None)
    return schools


def tabel(found: Cijfers, titel: str) -> dict[str, int | None]:
    return next({row.label: row.aantal for row in each.regels} for each in found.overzichten if each.titel == titel)


def lees(bereik: Bereik) -> Cijfers:
    return cijfers(bereik, JAAR, date(2025, 10, 1))


def test_the_swv_sees_everything(bereik_als: Callable[..., Bereik], scholen: dict[str, Any]) -> None:
    for role in (Rol.SWV_MEDEWERKER, Rol.CONTROLLER, Rol.DIRECTEUR_BESTUURDER):
        found = lees(bereik_als(role))
        assert (found.totaal, found.verborgen) == (12, False)
        schools = tabel(found, "Per school van de leerling")
        assert schools == {str(scholen["groot"]): 7, str(scholen["klein"]): 3, str(scholen["ander"]): 2}
        assert sorted(tabel(found, "Per bestuur").values(), key=lambda n: n or 0) == [2, 10]
        assert tabel(found, "Per categorie")["categorie I (laag)"] == 3
        assert tabel(found, "Grensverkeer")["Naar een school in een ander gebied"] == 3
        assert found.overig[0].aantal == 1
        # 0 (refused), 3 x 10, 3 x 20, 2 x 30, 40, 50, 60, 70 days
        assert (found.dagen_mediaan, found.dagen_90) == (Decimal(20), 60)


def test_a_director_reads_the_own_school_and_no_small_counts(
    bereik_als: Callable[..., Bereik], scholen: dict[str, Any]
) -> None:
    found = lees(bereik_als(Rol.SCHOOLDIRECTEUR, scholen["groot"]))
    assert found.totaal == 12
    assert tabel(found, "Uw scholen") == {str(scholen["groot"]): 7, ANDERE_SCHOLEN: 5}
    categories = tabel(found, "Per categorie")
    assert categories["SBO"] is None  # 9, but the 3 of category I would be what is left of 12
    assert categories["categorie I (laag)"] is None
    assert found.overig[0].aantal is None
    small = lees(bereik_als(Rol.SCHOOLDIRECTEUR, scholen["klein"]))
    assert tabel(small, "Uw scholen") == {str(scholen["klein"]): None, ANDERE_SCHOLEN: None}
    titles = {table.titel for table in small.overzichten}
    assert not titles & {"Per school van de leerling", "Per bestuur"}


def test_a_board_reads_its_schools_as_one_table(bereik_als: Callable[..., Bereik], scholen: dict[str, Any]) -> None:
    found = lees(bereik_als(Rol.SCHOOLBESTUURDER, scholen["groot"].bestuur))
    # 3 + 2 are five together, and it is not told which is which.
    assert tabel(found, "Uw scholen") == {
        str(scholen["groot"]): 7,
        str(scholen["klein"]): None,
        ANDERE_SCHOLEN: None,
    }


def test_page_spreadsheet_and_pdf_say_the_same(als: Als, scholen: dict[str, Any]) -> None:
    client: Any = als(Rol.SCHOOLDIRECTEUR, scholen["groot"])
    page = client.get(CIJFERS, {"schooljaar": "2024-2025"})
    text = html.unescape(page.content.decode())
    assert "Er zijn 12 TLV's afgegeven in 2024-2025." in text
    assert "verborgen" in text
    answer = client.get(reverse("ondersteuning:cijfers_xlsx"), {"schooljaar": "2024-2025"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [row for row in book["Per categorie"].iter_rows(values_only=True) if row[0] == "categorie I (laag)"]
    assert cells == [("categorie I (laag)", None, "verborgen")]
    url = f"{reverse('ondersteuning:cijfers_pdf')}?schooljaar=2024-2025"
    assert client.post(url, sleutel_uit(page)).status_code == 302
    job = Job.objects.get(soort="rapport")
    assert job.params["params"] == {"schooljaar": "2024-2025"}


def test_the_pdf_is_made_with_the_reach_of_who_asked(
    bereik_als: Callable[..., Bereik], scholen: dict[str, Any]
) -> None:
    name, pdf = render_report(CIJFERRAPPORT, bereik_als(Rol.CONTROLLER), {"schooljaar": "2024-2025"})
    assert name == "tlv-cijfers-2024-2025.pdf"
    assert pdf.startswith(b"%PDF")
    this_year = str(Schooljaar.van(timezone.localdate()))
    outside = bereik_als(Rol.SCHOOLDIRECTEUR, scholen["groot"])
    for reach, year in ((outside, this_year), (outside, "1999-2000"), (bereik_als(Rol.IBER), "2024-2025")):
        with pytest.raises(Permanent):
            render_report(CIJFERRAPPORT, reach, {"schooljaar": year})


def test_strange_years_show_the_newest(als: Als, scholen: dict[str, Any]) -> None:
    client = als(Rol.SCHOOLBESTUURDER, scholen["groot"].bestuur)
    newest = str(Schooljaar.van(timezone.localdate()).vorige)
    for strange in ("", "x", "1999-2000", str(Schooljaar.van(timezone.localdate()))):
        answer: Any = client.get(CIJFERS, {"schooljaar": strange})
        assert answer.context["cijfers"].schooljaar == newest


def test_nothing_yet_is_said(als: Als) -> None:
    answer = als(Rol.CONTROLLER).get(CIJFERS)
    assert "nog geen TLV afgegeven" in answer.content.decode()


def test_the_same_number_of_questions_whatever_there_is(als: Als, scholen: dict[str, Any]) -> None:
    client = als(Rol.SWV_MEDEWERKER)

    def asked() -> int:
        client.get(CIJFERS, {"schooljaar": "2024-2025"})
        with CaptureQueriesContext(connection) as captured:
            client.get(CIJFERS, {"schooljaar": "2024-2025"})
        return len(captured)

    before = asked()
    for _ in range(9):
        in_staat(TOEGEKEND, vandaag=DAG)
    assert asked() == before
    assert before <= 12
    assert scholen
