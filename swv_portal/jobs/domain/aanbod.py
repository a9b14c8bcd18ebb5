"""What a file is offered for, before it is imported."""

from dataclasses import dataclass
from datetime import timedelta

from swv_portal.common.scoping import Rol

#: What somebody chooses on the preview to have the file imported; everything else lets it go.
BEVESTIG = "bevestig"


@dataclass(frozen=True)
class Aanbodsoort:
    """A kind of offer.  ``rollen`` may offer and decide: each their own, or with ``gedeeld`` those of all."""

    naam: str
    rollen: frozenset[Rol]
    gedeeld: bool = False
    #: How long a file waits for a decision; then the night lets it go.
    bewaren: timedelta = timedelta(days=1)
