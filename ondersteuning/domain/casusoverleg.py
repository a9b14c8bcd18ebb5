"""The days of the case meeting about pupils who are absent, and what belongs on its agenda.

Source: ondersteuningsplan par. 11.4 (every two weeks a case meeting about pupils who are, or threaten to be, absent).
On which day it is, is for the SWV to say: a setting.
"""

from datetime import date, timedelta

from swv_portal.common.workflow import Refusal

#: The first meeting and the rhythm, as long as the SWV says nothing else: a Tuesday, every two weeks.
EERSTE_OVERLEG = date(2024, 9, 3)
OM_DE_WEKEN = 2
HOOGSTENS_WEKEN = 8


def overleg_op_of_na(dag: date, *, eerste: date, weken: int) -> date:
    """The first meeting on or after ``dag``; before the very first one that is the first."""
    if dag <= eerste:
        return eerste
    rhythm = weken * 7
    return dag + timedelta(days=-(dag - eerste).days % rhythm)


def vorig_overleg(overleg: date, *, weken: int) -> date:
    """The meeting before this one: what happened since then is news on the agenda."""
    return overleg - timedelta(weeks=weken)


def overleggen(vandaag: date, *, eerste: date, weken: int, terug: int = 2, vooruit: int = 4) -> list[date]:
    """The days to choose from: some that were, the next one, and some to come; none before the first."""
    following = overleg_op_of_na(vandaag, eerste=eerste, weken=weken)
    days = [following + timedelta(weeks=weken * number) for number in range(-terug, vooruit)]
    return [day for day in days if day >= eerste]


def controleer_ritme(weken: int) -> Refusal | None:
    """A meeting comes back every one to eight weeks."""
    if 1 <= weken <= HOOGSTENS_WEKEN:
        return None
    return Refusal("overleg_weken", f"Kies een aantal weken van 1 tot en met {HOOGSTENS_WEKEN}.", "overleg_weken")
