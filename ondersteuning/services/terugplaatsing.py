"""A terugplaatsing: begun by the special school, the start meeting, and made definite by the SWV, with its budget."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from ondersteuning.domain.budgetperiode import laatste_dag
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.overstap import DEFINITIEF, LOPEND, Overstapsoort, controleer_gehad
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from ondersteuning.domain.terugplaatsing import geen_budget
from ondersteuning.models import Leerling, Plaatsing, Terugplaatsing
from ondersteuning.queries.overstap import instellingen, kwam_van_ontvangende, tlv_plaats
from ondersteuning.services.leerlingen import volg_terugplaatsing
from ondersteuning.services.nummers import nieuw_kenmerk
from ondersteuning.services.overstap import (
    beslis,
    controleer_plan,
    laad,
    leerling_voor,
    mag_wijzigen,
    school_voor,
    vul_plan,
    zet,
)
from ondersteuning.services.overstap_berichten import bericht_over_stap
from ondersteuning.services.overstap_dag import verplaats_als_het_zover_is
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version

ONBEKENDE_TLV = Refusal(
    "tlv",
    "Wij kennen op uw school geen plaats met dit TLV-nummer. Kijk het nummer na, of vraag het samenwerkingsverband.",
    "tlv",
)
ANDERE_LEERLING = Refusal("leerling", "Deze TLV hoort bij een andere leerling. Kijk het nummer na.", "tlv")


def begin_terugplaatsing(
    *, actor: Actor, school_id: int, gegevens: Mapping[str, Any], vandaag: date
) -> Terugplaatsing | Refusal:
    """Begin one for a pupil who is at ``school_id`` with a TLV; ``gegevens`` as the form gives them.

    The TLV tells which pupil it is; of an imported place the pupil is chosen or typed.  Refuses ``tlv``, ``leerling``,
    ``loopt_al``, ``al_terug``, ``school``, ``naar_school``, and what ``maak_leerling`` refuses.
    """
    with transaction.atomic():
        school = school_voor(actor, school_id, Overstapsoort.TERUGPLAATSING)
        if isinstance(school, Refusal):
            return school
        place = _vrije_plaats(gegevens, school.pk)
        if isinstance(place, Refusal):
            return place
        known = _leerling_van(place)
        if known is not None and gegevens.get("leerling") not in {None, known.pk}:
            return ANDERE_LEERLING
        soort = str(Overstapsoort.TERUGPLAATSING)
        pupil = leerling_voor(actor, school, soort, gegevens, vandaag=vandaag, bekend=_vast(known))
        if isinstance(pupil, Refusal):
            return pupil
        case = Terugplaatsing(
            soort=soort,
            leerling=pupil,
            van_school=school,
            begonnen_door_id=actor.user_id,
            sinds=vandaag,
            tlv_plaats=place,
            herkomst=gegevens.get("herkomst") or "",
        )
        vul_plan(case, gegevens)
        case.kenmerk = nieuw_kenmerk("TP", vandaag)
        case.save()
        audit.record(
            actor=actor, soort="terugplaatsing.begonnen", onderwerp=case, tekst="Is een terugplaatsing begonnen."
        )
        return case


def _tlv_plaats(gegevens: Mapping[str, Any], school_id: int) -> Plaatsing | None:
    """The place with the number that was typed, locked: two cases at once for one place wait for each other."""
    place = tlv_plaats(str(gegevens.get("tlv") or ""), school_id)
    if place is not None:
        Plaatsing.objects.select_for_update().only("pk").get(pk=place.pk)
    return place


def _vrije_plaats(gegevens: Mapping[str, Any], school_id: int) -> Plaatsing | Refusal:
    """The place of the TLV, when no other case runs on it."""
    place = _tlv_plaats(gegevens, school_id)
    return ONBEKENDE_TLV if place is None else _vrij(place) or place


def _vast(leerling: Leerling | None) -> Leerling | None:
    """The pupil, locked."""
    return None if leerling is None else Leerling.objects.select_for_update().get(pk=leerling.pk)


def _leerling_van(plaats: Plaatsing) -> Leerling | None:
    return plaats.aanvraag.leerling if plaats.aanvraag is not None else None


def _vrij(plaats: Plaatsing | None, *, behalve: int = 0) -> Refusal | None:
    """A TLV ends once: no other case may run on this place, or have ended it."""
    if plaats is None:
        return None
    rows = Terugplaatsing.objects.filter(tlv_plaats=plaats, staat__in=[*LOPEND, DEFINITIEF]).exclude(pk=behalve)
    found = rows.values_list("kenmerk", "staat").first()
    if found is None:
        return None
    told = "is de leerling al teruggeplaatst" if found[1] == DEFINITIEF else "loopt al een terugplaatsing"
    return Refusal("al_terug", f"Met deze TLV {told}: {found[0]}.", "tlv")


def wijzig_terugplaatsing(
    *, actor: Actor, pk: int, versie: int | None, gegevens: Mapping[str, Any], vandaag: date
) -> Terugplaatsing | Refusal:
    """Change the plan, as long as it lies with the special school.  Refusals as of ``begin_terugplaatsing``."""
    with transaction.atomic():
        case = _laad(actor, pk)
        refusal = check_version(case, versie) or mag_wijzigen(actor, case)
        if refusal is not None:
            return refusal
        place = _tlv_plaats(gegevens, case.van_school_id)
        if place is None:
            return ONBEKENDE_TLV
        known = _leerling_van(place)
        if known is not None and known.pk != case.leerling_id:
            return ANDERE_LEERLING
        refusal = _vrij(place, behalve=case.pk) or controleer_plan(
            actor, case.soort, case.van_school_id, gegevens, vandaag
        )
        if refusal is not None:
            return refusal
        vul_plan(case, gegevens)
        case.tlv_plaats, case.herkomst = place, gegevens.get("herkomst") or ""
        case.versie += 1
        case.save()
        audit.record(actor=actor, soort="terugplaatsing.gewijzigd", onderwerp=case, tekst="Heeft het plan gewijzigd.")
        return case


def _laad(actor: Actor, pk: int) -> Terugplaatsing:
    case = laad(actor, pk)
    if not isinstance(case, Terugplaatsing):
        raise NotVisible("niet gevonden")
    return case


def leg_gesprek_vast(
    *, actor: Actor, pk: int, versie: int | None, gegevens: Mapping[str, Any], vandaag: date
) -> Terugplaatsing | Refusal:
    """Record the start meeting (day, who were there, what was agreed) and the consent of the parents.

    Either school does it, while both take part.  Refuses ``staat``, ``rol``, ``verouderd``, ``toekomst``.
    """
    with transaction.atomic():
        case = _laad(actor, pk)
        step = beslis(actor, case, "leg_gesprek_vast", versie=versie, vandaag=vandaag)
        if isinstance(step, Refusal):
            return step
        for name in ("gesprek_op", "toestemming_op"):
            if refusal := controleer_gehad(gegevens.get(name), vandaag=vandaag, veld=name):
                return refusal
        for name in ("gesprek_op", "toestemming_op"):
            setattr(case, name, gegevens.get(name))
        for name in ("anderen", "afspraken", "toestemming"):
            setattr(case, name, str(gegevens.get(name) or "").strip())
        case.aanwezig = sorted(gegevens.get("aanwezig") or [])
        zet(case, step, vandaag=vandaag)
        case.save()
        audit.record(
            actor=actor, soort="terugplaatsing.gesprek", onderwerp=case, tekst="Heeft het startgesprek vastgelegd."
        )
        volg_terugplaatsing(case, actor=actor, vandaag=vandaag, reden="Startgesprek van een terugplaatsing.")
        return case


def stel_vast(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Terugplaatsing | Refusal:
    """Make it definite: the place with the TLV ends the day before, and the receiving school gets its budget or not.

    Refuses ``verouderd``, ``rol``, ``staat``, ``gesprek``, ``toestemming``, ``voor_tlv``, ``al_terug`` and what the
    plan lacks.  Without a right to a budget it says why (``geen_budget_omdat``) and makes no place.
    """
    with transaction.atomic():
        case = _laad(actor, pk)
        step = beslis(actor, case, "stel_vast", versie=versie, vandaag=vandaag)
        if isinstance(step, Refusal):
            return step
        place = Plaatsing.objects.select_for_update().get(pk=case.tlv_plaats_id or 0)
        refusal = _vrij(place, behalve=case.pk)
        if refusal is not None:
            return refusal
        day = case.overstap_op or vandaag
        _beeindig(place, day - timedelta(days=1))
        end = _geef_budget(case, day)
        zet(case, step, vandaag=vandaag, bewaren=bewaren_tot(max(vandaag, end)))
        case.save()
        told = "met een budget" if case.budgetplaats_id else "zonder budget"
        audit.record(
            actor=actor,
            soort="terugplaatsing.definitief",
            onderwerp=case,
            tekst=f"Heeft de terugplaatsing definitief gemaakt, {told}.",
        )
        reason = "De terugplaatsing is definitief."
        verplaats_als_het_zover_is(case, actor=actor, vandaag=vandaag)
        volg_terugplaatsing(case, actor=actor, vandaag=vandaag, reden=reason)
        bericht_over_stap(case, "stel_vast", naar_id=case.gevraagde_school_id, actor=actor, vandaag=vandaag)
        return case


def _beeindig(plaats: Plaatsing, dag: date) -> None:
    """The place ends on ``dag``, or stays as it was when it ended before that."""
    if plaats.einde is None or plaats.einde > dag:
        plaats.einde_zonder_vertrek, plaats.einde, plaats.vertrokken_op = plaats.einde, dag, dag
        plaats.versie += 1
        plaats.save()


def _geef_budget(geval: Terugplaatsing, inschrijving: date) -> date:
    """The place that is counted as a budget, or the reason why there is none; the last day that it concerns."""
    reason = geen_budget(geval.herkomst, tlv_van_ontvangende=kwam_van_ontvangende(geval))
    if reason is not None:
        geval.geen_budget_omdat = reason.zin
        return inschrijving
    end = laatste_dag(inschrijving, instellingen().budgetmaanden)
    geval.budgetplaats = Plaatsing.objects.create(
        verwijzing=_vrije_verwijzing(geval.kenmerk),
        school_verwijzend=geval.van_school,
        school_ontvangend=geval.naar_school,
        soort=str(Soort.TERUGPLAATSING),
        kostendrager=str(Kostendrager.SWV),
        begin=inschrijving,
        einde=end,
    )
    return end


def _vrije_verwijzing(kenmerk: str) -> str:
    """The reference of the place: that of the case, unless an imported place has it already."""
    taken = set(Plaatsing.objects.filter(verwijzing__startswith=kenmerk).values_list("verwijzing", flat=True))
    options = [kenmerk, *(f"{kenmerk}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in options if each not in taken)
