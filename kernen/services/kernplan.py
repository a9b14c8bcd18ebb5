"""The kernplan: begun and written by the chair, judged by the SWV."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kernen.domain.kernplan import (
    KERNPLAN,
    MEESTE_DOELEN,
    MEESTE_INZET,
    SCHRIJVERS,
    Afmeting,
    mag_schrijven,
)
from kernen.models import Kern, Kernplan, Kernplandoel, Kernplaninzet, Menukaartthema
from kernen.queries import gebruikers_met_rol, kernplan_met_alles, plan_van
from kernen.reports import meet
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version, load_for_update
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail

#: Which fields belong to which step of the form; saving a step writes only these.
VELDEN = (
    "aanleiding",
    "stap",
    "toelichting",
    "waarom_niet_1",
    "waarom_niet_2",
    "overige_kosten",
    "overige_toelichting",
)


@dataclass(frozen=True)
class Doelinvoer:
    """A goal as it was typed; ``thema_id`` is empty for an own goal."""

    tekst: str
    activiteiten: str = ""
    thema_id: int | None = None


@dataclass(frozen=True)
class Inzetinvoer:
    """A professional as chosen: name, step of the route, hours and euros per hour."""

    professional: str
    stap: int
    uren: Decimal
    tarief: Decimal


def begin_kernplan(*, actor: Actor, kern_id: int, schooljaar: int) -> Kernplan | Refusal:
    """Begin the plan of a kern for a school year; when there is one already that one is the answer.

    Refuses ``rol`` (only the chair of this kern).
    """
    with transaction.atomic():
        kern = load_for_update(Kern.objects.visible_to(actor.bereik).filter(actief=True), kern_id)
        if not SCHRIJVERS & actor.bereik.rollen_bij(kern=kern.pk):
            return Refusal("rol", "Alleen de voorzitter van de kern begint een kernplan.")
        plan = Kernplan.objects.filter(kern=kern, schooljaar=schooljaar).first()
        if plan is None:
            plan = Kernplan(kern=kern, schooljaar=schooljaar)
            plan.save()
            audit.record(actor=actor, soort="kernplan.begonnen", onderwerp=plan, tekst="Het kernplan is begonnen.")
        return plan


def bewaar_kernplan(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    velden: Mapping[str, Any] | None = None,
    doelen: Sequence[Doelinvoer] | None = None,
    inzet: Sequence[Inzetinvoer] | None = None,
) -> Kernplan | Refusal:
    """Save one step of the form (also half filled: the rules are for submitting).  ``None`` leaves a part as it is.

    Saving what is there already changes nothing.  Refuses ``rol``, ``staat`` (not writable), ``verouderd``,
    ``te_veel`` goals or rows, and ``thema`` (not on the menukaart).
    """
    with transaction.atomic():
        plan = load_for_update(Kernplan.objects.visible_to(actor.bereik), pk)
        refusal = mag_schrijven(plan.staat, actor.bereik.rollen_bij(kern=plan.kern_id))
        refusal = refusal or _verouderd(plan, actor, versie) or _te_veel(doelen, inzet)
        if refusal:
            return refusal
        changed = [name for name in VELDEN if velden and name in velden and getattr(plan, name) != velden[name]]
        for name in changed:
            setattr(plan, name, velden[name])  # type: ignore[index]
        touched = bool(changed)
        if doelen is not None:
            saved = _bewaar_doelen(plan, doelen)
            if isinstance(saved, Refusal):
                return saved
            touched |= saved
        if inzet is not None:
            touched |= _bewaar_inzet(plan, inzet)
        if touched:
            if plan.schrijver_id != actor.user_id:
                plan.schrijver_id, plan.schrijver_vanaf = actor.user_id, plan.versie
            plan.versie += 1
            plan.save()
            audit.record_edit(actor=actor, soort="kernplan.bewaard", onderwerp=plan, tekst="Het kernplan is bewerkt.")
        return plan


def _verouderd(plan: Kernplan, actor: Actor, versie: int | None) -> Refusal | None:
    """Did somebody else change the plan since the form was opened?

    One's own saves since then do not count: an autosave that is still under way must not refuse the button.
    """
    own = plan.schrijver_id is not None and plan.schrijver_id == actor.user_id
    if own and versie is not None and plan.schrijver_vanaf <= versie <= plan.versie:
        return None
    return check_version(plan, versie)


def _te_veel(doelen: Sequence[Doelinvoer] | None, inzet: Sequence[Inzetinvoer] | None) -> Refusal | None:
    if doelen is not None and len(doelen) > MEESTE_DOELEN:
        return Refusal("te_veel", f"Er passen {MEESTE_DOELEN} doelen op een A4.", "doelen")
    if inzet is not None and len(inzet) > MEESTE_INZET:
        return Refusal("te_veel", f"Er passen {MEESTE_INZET} regels op een A4.", "inzet")
    return None


def _bewaar_doelen(plan: Kernplan, doelen: Sequence[Doelinvoer]) -> bool | Refusal:
    themes = {item.thema_id for item in doelen if item.thema_id}
    if themes and Menukaartthema.objects.filter(pk__in=themes).count() != len(themes):
        return Refusal("thema", "Dit thema staat niet op de menukaart.", "doelen")
    before = [Doelinvoer(row.tekst, row.activiteiten, row.thema_id) for row in plan.doelen.order_by("volgnummer")]
    if before == list(doelen):
        return False
    plan.doelen.all().delete()
    Kernplandoel.objects.bulk_create(
        Kernplandoel(
            kernplan=plan, volgnummer=nth, tekst=item.tekst, activiteiten=item.activiteiten, thema_id=item.thema_id
        )
        for nth, item in enumerate(doelen, start=1)
    )
    return True


def _bewaar_inzet(plan: Kernplan, inzet: Sequence[Inzetinvoer]) -> bool:
    before = [
        Inzetinvoer(row.professional, row.stap, row.uren, row.tarief) for row in plan.inzet.order_by("volgnummer")
    ]
    if before == list(inzet):
        return False
    plan.inzet.all().delete()
    Kernplaninzet.objects.bulk_create(
        Kernplaninzet(
            kernplan=plan,
            volgnummer=nth,
            professional=item.professional,
            stap=item.stap,
            uren=item.uren,
            tarief=item.tarief,
        )
        for nth, item in enumerate(inzet, start=1)
    )
    return True


def dien_in(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Kernplan | Refusal:
    """Submit the plan.  It is measured as it will be printed first: a second page is a refusal.

    Refuses ``rol``, ``staat``, ``verouderd``, and what ``domain.kernplan`` asks (goals, route, costs, one A4).
    """
    seen = kernplan_met_alles(actor.bereik).filter(pk=pk).first()
    if seen is None:
        raise NotVisible("niet gevonden")
    # Rendering takes a while, so it happens before the row is locked; the version proves it was this plan.
    afmeting = meet(seen, vandaag)

    def note(plan: Kernplan) -> None:
        plan.ingediend_op, plan.opmerking = timezone.now(), ""

    opened = seen.versie if versie is None else versie
    return _zet_stap(actor, pk, opened, "dien_in", note, vandaag=vandaag, afmeting=afmeting, gemeten=seen.versie)


def stuur_terug(*, actor: Actor, pk: int, versie: int | None, opmerking: str, vandaag: date) -> Kernplan | Refusal:
    """Send the plan back to the chair with a remark.  Refuses ``rol``, ``staat``, ``verouderd``, ``opmerking``."""

    def note(plan: Kernplan) -> None:
        plan.opmerking = opmerking.strip()

    return _zet_stap(actor, pk, versie, "stuur_terug", note, vandaag=vandaag, opmerking=opmerking)


def stel_vast(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Kernplan | Refusal:
    """Establish the plan; from then on it can not be changed.  Refuses ``rol``, ``staat``, ``verouderd``."""

    def note(plan: Kernplan) -> None:
        plan.vastgesteld_op = timezone.now()

    return _zet_stap(actor, pk, versie, "stel_vast", note, vandaag=vandaag)


def heropen(*, actor: Actor, pk: int, versie: int | None, opmerking: str, vandaag: date) -> Kernplan | Refusal:
    """Open an established plan again, with the reason.  Refuses ``rol``, ``staat``, ``verouderd``, ``opmerking``."""

    def note(plan: Kernplan) -> None:
        plan.vastgesteld_op, plan.ingediend_op, plan.opmerking = None, None, opmerking.strip()

    return _zet_stap(actor, pk, versie, "heropen", note, vandaag=vandaag, opmerking=opmerking)


_TEKST = {
    "dien_in": "Het kernplan is ingediend.",
    "stuur_terug": "Het kernplan is teruggestuurd.",
    "stel_vast": "Het kernplan is vastgesteld.",
    "heropen": "Het kernplan is heropend.",
}


def _zet_stap(
    actor: Actor,
    pk: int,
    versie: int | None,
    naam: str,
    note: Callable[[Kernplan], None],
    *,
    vandaag: date,
    afmeting: Afmeting | None = None,
    opmerking: str = "",
    gemeten: int | None = None,
) -> Kernplan | Refusal:
    with transaction.atomic():
        plan = load_for_update(Kernplan.objects.visible_to(actor.bereik).select_related("kern"), pk)
        refusal = check_version(plan, versie) or check_version(plan, gemeten)
        if refusal:
            return refusal
        subject = plan_van(plan, afmeting=afmeting, opmerking=opmerking)
        step = KERNPLAN.decide(naam, plan.staat, actor.bereik.rollen_bij(kern=plan.kern_id), subject)
        if isinstance(step, Refusal):
            return step
        plan.staat, plan.versie, plan.schrijver = step.naar, plan.versie + 1, None
        note(plan)
        plan.save()
        audit.record(actor=actor, soort=f"kernplan.{naam}", onderwerp=plan, tekst=_TEKST[naam])
        _mail(plan, naam, actor, vandaag)
        return plan


def _mail(plan: Kernplan, naam: str, actor: Actor, vandaag: date) -> None:
    """Tell whoever is to act next; the remark itself is read in the portal."""
    to_chair = naam != "dien_in"
    people = (
        gebruikers_met_rol(vandaag, Rol.KERNVOORZITTER, kern=plan.kern_id)
        if to_chair
        else gebruikers_met_rol(vandaag, *SWV_KERNEN)
    )
    verb = {
        "dien_in": "Beoordeel",
        "stuur_terug": "Verbeter",
        "stel_vast": "Bekijk",
        "heropen": "Verbeter",
    }[naam]
    # A name may look like an address or a date, which a subject may not hold; a code without dashes can not.
    reference = plan.kern.code.replace("-", " ")
    for user in people.exclude(pk=actor.user_id or 0):
        enqueue_mail(
            sjabloon="kernen_kernplan",
            onderwerp=f"{verb} kernplan {reference} {Schooljaar(plan.schooljaar)}",
            context={
                "kern": plan.kern.naam,
                "schooljaar": plan.schooljaar_tekst,
                "wat": _TEKST[naam],
                "url": absolute_url(reverse("kernen:kernplan", args=[plan.pk])),
            },
            aan_user=user,
            actor=actor,
            uniek=f"kernplan-{plan.pk}-{plan.versie}-{user.pk}",
        )
