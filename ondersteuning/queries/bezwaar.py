"""Objections as the SWV sees them: the list, one with its terms, and the tasks by deadline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ondersteuning.domain.bezwaar import (
    INDIENERNAMEN,
    ONTVANGEN,
    OPEN,
    STATEN,
    TEGENNAMEN,
    Tijdigheid,
    bezwaartermijnen,
    tijdig,
)
from ondersteuning.models import Bezwaar
from ondersteuning.queries.besluitregels import TONEN, feiten
from ondersteuning.queries.stand import instellingen
from swv_portal.common.dates import datum, datum_met_afstand
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Gegeven, Status
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak
from swv_portal.common.terms import Termijn

KOLOMMEN = ("Aanvraag", "Van", "Tegen", "Ontvangen", "Status", "Verweer uiterlijk", "Beslissen uiterlijk")
HOOGSTENS = 200
_VELDEN = (
    "pk",
    "aanvraag__kenmerk",
    "indiener",
    "tegen",
    "ontvangen_op",
    "staat",
    "te_laat",
    "verweer_uiterlijk",
    "beslis_uiterlijk",
)


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
            INDIENERNAMEN[who],
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
    verweer: Termijn
    beslissen: Termijn


def bezwaarpagina(bezwaar: Bezwaar, *, vandaag: date) -> Bezwaarpagina:
    """The page of one objection.  ``bezwaar`` has its application joined."""
    terms = bezwaartermijnen(
        ontvangen=bezwaar.ontvangen_op,
        termijn_tot=bezwaar.termijn_tot,
        verdaagd=bezwaar.verdaagd_op is not None,
        today=vandaag,
        gelijkgesteld=instellingen().gelijkgesteld,
    )
    return Bezwaarpagina(
        bezwaar=bezwaar,
        titel=f"Bezwaar bij aanvraag {bezwaar.aanvraag.kenmerk}",
        status=Status(bezwaar.staatnaam, TONEN[bezwaar.staat]),
        regels=_regels(bezwaar, vandaag),
        tijdig=tijdig(
            ontvangen=bezwaar.ontvangen_op, poststempel=bezwaar.poststempel_op, termijn_tot=bezwaar.termijn_tot
        ),
        verweer=terms.verweer,
        beslissen=terms.beslissen,
    )


def _regels(bezwaar: Bezwaar, vandaag: date) -> list[Gegeven]:
    lines = [
        Gegeven("Van", bezwaar.indienernaam),
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
