"""The dossier of a pupil: making it, changing it, its phase and its consulent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from kernen.models import School
from ondersteuning.domain.aanvraag import AANVULLING, CONCEPT, LOPEND, STATEN
from ondersteuning.domain.fase import FASE, FASEN, Aanvraagfeit, Fasewissel, fase_bij, verste
from ondersteuning.domain.leerling import controleer_geboortedatum
from ondersteuning.domain.overstap import Overstapsoort
from ondersteuning.domain.rollen import ALLEEN_SWV, SCHOOLROLLEN
from ondersteuning.models import Aanvraag, Faseovergang, Leerling, Overstap, Schoolperiode
from ondersteuning.queries.fase import aanvraagfeiten, terugfeiten
from ondersteuning.queries.leerlingen import consulenten
from ondersteuning.services.zoeksleutels import zet_sleutels
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version, load_for_update

VELDEN = ("voornamen", "achternaam", "geboortedatum", "groep", "woon_pc4")
BESTAAT_AL = Refusal(
    "bestaat_al",
    "Uw school heeft al een dossier van een leerling met deze naam en geboortedatum. Gebruik dat dossier.",
    "achternaam",
)
ANDERE_SCHOOL = Refusal("andere_school", "Deze leerling staat op een andere school. Kies die school.", "school")
GEEN_CONSULENT = Refusal("consulent", "Kies een medewerker van het samenwerkingsverband.", "consulent")


def laad_leerling(actor: Actor, pk: int) -> Leerling:
    """The pupil, locked, in the reach of ``actor``; otherwise a 404.  Inside ``atomic`` only."""
    return load_for_update(Leerling.objects.visible_to(actor.bereik).select_related("school"), pk)


def school_voor(actor: Actor, school_id: int) -> School:
    """A school for whose pupils ``actor`` may make a dossier; another one does not exist.  Inside ``atomic`` only."""
    rows = School.objects.visible_to(actor.bereik)
    if not actor.bereik.heeft(*SWV_DOSSIER):
        rows = rows.filter(pk__in=sorted(actor.bereik.plaatsen(*SCHOOLROLLEN)))
    school = rows.filter(pk=school_id).first()
    if school is None:
        raise NotVisible("niet gevonden")
    return school


def maak_leerling(
    *, actor: Actor, school_id: int | None, gegevens: Mapping[str, Any], vandaag: date
) -> Leerling | Refusal:
    """Make the dossier of a pupil of ``school_id``; ``None`` (the SWV only): not at a school yet.

    ``gegevens`` holds what is known of ``VELDEN``: texts, and ``geboortedatum`` as a date; the rest stays empty.
    Inside a transaction of the caller it is part of that.  Refuses ``bestaat_al`` (the same name and birth date at this
    school), ``geboortedatum`` (can not be right), ``rol``.  A school outside one's roles does not exist.
    """
    with transaction.atomic():
        if school_id is None and not actor.bereik.heeft(*SWV_DOSSIER):
            return ALLEEN_SWV
        school = None if school_id is None else school_voor(actor, school_id)
        return leg_leerling_aan(actor=actor, school=school, gegevens=gegevens, vandaag=vandaag)


def leg_leerling_aan(
    *, actor: Actor, school: School | None, gegevens: Mapping[str, Any], vandaag: date
) -> Leerling | Refusal:
    """Make the dossier; who may do that for this school was decided before.  Refuses as ``maak_leerling`` does.

    One at a time per school: of two that make the same dossier at once the second finds that of the first.
    """
    with transaction.atomic():
        if school is not None:
            School.objects.select_for_update(no_key=True).only("pk").get(pk=school.pk)
        pupil = Leerling(school=school, fase_sinds=vandaag, gewijzigd_op=vandaag)
        refusal = _vul(pupil, gegevens, vandaag)
        if refusal is not None:
            return refusal
        pupil.save()
        Schoolperiode.objects.create(leerling=pupil, school=school, van=vandaag)
        Faseovergang.objects.create(leerling=pupil, fase=pupil.fase, op=vandaag, door_id=actor.user_id)
        audit.record(actor=actor, soort="leerling.gemaakt", onderwerp=pupil, tekst="Heeft het dossier gemaakt.")
        return pupil


def kies_leerling(
    *, actor: Actor, school_id: int, leerling_id: int | None, nieuwe_leerling: Mapping[str, Any], vandaag: date
) -> Leerling | Refusal:
    """The pupil of a new case: a known one of this school, locked, or (``None``) a new dossier of ``nieuwe_leerling``.

    Inside the transaction that makes the case: two that begin at once for one pupil wait for each other.  Refuses
    ``andere_school`` and what ``maak_leerling`` refuses; a pupil outside one's reach does not exist.
    """
    if leerling_id is None:
        return maak_leerling(actor=actor, school_id=school_id, gegevens=nieuwe_leerling, vandaag=vandaag)
    pupil = laad_leerling(actor, leerling_id)
    return pupil if pupil.school_id == school_id else ANDERE_SCHOOL


def loopt_al(actor: Actor, leerling: Leerling, veld: str) -> Refusal | None:
    """Why no application can begin for this pupil: another one runs.  Named for who sees it only."""
    running = leerling.aanvragen.filter(staat__in=sorted(LOPEND)).order_by("pk")
    if not running.exists():
        return None
    seen = running.visible_to(actor.bereik).first()
    if seen is not None:
        return Refusal("loopt_al", f"Voor deze leerling loopt al aanvraag {seen.kenmerk}. Die stopt eerst.", veld)
    told = "Voor deze leerling loopt al een aanvraag die u niet ziet. Vraag het samenwerkingsverband."
    return Refusal("loopt_al", told, veld)


def wijzig_gegevens(
    *, actor: Actor, pk: int, versie: int | None, gegevens: Mapping[str, Any], vandaag: date
) -> Leerling | Refusal:
    """Change name, birth date, group or postcode.

    Refuses ``verouderd``, ``bestaat_al``, ``geboortedatum``, and ``ligt_vast``: parties are reading an application
    about this name and birth date now.
    """
    with transaction.atomic():
        pupil = laad_leerling(actor, pk)
        before = _identiteit(pupil)
        refusal = check_version(pupil, versie) or _vul(pupil, gegevens, vandaag)
        if refusal is None and _identiteit(pupil) != before:
            refusal = _ligt_vast(actor, pupil)
        if refusal is not None:
            return refusal
        bewaar(pupil, vandaag=vandaag)
        audit.record(
            actor=actor,
            soort="leerling.gewijzigd",
            onderwerp=pupil,
            tekst="Heeft de gegevens van de leerling gewijzigd.",
        )
        return pupil


def _identiteit(leerling: Leerling) -> tuple[str, ...]:
    return leerling.voornamen, leerling.achternaam, leerling.geboortedatum


def _ligt_vast(actor: Actor, leerling: Leerling) -> Refusal | None:
    """Others are reading an application about this name now.  Named for who sees it only."""
    reading = leerling.aanvragen.filter(staat__in=sorted(LOPEND - {CONCEPT, AANVULLING})).order_by("pk")
    if not reading.exists():
        return None
    seen = reading.visible_to(actor.bereik).first()
    which = f"Aanvraag {seen.kenmerk}" if seen is not None else "Een aanvraag die u niet ziet,"
    return Refusal(
        "ligt_vast",
        f"{which} ligt bij anderen. Naam en geboortedatum wijzigt u pas als die terug of klaar is.",
        "achternaam",
    )


def _vul(leerling: Leerling, gegevens: Mapping[str, Any], vandaag: date) -> Refusal | None:
    """Put what was typed on the pupil, with the keys that belong to it; why that can not be."""
    born = gegevens.get("geboortedatum")
    if isinstance(born, date):
        refusal = controleer_geboortedatum(born, vandaag)
        if refusal is not None:
            return refusal
    for name in VELDEN:
        if name in gegevens:
            value = gegevens[name] or ""
            setattr(leerling, name, value.isoformat() if isinstance(value, date) else str(value).strip())
    zet_sleutels(leerling)
    if not leerling.dubbelsleutel or leerling.school_id is None:
        return None
    same = Leerling.objects.filter(school_id=leerling.school_id, dubbelsleutel=leerling.dubbelsleutel)
    return BESTAAT_AL if same.exclude(pk=leerling.pk).exists() else None


def bewaar(leerling: Leerling, *, vandaag: date) -> None:
    """Save a pupil that was loaded locked: a new version, changed today.  Inside a transaction.

    Until when it is kept is not known any more; the night computes it (``vernietigen.werk_bewaartermijnen_bij``).
    """
    leerling.versie += 1
    leerling.gewijzigd_op, leerling.bewaren_tot = vandaag, None
    leerling.save()


def zet_fase(
    *, leerling: Leerling, fase: str, actor: Actor, vandaag: date, reden: str, aanvraag: Aanvraag | None = None
) -> None:
    """The dossier comes in ``fase``; nothing happens when it is there already.  Inside a transaction of the caller.

    For procedures, which know what happened: who may do that was decided there.  ``reden`` is a sentence for people
    ('Aanvraag A-2526-0001 is voorgelegd.'), stored encrypted; of ``aanvraag`` it is for who sees that one, of anything
    else every later school reads it, so it holds no reference.
    By hand: ``wijzig_fase``.
    """
    if fase not in FASEN:
        raise ValueError(f"there is no phase {fase}")
    changed = Leerling.objects.filter(pk=leerling.pk).exclude(fase=fase)
    if not changed.update(fase=fase, fase_sinds=vandaag, versie=F("versie") + 1):
        return
    leerling.refresh_from_db(fields=["fase", "fase_sinds", "versie"])
    Faseovergang.objects.create(
        leerling=leerling, fase=fase, op=vandaag, reden=reden, aanvraag=aanvraag, door_id=actor.user_id
    )
    audit.record(
        actor=actor, soort="leerling.fase", onderwerp=leerling, tekst=f"Heeft de fase op {FASEN[fase].lower()} gezet."
    )


def volg_aanvraag(aanvraag: Aanvraag, *, vandaag: date, begint: bool = False) -> None:
    """The dossier follows an application that came in another state.  Inside a transaction of the caller.

    One that only begins never puts the pupil in an earlier phase than the dossier is in.
    """
    own = Aanvraagfeit(aanvraag.staat, aanvraag.geldig_van)
    others = aanvraagfeiten(aanvraag.leerling_id, behalve=aanvraag.pk)
    fase = fase_bij([own, *others], terugfeiten(aanvraag.leerling_id, vandaag), vandaag=vandaag)
    zet_fase(
        leerling=aanvraag.leerling,
        fase=verste(aanvraag.leerling.fase, fase) if begint else fase,
        actor=PORTAAL,
        vandaag=vandaag,
        reden=f"Aanvraag {aanvraag.kenmerk}: {STATEN[aanvraag.staat].lower()}.",
        aanvraag=aanvraag,
    )


def volg_terugplaatsing(overstap: Overstap, *, actor: Actor, vandaag: date, reden: str) -> None:
    """The dossier follows a terugplaatsing that was saved in another state, or whose day has come.

    Going from one regular school to another (bao-bao) says nothing about the phase.  Inside a transaction.
    """
    if overstap.soort != Overstapsoort.TERUGPLAATSING:
        return
    pupil = overstap.leerling_id
    fase = fase_bij(aanvraagfeiten(pupil), terugfeiten(pupil, vandaag), vandaag=vandaag)
    zet_fase(leerling=overstap.leerling, fase=fase, actor=actor, vandaag=vandaag, reden=reden)


def wijzig_fase(
    *, actor: Actor, pk: int, versie: int | None, fase: str, reden: str, vandaag: date
) -> Leerling | Refusal:
    """Set the phase by hand, with the reason.

    Refuses ``verouderd``, ``rol``, ``staat`` (it is in that phase already), ``reden`` (none given).
    """
    with transaction.atomic():
        pupil = laad_leerling(actor, pk)
        refusal = check_version(pupil, versie)
        if refusal is not None:
            return refusal
        roles = actor.bereik.rollen_bij(school=pupil.school_id)
        step = FASE.decide(f"naar_{fase}", pupil.fase, roles, Fasewissel(reden))
        if isinstance(step, Refusal):
            return step
        Leerling.objects.filter(pk=pk).update(gewijzigd_op=vandaag, bewaren_tot=None)
        zet_fase(leerling=pupil, fase=step.naar, actor=actor, vandaag=vandaag, reden=reden.strip())
        return pupil


def zet_consulent(
    *, actor: Actor, pk: int, versie: int | None, consulent: int | None, vandaag: date
) -> Leerling | Refusal:
    """Say who of the SWV is the consulent of this pupil, or nobody.  Refuses ``rol``, ``verouderd``, ``consulent``."""
    with transaction.atomic():
        pupil = laad_leerling(actor, pk)
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return ALLEEN_SWV
        refusal = check_version(pupil, versie)
        if refusal is not None:
            return refusal
        names = dict(consulenten(vandaag))
        if consulent is not None and consulent not in names:
            return GEEN_CONSULENT
        pupil.consulent_id = consulent
        bewaar(pupil, vandaag=vandaag)
        audit.record(
            actor=actor,
            soort="leerling.consulent",
            onderwerp=pupil,
            tekst=f"Consulent: {names[consulent] if consulent is not None else 'niemand'}.",
        )
        return pupil
