"""One overstap as its page shows it: prepared text, and what this person can do."""

from dataclasses import dataclass
from datetime import date

from ondersteuning.domain.budgetperiode import eerste_dag, laatste_dag
from ondersteuning.domain.overstap import (
    BIJ_SWV,
    CONCEPT,
    DEFINITIEF,
    GEVRAAGD,
    NAAR_SCHOOL,
    SOORTNAMEN,
    VAN_SCHOOL,
)
from ondersteuning.domain.terugplaatsing import AANWEZIGNAMEN, HERKOMSTNAMEN, geen_budget, startgesprek_gehouden
from ondersteuning.models import BaoBao, Terugplaatsing
from ondersteuning.queries.budgetten import einde_van
from ondersteuning.queries.leerlingen import leerling_url
from ondersteuning.queries.overstap import (
    WORKFLOWS,
    Geval,
    instellingen,
    kwam_van_ontvangende,
    rollen_bij,
    stand_baobao,
    stand_van,
)
from ondersteuning.queries.overstap_lijst import status
from swv_portal.common.dates import datum, lange_datum
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Gegeven, Kijker, Status
from swv_portal.common.workflow import Option


@dataclass(frozen=True)
class Deel:
    """A part of the page: a heading with its facts."""

    kop: str
    regels: list[Gegeven]


@dataclass(frozen=True)
class Overstapdossier:
    """Everything that the page of an overstap prints."""

    geval: Geval
    titel: str
    soort: str
    status: Status
    aan_zet: list[tuple[str, str]]
    samenvatting: list[Gegeven]
    delen: list[Deel]
    kijkers: list[Kijker]
    opties: list[Option]
    leerling_url: str
    is_swv: bool
    is_van: bool
    is_naar: bool


def overstapdossier(geval: Geval, bereik: Bereik, *, vandaag: date) -> Overstapdossier:
    """The page for somebody with an account; ``geval`` lies within reach."""
    roles = rollen_bij(geval, bereik)
    facts = stand_van(geval, vandaag=vandaag)
    if isinstance(geval, BaoBao):
        # What a director declares is asked on the page of the step; who it is, is known here already.
        facts = stand_baobao(geval, vandaag=vandaag).met_verklaring(
            extra_behoeften=True, geen_verhuizing=True, wie=bereik.user_id
        )
    is_swv = bool(roles & SWV_DOSSIER)
    return Overstapdossier(
        geval=geval,
        titel=geval.leerling.naam or "Leerling zonder naam",
        soort=SOORTNAMEN[geval.soort],
        status=status(geval.soort, geval.staat),
        aan_zet=aan_zet(geval, vandaag=vandaag),
        samenvatting=samenvatting(geval),
        delen=_delen_baobao(geval) if isinstance(geval, BaoBao) else _delen_terugplaatsing(geval),
        kijkers=kijkers(geval),
        opties=WORKFLOWS[geval.soort].options(geval.staat, roles, facts),
        leerling_url=leerling_url(geval.leerling, bereik),
        is_swv=is_swv,
        is_van=VAN_SCHOOL in roles,
        is_naar=NAAR_SCHOOL in roles,
    )


def aan_zet(geval: Geval, *, vandaag: date) -> list[tuple[str, str]]:
    """Who has to do something now, and what."""
    if geval.staat == CONCEPT:
        return [(str(geval.van_school), "vult de gegevens in en legt ze voor")]
    if geval.staat == BIJ_SWV:
        return [("Het samenwerkingsverband", "maakt de terugplaatsing definitief en kijkt of er budget is")]
    if geval.staat != GEVRAAGD:
        return []
    if isinstance(geval, BaoBao):
        sides = ((geval.van_bevestigd_op, geval.van_school), (geval.naar_bevestigd_op, geval.naar_school))
        return [(f"De directeur van {school}", "bevestigt de overstap") for done, school in sides if done is None]
    facts = stand_van(geval, vandaag=vandaag)
    if startgesprek_gehouden(facts) or geval.toestemming_op is None:  # type: ignore[arg-type]
        return [("Beide scholen", "leggen het startgesprek en de toestemming van de ouders vast")]
    return [(str(geval.naar_school), "bevestigt de komst van de leerling")]


def samenvatting(geval: Geval) -> list[Gegeven]:
    """The facts on top."""
    lines = [
        Gegeven("Van", str(geval.van_school)),
        Gegeven("Naar", str(geval.naar_school or "–")),
        Gegeven("Eerste dag op de nieuwe school", datum(geval.overstap_op) if geval.overstap_op else "–"),
    ]
    if geval.niet_verplaatst_op is not None:
        told = f"Nee, op {datum(geval.niet_verplaatst_op)} was de leerling al op een andere school"
        lines.append(Gegeven("Overgezet naar de nieuwe school", told))
    if isinstance(geval, Terugplaatsing):
        lines.append(Gegeven("TLV", geval.tlv_plaats.verwijzing if geval.tlv_plaats else "–"))
    elif geval.betaalt_tot is not None and geval.staat == DEFINITIEF:
        told = f"{geval.van_school}, tot en met {lange_datum(geval.betaalt_tot)}"
        lines.append(Gegeven("Wie betaalt een verwijzing naar SBO of SO", told))
    if geval.bewaren_tot is not None:
        lines.append(Gegeven("Dit bewaren wij tot en met", lange_datum(geval.bewaren_tot)))
    return lines


def budgetoordeel(geval: Terugplaatsing) -> str:
    """Is there a budget, and for which months?  One sentence.  One query for the settings."""
    reason = geen_budget(geval.herkomst, tlv_van_ontvangende=kwam_van_ontvangende(geval))
    if reason is not None:
        return reason.zin
    if geval.overstap_op is None:
        return "Er is budget. De periode hangt af van de eerste dag op de nieuwe school."
    first = lange_datum(eerste_dag(geval.overstap_op))
    last = lange_datum(laatste_dag(geval.overstap_op, instellingen().budgetmaanden))
    return f"Er is budget van {first} tot en met {last}. Het stopt eerder als de leerling vertrekt."


def _delen_terugplaatsing(geval: Terugplaatsing) -> list[Deel]:
    plan = [
        Gegeven("Waar zat de leerling eerder?", HERKOMSTNAMEN.get(geval.herkomst, "–")),
        Gegeven("Waarom nu?", geval.reden),
    ]
    met = [AANWEZIGNAMEN[who] for who in AANWEZIGNAMEN if who in geval.aanwezig]
    talk = [
        Gegeven("Startgesprek op", datum(geval.gesprek_op) if geval.gesprek_op else "nog niet vastgelegd"),
        Gegeven("Wie waren erbij?", ", ".join([*met, *([geval.anderen] if geval.anderen else [])])),
        Gegeven("Afspraken", geval.afspraken),
    ]
    return [Deel("Plan", plan), Deel("Startgesprek", talk), _toestemming(geval), _budget(geval), *_antwoord(geval)]


def _budget(geval: Terugplaatsing) -> Deel:
    place = geval.budgetplaats
    if place is not None:
        period = f"{lange_datum(eerste_dag(place.begin))} tot en met {lange_datum(einde_van(place))}"
        lines = [Gegeven("Budget", period), Gegeven("Verwijzing", place.verwijzing)]
        if place.vertrokken_op is not None:
            lines.append(Gegeven("Leerling vertrok op", datum(place.vertrokken_op)))
        return Deel("Budget van de nieuwe school", lines)
    told = geval.geen_budget_omdat if geval.staat == DEFINITIEF else budgetoordeel(geval)
    return Deel("Budget van de nieuwe school", [Gegeven("Volgens de regels", told)])


def _delen_baobao(geval: BaoBao) -> list[Deel]:
    def said(day: date | None, who: object) -> str:
        return f"{datum(day)}, door {who or 'een verwijderd account'}" if day else "nog niet bevestigd"

    confirmed = [
        Gegeven(f"Directeur van {geval.van_school}", said(geval.van_bevestigd_op, geval.van_bevestigd_door)),
        Gegeven(
            f"Directeur van {geval.naar_school or 'de nieuwe school'}",
            said(geval.naar_bevestigd_op, geval.naar_bevestigd_door),
        ),
    ]
    return [
        Deel("Plan", [Gegeven("Waarom deze overstap?", geval.reden)]),
        _toestemming(geval),
        Deel("Extra ondersteuning nodig, en geen verhuizing", confirmed),
        *_antwoord(geval),
    ]


def _toestemming(geval: Geval) -> Deel:
    day = geval.toestemming_op
    return Deel(
        "Toestemming van de ouders",
        [
            Gegeven("Toestemming op", datum(day) if day else "nog niet vastgelegd"),
            Gegeven("Wie gaf toestemming, en hoe?", geval.toestemming),
        ],
    )


def _antwoord(geval: Geval) -> list[Deel]:
    return [Deel("Toelichting", [Gegeven("Waarom het terugkwam of verviel", geval.antwoord)])] if geval.antwoord else []


def kijkers(geval: Geval) -> list[Kijker]:
    """Who sees this now."""
    found = [
        Kijker(f"IB'er en directeur van {geval.van_school}", "alles"),
        Kijker("Medewerkers van het samenwerkingsverband die dossiers behandelen", "alles; lezen komt in de tijdlijn"),
    ]
    if geval.gevraagde_school is not None:
        found.append(Kijker(f"IB'er en directeur van {geval.gevraagde_school}", "alles; lezen komt in de tijdlijn"))
    if isinstance(geval, Terugplaatsing) and geval.budgetplaats is not None:
        found.append(Kijker("Controller", "alleen het budget, zonder naam van de leerling"))
    return found
