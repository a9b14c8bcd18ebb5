"""The form of the child as somebody finds it: filled in or not, and whether this person may do so."""

from dataclasses import dataclass
from typing import Any

from ondersteuning.domain.kindformulier import VRAGEN, mag_invullen
from ondersteuning.models import Aanvraag, Kindformulier

NOG_NIET = "Het kind mag zelf zeggen wat het van school vindt. Vul dit samen in. Het hoeft niet."


@dataclass(frozen=True)
class Kindknop:
    """The way to the form: what is said about it, the words of the link, and the address."""

    zin: str
    label: str
    url: str


def kindformulier_van(aanvraag: Aanvraag) -> Kindformulier:
    """The form of this application; one that is not stored yet when nobody filled it in."""
    found = getattr(aanvraag, "kindformulier", None)
    return found if found is not None else Kindformulier(aanvraag=aanvraag)


def kindknop(aanvraag: Aanvraag, wie: str, url: str) -> Kindknop | None:
    """The way to the form for ``wie`` (``school``, ``instelling`` or a parent); ``None``: may not change it now."""
    form = kindformulier_van(aanvraag)
    if mag_invullen(aanvraag.staat, wie, ingevuld_met=form.ingevuld_met, is_gehoord=form.gehoord) is not None:
        return None
    if not form.gehoord:
        return Kindknop(NOG_NIET, "Vul het samen in", url)
    return Kindknop("U vulde dit samen met het kind in.", "Wijzig de antwoorden", url)


def beginwaarden(form: Kindformulier) -> dict[str, Any]:
    """What the form begins with."""
    return {name: getattr(form, name) for name in ("gevoel", *VRAGEN, "geen_reden", "versie")}
