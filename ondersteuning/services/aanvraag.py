"""The school's side of an application: begin, fill in, put before the parties, hand in, complete, withdraw."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.aanvraag import INGETROKKEN, SCHOOL, mag_bewerken
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.plaatsing import Categorie
from ondersteuning.domain.routes import ROUTES, mogelijke_categorieen
from ondersteuning.models import Aanvraag, Leerling, Partij
from ondersteuning.queries.formulier import VELDEN_AANVRAAG, VELDEN_LEERLING, VELDEN_PARTIJ
from ondersteuning.queries.stand import categorie_bezwaar, rollen_bij, tweede_bezwaar
from ondersteuning.queries.zoeksleutels import dubbelsleutel, zoeksleutels
from ondersteuning.services.berichten import bericht_aan_ontvangende_school
from ondersteuning.services.nummers import nieuw_kenmerk
from ondersteuning.services.partijen import Uitnodiging, nodig_allen_uit, vergeet_link
from ondersteuning.services.stappen import beslis, laad, laat_vervallen, zet, zet_termijnen
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import NotVisible, check_version

GEEN_ONTVANGENDE_SCHOOL = Refusal(
    "ontvangende_school", "Kies een school voor speciaal (basis)onderwijs.", "ontvangende_school"
)


def begin_aanvraag(*, actor: Actor, school_id: int, route: str, vandaag: date) -> Aanvraag | Refusal:
    """Start an application of ``route`` for a pupil of ``school_id``, where ``actor`` is IB'er or director.

    Refuses ``route`` (this kind of school does not start it).  A school outside one's roles does not exist.
    """
    with transaction.atomic():
        mine = actor.bereik.plaatsen(*SCHOOL)
        school = School.objects.visible_to(actor.bereik).filter(pk=school_id, pk__in=sorted(mine)).first()
        if school is None:
            raise NotVisible("niet gevonden")
        if school.soort not in ROUTES[route].van:
            return Refusal("route", f"Route {route} begint op een andere soort school.")
        aanvraag = Aanvraag.objects.create(
            kenmerk=nieuw_kenmerk(route, vandaag),
            route=route,
            leerling=Leerling.objects.create(school=school),
            verwijzende_school=school,
            begonnen_door_id=actor.user_id,
            sinds=vandaag,
        )
        Partij.objects.bulk_create(
            Partij(aanvraag=aanvraag, soort=kind, volgnummer=number)
            for kind, number in sorted({(kind, number) for f in VELDEN_PARTIJ.values() for _, kind, number, _ in f})
        )
        audit.record(actor=actor, soort="aanvraag.begonnen", onderwerp=aanvraag, tekst="Is een aanvraag begonnen.")
        return aanvraag


def bewaar_stap(
    *, actor: Actor, pk: int, versie: int | None, stap: str, gegevens: Mapping[str, Any], vandaag: date
) -> Aanvraag | Refusal:
    """Store what was typed on one step of the form; fields that are not in ``gegevens`` stay as they are.

    Storing the same again changes nothing and is never too late, so that pressing the button while an autosave is on
    its way is no conflict.  Refuses: ``verouderd``, ``rol``/``staat`` (may not change this step now), and at once what
    can never be right: a second expert of the same function or employed by a school, a category that does not fit, a
    school that receives no pupils.  Nothing of the step is stored then.  Who gets another name or address is somebody
    else as far as we know: the link stops and the signature lapses.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        refusal = mag_bewerken(aanvraag.staat, rollen_bij(aanvraag, actor.bereik), stap)
        if refusal is not None:
            return refusal
        parties = {(p.soort, p.volgnummer): p for p in aanvraag.partijen.all()}
        changed = _zet_velden(aanvraag, parties, stap, gegevens)
        if not changed:
            return aanvraag
        refusal = check_version(aanvraag, versie) or _controleer(aanvraag, parties, stap)
        if refusal is not None:
            return refusal
        _schrijf(aanvraag, parties, stap, changed, actor=actor, vandaag=vandaag)
        return aanvraag


def _zet_velden(
    aanvraag: Aanvraag, parties: Mapping[tuple[str, int], Partij], stap: str, gegevens: Mapping[str, Any]
) -> set[str]:
    """Put the values on the objects; the names of the fields that changed."""
    changed = set()

    def put(target: Any, field: str, name: str) -> None:
        if name in gegevens and getattr(target, field) != gegevens[name]:
            setattr(target, field, gegevens[name])
            changed.add(name)

    for name in VELDEN_AANVRAAG.get(stap, ()):
        put(aanvraag, "ontvangende_school_id" if name == "ontvangende_school" else name, name)
    for name, kind, number, field in VELDEN_PARTIJ.get(stap, ()):
        put(parties[kind, number], field, name)
    if stap == "leerling":
        for name in VELDEN_LEERLING:
            value = gegevens.get(name)
            text = value.isoformat() if isinstance(value, date) else (value or "")
            if name in gegevens and getattr(aanvraag.leerling, name) != text:
                setattr(aanvraag.leerling, name, text)
                changed.add(name)
    return changed


def _controleer(aanvraag: Aanvraag, parties: Mapping[tuple[str, int], Partij], stap: str) -> Refusal | None:
    if stap == "school":
        chosen = aanvraag.ontvangende_school_id
        school = School.objects.filter(pk=chosen).first() if chosen is not None else None
        if chosen is not None and school is None:
            return GEEN_ONTVANGENDE_SCHOOL
        if school is not None:
            if school.soort not in ROUTES[aanvraag.route].naar or school.pk == aanvraag.verwijzende_school_id:
                return GEEN_ONTVANGENDE_SCHOOL
            possible = mogelijke_categorieen(soort=school.soort, is_ikc=school.is_ikc)
            if not aanvraag.categorie and possible == (Categorie.SBO,):
                aanvraag.categorie = str(Categorie.SBO)
        refusal = categorie_bezwaar(aanvraag.categorie, school)
        if refusal is not None:
            return refusal
    if stap in {"school", "deskundige"}:
        return tweede_bezwaar(aanvraag, parties.get(("tweede_deskundige", 1)))
    return None


def _schrijf(
    aanvraag: Aanvraag,
    parties: Mapping[tuple[str, int], Partij],
    stap: str,
    changed: set[str],
    *,
    actor: Actor,
    vandaag: date,
) -> None:
    if stap == "leerling":
        pupil = aanvraag.leerling
        born = date.fromisoformat(pupil.geboortedatum) if pupil.geboortedatum else None
        pupil.zoeksleutels = zoeksleutels(pupil.naam)
        pupil.dubbelsleutel = dubbelsleutel(pupil.naam, born)
        pupil.save()
    for name, kind, number, field in VELDEN_PARTIJ.get(stap, ()):
        if name in changed:
            party = parties[kind, number]
            party.save()
            if field in {"naam", "email"}:
                vergeet_link(party, actor=actor)
                party.zienswijzen.filter(vervallen_op__isnull=True).update(vervallen_op=vandaag)
    aanvraag.versie += 1
    aanvraag.save()
    label = ROUTES[aanvraag.route].stap(stap)
    audit.record(
        actor=actor,
        soort="aanvraag.ingevuld",
        onderwerp=aanvraag,
        tekst=f"Heeft '{label.label if label else stap}' ingevuld of gewijzigd.",
    )


def leg_voor(
    *, actor: Actor, pk: int, versie: int | None, vandaag: date
) -> tuple[Aanvraag, list[Uitnodiging]] | Refusal:
    """Put the application before parents, experts and the receiving school.

    Every party without a link gets one; the second codes are in the answer, once.  Refuses what the procedure refuses
    (form not complete, second expert not independent, category or period wrong).
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "leg_voor", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.gevraagde_school = aanvraag.ontvangende_school
        aanvraag.voorgelegd_op = vandaag
        aanvraag.save()
        invited = nodig_allen_uit(aanvraag, actor=actor, vandaag=vandaag)
        audit.record(
            actor=actor,
            soort="aanvraag.voorgelegd",
            onderwerp=aanvraag,
            tekst="Heeft de aanvraag voorgelegd aan de ouders, de deskundigen en de ontvangende school.",
        )
        bericht_aan_ontvangende_school(aanvraag, zin="Geef advies", actor=actor, vandaag=vandaag)
        return aanvraag, invited


def haal_terug(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Take the application back to change it: advices and signatures lapse, the receiving school no longer sees it."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "haal_terug", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        bericht_aan_ontvangende_school(aanvraag, zin="De school past de aanvraag aan", actor=actor, vandaag=vandaag)
        laat_vervallen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.teruggehaald",
            onderwerp=aanvraag,
            tekst="Heeft de aanvraag teruggehaald om te wijzigen. Adviezen en handtekeningen zijn vervallen.",
        )
        return aanvraag


def dien_in(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Hand in at the SWV: from today the term for the decision runs (Awb art. 4:13).

    Refuses as long as an advice, the place or an invitation is missing; a signature of a parent is not needed.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "dien_in", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.ingediend_op = vandaag
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.ingediend",
            onderwerp=aanvraag,
            tekst="Heeft de aanvraag ingediend bij het samenwerkingsverband.",
        )
        return aanvraag


def vul_aan(*, actor: Actor, pk: int, versie: int | None, antwoord: str, vandaag: date) -> Aanvraag | Refusal:
    """Send the completion that the SWV asked for, with an answer; the term runs again (Awb art. 4:15)."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "vul_aan", versie=versie, vandaag=vandaag, toelichting=antwoord)
        if isinstance(answer, Refusal):
            return answer
        aanvraag.aanvullingen.filter(aangevuld_op__isnull=True).update(aangevuld_op=vandaag, antwoord=antwoord)
        zet(aanvraag, answer[0], vandaag=vandaag)
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(actor=actor, soort="aanvraag.aangevuld", onderwerp=aanvraag, tekst="Heeft de aanvraag aangevuld.")
        return aanvraag


def trek_in(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Withdraw the application; it is kept three years and nobody outside the school and the SWV sees it any more."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "trek_in", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        bericht_aan_ontvangende_school(aanvraag, zin="De aanvraag is ingetrokken", actor=actor, vandaag=vandaag)
        beeindig(aanvraag, answer[0], bewaren=bewaren_tot(vandaag), actor=actor, vandaag=vandaag)
        audit.record(
            actor=actor, soort=f"aanvraag.{INGETROKKEN}", onderwerp=aanvraag, tekst="Heeft de aanvraag ingetrokken."
        )
        return aanvraag


def beeindig(aanvraag: Aanvraag, step: Transition, *, bewaren: date, actor: Actor, vandaag: date) -> None:
    """Withdrawn: kept until ``bewaren``, outside the reach of the receiving school, and every link stops."""
    zet(aanvraag, step, vandaag=vandaag)
    aanvraag.bewaren_tot = bewaren
    aanvraag.gevraagde_school = None
    aanvraag.save()
    for partij in aanvraag.partijen.all():
        vergeet_link(partij, actor=actor)
