"""The kernplan as one page of paper: what is printed, and measuring whether it fits."""

from datetime import date
from typing import Any

from kernen.domain.kernplan import Afmeting
from kernen.models import Kernplan
from kernen.queries import Kernplanblad, kernplan_met_alles, kernplanblad
from swv_portal.common.house import swv_naam
from swv_portal.common.pdf import measure, not_printable
from swv_portal.common.scoping import Bereik
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.registry import Report

SJABLOON = "reports/kernen_kernplan.html"
TITEL = "Kernplan"
#: The parts of the page by their id, in order, with how they are called; the last id marks the end.
ONDERDELEN = {
    "deel-aanleiding": "Aanleiding",
    "deel-doelen": "Doelen en activiteiten",
    "deel-route": "Route van ondersteuning",
    "deel-kosten": "Inzet en kosten",
    "deel-einde": "",
}


def bouw(bereik: Bereik, params: dict[str, Any]) -> Kernplanblad:
    """The kernplan with key ``kernplan`` as far as ``bereik`` sees it; not visible is a 404."""
    plan = kernplan_met_alles(bereik).filter(pk=params["kernplan"]).first()
    if plan is None:
        raise NotVisible("niet gevonden")
    return kernplanblad(plan)


def bestandsnaam(blad: Kernplanblad) -> str:
    return f"Kernplan {blad.kern} {blad.schooljaar}"


def meet(plan: Kernplan, vandaag: date) -> Afmeting:
    """Render the plan as it will be printed on this day: how many pages, and which part takes most room."""
    context = {"rapport": kernplanblad(plan), "gemaakt_op": vandaag, "swv_naam": swv_naam()}
    pages, lengths = measure(SJABLOON, context, titel=TITEL, onderdelen=list(ONDERDELEN))
    longest = max(lengths, key=lambda name: lengths[name], default="deel-doelen")
    return Afmeting(pages, ONDERDELEN[longest])


def niet_te_drukken(blad: Kernplanblad) -> str:
    """The characters in what the kern wrote that paper can not show."""
    written = [blad.aanleiding, *(text for _, text in blad.route), *(row.omschrijving for row in blad.regels)]
    written += [text for goal in blad.doelen for text in (goal.tekst, goal.activiteiten)]
    return not_printable("".join(written))


KERNPLANRAPPORT = Report("kernen.kernplan", TITEL, SJABLOON, bouw, bestandsnaam)
