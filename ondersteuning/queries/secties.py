"""The form of an application as it can be read, part by part, and what the SWV asked to be completed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.besluit import kwam_na_besluit
from ondersteuning.domain.deskundigen import FUNCTIENAMEN
from ondersteuning.domain.eenzijdig import AFWIJZERS, BEMIDDELINGNAMEN, CONCLUSIENAMEN, Bemiddeling
from ondersteuning.domain.kindformulier import GEVOELENS, VRAGEN
from ondersteuning.domain.plaatsing import CATEGORIENAMEN, Soort
from ondersteuning.domain.routes import Deelnemer
from ondersteuning.domain.voorschools import AANLEIDINGNAMEN
from ondersteuning.domain.welk_swv import WOONTNAMEN, Woont
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.queries.formulier import geboortedatum_van
from ondersteuning.queries.routefeiten import gewenste_periode, onderzoek_van
from swv_portal.common.dates import datum, lange_datum
from swv_portal.common.screens import Gegeven

#: The code of the part with the child's own words; nobody objects to these.
KIND = "kind"


@dataclass(frozen=True)
class Sectie:
    """A part of the form as it can be read: a heading and its answers."""

    kop: str
    regels: list[Gegeven]
    stap: str = ""
    #: What parents object to in this part: who and when, and their words.
    reacties: list[Gegeven] = field(default_factory=list)
    #: Where a parent writes that.
    reageer_url: str = ""


def secties(aanvraag: Aanvraag, *, met_contact: bool, voor_ouder: bool = False) -> list[Sectie]:
    """The form as it can be read.  Addresses and telephone numbers only for the school and the SWV.

    ``voor_ouder``: a parent also reads what was written about the mediation that the parents took part in.
    """
    readers: dict[str, Callable[[], list[Gegeven]]] = {
        "leerling": lambda: _leerling(aanvraag, met_contact),
        "ouders": lambda: _ouders(aanvraag, met_contact),
        "akkoord": lambda: _akkoord(aanvraag),
        "bemiddeling": lambda: _bemiddeling(aanvraag, met_contact or voor_ouder),
        "school": lambda: _school(aanvraag),
        "onderbouwing": lambda: _onderbouwing(aanvraag),
        "deskundige": lambda: _deskundigen(aanvraag, met_contact),
    }
    steps = (step for step in aanvraag.de_route.stappen if step.naam in readers)
    return [*(Sectie(step.label, readers[step.naam](), step.naam) for step in steps), *_kind(aanvraag)]


def _kind(aanvraag: Aanvraag) -> list[Sectie]:
    """What the child itself says, when there is a form of the child."""
    form = getattr(aanvraag, "kindformulier", None)
    if form is None:
        return []
    lines = [Gegeven("Hoe is het op school?", GEVOELENS[form.gevoel])] if form.gevoel else []
    lines += [Gegeven(VRAGEN[code], text) for code, text in form.antwoorden.items() if text]
    if form.geen_reden:
        lines.append(Gegeven("Waarom het kind niets kon zeggen", form.geen_reden))
    lines.append(Gegeven("Ingevuld met", f"{form.ingevuld_met}, op {lange_datum(form.ingevuld_op)}"))
    return [Sectie("Formulier van het kind", lines, KIND)]


def met_reacties(delen: Iterable[Sectie], aanvraag: Aanvraag, *, van: Partij | None = None) -> list[Sectie]:
    """The same parts with what parents object to beside it; with ``van`` only the words of that parent."""
    labels = {party.pk: party.label for party in aanvraag.partijen.all()}
    written: dict[str, list[Gegeven]] = {}
    for row in aanvraag.sectiereacties.all():
        if row.vervallen_op is None and row.tekst and (van is None or row.partij_id == van.pk):
            who = "U schreef" if van is not None else f"{labels[row.partij_id].capitalize()} schreef"
            late = van is None and kwam_na_besluit(
                aanvraag.staat, na_besluit=row.na_besluit, besluit_keer=aanvraag.besluit_keer
            )
            after = " (kwam na het besluit binnen)" if late else ""
            line = Gegeven(f"{who} op {lange_datum(row.geschreven_op)}{after}:", row.tekst)
            written.setdefault(row.sectie, []).append(line)
    return [replace(part, reacties=written.get(part.stap, [])) for part in delen]


def _leerling(aanvraag: Aanvraag, met_adres: bool) -> list[Gegeven]:
    born = geboortedatum_van(aanvraag)
    lines = [
        Gegeven("Voornamen", aanvraag.leerling.voornamen),
        Gegeven("Achternaam", aanvraag.leerling.achternaam),
        Gegeven("Geboortedatum", lange_datum(born) if born else ""),
        *([Gegeven("Groep", aanvraag.groep)] if aanvraag.groep or not aanvraag.aanleiding else []),
    ]
    if aanvraag.aanleiding:
        lines.append(Gegeven("Aanleiding", AANLEIDINGNAMEN[aanvraag.aanleiding]))
    if aanvraag.eerste_schooldag:
        lines.append(Gegeven("Eerste schooldag", lange_datum(aanvraag.eerste_schooldag)))
    if met_adres:
        lines.append(Gegeven("Postcode van het woonadres", aanvraag.woon_pc4))
    if met_adres and aanvraag.nergens_ingeschreven:
        lines.append(Gegeven("Ingeschreven op een school", "nog nergens"))
    if met_adres and aanvraag.woont_in_gebied:
        lines.append(Gegeven("Woont in ons gebied", WOONTNAMEN[Woont(aanvraag.woont_in_gebied)].lower()))
    return lines


def _ouders(aanvraag: Aanvraag, met_contact: bool) -> list[Gegeven]:
    parents = [party for party in aanvraag.partijen.all() if party.soort == procedure.OUDER and party.naam]
    lines = [line for parent in parents for line in _contact(parent, met_contact)]
    if aanvraag.een_ouder_reden:
        lines.append(Gegeven("Waarom één ouder", aanvraag.een_ouder_reden))
    return lines


def _school(aanvraag: Aanvraag) -> list[Gegeven]:
    period = ""
    since, until = gewenste_periode(aanvraag)
    if since and until:
        period = f"{lange_datum(since)} tot en met {lange_datum(until)}"
    back = lange_datum(aanvraag.terugkeer_moment) if aanvraag.terugkeer_moment else ""
    route, receiving = aanvraag.de_route, aanvraag.ontvangende_school
    at_school = route.plaats is Soort.TLV_BAO
    lines = [Gegeven("School" if at_school else "Ontvangende school", receiving.naam if receiving else "")]
    if aanvraag.blijft_op_school and not at_school:
        lines.append(Gegeven("Verlenging", "de leerling blijft op de eigen school"))
    if aanvraag.vorig_tlvnummer:
        running = f", tot en met {lange_datum(aanvraag.vorig_geldig_tot)}" if aanvraag.vorig_geldig_tot else ""
        lines.append(Gegeven("Lopende TLV", f"{aanvraag.vorig_tlvnummer}{running}"))
    if "categorie" in route.punten:
        lines.append(Gegeven("Categorie", CATEGORIENAMEN.get(aanvraag.categorie, "")))
    if route.vraagt(Deelnemer.EERSTE_DESKUNDIGE):
        lines.append(Gegeven("Functie van de eerste deskundige", FUNCTIENAMEN.get(aanvraag.eerste_functie, "")))
    lines.append(Gegeven("Gewenste periode", period))
    if "terugkeer" in route.punten:
        lines.append(Gegeven("Mogelijke terugkeer", back or aanvraag.geen_terugkeer_reden))
    if "budget_afgestemd" in route.punten:
        lines.append(Gegeven("Instroombudget met de ouders afgestemd", "ja" if aanvraag.budget_afgestemd else "nee"))
    return lines


def _akkoord(aanvraag: Aanvraag) -> list[Gegeven]:
    """The other SWV, which gives the TLV and pays."""
    who = f"{aanvraag.ander_swv_naam} ({aanvraag.ander_swv_code})" if aanvraag.ander_swv_code else ""
    return [
        Gegeven("Ander samenwerkingsverband", who),
        Gegeven("TLV-nummer van dat samenwerkingsverband", aanvraag.ander_tlvnummer),
    ]


def _bemiddeling(aanvraag: Aanvraag, met_woorden: bool) -> list[Gegeven]:
    """What was tried before a one-sided application; how it ended is for who does it, the SWV and the parents."""
    removed, tried = aanvraag.verwijderd_op, aanvraag.bemiddeling_op
    lines = [
        Gegeven("Besluit om de leerling te verwijderen", lange_datum(removed) if removed else ""),
        Gegeven("Bemiddeling", BEMIDDELINGNAMEN.get(aanvraag.bemiddeling, "")),
        Gegeven("Wanneer", lange_datum(tried) if tried else ""),
    ]
    if aanvraag.bemiddeling == Bemiddeling.AFGEWEZEN:
        lines.append(Gegeven("Wie wilde het niet", AFWIJZERS.get(aanvraag.bemiddeling_afgewezen_door, "")))
    if met_woorden:
        lines.append(Gegeven("Hoe het afliep", aanvraag.bemiddeling_uitkomst))
    return lines


def onderzoek(aanvraag: Aanvraag) -> list[Sectie]:
    """The independent investigation of a one-sided application, when it is there."""
    found = onderzoek_van(aanvraag)
    if found is None:
        return []
    lines = [
        Gegeven("Onderzoeker", f"{found.onderzoeker}, {found.werkgever}"),
        Gegeven("Klaar op", lange_datum(found.afgerond_op)),
        Gegeven("Conclusie", CONCLUSIENAMEN[found.conclusie]),
        Gegeven("Waarom", found.tekst),
    ]
    return [Sectie("Onafhankelijk onderzoek", lines)]


def zonder_namen(aanvraag: Aanvraag) -> list[Sectie]:
    """What a member of the algemene vergadering reads: the reasons, and nothing that says who the pupil is."""
    since, until = gewenste_periode(aanvraag)
    school = aanvraag.verwijzende_school
    lines = [
        Gegeven("Wat wordt gevraagd", aanvraag.de_route.naam),
        Gegeven("Bestuur van de school", school.bestuur.naam if school else ""),
        Gegeven("Groep", aanvraag.groep),
        Gegeven("Categorie", CATEGORIENAMEN.get(aanvraag.categorie, "")),
        Gegeven("Periode", f"{lange_datum(since)} tot en met {lange_datum(until)}" if since and until else ""),
    ]
    return [Sectie("De vraag", lines), Sectie("Onderbouwing", _onderbouwing(aanvraag))]


def _onderbouwing(aanvraag: Aanvraag) -> list[Gegeven]:
    by_institution = aanvraag.de_route.vraagt(Deelnemer.INSTELLING)
    help_asked = "Welke hulp was er al?" if by_institution else "Wat heeft de school al gedaan?"
    heard = "Wat de leerling vindt" if aanvraag.leerling_gehoord else "Waarom de leerling niet is gehoord"
    return [
        Gegeven("Wat heeft de leerling nodig?", aanvraag.onderwijsbehoefte),
        Gegeven(help_asked, aanvraag.geboden_hulp),
        *(
            []
            if aanvraag.blijft_op_school and not aanvraag.reden_school
            else [Gegeven("Waarom past de ontvangende school?", aanvraag.reden_school)]
        ),
        Gegeven(heard, aanvraag.stem_leerling),
    ]


def _deskundigen(aanvraag: Aanvraag, met_contact: bool) -> list[Gegeven]:
    experts = [party for party in aanvraag.partijen.all() if party.soort == procedure.TWEEDE_DESKUNDIGE]
    return [line for expert in experts for line in _deskundige(expert, met_contact)]


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
