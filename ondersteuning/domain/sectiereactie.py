"""What a parent objects to in one part of an application, in the own words.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (parents sign for having seen the form, and
may object to parts of it).  It is no objection to the decision (Awb art. 6:4): that comes after it.
"""

from ondersteuning.domain.aanvraag import mag_tekenen
from ondersteuning.domain.route import Route
from swv_portal.common.workflow import Refusal

#: A page of the form on which nothing is asked.
_CONTROLEREN = "controleren"

ONBEKEND_DEEL = Refusal("sectie", "Dit deel staat niet in de aanvraag.")


def delen(route: Route) -> dict[str, str]:
    """The parts of the form of this route that can be reacted to: code and name, in their order."""
    return {step.naam: step.label for step in route.stappen if step.naam != _CONTROLEREN}


def mag_reageren(staat: str, sectie: str, route: Route) -> Refusal | None:
    """A parent reacts to a part that is in the form, from the moment of being asked until the decision."""
    if sectie not in delen(route):
        return ONBEKEND_DEEL
    return mag_tekenen(staat)
