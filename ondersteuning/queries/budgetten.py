"""The budgets for entry and return: which run, until when, and who may say that a pupil left.  Without names."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ondersteuning.domain.budgetperiode import eerste_dag, laatste_dag
from ondersteuning.domain.plaatsing import SOORTNAMEN, Soort
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Plaatsing
from swv_portal.common.dates import datum
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Gegeven, Status

BUDGETSOORTEN = (str(Soort.INSTROOMBUDGET), str(Soort.TERUGPLAATSING))
KOLOMMEN = ("Verwijzing", "Soort", "School", "Budget van", "Budget tot en met", "Stand")


def budgetten(bereik: Bereik) -> "QuerySet[Plaatsing]":
    """The budgets that this person may change: those of the own receiving school, or for the SWV all."""
    rows = Plaatsing.objects.filter(soort__in=BUDGETSOORTEN)
    if bereik.heeft(*SWV_DOSSIER):
        return rows
    return rows.filter(school_ontvangend_id__in=sorted(bereik.plaatsen(*SCHOOLROLLEN)))


def einde_van(plaats: Plaatsing) -> date:
    """The last day of the budget; an imported one without a last day runs its full term."""
    return plaats.einde or laatste_dag(plaats.begin)


def budgetbladzijde(bereik: Bereik, *, lopend: bool, plek: Plek, vandaag: date) -> Blad:
    """One page of budgets, newest first; ``lopend`` leaves out those that stopped.  Two queries."""
    rows = budgetten(bereik)
    if lopend:
        # Without a last day it runs two years: what began three years ago has certainly stopped.
        rows = rows.filter(Q(einde__gte=vandaag) | Q(einde__isnull=True, begin__gt=date(vandaag.year - 3, 12, 31)))
    return blader(rows, plek, lambda cut: _rijen(cut.values("pk"), vandaag))


def _rijen(sleutels: "QuerySet[Any, Any]", vandaag: date) -> list[tuple[int, list[Cel | Status | str]]]:
    found: list[tuple[int, list[Cel | Status | str]]] = []
    for place in Plaatsing.objects.filter(pk__in=sleutels).select_related("school_ontvangend"):
        url = reverse("ondersteuning:budget", args=[place.pk])
        found.append(
            (
                place.pk,
                [
                    Cel(place.verwijzing, url),
                    SOORTNAMEN[place.soort],
                    place.school_ontvangend.naam if place.school_ontvangend else "–",
                    datum(eerste_dag(place.begin)),
                    datum(einde_van(place)),
                    stand(place, vandaag),
                ],
            )
        )
    return found


def stand(plaats: Plaatsing, vandaag: date) -> Status:
    """Does it run, did it stop, or did the pupil leave?"""
    if plaats.vertrokken_op is not None:
        return Status("Leerling vertrokken", "neutraal")
    return Status("Gestopt", "neutraal") if einde_van(plaats) < vandaag else Status("Loopt", "goed")


def budgetgegevens(plaats: Plaatsing) -> list[Gegeven]:
    """The facts of one budget."""
    lines = [
        Gegeven("Soort", SOORTNAMEN[plaats.soort]),
        Gegeven("School", plaats.school_ontvangend.naam if plaats.school_ontvangend else "–"),
        Gegeven("Ingeschreven op", datum(plaats.begin)),
        Gegeven("Budget van", datum(eerste_dag(plaats.begin))),
        Gegeven("Budget tot en met", datum(einde_van(plaats))),
    ]
    if plaats.vertrokken_op is not None:
        lines.append(Gegeven("Leerling vertrok op", datum(plaats.vertrokken_op)))
    return lines
