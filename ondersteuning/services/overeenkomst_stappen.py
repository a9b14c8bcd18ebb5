"""The steps of an agreement: put before the schools, sign, decide, take back, withdraw, stop."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.overeenkomst import LOPEND, OVEREENKOMST, Soort, bewaardag
from ondersteuning.domain.overeenkomst import PORTAAL as HET_PORTAAL
from ondersteuning.domain.overeenkomstperiode import controleer_tussendag
from ondersteuning.domain.plaatsing import Kostendrager
from ondersteuning.domain.plaatsing import Soort as Plaatsingsoort
from ondersteuning.models import Leerling, Overeenkomst, Plaatsing
from ondersteuning.queries.overeenkomst import feiten_van, rollen_bij
from ondersteuning.services.overeenkomst import laad_overeenkomst
from ondersteuning.services.overeenkomst_berichten import (
    bericht_aan_andere_school,
    bericht_aan_directeur,
    bericht_aan_school,
    bericht_aan_swv,
    bericht_bij_terugnemen,
)
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import check_version

_VERDER = {
    "gaat_in": "Iedereen tekende. De overeenkomst is afgesproken.",
    "gaat_naar_swv": "Iedereen tekende. De overeenkomst ligt bij het samenwerkingsverband.",
}
#: Why an agreement ends when its pupil moves.
ANDERE_SCHOOL = "De leerling ging naar een andere school."


@dataclass(frozen=True)
class Daad:
    """What somebody does: with which words, and (stopping) after which day."""

    actor: Actor
    vandaag: date
    toelichting: str = ""
    dag: date | None = None


def zet_stap(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    stap: str,
    vandaag: date,
    toelichting: str = "",
    dag: date | None = None,
) -> Overeenkomst | Refusal:
    """Take a step of ``OVEREENKOMST`` with a page of its own in ``STAPPEN``.

    ``toelichting`` for what says no or stops, ``dag`` the last day when it stops.  Refuses ``verouderd``, ``dag``, and
    what the procedure refuses.
    """
    with transaction.atomic():
        row = laad_overeenkomst(actor, pk)
        if refusal := check_version(row, versie):
            return refusal
        facts = feiten_van(row, vandaag=vandaag, toelichting=toelichting)
        step = OVEREENKOMST.decide(stap, row.staat, rollen_bij(row, actor.bereik), facts)
        if isinstance(step, Refusal):
            return step
        if stap == "stop" and (refusal := _weigering_dag(row, dag)):
            return refusal
        _neem(row, step, Daad(actor, vandaag, toelichting.strip(), dag))
        return row


def beeindig_bij_vertrek(leerling: Leerling, naar: School | None, *, per: date, actor: Actor, vandaag: date) -> None:
    """The pupil is at ``naar`` from ``per``: what another school agreed for this pupil ends.

    What is not agreed yet is withdrawn; what runs stops after the last day at that school.  A DWS place stays bought
    (par. 8.1.2): it is stopped, so that the school can still pass it on.  Inside the transaction that moves the pupil.
    """
    rows = Overeenkomst.objects.select_for_update().filter(leerling=leerling).order_by("pk")
    for row in rows if naar is None else rows.exclude(school=naar):
        facts = feiten_van(row, vandaag=per, toelichting=ANDERE_SCHOOL)
        step = OVEREENKOMST.decide("stop" if row.staat == LOPEND else "trek_in", row.staat, {HET_PORTAAL}, facts)
        if isinstance(step, Refusal):
            continue  # it ended before
        last = None if row.begin is None else max(row.begin, per - timedelta(days=1))
        _neem(row, step, Daad(actor, vandaag, ANDERE_SCHOOL, last))
        bericht_aan_school(row, zin=ANDERE_SCHOOL.rstrip("."), actor=actor, vandaag=vandaag)


def _neem(row: Overeenkomst, step: Transition, daad: Daad) -> None:
    """Take the step that was decided on, with what it does besides the state."""
    told, effect = STAPPEN[step.naam]
    _zet(row, step.naar, daad.vandaag)
    audit.record(actor=daad.actor, soort=f"overeenkomst.{step.naam}", onderwerp=row, tekst=told)
    effect(row, daad)
    row.versie += 1
    row.save()


def _zet(row: Overeenkomst, staat: str, vandaag: date) -> None:
    if row.staat != staat:
        row.staat, row.sinds = staat, vandaag


def _weigering_dag(row: Overeenkomst, dag: date | None) -> Refusal | None:
    if dag is None or row.begin is None or row.einde is None:
        return Refusal("dag", "Kies de laatste dag.", "dag")
    return controleer_tussendag(dag, row.begin, row.einde, "dag")


def _leg_voor(row: Overeenkomst, daad: Daad) -> None:
    row.gevraagde_school = row.andere_school
    row.toelichting = ""
    bericht_aan_directeur(row, zin="Teken", actor=daad.actor, vandaag=daad.vandaag)
    bericht_aan_andere_school(row, zin="Teken", actor=daad.actor, vandaag=daad.vandaag)


def _teken(row: Overeenkomst, daad: Daad) -> None:
    row.getekend_school_op, row.getekend_school_door_id = daad.vandaag, daad.actor.user_id
    _verder(row, daad)


def _teken_andere(row: Overeenkomst, daad: Daad) -> None:
    row.getekend_andere_op, row.getekend_andere_door_id = daad.vandaag, daad.actor.user_id
    _verder(row, daad)


def _verder(row: Overeenkomst, daad: Daad) -> None:
    """When everybody signed the portal moves it on: a symbiose begins, the rest goes to the SWV."""
    facts = feiten_van(row, vandaag=daad.vandaag)
    for name in ("gaat_in", "gaat_naar_swv"):
        step = OVEREENKOMST.decide(name, row.staat, {HET_PORTAAL}, facts)
        if not isinstance(step, Refusal):
            _zet(row, step.naar, daad.vandaag)
            audit.record(actor=PORTAAL, soort=f"overeenkomst.{name}", onderwerp=row, tekst=_VERDER[name])
            if name == "gaat_in":
                _gaat_lopen(row, daad)
                bericht_aan_swv(row, zin="Twee scholen spraken symbiose af", actor=daad.actor, vandaag=daad.vandaag)
            return


def _gaat_lopen(row: Overeenkomst, daad: Daad) -> None:
    if row.einde is None:
        raise ValueError("an agreement without an end can not begin")
    row.besloten_op, row.bewaren_tot = daad.vandaag, bewaardag(row.soort, row.einde)
    bericht_aan_school(row, zin="Afgesproken", actor=daad.actor, vandaag=daad.vandaag)
    bericht_aan_andere_school(row, zin="Afgesproken", actor=daad.actor, vandaag=daad.vandaag)


def _stem_in(row: Overeenkomst, daad: Daad) -> None:
    _gaat_lopen(row, daad)
    if row.soort == Soort.DWS and row.begin is not None:
        row.plaatsing = Plaatsing.objects.create(
            verwijzing=row.kenmerk,
            school_verwijzend=row.school,
            soort=str(Plaatsingsoort.DWS),
            kostendrager=str(Kostendrager.SCHOOL),
            begin=row.begin,
            einde=row.einde,
        )


def _wijs_af(row: Overeenkomst, daad: Daad) -> None:
    row.besloten_op, row.bewaren_tot, row.toelichting = daad.vandaag, bewaren_tot(daad.vandaag), daad.toelichting
    bericht_aan_school(row, zin="Afgewezen", actor=daad.actor, vandaag=daad.vandaag)
    bericht_aan_andere_school(row, zin="Afgewezen", actor=daad.actor, vandaag=daad.vandaag)


def _zonder_handtekeningen(row: Overeenkomst) -> None:
    """A signature is under one text: once that can change again, none counts, and the other school no longer reads."""
    row.getekend_school_op = row.getekend_school_door = None
    row.getekend_andere_op = row.getekend_andere_door = None
    row.gevraagde_school = None


def _zeg_nee(row: Overeenkomst, daad: Daad) -> None:
    _zonder_handtekeningen(row)
    row.toelichting = daad.toelichting
    bericht_aan_school(row, zin="De andere school doet niet mee", actor=daad.actor, vandaag=daad.vandaag)


def _haal_terug(row: Overeenkomst, daad: Daad) -> None:
    zin = "De school past de overeenkomst aan"
    bericht_bij_terugnemen(row, zin=zin, actor=daad.actor, vandaag=daad.vandaag)
    _zonder_handtekeningen(row)


def _trek_in(row: Overeenkomst, daad: Daad) -> None:
    bericht_bij_terugnemen(row, zin="De overeenkomst is ingetrokken", actor=daad.actor, vandaag=daad.vandaag)
    row.gevraagde_school, row.bewaren_tot = None, bewaren_tot(daad.vandaag)


def _stop(row: Overeenkomst, daad: Daad) -> None:
    """The agreement stops.  A DWS place that was bought stays as it is: it is never refunded (par. 8.1.2)."""
    if row.einde is None:
        raise ValueError("an agreement that runs has a period")
    row.gestopt_per, row.toelichting = daad.dag, daad.toelichting
    row.bewaren_tot = bewaardag(row.soort, row.einde, daad.dag)
    bericht_aan_andere_school(row, zin="De overeenkomst stopt eerder", actor=daad.actor, vandaag=daad.vandaag)
    bericht_aan_swv(row, zin="De overeenkomst stopt eerder", actor=daad.actor, vandaag=daad.vandaag)


#: Per step what the timeline says, and what it does besides the state.
STAPPEN: dict[str, tuple[str, Callable[[Overeenkomst, Daad], None]]] = {
    "leg_voor": ("Heeft de overeenkomst voorgelegd om te tekenen.", _leg_voor),
    "teken": ("Heeft getekend voor de school van de leerling.", _teken),
    "teken_andere": ("Heeft getekend voor de andere school.", _teken_andere),
    "zeg_nee": ("De andere school doet niet mee. De handtekeningen zijn vervallen.", _zeg_nee),
    "stem_in": ("Heeft ingestemd namens het samenwerkingsverband.", _stem_in),
    "wijs_af": ("Heeft de overeenkomst afgewezen.", _wijs_af),
    "haal_terug": ("Heeft de overeenkomst teruggehaald. De handtekeningen zijn vervallen.", _haal_terug),
    "trek_in": ("Heeft de overeenkomst ingetrokken.", _trek_in),
    "stop": ("Heeft de overeenkomst eerder gestopt.", _stop),
}
