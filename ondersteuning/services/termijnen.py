"""Keeping the last days of open requests up to date: while the school completes, they move on every day."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import AANVULLING
from ondersteuning.models import Aanvraag
from ondersteuning.services.stappen import zet_termijnen


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
