"""Giving and taking roles."""

from datetime import date

from django.db import transaction

from kernen.domain.rollen import Rolverzoek, beoordeel_verzoek, toekenners_van
from kernen.models import Kern, Roltoekenning, School, Schoolbestuur
from kernen.services.rolmeldingen import directie, meld_toekenning, meld_verlies
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.access.services.invitations import nodig_uit
from swv_portal.audit import services as audit
from swv_portal.common.scoping import ROLNAMEN, Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, load_for_update

NIET_AAN_ZICHZELF = Refusal("zichzelf", "U kunt uzelf geen rol geven. Vraag het een ander.", "rol")


def ken_rol_toe(
    *,
    actor: Actor,
    user_id: int,
    rol: Rol,
    vandaag: date,
    van: date,
    tot: date | None = None,
    school_id: int | None = None,
    kern_id: int | None = None,
    bestuur_id: int | None = None,
) -> Roltoekenning | Refusal:
    """Give a person a role at a place from ``van`` up to, not including, ``tot``.

    Giving the same role at the same place again returns the row that is there.  Refuses ``rol`` (not yours to give),
    ``zichzelf`` (a beheerder sees no dossier: nobody widens the own reach), ``plaats`` (not exactly the place that
    belongs to the role), ``periode``; a place outside one's scope is a 404.  Who is directeur-bestuurder ``vandaag`` is
    told of a role at the SWV and of one that reads dossiers.
    """
    request = Rolverzoek(rol, school_id, kern_id, bestuur_id, van, tot)
    if refusal := beoordeel_verzoek(request, actor.bereik.rollen):
        return refusal
    if user_id == actor.user_id:
        return NIET_AAN_ZICHZELF
    with transaction.atomic():
        # The row of the person is the lock: two people who give the same role make one.
        user = User.objects.select_for_update().filter(pk=user_id).first()
        if user is None or not _plaats_bestaat(actor, request):
            raise NotVisible("niet gevonden")
        place = {"school_id": school_id, "kern_id": kern_id, "bestuur_id": bestuur_id}
        running = Roltoekenning.objects.op(van).filter(user=user, rol=rol, **place).first()
        if running is not None:
            return running
        told = directie(actor, vandaag)
        granted = Roltoekenning(user=user, rol=rol, van=van, tot=tot, **place)
        granted.save()
        text = f"Heeft de rol {ROLNAMEN[rol]} gekregen ({granted.plaatsnaam})."
        audit.record(actor=actor, soort="rol.toegekend", onderwerp=user, tekst=text)
        meld_toekenning(granted, actor=actor, aan=told)
        return granted


def _plaats_bestaat(actor: Actor, request: Rolverzoek) -> bool:
    models = {"school": School, "kern": Kern, "bestuur": Schoolbestuur}
    return all(
        models[kind].objects.visible_to(actor.bereik).filter(pk=pk).exists()  # type: ignore[attr-defined]
        for kind, pk in request.plaatsen.items()
    )


def nodig_uit_met_rol(
    *,
    actor: Actor,
    email: str,
    naam: str,
    rol: Rol,
    vandaag: date,
    van: date,
    tot: date | None = None,
    school_id: int | None = None,
    kern_id: int | None = None,
    bestuur_id: int | None = None,
) -> Roltoekenning | Refusal:
    """Invite somebody by mail and give the role at once; somebody who has an account only gets the role.

    Refuses as ``ken_rol_toe`` and as ``nodig_uit`` do; then nobody is invited either.
    """
    request = Rolverzoek(rol, school_id, kern_id, bestuur_id, van, tot)
    if refusal := beoordeel_verzoek(request, actor.bereik.rollen):
        return refusal
    with transaction.atomic():
        user = nodig_uit(email=email, naam=naam, actor=actor)
        if isinstance(user, Refusal):
            return user
        granted = ken_rol_toe(
            actor=actor,
            user_id=user.pk,
            rol=rol,
            vandaag=vandaag,
            van=van,
            tot=tot,
            school_id=school_id,
            kern_id=kern_id,
            bestuur_id=bestuur_id,
        )
        if isinstance(granted, Refusal):
            transaction.set_rollback(True)
        return granted


def trek_rol_in(*, actor: Actor, pk: int, per: date) -> Roltoekenning | Refusal:
    """End a role on day ``per``; from that day it gives no reach.  A role that is over already stays as it is.

    Refuses ``rol`` (not yours to take) and ``zichzelf`` (the own role at the SWV: somebody could lock everybody out).
    """
    with transaction.atomic():
        granted = load_for_update(Roltoekenning.objects.visible_to(actor.bereik), pk)
        rol = Rol(granted.rol)
        if not toekenners_van(rol) & actor.bereik.rollen:
            return Refusal("rol", f"U kunt de rol {ROLNAMEN[rol]} niet intrekken.")
        if granted.user_id == actor.user_id and rol in (Rol.BEHEERDER, Rol.DIRECTEUR_BESTUURDER):
            return Refusal("zichzelf", "U kunt deze rol niet bij uzelf intrekken. Vraag het een ander.")
        if granted.tot is not None and granted.tot <= per:
            return granted
        told = directie(actor, per) if rol == Rol.DIRECTEUR_BESTUURDER else []
        granted.tot = max(per, granted.van)
        granted.save(update_fields=["tot"])
        text = f"De rol {ROLNAMEN[rol]} is ingetrokken ({granted.plaatsnaam})."
        audit.record(actor=actor, soort="rol.ingetrokken", onderwerp=granted.user, tekst=text)
        meld_verlies(granted.user, actor=actor, aan=told, hoe="trok de rol directeur-bestuurder in")
        return granted
