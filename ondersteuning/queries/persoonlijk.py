"""What somebody with a personal link sees: their own party, and the application behind it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse

from kernen.models import Samenwerkingsverband
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain import zinnen
from ondersteuning.domain.betaler import betaler_zin
from ondersteuning.domain.routes import Deelnemer
from ondersteuning.domain.sectiereactie import delen, mag_reageren
from ondersteuning.models import Aanvraag, Partij, Zienswijze
from ondersteuning.models.advies import TWEEDE
from ondersteuning.queries.besluit import zonder_onverstuurd
from ondersteuning.queries.besluitregels import Bezwaarregel, bezwaarregels, heroverweging
from ondersteuning.queries.dossier import Adviesregel, adviesregels, kijkers, met_alles, samenvatting
from ondersteuning.queries.kindformulier import Kindknop, kindknop
from ondersteuning.queries.lijst import status
from ondersteuning.queries.secties import Sectie, met_reacties, secties
from ondersteuning.queries.stand import termijnen_van
from swv_portal.common.screens import Gegeven, Kijker, Status
from swv_portal.common.words import met_hoofdletter

#: What happens after a parent signed, by the state; ``{wie}`` does the application.  A decision the page tells itself.
VERVOLG = {
    procedure.BIJ_PARTIJEN: "Als de adviezen er zijn, kan {wie} de aanvraag naar het samenwerkingsverband sturen. "
    "U krijgt een e-mail als er een besluit is.",
    procedure.INGEDIEND: "Het samenwerkingsverband neemt nu een besluit. U krijgt daarover een e-mail.",
    procedure.AANVULLING: "{Wie} vult de aanvraag nog aan. Daarna neemt het samenwerkingsverband een besluit. "
    "U krijgt daarover een e-mail.",
}
ZONDER_DESKUNDIGEN = (
    "{Wie} kan de aanvraag nu naar het samenwerkingsverband sturen. U krijgt een e-mail als er een besluit is."
)
NIET_VERDER = (
    "Zonder uw ja gaat deze aanvraag niet verder. Denkt u er anders over? Vraag de school dan om de aanvraag opnieuw "
    "aan u voor te leggen."
)


@dataclass(frozen=True)
class Bezwaar:
    """How somebody objects: until which day, whether that is over, and where the letter goes.

    ``beroep``: the way is to the court, for the decision was taken after an objection.
    """

    tot: date
    voorbij: bool
    adres: str
    beroep: bool = False


@dataclass(frozen=True)
class Persoonlijk:
    """The page of a parent or of the second expert.

    ``vraag`` says what is asked, ``toestemming`` what a yes or no of a parent is worth, ``tekenzin`` what signing says,
    ``bij_tekenen`` what to know before it, ``uitkomst`` what was decided.  ``gedaan`` says what they did already; a
    parent also gets their own words (``geschreven``) and what happens next (``vervolg``).  ``met_deskundigen``: experts
    advise on this route.  ``opnieuw``: the SWV decides again after an objection, ``maakte_bezwaar``: of this parent.
    """

    partij: Partij
    aanvraag: Aanvraag
    leerling: str
    school: str
    indiener: str
    ontvangende_school: str
    route: str
    vraag: str
    toestemming: str
    tekenzin: str
    bij_tekenen: str
    uitkomst: str
    met_deskundigen: bool
    status: Status
    leesbaar: bool
    samenvatting: list[Gegeven]
    secties: list[Sectie]
    adviezen: list[Adviesregel]
    kijkers: list[Kijker]
    gedaan: str
    geschreven: str
    vervolg: str
    kan: bool
    besloten: bool
    kind: Kindknop | None
    reageert: bool
    opnieuw: bool
    maakte_bezwaar: bool
    bezwaar: Bezwaar | None = None
    bezwaren: list[Bezwaarregel] = field(default_factory=list)
    verlengd_tot: date | None = None
    betaler: str = ""


def partij_van_link(link: Any, soort: str) -> Partij | None:
    """The party of a link, as long as it is this party's newest link."""
    return Partij.objects.filter(pk=link.onderwerp_id, soort=soort, link_id=link.pk).first()


def persoonlijk(partij: Partij, *, vandaag: date) -> Persoonlijk:
    """The application as this party may read it.  While the school changes it there is nothing to read."""
    aanvraag = zonder_onverstuurd(met_alles(Aanvraag.objects.filter(pk=partij.aanvraag_id)).get())
    is_parent = partij.soort == procedure.OUDER
    readable = aanvraag.staat not in {procedure.CONCEPT, procedure.INGETROKKEN}
    signs = procedure.mag_tekenen(aanvraag.staat) is None
    reacts = is_parent and readable and signs
    view = _zienswijze(aanvraag, partij)
    done = _gedaan(aanvraag, partij, view)
    again = heroverweging(aanvraag)
    objected = again is not None and is_parent and again.bezwaarmaker == f"ouder_{partij.volgnummer}"
    terms = termijnen_van(aanvraag, vandaag=vandaag) if readable else None
    return Persoonlijk(
        partij=partij,
        aanvraag=aanvraag,
        leerling=aanvraag.leerling.naam,
        school=aanvraag.indienernaam,
        indiener=aanvraag.de_route.de_indiener,
        ontvangende_school=aanvraag.ontvangende_school.naam if aanvraag.ontvangende_school else "",
        route=aanvraag.de_route.naam,
        vraag=zinnen.vraagzin(_aangevraagd(aanvraag)),
        toestemming=zinnen.gevraagd_van_ouder(aanvraag.de_route),
        tekenzin=zinnen.tekenzin(aanvraag.de_route),
        bij_tekenen=zinnen.uitleg_bij_tekenen(aanvraag.de_route),
        uitkomst=_uitkomst(aanvraag),
        met_deskundigen=aanvraag.de_route.vraagt(Deelnemer.TWEEDE_DESKUNDIGE),
        status=status(aanvraag.staat, aanvraag.route),
        leesbaar=readable,
        samenvatting=samenvatting(aanvraag, terms, vandaag=vandaag) if readable else [],
        secties=_delen(aanvraag, partij, reageert=reacts) if readable else [],
        adviezen=adviesregels(aanvraag, vandaag=vandaag) if readable and is_parent else [],
        kijkers=kijkers(aanvraag),
        gedaan=done,
        geschreven=view.tekst if view else "",
        vervolg=_vervolg(aanvraag, view) if view else "",
        kan=not done and (signs if is_parent else aanvraag.staat == procedure.BIJ_PARTIJEN),
        besloten=aanvraag.staat in procedure.BESLOTEN and aanvraag.bekendgemaakt_op is not None,
        kind=kindknop(aanvraag, partij.label, reverse("ondersteuning:ouder_kind")) if reacts else None,
        reageert=reacts,
        opnieuw=again is not None,
        maakte_bezwaar=objected,
        **(_voor_ouder(aanvraag, vandaag) if is_parent else {}),
    )


def _voor_ouder(aanvraag: Aanvraag, vandaag: date) -> dict[str, Any]:
    """What only a parent reads: when the decision comes, how to object to it, and who pays."""
    return {
        "bezwaar": _bezwaar(aanvraag, vandaag),
        "bezwaren": bezwaarregels(aanvraag, vandaag=vandaag),
        "verlengd_tot": aanvraag.verlengd_tot if aanvraag.besloten_op is None else None,
        "betaler": _betaler(aanvraag),
    }


def _delen(aanvraag: Aanvraag, partij: Partij, *, reageert: bool) -> list[Sectie]:
    """The parts of the application that this party reads; a parent with the own reactions."""
    if partij.soort == procedure.OUDER:
        parts = met_reacties(secties(aanvraag, met_contact=False, voor_ouder=True), aanvraag, van=partij)
        return [_met_link(part, aanvraag, reageert) for part in parts]
    # An expert reads what is needed for the own advice: not who the parents are.
    return [part for part in secties(aanvraag, met_contact=False, voor_ouder=False) if part.stap != "ouders"]


def _met_link(part: Sectie, aanvraag: Aanvraag, reageert: bool) -> Sectie:
    """The same part with the way to say what is not right, while that can be said."""
    if not reageert or mag_reageren(aanvraag.staat, part.stap, aanvraag.de_route) is not None:
        return part
    return replace(part, reageer_url=reverse("ondersteuning:ouder_deel", args=[part.stap]))


def deel_voor(pagina: Persoonlijk, sectie: str) -> Sectie | None:
    """One part of the form as this parent reads it; ``None`` when there is none to react to."""
    found = (part for part in pagina.secties if part.stap == sectie and sectie in delen(pagina.aanvraag.de_route))
    return next(found, None)


def _betaler(aanvraag: Aanvraag) -> str:
    """Who pays the place, in words; empty when nothing was granted."""
    if aanvraag.staat not in procedure.MET_TLV or aanvraag.bekendgemaakt_op is None:
        return ""
    previous = aanvraag.vorige_school.naam if aanvraag.vorige_school else ""
    return betaler_zin(aanvraag.betaalreden, aanvraag.kostendrager, vorige_school=previous)


def bezwaaradres(swv: Samenwerkingsverband) -> str:
    """Where an objection goes: the address that the SWV chose for it, else its own."""
    return swv.bezwaaradres or ", ".join([swv.naam, *swv.adresregels])


def _bezwaar(aanvraag: Aanvraag, vandaag: date) -> Bezwaar | None:
    until = aanvraag.bezwaar_tot if aanvraag.staat != procedure.BEEINDIGD else aanvraag.intrekking_bezwaar_tot
    if until is None:
        return None
    appeal = aanvraag.heroverweging_op is not None and aanvraag.staat != procedure.BEEINDIGD
    return Bezwaar(until, until < vandaag, bezwaaradres(Samenwerkingsverband.objects.get()), appeal)


def _aangevraagd(aanvraag: Aanvraag) -> zinnen.Aangevraagd:
    receiving = aanvraag.ontvangende_school
    return zinnen.Aangevraagd(
        route=aanvraag.de_route,
        wie=aanvraag.indienernaam,
        leerling=aanvraag.leerling.naam,
        school=receiving.naam if receiving else "de ontvangende school",
        blijft=aanvraag.blijft_op_school,
    )


def _uitkomst(aanvraag: Aanvraag) -> str:
    """What was decided, in a sentence; empty as long as there is no decision."""
    route, number = aanvraag.de_route, aanvraag.tlvnummer.nummer if aanvraag.tlvnummer else ""
    if aanvraag.staat == procedure.BEEINDIGD:
        return zinnen.ingetrokken(route, nummer=number, per=aanvraag.ingetrokken_per)
    if aanvraag.staat == procedure.TOEGEKEND:
        return zinnen.toegekend(_aangevraagd(aanvraag), van=aanvraag.geldig_van, tot=aanvraag.geldig_tot, nummer=number)
    return zinnen.geweigerd(route) if aanvraag.staat == procedure.GEWEIGERD else ""


def _vervolg(aanvraag: Aanvraag, view: Zienswijze) -> str:
    """What happens after a parent signed."""
    route = aanvraag.de_route
    sentence = VERVOLG.get(aanvraag.staat, "")
    if aanvraag.staat == procedure.BIJ_PARTIJEN and not route.vraagt(Deelnemer.TWEEDE_DESKUNDIGE):
        stays = "ouders_akkoord" in route.punten and not view.eens
        sentence = NIET_VERDER if stays else ZONDER_DESKUNDIGEN
    who = aanvraag.de_route.de_indiener
    return sentence.format(wie=who, Wie=met_hoofdletter(who))


def _zienswijze(aanvraag: Aanvraag, partij: Partij) -> Zienswijze | None:
    """What this parent answered, as long as it counts."""
    return next((v for v in aanvraag.zienswijzen.all() if v.partij_id == partij.pk and v.vervallen_op is None), None)


def _gedaan(aanvraag: Aanvraag, partij: Partij, view: Zienswijze | None) -> str:
    """What this party already did, in words; empty when nothing that counts."""
    if partij.soort == procedure.OUDER:
        if view is None:
            return ""
        return (
            "U hebt getekend voor gezien. U bent het eens."
            if view.eens
            else "U hebt getekend voor gezien. U bent het niet eens."
        )
    given = any(a.soort == TWEEDE and a.vervallen_op is None for a in aanvraag.adviezen.all())
    return "U hebt uw advies gegeven." if given else ""
