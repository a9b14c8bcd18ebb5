"""Who can give the first advice at the receiving schools: without an account there the procedure waits for the SWV."""

from collections.abc import Iterable
from datetime import date

from kernen.queries import houders_per_school
from ondersteuning.domain.stand import Bemanning
from swv_portal.access.queries import invitations_of
from swv_portal.common.scoping import Rol


def bemanning_van(scholen: Iterable[int], vandaag: date) -> dict[int, Bemanning]:
    """Per school: is there an orthopedagoog with an account, or somebody whose invitation is open, or nobody?

    At most two queries.
    """
    asked = set(scholen)
    if not asked:
        return {}
    held = houders_per_school(vandaag, Rol.ORTHOPEDAGOOG, asked)
    waiting = {user for people in held.values() for user, active in people if not active}
    invited = {user for user, state in invitations_of(waiting).items() if state.code == "open"} if waiting else set()
    return {school: _bemanning(held.get(school, []), invited) for school in asked}


def _bemanning(people: list[tuple[int, bool]], invited: set[int]) -> Bemanning:
    if any(active for _, active in people):
        return Bemanning.AANWEZIG
    return Bemanning.UITGENODIGD if any(user in invited for user, _ in people) else Bemanning.NIEMAND
