"""What was recorded of an objection, put right or completed while it runs: what was said, the days, and documents."""

from datetime import date
from typing import Any

from django.db import transaction

from ondersteuning.domain.bezwaar import STUKNAMEN, Bezwaarstuk
from ondersteuning.domain.bezwaartermijnen import tijdig
from ondersteuning.models import Bezwaar
from ondersteuning.queries.bezwaar import besluit_nu, stand_van_bezwaar
from ondersteuning.services.bezwaar import (
    BEZWAARSCHRIFT,
    Opgave,
    controleer_dag,
    controleer_dagen,
    controleer_dubbel,
    termijn_van,
)
from ondersteuning.services.bezwaarstappen import (
    beslis_stap,
    houd_dossier,
    laad_bezwaar,
    schrijf_op,
    zet_bezwaartermijnen,
)
from swv_portal.access.actors import Actor
from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import documents_of, store_upload
from swv_portal.jobs.services.uploads import Upload

BEZWAARSTUK = "ondersteuning.bezwaarstuk"
#: What can be put right of what was given when it was recorded, and everything with how the timeline calls it.
_OPGEGEVEN = ("bezwaarmaker", "ontvangen_op", "poststempel_op", "gronden")
VELDNAMEN = {
    "bezwaarmaker": "van wie het is",
    "ontvangen_op": "de dag van ontvangst",
    "poststempel_op": "het poststempel",
    "gronden": "de redenen",
    "verweer_op": "de dag van het verweer",
    "advies_op": "de dag van het advies",
    "advies": "het advies",
}


def wijzig_bezwaar(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    bezwaarmaker: str,
    ontvangen_op: date,
    poststempel_op: date | None,
    gronden: str,
    vandaag: date,
    verweer_op: date | None = None,
    advies_op: date | None = None,
    advies: str = "",
) -> Bezwaar | Refusal:
    """Put right what was recorded; whether it came in time, and its terms, are computed again.

    The last three change only what was recorded before.  Refuses: ``ontvangen`` and ``poststempel`` as when it was
    recorded, ``ontvangen`` also after the day on which something was asked; ``loopt_al``; ``dag`` (the defence or the
    advice); ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        aanvraag, found = laad_bezwaar(actor, pk)
        facts = stand_van_bezwaar(found, actor=actor, vandaag=vandaag)
        step = beslis_stap(found, actor, "wijzig", versie, facts)
        if isinstance(step, Refusal):
            return step
        given = Opgave(found.tegen, bezwaarmaker, ontvangen_op, gronden.strip(), poststempel_op)
        known = {"verweer_op": verweer_op, "advies_op": advies_op}
        days = {name: day for name, day in known.items() if day is not None and getattr(found, name) is not None}
        refusal = _controleer(found, given, days, vandaag)
        if refusal is not None:
            return refusal
        same_advice = found.advies if found.advies_op is None else advies.strip()
        changed = _zet(found, {**{name: getattr(given, name) for name in _OPGEGEVEN}, **days, "advies": same_advice})
        if not changed:
            return found
        in_time = tijdig(ontvangen=ontvangen_op, poststempel=poststempel_op, termijn_tot=found.termijn_tot)
        found.te_laat = not in_time.op_tijd
        zet_bezwaartermijnen(found, vandaag=vandaag)
        found.versie += 1
        found.save()
        houd_dossier(aanvraag, max(found.beslis_uiterlijk, vandaag))
        what = ", ".join(VELDNAMEN[name] for name in changed)
        schrijf_op(aanvraag, "gewijzigd", f"Heeft in het bezwaar gewijzigd: {what}.", actor=actor)
        return found


def _zet(bezwaar: Bezwaar, waarden: dict[str, Any]) -> list[str]:
    """Put these values on the row; the names of those that were different."""
    changed = [name for name, value in waarden.items() if getattr(bezwaar, name) != value]
    for name in changed:
        setattr(bezwaar, name, waarden[name])
    return changed


def _controleer(bezwaar: Bezwaar, opgave: Opgave, dagen: dict[str, date], vandaag: date) -> Refusal | None:
    # Of an earlier decision the day is not known any more; that it was announced before this objection is.
    last = bezwaar.keer == besluit_nu(bezwaar.aanvraag, bezwaar.tegen)[0]
    announced = termijn_van(bezwaar.aanvraag, bezwaar.tegen)[0] if last else None
    refusal = controleer_dagen(opgave, announced, vandaag)
    if refusal is not None:
        return refusal
    asked = min((each.gevraagd_op for each in bezwaar.herstelverzoeken.all()), default=None)
    if asked is not None and opgave.ontvangen_op > asked:
        sentence = f"U vroeg op {lange_datum(asked)} om wat ontbreekt. Kies die dag of eerder."
        return Refusal("ontvangen", sentence, "ontvangen_op")
    for name, day in dagen.items():
        wrong = controleer_dag(day, opgave.ontvangen_op, vandaag, name)
        if wrong is not None:
            return wrong
    return controleer_dubbel(bezwaar.aanvraag, opgave, bezwaar.keer, behalve=bezwaar.pk)


def voeg_document_toe(
    *, actor: Actor, pk: int, versie: int | None, soort: str, bestand: Upload, vandaag: date
) -> Bezwaar | Refusal:
    """Keep a document with the objection.  ``bestand`` was accepted before; ``soort`` is a ``Bezwaarstuk``.

    Refuses: ``soort``, ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        aanvraag, found = laad_bezwaar(actor, pk)
        step = beslis_stap(
            found, actor, "voeg_document_toe", versie, stand_van_bezwaar(found, actor=actor, vandaag=vandaag)
        )
        if isinstance(step, Refusal):
            return step
        if soort not in STUKNAMEN:
            return Refusal("soort", "Kies wat voor document dit is.", "soort")
        kind = BEZWAARSCHRIFT if soort == Bezwaarstuk.BEZWAARSCHRIFT else BEZWAARSTUK
        number = documents_of(found).count() + 1
        store_upload(bestand, soort=kind, onderwerp=found, naam=f"{soort}-{found.pk}-{number}", actor=actor)
        found.versie += 1
        found.save(update_fields=["versie"])
        told = f"Heeft een document bij het bezwaar bewaard: {STUKNAMEN[soort]}."
        schrijf_op(aanvraag, "document", told, actor=actor)
        return found
