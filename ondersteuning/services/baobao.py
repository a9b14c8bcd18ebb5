"""A bao-bao overstap: begun by the pupil's school, confirmed by both directors, and then definite by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from ondersteuning.domain.baobao import BAOBAO, laatste_dag
from ondersteuning.domain.baobao import PORTAAL as DOOR_PORTAAL
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.overstap import Overstapsoort
from ondersteuning.models import BaoBao
from ondersteuning.queries.overstap import instellingen, rollen_bij, stand_baobao
from ondersteuning.services.nummers import nieuw_kenmerk
from ondersteuning.services.overstap import (
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
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version

VAN, NAAR = "bevestig_van", "bevestig_naar"
BEVESTIGINGEN = (VAN, NAAR)


def begin_baobao(*, actor: Actor, school_id: int, gegevens: Mapping[str, Any], vandaag: date) -> BaoBao | Refusal:
    """Begin one for a pupil of the own regular school; ``gegevens`` as the form gives them.

    Refuses ``school``, ``leerling``, ``loopt_al``, ``naar_school``, ``toekomst``, and what ``maak_leerling`` refuses.
    """
    with transaction.atomic():
        school = school_voor(actor, school_id, Overstapsoort.BAOBAO)
        if isinstance(school, Refusal):
            return school
        soort = str(Overstapsoort.BAOBAO)
        pupil = leerling_voor(actor, school, soort, gegevens, vandaag=vandaag)
        if isinstance(pupil, Refusal):
            return pupil
        case = BaoBao(
            soort=soort,
            leerling=pupil,
            van_school=school,
            begonnen_door_id=actor.user_id,
            sinds=vandaag,
        )
        vul_plan(case, gegevens)
        case.kenmerk = nieuw_kenmerk("BB", vandaag)
        case.save()
        audit.record(actor=actor, soort="baobao.begonnen", onderwerp=case, tekst="Is een overstap begonnen.")
        return case


def wijzig_baobao(
    *, actor: Actor, pk: int, versie: int | None, gegevens: Mapping[str, Any], vandaag: date
) -> BaoBao | Refusal:
    """Change the plan, as long as it lies with the pupil's school."""
    with transaction.atomic():
        case = _laad(actor, pk)
        refusal = check_version(case, versie) or mag_wijzigen(actor, case)
        refusal = refusal or controleer_plan(actor, case.soort, case.van_school_id, gegevens, vandaag)
        if refusal is not None:
            return refusal
        vul_plan(case, gegevens)
        case.versie += 1
        case.save()
        audit.record(actor=actor, soort="baobao.gewijzigd", onderwerp=case, tekst="Heeft de gegevens gewijzigd.")
        return case


def _laad(actor: Actor, pk: int) -> BaoBao:
    case = laad(actor, pk)
    if not isinstance(case, BaoBao):
        raise NotVisible("niet gevonden")
    return case


def bevestig(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    naam: str,
    extra_behoeften: bool,
    geen_verhuizing: bool,
    vandaag: date,
) -> BaoBao | Refusal:
    """A director confirms for one of the schools (``naam``: one of ``BEVESTIGINGEN``); the second makes it definite.

    Refuses ``verouderd``, ``rol``, ``staat``, ``al_bevestigd``, ``zelfde`` (the same account for both schools),
    ``extra_behoeften``, ``verhuizing``.
    """
    with transaction.atomic():
        case = _laad(actor, pk)
        if refusal := check_version(case, versie):
            return refusal
        facts = stand_baobao(case, vandaag=vandaag).met_verklaring(
            extra_behoeften=extra_behoeften, geen_verhuizing=geen_verhuizing, wie=actor.user_id
        )
        step = BAOBAO.decide(naam, case.staat, rollen_bij(case, actor.bereik), facts)
        if isinstance(step, Refusal):
            return step
        side, school = ("van", case.van_school) if naam == VAN else ("naar", case.naar_school)
        setattr(case, f"{side}_bevestigd_op", vandaag)
        setattr(case, f"{side}_bevestigd_door_id", actor.user_id)
        zet(case, step, vandaag=vandaag)
        case.save()
        audit.record(
            actor=actor,
            soort=f"baobao.{naam}",
            onderwerp=case,
            tekst=f"Heeft bevestigd voor {school}: extra ondersteuning nodig, en geen verhuizing.",
        )
        _leg_vast(case, vandaag=vandaag)
        return case


def _leg_vast(geval: BaoBao, *, vandaag: date) -> None:
    """Definite as soon as both confirmed: until when the former school pays stands in the case."""
    step = BAOBAO.decide("leg_vast", geval.staat, {DOOR_PORTAAL}, stand_baobao(geval, vandaag=vandaag))
    if isinstance(step, Refusal) or geval.overstap_op is None:
        return
    until = laatste_dag(geval.overstap_op, instellingen().betaaljaren)
    zet(geval, step, vandaag=vandaag, bewaren=max(until, bewaren_tot(vandaag)))
    geval.betaalt_tot = until
    geval.save()
    told = f"{geval.van_school} betaalt een verwijzing naar SBO of SO tot en met {lange_datum(until)}."
    audit.record(
        actor=PORTAAL,
        soort="baobao.definitief",
        onderwerp=geval,
        tekst=f"Beide directeuren bevestigden; de overstap is definitief. {told}",
    )
    audit.record(
        actor=PORTAAL,
        soort="leerling.baobao",
        onderwerp=geval.leerling,
        # No reference and not who pays: a later school reads this line, and not the overstap.
        tekst="Een overstap tussen basisscholen is definitief.",
    )
    verplaats_als_het_zover_is(geval, actor=PORTAAL, vandaag=vandaag)
    bericht_over_stap(geval, "leg_vast", naar_id=geval.gevraagde_school_id, actor=PORTAAL, vandaag=vandaag)
