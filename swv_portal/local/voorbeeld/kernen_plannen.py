"""Example data of kernen, second part: menukaart, tariffs, sessions and kernplannen, two school years."""

from datetime import date, datetime, time
from decimal import Decimal

from kernen.domain.kernplan import CONCEPT, INGEDIEND, TERUGGESTUURD, VASTGESTELD
from kernen.models import (
    Kern,
    Kernbudget,
    Kernplan,
    Kernplandoel,
    Kernplaninzet,
    Kernsessie,
    Menukaartthema,
    Uurtarief,
)
from swv_portal.access.actors import PORTAAL
from swv_portal.audit import services as audit
from swv_portal.common.dates import NEDERLAND, Schooljaar
from swv_portal.local.voorbeeld import kernen_teksten as tekst
from swv_portal.local.voorbeeld.context import Context

#: The state of the plan of each kern, in the order of ``tekst.KERNEN``; ``None`` means that there is no plan yet.
NU = (CONCEPT, INGEDIEND, TERUGGESTUURD, VASTGESTELD, VASTGESTELD, INGEDIEND, None, None, VASTGESTELD)
TOEN = (VASTGESTELD,) * 7 + (None, CONCEPT)


def laad_plannen(ctx: Context) -> None:
    now = Schooljaar.van(ctx.vandaag)
    for year in (now.vorige, now):
        _menukaart(year.begin)
        _sessies(ctx, year)
        _budgetten(ctx, year.begin)
    _plannen(ctx, now.vorige, TOEN)
    _plannen(ctx, now, NU)


def _menukaart(schooljaar: int) -> None:
    Menukaartthema.objects.bulk_create(
        Menukaartthema(
            schooljaar=schooljaar, nr=nr, thema=thema, termijn_maanden=months, doel=doel, activiteiten="\n".join(ideas)
        )
        for nr, (thema, months, doel, ideas) in enumerate(tekst.MENUKAART, start=1)
    )
    Uurtarief.objects.bulk_create(
        Uurtarief(
            schooljaar=schooljaar,
            professional=name,
            omschrijving=what,
            bedrag=Decimal(amount) if amount else None,
            stap=step,
        )
        for name, what, amount, step in tekst.TARIEVEN
    )


def _kernen(ctx: Context) -> list[Kern]:
    return [ctx.delen["kernen"][vorm.naam] for vorm in tekst.KERNEN]


def _sessies(ctx: Context, year: Schooljaar) -> None:
    rows = []
    for index, kern in enumerate(_kernen(ctx)):
        for number, month, goal, focus in tekst.SESSIES:
            first = date(year.begin if month >= 8 else year.begin + 1, month, 1)
            day = first.replace(day=4 + index * 2)
            day = day.replace(day=day.day + 2) if day.weekday() >= 5 else day
            past = day < ctx.vandaag
            rows.append(
                Kernsessie(
                    kern=kern,
                    schooljaar=year.begin,
                    nummer=number,
                    maand=first,
                    datum=day,
                    doel=goal,
                    focus="\n".join(focus),
                    verslag=tekst.VERSLAG if past and index else "",
                )
            )
    Kernsessie.objects.bulk_create(rows)


def _budgetten(ctx: Context, schooljaar: int) -> None:
    Kernbudget.objects.bulk_create(
        Kernbudget(
            kern=ctx.delen["kernen"][vorm.naam], schooljaar=schooljaar, bedrag=Decimal(4000 + 500 * vorm.scholen)
        )
        for vorm in tekst.KERNEN
    )


def _plannen(ctx: Context, year: Schooljaar, states: tuple[str | None, ...]) -> None:
    themes = {row.nr: row for row in Menukaartthema.objects.filter(schooljaar=year.begin)}
    made: list[tuple[int, Kernplan]] = []
    for index, (kern, state) in enumerate(zip(_kernen(ctx), states, strict=True)):
        if state is not None:
            made.append((index, _plan(kern, year, state, step=1 + index % 3)))
    Kernplan.objects.bulk_create([plan for _, plan in made])
    goals: list[Kernplandoel] = []
    staff: list[Kernplaninzet] = []
    for index, plan in made:
        for nth in range(2):
            nr, text, activities = tekst.DOELEN[(index + nth) % len(tekst.DOELEN)]
            goals.append(
                Kernplandoel(
                    kernplan=plan,
                    volgnummer=nth + 1,
                    thema=themes[nr] if nr else None,
                    tekst=text,
                    # The plan that is still being written misses the activities of its second goal.
                    activiteiten="" if plan.staat == CONCEPT and nth else activities,
                )
            )
        staff += _inzet(plan)
    Kernplandoel.objects.bulk_create(goals)
    Kernplaninzet.objects.bulk_create(staff)
    for _, plan in made:
        _tijdlijn(plan)


def _plan(kern: Kern, year: Schooljaar, state: str, step: int) -> Kernplan:
    sent = datetime.combine(date(year.begin, 9, 24), time(15, 30), tzinfo=NEDERLAND)
    settled = datetime.combine(date(year.begin, 10, 8), time(10), tzinfo=NEDERLAND)
    return Kernplan(
        kern=kern,
        schooljaar=year.begin,
        staat=state,
        aanleiding=tekst.AANLEIDING,
        stap=step,
        toelichting="Wij zetten eerst onze eigen mensen in: een assistent en leerkrachten die meer uren kunnen werken.",
        waarom_niet_1="In de kern is niemand vrij met kennis van dit onderwerp." if step > 1 else "",
        waarom_niet_2="De regiokern heeft dit jaar geen uren meer." if step > 2 else "",
        overige_kosten=Decimal("250.00"),
        overige_toelichting="materiaal en zaalhuur",
        opmerking="Maak het tweede doel meetbaar." if state == TERUGGESTUURD else "",
        ingediend_op=None if state == CONCEPT else sent,
        vastgesteld_op=settled if state == VASTGESTELD else None,
    )


def _inzet(plan: Kernplan) -> list[Kernplaninzet]:
    chosen = [("Onderwijsassistent", 1, "40.00", 35), ("Leerkracht", 1, "60.00", 20)]
    if plan.stap > 1:
        chosen.append(("Specialist Regiokern Speciaal, begeleiding", 2, "75.00", 12))
    if plan.stap > 2:
        chosen.append(("Externe inhuur", 3, "110.00", 6))
    return [
        Kernplaninzet(
            kernplan=plan, volgnummer=nth, professional=name, stap=step, tarief=Decimal(amount), uren=Decimal(hours)
        )
        for nth, (name, step, amount, hours) in enumerate(chosen, start=1)
    ]


def _tijdlijn(plan: Kernplan) -> None:
    audit.record(actor=PORTAAL, soort="kernplan.begonnen", onderwerp=plan, tekst="Het kernplan is begonnen.")
    if plan.staat != CONCEPT:
        audit.record(actor=PORTAAL, soort="kernplan.dien_in", onderwerp=plan, tekst="Het kernplan is ingediend.")
    if plan.staat == TERUGGESTUURD:
        audit.record(
            actor=PORTAAL, soort="kernplan.stuur_terug", onderwerp=plan, tekst="Het kernplan is teruggestuurd."
        )
    if plan.staat == VASTGESTELD:
        audit.record(actor=PORTAAL, soort="kernplan.stel_vast", onderwerp=plan, tekst="Het kernplan is vastgesteld.")
