"""Example data of the SWV areas: our own postcodes are those of our schools; the neighbours are invented."""

from kernen.models import School
from ondersteuning.models import SwvGebied
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.kernen_teksten import SWV

#: Code, name and postcodes of invented neighbours.
BUREN = (
    ("PO9902", "SWV PO Polder en Plas", ("1461", "1462", "1463")),
    ("PO9903", "SWV PO Heuvel en Heide", ("3721", "3722", "3723")),
)
BUUR_PC4 = BUREN[0][2][0]


def laad_gebieden(ctx: Context) -> None:
    """A table that was read in on the first of this month."""
    own = sorted({pc4 for pc4 in School.objects.filter(buiten_regio=False).values_list("pc4", flat=True) if pc4})
    rows = [(pc4, SWV["registratienummer"], SWV["naam"]) for pc4 in own]
    rows += [(pc4, code, name) for code, name, postcodes in BUREN for pc4 in postcodes]
    day = ctx.vandaag.replace(day=1)
    SwvGebied.objects.bulk_create(
        SwvGebied(pc4=pc4, swv_code=code, swv_naam=name, ingelezen_op=day) for pc4, code, name in rows
    )
