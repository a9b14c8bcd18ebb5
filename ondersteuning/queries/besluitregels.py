"""The decision on an application, and objections against it, as its pages show them: facts, no texts of others."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ondersteuning.domain import bezwaar as bezwaarprocedure
from ondersteuning.domain.aanvraag import (
    BEEINDIGD,
    BESLOTEN,
    LOPEND,
    MET_TLV,
    OUDER,
    TWEEDE_DESKUNDIGE,
    WORDT_VERSTUURD,
)
from ondersteuning.domain.besluit import UITKOMSTNAMEN
from ondersteuning.domain.betaler import betaler_zin
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.partijregels import linkstaten
from swv_portal.common.dates import datum, datum_met_afstand, lange_datum
from swv_portal.common.screens import Gegeven, Status, Toon
from swv_portal.common.words import met_hoofdletter

TONEN: dict[str, Toon] = {
    bezwaarprocedure.ONTVANGEN: "let_op",
    bezwaarprocedure.VERWEER: "bezig",
    bezwaarprocedure.ADVIES: "bezig",
    bezwaarprocedure.BESLIST: "goed",
    bezwaarprocedure.INGETROKKEN: "neutraal",
}


def besluitregels(aanvraag: Aanvraag, *, vandaag: date) -> list[Gegeven]:
    """The decision among the facts on top of a dossier; nothing as long as there is none."""
    if aanvraag.staat not in BESLOTEN | {WORDT_VERSTUURD}:
        return []
    lines = []
    if aanvraag.besloten_op is not None:
        lines.append(Gegeven("Besloten op", datum(aanvraag.besloten_op)))
    if aanvraag.staat == WORDT_VERSTUURD:
        lines.append(Gegeven("Besluit", UITKOMSTNAMEN[aanvraag.uitkomst]))
    if aanvraag.staat in MET_TLV or aanvraag.staat == WORDT_VERSTUURD:
        lines += _tlv(aanvraag)
    if aanvraag.staat == BEEINDIGD and aanvraag.ingetrokken_per is not None:
        lines.append(Gegeven("Ingetrokken vanaf", datum(aanvraag.ingetrokken_per)))
    for label, until in (
        (f"{'Beroep' if aanvraag.heroverweging_op else 'Bezwaar'} mogelijk tot en met", aanvraag.bezwaar_tot),
        ("Bezwaar tegen intrekking tot en met", aanvraag.intrekking_bezwaar_tot),
    ):
        if until is not None:
            lines.append(Gegeven(label, datum_met_bezwaar(until, vandaag)))
    return lines


def _tlv(aanvraag: Aanvraag) -> list[Gegeven]:
    lines = []
    if aanvraag.tlvnummer is not None and aanvraag.uitkomst != "geweigerd":
        lines.append(Gegeven("TLV-nummer", aanvraag.tlvnummer.nummer))
    if aanvraag.geldig_van and aanvraag.geldig_tot:
        period = f"{lange_datum(aanvraag.geldig_van)} tot en met {lange_datum(aanvraag.geldig_tot)}"
        lines.append(Gegeven("Geldig", period))
        previous = aanvraag.vorige_school.naam if aanvraag.vorige_school else ""
        payer = betaler_zin(aanvraag.betaalreden, aanvraag.kostendrager, vorige_school=previous)
        if payer:
            lines.append(Gegeven("Wie betaalt", met_hoofdletter(payer)))
    return lines


def datum_met_bezwaar(dag: date, vandaag: date) -> str:
    """The last day to object; after it the term is over, not 'too late'."""
    return datum_met_afstand(dag, vandaag) if dag >= vandaag else f"{datum(dag)} (voorbij)"


def terug_tot(aanvraag: Aanvraag) -> str:
    """Until what time a decision can be taken back ('14.32 uur'); empty when there is none that waits."""
    if aanvraag.staat != WORDT_VERSTUURD or aanvraag.versturen_na is None:
        return ""
    return f"{timezone.localtime(aanvraag.versturen_na):%H.%M} uur"


@dataclass(frozen=True)
class Ontvanger:
    """Who is told of a decision, and how; ``bereikbaar`` is no when there is no way by mail."""

    wie: str
    hoe: str
    bereikbaar: bool = True


def ontvangers(aanvraag: Aanvraag, *, met_deskundige: bool = True) -> list[Ontvanger]:
    """Everybody whom a decision goes out to; the same as ``services/vertellen.py`` tells.

    ``met_deskundige``: the second expert hears of it too.
    """
    schools = [aanvraag.verwijzende_school, aanvraag.gevraagde_school, aanvraag.deelnemende_school]
    places = [aanvraag.indienend_bestuur, *schools]
    found = [
        Ontvanger(place.naam, "een e-mail; de brief staat in het dossier")
        for place in dict.fromkeys(places)
        if place is not None
    ]
    parties = [party for party in aanvraag.partijen.all() if party.naam]
    if not met_deskundige:
        parties = [party for party in parties if party.soort != TWEEDE_DESKUNDIGE]
    links = linkstaten(parties)
    for party in parties:
        state = links.get(party.pk)
        name = f"{party.naam} ({party.label})"
        works = party.link_id is not None and state is not None and state.code != "ingetrokken"
        if not works and party.soort != OUDER:
            found.append(Ontvanger(name, "geen link die werkt: krijgt geen bericht", bereikbaar=False))
        elif not works:
            found.append(Ontvanger(name, "geen link die werkt: stuur de brief per post", bereikbaar=False))
        elif party.soort != OUDER:
            found.append(Ontvanger(name, "een e-mail dat er een besluit is; niet de brief"))
        else:
            found.append(Ontvanger(name, "een e-mail; de brief staat achter de persoonlijke link"))
    return found


@dataclass(frozen=True)
class Bezwaarregel:
    """One objection as the pages of its application tell it: facts only, the grounds are with the SWV."""

    pk: int
    kop: str
    status: Status
    regels: list[Gegeven]


def bezwaarregels(aanvraag: Aanvraag, *, vandaag: date) -> list[Bezwaarregel]:
    """The objections of an application, the newest first."""
    return [
        Bezwaarregel(
            row.pk,
            f"Bezwaar van {row.bezwaarmakernaam}, ontvangen op {lange_datum(row.ontvangen_op)}",
            Status(row.staatnaam, TONEN[row.staat]),
            feiten(row, vandaag=vandaag),
        )
        for row in aanvraag.bezwaren.all()
    ]


@dataclass(frozen=True)
class Heroverweging:
    """The objection because of which the SWV decides again; ``motivering`` is for the SWV only."""

    pk: int
    bezwaarmaker: str
    zin: str
    motivering: str


def heroverweging(aanvraag: Aanvraag) -> Heroverweging | None:
    """Why the SWV decides again, as long as that decision is not known; ``None`` when it does not."""
    if aanvraag.heroverweging_op is None or aanvraag.staat not in LOPEND:
        return None
    row = next((each for each in aanvraag.bezwaren.all() if each.gevolg == bezwaarprocedure.Gevolg.OPNIEUW), None)
    if row is None:
        return None
    sentence = (
        f"Het bezwaar van {row.bezwaarmakernaam} (ontvangen op {lange_datum(row.ontvangen_op)}) is "
        f"{row.get_uitkomst_display()}. Het eerdere besluit geldt niet meer. Tegen het nieuwe besluit kan iemand in "
        "beroep bij de rechtbank, niet opnieuw in bezwaar."
    )
    return Heroverweging(row.pk, row.bezwaarmaker, sentence, row.motivering)


def feiten(bezwaar: Bezwaar, *, vandaag: date) -> list[Gegeven]:
    """What everybody who takes part may know of an objection."""
    lines = [
        Gegeven("Tegen", bezwaar.get_tegen_display()),
        Gegeven("Op tijd", "nee, te laat binnen" if bezwaar.te_laat else "ja"),
    ]
    if bezwaar.staat in bezwaarprocedure.OPEN:
        days = f"{bezwaar.opgeschort} {'dag' if bezwaar.opgeschort == 1 else 'dagen'}"
        moved = f" – {days} opgeschort" if bezwaar.opgeschort else ""
        moved += " – verdaagd" if bezwaar.verdaagd_op else ""
        lines.append(Gegeven("Beslissing uiterlijk", datum_met_afstand(bezwaar.beslis_uiterlijk, vandaag) + moved))
    elif bezwaar.afgesloten_op is not None:
        word = "Ingetrokken op" if bezwaar.staat == bezwaarprocedure.INGETROKKEN else "Beslist op"
        lines.append(Gegeven(word, datum(bezwaar.afgesloten_op)))
    if bezwaar.beroep_tot is not None:
        lines.append(Gegeven("Beroep mogelijk tot en met", datum_met_bezwaar(bezwaar.beroep_tot, vandaag)))
    if bezwaar.uitkomst:
        lines.append(Gegeven("Beslissing", bezwaarprocedure.uitkomst_met_uitleg(bezwaar.uitkomst)))
        lines.append(Gegeven("Gevolg", bezwaar.get_gevolg_display()))
    return lines
