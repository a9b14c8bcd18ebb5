"""Filters on jobs and documents, and who may see which job."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from swv_portal.common.scoping import SWV_ROLLEN, Bereik
from swv_portal.jobs.domain.aanbod import Aanbodsoort


class JobQuerySet(models.QuerySet[Any]):
    def visible_to(self, bereik: Bereik) -> Self:
        """Everybody who works at the SWV sees all jobs (they hold ids, no names); others see what they asked for."""
        if bereik.heeft(*SWV_ROLLEN):
            return self.all()
        if bereik.user_id is None:
            return self.none()
        return self.filter(aanvrager_id=bereik.user_id)

    def waiting(self, now: datetime) -> Self:
        """Jobs that a worker may take now."""
        return self.filter(staat="wacht", niet_voor__lte=now)

    def abandoned(self, now: datetime) -> Self:
        """Jobs whose worker gave no sign of life in time."""
        return self.filter(staat="bezig", lease_tot__lt=now)

    def open(self) -> Self:
        """Jobs that are still to end."""
        return self.filter(staat__in=["wacht", "bezig"])


class DocumentQuerySet(models.QuerySet[Any]):
    def of(self, onderwerp: models.Model) -> Self:
        """The documents that belong to a row."""
        return self.filter(onderwerp_soort=onderwerp._meta.label_lower, onderwerp_id=onderwerp.pk)

    def servable(self) -> Self:
        """Checked and found good: only these ever leave the portal."""
        return self.filter(staat="goed")

    def expired(self, vandaag: Any) -> Self:
        """Kept as long as they had to be."""
        return self.filter(Q(bewaren_tot__isnull=False) & Q(bewaren_tot__lt=vandaag))


class AanbodQuerySet(models.QuerySet[Any]):
    def visible_to(self, bereik: Bereik, soort: Aanbodsoort) -> Self:
        """The offers of a kind that somebody may decide on: all of them, or their own."""
        if not bereik.heeft(*soort.rollen):
            return self.none()
        rows = self.filter(soort=soort.naam)
        if soort.gedeeld:
            return rows
        return self.none() if bereik.user_id is None else rows.filter(aanvrager_id=bereik.user_id)

    def te_lang(self, vandaag: date) -> Self:
        """What still waits after its last day."""
        return self.filter(staat="klaar", wacht_tot__lt=vandaag)
