"""Route B at the same school: the new TLV follows the running one.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (form B); WEC art. 40 lid 15 (a TLV ends on a
31 July, so two of them never have to overlap).
"""

from datetime import date

from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal


def controleer_aansluiting(*, vorig_tot: date | None, van: date | None, blijft: bool) -> Refusal | None:
    """A prolongation begins after the last day of the running TLV.

    ``blijft``: the pupil stays at the own school; for another school the new TLV may begin earlier, because its place
    and category are others.  Code ``begint_te_vroeg``.
    """
    if not blijft or vorig_tot is None or van is None or van > vorig_tot:
        return None
    return Refusal(
        "begint_te_vroeg",
        f"De lopende TLV geldt tot en met {lange_datum(vorig_tot)}. Een verlenging begint daarna.",
        "gewenst_van",
    )
