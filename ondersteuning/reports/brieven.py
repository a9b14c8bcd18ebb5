"""The letters of a decision and of a withdrawal: what they say, as dataclasses, and the PDF's.

The words are the SWV's own (``domain/briefsoorten.py``); the facts and the layout are the house's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from kernen.models import Samenwerkingsverband
from ondersteuning.domain.aanvraag import BEEINDIGD, BESLOTEN, MET_TLV, WORDT_VERSTUURD
from ondersteuning.domain.besluit import Uitkomst
from ondersteuning.domain.bezwaar import BEROEP_NA_BEZWAAR
from ondersteuning.domain.briefsoorten import (
    INSTROOMBUDGET,
    INTREKKING,
    OP_BEZWAAR,
    SOORTEN,
    TOEKENNING,
    briefsoort_van,
)
from ondersteuning.domain.briefvelden import Alinea, vul
from ondersteuning.domain.plaatsing import CATEGORIE_UITLEG, CATEGORIENAMEN
from ondersteuning.domain.stand import Stand
from ondersteuning.models import Aanvraag
from ondersteuning.queries.brieven import Brieftekst, brieftekst
from ondersteuning.queries.dossier import met_alles
from ondersteuning.queries.formulier import geboortedatum_van
from ondersteuning.queries.persoonlijk import bezwaaradres
from ondersteuning.queries.stand import instellingen, stand_van
from swv_portal.common.dates import lange_datum
from swv_portal.common.pdf import render_pdf
from swv_portal.common.terms import bezwaartermijn

SJABLOON = "reports/ondersteuning_besluit.html"
INTREKKINGSJABLOON = "reports/ondersteuning_intrekking.html"
#: What stands in a preview where the number will be.
NUMMER_VOLGT = "volgt bij het besluit"
NIET_GENOMEN = "Voorbeeld. Dit besluit is nog niet genomen en deze brief is niet verstuurd."


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What every letter says.  Dates are written out; names stand in the letter only.

    ``tekst`` holds the words of the SWV with fields, ``alineas`` the same filled, by the name of the block.
    """

    soort: str
    tekst: Brieftekst
    kenmerk: str
    nummer: str
    datum: str
    leerling: str
    geboortedatum: str
    school: str
    bestuur: str
    ontvangende_school: str
    geldig_van: str
    geldig_tot: str
    motivering: str
    bezwaar_tot: str
    bezwaar_uitleg: tuple[str, ...]
    bezwaaradres: str
    ondertekenaar: str
    swv: Samenwerkingsverband

    @property
    def kop(self) -> str:
        return SOORTEN[self.soort].kop

    @property
    def titel(self) -> str:
        """The title of the document."""
        return f"{self.kop}, aanvraag {self.kenmerk}"

    @property
    def waarden(self) -> dict[str, str]:
        """What stands for each field; the others are attributes of the same name."""
        swv = self.swv
        known = {"swv": swv.naam, "telefoon": swv.telefoon, "email": swv.email}
        return {name: known[name] if name in known else getattr(self, name) for name in SOORTEN[self.soort].velden}

    @cached_property
    def alineas(self) -> Mapping[str, tuple[Alinea, ...]]:
        values = self.waarden
        return {name: vul(text, values) for name, text in self.tekst.blokken.items()}


@dataclass(frozen=True, kw_only=True)
class Besluitbrief(Brief):
    """The letter of a decision on an application."""

    toegekend: bool
    school_code: str
    ontvangende_code: str
    categorie: str
    categorie_uitleg: str
    terugkeer: str
    geen_terugkeer: str
    niet_getekend: str
    niet_eens: str
    na_bezwaar: bool = False

    @cached_property
    def alineas(self) -> Mapping[str, tuple[Alinea, ...]]:
        """After an objection the way is to the court; in the words of the house: those of the SWV tell of objecting."""
        if not self.na_bezwaar:
            return super().alineas
        words = f"{BEROEP_NA_BEZWAAR}\n\n{SOORTEN[OP_BEZWAAR].standaard['bezwaar']}"
        return {**super().alineas, "bezwaar": vul(words, {"beroep_tot": self.bezwaar_tot, "kenmerk": self.kenmerk})}

    @property
    def is_tlv(self) -> bool:
        return self.soort == TOEKENNING

    @property
    def wet(self) -> str:
        """On what the decision rests: WPO art. 18a lid 6; a TLV also on WEC art. 40, a budget does not."""
        own = "artikel 18a van de Wet op het primair onderwijs"
        return own if self.soort == INSTROOMBUDGET else f"{own} en artikel 40 van de Wet op de expertisecentra"

    @property
    def titel(self) -> str:
        return f"{self.kop} {self.nummer}" if self.nummer else f"Besluit op aanvraag {self.kenmerk}"


@dataclass(frozen=True, kw_only=True)
class Intrekkingsbrief(Brief):
    """The letter of a decision that was withdrawn: a TLV, or what else the route gives (``besluit``).

    ``ingetrokken_per`` is the first day on which it no longer holds.
    """

    besluit: str
    ingetrokken_per: str

    @property
    def titel(self) -> str:
        return f"Intrekking van TLV {self.nummer}" if self.nummer else f"Intrekking bij aanvraag {self.kenmerk}"


class Gemaakt(NamedTuple):
    """A letter as a file (its name holds no name of a child), and with which words it was made."""

    naam: str
    pdf: bytes
    soort: str
    tekst: Brieftekst


class GeenBesluit(ValueError):
    """There is nothing (any more) to write a letter about: it was taken back, perhaps a moment ago."""


def besluitbrief(aanvraag: Aanvraag, *, dag: date) -> Besluitbrief:
    """The letter of a decided application, announced on ``dag``.  ``GeenBesluit`` when there is no decision."""
    if aanvraag.staat not in BESLOTEN | {WORDT_VERSTUURD} or aanvraag.ontvangende_school is None:
        raise GeenBesluit("there is no decision to write a letter about")
    granted = is_toegekend(aanvraag)
    facts = stand_van(aanvraag, vandaag=dag)
    return Besluitbrief(
        **gedeeld(aanvraag, briefsoort_van(aanvraag.de_route, toegekend=granted), dag),
        na_bezwaar=aanvraag.heroverweging_op is not None,
        nummer=aanvraag.tlvnummer.nummer if granted and aanvraag.tlvnummer else "",
        motivering=aanvraag.motivering,
        toegekend=granted,
        school_code=aanvraag.verwijzende_school.vestigingscode if aanvraag.verwijzende_school else "",
        ontvangende_code=aanvraag.ontvangende_school.vestigingscode,
        categorie=CATEGORIENAMEN.get(aanvraag.categorie, ""),
        categorie_uitleg=CATEGORIE_UITLEG.get(aanvraag.categorie, ""),
        terugkeer=_uitgeschreven(aanvraag.terugkeer_moment),
        geen_terugkeer=aanvraag.geen_terugkeer_reden,
        niet_getekend=_ouders(len(facts.ouders), sum(parent.gezien_op is None for parent in facts.ouders)),
        niet_eens=_niet_eens(facts, aanvraag.ontvangende_school.naam),
    )


def gedeeld(aanvraag: Aanvraag, soort: str, dag: date) -> dict[str, Any]:
    """What every letter says of an application."""
    swv = Samenwerkingsverband.objects.get()
    term = bezwaartermijn(dag, today=dag, gelijkgesteld=instellingen().gelijkgesteld)
    return {
        "soort": soort,
        "tekst": brieftekst(aanvraag.pk, soort, dag),
        "kenmerk": aanvraag.kenmerk,
        "datum": lange_datum(dag),
        "leerling": aanvraag.leerling.naam,
        "geboortedatum": _uitgeschreven(geboortedatum_van(aanvraag)),
        "school": aanvraag.verwijzende_school.naam if aanvraag.verwijzende_school else aanvraag.indienernaam,
        "bestuur": aanvraag.indienend_bestuur.naam if aanvraag.indienend_bestuur else "",
        "ontvangende_school": aanvraag.ontvangende_school.naam if aanvraag.ontvangende_school else "",
        "geldig_van": _uitgeschreven(aanvraag.geldig_van),
        "geldig_tot": _uitgeschreven(aanvraag.geldig_tot),
        "bezwaar_tot": lange_datum(term.laatste_dag),
        "bezwaar_uitleg": term.uitleg,
        "bezwaaradres": bezwaaradres(swv),
        "ondertekenaar": swv.ondertekenaar,
        "swv": swv,
    }


def _uitgeschreven(dag: date | None) -> str:
    return lange_datum(dag) if dag else ""


def is_toegekend(aanvraag: Aanvraag) -> bool:
    """Was it granted?  Before the letter goes out the state does not tell yet."""
    if aanvraag.staat == WORDT_VERSTUURD:
        return aanvraag.uitkomst == Uitkomst.TOEGEKEND
    return aanvraag.staat in MET_TLV


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


def maak_brief(aanvraag_id: int, *, dag: date) -> Gemaakt:
    """The letter of a decision; made again for the same day it has the same words."""
    aanvraag = met_alles(Aanvraag.objects.all()).get(pk=aanvraag_id)
    letter = besluitbrief(aanvraag, dag=dag)
    name = f"TLV-{letter.nummer}.pdf" if letter.nummer else f"Besluit-{letter.kenmerk}.pdf"
    return Gemaakt(name.replace("/", "-"), druk_af(letter, SJABLOON, dag=dag), letter.soort, letter.tekst)


def maak_voorbeeld(aanvraag: Aanvraag, *, dag: date) -> tuple[str, bytes]:
    """The letter of a decision that was not taken yet: of a row that holds it in memory only.  Marked as a preview."""
    letter = besluitbrief(aanvraag, dag=dag)
    if letter.is_tlv and not letter.nummer:
        letter = replace(letter, nummer=NUMMER_VOLGT)
    pdf = druk_af(letter, SJABLOON, dag=dag, opschrift=NIET_GENOMEN)
    return f"Voorbeeld-{letter.kenmerk}.pdf".replace("/", "-"), pdf


def druk_af(letter: Brief, sjabloon: str, *, dag: date, opschrift: str = "") -> bytes:
    """The letter as a PDF; ``opschrift`` says on top that it is none that is sent."""
    context = {
        "rapport": letter,
        "swv_naam": letter.swv.naam,
        "versie": 1,
        "gemaakt_op": dag,
        "opschrift": opschrift,
    }
    return render_pdf(sjabloon, context, titel=letter.titel)


def intrekkingsbrief(aanvraag: Aanvraag, *, dag: date) -> Intrekkingsbrief:
    """The letter of a withdrawn TLV, announced on ``dag``.  ``GeenBesluit`` when it was not withdrawn."""
    if aanvraag.staat != BEEINDIGD or aanvraag.ingetrokken_per is None or aanvraag.ontvangende_school is None:
        raise GeenBesluit("there is no withdrawal to write a letter about")
    return Intrekkingsbrief(
        **gedeeld(aanvraag, INTREKKING, dag),
        nummer=aanvraag.tlvnummer.nummer if aanvraag.tlvnummer else "",
        motivering=aanvraag.intrekking_reden,
        besluit=aanvraag.de_route.besluitnaam,
        ingetrokken_per=lange_datum(aanvraag.ingetrokken_per),
    )


def maak_intrekkingsbrief(aanvraag_id: int, *, dag: date) -> Gemaakt:
    """The letter of a withdrawal; made again for the same day it has the same words."""
    aanvraag = met_alles(Aanvraag.objects.all()).get(pk=aanvraag_id)
    letter = intrekkingsbrief(aanvraag, dag=dag)
    name = f"Intrekking-{letter.nummer or letter.kenmerk}.pdf".replace("/", "-")
    return Gemaakt(name, druk_af(letter, INTREKKINGSJABLOON, dag=dag), letter.soort, letter.tekst)
