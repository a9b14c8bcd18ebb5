"""One application as its page shows it: prepared text, per kind of reader no more than that reader needs."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, QuerySet

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.aanzet import Verzoek, verzoeken
from ondersteuning.domain.deskundigen import FUNCTIENAMEN, is_oud
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.stand import Stand
from ondersteuning.domain.termijnen import Beslistermijnen
from ondersteuning.models import Aanvraag, Advies, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.bemanning import bemanning_van
from ondersteuning.queries.lijst import status
from ondersteuning.queries.partijregels import Partijregel, partijregels
from ondersteuning.queries.secties import Sectie, aanvullingen, secties
from ondersteuning.queries.stand import rollen_bij, stand_van, termijnen_van
from ondersteuning.queries.swv_gebieden import met_gebieden, welk_swv_van
from swv_portal.common.dates import datum, datum_met_afstand, lange_datum
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Gegeven, Kijker, Status
from swv_portal.common.workflow import Option


@dataclass(frozen=True)
class Adviesregel:
    """An advice that can be read."""

    kop: str
    wie: str
    status: Status
    tekst: str
    oud: bool


@dataclass(frozen=True)
class Dossier:
    """Everything that the page of an application prints."""

    aanvraag: Aanvraag
    titel: str
    status: Status
    route: str
    stand: Stand
    samenvatting: list[Gegeven]
    secties: list[Sectie]
    partijen: list[Partijregel]
    adviezen: list[Adviesregel]
    aan_zet: tuple[Verzoek, ...]
    kijkers: list[Kijker]
    opties: list[Option]
    termijnen: Beslistermijnen | None
    vragen: list[Sectie]
    is_swv: bool
    is_school: bool
    is_ontvangend: bool


def dossiers(bereik: Bereik) -> "QuerySet[Aanvraag]":
    """The applications within reach, with everything that a dossier shows: a fixed number of queries."""
    return met_alles(Aanvraag.objects.visible_to(bereik))


def met_alles(rows: "QuerySet[Aanvraag]") -> "QuerySet[Aanvraag]":
    """The same applications with what belongs to them."""
    joined = met_gebieden(rows).select_related(
        "leerling",
        "tlvnummer",
        "verwijzende_school__bestuur",
        "ontvangende_school__bestuur",
        "gevraagde_school",
        "besloten_door",
    )
    return (
        joined.prefetch_related("partijen", "aanvullingen")
        .prefetch_related(Prefetch("adviezen", Advies.objects.geldig().select_related("user", "partij")))
        .prefetch_related(Prefetch("zienswijzen", Zienswijze.objects.geldig()))
    )


def dossier(aanvraag: Aanvraag, bereik: Bereik, *, vandaag: date) -> Dossier:
    """The page of one application for somebody with an account.  ``aanvraag`` comes from ``dossiers(bereik)``."""
    roles = rollen_bij(aanvraag, bereik)
    facts = _met_bemanning(stand_van(aanvraag, vandaag=vandaag), aanvraag, vandaag=vandaag)
    facts = replace(facts, welk_swv=welk_swv_van(aanvraag))
    is_swv, is_school = bool(roles & SWV_DOSSIER), bool(roles & procedure.SCHOOL)
    inside = is_swv or is_school
    terms = termijnen_van(aanvraag, vandaag=vandaag)
    return Dossier(
        aanvraag=aanvraag,
        titel=aanvraag.leerling.naam or "Nieuwe aanvraag",
        status=status(aanvraag.staat),
        route=ROUTES[aanvraag.route].naam,
        stand=facts,
        samenvatting=samenvatting(aanvraag, terms, vandaag=vandaag),
        secties=secties(aanvraag, met_contact=inside),
        partijen=partijregels(aanvraag, facts, met_links=inside),
        adviezen=adviesregels(aanvraag, vandaag=vandaag),
        aan_zet=verzoeken(aanvraag.staat, facts),
        kijkers=kijkers(aanvraag),
        opties=procedure.AANVRAAG.options(aanvraag.staat, roles, facts),
        termijnen=terms,
        vragen=aanvullingen(aanvraag) if inside else [],
        is_swv=is_swv,
        is_school=is_school,
        is_ontvangend=bool(roles & procedure.ONTVANGEND),
    )


def _met_bemanning(facts: Stand, aanvraag: Aanvraag, *, vandaag: date) -> Stand:
    """The facts, with whether the receiving school can answer: only as long as it is (going to be) asked."""
    school = aanvraag.ontvangende_school_id
    answered = facts.eerste_advies is not None and facts.plaats is True
    if aanvraag.staat not in procedure.NOOIT_INGEDIEND or school is None or answered:
        return facts
    return replace(facts, bemanning=bemanning_van([school], vandaag)[school])


def samenvatting(aanvraag: Aanvraag, terms: Beslistermijnen | None, *, vandaag: date) -> list[Gegeven]:
    """The facts on top of the dossier."""
    lines = [
        Gegeven("School", aanvraag.verwijzende_school.naam),
        Gegeven("Ontvangende school", aanvraag.ontvangende_school.naam if aanvraag.ontvangende_school else "–"),
        Gegeven("Categorie", CATEGORIENAMEN.get(aanvraag.categorie, "–")),
    ]
    if aanvraag.ingediend_op is not None:
        lines.append(Gegeven("Ontvangen op", datum(aanvraag.ingediend_op)))
    if terms is not None and aanvraag.besloten_op is None:
        for label, term in (("Besluit uiterlijk", terms.eigen), ("Wettelijke termijn", terms.wettelijk)):
            still = " – de termijn staat stil" if term.staat_stil else ""
            lines.append(Gegeven(label, datum_met_afstand(term.laatste_dag, vandaag) + still))
    if aanvraag.besloten_op is not None:
        lines.append(Gegeven("Besloten op", datum(aanvraag.besloten_op)))
    if aanvraag.tlvnummer is not None:
        lines.append(Gegeven("TLV-nummer", aanvraag.tlvnummer.nummer))
    if aanvraag.geldig_van and aanvraag.geldig_tot:
        lines.append(
            Gegeven("Geldig", f"{lange_datum(aanvraag.geldig_van)} tot en met {lange_datum(aanvraag.geldig_tot)}")
        )
    if aanvraag.bezwaar_tot is not None:
        lines.append(Gegeven("Bezwaar mogelijk tot en met", datum_met_bezwaar(aanvraag.bezwaar_tot, vandaag)))
    if aanvraag.bewaren_tot is not None:
        lines.append(Gegeven("Dit dossier bewaren wij tot en met", lange_datum(aanvraag.bewaren_tot)))
    return lines


def datum_met_bezwaar(dag: date, vandaag: date) -> str:
    """The last day to object; after it the term is over, not 'too late'."""
    return datum_met_afstand(dag, vandaag) if dag >= vandaag else f"{datum(dag)} (voorbij)"


def adviesregels(aanvraag: Aanvraag, *, vandaag: date) -> list[Adviesregel]:
    """The advices that count, the first one first."""
    names = {EERSTE: "Eerste deskundige", TWEEDE: "Tweede deskundige"}
    found = []
    for advice in sorted(aanvraag.adviezen.all(), key=lambda item: item.soort):
        if advice.vervallen_op is not None:
            continue
        who = advice.partij.naam if advice.partij else str(advice.user or "een verwijderd account")
        found.append(
            Adviesregel(
                kop=names[advice.soort],
                wie=f"{who}, {FUNCTIENAMEN[advice.functie]}, {lange_datum(advice.gegeven_op)}",
                status=Status("steunt de plaats", "goed")
                if advice.steunt
                else Status("steunt de plaats niet", "let_op"),
                tekst=advice.tekst,
                oud=is_oud(advice.gegeven_op, vandaag),
            )
        )
    return found


def kijkers(aanvraag: Aanvraag) -> list[Kijker]:
    """Who sees this dossier now, and what of it."""
    found = [
        Kijker(f"IB'er en directeur van {aanvraag.verwijzende_school.naam}", "het hele dossier"),
        Kijker(
            "Medewerkers van het samenwerkingsverband die aanvragen behandelen",
            "het hele dossier; lezen komt in de tijdlijn",
        ),
    ]
    if aanvraag.gevraagde_school is not None:
        found.append(
            Kijker(
                f"Orthopedagoog van {aanvraag.gevraagde_school.naam}",
                "het dossier, zonder contactgegevens en zonder de woorden van de ouders; lezen komt in de tijdlijn",
            )
        )
    shows = aanvraag.staat not in {procedure.CONCEPT, procedure.INGETROKKEN}
    for party in aanvraag.partijen.all():
        if party.link_id is not None and shows:
            what = (
                "de aanvraag, de adviezen en het besluit"
                if party.soort == procedure.OUDER
                else "de aanvraag, de uitkomst en het eigen advies, niet de brief"
            )
            found.append(Kijker(party.label.capitalize(), f"{what}, met een persoonlijke link"))
    return found
