"""The procedures about a pupil, of every kind together: for the pupil's page and the list of pupils.

A kind of procedure takes part by standing in ``SOORTEN``; its rows are read with the others in one query.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from ondersteuning.domain import aanvraag, overeenkomst, overstap, verzuimmelding
from ondersteuning.domain.aanzet import aan_zet
from ondersteuning.domain.besluit import staat_voor
from ondersteuning.models import Aanvraag, Overeenkomst, Overstap, Verzuimmelding
from ondersteuning.queries.aanwezigheid import TONEN as TONEN_VERZUIM
from ondersteuning.queries.aanzet import BIJ_SWV_SINDS
from ondersteuning.queries.lijst import TONEN
from ondersteuning.queries.overeenkomst import TONEN as TONEN_OVEREENKOMST
from ondersteuning.queries.overstap import WORKFLOWS
from ondersteuning.queries.overstap_lijst import TONEN as TONEN_OVERSTAP
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Status, Toon
from swv_portal.common.words import met_hoofdletter

_Rij = tuple[int, int, str, str, date, str, int]


@dataclass(frozen=True)
class Proceduresoort:
    """One kind.  ``model`` has ``visible_to``, ``leerling``, ``kenmerk``, ``staat``; ``sinds`` is the day of that.

    ``titel``, ``staten`` (their names) and ``wie`` (who is to act; empty: nobody) are asked with what stands in the
    field ``deel``.
    """

    model: type[Any]
    adres: str
    titel: Callable[[str], str]
    wie: Callable[[str, str], str]
    staten: Callable[[str], Mapping[str, str]]
    lopend: frozenset[str]
    tonen: Mapping[str, Toon]
    deel: str
    sinds: F | Case


#: Who is to act in what two schools arrange together.
_BIJ_SCHOLEN = {
    overstap.CONCEPT: "school van de leerling",
    overstap.GEVRAAGD: "beide scholen",
    overstap.BIJ_SWV: "SWV",
    overeenkomst.BIJ_SCHOLEN: "beide scholen",
}


def _bij_overeenkomst(staat: str, soort: str) -> str:
    """Who is to act in an agreement: a DWS place is signed by one school only."""
    alone = staat == overeenkomst.BIJ_SCHOLEN and soort == overeenkomst.Soort.DWS
    return "school van de leerling" if alone else _BIJ_SCHOLEN.get(staat, "")


SOORTEN: tuple[Proceduresoort, ...] = (
    Proceduresoort(
        Aanvraag,
        "ondersteuning:dossier",
        lambda _: "Aanvraag",
        aan_zet,
        lambda _: aanvraag.STATEN,
        aanvraag.LOPEND,
        TONEN,
        "route",
        # That there is a decision, or was one that was taken back, is not told before it was sent.
        Case(
            When(staat__in=[aanvraag.INGEDIEND, aanvraag.WORDT_VERSTUURD], then=Coalesce(BIJ_SWV_SINDS, F("sinds"))),
            default=F("sinds"),
        ),
    ),
    Proceduresoort(
        Overstap,
        "ondersteuning:overstap",
        lambda kind: overstap.SOORTNAMEN[kind],
        lambda state, _: _BIJ_SCHOLEN[state],
        lambda kind: WORKFLOWS[kind].staten,
        overstap.LOPEND,
        TONEN_OVERSTAP,
        "soort",
        F("sinds"),
    ),
    Proceduresoort(
        Overeenkomst,
        "ondersteuning:overeenkomst",
        lambda kind: overeenkomst.SOORTNAMEN[overeenkomst.Soort(kind)],
        _bij_overeenkomst,
        lambda _: overeenkomst.STATEN,
        frozenset(overeenkomst.STATEN) - overeenkomst.MET_BEWAARDAG,
        TONEN_OVEREENKOMST,
        "soort",
        F("sinds"),
    ),
    Proceduresoort(
        Verzuimmelding,
        "ondersteuning:verzuimmelding",
        lambda _: "Verzuimmelding",
        lambda state, _: "SWV" if state in {verzuimmelding.GEMELD, verzuimmelding.HEROPEND} else "school en SWV",
        lambda _: verzuimmelding.STATEN,
        verzuimmelding.OPEN,
        TONEN_VERZUIM,
        "soort",
        F("gemeld_op"),
    ),
)


@dataclass(frozen=True)
class Procedureregel:
    """One procedure as people read it: 'Aanvraag A-2526-0001', its status, and who is to act since when.

    ``adres`` is the name of its page, and so says of which kind it is.
    """

    titel: str
    url: str
    status: Status
    loopt: bool
    aanvraag: bool
    wie: str
    sinds: date
    adres: str


def procedures_van(bereik: Bereik, leerlingen: Collection[int]) -> dict[int, list[Procedureregel]]:
    """The procedures within reach about these pupils: what runs first, then the newest.  One query."""
    if not leerlingen:
        return {}
    first, *others = (_rijen(number, bereik, leerlingen) for number in range(len(SOORTEN)))
    rows: list[_Rij] = list(first.union(*others, all=True) if others else first)
    is_swv = bereik.heeft(*SWV_DOSSIER)
    found: dict[int, list[Procedureregel]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row[4], row[1]), reverse=True):
        found[row[0]].append(_regel(row, is_swv))
    return {pupil: sorted(lines, key=lambda line: not line.loopt) for pupil, lines in found.items()}


def _rijen(nummer: int, bereik: Bereik, leerlingen: Collection[int]) -> "QuerySet[Any, Any]":
    kind = SOORTEN[nummer]
    rows: QuerySet[Any] = kind.model.objects.visible_to(bereik).filter(leerling_id__in=list(leerlingen))
    part = Cast(F(kind.deel), CharField())
    number = Value(nummer, output_field=IntegerField())
    return rows.order_by().values_list("leerling_id", "pk", "kenmerk", "staat", kind.sinds, part, number)


def _regel(rij: _Rij, is_swv: bool) -> Procedureregel:
    """A row as people read it; a decision that was not sent yet is known to the SWV only."""
    _, pk, reference, state, since, part, number = rij
    kind = SOORTEN[number]
    if kind.model is Aanvraag:
        state = staat_voor(state, is_swv=is_swv)
    runs = state in kind.lopend
    return Procedureregel(
        titel=f"{met_hoofdletter(kind.titel(part))} {reference}",
        url=reverse(kind.adres, args=[pk]),
        status=Status(kind.staten(part)[state], kind.tonen.get(state, "neutraal")),
        loopt=runs,
        aanvraag=kind.model is Aanvraag,
        wie=kind.wie(state, part) if runs else "",
        sinds=since,
        adres=kind.adres,
    )
