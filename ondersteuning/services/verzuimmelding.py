"""A report of absence: making it, changing its facts, following it, closing it (ondersteuningsplan par. 5.1.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from ondersteuning.domain.aanwezigheid import AANPAK, Opgave, controleer
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.rollen import ALLEEN_SWV, SCHOOL_EN_SWV
from ondersteuning.domain.verzuimmelding import MELDING, OPEN, Afsluiting
from ondersteuning.models import Leerling, Verzuimmelding
from ondersteuning.queries.consulenten import consulent_voor
from ondersteuning.queries.leerlingen import consulenten
from ondersteuning.queries.verzuim import geboren, verzuimrollen
from ondersteuning.services.leerlingen import kies_leerling, school_voor
from ondersteuning.services.nummers import nieuw_kenmerk
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version, load_for_update

#: What is filled in about an absence, in the order of the form.
VELDEN = (
    "soort",
    "vrijstelling",
    "eerste_dag",
    "laatste_aanwezig",
    "dagen_per_week",
    "oorzaak",
    "toelichting",
    "bestuur_gemeld_op",
    "leerplicht_gemeld_op",
)
KENMERK = "V"
AFGESLOTEN = Refusal("staat", "Deze melding is afgesloten. Er kan niets meer bij.")
BIJ_EEN_ANDER = Refusal(
    "loopt_al",
    "Voor deze leerling loopt al een melding die uw school niet ziet. Vraag het samenwerkingsverband.",
    "leerling",
)


def laad_melding(actor: Actor, pk: int) -> Verzuimmelding:
    """The case, locked, in the reach of ``actor``; otherwise a 404.  Inside ``atomic`` only."""
    return load_for_update(Verzuimmelding.objects.visible_to(actor.bereik).select_related("leerling", "school"), pk)


def meld(
    *,
    actor: Actor,
    school_id: int,
    leerling_id: int | None,
    nieuwe_leerling: Mapping[str, Any],
    waarden: Mapping[str, Any],
    vandaag: date,
) -> Verzuimmelding | list[Refusal]:
    """Report that a pupil of ``school_id`` is absent, or threatens to be.  ``waarden`` holds ``VELDEN``.

    ``leerling_id`` is a pupil with a dossier; ``None``: make one of ``nieuwe_leerling`` (name and birth date).

    Refuses (a list, with the fields): ``rol``, what ``domain.aanwezigheid.controleer`` finds, what making the dossier
    of a new pupil refuses, and ``loopt_al`` (the pupil has an open case).  A school or pupil outside reach: a 404.
    """
    if not actor.bereik.heeft(*SCHOOL_EN_SWV):
        return [Refusal("rol", "U kunt geen verzuim melden.")]
    with transaction.atomic():
        school = school_voor(actor, school_id)
        pupil = kies_leerling(
            actor=actor,
            school_id=school.pk,
            leerling_id=leerling_id,
            nieuwe_leerling=nieuwe_leerling,
            vandaag=vandaag,
        )
        if isinstance(pupil, Refusal):
            return [pupil]
        if refusals := _loopt_al(actor, pupil) or controleer(_opgave(pupil, waarden), vandaag=vandaag):
            transaction.set_rollback(True)
            return refusals
        row = Verzuimmelding.objects.create(
            kenmerk=nieuw_kenmerk(KENMERK, vandaag),
            leerling=pupil,
            school=school,
            gemeld_op=vandaag,
            gemeld_door_id=actor.user_id,
            consulent=consulent_voor(pupil, vandaag),
            **{name: waarden[name] for name in VELDEN},
        )
        audit.record(actor=actor, soort="verzuim.gemeld", onderwerp=row, tekst="Heeft het verzuim gemeld.")
        return row


def _loopt_al(actor: Actor, leerling: Leerling) -> list[Refusal]:
    """A pupil has one open case; of a case outside the reach of ``actor`` nothing is told but that."""
    running = Verzuimmelding.objects.all().open().filter(leerling=leerling)
    if not running.exists():
        return []
    own = running.visible_to(actor.bereik).first()
    if own is None:
        return [BIJ_EEN_ANDER]
    sentence = f"Er loopt al een melding voor deze leerling: {own.kenmerk}. Vul die aan."
    return [Refusal("loopt_al", sentence, "leerling")]


def _opgave(leerling: Leerling, waarden: Mapping[str, Any]) -> Opgave:
    return Opgave(
        geboren=geboren(leerling),
        eerste_dag=waarden["eerste_dag"],
        laatste_aanwezig=waarden["laatste_aanwezig"],
        bestuur_op=waarden["bestuur_gemeld_op"],
        leerplicht_op=waarden["leerplicht_gemeld_op"],
        dagen_per_week=waarden["dagen_per_week"],
        soort=waarden["soort"],
    )


def wijzig_melding(
    *, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any], vandaag: date
) -> Verzuimmelding | list[Refusal]:
    """Change the facts of an open case.  Refuses ``verouderd``, ``staat``, and as ``meld`` does.

    When the first day moves, the alarms that were sent for the other day count no longer.
    """
    with transaction.atomic():
        row = laad_melding(actor, pk)
        refusals = _mag_niet(row, actor, versie) or controleer(_opgave(row.leerling, waarden), vandaag=vandaag)
        if refusals:
            return refusals
        if waarden["eerste_dag"] != row.eerste_dag:
            row.vier_weken_gemeld_op = row.drie_maanden_gemeld_op = None
        for name in VELDEN:
            setattr(row, name, waarden[name])
        row.versie += 1
        row.save()
        audit.record(actor=actor, soort="verzuim.gewijzigd", onderwerp=row, tekst="Heeft de melding gewijzigd.")
        return row


def _mag_niet(row: Verzuimmelding, actor: Actor, versie: int | None) -> list[Refusal]:
    """Why nothing of this case can be changed by ``actor`` now; an empty list when it can."""
    if not verzuimrollen(row, actor.bereik):
        raise NotVisible("niet gevonden")
    if refusal := check_version(row, versie):
        return [refusal]
    return [] if row.staat in OPEN else [AFGESLOTEN]


def zet_aanpak(
    *, actor: Actor, pk: int, versie: int | None, aanpak: str, consulent: int | None, vandaag: date
) -> Verzuimmelding | Refusal:
    """Say in which of the six steps the case is, and who of the SWV follows it.

    Refuses ``rol`` (the SWV only), ``verouderd``, ``staat``, ``aanpak`` (no step), ``consulent`` (not of the SWV).
    """
    with transaction.atomic():
        row = laad_melding(actor, pk)
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return ALLEEN_SWV
        if refusals := _mag_niet(row, actor, versie):
            return refusals[0]
        if aanpak not in AANPAK:
            return Refusal("aanpak", "Kies een van de zes stappen.", "aanpak")
        if consulent is not None and consulent not in dict(consulenten(vandaag)):
            return Refusal("consulent", "Kies een medewerker van het samenwerkingsverband.", "consulent")
        row.aanpak, row.consulent_id = aanpak, consulent
        row.versie += 1
        row.save()
        audit.record(
            actor=actor, soort="verzuim.aanpak", onderwerp=row, tekst=f"Stap van de aanpak: {AANPAK[aanpak].lower()}."
        )
        return row


_GEZEGD = {
    "neem_in_behandeling": "Heeft de melding in behandeling genomen.",
    "heropen": "Heeft de melding heropend.",
    "sluit_af": "Heeft de melding afgesloten.",
}


def zet_stap(*, actor: Actor, pk: int, versie: int | None, stap: str, vandaag: date) -> Verzuimmelding | Refusal:
    """Take the case in hand, or reopen one that was closed too early: it counts again as if it never ended.

    Refuses ``verouderd``, ``rol``, ``staat``, and ``loopt_al`` (the pupil was reported anew since then).
    """
    with transaction.atomic():
        row = laad_melding(actor, pk)
        if refusal := check_version(row, versie):
            return refusal
        feiten = Afsluiting(row.eerste_dag, "", None, "", vandaag)
        step = MELDING.decide(stap, row.staat, verzuimrollen(row, actor.bereik), feiten)
        if isinstance(step, Refusal):
            return step
        if stap == "heropen":
            load_for_update(Leerling.objects.all(), row.leerling_id)
            if refusals := _loopt_al(actor, row.leerling):
                return refusals[0]
            row.einde_op = row.afgesloten_op = row.bewaren_tot = None
            row.einde_soort = row.einde_reden = ""
        elif row.consulent_id is None and dict(consulenten(vandaag)).get(actor.user_id or 0):
            row.consulent_id = actor.user_id
        row.staat, row.versie = step.naar, row.versie + 1
        row.save()
        audit.record(actor=actor, soort=f"verzuim.{stap}", onderwerp=row, tekst=_GEZEGD[stap])
        return row


def sluit_af(
    *, actor: Actor, pk: int, versie: int | None, soort: str, einde: date | None, reden: str, vandaag: date
) -> Verzuimmelding | Refusal:
    """Close the case: how the absence ended, from which day, and how it was solved.  It is kept three years more.

    Refuses ``verouderd``, ``rol``, ``staat``, and ``einde_soort``, ``einde_op``, ``einde_reden`` (missing or wrong).
    """
    with transaction.atomic():
        row = laad_melding(actor, pk)
        if refusal := check_version(row, versie):
            return refusal
        feiten = Afsluiting(row.eerste_dag, soort, einde, reden, vandaag)
        step = MELDING.decide("sluit_af", row.staat, verzuimrollen(row, actor.bereik), feiten)
        if isinstance(step, Refusal):
            return step
        row.einde_soort, row.einde_op, row.einde_reden = soort, einde, reden
        row.afgesloten_op, row.bewaren_tot = vandaag, bewaren_tot(vandaag)
        row.staat, row.versie = step.naar, row.versie + 1
        row.save()
        audit.record(actor=actor, soort="verzuim.sluit_af", onderwerp=row, tekst=_GEZEGD["sluit_af"])
        return row
