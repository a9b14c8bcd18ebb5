"""One agreement: the facts that the procedure looks at, who acts, and its page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from kernen.domain.rollen import toekenners_van
from kernen.queries import houders_per_school
from ondersteuning.domain import overeenkomst as procedure
from ondersteuning.domain.overeenkomst import ANDERE_DIRECTEUR, OVEREENKOMST, SOORTNAMEN, STATEN, Feiten, Soort
from ondersteuning.domain.overeenkomstperiode import Grenzen, Opgave, controleer
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Overeenkomst
from ondersteuning.queries.leerlingen import leerling_url
from ondersteuning.queries.stand import instellingen
from swv_portal.common.dates import datum, datum_met_afstand
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol
from swv_portal.common.screens import Gegeven, Kijker, Status, Toon
from swv_portal.common.workflow import Option

TONEN: dict[str, Toon] = {
    procedure.CONCEPT: "neutraal",
    procedure.BIJ_SCHOLEN: "bezig",
    procedure.BIJ_SWV: "bezig",
    procedure.LOPEND: "goed",
    procedure.AFGEWEZEN: "fout",
    procedure.INGETROKKEN: "neutraal",
    procedure.GESTOPT: "let_op",
}
AFGELOPEN = Status("Afgelopen", "neutraal")

#: What must be filled in before anybody signs, per kind: the column and its label.
NODIG: dict[str, tuple[tuple[str, str], ...]] = {
    Soort.SYMBIOSE: (
        ("andere_school_id", "de andere school"),
        ("begin", "de begindatum"),
        ("einde", "de einddatum"),
        ("doelen", "de doelen"),
        ("programma", "het programma"),
        ("bekostiging", "wie wat betaalt"),
        ("in_opp", "dat de afspraken in het OPP staan"),
        ("toestemming_op", "de toestemming van de ouders"),
    ),
    Soort.DWS: (
        ("groep", "de groep"),
        ("begin", "de begindatum"),
        ("doelen", "de doelen"),
        ("toestemming_op", "de toestemming van de ouders"),
    ),
    Soort.OBSERVATIE: (
        ("andere_school_id", "de school van de observatiegroep"),
        ("begin", "de begindatum"),
        ("einde", "de einddatum"),
        ("doelen", "de doelen"),
        ("toestemming_op", "de toestemming van de ouders"),
    ),
}


def grenzen() -> Grenzen:
    """What this SWV chose about agreements.  One query."""
    chosen = instellingen()
    return Grenzen(chosen.observatie_maanden, chosen.symbiose_schooljaren, chosen.dws_vanaf_groep)


def opgave_van(row: Overeenkomst) -> Opgave:
    """What is said in this agreement, for the rules on group, schools and period."""
    other = row.andere_school
    return Opgave(
        soort=row.soort,
        schoolsoort=row.school.soort,
        begin=row.begin,
        einde=row.einde,
        groep=row.groep,
        andere_soort=other.soort if other else None,
        zelfde_school=row.andere_school_id == row.school_id,
    )


def feiten_van(row: Overeenkomst, *, vandaag: date, toelichting: str = "") -> Feiten:
    """The facts of one agreement today.  One query, for what the SWV chose."""
    return Feiten(
        soort=row.soort,
        vandaag=vandaag,
        einde=row.einde,
        ontbreekt=tuple(label for name, label in NODIG[row.soort] if not getattr(row, name)),
        bezwaren=controleer(opgave_van(row), grenzen()),
        getekend_school=row.getekend_school_op,
        getekend_andere=row.getekend_andere_op,
        toelichting=toelichting,
    )


def rollen_bij(row: Overeenkomst, bereik: Bereik) -> frozenset[str]:
    """The roles that count for this agreement: those of the pupil's school and the SWV, and the other director."""
    own = bereik.rollen_bij(school=row.school_id) - {Rol.ORTHOPEDAGOOG}
    asked = bereik.rollen_bij(school=row.gevraagde_school_id) if row.gevraagde_school_id else frozenset()
    other = {ANDERE_DIRECTEUR} if Rol.SCHOOLDIRECTEUR in asked else set()
    return frozenset(own | other)


def overeenkomsten(bereik: Bereik) -> "QuerySet[Overeenkomst]":
    """The agreements within reach, with what their page shows."""
    return Overeenkomst.objects.visible_to(bereik).select_related(
        "leerling", "school", "andere_school", "gevraagde_school", "getekend_school_door", "getekend_andere_door"
    )


def status_van(staat: str, einde: date | None, vandaag: date) -> Status:
    """The state in words; what ran until its last day is over."""
    if staat in {procedure.LOPEND, procedure.GESTOPT} and einde is not None and einde < vandaag:
        return AFGELOPEN
    return Status(STATEN[staat], TONEN[staat])


@dataclass(frozen=True)
class Tekst:
    """A piece of what was agreed, in the words of the school."""

    kop: str
    tekst: str


@dataclass(frozen=True)
class Pagina:
    """Everything that the page of an agreement prints."""

    rij: Overeenkomst
    titel: str
    status: Status
    samenvatting: list[Gegeven]
    teksten: list[Tekst]
    eerder: list[Gegeven]
    aan_zet: str
    opties: list[Option]
    kijkers: list[Kijker]
    is_school: bool
    is_swv: bool
    uitnodigen: str = ""
    leerling_url: str = ""


def pagina(row: Overeenkomst, bereik: Bereik, *, vandaag: date) -> Pagina:
    """The page of one agreement for somebody with an account.  ``row`` comes from ``overeenkomsten(bereik)``."""
    roles, facts = rollen_bij(row, bereik), feiten_van(row, vandaag=vandaag)
    is_swv, is_school = bool(roles & SWV_DOSSIER), bool(roles & SCHOOLROLLEN)
    waiting, invite = _aan_zet(row, facts, vandaag)
    return Pagina(
        rij=row,
        titel=row.leerling.naam or "Leerling zonder naam",
        status=status_van(row.staat, row.einde, vandaag),
        samenvatting=samenvatting(row, vandaag),
        teksten=_teksten(row),
        eerder=_eerder(row),
        aan_zet=waiting,
        opties=OVEREENKOMST.options(row.staat, roles, facts),
        kijkers=kijkers(row),
        is_school=is_school,
        is_swv=is_swv,
        uitnodigen=invite if is_swv and toekenners_van(Rol.SCHOOLDIRECTEUR) & bereik.rollen else "",
        leerling_url=leerling_url(row.leerling, bereik),
    )


def samenvatting(row: Overeenkomst, vandaag: date) -> list[Gegeven]:
    """The facts beside the page."""
    found = [Gegeven("Kenmerk", row.kenmerk), Gegeven("Soort", SOORTNAMEN[row.soort])]
    found.append(Gegeven("School van de leerling", row.school.naam))
    if row.soort != Soort.DWS:
        found.append(Gegeven("Andere school", row.andere_school.naam if row.andere_school else ""))
    if row.groep:
        found.append(Gegeven("Groep", row.groep))
    found.append(Gegeven("Begin", datum(row.begin) if row.begin else ""))
    found.append(Gegeven("Tot en met", _einde(row, vandaag)))
    if row.gestopt_per:
        found.append(Gegeven("Gestopt na", datum(row.gestopt_per)))
    found.append(Gegeven("Ouders gaven toestemming", _dag(row.toestemming_op)))
    found.append(Gegeven("Getekend door de school", _handtekening(row.getekend_school_op, row.getekend_school_door)))
    if row.soort != Soort.DWS:
        signed = _handtekening(row.getekend_andere_op, row.getekend_andere_door)
        found.append(Gegeven("Getekend door de andere school", signed))
    if row.bewaren_tot:
        found.append(Gegeven("Bewaren tot en met", datum(row.bewaren_tot)))
    return found


def _einde(row: Overeenkomst, vandaag: date) -> str:
    if row.einde is not None and row.staat == procedure.LOPEND and row.einde >= vandaag:
        return datum_met_afstand(row.einde, vandaag)
    return _dag(row.einde)


def _dag(dag: date | None) -> str:
    return datum(dag) if dag else ""


def _handtekening(dag: date | None, wie: Any) -> str:
    if dag is None:
        return "nog niet"
    return f"{datum(dag)}, {wie}" if wie else datum(dag)


def _teksten(row: Overeenkomst) -> list[Tekst]:
    told = [
        Tekst("Doelen", row.doelen),
        Tekst("Programma", row.programma),
        Tekst("Wie betaalt wat", row.bekostiging),
        Tekst("Reden", row.toelichting),
    ]
    return [each for each in told if each.tekst.strip()]


def _eerder(row: Overeenkomst) -> list[Gegeven]:
    """Who held a DWS place before, and in which period.  One query, of a DWS place only."""
    if row.soort != Soort.DWS:
        return []
    return [
        Gegeven(each.leerling.naam or "leerling zonder naam", f"{datum(each.van)} tot en met {datum(each.tot_en_met)}")
        for each in row.eerdere_deelnemers.select_related("leerling")
    ]


def sinds_wanneer(row: Overeenkomst) -> date | None:
    """Since when the present pupil has the place: the day after the last one, or the begin.  One query."""
    last = row.eerdere_deelnemers.order_by("-id").values_list("tot_en_met", flat=True).first()
    return last + timedelta(days=1) if last else row.begin


def _aan_zet(row: Overeenkomst, facts: Feiten, vandaag: date) -> tuple[str, str]:
    """Who acts now, in a sentence, and the way to invite a director where nobody can sign."""
    if row.staat == procedure.CONCEPT:
        return f"{row.school.naam} maakt de overeenkomst af en legt die voor.", ""
    if row.staat == procedure.BIJ_SWV:
        return "Het samenwerkingsverband beslist.", ""
    if row.staat != procedure.BIJ_SCHOLEN:
        return "", ""
    wanted = [(row.school, facts.getekend_school)]
    if facts.met_andere_school and row.gevraagde_school is not None:
        wanted.append((row.gevraagde_school, facts.getekend_andere))
    open_schools = [school for school, signed in wanted if signed is None]
    held = houders_per_school(vandaag, Rol.SCHOOLDIRECTEUR, [school.pk for school in open_schools])
    for school in open_schools:
        if not any(active for _, active in held.get(school.pk, [])):
            query = urlencode({"rol": str(Rol.SCHOOLDIRECTEUR), "school": school.pk})
            sentence = (
                f"Bij {school.naam} heeft nog geen directeur een account. Het samenwerkingsverband nodigt iemand uit."
            )
            return sentence, f"{reverse('kernen:persoon_nieuw')}?{query}"
    names = " en ".join(school.naam for school in open_schools)
    return f"Nog te tekenen door de {'directeur' if len(open_schools) == 1 else 'directeuren'} van {names}.", ""


def kijkers(row: Overeenkomst) -> list[Kijker]:
    """Who sees this agreement now."""
    found = [
        Kijker(f"IB'er en directeur van {row.school.naam}", "de hele overeenkomst"),
        Kijker("Medewerkers van het samenwerkingsverband", "de hele overeenkomst; lezen komt in de tijdlijn"),
    ]
    if row.gevraagde_school is not None:
        who = f"IB'er, directeur en orthopedagoog van {row.gevraagde_school.naam}"
        found.append(Kijker(who, "de hele overeenkomst; lezen komt in de tijdlijn"))
    return found
