"""Who fills in an application on a screen: an account within its reach, or the institution by its personal link."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ondersteuning.domain.aanvraag import INSTELLING, ONTVANGEND
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import Dossier, dossier, dossiers, met_alles
from ondersteuning.queries.persoonlijk import partij_van_link
from ondersteuning.queries.stand import rollen_van
from swv_portal.access.actors import Actor
from swv_portal.access.requests import actor_van, bereik_van, link_van
from swv_portal.audit import services as audit
from swv_portal.audit.queries import net_gelezen
from swv_portal.common.scoping import SWV_DOSSIER, Bereik


@dataclass(frozen=True)
class Invuller:
    """One who fills in one application.  ``bereik`` is ``None`` for who came by a link, who reaches this one only."""

    actor: Actor
    pk: int
    bereik: Bereik | None

    def aanvraag(self) -> Aanvraag:
        """The application as it is now, or a 404."""
        rows = met_alles(Aanvraag.objects.filter(pk=self.pk)) if self.bereik is None else dossiers(self.bereik)
        return get_object_or_404(rows.annotate(net_gelezen=net_gelezen(self.actor, Aanvraag)), pk=self.pk)

    def noteer_lezen(self, aanvraag: Any) -> None:
        """Who fills in for the SWV, a board or the receiving school reads from outside the pupil's own school.

        ``aanvraag`` comes from ``aanvraag()``.
        """
        outside = aanvraag.indienend_bestuur_id is not None or self.rollen(aanvraag) & (SWV_DOSSIER | ONTVANGEND)
        if outside and not aanvraag.net_gelezen:
            audit.record_new_read(actor=self.actor, onderwerp=aanvraag)

    def rollen(self, aanvraag: Aanvraag) -> frozenset[str]:
        return rollen_van(aanvraag, self.actor)

    def dossier(self, aanvraag: Aanvraag, **kwargs: Any) -> Dossier:
        return dossier(aanvraag, self.bereik or self.actor.bereik, rollen=self.rollen(aanvraag), **kwargs)

    def stap(self, naam: str) -> str:
        """The address of one step of the form."""
        if self.bereik is None:
            return reverse("ondersteuning:instelling_stap", args=[naam])
        return reverse("ondersteuning:stap", args=[self.pk, naam])

    @property
    def kind(self) -> str:
        """The address of the form of the child."""
        if self.bereik is None:
            return reverse("ondersteuning:instelling_kind")
        return reverse("ondersteuning:kindformulier", args=[self.pk])

    @property
    def thuis(self) -> str:
        """The address of the application itself."""
        if self.bereik is None:
            return reverse("ondersteuning:instelling")
        return reverse("ondersteuning:dossier", args=[self.pk])


def met_account(request: HttpRequest, pk: int) -> Invuller:
    return Invuller(actor_van(request), pk, bereik_van(request))


def via_link(request: HttpRequest) -> Invuller:
    """The institution, as long as its link is the newest of that party; otherwise a 404."""
    partij = partij_van_link(link_van(request), INSTELLING)
    if partij is None:
        raise Http404
    return Invuller(request.actor, partij.aanvraag_id, None)  # type: ignore[attr-defined]
