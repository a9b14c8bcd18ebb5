"""What somebody with a personal link sees: their own party, and the application behind it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from kernen.models import Samenwerkingsverband
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.betaler import betaler_zin
from ondersteuning.domain.sectiereactie import delen, mag_reageren
from ondersteuning.models import Aanvraag, Partij, Zienswijze
from ondersteuning.models.advies import TWEEDE
from ondersteuning.queries.besluit import zonder_onverstuurd
from ondersteuning.queries.besluitregels import Bezwaarregel, bezwaarregels
from ondersteuning.queries.dossier import Adviesregel, adviesregels, kijkers, met_alles, samenvatting
from ondersteuning.queries.kindformulier import Kindknop, kindknop
from ondersteuning.queries.lijst import status
from ondersteuning.queries.secties import Sectie, met_reacties, secties
from ondersteuning.queries.stand import termijnen_van
from swv_portal.common.screens import Gegeven, Kijker, Status

#: What happens after a parent signed, by the state; ``{wie}`` does the application.  A decision the page tells itself.
VERVOLG = {
    procedure.BIJ_PARTIJEN: "Als de adviezen er zijn, kan de {wie} de aanvraag naar het "
    "samenwerkingsverband sturen. "
    "U krijgt een e-mail als er een besluit is.",
    procedure.INGEDIEND: "Het samenwerkingsverband neemt nu een besluit. U krijgt daarover een e-mail.",
    procedure.AANVULLING: "De {wie} vult de aanvraag nog aan. Daarna neemt het samenwerkingsverband een besluit. "
    "U krijgt daarover een e-mail.",
}


@dataclass(frozen=True)
class Bezwaar:
    """How somebody objects: until which day, whether that is over, and where the letter goes."""

    tot: date
    voorbij: bool
    adres: str


@dataclass(frozen=True)
class Persoonlijk:
    """The page of a parent or of the second expert.

    ``gedaan`` says what they did already; a parent also gets their own words (``geschreven``) and what happens next
    (``vervolg``).
    """

    partij: Partij
    aanvraag: Aanvraag
    leerling: str
    school: str
    indiener: str
    ontvangende_school: str
    route: str
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
    bezwaar: Bezwaar | None
    bezwaren: list[Bezwaarregel]
    verlengd_tot: date | None
    kind: Kindknop | None
    reageert: bool
    betaler: str


def partij_van_link(link: Any, soort: str) -> Partij | None:
    """The party of a link, as long as it is this party's newest link."""
    return Partij.objects.filter(pk=link.onderwerp_id, soort=soort, link_id=link.pk).first()


def persoonlijk(partij: Partij, *, vandaag: date) -> Persoonlijk:
    """The application as this party may read it.  While the school changes it there is nothing to read."""
    aanvraag = met_alles(Aanvraag.objects.filter(pk=partij.aanvraag_id)).get()
    in_hand = aanvraag.staat == procedure.WORDT_VERSTUURD
    aanvraag = zonder_onverstuurd(aanvraag)
    is_parent = partij.soort == procedure.OUDER
    readable = aanvraag.staat not in {procedure.CONCEPT, procedure.INGETROKKEN}
    parts = secties(aanvraag, met_contact=False) if readable else []
    if not is_parent:
        # An expert reads what is needed for the own advice: not who the parents are.
        parts = [part for part in parts if part.stap != "ouders"]
    reacts = is_parent and readable and not in_hand and procedure.mag_tekenen(aanvraag.staat) is None
    if is_parent:
        parts = [_met_link(part, aanvraag, reacts) for part in met_reacties(parts, aanvraag, van=partij)]
    advices = adviesregels(aanvraag, vandaag=vandaag) if readable and is_parent else []
    view = _zienswijze(aanvraag, partij)
    done = _gedaan(aanvraag, partij, view)
    can = (
        not done
        and not in_hand
        and (procedure.mag_tekenen(aanvraag.staat) is None if is_parent else aanvraag.staat == procedure.BIJ_PARTIJEN)
    )
    return Persoonlijk(
        partij=partij,
        aanvraag=aanvraag,
        leerling=aanvraag.leerling.naam,
        school=aanvraag.indienernaam,
        indiener=aanvraag.de_route.indiener_kort,
        ontvangende_school=aanvraag.ontvangende_school.naam if aanvraag.ontvangende_school else "",
        route=aanvraag.de_route.naam,
        status=status(aanvraag.staat),
        leesbaar=readable,
        samenvatting=samenvatting(aanvraag, termijnen_van(aanvraag, vandaag=vandaag), vandaag=vandaag)
        if readable
        else [],
        secties=parts,
        adviezen=advices,
        kijkers=kijkers(aanvraag),
        gedaan=done,
        geschreven=view.tekst if view else "",
        vervolg=VERVOLG.get(aanvraag.staat, "").format(wie=aanvraag.de_route.indiener_kort) if view else "",
        kan=can,
        besloten=aanvraag.staat in procedure.BESLOTEN and aanvraag.bekendgemaakt_op is not None,
        bezwaar=_bezwaar(aanvraag, vandaag) if is_parent else None,
        bezwaren=bezwaarregels(aanvraag, vandaag=vandaag) if is_parent else [],
        verlengd_tot=aanvraag.verlengd_tot if is_parent and aanvraag.besloten_op is None else None,
        kind=kindknop(aanvraag, partij.label, reverse("ondersteuning:ouder_kind")) if reacts else None,
        reageert=reacts,
        betaler=_betaler(aanvraag) if is_parent else "",
    )


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
    return Bezwaar(until, until < vandaag, bezwaaradres(Samenwerkingsverband.objects.get()))


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
