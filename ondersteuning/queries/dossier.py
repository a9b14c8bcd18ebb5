"""One application as its page shows it: prepared text, per kind of reader no more than that reader needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.aanzet import SCHOOL as DE_SCHOOL
from ondersteuning.domain.aanzet import Verzoek, verzoeken
from ondersteuning.domain.deskundigen import FUNCTIENAMEN, is_oud
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.stand import Stand
from ondersteuning.domain.termijnen import Beslistermijnen
from ondersteuning.models import Aanvraag, Advies, Partij, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.formulier import geboortedatum_van
from ondersteuning.queries.lijst import status
from ondersteuning.queries.stand import rollen_bij, stand_van, termijnen_van
from swv_portal.access.queries import LinkStaat, links_voor
from swv_portal.common.dates import datum, datum_met_afstand, lange_datum
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Gegeven, Kijker, Status
from swv_portal.common.workflow import Option


@dataclass(frozen=True)
class Sectie:
    """A part of the form as it can be read: a heading and its answers."""

    kop: str
    regels: list[Gegeven]
    stap: str = ""


@dataclass(frozen=True)
class Partijregel:
    """One who takes part: who, what was done or is asked, and (for the school and the SWV) how the link is doing."""

    label: str
    naam: str
    wat: str
    status: Status
    partij_id: int | None = None
    link: str = ""
    link_actief: bool = False


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
    joined = rows.select_related(
        "leerling",
        "tlvnummer",
        "verwijzende_school__bestuur",
        "ontvangende_school__bestuur",
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
    facts = stand_van(aanvraag, vandaag=vandaag)
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


def secties(aanvraag: Aanvraag, *, met_contact: bool) -> list[Sectie]:
    """The form as it can be read.  Addresses and telephone numbers only for the school and the SWV."""
    born = geboortedatum_van(aanvraag)
    period = ""
    if aanvraag.gewenst_van and aanvraag.gewenst_tot:
        period = f"{lange_datum(aanvraag.gewenst_van)} tot en met {lange_datum(aanvraag.gewenst_tot)}"
    back = lange_datum(aanvraag.terugkeer_moment) if aanvraag.terugkeer_moment else ""
    first = FUNCTIENAMEN.get(aanvraag.eerste_functie, "")
    heard = "Wat de leerling vindt" if aanvraag.leerling_gehoord else "Waarom de leerling niet is gehoord"
    parties = list(aanvraag.partijen.all())
    pupil = [
        Gegeven("Voornamen", aanvraag.leerling.voornamen),
        Gegeven("Achternaam", aanvraag.leerling.achternaam),
        Gegeven("Geboortedatum", lange_datum(born) if born else ""),
        Gegeven("Groep", aanvraag.groep),
    ]
    parents = [
        line
        for party in parties
        if party.soort == procedure.OUDER and party.naam
        for line in _contact(party, met_contact)
    ]
    if aanvraag.een_ouder_reden:
        parents.append(Gegeven("Waarom één ouder", aanvraag.een_ouder_reden))
    school = [
        Gegeven("Ontvangende school", aanvraag.ontvangende_school.naam if aanvraag.ontvangende_school else ""),
        Gegeven("Categorie", CATEGORIENAMEN.get(aanvraag.categorie, "")),
        Gegeven("Functie van de eerste deskundige", first),
        Gegeven("Gewenste periode", period),
        Gegeven("Mogelijke terugkeer", back or aanvraag.geen_terugkeer_reden),
    ]
    reasons = [
        Gegeven("Wat heeft de leerling nodig?", aanvraag.onderwijsbehoefte),
        Gegeven("Wat heeft de school al gedaan?", aanvraag.geboden_hulp),
        Gegeven("Waarom past de ontvangende school?", aanvraag.reden_school),
        Gegeven(heard, aanvraag.stem_leerling),
    ]
    second = [
        line
        for party in parties
        if party.soort == procedure.TWEEDE_DESKUNDIGE
        for line in _deskundige(party, met_contact)
    ]
    return [
        Sectie("Leerling", pupil, "leerling"),
        Sectie("Ouders en gezag", parents, "ouders"),
        Sectie("Ontvangende school", school, "school"),
        Sectie("Onderbouwing", reasons, "onderbouwing"),
        Sectie("Tweede deskundige", second, "deskundige"),
    ]


def _contact(party: Partij, met_contact: bool) -> Iterable[Gegeven]:
    yield Gegeven(f"Naam van {party.label}", party.naam)
    if met_contact:
        yield Gegeven(f"E-mailadres van {party.label}", party.email)
        if party.telefoon:
            yield Gegeven(f"Telefoonnummer van {party.label}", party.telefoon)


def _deskundige(party: Partij, met_contact: bool) -> Iterable[Gegeven]:
    yield Gegeven("Naam", party.naam)
    yield Gegeven("Functie", FUNCTIENAMEN.get(party.functie, ""))
    yield Gegeven("Werkgever", party.werkgever)
    if met_contact:
        yield Gegeven("E-mailadres", party.email)
        if party.telefoon:
            yield Gegeven("Telefoonnummer", party.telefoon)


def linkstaten(parties: Iterable[Partij]) -> dict[int, LinkStaat]:
    """Per party the state of its newest link.  One query per kind of party."""
    found: dict[int, LinkStaat] = {}
    by_kind: dict[str, list[int]] = {}
    for party in parties:
        by_kind.setdefault(LINKSOORTEN[party.soort], []).append(party.pk)
    for kind, ids in by_kind.items():
        found.update(links_voor(kind, ids))
    return found


#: The kinds of personal links of this app, per kind of party.
LINKSOORTEN = {procedure.OUDER: "ondersteuning.ouder", procedure.TWEEDE_DESKUNDIGE: "ondersteuning.deskundige"}


def partijregels(aanvraag: Aanvraag, facts: Stand, *, met_links: bool) -> list[Partijregel]:
    """Everybody who takes part and how far they are."""
    parties = [party for party in aanvraag.partijen.all() if party.naam]
    links = linkstaten(parties) if met_links else {}
    views = {view.partij_id: view for view in aanvraag.zienswijzen.all() if view.vervallen_op is None}
    own = aanvraag.verwijzende_school.naam
    lines = [Partijregel("School", own, "vraagt de TLV aan", _school_status(aanvraag, facts))]
    if aanvraag.ontvangende_school is not None:
        done = facts.eerste_advies is not None and facts.plaats is True
        lines.append(
            Partijregel(
                "Ontvangende school",
                aanvraag.ontvangende_school.naam,
                _ontvangend_tekst(facts),
                Status("klaar", "goed") if done else Status("nog niet klaar", "bezig"),
            )
        )
    for party in parties:
        state = links.get(party.pk)
        what, tone = _partij_tekst(party, facts, views.get(party.pk), met_links)
        lines.append(
            Partijregel(
                party.label.capitalize(),
                party.naam,
                what,
                tone,
                party.pk if met_links else None,
                _linktekst(party, state),
                bool(state and state.code == "actief"),
            )
        )
    return lines


def _linktekst(party: Partij, state: LinkStaat | None) -> str:
    if party.uitgenodigd_op is None:
        return "nog niet uitgenodigd"
    link = f"link {state.label}, tot {datum(state.verloopt.date())}" if state else "er is geen link meer"
    return f"uitgenodigd op {datum(party.uitgenodigd_op)}; {link}"


def _school_status(aanvraag: Aanvraag, facts: Stand) -> Status:
    if any(asked.wie == DE_SCHOOL for asked in verzoeken(aanvraag.staat, facts)):
        return Status("aan zet", "bezig")
    return Status("klaar", "goed") if aanvraag.ingediend_op else Status("wacht", "neutraal")


def _ontvangend_tekst(facts: Stand) -> str:
    advice = "advies gegeven" if facts.eerste_advies else "advies nog niet gegeven"
    place = {True: "plaats bevestigd", False: "geen plaats", None: "plaats nog niet bevestigd"}[facts.plaats]
    return f"{advice}; {place}"


def _partij_tekst(party: Partij, facts: Stand, view: Zienswijze | None, met_woorden: bool) -> tuple[str, Status]:
    if party.soort == procedure.TWEEDE_DESKUNDIGE:
        function = FUNCTIENAMEN.get(party.functie, "")
        if facts.tweede_advies is not None:
            return f"{function}; advies gegeven op {lange_datum(facts.tweede_advies.gegeven_op)}", Status(
                "klaar", "goed"
            )
        return f"{function}; advies nog niet gegeven", Status("nog niet klaar", "bezig")
    if view is None:
        return "heeft niet getekend", Status("niet getekend", "let_op")
    agrees = Status("gezien, eens", "goed") if view.eens else Status("gezien, niet eens", "let_op")
    words = f", met de woorden: {view.tekst.rstrip('.')}" if view.tekst and met_woorden else ""
    return f"heeft 'voor gezien' getekend op {lange_datum(view.gezien_op)}{words}", agrees


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


def aanvullingen(aanvraag: Aanvraag) -> list[Sectie]:
    """The requests for completion with their answers."""
    found = []
    for item in aanvraag.aanvullingen.all():
        lines = [
            Gegeven("Uiterlijk", datum(item.uiterlijk)),
            Gegeven("Wat er ontbreekt", item.vraag),
            Gegeven(
                "Antwoord", item.antwoord or ("afgesloten zonder antwoord" if item.aangevuld_op else "nog niet gegeven")
            ),
        ]
        found.append(Sectie(f"Aanvulling gevraagd op {lange_datum(item.gevraagd_op)}", lines))
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
