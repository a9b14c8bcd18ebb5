"""The consulent of a school: assigning, the agreements of the year, looking back, and the visits (par. 3.1.2)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.consulenten import (
    Afspraak,
    Uitkomst,
    controleer_afspraken,
    controleer_bezoek,
    controleer_uitkomst,
    mag_evalueren,
)
from ondersteuning.models import Consulentbezoek, Consulentschap, Jaarafspraak, Jaarafspraken
from ondersteuning.queries.consulenten import kant_van, scholen_van, terugkijken_vanaf
from ondersteuning.queries.leerlingen import consulenten
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update

MAG_NIET = Refusal("rol", "Alleen het samenwerkingsverband schrijft dit op.")
GEEN_CONSULENT = Refusal("consulent", "Kies een medewerker van het samenwerkingsverband.", "consulent")
AL_TERUGGEKEKEN = Refusal(
    "teruggekeken", "Er is al teruggekeken op deze afspraken. De afspraken zelf wijzigen kan daarom niet meer."
)
GEEN_AFSPRAKEN = Refusal("geen_afspraken", "Er zijn voor dit schooljaar geen afspraken om op terug te kijken.")


def _school(actor: Actor, school_id: int) -> School:
    return load_for_update(scholen_van(actor.bereik), school_id)


def wijs_toe(*, actor: Actor, school_id: int, consulent: int, vandaag: date) -> Consulentschap | Refusal:
    """Make this medewerker the consulent of the school from today; who was it until now stops today.

    Assigning the same person again changes nothing.  Refuses ``rol`` and ``consulent`` (not a medewerker today).
    """
    with transaction.atomic():
        school = _school(actor, school_id)
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return MAG_NIET
        names = dict(consulenten(vandaag))
        if consulent not in names:
            return GEEN_CONSULENT
        current = Consulentschap.objects.select_for_update().filter(school=school, tot__isnull=True).first()
        if current is not None and current.consulent_id == consulent:
            return current
        if current is not None:
            current.tot = vandaag
            current.save(update_fields=["tot"])
        row = Consulentschap.objects.create(school=school, consulent_id=consulent, van=vandaag)
        audit.record(
            actor=actor, soort="consulent.toegewezen", onderwerp=school, tekst=f"Consulent: {names[consulent]}."
        )
        return row


def bewaar_afspraken(
    *, actor: Actor, school_id: int, jaar: Schooljaar, versie: int | None, rijen: Sequence[Afspraak]
) -> Jaarafspraken | list[Refusal]:
    """Store the agreements of a school for a year; an empty row is left out.

    Refuses (a list, with the fields): ``rol``, ``verouderd``, ``teruggekeken``, and as ``controleer_afspraken``.
    """
    with transaction.atomic():
        school = _school(actor, school_id)
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return [MAG_NIET]
        Jaarafspraken.objects.bulk_create([Jaarafspraken(school=school, schooljaar=jaar.begin)], ignore_conflicts=True)
        row = Jaarafspraken.objects.select_for_update().get(school=school, schooljaar=jaar.begin)
        refusals = _weigeringen(row, versie, rijen, jaar)
        if refusals:
            # A set without agreements is none: the row that was made to lock it goes again.
            transaction.set_rollback(not row.regels.exists())
            return refusals
        row.regels.all().delete()
        Jaarafspraak.objects.bulk_create(
            Jaarafspraak(
                afspraken=row,
                volgnummer=number,
                tekst=each.tekst.strip(),
                doel=each.doel.strip(),
                uiterlijk=each.uiterlijk,
            )
            for number, each in enumerate((each for each in rijen if not each.leeg), start=1)
        )
        row.versie += 1
        row.save()
        audit.record(
            actor=actor, soort="jaarafspraken.bewaard", onderwerp=row, tekst="Heeft de afspraken van het jaar bewaard."
        )
        return row


def _weigeringen(row: Jaarafspraken, versie: int | None, rijen: Sequence[Afspraak], jaar: Schooljaar) -> list[Refusal]:
    if refusal := check_version(row, versie):
        return [refusal]
    if row.school_terug_op or row.consulent_terug_op:
        return [AL_TERUGGEKEKEN]
    return controleer_afspraken(rijen, jaar)


def kijk_terug(
    *,
    actor: Actor,
    school_id: int,
    jaar: Schooljaar,
    versie: int | None,
    uitkomsten: Mapping[int, Uitkomst],
    vandaag: date,
) -> Jaarafspraken | list[Refusal]:
    """Say of every agreement (by number) what came of it, for the own side: the school, or the consulent.

    Both sides see each other's; each may change its own.  Refuses (a list, with the fields): ``te_vroeg``,
    ``geen_afspraken``, ``verouderd``, ``uitkomst``, ``waarom``.
    """
    with transaction.atomic():
        school = _school(actor, school_id)
        row = Jaarafspraken.objects.select_for_update().filter(school=school, schooljaar=jaar.begin).first()
        rules = list(row.regels.select_for_update()) if row is not None else []
        if row is None or not rules:
            return [GEEN_AFSPRAKEN]
        refusal = mag_evalueren(jaar, vandaag, vanaf=terugkijken_vanaf()) or check_version(row, versie)
        if refusal is not None:
            return [refusal]
        said = {rule.volgnummer: uitkomsten.get(rule.volgnummer, Uitkomst()) for rule in rules}
        wrong = [refusal for number, each in said.items() for refusal in controleer_uitkomst(number, each)]
        if wrong:
            return wrong
        side = kant_van(actor.bereik, school.pk)
        for rule in rules:
            setattr(rule, f"{side}_uitkomst", said[rule.volgnummer].uitkomst)
            setattr(rule, f"{side}_toelichting", said[rule.volgnummer].toelichting.strip())
        Jaarafspraak.objects.bulk_update(rules, [f"{side}_uitkomst", f"{side}_toelichting"])
        setattr(row, f"{side}_terug_op", vandaag)
        row.versie += 1
        row.save()
        who = "school" if side == "school" else "consulent"
        text = f"Heeft voor de {who} teruggekeken op de afspraken van het jaar."
        audit.record(actor=actor, soort="jaarafspraken.teruggekeken", onderwerp=row, tekst=text)
        return row


def schrijf_bezoek_op(
    *, actor: Actor, school_id: int, waarden: Mapping[str, Any], vandaag: date
) -> Consulentbezoek | Refusal:
    """Write down a visit; ``waarden``: ``datum``, ``consulent``, ``soort``, ``onderwerpen``, ``vervolg``.

    Refuses ``rol``, ``toekomst``, ``consulent``.
    """
    with transaction.atomic():
        school = _school(actor, school_id)
        if refusal := _weigering_bezoek(actor, waarden, vandaag):
            return refusal
        row = Consulentbezoek(school=school)
        _vul(row, waarden)
        row.save()
        audit.record(actor=actor, soort="bezoek.opgeschreven", onderwerp=row, tekst="Heeft een bezoek opgeschreven.")
        return row


def wijzig_bezoek(
    *, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any], vandaag: date
) -> Consulentbezoek | Refusal:
    """Change what was written down of a visit.  Refuses ``verouderd`` and as ``schrijf_bezoek_op`` does."""
    with transaction.atomic():
        row = load_for_update(Consulentbezoek.objects.visible_to(actor.bereik), pk)
        if refusal := check_version(row, versie) or _weigering_bezoek(actor, waarden, vandaag, row.consulent_id):
            return refusal
        _vul(row, waarden)
        row.versie += 1
        row.save()
        audit.record(actor=actor, soort="bezoek.gewijzigd", onderwerp=row, tekst="Heeft het bezoek gewijzigd.")
        return row


def _weigering_bezoek(
    actor: Actor, waarden: Mapping[str, Any], vandaag: date, had: int | None = None
) -> Refusal | None:
    """Who visited is a medewerker of today, or who stood there already: people leave, visits stay."""
    if not actor.bereik.heeft(*SWV_DOSSIER):
        return MAG_NIET
    if waarden["consulent"] not in {had, *dict(consulenten(vandaag))}:
        return GEEN_CONSULENT
    return controleer_bezoek(waarden["datum"], vandaag)


def _vul(row: Consulentbezoek, waarden: Mapping[str, Any]) -> None:
    row.datum, row.soort, row.consulent_id = waarden["datum"], waarden["soort"], waarden["consulent"]
    row.onderwerpen, row.vervolg = waarden["onderwerpen"].strip(), waarden["vervolg"].strip()
