"""The agenda of a case meeting: the open cases, alarms first, with what changed since the meeting before."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ondersteuning.domain.aanwezigheid import AANPAK, EINDES, OORZAKEN, Alarm, alarm_op, alarmdag
from ondersteuning.domain.casusoverleg import vorig_overleg
from ondersteuning.models import Verzuimmelding
from ondersteuning.queries.aanwezigheid import alarm_in_woorden, alarmstatus, duur, verzuimstatus
from ondersteuning.queries.verzuimmelding import Actieregel, actieregel
from swv_portal.common.dates import datum, lange_datum
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Gegeven, Status

_ERNST = {Alarm.DRIE_MAANDEN: 0, Alarm.VIER_WEKEN: 1, None: 2}


@dataclass(frozen=True)
class Agendapunt:
    """One case on the agenda."""

    pk: int
    kenmerk: str
    url: str
    leerling: str
    status: Status
    alarm: Status | None
    gegevens: list[Gegeven]
    nieuws: list[str]
    te_doen: list[Actieregel]
    afgesproken: list[Actieregel]


@dataclass(frozen=True)
class Agenda:
    """The meeting of one day: what is open then, and what was closed since the meeting before."""

    dag: date
    vorige: date
    punten: list[Agendapunt]
    afgesloten: list[str]


def agenda(bereik: Bereik, dag: date, *, weken: int, vandaag: date) -> Agenda:
    """The agenda of the meeting on ``dag``, as things stand today.  Three queries, however many cases."""
    previous = vorig_overleg(dag, weken=weken)
    seen = Verzuimmelding.objects.visible_to(bereik)
    rows = seen.open().select_related("leerling", "school", "consulent").prefetch_related("acties")
    cases = sorted(rows, key=lambda case: (_ernst(case, dag), case.eerste_dag, case.pk))
    closed = seen.filter(afgesloten_op__gte=previous, afgesloten_op__lte=dag).order_by("kenmerk")
    return Agenda(
        dag,
        previous,
        [_punt(case, dag, previous, vandaag) for case in cases],
        [f"{kenmerk}: {EINDES[kind]}" for kenmerk, kind in closed.values_list("kenmerk", "einde_soort")],
    )


def _ernst(melding: Verzuimmelding, dag: date) -> int:
    return _ERNST[alarm_op(melding.eerste_dag, dag, dagen_per_week=melding.dagen_per_week)]


def _punt(melding: Verzuimmelding, dag: date, vorige: date, vandaag: date) -> Agendapunt:
    actions = [(action, actieregel(action, vandaag)) for action in melding.acties.all()]
    return Agendapunt(
        pk=melding.pk,
        kenmerk=melding.kenmerk,
        url=reverse("ondersteuning:verzuimmelding", args=[melding.pk]),
        leerling=melding.leerling.naam or "Leerling zonder naam",
        status=verzuimstatus(melding.staat),
        alarm=alarm_in_woorden(
            alarmstatus(melding.eerste_dag, melding.staat, dag, dagen_per_week=melding.dagen_per_week)
        ),
        gegevens=[
            Gegeven("School", melding.school.naam),
            Gegeven("Afwezig sinds", duur(melding.eerste_dag, None, vandaag)),
            Gegeven("Hoofdoorzaak", OORZAKEN[melding.oorzaak]),
            Gegeven("Stap", AANPAK[melding.aanpak]),
            Gegeven("Consulent", str(melding.consulent) if melding.consulent else "nog niemand"),
        ],
        nieuws=_nieuws(melding, dag, vorige),
        te_doen=[line for action, line in actions if line.te_doen and action.overleg_op != dag],
        afgesproken=[line for action, line in actions if action.overleg_op == dag],
    )


def _nieuws(melding: Verzuimmelding, dag: date, vorige: date) -> list[str]:
    """What happened from the day of the meeting before up to this one."""
    found = []
    if vorige <= melding.gemeld_op <= dag:
        found.append(f"Nieuw: gemeld op {datum(melding.gemeld_op)}.")
    for alarm, word in ((Alarm.VIER_WEKEN, "vier weken"), (Alarm.DRIE_MAANDEN, "drie maanden")):
        reached = alarmdag(melding.eerste_dag, alarm)
        if melding.dagen_per_week and vorige <= reached <= dag:
            found.append(f"Op {lange_datum(reached)} is de leerling {word} afwezig.")
    for action in melding.acties.all():
        if action.gedaan_op is not None and vorige <= action.gedaan_op <= dag:
            found.append(f"Gedaan op {lange_datum(action.gedaan_op)} door {action.wie}: {action.wat}")
        elif action.overleg_op is None and vorige <= action.afgesproken_op <= dag:
            found.append(f"Afgesproken op {lange_datum(action.afgesproken_op)}: {action.wat} ({action.wie})")
    return found
