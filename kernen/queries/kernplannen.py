"""Kernplannen, sessions and the kern page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from kernen.domain.kernplan import SCHRIJFBAAR, STAPPEN, Afmeting, Doel, Plan
from kernen.models import (
    Kern,
    Kernbudget,
    Kernplan,
    Kernplandoel,
    Kernsessie,
    Menukaartthema,
    Uurtarief,
)
from kernen.querysets import loopt_op
from swv_portal.common.dates import Schooljaar, dag_van
from swv_portal.common.money import dutch_amount, dutch_shortest
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Status, Toon

TOON: dict[str, Toon] = {
    "concept": "neutraal",
    "ingediend": "bezig",
    "teruggestuurd": "let_op",
    "vastgesteld": "goed",
}


def kernplan_status(plan: Kernplan) -> Status:
    return Status(plan.get_staat_display(), TOON[plan.staat])


def budget_van(kern_id: int, schooljaar: int) -> Decimal | None:
    """What the kern may spend in that school year; ``None`` when the SWV has not said so yet."""
    return Kernbudget.objects.filter(kern_id=kern_id, schooljaar=schooljaar).values_list("bedrag", flat=True).first()


def kernbudget_van(kern_id: int, schooljaar: int) -> Kernbudget:
    """The budget with its version; a new one, not saved and without an amount, when there is none yet."""
    found = Kernbudget.objects.filter(kern_id=kern_id, schooljaar=schooljaar).first()
    return found or Kernbudget(kern_id=kern_id, schooljaar=schooljaar)


def plan_van(kernplan: Kernplan, *, afmeting: Afmeting | None = None, opmerking: str = "") -> Plan:
    """The kernplan as the rules see it.  Three queries (none for what was prefetched)."""
    goals = sorted(kernplan.doelen.all(), key=lambda row: row.volgnummer)
    themes = {row.pk: row.thema for row in goals if row.thema_id}
    return Plan(
        doelen=tuple(
            Doel(row.tekst, row.activiteiten, themes[row.pk].thema if row.thema_id else None)  # type: ignore[union-attr]
            for row in goals
        ),
        stap=kernplan.stap,
        toelichting=kernplan.toelichting,
        waarom_niet={1: kernplan.waarom_niet_1, 2: kernplan.waarom_niet_2},
        inzet=tuple(row.als_inzet for row in sorted(kernplan.inzet.all(), key=lambda row: row.volgnummer)),
        overige_kosten=kernplan.overige_kosten,
        overige_toelichting=kernplan.overige_toelichting,
        budget=budget_van(kernplan.kern_id, kernplan.schooljaar),
        afmeting=afmeting,
        opmerking=opmerking,
    )


def kernplannen_voor(bereik: Bereik) -> "QuerySet[Kernplan]":
    return Kernplan.objects.visible_to(bereik).select_related("kern")


def kernplan_met_alles(bereik: Bereik) -> "QuerySet[Kernplan]":
    """Kernplannen with everything that stands on the page."""
    goals = Prefetch("doelen", Kernplandoel.objects.select_related("thema"))
    return kernplannen_voor(bereik).prefetch_related(goals, "inzet")


@dataclass(frozen=True, slots=True)
class Kostenregel:
    """One line of the costs on the printed plan."""

    omschrijving: str
    stap: str
    uren: Decimal | None
    tarief: Decimal | None
    bedrag: Decimal

    @property
    def uren_tekst(self) -> str:
        """The hours as people write them: 12 or 12,5."""
        return "" if self.uren is None else dutch_shortest(self.uren)


@dataclass(frozen=True)
class Kernplanblad:
    """Everything on the one page: the report, the preview and the dossier are drawn from this.

    ``in_bewerking``: the chair still writes, so the page says what is empty; later an empty part is left out.
    """

    pk: int
    kern: str
    schooljaar: str
    staat: str
    aanleiding: str
    doelen: tuple[Doel, ...]
    route: tuple[tuple[str, str], ...]
    regels: tuple[Kostenregel, ...]
    totaal: Decimal
    budget: Decimal | None
    over: Decimal | None
    vastgesteld_op: date | None
    versie: int
    in_bewerking: bool

    @property
    def tekort(self) -> Decimal | None:
        """How much the plan costs more than the budget; ``None`` when it does not."""
        return -self.over if self.over is not None and self.over < 0 else None


def kernplanblad(kernplan: Kernplan) -> Kernplanblad:
    """The printed page of a kernplan."""
    plan = plan_van(kernplan)
    route = [(STAPPEN[plan.stap], plan.toelichting)]
    for step in range(1, plan.stap):
        route.append((f"Waarom is stap {step} niet genoeg?", (plan.waarom_niet or {}).get(step, "")))
    rows = [Kostenregel(row.professional, f"stap {row.stap}", row.uren, row.tarief, row.bedrag) for row in plan.inzet]
    if plan.overige_kosten:
        rows.append(Kostenregel(f"Overige kosten: {plan.overige_toelichting}", "", None, None, plan.overige_kosten))
    return Kernplanblad(
        pk=kernplan.pk,
        kern=kernplan.kern.naam,
        schooljaar=kernplan.schooljaar_tekst,
        staat=kernplan.get_staat_display(),
        aanleiding=kernplan.aanleiding,
        doelen=tuple(plan.doelen),
        route=tuple(route),
        regels=tuple(rows),
        totaal=plan.totaal,
        budget=plan.budget,
        over=plan.over,
        vastgesteld_op=dag_van(kernplan.vastgesteld_op) if kernplan.vastgesteld_op else None,
        versie=kernplan.versie,
        in_bewerking=kernplan.staat in SCHRIJFBAAR,
    )


@dataclass(frozen=True, slots=True)
class Planregel:
    """A plan in the list, as text."""

    pk: int
    kern_id: int
    kern: str
    status: Status
    kosten: str
    budget: str


def planregels(plannen: "QuerySet[Kernplan]", schooljaar: int) -> list[Planregel]:
    """Plans of one school year (with their rows prefetched) for the list.  One query more, for the budgets."""
    budgets = dict(Kernbudget.objects.filter(schooljaar=schooljaar).values_list("kern_id", "bedrag"))
    found = []
    for plan in plannen:
        total = sum((row.als_inzet.bedrag for row in plan.inzet.all()), plan.overige_kosten)
        budget = budgets.get(plan.kern_id)
        found.append(
            Planregel(
                plan.pk,
                plan.kern_id,
                plan.kern.naam,
                kernplan_status(plan),
                dutch_amount(total),
                dutch_amount(budget) if budget is not None else "–",
            )
        )
    return found


def tarieven_van(schooljaar: int) -> "QuerySet[Uurtarief]":
    """The tariffs per hour of a school year; those of the newest earlier year when that year has none."""
    year = (
        Uurtarief.objects.filter(schooljaar__lte=schooljaar)
        .order_by("-schooljaar")
        .values_list("schooljaar", flat=True)
        .first()
    )
    return Uurtarief.objects.filter(schooljaar=year or schooljaar)


def menukaart_van(schooljaar: int) -> "QuerySet[Menukaartthema]":
    """The themes of a school year; those of the newest earlier year when that year has none."""
    year = (
        Menukaartthema.objects.filter(schooljaar__lte=schooljaar)
        .order_by("-schooljaar")
        .values_list("schooljaar", flat=True)
        .first()
    )
    return Menukaartthema.objects.filter(schooljaar=year or schooljaar)


def menukaartjaren() -> list[Schooljaar]:
    """The school years with a menukaart or tariffs, newest first."""
    years = set(Menukaartthema.objects.order_by().values_list("schooljaar", flat=True).distinct())
    years |= set(Uurtarief.objects.order_by().values_list("schooljaar", flat=True).distinct())
    return [Schooljaar(year) for year in sorted(years, reverse=True)]


def kernen_voor(bereik: Bereik) -> "QuerySet[Kern]":
    return Kern.objects.visible_to(bereik)


@dataclass(frozen=True, slots=True)
class Kernregel:
    """A kern in the list: ``scholen`` is how many schools are in it today."""

    pk: int
    naam: str
    scholen: int


def kernregels(bereik: Bereik, vandaag: date) -> list[Kernregel]:
    """The active kernen that ``bereik`` sees.  One query."""
    running = loopt_op(vandaag, "lidmaatschappen__") & Q(lidmaatschappen__school__actief=True)
    rows = kernen_voor(bereik).filter(actief=True).annotate(scholen=Count("lidmaatschappen", filter=running))
    return [Kernregel(*values) for values in rows.order_by("naam").values_list("pk", "naam", "scholen")]


def sessies_in(bereik: Bereik, schooljaar: int) -> "QuerySet[Kernsessie]":
    """The sessions of every kern that ``bereik`` sees, in a school year."""
    found = Kernsessie.objects.visible_to(bereik).filter(schooljaar=schooljaar)
    return found.select_related("kern").order_by("kern__naam", "nummer")


def sessies_van(bereik: Bereik, kern_id: int, schooljaar: int | None = None) -> "QuerySet[Kernsessie]":
    found = Kernsessie.objects.visible_to(bereik).filter(kern_id=kern_id)
    return found.filter(schooljaar=schooljaar) if schooljaar is not None else found
