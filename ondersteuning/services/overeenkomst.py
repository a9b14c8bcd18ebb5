"""Agreements, the side of the pupil's school: begin, fill in, and pass a DWS place on to another pupil."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.overeenkomst import OVEREENKOMST, VOORVOEGSELS, Soort, bewaardag, mag_wijzigen
from ondersteuning.domain.overeenkomstperiode import (
    Opgave,
    controleer,
    controleer_doorgeven,
    controleer_toestemming,
    dws_einde,
)
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import EerdereDeelnemer, Leerling, Overeenkomst
from ondersteuning.queries.overeenkomst import feiten_van, grenzen, opgave_van, rollen_bij, sinds_wanneer
from ondersteuning.services.leerlingen import kies_leerling
from ondersteuning.services.nummers import nieuw_overeenkomstkenmerk
from ondersteuning.services.overeenkomst_berichten import bericht_aan_swv
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import NotVisible, check_version, load_for_update

VELDEN = (
    "groep",
    "andere_school_id",
    "begin",
    "einde",
    "doelen",
    "programma",
    "bekostiging",
    "in_opp",
    "toestemming_op",
)
ZELFDE_LEERLING = Refusal("zelfde", "Deze leerling heeft de plaats al. Kies een andere leerling.", "leerling")


def laad_overeenkomst(actor: Actor, pk: int) -> Overeenkomst:
    """The agreement, locked, in the reach of ``actor``; otherwise a 404.  Inside ``atomic`` only."""
    rows = Overeenkomst.objects.visible_to(actor.bereik)
    return load_for_update(rows.select_related("leerling", "school", "andere_school", "gevraagde_school"), pk)


def begin_overeenkomst(
    *,
    actor: Actor,
    soort: str,
    school_id: int,
    leerling_id: int | None,
    nieuwe_leerling: Mapping[str, Any],
    vandaag: date,
) -> Overeenkomst | Refusal:
    """Begin an agreement for a pupil of ``school_id``, where ``actor`` is IB'er or director.

    ``leerling_id`` is a pupil with a dossier; ``None``: make one of ``nieuwe_leerling``.  Refuses ``school`` (this kind
    of school can not) and what ``maak_leerling`` refuses.  A school or pupil outside one's roles does not exist.
    """
    with transaction.atomic():
        school = _eigen_school(actor, school_id)
        facts = Opgave(soort=soort, schoolsoort=school.soort, begin=None, einde=None)
        if refusals := controleer(facts, grenzen()):
            return refusals[0]
        pupil = kies_leerling(
            actor=actor,
            school_id=school_id,
            leerling_id=leerling_id,
            nieuwe_leerling=nieuwe_leerling,
            vandaag=vandaag,
        )
        if isinstance(pupil, Refusal):
            return pupil
        row = Overeenkomst.objects.create(
            kenmerk=nieuw_overeenkomstkenmerk(VOORVOEGSELS[soort], vandaag),
            soort=soort,
            leerling=pupil,
            school=school,
            groep=pupil.groep if pupil.groep.isdecimal() else "",
            begonnen_door_id=actor.user_id,
            sinds=vandaag,
        )
        audit.record(actor=actor, soort="overeenkomst.begonnen", onderwerp=row, tekst="Is een overeenkomst begonnen.")
        return row


def _eigen_school(actor: Actor, school_id: int) -> School:
    mine = actor.bereik.plaatsen(*SCHOOLROLLEN)
    school = School.objects.visible_to(actor.bereik).filter(pk=school_id, pk__in=sorted(mine)).first()
    if school is None:
        raise NotVisible("niet gevonden")
    return school


def wijzig_overeenkomst(
    *, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any], vandaag: date
) -> Overeenkomst | list[Refusal]:
    """Store what was filled in of ``VELDEN``; half filled in is fine, wrong is not.

    Refuses (a list, with the fields): ``rol``, ``staat``, ``verouderd``, ``toestemming`` (in the future), and what
    ``domain.overeenkomstperiode.controleer`` finds.  A DWS place gets its last day from the first one.
    """
    with transaction.atomic():
        row = laad_overeenkomst(actor, pk)
        refusal = mag_wijzigen(row.staat, rollen_bij(row, actor.bereik)) or check_version(row, versie)
        if refusal is not None:
            return [refusal]
        for name in VELDEN:
            if name in waarden:
                setattr(row, name, waarden[name])
        if row.soort == Soort.DWS:
            row.einde = dws_einde(row.begin) if row.begin else None
        consent = controleer_toestemming(row.toestemming_op, vandaag)
        if wrong := [*controleer(opgave_van(row), grenzen()), *([consent] if consent else [])]:
            return wrong
        row.versie += 1
        row.save()
        audit.record_edit(
            actor=actor, soort="overeenkomst.gewijzigd", onderwerp=row, tekst="Heeft de overeenkomst ingevuld."
        )
        return row


def geef_door(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    leerling_id: int | None,
    nieuwe_leerling: Mapping[str, Any],
    waarden: Mapping[str, Any],
    vandaag: date,
) -> Overeenkomst | Refusal:
    """Another pupil of the same school takes the DWS place (par. 8.1.2); the place that was bought stays as it is.

    ``waarden``: ``vanaf``, ``groep``, ``doelen``, ``toestemming_op``.  Who had it stays in the history.  Refuses as
    the procedure and ``maak_leerling`` do, and ``verouderd``, ``zelfde``, ``dag``, ``groep``, ``toestemming``.
    """
    with transaction.atomic():
        row = laad_overeenkomst(actor, pk)
        step = check_version(row, versie) or _mag_doorgeven(row, actor, waarden, vandaag)
        if isinstance(step, Refusal):
            return step
        pupil = kies_leerling(
            actor=actor,
            school_id=row.school_id,
            leerling_id=leerling_id,
            nieuwe_leerling=nieuwe_leerling,
            vandaag=vandaag,
        )
        if isinstance(pupil, Refusal):
            return pupil
        if pupil.pk == row.leerling_id:
            return ZELFDE_LEERLING
        _wissel(row, pupil, waarden)
        if row.staat != step.naar:
            row.staat, row.sinds = step.naar, vandaag
        row.versie += 1
        row.save()
        told = "Heeft de plaats doorgegeven aan een andere leerling van de school."
        audit.record(actor=actor, soort="overeenkomst.doorgegeven", onderwerp=row, tekst=told)
        bericht_aan_swv(row, zin="De DWS-plaats gaat over op een andere leerling", actor=actor, vandaag=vandaag)
        return row


def _mag_doorgeven(row: Overeenkomst, actor: Actor, waarden: Mapping[str, Any], vandaag: date) -> Transition | Refusal:
    facts = feiten_van(row, vandaag=vandaag)
    step = OVEREENKOMST.decide("geef_door", row.staat, rollen_bij(row, actor.bereik), facts)
    if isinstance(step, Refusal):
        return step
    return _weigering_doorgeven(row, waarden, vandaag) or step


def _weigering_doorgeven(row: Overeenkomst, waarden: Mapping[str, Any], vandaag: date) -> Refusal | None:
    since = sinds_wanneer(row)
    if since is None or row.einde is None:
        raise ValueError("an agreement that runs has a period")
    said = Opgave(row.soort, row.school.soort, row.begin, row.einde, groep=waarden["groep"])
    wrong = controleer(said, grenzen())
    return (
        controleer_doorgeven(waarden["vanaf"], huidige_van=since, gestopt_per=row.gestopt_per, einde=row.einde)
        or controleer_toestemming(waarden["toestemming_op"], vandaag)
        or (wrong[0] if wrong else None)
    )


def _wissel(row: Overeenkomst, pupil: Leerling, waarden: Mapping[str, Any]) -> None:
    """Write down who had the place, and put the new pupil on it.  The caller saves."""
    since, end = sinds_wanneer(row), row.einde
    if since is None or end is None:
        raise ValueError("an agreement that runs has a period")
    keep = bewaardag(row.soort, end)
    EerdereDeelnemer.objects.create(
        overeenkomst=row,
        leerling_id=row.leerling_id,
        groep=row.groep,
        doelen=row.doelen,
        toestemming_op=row.toestemming_op,
        van=since,
        tot_en_met=row.gestopt_per or waarden["vanaf"] - timedelta(days=1),
        bewaren_tot=keep,
    )
    row.leerling, row.groep, row.doelen = pupil, waarden["groep"], waarden["doelen"]
    row.toestemming_op, row.gestopt_per, row.toelichting = waarden["toestemming_op"], None, ""
    row.bewaren_tot = keep
