"""What the home page and the search page get from this app."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from financien.domain.procedure import CONCEPT, KLAAR, VASTGESTELD
from financien.models import Beschikking, Budget, Schoolbudget
from financien.queries.beschikkingen import met_ontbrekende_brieven
from swv_portal.common.money import dutch_amount
from swv_portal.common.scoping import SWV_GELD, Bereik, Rol
from swv_portal.common.tasks import Taak, Treffer
from swv_portal.jobs.models import Job


def taken(bereik: Bereik, vandaag: date) -> list[Taak]:  # noqa: ARG001  money knows no daily terms
    """What waits for the controller and the director: concepts, letters to be made and letters that failed."""
    if not bereik.heeft(*SWV_GELD):
        return []
    found = []
    rows = Budget.objects.visible_to(bereik).filter(staat__in=[CONCEPT, VASTGESTELD]).select_related("budgetjaar")
    unfinished = set(met_ontbrekende_brieven(Budget.objects.visible_to(bereik)).values_list("pk", flat=True))
    for budget in rows:
        name = f"budget {budget.budgetjaar.jaar}, versie {budget.versienummer}"
        if budget.staat == CONCEPT:
            wait = None if bereik.heeft(Rol.DIRECTEUR_BESTUURDER) else "de directeur-bestuurder"
            verb = "Stel vast" if wait is None else "Wacht op vaststellen"
            url = reverse("financien:budget", args=[budget.pk])
            found.append(Taak(f"{verb}: {name}", url, wacht_op=wait, soort="Budget vaststellen"))
        elif budget.pk in unfinished:
            url = reverse("financien:beschikkingen", args=[budget.pk])
            found.append(Taak(f"Maak de beschikkingen van {name}", url, soort="Beschikkingen maken"))
    return [*found, *_mislukt(bereik)]


def _mislukt(bereik: Bereik) -> list[Taak]:
    """The letters of a budget that was replaced are not made any more, so nobody is asked to."""
    failed = Beschikking.objects.visible_to(bereik).filter(budget__staat=VASTGESTELD).exclude(staat=KLAAR)
    failed = failed.filter(Q(job__staat__in=[Job.Staat.DOOD, Job.Staat.GESTOPT]) | Q(job__isnull=True))
    return [
        Taak(
            "Bekijk de mislukte beschikkingen",
            reverse("financien:beschikkingen", args=[budget]),
            soort="Beschikkingen mislukt",
        )
        for budget in failed.order_by("budget_id").values_list("budget_id", flat=True).distinct()
    ]


def zoek(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """Letters by their reference, and budgets by the name, place or code of the school: at most ``hoeveel`` of each.

    Two queries.
    """
    words = q.lower().split()
    if not words:
        return []
    letters = (
        Beschikking.objects.visible_to(bereik).filter(kenmerk__icontains=q.strip()).select_related("school", "bestuur")
    )
    found = [
        Treffer(
            f"Beschikking {letter.kenmerk}",
            f"versie {letter.uitgave}, voor {letter.school.naam if letter.school else letter.bestuur.naam}",
            reverse("financien:beschikkingen", args=[letter.budget_id]),
        )
        for letter in letters.order_by("-budget_id", "nummer")[:hoeveel]
    ]
    rows = Schoolbudget.objects.visible_to(bereik).filter(budget__staat__in=[CONCEPT, VASTGESTELD])
    for word in words:
        rows = rows.filter(school__zoektekst__contains=word)
    values = rows.order_by("-budget_id", "school__naam").values_list(
        "pk", "school__naam", "budget__budgetjaar__jaar", "budget__versienummer", "totaal"
    )
    for pk, school, jaar, versie, totaal in values[:hoeveel]:
        amount = "kan niet worden berekend" if totaal is None else dutch_amount(totaal)
        found.append(
            Treffer(
                f"Budget {jaar} van {school}",
                f"versie {versie}: {amount}",
                reverse("financien:schoolbudget", args=[pk]),
            )
        )
    return found
