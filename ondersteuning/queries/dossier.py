"""One application as its page shows it: prepared text, per kind of reader no more than that reader needs."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.aanzet import Verzoek, verzoeken
from ondersteuning.domain.deskundigen import FUNCTIENAMEN, is_oud
from ondersteuning.domain.herinneringen import vraagt_iets
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.route import ORTHOPEDAGOOG
from ondersteuning.domain.routes import Deelnemer, Route
from ondersteuning.domain.stand import Stand
from ondersteuning.domain.termijnen import Beslistermijnen
from ondersteuning.domain.tlv_bao import is_toegekend
from ondersteuning.models import Aanvraag, Advies, Leerlingdocument
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries import bestuursadviezen
from ondersteuning.queries.bemanning import bemanning_van
from ondersteuning.queries.besluit import tegengehouden_door, zonder_onverstuurd
from ondersteuning.queries.besluitregels import (
    Bezwaarregel,
    Heroverweging,
    besluitregels,
    bezwaarregels,
    heroverweging,
    terug_tot,
)
from ondersteuning.queries.leerlingen import leerling_url
from ondersteuning.queries.lijst import status
from ondersteuning.queries.partijregels import Partijregel, partijregels
from ondersteuning.queries.secties import Sectie, aanvullingen, met_reacties, onderzoek, secties
from ondersteuning.queries.stand import rollen_bij, stand_van, termijnen_van
from ondersteuning.queries.swv_gebieden import met_gebieden, welk_swv_van
from ondersteuning.querysets import AanvraagQuerySet
from swv_portal.common.dates import datum, datum_met_afstand, lange_datum
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Gegeven, Kijker, Status
from swv_portal.common.workflow import Option

#: What everybody with a personal link reads.
LEEST = {
    procedure.OUDER: "de aanvraag, de adviezen en het besluit",
    procedure.TWEEDE_DESKUNDIGE: "de aanvraag, de uitkomst en het eigen advies, niet de brief",
    procedure.INSTELLING: "de hele aanvraag en de uitkomst, niet de brief",
}


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
    route: Route
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
    bezwaren: list[Bezwaarregel]
    terug_tot: str
    tegengehouden: str
    heroverweging: Heroverweging | None
    is_swv: bool
    is_school: bool
    leerling_te_zien: bool
    mag_nog_een_jaar: bool
    is_indiener: bool
    is_ontvangend: bool

    @property
    def te_herinneren(self) -> bool:
        """Is something asked of somebody outside the SWV, and may this person remind of it?"""
        invited = any(party.uitgenodigd_op is not None for party in self.aanvraag.partijen.all())
        asked = vraagt_iets(
            self.aanvraag.staat,
            ouders=any(each.uitgenodigd and each.gezien_op is None for each in self.stand.ouders),
            instelling=self.aanvraag.instelling_id is not None and invited,
        )
        return asked and (self.is_swv or self.is_school)


def dossiers(bereik: Bereik) -> "QuerySet[Aanvraag]":
    """The applications within reach, with everything that a dossier shows: a fixed number of queries."""
    return met_alles(Aanvraag.objects.visible_to(bereik))


def met_alles(rows: AanvraagQuerySet) -> "QuerySet[Aanvraag]":
    """The same applications with what belongs to them."""
    gathered = rows.gather("partijen", "aanvullingen", "bezwaren", "zienswijzen", "sectiereacties")
    joined = met_gebieden(gathered).select_related(
        "leerling",
        "tlvnummer",
        "verwijzende_school__bestuur",
        "deelnemende_school",
        "indienend_bestuur",
        "instelling",
        "ontvangende_school__bestuur",
        "gevraagde_school",
        "besloten_door",
        "behandelaar",
        "vorige_school",
        "onderzoek",
        "kindformulier",
        "evaluatiegesprek",
    )
    return joined.prefetch_related(
        Prefetch("adviezen", Advies.objects.geldig().select_related("user", "partij")),
        Prefetch("leerlingdocumenten", Leerlingdocument.objects.select_related("document")),
    )


def dossier(
    aanvraag: Aanvraag, bereik: Bereik, *, vandaag: date, rollen: frozenset[str] | None = None, met_links: bool = True
) -> Dossier:
    """The page of one application.  ``aanvraag`` comes from ``dossiers(bereik)``.

    ``rollen``: the roles of who came by a personal link, and therefore has no reach.  ``met_links``: how the personal
    links of the parties are doing, for who may know; one query, for the page that shows them.
    """
    roles = rollen_bij(aanvraag, bereik) if rollen is None else rollen
    who = _lezer(roles)
    is_swv, inside = who["is_swv"], who["is_swv"] or who["is_school"]
    aanvraag = aanvraag if is_swv else zonder_onverstuurd(aanvraag)
    facts = _feiten(aanvraag, vandaag)
    terms = termijnen_van(aanvraag, vandaag=vandaag)
    parts = secties(aanvraag, met_contact=inside)
    return Dossier(
        aanvraag=aanvraag,
        titel=aanvraag.leerling.naam or "Nieuwe aanvraag",
        status=status(aanvraag.staat, aanvraag.route),
        route=aanvraag.de_route,
        stand=facts,
        samenvatting=[*samenvatting(aanvraag, terms, vandaag=vandaag), *_behandelaar(aanvraag, is_swv)],
        secties=met_reacties(parts, aanvraag) if inside else parts,
        partijen=partijregels(aanvraag, facts, met_links=met_links and inside),
        adviezen=adviesregels(aanvraag, vandaag=vandaag),
        aan_zet=verzoeken(aanvraag.staat, facts, met_reacties=inside),
        kijkers=kijkers(aanvraag),
        opties=procedure_van(aanvraag.route).options(aanvraag.staat, roles, facts),
        termijnen=terms,
        vragen=[*onderzoek(aanvraag), *_leden(aanvraag, is_swv), *aanvullingen(aanvraag)] if inside else [],
        bezwaren=bezwaarregels(aanvraag, vandaag=vandaag),
        terug_tot=terug_tot(aanvraag),
        tegengehouden=tegengehouden_door(aanvraag) if is_swv else "",
        heroverweging=heroverweging(aanvraag) if is_swv else None,
        leerling_te_zien=bool(leerling_url(aanvraag.leerling, bereik)),
        mag_nog_een_jaar=bool(roles & SCHOOLROLLEN) and _kan_nog_een_jaar(aanvraag, vandaag),
        **who,
    )


def _lezer(rollen: frozenset[str]) -> dict[str, bool]:
    """As whom somebody reads: of the SWV, of the school (or board) that does the application, of the receiving one."""
    is_indiener = bool(rollen & procedure.INDIENERS)
    return {
        "is_swv": bool(rollen & SWV_DOSSIER),
        "is_school": bool(rollen & SCHOOLROLLEN) or is_indiener,
        "is_indiener": is_indiener,
        "is_ontvangend": bool(rollen & procedure.ONTVANGEND),
    }


def _feiten(aanvraag: Aanvraag, vandaag: date) -> Stand:
    facts = _met_bemanning(stand_van(aanvraag, vandaag=vandaag), aanvraag, vandaag=vandaag)
    return replace(facts, welk_swv=welk_swv_van(aanvraag))


def _met_bemanning(facts: Stand, aanvraag: Aanvraag, *, vandaag: date) -> Stand:
    """The facts, with whether the receiving school can answer: only as long as it is (going to be) asked."""
    school = aanvraag.ontvangende_school_id
    answered = facts.eerste_advies is not None and facts.plaats is True
    answered = answered or not facts.route.vraagt(Deelnemer.EERSTE_DESKUNDIGE)
    if aanvraag.staat not in procedure.NOOIT_INGEDIEND or school is None or answered:
        return facts
    return replace(facts, bemanning=bemanning_van([school], vandaag)[school])


def _behandelaar(aanvraag: Aanvraag, is_swv: bool) -> list[Gegeven]:
    """Who at the SWV handles it, for the SWV, once it got there; with the way to change that."""
    if not is_swv or aanvraag.ingediend_op is None:
        return []
    who = str(aanvraag.behandelaar) if aanvraag.behandelaar else "nog niemand"
    return [Gegeven("Behandelaar", who, reverse("ondersteuning:behandelaar", args=[aanvraag.pk]))]


def samenvatting(aanvraag: Aanvraag, terms: Beslistermijnen | None, *, vandaag: date) -> list[Gegeven]:
    """The facts on top of the dossier."""
    lines = [
        Gegeven(aanvraag.de_route.indiener_kort.capitalize(), aanvraag.indienernaam),
        *_scholen(aanvraag),
    ]
    if "categorie" in aanvraag.de_route.punten:
        lines.append(Gegeven("Categorie", CATEGORIENAMEN.get(aanvraag.categorie, "–")))
    if aanvraag.ingediend_op is not None:
        lines.append(Gegeven("Ontvangen op", datum(aanvraag.ingediend_op)))
    if terms is not None and aanvraag.besloten_op is None:
        for label, term in (("Besluit uiterlijk", terms.eigen), ("Wettelijke termijn", terms.wettelijk)):
            still = " – de termijn staat stil" if term.staat_stil else ""
            lines.append(Gegeven(label, datum_met_afstand(term.laatste_dag, vandaag) + still))
    if aanvraag.verlengd_tot is not None and aanvraag.besloten_op is None:
        lines.append(Gegeven("Termijn verlengd tot en met", datum(aanvraag.verlengd_tot)))
    lines += besluitregels(aanvraag, vandaag=vandaag)
    if aanvraag.bewaren_tot is not None:
        lines.append(Gegeven("Dit dossier bewaren wij tot en met", lange_datum(aanvraag.bewaren_tot)))
    return lines


def _scholen(aanvraag: Aanvraag) -> list[Gegeven]:
    """The pupil's own school when another does the application, and the school that is asked for."""
    receiving = aanvraag.ontvangende_school.naam if aanvraag.ontvangende_school else "–"
    if aanvraag.blijft_op_school:
        return [Gegeven("Leerling blijft op", receiving)]
    own = aanvraag.verwijzende_school if aanvraag.indienend_bestuur_id is not None else None
    lines = [Gegeven("School van nu", own.naam)] if own is not None else []
    return [*lines, Gegeven("Ontvangende school", receiving)]


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


def _kan_nog_een_jaar(aanvraag: Aanvraag, vandaag: date) -> bool:
    """Is this a running TLV at the basisschool, of which the school year ends?"""
    # Of any other application nothing is looked up.
    granted = is_toegekend(aanvraag.de_route, aanvraag.staat)
    return granted and bestuursadviezen.weigering_verlengen(aanvraag, vandaag) is None


def _leden(aanvraag: Aanvraag, is_swv: bool) -> list[Sectie]:
    """What the members of the algemene vergadering said, when they were asked."""
    lines = bestuursadviezen.regels(aanvraag, met_namen=is_swv)
    return [Sectie("Advies van leden van de algemene vergadering", lines)] if lines else []


def _kijkers_van_scholen(aanvraag: Aanvraag) -> list[Kijker]:
    """The schools and the board whose people read it as their own."""
    found = [
        Kijker(f"IB'er en directeur van {school.naam}", "het hele dossier")
        for school in dict.fromkeys((aanvraag.verwijzende_school, aanvraag.deelnemende_school))
        if school is not None
    ]
    if aanvraag.indienend_bestuur is not None:
        found.append(Kijker(f"Bestuurders van {aanvraag.indienend_bestuur.naam}", "het hele dossier"))
    return found


def kijkers(aanvraag: Aanvraag) -> list[Kijker]:
    """Who sees this dossier now, and what of it."""
    found = [
        *_kijkers_van_scholen(aanvraag),
        Kijker(
            "Medewerkers van het samenwerkingsverband die aanvragen behandelen",
            "het hele dossier; lezen komt in de tijdlijn",
        ),
    ]
    if aanvraag.gevraagde_school is not None and aanvraag.de_route.ontvangers == ORTHOPEDAGOOG:
        found.append(
            Kijker(
                f"Orthopedagoog van {aanvraag.gevraagde_school.naam}",
                "het dossier, zonder contactgegevens en zonder de woorden van de ouders; lezen komt in de tijdlijn",
            )
        )
    found += bestuursadviezen.kijkers(aanvraag)
    shows = aanvraag.staat not in {procedure.CONCEPT, procedure.INGETROKKEN}
    for party in aanvraag.partijen.all():
        if party.link_id is not None and shows:
            what = f"{LEEST[party.soort]}, met een persoonlijke link"
            found.append(Kijker(party.label.capitalize(), what))
    return found
