"""Which Workflow drives an application: that of its route.  All of them have the states of an application."""

from collections.abc import Mapping

from ondersteuning.domain.aanvraag import AANVRAAG
from ondersteuning.domain.eenzijdig import EENZIJDIG
from ondersteuning.domain.plaatsingsakkoord import PLAATSINGSAKKOORD
from ondersteuning.domain.route import GEWOON
from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.tlv_bao import TLV_BAO
from swv_portal.common.workflow import Workflow

PROCEDURES: Mapping[str, Workflow] = {
    GEWOON: AANVRAAG,
    "plaatsingsakkoord": PLAATSINGSAKKOORD,
    "eenzijdig": EENZIJDIG,
    "tlv_bao": TLV_BAO,
}


def procedure_van(route: str) -> Workflow:
    """The procedure of the route with this code."""
    return PROCEDURES[ROUTES[route].procedure]
