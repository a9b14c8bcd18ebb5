"""Offering a file for import: the same four steps for every app.

1. ``bied_aan`` keeps what the app has read and found good, encrypted, until somebody decides.
2. ``zoek`` and ``inhoud`` give it back for the preview.
3. ``bevestig`` does what the app does with it, ``verwerp`` does not; whoever comes second is told what was decided.
4. ``laat_vervallen``, every night, lets go of what nobody decided on.

The app has the importer, the preview, and what confirming does.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.domain.aanbod import Aanbodsoort
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services.documents import content_of, delete_documents_of, store_upload
from swv_portal.jobs.services.uploads import Upload

#: The name of the file of an offer that has one.
BESTAND = "bestand"
MAG_NIET = Refusal("rol", "U kunt dit bestand niet inlezen.")
TE_LANG = "Niemand bevestigde dit bestand op tijd. Het is niet ingelezen en is verwijderd."
BESLIST = {
    Aanbod.Staat.TOEGEPAST: Refusal("al_ingelezen", "Dit bestand is al ingelezen."),
    Aanbod.Staat.VERVALLEN: Refusal("vervallen", "Dit bestand is niet ingelezen en is verwijderd."),
}

Gedaan = TypeVar("Gedaan")


def bied_aan(
    *,
    soort: Aanbodsoort,
    actor: Actor,
    bestanden: Mapping[str, Upload],
    vandaag: date,
    gegevens: Mapping[str, Any] | None = None,
    voorbeeld: Mapping[str, Any] | None = None,
) -> Aanbod | Refusal:
    """Keep ``bestanden`` (by name, from ``accept_table``) until they are confirmed.  The app checked them before.

    Refuses ``rol``.
    """
    if not actor.bereik.heeft(*soort.rollen):
        return MAG_NIET
    with transaction.atomic():
        aanbod = Aanbod.objects.create(
            soort=soort.naam,
            gegevens=dict(gegevens or {}),
            voorbeeld=dict(voorbeeld or {}),
            aanvrager_id=actor.user_id,
            wacht_tot=vandaag + soort.bewaren,
        )
        for naam, upload in bestanden.items():
            store_upload(upload, soort=_documentsoort(naam), onderwerp=aanbod, naam=naam, actor=actor)
        return aanbod


def noteer(*, soort: Aanbodsoort, actor: Actor, gegevens: Mapping[str, Any], voorbeeld: Mapping[str, Any]) -> Aanbod:
    """The record of an import that was done at once, without an offer: from the command line."""
    return Aanbod.objects.create(
        soort=soort.naam,
        staat=Aanbod.Staat.TOEGEPAST,
        gegevens=dict(gegevens),
        voorbeeld=dict(voorbeeld),
        aanvrager_id=actor.user_id,
    )


def zoek(*, soort: Aanbodsoort, actor: Actor, sleutel: UUID) -> Aanbod:
    """An offer within reach, whatever was decided; otherwise ``NotVisible``."""
    return _zoek(Aanbod.objects.visible_to(actor.bereik, soort), sleutel)


def _zoek(rows: Any, sleutel: UUID) -> Aanbod:
    found: Aanbod | None = rows.filter(sleutel=sleutel).first()
    if found is None:
        raise NotVisible("niet gevonden")
    return found


def inhoud(aanbod: Aanbod, naam: str = BESTAND) -> bytes:
    """What stands in a file of an offer that waits; ``NotVisible`` when it is gone."""
    content = content_of(aanbod, _documentsoort(naam))
    if content is None:
        raise NotVisible("niet gevonden")
    return content


def bevestig(
    *, soort: Aanbodsoort, actor: Actor, sleutel: UUID, voer_uit: Callable[[Aanbod], Gedaan | Fouten | Refusal]
) -> Gedaan | Fouten | Refusal:
    """Import an offer with ``voer_uit`` and let go of its files, in one transaction: of two people one does it.

    Refuses what ``voer_uit`` refuses (the offer then keeps waiting), ``al_ingelezen`` and ``vervallen``.
    """
    with transaction.atomic():
        aanbod = _zoek(Aanbod.objects.visible_to(actor.bereik, soort).select_for_update(of=("self",)), sleutel)
        if refusal := BESLIST.get(Aanbod.Staat(aanbod.staat)):
            return refusal
        done = voer_uit(aanbod)
        if not isinstance(done, Fouten | Refusal):
            _sluit(aanbod, Aanbod.Staat.TOEGEPAST)
        return done


def verwerp(*, soort: Aanbodsoort, actor: Actor, sleutel: UUID) -> Aanbod | Refusal:
    """Let go of an offer without importing it; doing so again changes nothing.  Refuses ``al_ingelezen``."""
    with transaction.atomic():
        aanbod = _zoek(Aanbod.objects.visible_to(actor.bereik, soort).select_for_update(of=("self",)), sleutel)
        if aanbod.staat == Aanbod.Staat.TOEGEPAST:
            return BESLIST[Aanbod.Staat.TOEGEPAST]
        _sluit(aanbod, Aanbod.Staat.VERVALLEN)
        return aanbod


def laat_vervallen(*, vandaag: date) -> int:
    """Every night: let go of what nobody decided on in time.  Returns how many."""
    with transaction.atomic():
        old = list(Aanbod.objects.te_lang(vandaag).select_for_update(skip_locked=True, of=("self",)))
        for aanbod in old:
            _sluit(aanbod, Aanbod.Staat.VERVALLEN)
            audit.record(actor=PORTAAL, soort="aanbod.vervallen", onderwerp=aanbod, tekst=TE_LANG)
        return len(old)


def _sluit(aanbod: Aanbod, staat: Aanbod.Staat) -> None:
    aanbod.staat = staat
    aanbod.save()
    delete_documents_of(aanbod._meta.label_lower, [aanbod.pk])


def _documentsoort(naam: str) -> str:
    """Not registered as a kind of document, so nobody can fetch it: the portal alone reads it."""
    return f"aanbod.{naam}"
