"""A pupil with a budget for entry or return left: it stops at the end of that month (par. 8.1.5)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from kernen.models import School
from ondersteuning.domain.budgetperiode import controleer_vertrek, einde_bij_vertrek, laatste_dag
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.models import Aanvraag, Leerling, Overstap, Plaatsing
from ondersteuning.queries.budgetten import BUDGETSOORTEN, budgetten
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update

AL_GEMELD = Refusal(
    "al_gemeld", "Het vertrek is al gemeld. Klopt de dag niet? Vraag het samenwerkingsverband dit te wijzigen."
)
GEEN_DAG = Refusal("leeg", "Vul in op welke dag de leerling vertrok.", "vertrokken_op")


def meld_vertrek(
    *, actor: Actor, pk: int, versie: int | None, vertrokken_op: date | None, vandaag: date
) -> Plaatsing | Refusal:
    """Record the day on which the pupil left the receiving school, by that school or the SWV.

    The budget ends with that month; the SWV can correct the day, or take it away (``None``): then it runs as it did.
    Refuses ``verouderd``, ``al_gemeld``, ``leeg``, ``voor_inschrijving``, ``toekomst``, ``voorbij``.
    """
    with transaction.atomic():
        place = load_for_update(budgetten(actor.bereik), pk)
        is_swv = actor.bereik.heeft(*SWV_DOSSIER)
        if refusal := check_version(place, versie):
            return refusal
        if place.vertrokken_op is not None and not is_swv:
            return AL_GEMELD
        if vertrokken_op is None and place.vertrokken_op is None:
            return GEEN_DAG
        full = place.einde_zonder_vertrek or place.einde or laatste_dag(place.begin)
        if vertrokken_op is not None:
            refusal = controleer_vertrek(
                inschrijving=place.begin, einde=full, vertrokken_op=vertrokken_op, vandaag=vandaag
            )
            if refusal is not None:
                return refusal
        _zet(place, full, vertrokken_op)
        _schrijf_op(actor, place, vandaag=vandaag)
        return place


def stop_budgetten(leerling: Leerling, naar: School | None, *, per: date, actor: Actor, vandaag: date) -> None:
    """The pupil is at ``naar`` from ``per``: the budget of another school stops with the month of its last day there.

    The budget that begins with this very move is that of ``naar`` and runs on.  Of a place that was imported it is not
    known which pupil it is: there the school tells it (``meld_vertrek``).  Inside the transaction that moves the pupil.
    """
    granted = Aanvraag.objects.filter(leerling=leerling).values("pk")
    own = Overstap.objects.filter(leerling=leerling, terugplaatsing__budgetplaats__isnull=False)
    returned = own.values("terugplaatsing__budgetplaats_id")
    rows = Plaatsing.objects.select_for_update().filter(
        Q(aanvraag_id__in=granted) | Q(pk__in=returned),
        Q(einde__isnull=True) | Q(einde__gte=per),
        soort__in=BUDGETSOORTEN,
        vertrokken_op__isnull=True,
    )
    if naar is not None:
        rows = rows.exclude(school_ontvangend=naar)
    for place in rows.order_by("pk"):
        full, last = place.einde or laatste_dag(place.begin), max(place.begin, per - timedelta(days=1))
        if last <= full:
            _zet(place, full, last)
            _schrijf_op(actor, place, vandaag=vandaag)


def _zet(plaats: Plaatsing, vol: date, vertrokken_op: date | None) -> None:
    plaats.vertrokken_op = vertrokken_op
    plaats.einde_zonder_vertrek = vol if vertrokken_op is not None else None
    plaats.einde = vol
    if vertrokken_op is not None:
        plaats.einde = einde_bij_vertrek(inschrijving=plaats.begin, einde=vol, vertrokken_op=vertrokken_op)
    plaats.versie += 1
    plaats.save()


def _schrijf_op(actor: Actor, plaats: Plaatsing, *, vandaag: date) -> None:
    """In the timeline of the place and of the terugplaatsing it belongs to, which is kept accordingly."""
    end = plaats.einde or laatste_dag(plaats.begin)
    told = f"Het budget loopt tot en met {lange_datum(end)}."
    left = plaats.vertrokken_op is not None
    text = f"Heeft gemeld dat de leerling is vertrokken. {told}" if left else f"Het vertrek is teruggedraaid. {told}"
    audit.record(actor=actor, soort="plaatsing.vertrek", onderwerp=plaats, tekst=text)
    case = Overstap.objects.select_for_update().filter(terugplaatsing__budgetplaats=plaats).first()
    if case is not None:
        case.bewaren_tot = bewaren_tot(max(end, case.afgesloten_op or vandaag))
        case.save(update_fields=["bewaren_tot", "gewijzigd"])
        audit.record(actor=actor, soort="terugplaatsing.vertrek", onderwerp=case.terugplaatsing, tekst=text)
