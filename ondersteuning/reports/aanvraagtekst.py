"""The application as a parent may keep it: every part that can be read, with the own words, and the advices."""

from dataclasses import dataclass
from datetime import date

from ondersteuning.queries.dossier import Adviesregel
from ondersteuning.queries.persoonlijk import Persoonlijk
from ondersteuning.queries.secties import Sectie
from swv_portal.common.house import swv_naam
from swv_portal.common.pdf import render_pdf

SJABLOON = "reports/ondersteuning_aanvraag.html"


@dataclass(frozen=True)
class Aanvraagtekst:
    """What the document prints: no more than the page of this parent shows."""

    kenmerk: str
    route: str
    school: str
    ontvangende_school: str
    secties: list[Sectie]
    adviezen: list[Adviesregel]


def maak_aanvraagtekst(pagina: Persoonlijk, *, dag: date) -> tuple[str, bytes]:
    """File name (without the name of the child) and PDF of the application as this parent reads it on ``dag``."""
    reference = pagina.aanvraag.kenmerk
    data = Aanvraagtekst(
        kenmerk=reference,
        route=pagina.route,
        school=pagina.school,
        ontvangende_school=pagina.ontvangende_school,
        secties=pagina.secties,
        adviezen=pagina.adviezen,
    )
    title = f"Aanvraag {reference}"
    context = {"rapport": data, "titel": title, "swv_naam": swv_naam(), "gemaakt_op": dag}
    return f"Aanvraag-{reference}.pdf".replace("/", "-"), render_pdf(SJABLOON, context, titel=title)
