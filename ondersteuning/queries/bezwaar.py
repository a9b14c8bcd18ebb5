"""Objections as the SWV sees them: the list, one with its terms, and the tasks by deadline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ondersteuning.domain.aanvraag import LOPEND, OUDER
from ondersteuning.domain.bezwaar import (
    BEZWAAR,
    BEZWAARMAKERNAMEN,
    ONTVANGEN,
    OPEN,
    STATEN,
    TEGENNAMEN,
    Bezwaarmaker,
    Gevolg,
    Stand,
    Tegen,
    bevoegd,
    nog_te_verdagen,
)
from ondersteuning.domain.bezwaartermijnen import Bezwaartermijnen, Tijdigheid, bezwaartermijnen, tijdig
from ondersteuning.domain.herstelverzoek import loopt_nog
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.rollen import DIRECTEUR_VAN_HET_SWV
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.besluitregels import TONEN, Ontvanger, feiten, ontvangers
from ondersteuning.queries.herstelverzoeken import Herstelregel, herstel_tot, herstelregel, open_herstelverzoek
from ondersteuning.queries.stand import instellingen
from swv_portal.access.actors import Actor
from swv_portal.common.dates import datum, datum_met_afstand, lange_datum
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Gegeven, Status
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak
from swv_portal.common.workflow import Transition

KOLOMMEN = ("Aanvraag", "Van", "Tegen", "Ontvangen", "Status", "Verweer uiterlijk", "Beslissen uiterlijk")
HOOGSTENS = 200
_VELDEN = (
    "pk",
    "aanvraag__kenmerk",
    "bezwaarmaker",
    "tegen",
    "ontvangen_op",
    "staat",
    "te_laat",
    "verweer_uiterlijk",
    "beslis_uiterlijk",
)


def aantal_ouders(aanvraag: Aanvraag) -> int:
    """How many parents take part.  ``aanvraag.partijen`` may be read in advance."""
    return sum(1 for party in aanvraag.partijen.all() if party.soort == OUDER and party.naam)


def oudernamen(aanvraag: Aanvraag) -> dict[str, str]:
    """The names of the parents who take part, by the code of who objects.  For the SWV's own screens."""
    parents = [party for party in aanvraag.partijen.all() if party.soort == OUDER and party.naam]
    return {f"ouder_{party.volgnummer}": party.naam for party in parents}


def gefilterd(bereik: Bereik, staat: str) -> "QuerySet[Bezwaar]":
    """The objections within reach, in this state; ``open`` is every state that still has to end."""
    rows = Bezwaar.objects.visible_to(bereik)
    if staat == "open":
        return rows.open()
    return rows.filter(staat=staat) if staat in STATEN else rows


def bladzijde(bereik: Bereik, staat: str, plek: Plek, vandaag: date) -> Blad:
    """One page of the list, the newest first.  Two queries, however many rows."""
    return blader(gefilterd(bereik, staat), plek, lambda cut: _rijen(cut.values("pk"), vandaag))


def _rijen(sleutels: "QuerySet[Any, Any]", vandaag: date) -> list[tuple[int, list[Cel | Status | str]]]:
    base = reverse("ondersteuning:bezwaar", args=[0]).removesuffix("0/")
    rows = Bezwaar.objects.filter(pk__in=sleutels).values_list(*_VELDEN)
    found: list[tuple[int, list[Cel | Status | str]]] = []
    for pk, reference, who, against, received, state, late, defence, decide in rows:
        running = state in OPEN
        cells: list[Cel | Status | str] = [
            Cel(reference, f"{base}{pk}/"),
            BEZWAARMAKERNAMEN[who],
            TEGENNAMEN[against],
            f"{datum(received)} (te laat)" if late else datum(received),
            Status(STATEN[state], TONEN[state]),
            datum_met_afstand(defence, vandaag) if state == ONTVANGEN else "–",
            datum_met_afstand(decide, vandaag) if running else "–",
        ]
        found.append((pk, cells))
    return found


@dataclass(frozen=True)
class Bezwaarpagina:
    """One objection with everything the SWV knows of it."""

    bezwaar: Bezwaar
    titel: str
    status: Status
    regels: list[Gegeven]
    tijdig: Tijdigheid
    termijnen: Bezwaartermijnen
    herstel: list[Herstelregel]


def termijnen_van(bezwaar: Bezwaar, *, vandaag: date) -> Bezwaartermijnen:
    """The terms of an objection as they are on ``vandaag``; after its end they stand as they were then.

    Two queries: the requests to repair an omission, and the days that this SWV treats as holidays.
    """
    return bezwaartermijnen(
        ontvangen=bezwaar.ontvangen_op,
        termijn_tot=bezwaar.termijn_tot,
        verdaagd=bezwaar.verdaagd_op is not None,
        today=bezwaar.afgesloten_op or vandaag,
        herstel=[each.opschorting for each in bezwaar.herstelverzoeken.all()],
        gelijkgesteld=instellingen().gelijkgesteld,
    )


def besluit_nu(aanvraag: Aanvraag, tegen: str) -> tuple[int, int | None]:
    """The last decision of this kind on the application: which time it was, and who took it (its key)."""
    if tegen == Tegen.INTREKKING:
        return aanvraag.intrekking_keer, aanvraag.intrekking_door_id
    return aanvraag.besluit_keer, aanvraag.besloten_door_id


def _andere_aanvraag(aanvraag: Aanvraag) -> str:
    """The reference of another application that runs for this pupil; empty when there is none."""
    others = Aanvraag.objects.filter(leerling_id=aanvraag.leerling_id, staat__in=sorted(LOPEND)).exclude(pk=aanvraag.pk)
    return others.order_by("pk").values_list("kenmerk", flat=True).first() or ""


def stand_van_bezwaar(
    bezwaar: Bezwaar, *, actor: Actor, vandaag: date, termijnen: Bezwaartermijnen | None = None, **more: str
) -> Stand:
    """The facts on which ``actor`` takes a step of this objection; ``more``: what was filled in with the step.

    ``termijnen``: those of ``vandaag``, when they were computed already.
    """
    roles = actor.bereik.rollen
    took_it = actor.user_id is not None and actor.user_id == bezwaar.besluitnemer_id
    again = more.get("gevolg") == Gevolg.OPNIEUW
    return Stand(
        vandaag=vandaag,
        beslis_uiterlijk=(termijnen or termijnen_van(bezwaar, vandaag=vandaag)).beslissen.laatste_dag,
        verdaagd=bezwaar.verdaagd_op is not None,
        staat_aanvraag=bezwaar.aanvraag.staat,
        tegen=bezwaar.tegen,
        geldt=bezwaar.keer == besluit_nu(bezwaar.aanvraag, bezwaar.tegen)[0],
        route_beslisser=bool(procedure_van(bezwaar.aanvraag.route).step("ken_toe").rollen & roles),
        nam_besluit=took_it and not roles & DIRECTEUR_VAN_HET_SWV,
        andere_aanvraag=_andere_aanvraag(bezwaar.aanvraag) if again else "",
        te_laat=bezwaar.te_laat,
        herstel_tot=herstel_tot(bezwaar, vandaag=vandaag),
        **more,
    )


def bezwaarpagina(bezwaar: Bezwaar, *, vandaag: date) -> Bezwaarpagina:
    """The page of one objection.  ``bezwaar`` has its application joined."""
    terms = termijnen_van(bezwaar, vandaag=vandaag)
    return Bezwaarpagina(
        bezwaar=bezwaar,
        titel=f"Bezwaar bij aanvraag {bezwaar.aanvraag.kenmerk}",
        status=Status(bezwaar.staatnaam, TONEN[bezwaar.staat]),
        regels=_regels(bezwaar, vandaag),
        tijdig=tijdig(
            ontvangen=bezwaar.ontvangen_op, poststempel=bezwaar.poststempel_op, termijn_tot=bezwaar.termijn_tot
        ),
        termijnen=terms,
        herstel=[herstelregel(each, bezwaar, terms, vandaag=vandaag) for each in bezwaar.herstelverzoeken.all()],
    )


def stappen_van(bezwaar: Bezwaar, rollen: Iterable[str], stand: Stand) -> list[Transition]:
    """The steps that somebody with ``rollen`` can take now, but for what is filled in with them."""
    waits = open_herstelverzoek(bezwaar)
    not_now = {
        "beslis": bevoegd(stand) is not None,
        "leg_herstel_vast": waits is None,
        "vraag_herstel": waits is not None and loopt_nog(waits.opschorting, stand.vandaag),
        "verdaag": nog_te_verdagen(stand) is not None,
    }
    found = [option.transition for option in BEZWAAR.options(bezwaar.staat, rollen, stand)]
    return [step for step in found if not not_now.get(step.naam)]


def briefnummer(bezwaar: Bezwaar) -> int:
    """Which objection of its application it is, from 1: the version of its letter."""
    return Bezwaar.objects.filter(aanvraag_id=bezwaar.aanvraag_id, pk__lte=bezwaar.pk).count()


def briefontvangers(bezwaar: Bezwaar) -> list[Ontvanger]:
    """Everybody who gets the letter of a decision on this objection, and who must get it by post."""
    found = ontvangers(bezwaar.aanvraag, met_deskundige=False)
    if bezwaar.bezwaarmaker == Bezwaarmaker.ANDER:
        found.append(Ontvanger("Wie bezwaar maakte", "geen ouder of school: stuur de brief per post", bereikbaar=False))
    return found


def let_op_bij_beslissen(bezwaar: Bezwaar, *, vandaag: date) -> list[str]:
    """What whoever decides now should know: what is not there yet, and what closes with it."""
    found = []
    if bezwaar.verweer_op is None:
        found.append("Er is nog geen verweer verstuurd.")
    if bezwaar.advies_op is None:
        found.append("Er is nog geen advies van de commissie.")
    until = herstel_tot(bezwaar, vandaag=vandaag)
    if until is not None:
        found.append(
            f"U vroeg om wat ontbreekt, uiterlijk op {lange_datum(until)}. Dat is er nog niet. Als u nu beslist, sluit "
            "u dat verzoek."
        )
    return found


def _regels(bezwaar: Bezwaar, vandaag: date) -> list[Gegeven]:
    lines = [
        Gegeven("Van", bezwaar.bezwaarmakernaam),
        Gegeven("Ontvangen op", datum(bezwaar.ontvangen_op)),
        *feiten(bezwaar, vandaag=vandaag),
    ]
    if bezwaar.staat == ONTVANGEN:
        lines.append(Gegeven("Verweer uiterlijk", datum_met_afstand(bezwaar.verweer_uiterlijk, vandaag)))
    for label, day in (
        ("Op de post gedaan op", bezwaar.poststempel_op),
        ("Verweer verstuurd op", bezwaar.verweer_op),
        ("Advies ontvangen op", bezwaar.advies_op),
        ("Verdaagd op", bezwaar.verdaagd_op),
    ):
        if day is not None:
            lines.append(Gegeven(label, datum(day)))
    return lines


def vraag_bezwaar(bereik: Bereik) -> Iterator[Taakvraag]:
    """What the SWV has to do about objections, by deadline."""
    if not bereik.heeft(*SWV_DOSSIER):
        return
    rows = Bezwaar.objects.visible_to(bereik).open().order_by("beslis_uiterlijk", "pk")

    def taken(found: Rijen) -> Iterator[Taak]:
        for pk, reference, state, defence, decide in found:
            url = reverse("ondersteuning:bezwaar", args=[pk])
            if state == ONTVANGEN:
                yield Taak(f"Stuur het verweer bij {reference}", url, defence, soort="Verweer sturen")
            yield Taak(f"Beslis op het bezwaar bij {reference}", url, decide, soort="Beslissen op een bezwaar")

    fields = ("pk", "aanvraag__kenmerk", "staat", "verweer_uiterlijk", "beslis_uiterlijk")
    yield Taakvraag(rows, fields, taken, HOOGSTENS, frozenset({"verweer_uiterlijk", "beslis_uiterlijk"}))
