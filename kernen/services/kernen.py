"""Kernen: which there are, which schools are in them, what they may spend, and when they meet."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify

from kernen.domain.lidmaatschap import Lidmaatschap, Periode, verhuis
from kernen.domain.rollen import SCHOLENBEHEER, mag
from kernen.models import Kern, Kernbudget, Kernlidmaatschap, Kernsessie, School
from kernen.queries import kernbudget_van
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_amount
from swv_portal.common.scoping import SWV_GELD, SWV_KERNEN, Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version, load_for_update

#: Who decides what a kern may spend.
BUDGETBEHEER = SWV_KERNEN | SWV_GELD
NAAM_BEZET = Refusal("naam", "Er is al een kern met deze naam.", "naam")
SESSIEVELDEN = ("datum", "doel", "focus", "verslag")


def maak_kern(*, actor: Actor, naam: str) -> Kern | Refusal:
    """Make a kern.  Refuses ``rol``, and ``naam`` when there is one of that name (whatever the capitals)."""
    if refusal := mag(actor.bereik.rollen, SCHOLENBEHEER, "een kern maken"):
        return refusal
    with transaction.atomic():
        if Kern.objects.filter(naam__iexact=naam).exists():
            return NAAM_BEZET
        kern = Kern(naam=naam, code=_vrije_code(naam))
        if not _bewaar(kern):
            return NAAM_BEZET
        audit.record(actor=actor, soort="kern.gemaakt", onderwerp=kern, tekst="De kern is gemaakt.")
        return kern


def _bewaar(kern: Kern) -> bool:
    """Save; ``False`` when somebody else took the name (or the code made of it) at the same moment."""
    try:
        with transaction.atomic():
            kern.save()
    except IntegrityError:
        return False
    return True


def _vrije_code(naam: str) -> str:
    base = slugify(naam)[:26] or "kern"
    code, number = base, 2
    while Kern.objects.filter(code=code).exists():
        code, number = f"{base}-{number}", number + 1
    return code


def wijzig_kern(*, actor: Actor, pk: int, versie: int | None, naam: str, actief: bool, vandaag: date) -> Kern | Refusal:
    """Rename a kern, or close it.

    Refuses ``rol``, ``verouderd``, ``naam`` (taken) and ``scholen`` (closing it while schools are in it, or
    will be).
    """
    with transaction.atomic():
        kern = load_for_update(Kern.objects.visible_to(actor.bereik), pk)
        refusal = mag(actor.bereik.rollen, SCHOLENBEHEER, "een kern wijzigen") or check_version(kern, versie)
        if refusal:
            return refusal
        if Kern.objects.filter(naam__iexact=naam).exclude(pk=pk).exists():
            return NAAM_BEZET
        members = Kernlidmaatschap.objects.filter(kern=kern).filter(Q(tot__isnull=True) | Q(tot__gt=vandaag))
        if not actief and members.exists():
            return Refusal("scholen", "Er zitten nog scholen in deze kern. Deel die eerst anders in.", "actief")
        if (kern.naam, kern.actief) != (naam, actief):
            kern.naam, kern.actief, kern.versie = naam, actief, kern.versie + 1
            if not _bewaar(kern):
                return NAAM_BEZET
            audit.record(actor=actor, soort="kern.gewijzigd", onderwerp=kern, tekst="De kern is gewijzigd.")
        return kern


def plaats_school(*, actor: Actor, school_id: int, kern_id: int, van: date) -> Kernlidmaatschap | Refusal:
    """Put a school in a kern from day ``van``; where it was before ends that day.

    Refuses ``rol``, and what ``verhuis`` refuses (``al_lid``, ``later``).
    """
    with transaction.atomic():
        school = load_for_update(School.objects.visible_to(actor.bereik), school_id)
        if refusal := mag(actor.bereik.rollen, SCHOLENBEHEER, "scholen indelen"):
            return refusal
        kern = Kern.objects.visible_to(actor.bereik).filter(pk=kern_id, actief=True).first()
        if kern is None:
            raise NotVisible("niet gevonden")
        rows = {row.pk: row for row in Kernlidmaatschap.objects.filter(school=school)}
        move = verhuis(
            [Lidmaatschap(row.pk, row.kern_id, Periode(row.van, row.tot)) for row in rows.values()], kern.pk, van
        )
        if isinstance(move, Refusal):
            return move
        if move.eindigt is not None:
            old = rows[move.eindigt]
            old.tot = move.op
            old.save(update_fields=["tot"])
        new = Kernlidmaatschap(school=school, kern=kern, van=van)
        new.save()
        text = f"De school hoort vanaf {van:%d-%m-%Y} bij kern {kern.naam}."
        audit.record(actor=actor, soort="school.ingedeeld", onderwerp=school, tekst=text)
        return new


def zet_budget(
    *, actor: Actor, kern_id: int, schooljaar: int, versie: int | None, bedrag: Decimal
) -> Kernbudget | Refusal:
    """Set what a kern may spend in a school year, in euros.  ``versie``: of ``kernbudget_van``.

    The amount that it has already changes nothing.  Refuses ``rol``, ``verouderd``, ``bedrag`` (below zero).
    """
    with transaction.atomic():
        kern = load_for_update(Kern.objects.visible_to(actor.bereik), kern_id)
        if refusal := mag(actor.bereik.rollen, BUDGETBEHEER, "het kernbudget bepalen"):
            return refusal
        if bedrag < 0:
            return Refusal("bedrag", "Het budget kan niet onder nul zijn.", "bedrag")
        budget = kernbudget_van(kern.pk, schooljaar)
        if budget.bedrag == bedrag:
            return budget
        if refusal := check_version(budget, versie):
            return refusal
        budget.bedrag, budget.versie = bedrag, budget.versie + 1
        budget.save()
        text = f"Het kernbudget {schooljaar}-{schooljaar + 1} is {dutch_amount(bedrag)}."
        audit.record(actor=actor, soort="kern.budget", onderwerp=kern, tekst=text)
        return budget


def wijzig_sessie(*, actor: Actor, pk: int, versie: int | None, waarden: Mapping[str, Any]) -> Kernsessie | Refusal:
    """Set the day, goal, agenda or report of a session.  By the chair of the kern and by the SWV; else ``rol``."""
    with transaction.atomic():
        session = load_for_update(Kernsessie.objects.visible_to(actor.bereik), pk)
        roles = actor.bereik.rollen_bij(kern=session.kern_id)
        refusal = mag(roles, SWV_KERNEN | {Rol.KERNVOORZITTER}, "deze sessie wijzigen")
        if refusal := refusal or check_version(session, versie):
            return refusal
        changed = [name for name in SESSIEVELDEN if name in waarden and getattr(session, name) != waarden[name]]
        for name in changed:
            setattr(session, name, waarden[name])
        if changed:
            session.versie += 1
            session.save()
            audit.record(actor=actor, soort="sessie.gewijzigd", onderwerp=session, tekst="De sessie is bijgewerkt.")
        return session


def plan_sessies(*, actor: Actor, schooljaar: int, sessies: list[tuple[int, date, str, str]]) -> int | Refusal:
    """Give every active kern the sessions of a school year: number, first day of the month, goal, agenda.

    A session that a kern has already stays as it is.  Answers how many were made.  Refuses ``rol``.
    """
    if refusal := mag(actor.bereik.rollen, SWV_KERNEN, "sessies plannen"):
        return refusal
    with transaction.atomic():
        rows = [
            Kernsessie(kern=kern, schooljaar=schooljaar, nummer=number, maand=month, doel=goal, focus=focus)
            for kern in Kern.objects.visible_to(actor.bereik).filter(actief=True).order_by("pk")
            for number, month, goal, focus in sessies
        ]
        before = set(Kernsessie.objects.filter(schooljaar=schooljaar).values_list("pk", flat=True))
        Kernsessie.objects.bulk_create(rows, ignore_conflicts=True)
        made = Kernsessie.objects.filter(schooljaar=schooljaar).exclude(pk__in=before).select_related("kern")
        per_kern = Counter(session.kern for session in made)
        for kern, number in per_kern.items():
            text = f"Sessies gepland voor {Schooljaar(schooljaar)}: {number}."
            audit.record(actor=actor, soort="sessies.gepland", onderwerp=kern, tekst=text)
        return per_kern.total()
