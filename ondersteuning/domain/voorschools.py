"""Route D: who may start it and why, and the budget that goes along to a regular school.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (form D, 'recent gestart', ITK) and 8.1.5 (the
budget runs two years from the first of the month after the pupil was enrolled).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from ondersteuning.domain.budgetperiode import laatste_dag
from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal

#: 'Recent gestart' in the source names no number of weeks; a setting of the SWV.
WEKEN_NA_START = 12


class Aanleiding(StrEnum):
    """Why an institution applies."""

    VOORSCHOOLS = "voorschools"
    NET_GESTART = "net_gestart"
    ITK = "itk"


AANLEIDINGNAMEN: Mapping[str, str] = {
    Aanleiding.VOORSCHOOLS.value: "De leerling zat nog niet op school",
    Aanleiding.NET_GESTART.value: "De leerling is pas begonnen op een basisschool",
    Aanleiding.ITK.value: "De leerling komt van de Internationale Taalklas (ITK)",
}


def beoordeel_aanleiding(
    aanleiding: str, *, eerste_schooldag: date | None, begonnen: date, weken: int = WEKEN_NA_START, regulier: bool
) -> Refusal | None:
    """Does the reason fit route D?  ``begonnen``: the day on which the application was started.

    A pupil who just started did so at most ``weken`` weeks before; a pupil of the ITK goes to a regular school with the
    budget.  Codes: ``schooldag_ontbreekt``, ``te_lang_geleden``, ``itk_regulier``.
    """
    if aanleiding == Aanleiding.ITK and not regulier:
        return Refusal(
            "itk_regulier",
            "Voor een leerling van de Internationale Taalklas is route D alleen voor een gewone basisschool.",
            "ontvangende_school",
        )
    if aanleiding != Aanleiding.NET_GESTART:
        return None
    if eerste_schooldag is None:
        return Refusal("schooldag_ontbreekt", "Vul de eerste schooldag van de leerling in.", "eerste_schooldag")
    if begonnen > eerste_schooldag + timedelta(weeks=weken):
        return Refusal(
            "te_lang_geleden",
            f"De leerling begon op {lange_datum(eerste_schooldag)}. Route D kan tot {weken} weken na de start.",
            "eerste_schooldag",
        )
    return None


def is_gemandateerd(van: date, tot: date | None, dag: date) -> bool:
    """Does the institution have a mandate of the SWV on this day?  The last day counts."""
    return van <= dag and (tot is None or dag <= tot)


def controleer_budgetperiode(van: date, tot: date) -> Refusal | None:
    """The budget ends when its two years are over, on no other day."""
    last = laatste_dag(van)
    if tot == last:
        return None
    return Refusal(
        "budgetperiode",
        f"Het budget duurt twee jaar vanaf de maand na de eerste schooldag. Dat is tot en met {lange_datum(last)}.",
        "geldig_tot",
    )
