"""Filters on the rows of ondersteuning, and who may see them.

Dossiers of children are for the school of the pupil, for the receiving school from the moment it is asked, and for
those of the SWV who handle dossiers.  Controller, beheerder, chairs and boards see none.
"""

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Q

from ondersteuning.domain.aanvraag import AFGESLOTEN, LOPEND, NOOIT_INGEDIEND
from ondersteuning.domain.plaatsing import Periode
from ondersteuning.domain.sociale_kaart import BEHEERDERS, GETOOND
from swv_portal.common.scoping import SWV_DOSSIER, SWV_GELD, Bereik, Rol, Scope, ScopedQuerySet

if TYPE_CHECKING:
    # Named in strings only: the models import this module.
    from ondersteuning.models import Aanbieder, Aanvraag, Advies, Leerling, Partij, Plaatsing, Zienswijze  # noqa: F401

VanAanvraag = TypeVar("VanAanvraag", "Advies", "Zienswijze")

#: The paths that hold for a row of the application itself.  ``gevraagde_school`` is filled from the moment on which the
#: receiving school is asked, and emptied when the application goes back.
VIA_AANVRAAG = {
    Rol.IBER: "verwijzende_school_id",
    Rol.SCHOOLDIRECTEUR: "verwijzende_school_id",
    Rol.ORTHOPEDAGOOG: "gevraagde_school_id",
}


def raakt(periode: Periode) -> Q:
    """The places of these kinds that run on at least one day of the period, the first and the last day included."""
    found = Q(soort__in=periode.soorten, begin__lte=periode.laatste) & (
        Q(einde__isnull=True) | Q(einde__gte=periode.eerste)
    )
    return found if periode.begonnen_vanaf is None else found & Q(begin__gte=periode.begonnen_vanaf)


class LeerlingQuerySet(ScopedQuerySet["Leerling"]):
    """Pupils are seen by their own school and the SWV; the receiving school reads them through the application."""

    scope = Scope(alles=SWV_DOSSIER, via={Rol.IBER: "school_id", Rol.SCHOOLDIRECTEUR: "school_id"})


class AanvraagQuerySet(ScopedQuerySet["Aanvraag"]):
    scope = Scope(alles=SWV_DOSSIER, via=VIA_AANVRAAG)

    def lopend(self) -> Self:
        return self.filter(staat__in=LOPEND)

    def afgesloten(self) -> Self:
        return self.filter(staat__in=AFGESLOTEN)

    def nooit_ingediend(self) -> Self:
        """Still with the school or its parties: the SWV never received them."""
        return self.filter(staat__in=NOOIT_INGEDIEND)

    def te_vernietigen(self, vandaag: date) -> Self:
        """Dossiers whose last day of keeping has passed."""
        return self.filter(bewaren_tot__lt=vandaag)


class PartijQuerySet(ScopedQuerySet["Partij"]):
    scope = Scope(alles=SWV_DOSSIER, via={rol: f"aanvraag__{path}" for rol, path in VIA_AANVRAAG.items()})


class VanAanvraagQuerySet(ScopedQuerySet[VanAanvraag]):
    """Rows of an application; ``geldig`` leaves out what lapsed when the application went back to the school."""

    scope = Scope(alles=SWV_DOSSIER, via={rol: f"aanvraag__{path}" for rol, path in VIA_AANVRAAG.items()})

    def geldig(self) -> Self:
        return self.filter(vervallen_op__isnull=True)


class PlaatsingQuerySet(ScopedQuerySet["Plaatsing"]):
    """Places hold no names: who handles money sees them too, and a school and its board their own."""

    scope = Scope(
        alles=SWV_DOSSIER | SWV_GELD,
        via={
            Rol.IBER: "school_verwijzend_id",
            Rol.SCHOOLDIRECTEUR: ("school_verwijzend_id", "school_ontvangend_id"),
            Rol.SCHOOLBESTUURDER: ("school_verwijzend__bestuur_id", "school_ontvangend__bestuur_id"),
        },
    )


class AanbiederQuerySet(ScopedQuerySet["Aanbieder"]):
    """Everybody sees what is shown, and whoever proposed something that too; who keeps the map sees all of it."""

    scope = Scope(alles=BEHEERDERS)

    def visible_to(self, bereik: Bereik) -> Self:
        if bereik.heeft(*BEHEERDERS):
            return super().visible_to(bereik)
        seen = Q(staat=GETOOND)
        return self.filter(seen if bereik.user_id is None else seen | Q(voorgesteld_door_id=bereik.user_id))

    def getoond(self) -> Self:
        return self.filter(staat=GETOOND)

    def gezocht(self, q: str, categorie: str) -> Self:
        """Those with ``q`` in name, description or place, in this category; an empty text looks for nothing."""
        found = self
        if q.strip():
            word = q.strip()
            found = found.filter(Q(naam__icontains=word) | Q(omschrijving__icontains=word) | Q(plaats__icontains=word))
        return found.filter(categorieen__contains=[categorie]) if categorie else found
