"""What kinds of personal links there are.  The apps register theirs in ``AppConfig.ready()``."""

from collections.abc import Callable
from dataclasses import dataclass

from swv_portal.access.models import PersoonlijkeLink


@dataclass(frozen=True)
class LinkKind:
    """``start`` gives the address after the code.

    The page that asks for the code names no kind: it is the same for every address, also for one that is none.
    """

    soort: str
    start: Callable[[PersoonlijkeLink], str]


_soorten: dict[str, LinkKind] = {}


def register_link_kind(kind: LinkKind) -> None:
    if kind.soort in _soorten and _soorten[kind.soort] != kind:
        raise RuntimeError(f"{kind.soort} is registered twice")
    _soorten[kind.soort] = kind


def link_kind(soort: str) -> LinkKind:
    """The kind; an unknown ``soort`` is a programming error (``KeyError``)."""
    return _soorten[soort]
