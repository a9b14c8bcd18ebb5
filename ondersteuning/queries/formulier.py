"""The form of an application as one flat dictionary: what is filled in, and what is still missing."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ondersteuning.domain.aanvraag import OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.domain.routes import ROUTES, Stap
from ondersteuning.models import Aanvraag, Partij

#: Fields of the form that are fields of the application itself, per step.
VELDEN_AANVRAAG: Mapping[str, tuple[str, ...]] = {
    "leerling": ("groep", "nergens_ingeschreven", "woon_pc4", "woont_in_gebied", "eerste_schooldag"),
    "akkoord": ("ander_swv_code", "ander_swv_naam", "ander_tlvnummer"),
    "bemiddeling": (
        "verwijderd_op",
        "bemiddeling",
        "bemiddeling_op",
        "bemiddeling_afgewezen_door",
        "bemiddeling_uitkomst",
    ),
    "ouders": ("een_ouder_reden",),
    "school": (
        "vorig_tlvnummer",
        "vorig_geldig_tot",
        "ontvangende_school",
        "categorie",
        "eerste_functie",
        "gewenst_van",
        "gewenst_tot",
        "terugkeer_moment",
        "geen_terugkeer_reden",
        "budget_afgestemd",
    ),
    "onderbouwing": ("onderwijsbehoefte", "geboden_hulp", "reden_school", "leerling_gehoord", "stem_leerling"),
    "deskundige": (),
}
#: Fields of the form that are fields of a party: (form field, kind of party, number, field of the party).
VELDEN_PARTIJ: Mapping[str, tuple[tuple[str, str, int, str], ...]] = {
    "ouders": tuple(
        (f"ouder{number}_{field}", OUDER, number, field) for number in (1, 2) for field in ("naam", "email", "telefoon")
    ),
    "deskundige": tuple(
        (f"tweede_{field}", TWEEDE_DESKUNDIGE, 1, field)
        for field in ("naam", "functie", "dienstverband", "werkgever", "email", "telefoon")
    ),
}
VUL_IN = "Vul dit in."
VELDEN_LEERLING = ("voornamen", "achternaam", "geboortedatum")


def geboortedatum_van(aanvraag: Aanvraag) -> date | None:
    """The birth date of the pupil, which is stored as encrypted text."""
    text = aanvraag.leerling.geboortedatum
    return date.fromisoformat(text) if text else None


def formulierwaarden(aanvraag: Aanvraag, partijen: Iterable[Partij] | None = None) -> dict[str, Any]:
    """Every field of the form with its value, as the form shows it and as the checks read it."""
    parties = {(p.soort, p.volgnummer): p for p in (aanvraag.partijen.all() if partijen is None else partijen)}
    values: dict[str, Any] = {
        "voornamen": aanvraag.leerling.voornamen,
        "achternaam": aanvraag.leerling.achternaam,
        "geboortedatum": geboortedatum_van(aanvraag),
    }
    # Whoever has the child's own words need not write them again.
    values["kindformulier"] = getattr(aanvraag, "kindformulier", None) is not None
    for names in VELDEN_AANVRAAG.values():
        for name in names:
            values[name] = aanvraag.ontvangende_school_id if name == "ontvangende_school" else getattr(aanvraag, name)
    for fields in VELDEN_PARTIJ.values():
        for name, kind, number, field in fields:
            party = parties.get((kind, number))
            values[name] = getattr(party, field) if party else ""
    return values


def ontbreekt(route: str, waarden: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The obligatory fields that are empty, as (step, label).  A second parent with a name needs an address too."""
    missing = [
        (step.naam, label) for step in ROUTES[route].stappen for field, label in step.verplicht if _leeg(field, waarden)
    ]
    if waarden.get("ouder2_naam") and not waarden.get("ouder2_email"):
        missing.append(("ouders", "E-mailadres van ouder 2"))
    return tuple(missing)


def _leeg(veld: str, waarden: Mapping[str, Any]) -> bool:
    """Is nothing filled in here?  The form of the child takes the place of what the pupil thinks."""
    return waarden.get(veld) in (None, "") and not (veld == "stem_leerling" and waarden.get("kindformulier"))


def ontbreekt_op(stap: Stap, waarden: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What keeps the school on this step, as (field, sentence): empty fields, and of two that belong together none."""
    missing = [(field, VUL_IN) for field, _label in stap.verplicht if _leeg(field, waarden)]
    for group in stap.samen:
        missing += [
            (field, VUL_IN) for field, other in group.mits if _leeg(field, waarden) and not _leeg(other, waarden)
        ]
        if all(_leeg(field, waarden) for field in group.een_van):
            missing.append((group.een_van[-1], group.zin))
    return tuple(missing)
