"""Withdrawing a TLV that was granted: from which day, and what becomes of the place.

The law names no ground for it; who may grant a decision may withdraw it, for the future and with its reasons (Awb art.
3:46), and the withdrawal is a decision against which people can object (Awb art. 1:3 and 7:1).
"""

from datetime import date, timedelta

from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal


def controleer_intrekking(per: date, *, geldig_van: date, geldig_tot: date, vandaag: date) -> Refusal | None:
    """May a TLV be withdrawn from ``per``, the first day on which it no longer holds?

    Codes: ``terugwerkend`` (the past can not be taken away from anybody), ``te_laat`` (it has ended by then), and
    ``voor_begin`` (before the TLV begins there is nothing to end; its first day is possible: then it never began).
    """
    if per < vandaag:
        return Refusal("terugwerkend", "U kunt een TLV niet intrekken vanaf een dag die voorbij is.", "per")
    if per > geldig_tot:
        return Refusal("te_laat", f"De TLV geldt maar tot en met {lange_datum(geldig_tot)}.", "per")
    if per < geldig_van:
        return Refusal("voor_begin", f"De TLV begint pas op {lange_datum(geldig_van)}. Kies die dag of later.", "per")
    return None


def laatste_dag(per: date) -> date:
    """The last day of the place of a TLV that was withdrawn from ``per``."""
    return per - timedelta(days=1)
