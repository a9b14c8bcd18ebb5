"""Who does something: a person with an account, somebody with a personal link, or the portal itself."""

from dataclasses import dataclass

from swv_portal.common.scoping import NIEMAND, Bereik


@dataclass(frozen=True)
class Actor:
    """Passed to every service.  ``label`` is what a timeline shows when there is no account ('ouder 1')."""

    bereik: Bereik = NIEMAND
    user_id: int | None = None
    link_id: int | None = None
    label: str = ""


PORTAAL = Actor(label="het portaal")
