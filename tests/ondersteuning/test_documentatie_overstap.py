"""The page about overstappen holds the tables that the code works with."""

from pathlib import Path

import pytest

from ondersteuning.domain.baobao import PORTAAL
from ondersteuning.domain.overstap import NAAR_DIRECTEUR, NAAR_SCHOOL, VAN_DIRECTEUR, VAN_SCHOOL
from ondersteuning.queries.overstap import WORKFLOWS
from swv_portal.common.scoping import ROLNAMEN

PAGINA = Path("docs") / "procedure-overstap.md"
NAMEN = {
    **ROLNAMEN,
    VAN_SCHOOL: "school die de leerling verlaat",
    NAAR_SCHOOL: "nieuwe school",
    VAN_DIRECTEUR: "directeur van de school die de leerling verlaat",
    NAAR_DIRECTEUR: "directeur van de nieuwe school",
    PORTAAL: "het portaal",
}


def table(soort: str) -> str:
    """The procedure as a table in Markdown."""
    lines = ["| stap | van | naar | wie |", "| --- | --- | --- | --- |"]
    for label, before, after, roles in WORKFLOWS[soort].as_rows():
        lines.append(f"| {label} | {before} | {after} | {', '.join(NAMEN[role] for role in roles.split(', '))} |")
    return "\n".join(lines)


@pytest.mark.parametrize("soort", sorted(WORKFLOWS))
def test_the_page_is_up_to_date(project: Path, soort: str) -> None:
    text = (project / PAGINA).read_text(encoding="utf-8")
    shown = text.split(f"<!-- {soort}: begin -->")[1].split(f"<!-- {soort}: eind -->")[0].strip()
    assert shown == table(soort), f"put this between the markers of {PAGINA}:\n{table(soort)}"
