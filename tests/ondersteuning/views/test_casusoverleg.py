"""The case meeting, the figures four times a year, the export, and the settings."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from ondersteuning.models import Aanwezigheidsinstellingen, Verzuimactie
from ondersteuning.reports import THUISZITTERS
from swv_portal.access.reach import bereik_voor
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from swv_portal.jobs.registry import Permanent
from swv_portal.jobs.services.reports import render_report
from tests.factories.aanwezigheid import VerzuimactieFactory, VerzuimmeldingFactory, afgesloten
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]
OVERLEG, AANTALLEN = "/ondersteuning/aanwezigheid/overleg/", "/ondersteuning/aanwezigheid/aantallen/"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def tekst(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def overleg_vandaag() -> date:
    """Make the case meeting today's: the one before was two weeks ago."""
    today = timezone.localdate()
    Aanwezigheidsinstellingen.objects.create(eerste_overleg=today - timedelta(weeks=20))
    return today


def test_alarms_come_first_and_what_changed_is_told(als: Als) -> None:
    today = overleg_vandaag()
    new = VerzuimmeldingFactory(eerste_dag=today - timedelta(days=5), gemeld_op=today - timedelta(days=3))
    long = VerzuimmeldingFactory(eerste_dag=today - timedelta(days=100), gemeld_op=today - timedelta(days=90))
    VerzuimactieFactory(melding=long, wat="Bel leerplicht.", gedaan_op=today - timedelta(days=14))
    VerzuimactieFactory(melding=long, wat="Vraag een arts.", gedaan_op=today - timedelta(days=15))
    closed = afgesloten(today - timedelta(days=2), eerste_dag=today - timedelta(days=40))
    text = tekst(als(Rol.SWV_MEDEWERKER), OVERLEG)
    assert text.index(long.kenmerk) < text.index(new.kenmerk)
    assert "2 leerlingen op de agenda" in text
    assert f'href="#melding-{new.pk}"' in text
    assert "Nieuw: gemeld op" in text
    assert "Bel leerplicht." in text
    assert "Vraag een arts." not in text
    assert f"{closed.kenmerk}: de leerling is terug op de eigen school" in text


def test_what_is_agreed_in_the_meeting_becomes_an_action_and_one_comes_back(als: Als) -> None:
    today, client = overleg_vandaag(), als(Rol.SWV_MEDEWERKER)
    row = VerzuimmeldingFactory()
    url = f"{reverse('ondersteuning:verzuim_actie', args=[row.pk])}?overleg={today.isoformat()}"
    assert f'href="{url}"' in tekst(client, OVERLEG)
    told = {"stap": "tempo", "wat": "Zoek een tussenplek.", "wie": "de consulent", "versie": row.versie}
    assert f'name="versie" value="{row.versie}"' in tekst(client, url)
    for wrong in ({"versie": ""}, {"versie": row.versie + 1}, {"wie": ""}):
        refused = client.post(url, told | wrong | nieuwe_sleutel())
        assert refused.status_code == 422
        assert "Zoek een tussenplek." in refused.content.decode()
    assert not Verzuimactie.objects.exists()
    answer = client.post(url, told | nieuwe_sleutel())
    assert answer["Location"] == f"{OVERLEG}?dag={today.isoformat()}#melding-{row.pk}"
    assert Verzuimactie.objects.get().overleg_op == today
    assert "Zoek een tussenplek." in tekst(client, OVERLEG).split("Afgesproken in dit overleg")[1]


def test_the_agenda_counts_as_reading_every_case_on_it(als: Als) -> None:
    for _ in range(3):
        VerzuimmeldingFactory()
    client = als(Rol.SWV_MEDEWERKER)
    tekst(client, OVERLEG)
    tekst(client, OVERLEG)
    assert Event.objects.filter(onderwerp_soort="ondersteuning.verzuimmelding", lezen=True).count() == 3


def test_the_agenda_costs_the_same_with_thirty_cases(als: Als) -> None:
    client, counts = als(Rol.SWV_MEDEWERKER), []
    for number in (1, 29):
        for _ in range(number):
            VerzuimactieFactory()
        tekst(client, OVERLEG)
        with CaptureQueriesContext(connection) as seen:
            tekst(client, OVERLEG)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


def test_an_empty_agenda_and_a_day_that_makes_no_sense(als: Als) -> None:
    assert "Er is geen open melding om te bespreken." in tekst(als(Rol.SWV_MEDEWERKER), OVERLEG, dag="gisteren")


def _thuiszitters(aantal: int, **fields: Any) -> None:
    for _ in range(aantal):
        VerzuimmeldingFactory(**fields)


def test_the_swv_sees_every_figure_and_the_inspectie_no_small_one(als: Als) -> None:
    today = timezone.localdate()
    _thuiszitters(7, oorzaak="thuis")
    _thuiszitters(6, oorzaak="wachtlijst")
    _thuiszitters(2, oorzaak="veiligheid")
    client = als(Rol.SWV_MEDEWERKER)
    inside = tekst(client, AANTALLEN, dag=today.isoformat())
    row = inside.split("pesten of zich niet veilig voelen")[1].split("</tr>")[0]
    assert row.count(">2<") == 3
    outside = tekst(client, AANTALLEN, dag=today.isoformat(), voor="inspectie")
    for cause in ("pesten of zich niet veilig voelen", "wachtlijst voor een andere onderwijsplek"):
        assert outside.split(cause)[1].split("</tr>")[0].count("–") == 3
    assert outside.split("situatie thuis")[1].split("</tr>")[0].count(">7<") == 3


def test_the_spreadsheet_says_what_is_kept_back(als: Als) -> None:
    today = timezone.localdate()
    _thuiszitters(2)
    client, url = als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:thuiszitters_xlsx")
    query = {"dag": today.isoformat()}
    inside = load_workbook(BytesIO(client.get(url, query).content)).active
    assert inside is not None
    assert [2, 2, 2] in [[cell.value for cell in row[2:5]] for row in inside.iter_rows()]
    outside = load_workbook(BytesIO(client.get(url, query | {"voor": "inspectie"}).content)).active
    assert outside is not None
    values = [cell.value for row in outside.iter_rows() for cell in row]
    assert 2 not in values
    assert "minder dan 5, of af te leiden" in values


def test_the_pdf_is_made_for_the_swv_only(als: Als) -> None:
    client, url = als(Rol.DIRECTEUR_BESTUURDER), reverse("ondersteuning:thuiszitters_pdf")
    _thuiszitters(2)
    today = timezone.localdate()
    client.post(url, {"dag": today.isoformat()} | nieuwe_sleutel())
    job = Job.objects.get(soort="rapport")
    assert job.params == {"rapport": THUISZITTERS, "params": {"peildatum": today.isoformat()}}
    reach = bereik_voor(client.user.pk, today)  # type: ignore[attr-defined]
    name, pdf = render_report(THUISZITTERS, reach, {"peildatum": today.isoformat()})
    assert name == f"thuiszitters {today.isoformat()}.pdf"
    assert pdf.startswith(b"%PDF")
    iber = als(Rol.IBER)
    assert iber.post(url, {"dag": today.isoformat()}).status_code == 403
    with pytest.raises(Permanent):
        render_report(THUISZITTERS, bereik_voor(iber.user.pk, today), {"peildatum": today.isoformat()})  # type: ignore[attr-defined]


def test_the_export_names_nobody(tmp_path: Path) -> None:
    national = VerzuimmeldingFactory(kenmerk="V-2425-0001", eerste_dag=date(2025, 1, 2))
    recent = VerzuimmeldingFactory(kenmerk="V-2425-0002", eerste_dag=date(2025, 1, 6), gemeld_op=date(2025, 1, 31))
    off_roll = VerzuimmeldingFactory(kenmerk="V-2425-0003", eerste_dag=date(2024, 11, 1), soort="absoluut")
    VerzuimmeldingFactory(kenmerk="V-2425-0004", eerste_dag=date(2025, 1, 20), gemeld_op=date(2025, 2, 1))
    afgesloten(date(2025, 1, 31), kenmerk="V-2425-0005", eerste_dag=date(2024, 12, 2))
    ended_later = afgesloten(date(2025, 2, 1), kenmerk="V-2425-0006", eerste_dag=date(2024, 12, 2))
    target = tmp_path / "t.json"
    call_command("exporteer", "thuiszitters", "--peildatum", "2025-01-31", "--formaat", "json", "--naar", str(target))
    text = target.read_text()
    assert "Kanariepiet" not in text
    assert "deur" not in text
    data = json.loads(text)
    assert data["peildatum"] == "2025-01-31"
    assert data["definities"] == {"landelijk": 2, "eigen": 4, "ouder": 3}
    assert [row["kenmerk"] for row in data["thuiszitters"]] == [
        row.kenmerk for row in (national, recent, off_roll, ended_later)
    ]
    assert data["thuiszitters"][0] == {
        "kenmerk": "V-2425-0001",
        "school": national.school.vestigingscode,
        "eerste_dag": "2025-01-02",
        "weken": 4,
        "oorzaak": "passende jeugdhulp ontbreekt of komt nog",
        "landelijk": True,
        "eigen": True,
        "ouder": True,
    }
    assert (data["thuiszitters"][2]["landelijk"], data["thuiszitters"][2]["ouder"]) == (False, True)


def test_a_wrong_day_is_no_export(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises((SystemExit, CommandError)):
        call_command("exporteer", "thuiszitters", "--peildatum", "31-01-2025", "--formaat", "json")
    assert "{" not in capsys.readouterr().out


def test_settings_of_meeting_and_days(als: Als) -> None:
    client, url = als(Rol.BEHEERDER), reverse("ondersteuning:aanwezigheidsinstellingen")
    told = {
        "eerste_overleg": "07-01-2025",
        "overleg_weken": "3",
        "peildagen": "01-01\n1-4\n01-07\n15-10",
        "versie": "1",
    }
    refused = client.post(url, told | {"peildagen": "01-01\n31-04"})
    assert refused.status_code == 422
    assert "Vul vier verschillende dagen in" in refused.content.decode()
    assert "31-04" in refused.content.decode()
    assert client.post(url, told).status_code == 302
    row = Aanwezigheidsinstellingen.objects.get()
    assert (row.overleg_weken, row.peildagen) == (3, ["01-01", "01-04", "01-07", "15-10"])
