"""Keeping the last days of open requests up to date, and extending the term for a decision in time."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import AANVULLING
from ondersteuning.domain.termijnen import controleer_verlenging
from ondersteuning.models import Aanvraag
from ondersteuning.queries.stand import instellingen, termijnen_van
from ondersteuning.services.stappen import beslis, laad, zet, zet_termijnen
from ondersteuning.services.vertellen import Nieuws, vertel_partijen
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal


def werk_termijnen_bij(*, vandaag: date) -> int:
    """Compute the terms of every application that waits for completion; returns how many."""
    with transaction.atomic():
        rows = list(
            Aanvraag.objects.filter(staat=AANVULLING)
            .select_for_update(of=("self",), skip_locked=True)
            .prefetch_related("aanvullingen")
        )
        for row in rows:
            zet_termijnen(row, vandaag=vandaag)
        Aanvraag.objects.bulk_update(rows, ["eigen_uiterlijk", "wettelijk_uiterlijk"], batch_size=500)
        return len(rows)


def verleng(
    *, actor: Actor, pk: int, versie: int | None, uiterlijk: date, toelichting: str, vandaag: date
) -> Aanvraag | Refusal:
    """Extend the term for the decision to ``uiterlijk`` and tell every party, as long as the term runs (Awb art. 4:14).

    Refuses: ``toelichting`` (say why), ``verlengd``, ``te_laat``, ``niet_later``, ``te_lang``, ``staat``.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "verleng", versie=versie, vandaag=vandaag, toelichting=toelichting)
        if isinstance(answer, Refusal):
            return answer
        terms = termijnen_van(aanvraag, vandaag=vandaag)
        if terms is None:
            raise ValueError("an application with the SWV has a term")
        refusal = controleer_verlenging(
            uiterlijk,
            nu_uiterlijk=terms.wettelijk.laatste_dag,
            vandaag=vandaag,
            al_verlengd=aanvraag.verlengd_op is not None,
            gelijkgesteld=instellingen().gelijkgesteld,
        )
        if refusal is not None:
            return refusal
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.verlengd_op, aanvraag.verlengd_tot = vandaag, uiterlijk
        aanvraag.verleng_reden = toelichting.strip()
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.verlengd",
            onderwerp=aanvraag,
            tekst=f"Heeft de beslistermijn verlengd tot en met {lange_datum(uiterlijk)}.",
        )
        vertel_partijen(aanvraag, _komt_later(aanvraag, uiterlijk), actor=actor, vandaag=vandaag)
        return aanvraag


def _komt_later(aanvraag: Aanvraag, uiterlijk: date) -> Nieuws:
    return Nieuws(
        zin="Het besluit komt later",
        sleutel=f"aanvraag-verlengd-{aanvraag.pk}-{aanvraag.versie}",
        toelichting=f"Het samenwerkingsverband heeft meer tijd nodig. Het besluit komt uiterlijk op "
        f"{lange_datum(uiterlijk)}. De reden leest u in het portaal.",
    )
