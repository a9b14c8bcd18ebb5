"""The page about the procedure holds the table that the code works with."""

from pathlib import Path

from ondersteuning.domain.aanvraag import (
    AANVRAAG,
    BESLISSING_OP_BEZWAAR,
    INDIENER,
    ONTVANGER,
    OUDER,
    TWEEDE_DESKUNDIGE,
    VERZENDING,
)
from swv_portal.common.scoping import ROLNAMEN

BEGIN, EIND = "<!-- tabel: begin -->", "<!-- tabel: eind -->"
PAGINA = Path("docs") / "procedure-tlv.md"
NAMEN = {
    **ROLNAMEN,
    OUDER: "ouder (met link)",
    TWEEDE_DESKUNDIGE: "tweede deskundige (met link)",
    INDIENER: "wie de aanvraag doet",
    ONTVANGER: "de ontvangende school",
    VERZENDING: "het portaal, als de brief uitgaat",
    BESLISSING_OP_BEZWAAR: "het samenwerkingsverband, met een beslissing op bezwaar",
}


def table() -> str:
    """The procedure as a table in Markdown."""
    lines = ["| stap | van | naar | wie |", "| --- | --- | --- | --- |"]
    for label, before, after, roles in AANVRAAG.as_rows():
        who = ", ".join(NAMEN[role] for role in roles.split(", "))
        lines.append(f"| {label} | {before} | {after} | {who} |")
    return "\n".join(lines)


def test_the_page_is_up_to_date(project: Path) -> None:
    text = (project / PAGINA).read_text(encoding="utf-8")
    shown = text.split(BEGIN)[1].split(EIND)[0].strip()
    assert shown == table(), f"put this between the markers of {PAGINA}:\n{table()}"
