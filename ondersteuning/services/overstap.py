"""What a terugplaatsing and a bao-bao overstap share: load, begin, change, and the steps that only move it on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.baobao import PORTAAL as DOOR_PORTAAL
from ondersteuning.domain.fase import TERUGPLAATSING
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.overstap import (
    AFGESLOTEN,
    CONCEPT,
    DEFINITIEF,
    LOPEND,
    VAN_SCHOOL,
    Overstapsoort,
    controleer_gehad,
)
from ondersteuning.models import BaoBao, Leerling, Overstap
from ondersteuning.queries.overstap import (
    VAN,
    WORKFLOWS,
    Geval,
    eigen_scholen,
    geval_van,
    nieuwe_scholen,
    rollen_bij,
    stand_van,
)
from ondersteuning.services.leerlingen import kies_leerling, volg_terugplaatsing
from ondersteuning.services.overstap_berichten import bericht_over_stap
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import NotVisible, check_version, load_for_update

NIET_UW_STAP = Refusal("rol", "U kunt deze stap niet zetten.")
ANDERE_SCHOOL = Refusal("naar_school", "Kies een andere school uit de lijst.", "naar_school")
GEEN_LEERLING = Refusal("leerling", "Kies een leerling van uw school, of vul de naam van de leerling in.", "leerling")

_GEZEGD = {
    "vraag": "Heeft het voorgelegd aan de nieuwe school.",
    "bevestig": "De nieuwe school heeft de komst van de leerling bevestigd.",
    "neem_niet_aan": "De nieuwe school gaf het terug.",
    "haal_terug": "Heeft het teruggehaald om te wijzigen.",
    "geef_terug": "Het samenwerkingsverband gaf het terug.",
    "trek_in": "Heeft het ingetrokken.",
    "laat_vervallen": "Het samenwerkingsverband liet het vervallen.",
}
#: Steps that need no more than being taken, with or without a reason.
GEWONE_STAPPEN = tuple(_GEZEGD)


def laad(actor: Actor, pk: int) -> Geval:
    """The case, locked, in the reach of ``actor``; otherwise a 404.  Inside ``atomic`` only.

    The shared row is locked first; what belongs to its kind is read after that, so that it is as new.
    """
    return geval_van(load_for_update(Overstap.objects.visible_to(actor.bereik), pk))


def beslis(
    actor: Actor, geval: Geval, naam: str, *, versie: int | None, vandaag: date, toelichting: str = ""
) -> Transition | Refusal:
    """May ``actor`` take step ``naam`` now?  The step, or why not."""
    if refusal := check_version(geval, versie):
        return refusal
    workflow = WORKFLOWS[geval.soort]
    if naam not in {each.naam for each in workflow.transitions}:
        return NIET_UW_STAP
    facts = stand_van(geval, vandaag=vandaag, toelichting=toelichting)
    return workflow.decide(naam, geval.staat, rollen_bij(geval, actor.bereik) - {DOOR_PORTAAL}, facts)


def zet(geval: Geval, step: Transition, *, vandaag: date, bewaren: date | None = None) -> None:
    """Take the step: state, version, since when, and until when it is kept.  The caller saves."""
    if geval.staat != step.naar:
        geval.staat, geval.sinds = step.naar, vandaag
        if geval.staat == DEFINITIEF:
            geval.stond_op_id = geval.leerling.school_id
    if geval.staat in AFGESLOTEN:
        geval.afgesloten_op = geval.afgesloten_op or vandaag
        geval.bewaren_tot = bewaren or bewaren_tot(vandaag)
    geval.versie += 1


def zet_stap(
    *, actor: Actor, pk: int, versie: int | None, naam: str, toelichting: str = "", vandaag: date
) -> Geval | Refusal:
    """Take one of ``GEWONE_STAPPEN``.

    Refuses ``verouderd``, ``rol``, ``staat``, and what the conditions of the step refuse.
    """
    if naam not in GEWONE_STAPPEN:
        return NIET_UW_STAP
    with transaction.atomic():
        case = laad(actor, pk)
        step = beslis(actor, case, naam, versie=versie, vandaag=vandaag, toelichting=toelichting)
        if isinstance(step, Refusal):
            return step
        asked = case.gevraagde_school_id
        case.antwoord = toelichting.strip()
        if naam == "trek_in":
            beeindig(case, step, actor=actor, vandaag=vandaag)
        else:
            _zet_door(case, step, vandaag=vandaag)
        audit.record(actor=actor, soort=f"{case.soort}.{naam}", onderwerp=case, tekst=_GEZEGD[naam])
        bericht_over_stap(case, naam, naar_id=asked or case.gevraagde_school_id, actor=actor, vandaag=vandaag)
        return case


def _zet_door(geval: Geval, step: Transition, *, vandaag: date) -> None:
    """Move it on, or back to the school that the pupil leaves: the new school then no longer takes part."""
    zet(geval, step, vandaag=vandaag)
    geval.gevraagde_school = None if step.naar == CONCEPT else geval.naar_school
    if step.naar == CONCEPT and isinstance(geval, BaoBao):
        vergeet_bevestigingen(geval)
    geval.save()


def beeindig(geval: Geval, step: Transition, *, actor: Actor, vandaag: date) -> None:
    """Withdrawn, by the school or the night: the new school no longer takes part, and the pupil does not go back."""
    zet(geval, step, vandaag=vandaag)
    geval.gevraagde_school = None
    geval.save()
    if geval.leerling.fase == TERUGPLAATSING:
        volg_terugplaatsing(geval, actor=actor, vandaag=vandaag, reden="De terugplaatsing is ingetrokken.")


def vergeet_bevestigingen(geval: BaoBao) -> None:
    """It goes back to the school: what the directors confirmed was about something else."""
    geval.van_bevestigd_op = geval.naar_bevestigd_op = None
    geval.van_bevestigd_door = geval.naar_bevestigd_door = None


def school_voor(actor: Actor, school_id: int, soort: str) -> School | Refusal:
    """A school of ``actor`` that can begin one of this kind; another school does not exist."""
    school = School.objects.visible_to(actor.bereik).filter(pk=school_id).first()
    if school is None:
        raise NotVisible("niet gevonden")
    if school.pk not in dict(eigen_scholen(actor.bereik, soort)):
        kinds = " of ".join(sorted(VAN[Overstapsoort(soort)]))
        return Refusal("school", f"Dit begint bij een eigen school voor {kinds}.", "school")
    return school


def leerling_voor(
    actor: Actor,
    school: School,
    soort: str,
    gegevens: Mapping[str, Any],
    *,
    vandaag: date,
    bekend: Leerling | None = None,
) -> Leerling | Refusal:
    """The pupil of a new case: ``bekend`` (locked) when that is known already, else the one that was chosen or typed.

    Refuses what ``controleer_plan`` does, ``leerling`` when there is none, and ``loopt_al``.
    """
    refusal = controleer_plan(actor, soort, school.pk, gegevens, vandaag)
    pupil = refusal or bekend or _kies(actor, school, gegevens, vandaag)
    return pupil if isinstance(pupil, Refusal) else loopt_al(actor, pupil.pk, soort=soort) or pupil


def _kies(actor: Actor, school: School, gegevens: Mapping[str, Any], vandaag: date) -> Leerling | Refusal:
    names = {name: gegevens.get(name) for name in ("voornamen", "achternaam", "geboortedatum")}
    chosen = gegevens.get("leerling")
    own = Leerling.objects.visible_to(actor.bereik).filter(school=school)
    if not (own.filter(pk=chosen).exists() if chosen else names["achternaam"] and names["geboortedatum"]):
        return GEEN_LEERLING
    return kies_leerling(actor=actor, school_id=school.pk, leerling_id=chosen, nieuwe_leerling=names, vandaag=vandaag)


def loopt_al(actor: Actor, leerling_id: int, *, soort: str, behalve: int = 0) -> Refusal | None:
    """A pupil goes over once at a time.  What runs is named for who sees it only."""
    rows = Overstap.objects.filter(leerling_id=leerling_id, soort=soort, staat__in=LOPEND).exclude(pk=behalve)
    if not rows.exists():
        return None
    seen = rows.visible_to(actor.bereik).values_list("kenmerk", flat=True).first()
    if seen is not None:
        return Refusal("loopt_al", f"Voor deze leerling loopt al {seen}.", "leerling")
    told = "Voor deze leerling loopt al een overstap die u niet ziet. Vraag het samenwerkingsverband."
    return Refusal("loopt_al", told, "leerling")


def controleer_plan(
    actor: Actor, soort: str, van_school: int, gegevens: Mapping[str, Any], vandaag: date
) -> Refusal | None:
    """Can the plan be stored?  What is not there yet is said when it is put before the others."""
    offered = dict(nieuwe_scholen(actor.bereik, soort, behalve=van_school))
    naar = gegevens.get("naar_school")
    if naar is not None and naar not in offered:
        return ANDERE_SCHOOL
    return controleer_gehad(gegevens.get("toestemming_op"), vandaag=vandaag, veld="toestemming_op")


def mag_wijzigen(actor: Actor, geval: Geval) -> Refusal | None:
    """The plan is changed by the school that the pupil leaves, before it lies with others."""
    if VAN_SCHOOL not in rollen_bij(geval, actor.bereik):
        return Refusal("rol", "Alleen de school die de leerling verlaat, wijzigt dit.")
    if geval.staat != CONCEPT:
        return Refusal("staat", f"Wijzigen kan niet: de status is '{WORKFLOWS[geval.soort].staten[geval.staat]}'.")
    return None


PLANVELDEN = ("naar_school_id", "overstap_op", "reden", "toestemming_op", "toestemming")


def vul_plan(geval: Geval, gegevens: Mapping[str, Any]) -> None:
    """Put what was typed on the case; a field that is not in ``gegevens`` stays."""
    for name in PLANVELDEN:
        key = name.removesuffix("_id")
        if key in gegevens:
            value = gegevens[key]
            setattr(geval, name, value.strip() if isinstance(value, str) else value)
