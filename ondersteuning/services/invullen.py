"""Filling in the form of an application, step by step: what can be stored is stored, and what not is said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.aanvraag import TWEEDE_DESKUNDIGE, mag_bewerken
from ondersteuning.domain.plaatsing import Categorie
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.domain.routes import mogelijke_categorieen, route_bij
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.queries.formulier import VELDEN_AANVRAAG, VELDEN_LEERLING, VELDEN_PARTIJ
from ondersteuning.queries.stand import rollen_van, weigering_categorie, weigering_tweede
from ondersteuning.services.partijen import vergeet_link
from ondersteuning.services.stappen import laad
from ondersteuning.services.zoeksleutels import SLEUTELS, zet_sleutels
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version

Partijen = Mapping[tuple[str, int], Partij]
#: Per field of a step: the object and the attribute in which it is stored.
Plekken = Mapping[str, tuple[Any, str]]

GEEN_ONTVANGENDE_SCHOOL = Refusal(
    "ontvangende_school", "Kies een school voor speciaal (basis)onderwijs.", "ontvangende_school"
)
WERKGEVER_BIJ_SCHOOL = (
    "De tweede deskundige werkt bij deze school of bij het bestuur daarvan. Kies een andere school, of vul bij "
    "'Tweede deskundige' eerst iemand anders in."
)
ANDERE_SCHOOL = Refusal(
    "andere_school", "De leerling staat nu op een andere school. Alleen die school kan dit nog wijzigen."
)
CATEGORIE_ZONDER_SCHOOL = "De categorie is niet bewaard, omdat de ontvangende school niet is bewaard."


@dataclass(frozen=True)
class Bewaard:
    """The application as it is now; ``niet_bewaard`` says of every field that kept its old value why (``veld``)."""

    aanvraag: Aanvraag
    niet_bewaard: tuple[Refusal, ...] = ()


def bewaar_stap(
    *, actor: Actor, pk: int, versie: int | None, stap: str, gegevens: Mapping[str, Any], vandaag: date
) -> Bewaard | Refusal:
    """Store what was typed on one step of the form; fields that are not in ``gegevens`` stay as they are.

    Storing the same again changes nothing and is never too late, so that pressing the button while an autosave is on
    its way is no conflict.  Refuses as a whole: ``verouderd``, ``rol``/``staat`` (may not change this step now).  What
    can never be right keeps its old value and is in the answer, the rest of the step is stored: a second expert of the
    same function or employed by a school, a category that does not fit, a school that receives no pupils.  Who gets
    another name or address is somebody else as far as we know: the link stops and the signature lapses.  The name of
    a pupil who went to another school stays as it is there (``andere_school``).
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        refusal = mag_bewerken(aanvraag.staat, rollen_van(aanvraag, actor), stap)
        if refusal is not None:
            return refusal
        parties = {(p.soort, p.volgnummer): p for p in aanvraag.partijen.all()}
        places = _plekken(aanvraag, parties, stap)
        before = {name: getattr(*place) for name, place in places.items()}
        for name in places.keys() & gegevens.keys():
            setattr(*places[name], _als_opgeslagen(places[name][0], gegevens[name]))
        _volg_school(aanvraag, stap)
        refused = _neem_terug(aanvraag, parties, stap, places, before)
        _volg_school(aanvraag, stap)  # a school that was refused gave its place back to the one before
        refused |= _geef_leerling_terug(aanvraag, actor, stap, places, before)
        _vul_enige_categorie_in(aanvraag, stap, refused)
        changed = {name for name, place in places.items() if getattr(*place) != before[name]}
        if changed:
            refusal = check_version(aanvraag, versie)
            if refusal is not None:
                return refusal
            _schrijf(aanvraag, parties, stap, changed, actor=actor, vandaag=vandaag)
        return Bewaard(aanvraag, tuple(refused.values()))


def _plekken(aanvraag: Aanvraag, parties: Partijen, stap: str) -> Plekken:
    places: dict[str, tuple[Any, str]] = {
        name: (aanvraag, "ontvangende_school_id" if name == "ontvangende_school" else name)
        for name in VELDEN_AANVRAAG.get(stap, ())
    }
    places |= {name: (parties[kind, number], field) for name, kind, number, field in VELDEN_PARTIJ.get(stap, ())}
    if stap == "leerling":
        places |= {name: (aanvraag.leerling, name) for name in VELDEN_LEERLING}
    return places


def _als_opgeslagen(target: Any, value: Any) -> Any:
    """The pupil is stored as encrypted text, the birth date too."""
    if not isinstance(target, Aanvraag | Partij):
        return value.isoformat() if isinstance(value, date) else (value or "")
    return value


def _neem_terug(
    aanvraag: Aanvraag, parties: Partijen, stap: str, places: Plekken, before: Mapping[str, Any]
) -> dict[str, Refusal]:
    """Give every field that can never be right its old value back; the refusals per field.

    A category that was stored for another school becomes empty.  Another old value that is not right (any more) stays:
    it is said, and the check page stops on it.
    """
    refused: dict[str, Refusal] = {}
    while (refusal := _bezwaar(aanvraag, parties, stap)) is not None and refusal.veld is not None:
        name = refusal.veld
        if name == "categorie" and "ontvangende_school" in refused:
            refusal = replace(refusal, zin=CATEGORIE_ZONDER_SCHOOL)
        refused.setdefault(name, refusal)
        place = places[name]
        if getattr(*place) != before[name]:
            setattr(*place, before[name])
        elif name == "categorie":
            setattr(*place, "")
        else:
            break
    return refused


def _geef_leerling_terug(
    aanvraag: Aanvraag, actor: Actor, stap: str, places: Plekken, before: Mapping[str, Any]
) -> dict[str, Refusal]:
    """Of a pupil who is at another school by now, who does the application changes no name or birth date."""
    if stap != "leerling" or _eigen_leerling(aanvraag, actor):
        return {}
    changed = [name for name in VELDEN_LEERLING if getattr(*places[name]) != before[name]]
    for name in changed:
        setattr(*places[name], before[name])
    return {name: replace(ANDERE_SCHOOL, veld=name) for name in changed}


def _eigen_leerling(aanvraag: Aanvraag, actor: Actor) -> bool:
    """Is the pupil (still) of who does the application?  An institution has its own application only."""
    now_at = aanvraag.leerling.school_id
    if actor.link_id is not None or now_at == aanvraag.verwijzende_school_id:
        return True
    return bool(actor.bereik.rollen_bij(school=now_at) & SCHOOL_EN_SWV)


def _bezwaar(aanvraag: Aanvraag, parties: Partijen, stap: str) -> Refusal | None:
    """The first thing on this step that can never be right; ``veld`` is a field of this step."""
    if stap not in {"school", "deskundige"}:
        return None
    if stap == "school" and not _kan_ontvangen(aanvraag):
        return GEEN_ONTVANGENDE_SCHOOL
    second = weigering_tweede(aanvraag, parties.get((TWEEDE_DESKUNDIGE, 1)))
    if stap == "deskundige":
        return second
    if second is not None and second.code == "zelfde_functie":
        return replace(second, veld="eerste_functie")
    if second is not None and second.veld == "tweede_werkgever":
        return replace(second, zin=WERKGEVER_BIJ_SCHOOL, veld="ontvangende_school")
    if "categorie" not in aanvraag.de_route.punten:
        return None
    return weigering_categorie(aanvraag.de_route, aanvraag.categorie, aanvraag.ontvangende_school)


def _kan_ontvangen(aanvraag: Aanvraag) -> bool:
    """Is the chosen school one that receives pupils on this route?  Nothing chosen yet is all right."""
    chosen = aanvraag.ontvangende_school_id
    if chosen is None:
        return True
    route = aanvraag.de_route
    if chosen == aanvraag.verwijzende_school_id and not route.zelfde_school:
        return False
    rows = School.objects.filter(pk=chosen, soort__in=route.soorten)
    return (rows.filter(is_ikc=True) if route.alleen_ikc else rows).exists()


def _volg_school(aanvraag: Aanvraag, stap: str) -> None:
    """Another kind of receiving school can make it another route, with other questions."""
    school = aanvraag.ontvangende_school if stap == "school" and _kan_ontvangen(aanvraag) else None
    if school is None:
        return
    aanvraag.route = route_bij(aanvraag.route, school.soort)
    if "categorie" not in aanvraag.de_route.punten:
        aanvraag.categorie = ""


def _vul_enige_categorie_in(aanvraag: Aanvraag, stap: str, refused: Mapping[str, Refusal]) -> None:
    school = aanvraag.ontvangende_school
    if "categorie" not in aanvraag.de_route.punten:
        return
    if stap != "school" or aanvraag.categorie or school is None or "categorie" in refused:
        return
    if mogelijke_categorieen(aanvraag.de_route, soort=school.soort, is_ikc=school.is_ikc) == (Categorie.SBO,):
        aanvraag.categorie = str(Categorie.SBO)


def _schrijf(
    aanvraag: Aanvraag, parties: Partijen, stap: str, changed: set[str], *, actor: Actor, vandaag: date
) -> None:
    if stap == "leerling" and changed & set(VELDEN_LEERLING):
        pupil = aanvraag.leerling
        zet_sleutels(pupil)
        pupil.save(update_fields=[*VELDEN_LEERLING, *SLEUTELS])
    for name, kind, number, field in VELDEN_PARTIJ.get(stap, ()):
        if name in changed:
            party = parties[kind, number]
            party.save()
            if field in {"naam", "email"}:
                vergeet_link(party, actor=actor)
                party.zienswijzen.filter(vervallen_op__isnull=True).update(vervallen_op=vandaag)
                party.sectiereacties.filter(vervallen_op__isnull=True).update(vervallen_op=vandaag)
    aanvraag.versie += 1
    aanvraag.save()
    label = aanvraag.de_route.stap(stap)
    audit.record(
        actor=actor,
        soort="aanvraag.ingevuld",
        onderwerp=aanvraag,
        tekst=f"Heeft '{label.label if label else stap}' ingevuld of gewijzigd.",
    )
