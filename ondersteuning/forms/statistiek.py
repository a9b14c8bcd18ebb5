"""The choice of a school year above the figures."""

from collections.abc import Sequence

from swv_portal.common.dates import Schooljaar


def gekozen_jaar(tekst: str, jaren: Sequence[Schooljaar]) -> Schooljaar:
    """The year in the address when it is one of ``jaren``; otherwise the newest."""
    return next((year for year in jaren if str(year) == tekst), jaren[0])
