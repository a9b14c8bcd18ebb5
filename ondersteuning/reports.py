"""The letter of a decision: what it says, as one dataclass, and the PDF."""

from dataclasses import dataclass
from datetime import date

from kernen.models import Samenwerkingsverband
from ondersteuning.domain.aanvraag import BESLOTEN, TOEGEKEND
from ondersteuning.domain.plaatsing import CATEGORIE_UITLEG, CATEGORIENAMEN
from ondersteuning.domain.stand import Stand
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import met_alles
from ondersteuning.queries.formulier import geboortedatum_van
from ondersteuning.queries.persoonlijk import bezwaaradres
from ondersteuning.queries.stand import instellingen, stand_van
from swv_portal.common.dates import lange_datum
from swv_portal.common.pdf import render_pdf
from swv_portal.common.terms import bezwaartermijn

SJABLOON = "reports/ondersteuning_besluit.html"


@dataclass(frozen=True)
class Besluitbrief:
    """What the letter of a decision says.  Dates are written out; names stand in the letter only."""

    kenmerk: str
    toegekend: bool
    nummer: str
    datum: str
    leerling: str
    geboortedatum: str
    school: str
    school_code: str
    ontvangende_school: str
    ontvangende_code: str
    categorie: str
    categorie_uitleg: str
    geldig_van: str
    geldig_tot: str
    terugkeer: str
    geen_terugkeer: str
    motivering: str
    niet_getekend: str
    niet_eens: str
    bezwaar_tot: str
    bezwaar_uitleg: tuple[str, ...]
    bezwaaradres: str
    ondertekenaar: str
    swv: Samenwerkingsverband


def besluitbrief(aanvraag: Aanvraag, *, dag: date) -> Besluitbrief:
    """The letter of a decided application, announced on ``dag``.  ``ValueError`` when there is no decision."""
    if aanvraag.staat not in BESLOTEN or aanvraag.ontvangende_school is None:
        raise ValueError("there is no decision to write a letter about")
    swv = Samenwerkingsverband.objects.get()
    facts = stand_van(aanvraag, vandaag=dag)
    term = bezwaartermijn(dag, today=dag, gelijkgesteld=instellingen().gelijkgesteld)
    born = geboortedatum_van(aanvraag)
    return Besluitbrief(
        kenmerk=aanvraag.kenmerk,
        toegekend=aanvraag.staat == TOEGEKEND,
        nummer=aanvraag.tlvnummer.nummer if aanvraag.tlvnummer else "",
        datum=lange_datum(dag),
        leerling=aanvraag.leerling.naam,
        geboortedatum=lange_datum(born) if born else "",
        school=aanvraag.verwijzende_school.naam,
        school_code=aanvraag.verwijzende_school.vestigingscode,
        ontvangende_school=aanvraag.ontvangende_school.naam,
        ontvangende_code=aanvraag.ontvangende_school.vestigingscode,
        categorie=CATEGORIENAMEN.get(aanvraag.categorie, ""),
        categorie_uitleg=CATEGORIE_UITLEG.get(aanvraag.categorie, ""),
        geldig_van=lange_datum(aanvraag.geldig_van) if aanvraag.geldig_van else "",
        geldig_tot=lange_datum(aanvraag.geldig_tot) if aanvraag.geldig_tot else "",
        terugkeer=lange_datum(aanvraag.terugkeer_moment) if aanvraag.terugkeer_moment else "",
        geen_terugkeer=aanvraag.geen_terugkeer_reden,
        motivering=aanvraag.motivering,
        niet_getekend=_ouders(len(facts.ouders), sum(parent.gezien_op is None for parent in facts.ouders)),
        niet_eens=_niet_eens(facts, aanvraag.ontvangende_school.naam),
        bezwaar_tot=lange_datum(term.laatste_dag),
        bezwaar_uitleg=term.uitleg,
        bezwaaradres=bezwaaradres(swv),
        ondertekenaar=swv.ondertekenaar,
        swv=swv,
    )


def _ouders(hoeveel: int, hiervan: int) -> str:
    """``hiervan`` of the ``hoeveel`` parents, as a letter to those parents says it; empty when it is none."""
    if not hiervan:
        return ""
    if hiervan < hoeveel:
        return "een van de ouders"
    return "de ouder" if hoeveel == 1 else "de ouders"


def _niet_eens(stand: Stand, ontvangende_school: str) -> str:
    """Who did not agree, by the role that the reader of the letter knows; empty when everybody did."""
    found = [_ouders(len(stand.ouders), sum(parent.eens is False for parent in stand.ouders))]
    if stand.eerste_advies is not None and not stand.eerste_advies.steunt:
        found.append(f"de deskundige van {ontvangende_school}")
    if stand.tweede_advies is not None and not stand.tweede_advies.steunt:
        found.append("de tweede deskundige")
    return " en ".join(who for who in found if who)


def maak_brief(aanvraag_id: int, *, dag: date) -> tuple[str, bytes]:
    """File name (no name of a child) and PDF of the letter."""
    aanvraag = met_alles(Aanvraag.objects.all()).get(pk=aanvraag_id)
    letter = besluitbrief(aanvraag, dag=dag)
    titel = (
        f"Toelaatbaarheidsverklaring {letter.nummer}" if letter.toegekend else f"Besluit op aanvraag {letter.kenmerk}"
    )
    context = {"rapport": letter, "swv_naam": letter.swv.naam, "versie": 1, "gemaakt_op": dag}
    name = f"TLV-{letter.nummer}.pdf" if letter.toegekend else f"Besluit-{letter.kenmerk}.pdf"
    return name.replace("/", "-"), render_pdf(SJABLOON, context, titel=titel)
