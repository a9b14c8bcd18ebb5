from django.conf import settings
from django.db import models
from django.db.models import Q

from financien.domain.procedure import BUDGET, VASTGESTELD
from financien.models.budgetjaar import Budgetjaar
from financien.querysets import (
    BestuursregelQuerySet,
    BudgetQuerySet,
    BudgetregelQuerySet,
    BudgetuitlegQuerySet,
    VanBudgetQuerySet,
)
from kernen.models import School, Schoolbestuur


class Budget(models.Model):
    """One calculation of the budgets of all schools, kept as it was.  A new calculation is a new ``versienummer``.

    ``totaal`` is the sum of the schools that could be calculated and of the lines of the boards.  ``volume`` keeps the
    figures of the volumebekostiging as they were.  Nothing below this row is ever changed.
    """

    budgetjaar = models.ForeignKey(Budgetjaar, on_delete=models.PROTECT, related_name="budgetten")
    versienummer = models.PositiveIntegerField("versie")
    staat = models.CharField("status", max_length=12, choices=list(BUDGET.staten.items()), default=BUDGET.begin)
    teldatum = models.DateField("teldatum leerlingen")
    peildatum = models.DateField("peildatum plaatsingen")
    totaal = models.DecimalField("totaal", max_digits=14, decimal_places=2)
    aantal_scholen = models.PositiveIntegerField("scholen met een budget")
    aantal_onberekend = models.PositiveIntegerField("scholen zonder budget", default=0)
    volume = models.JSONField(default=dict, blank=True)
    opmerkingen = models.JSONField(default=list, blank=True)
    berekend_op = models.DateTimeField("berekend op")
    berekend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    vastgesteld_op = models.DateTimeField("vastgesteld op", null=True, blank=True)
    vastgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    beschikkingen_groep = models.UUIDField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetten"
        ordering = ["-budgetjaar__jaar", "-versienummer"]
        constraints = [
            models.UniqueConstraint(fields=["budgetjaar", "versienummer"], name="budget_versie"),
            models.UniqueConstraint(
                fields=["budgetjaar"], condition=Q(staat="vastgesteld"), name="budget_een_vastgesteld"
            ),
            models.UniqueConstraint(fields=["budgetjaar"], condition=Q(staat="concept"), name="budget_een_concept"),
            models.CheckConstraint(name="budget_staat", condition=Q(staat__in=list(BUDGET.staten))),
            models.CheckConstraint(
                name="budget_vastgesteld", condition=~Q(staat=VASTGESTELD) | Q(vastgesteld_op__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"budget {self.pk} versie {self.versienummer}"

    @property
    def jaar_open(self) -> bool:
        return self.budgetjaar.staat == "open"


class Budgetuitleg(models.Model):
    """The words of one kind of line, as they were when the budget was calculated."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="uitleg")
    volgorde = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    omschrijving = models.CharField(max_length=200)
    formule = models.CharField(max_length=300)
    bron = models.CharField(max_length=200)

    objects = BudgetuitlegQuerySet.as_manager()

    class Meta:
        verbose_name = "uitleg bij een budgetregel"
        verbose_name_plural = "uitleg bij budgetregels"
        ordering = ["volgorde"]
        constraints = [models.UniqueConstraint(fields=["budget", "code"], name="budgetuitleg_uniek")]

    def __str__(self) -> str:
        return self.omschrijving


class Schoolbudget(models.Model):
    """The budget of one school.  ``totaal`` is empty when it can not be calculated; ``reden`` then says why.

    ``bestuur`` is the board that the school had when it was calculated.
    """

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="schoolbudgetten")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    bestuur = models.ForeignKey(Schoolbestuur, on_delete=models.PROTECT, related_name="+")
    leerlingen = models.PositiveIntegerField(null=True, blank=True)
    totaal = models.DecimalField(null=True, blank=True, max_digits=14, decimal_places=2)
    reden = models.CharField(max_length=200, blank=True)

    objects = VanBudgetQuerySet.as_manager()

    class Meta:
        verbose_name = "budget van een school"
        verbose_name_plural = "budgetten van scholen"
        constraints = [
            models.UniqueConstraint(fields=["budget", "school"], name="schoolbudget_uniek"),
            models.CheckConstraint(
                name="schoolbudget_totaal_of_reden",
                condition=Q(totaal__isnull=False, reden="") | (Q(totaal__isnull=True) & ~Q(reden="")),
            ),
        ]
        indexes = [models.Index(fields=["budget", "bestuur"], name="schoolbudget_bestuur")]

    def __str__(self) -> str:
        return f"budget van school {self.school_id}"


class Budgetregel(models.Model):
    """One line of a school's budget: ``aantal`` × ``tarief`` = ``bedrag`` (negative: what the school pays)."""

    schoolbudget = models.ForeignKey(Schoolbudget, on_delete=models.CASCADE, related_name="regels")
    code = models.CharField(max_length=40)
    aantal = models.DecimalField(max_digits=16, decimal_places=8)
    tarief = models.DecimalField(max_digits=12, decimal_places=4)
    bedrag = models.DecimalField(max_digits=14, decimal_places=2)
    maanden = models.PositiveIntegerField(null=True, blank=True)
    #: What it was counted from: references of placements, and the months that each counts for.
    invoer = models.JSONField(default=dict, blank=True)

    objects = BudgetregelQuerySet.as_manager()

    class Meta:
        verbose_name = "budgetregel"
        verbose_name_plural = "budgetregels"
        constraints = [models.UniqueConstraint(fields=["schoolbudget", "code"], name="budgetregel_uniek")]

    def __str__(self) -> str:
        return f"{self.code} van schoolbudget {self.schoolbudget_id}"


class Bestuursregel(models.Model):
    """A line for a board itself and not for one of its schools: its share of the volumebekostiging."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="bestuursregels")
    bestuur = models.ForeignKey(Schoolbestuur, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    aantal = models.DecimalField(max_digits=16, decimal_places=8)
    tarief = models.DecimalField(max_digits=12, decimal_places=4)
    bedrag = models.DecimalField(max_digits=14, decimal_places=2)
    #: The weight of the board, the sum of all weights, and the whole that is divided.
    invoer = models.JSONField(default=dict, blank=True)

    objects = BestuursregelQuerySet.as_manager()

    class Meta:
        verbose_name = "budgetregel van een bestuur"
        verbose_name_plural = "budgetregels van besturen"
        constraints = [models.UniqueConstraint(fields=["budget", "bestuur", "code"], name="bestuursregel_uniek")]

    def __str__(self) -> str:
        return f"{self.code} van bestuur {self.bestuur_id}"
