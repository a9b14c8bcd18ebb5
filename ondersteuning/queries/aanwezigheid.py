"""The list of pupils who are absent: filters, and rows as plain text; what home asks about them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from kernen.models import School
from ondersteuning.domain.aanwezigheid import (
    AANPAK,
    ALARMNAMEN,
    LANDELIJKE_WEKEN,
    OORZAKEN,
    Alarm,
    alarm_op,
    alarmdag,
    weken,
)
from ondersteuning.domain.verzuimmelding import AFGESLOTEN, GEMELD, HEROPEND, IN_BEHANDELING, OPEN, STATEN
from ondersteuning.models import Verzuimactie, Verzuimmelding
from ondersteuning.queries.verzuim import eigen_verzuimscholen, is_swv
from ondersteuning.querysets import is_er, op_kenmerk
from swv_portal.common.dates import datum, plus_maanden
from swv_portal.common.money import dutch_count
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Status, Toon
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak, Treffer

TONEN: dict[str, Toon] = {GEMELD: "let_op", IN_BEHANDELING: "bezig", HEROPEND: "let_op", AFGESLOTEN: "neutraal"}
ALARMTONEN: dict[str, Toon] = {Alarm.VIER_WEKEN: "let_op", Alarm.DRIE_MAANDEN: "fout"}
OPEN_MELDINGEN = "open"
#: A number and its word stay on one line.
HARDE_SPATIE = "\u00a0"
HOOGSTENS = 200
_KOLOMMEN = ("Kenmerk", "School", "Afwezig sinds", "Hoofdoorzaak", "Stap", "Alarm", "Status")
_VELDEN = (
    "pk",
    "kenmerk",
    "school_id",
    "school__naam",
    "eerste_dag",
    "dagen_per_week",
    "oorzaak",
    "aanpak",
    "staat",
    "einde_op",
)
_NAAM = ("leerling__voornamen", "leerling__achternaam")


@dataclass(frozen=True)
class Verzuimfilter:
    """What the list is filtered on; empty means everything.  ``staat`` may also be ``open``; ``alarm`` an ``Alarm``."""

    staat: str = ""
    school: int | None = None
    alarm: str = ""
    oorzaak: str = ""
    q: str = ""


def verzuimstatus(staat: str) -> Status:
    return Status(STATEN[staat], TONEN[staat])


def alarmstatus(eerste_dag: date, staat: str, vandaag: date, *, dagen_per_week: Decimal) -> Status | None:
    """The alarm as a word with an icon; ``None`` when there is none (any more)."""
    alarm = alarm_op(eerste_dag, vandaag, dagen_per_week=dagen_per_week) if staat in OPEN else None
    return Status(ALARMNAMEN[alarm], ALARMTONEN[alarm]) if alarm is not None else None


def alarm_in_woorden(alarm: Status | None) -> Status | None:
    """The same where no heading says what is that long: ``vier weken of langer afwezig``."""
    return replace(alarm, label=f"{alarm.label} afwezig") if alarm is not None else None


def duur(eerste_dag: date, einde: date | None, vandaag: date) -> str:
    """``vr 3 januari 2025 (6 weken)``: up to the day on which it ended; less than a week in days."""
    until = einde or vandaag
    number = weken(eerste_dag, until)
    told = dutch_count(number, "week", "weken") if number else dutch_count((until - eerste_dag).days, "dag", "dagen")
    return f"{datum(eerste_dag)} ({told.replace(' ', HARDE_SPATIE)})"


def _met_alarm(rows: "QuerySet[Verzuimmelding]", alarm: str, vandaag: date) -> "QuerySet[Verzuimmelding]":
    """Open cases with this alarm.  The day of three months is found on its month, then checked by the rule."""
    rows = rows.filter(staat__in=sorted(OPEN), dagen_per_week__gt=0)
    if alarm == Alarm.VIER_WEKEN:
        return rows.filter(eerste_dag__lte=vandaag - timedelta(weeks=LANDELIJKE_WEKEN)).exclude(
            eerste_dag__lte=_laatste_met(Alarm.DRIE_MAANDEN, vandaag)
        )
    return rows.filter(eerste_dag__lte=_laatste_met(Alarm.DRIE_MAANDEN, vandaag))


def _laatste_met(alarm: Alarm, vandaag: date) -> date:
    """The latest first day of absence of which this alarm holds today (month ends differ in length)."""
    day = plus_maanden(vandaag, -3) + timedelta(days=3)
    while alarmdag(day, alarm) > vandaag:
        day -= timedelta(days=1)
    return day


def gefilterd(bereik: Bereik, filters: Verzuimfilter, vandaag: date) -> "QuerySet[Verzuimmelding]":
    found: QuerySet[Verzuimmelding] = Verzuimmelding.objects.visible_to(bereik)
    if filters.staat == OPEN_MELDINGEN:
        found = found.filter(staat__in=sorted(OPEN))
    elif filters.staat:
        found = found.filter(staat=filters.staat)
    if filters.school:
        found = found.filter(Q(school_id=filters.school) | Q(zorgplicht_school_id=filters.school))
    if filters.alarm:
        found = _met_alarm(found, filters.alarm, vandaag)
    if filters.oorzaak:
        found = found.filter(oorzaak=filters.oorzaak)
    return found.filter(op_kenmerk(filters.q)) if filters.q.strip() else found


def verzuimlijst(bereik: Bereik, filters: Verzuimfilter, plek: Plek, vandaag: date) -> Blad:
    """One page of the list, newest first.  Two queries, however many rows."""
    return blader(gefilterd(bereik, filters, vandaag), plek, lambda cut: _rijen(bereik, cut.values("pk"), vandaag))


def _rijen(bereik: Bereik, sleutels: "QuerySet[Any, Any]", vandaag: date) -> list[tuple[int, list[Cel | Status | str]]]:
    own = eigen_verzuimscholen(bereik)
    base = reverse("ondersteuning:verzuimmelding", args=[0]).removesuffix("0/")
    rows = Verzuimmelding.objects.filter(pk__in=sleutels)  # keys within reach
    values = rows.values_list(*_VELDEN, *(_NAAM if own else ()))
    return [
        (
            pk,
            [
                Cel(kenmerk, f"{base}{pk}/"),
                *([(" ".join(name).strip() or "nog geen naam") if school_id in own else "–"] if own else []),
                school,
                duur(first, end, vandaag),
                OORZAKEN[cause],
                AANPAK[step],
                alarmstatus(first, state, vandaag, dagen_per_week=days) or "–",
                verzuimstatus(state),
            ],
        )
        for pk, kenmerk, school_id, school, first, days, cause, step, state, end, *name in values
    ]


def verzuimkolommen(bereik: Bereik) -> list[str]:
    """The headers; a column with names only for who has pupils of the own school."""
    return [_KOLOMMEN[0], *(["Leerling"] if eigen_verzuimscholen(bereik) else []), *_KOLOMMEN[1:]]


def verzuimscholen(bereik: Bereik) -> list[tuple[str, str]]:
    """The schools of cases within reach, to filter on.  One query."""
    seen = Verzuimmelding.objects.visible_to(bereik)
    schools = School.objects.filter(
        Q(is_er(seen.filter(school_id=OuterRef("pk")))) | Q(is_er(seen.filter(zorgplicht_school_id=OuterRef("pk"))))
    )
    return [(str(pk), name) for pk, name in schools.order_by("naam", "pk").values_list("pk", "naam")]


def vraag_aanwezigheid(bereik: Bereik, vandaag: date) -> Iterator[Taakvraag]:
    """New reports for the SWV, and cases with an alarm after which nothing was noted, for everybody in them.

    An alarm is answered by an action that was noted on or after its day.
    """
    if not (is_swv(bereik) or eigen_verzuimscholen(bereik)):
        return
    noted = Verzuimactie.objects.filter(melding_id=OuterRef("pk")).order_by("-afgesproken_op")
    rows = Verzuimmelding.objects.visible_to(bereik).open().order_by("eerste_dag", "pk")
    rows = rows.annotate(laatste=Subquery(noted.values("afgesproken_op")[:1]))
    staff = is_swv(bereik)

    def taken(found: Rijen) -> Iterator[Taak]:
        tasks = (_taak(*row, vandaag=vandaag, van_swv=staff) for row in found)
        yield from (task for task in tasks if task is not None)

    fields = ("pk", "kenmerk", "staat", "eerste_dag", "dagen_per_week", "laatste")
    yield Taakvraag(rows, fields, taken, HOOGSTENS, frozenset({"eerste_dag", "laatste"}))


def _taak(
    pk: int,
    kenmerk: str,
    staat: str,
    eerste_dag: date,
    dagen: Decimal,
    laatste: date | None,
    *,
    vandaag: date,
    van_swv: bool,
) -> Taak | None:
    url = reverse("ondersteuning:verzuimmelding", args=[pk])
    alarm = alarm_op(eerste_dag, vandaag, dagen_per_week=dagen)
    day = alarmdag(eerste_dag, alarm) if alarm is not None else vandaag
    if alarm is not None and (laatste is None or laatste < day):
        title = f"Noteer een actie bij melding {kenmerk}: {ALARMNAMEN[alarm]} afwezig"
        return Taak(title, url, day, soort="Aanwezigheid")
    if van_swv and staat in {GEMELD, HEROPEND}:
        return Taak(f"Neem melding {kenmerk} in behandeling", url, soort="Aanwezigheid")
    return None


def zoek_aanwezigheid(bereik: Bereik, q: str, hoeveel: int) -> list[Treffer]:
    """Cases with this part of a reference; by name one finds the pupil, whose page lists them.  At most one query."""
    q = q.strip()
    if not any(char.isdigit() for char in q) or not (is_swv(bereik) or eigen_verzuimscholen(bereik)):
        return []
    rows = Verzuimmelding.objects.visible_to(bereik).filter(op_kenmerk(q))
    found = rows.order_by("-pk").values_list("pk", "kenmerk", "school__naam", "staat")[:hoeveel]
    return [
        Treffer(
            f"Melding {kenmerk}",
            f"aanwezigheid, {school}, {STATEN[staat].lower()}",
            reverse("ondersteuning:verzuimmelding", args=[pk]),
        )
        for pk, kenmerk, school, staat in found
    ]
