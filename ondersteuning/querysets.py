"""Filters on the rows of ondersteuning, and who may see them.

Dossiers of children are for the school of the pupil, for the receiving school from the moment it is asked, and for
those of the SWV who handle dossiers.  Controller, beheerder, chairs and boards see none.
"""

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from ondersteuning.domain import bezwaar as bezwaarprocedure
from ondersteuning.domain import overstap
from ondersteuning.domain.aanvraag import AFGESLOTEN, LOPEND, NOOIT_INGEDIEND
from ondersteuning.domain.briefversie import GELDEND
from ondersteuning.domain.plaatsing import Periode
from ondersteuning.domain.rollen import DOSSIER_EN_BEHEER, DOSSIER_EN_GELD, SCHOOLROLLEN
from ondersteuning.domain.sociale_kaart import GETOOND
from ondersteuning.domain.verzuimmelding import OPEN as VERZUIM_OPEN
from swv_portal.common.gathering import GatheringQuerySet
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol, Scope, ScopedQuerySet

if TYPE_CHECKING:
    # Named in strings only: the models import this module.
    from ondersteuning.models import (  # noqa: F401
        Aanbieder,
        Aanvraag,
        Advies,
        AvLid,
        Bestuursadvies,
        Bezwaar,
        Briefversie,
        Consulentbezoek,
        Consulentschap,
        Evaluatiegesprek,
        Jaarafspraken,
        Jeugdhulpinstelling,
        Leerling,
        Overeenkomst,
        Overstap,
        Partij,
        Plaatsing,
        Radarvraag,
        Sectiereactie,
        Verzuimactie,
        Verzuimmelding,
        Zienswijze,
        Zorgplichtbesluit,
    )

#: Every reference begins with letters and a dash; neither stands further on in it.
_BEGIN_KENMERK = re.compile(r"[A-Z]+-")

VanVerzuimmelding = TypeVar("VanVerzuimmelding", "Verzuimactie", "Zorgplichtbesluit")

VanAanvraag = TypeVar("VanAanvraag", "Advies", "Zienswijze", "Sectiereactie")
VanSchool = TypeVar("VanSchool", "Consulentschap", "Consulentbezoek", "Jaarafspraken")

#: The paths that hold for a row of the application itself.  ``gevraagde_school`` is filled from the moment on which the
#: receiving school is asked, and emptied when the application goes back.  ``deelnemende_school``: a school that takes
#: part although it is not the pupil's; ``indienend_bestuur``: the board that does the application.
VIA_AANVRAAG: dict[Rol, str | tuple[str, ...]] = {
    **dict.fromkeys(SCHOOLROLLEN, ("verwijzende_school_id", "deelnemende_school_id")),
    Rol.ORTHOPEDAGOOG: "gevraagde_school_id",
    Rol.SCHOOLBESTUURDER: "indienend_bestuur_id",
}


def _onder(veld: str) -> dict[Rol, str | tuple[str, ...]]:
    """The paths of a row that hangs on an application by ``veld``."""
    return {
        rol: f"{veld}__{path}" if isinstance(path, str) else tuple(f"{veld}__{each}" for each in path)
        for rol, path in VIA_AANVRAAG.items()
    }


def raakt(periode: Periode) -> Q:
    """The places of these kinds that run on at least one day of the period, the first and the last day included."""
    found = Q(soort__in=periode.soorten, begin__lte=periode.laatste) & (
        Q(einde__isnull=True) | Q(einde__gte=periode.eerste)
    )
    return found if periode.begonnen_vanaf is None else found & Q(begin__gte=periode.begonnen_vanaf)


def is_er(rijen: "QuerySet[Any]") -> IsNull:
    """For ``filter``: as ``Exists``, but looked up row by row.

    An ``EXISTS`` within an ``OR`` PostgreSQL may answer for all rows of the other table before it begins.
    """
    return IsNull(Subquery(rijen.order_by().values("pk")[:1]), False)


def op_kenmerk(q: str) -> Q:
    """Rows with this part of their reference, ``A-2526-0012``: the beginning of it, or else a part of its numbers."""
    part = q.strip().upper()
    return Q(kenmerk__startswith=part) if _BEGIN_KENMERK.match(part) else Q(kenmerk__contains=part)


class LeerlingQuerySet(ScopedQuerySet["Leerling"]):
    """Pupils are seen by their own school and the SWV; the receiving school reads them through the application."""

    scope = Scope(alles=SWV_DOSSIER, via=dict.fromkeys(SCHOOLROLLEN, "school_id"))


class AanvraagQuerySet(GatheringQuerySet["Aanvraag"]):
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
        return self.filter(bewaren_tot__lt=vandaag).exclude(bezwaren__staat__in=bezwaarprocedure.OPEN)


class BezwaarQuerySet(ScopedQuerySet["Bezwaar"]):
    """Objections are handled by those of the SWV; the parties read the facts on the pages of the application."""

    scope = Scope(alles=SWV_DOSSIER)

    def open(self) -> Self:
        return self.filter(staat__in=bezwaarprocedure.OPEN)


class AvLidQuerySet(ScopedQuerySet["AvLid"]):
    """The list of members of the algemene vergadering: for those of the SWV who ask them."""

    scope = Scope(alles=SWV_DOSSIER)

    def actief(self) -> Self:
        return self.filter(gestopt_op__isnull=True)


class BestuursadviesQuerySet(ScopedQuerySet["Bestuursadvies"]):
    """The SWV sees all; a member only what was asked of the own account, as long as it serves that board."""

    scope = Scope(alles=SWV_DOSSIER, via={Rol.SCHOOLBESTUURDER: "lid__bestuur_id"})

    def visible_to(self, bereik: Bereik) -> Self:
        found = super().visible_to(bereik)
        return found if bereik.heeft(*SWV_DOSSIER) else found.filter(lid__user_id=bereik.user_id)


class PartijQuerySet(ScopedQuerySet["Partij"]):
    scope = Scope(alles=SWV_DOSSIER, via=_onder("aanvraag"))


class VanAanvraagQuerySet(ScopedQuerySet[VanAanvraag]):
    """Rows of an application; ``geldig`` leaves out what lapsed when the application went back to the school."""

    scope = Scope(alles=SWV_DOSSIER, via=_onder("aanvraag"))

    def geldig(self) -> Self:
        return self.filter(vervallen_op__isnull=True)


class PlaatsingQuerySet(ScopedQuerySet["Plaatsing"]):
    """Places hold no names: who handles money sees them too, and a school and its board their own."""

    scope = Scope(
        alles=DOSSIER_EN_GELD,
        via={
            Rol.IBER: "school_verwijzend_id",
            Rol.SCHOOLDIRECTEUR: ("school_verwijzend_id", "school_ontvangend_id"),
            Rol.SCHOOLBESTUURDER: ("school_verwijzend__bestuur_id", "school_ontvangend__bestuur_id"),
        },
    )


class JeugdhulpinstellingQuerySet(ScopedQuerySet["Jeugdhulpinstelling"]):
    """The institutions with a mandate: for those of the SWV who handle dossiers."""

    scope = Scope(alles=SWV_DOSSIER)

    def gemandateerd(self, dag: date) -> Self:
        """Those that have a mandate on this day, the first and the last day included."""
        return self.filter(gemandateerd_van__lte=dag).filter(
            Q(gemandateerd_tot__isnull=True) | Q(gemandateerd_tot__gte=dag)
        )


class AanbiederQuerySet(ScopedQuerySet["Aanbieder"]):
    """Everybody sees what is shown, and whoever proposed something that too; who keeps the map sees all of it."""

    scope = Scope(alles=SWV_DOSSIER)

    def visible_to(self, bereik: Bereik) -> Self:
        if bereik.heeft(*SWV_DOSSIER):
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


class OvereenkomstQuerySet(ScopedQuerySet["Overeenkomst"]):
    """Agreements are seen by the pupil's school, by the other school once it is asked, and by the SWV."""

    scope = Scope(
        alles=SWV_DOSSIER,
        via={
            **dict.fromkeys(SCHOOLROLLEN, ("school_id", "gevraagde_school_id")),
            Rol.ORTHOPEDAGOOG: "gevraagde_school_id",
        },
    )

    def te_vernietigen(self, vandaag: date) -> Self:
        """Agreements whose last day of keeping has passed."""
        return self.filter(bewaren_tot__lt=vandaag)


class VanSchoolQuerySet(ScopedQuerySet[VanSchool]):
    """What consulent and school write down together: for the school itself and for the SWV."""

    scope = Scope(alles=SWV_DOSSIER, via=dict.fromkeys(SCHOOLROLLEN, "school_id"))


class VerzuimmeldingQuerySet(ScopedQuerySet["Verzuimmelding"]):
    """Absence is seen by the school that reported it, the school that took the zorgplicht, and the SWV."""

    scope = Scope(alles=SWV_DOSSIER, via=dict.fromkeys(SCHOOLROLLEN, ("school_id", "zorgplicht_school_id")))

    def open(self) -> Self:
        return self.filter(staat__in=VERZUIM_OPEN)

    def loopt_op(self, dag: date) -> Self:
        """Those who were absent, or threatened to be, on this day, whenever it was reported."""
        return self.filter(eerste_dag__lte=dag).filter(Q(einde_op__isnull=True) | Q(einde_op__gt=dag))

    def te_vernietigen(self, vandaag: date) -> Self:
        """Cases whose last day of keeping has passed."""
        return self.filter(bewaren_tot__lt=vandaag)


class VanVerzuimmeldingQuerySet(ScopedQuerySet[VanVerzuimmelding]):
    """Rows of one case of absence: seen by who sees the case."""

    scope = Scope(
        alles=SWV_DOSSIER,
        via=dict.fromkeys(SCHOOLROLLEN, ("melding__school_id", "melding__zorgplicht_school_id")),
    )


class OverstapQuerySet(ScopedQuerySet["Overstap"]):
    """An overstap is seen by the school that the pupil leaves, by the new school once it is asked, and by the SWV."""

    scope = Scope(
        alles=SWV_DOSSIER,
        via=dict.fromkeys(SCHOOLROLLEN, ("van_school_id", "gevraagde_school_id")),
    )

    def lopend(self) -> Self:
        return self.filter(staat__in=overstap.LOPEND)

    def te_vernietigen(self, vandaag: date) -> Self:
        """Those whose last day of keeping has passed."""
        return self.filter(bewaren_tot__lt=vandaag)


class RadarvraagQuerySet(ScopedQuerySet["Radarvraag"]):
    """Asked by the SWV of the school where the pupil is; the school that once referred the pupil has no part in it."""

    scope = Scope(alles=SWV_DOSSIER, via=dict.fromkeys(SCHOOLROLLEN, "school_id"))

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(antwoord="")


class BriefversieQuerySet(ScopedQuerySet["Briefversie"]):
    """The texts of letters, for who writes them and who sends them."""

    scope = Scope(alles=DOSSIER_EN_BEHEER)

    def geldend(self) -> Self:
        return self.filter(staat=GELDEND)


class EvaluatiegesprekQuerySet(ScopedQuerySet["Evaluatiegesprek"]):
    """The calls with parents are the SWV's own: a school does not read what parents say about it."""

    scope = Scope(alles=SWV_DOSSIER)
