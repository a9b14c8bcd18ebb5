"""What the home page and the search page get from this app."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from financien.domain.procedure import CONCEPT, KLAAR, VASTGESTELD
from financien.models import Beschikking, Budget, Schoolbudget
from financien.queries.begroting import wachtend_concept
from financien.queries.beschikkingen import BRIEF_ONTBREEKT, MISLUKT
from swv_portal.common.money import dutch_amount
from swv_portal.common.scoping import SWV_GELD, Bereik, Rol
from swv_portal.common.tasks import Taak, Treffer


def taken(bereik: Bereik, vandaag: date) -> list[Taak]:  # noqa: ARG001  money knows no daily terms
    """What waits for the controller and the director: concepts, letters to be made, letters that failed.

    Two queries.
    """
    if not bereik.heeft(*SWV_GELD):
        return []
    found, failed = [], []
    rows = Budget.objects.visible_to(bereik).filter(staat__in=[CONCEPT, VASTGESTELD]).select_related("budgetjaar")
    for budget in rows.annotate(brief_ontbreekt=BRIEF_ONTBREEKT, brief_mislukt=_brief_mislukt(bereik)):
        name = f"budget {budget.budgetjaar.jaar}, versie {budget.versienummer}"
        if budget.staat == CONCEPT:
            wait = None if bereik.heeft(Rol.DIRECTEUR_BESTUURDER) else "de directeur-bestuurder"
            verb = "Stel vast" if wait is None else "Wacht op vaststellen"
            url = reverse("financien:budget", args=[budget.pk])
            found.append(Taak(f"{verb}: {name}", url, wacht_op=wait, soort="Budget vaststellen"))
            continue
        # The letters of a budget that was replaced are not made any more, so nobody is asked to.
        url = reverse("financien:beschikkingen", args=[budget.pk])
        if budget.brief_ontbreekt:
            found.append(Taak(f"Maak de beschikkingen van {name}", url, soort="Beschikkingen maken"))
        if budget.brief_mislukt:
            failed.append(Taak("Bekijk de mislukte beschikkingen", url, soort="Beschikkingen mislukt"))
    return [*found, *failed, *_concept_van_begroting(bereik)]


def _concept_van_begroting(bereik: Bereik) -> list[Taak]:
    concept = wachtend_concept(bereik)
    if concept is None:
        return []
    pk, naam = concept
    wait = None if bereik.heeft(Rol.DIRECTEUR_BESTUURDER) else "de directeur-bestuurder"
    verb = "Maak geldend" if wait is None else "Wacht op geldend maken"
    url = reverse("financien:begroting_detail", args=[pk])
    return [Taak(f"{verb}: {naam}", url, wacht_op=wait, soort="Begroting geldend maken")]


def _brief_mislukt(bereik: Bereik) -> Exists:
    """Whether a letter of a budget could not be made, and nothing is on its way to try again."""
    letters = Beschikking.objects.visible_to(bereik).filter(budget=OuterRef("pk")).exclude(staat=KLAAR)
    return Exists(letters.filter(Q(job__staat__in=MISLUKT) | Q(job__isnull=True)))


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
