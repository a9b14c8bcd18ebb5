"""What the parties do: experts advise, the receiving school says whether it has a place, parents sign 'voor gezien'."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import OUDER, TWEEDE_DESKUNDIGE, mag_tekenen
from ondersteuning.domain.besluit import houdt_tegen
from ondersteuning.domain.deskundigen import FUNCTIENAMEN, beoordeel_eerste, zelfde_advies, zelfde_functie
from ondersteuning.models import Aanvraag, Advies, Partij, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.stand import stand_van
from ondersteuning.services.berichten import bericht_aan_school
from ondersteuning.services.besluit import besluit_opnieuw
from ondersteuning.services.stappen import (
    VERWANTEN,
    beslis,
    laad,
    laat_vervallen,
    stap_of_bezwaar,
    wachtend_besluit,
    zet,
)
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import NotVisible, load_for_update

GEEN_TEKST = Refusal("tekst", "Schrijf uw advies in uw eigen woorden, met uw redenen.", "tekst")
NIET_BETROKKEN = Refusal(
    "betrokken", "Alleen wie echt bij de leerling betrokken is, kan adviseren. Bevestig dat eerst.", "betrokken"
)
WEL_IN_DIENST = Refusal(
    "in_dienst",
    "U mag niet werken bij een van de twee scholen. Bevestig dat, of meld de school dat dit zo is.",
    "niet_in_dienst",
)
ZELFDE_TEKST = Refusal(
    "zelfde_tekst",
    "Dit is het advies van de andere deskundige. Schrijf uw eigen advies, in uw eigen woorden.",
    "tekst",
)
AL_GEGEVEN = Refusal("al_gegeven", "U hebt uw advies al gegeven.")
AL_GETEKEND = Refusal("al_getekend", "U hebt al getekend.")


def geef_eerste_advies(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    functie: str,
    tekst: str,
    steunt: bool,
    betrokken: bool,
    vandaag: date,
) -> Aanvraag | Refusal:
    """The expert of the receiving school gives an own, reasoned advice.

    Refuses: ``eerste_functie``, ``zelfde_functie`` (the second expert has this function already), ``tekst``,
    ``zelfde_tekst`` (the words of the other expert), ``betrokken``, ``al_gegeven``.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "geef_eerste_advies", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        refusal = _eerste_functie_kan(aanvraag, functie) or _volledig(aanvraag, EERSTE, tekst, betrokken)
        if refusal is None and aanvraag.adviezen.filter(soort=EERSTE, vervallen_op__isnull=True).exists():
            refusal = AL_GEGEVEN
        if refusal is not None:
            return refusal
        aanvraag.eerste_functie = functie
        advies = Advies(soort=EERSTE, functie=functie, tekst=tekst.strip(), steunt=steunt, user_id=actor.user_id)
        return _bewaar_advies(actor, aanvraag, advies, answer[0], vandaag=vandaag)


def _bewaar_advies(actor: Actor, aanvraag: Aanvraag, advies: Advies, step: Transition, *, vandaag: date) -> Aanvraag:
    """Store the advice of somebody who is involved, take the step, record it and tell the school."""
    advies.aanvraag, advies.betrokken, advies.gegeven_op = aanvraag, True, vandaag
    advies.save()
    zet(aanvraag, step, vandaag=vandaag)
    aanvraag.save()
    audit.record(
        actor=actor,
        soort=f"aanvraag.{advies.soort}_advies",
        onderwerp=aanvraag,
        tekst=f"Heeft het {advies.soort} advies gegeven.",
    )
    bericht_aan_school(aanvraag, zin=f"Het {advies.soort} advies is er", actor=actor, vandaag=vandaag)
    return aanvraag


def _eerste_functie_kan(aanvraag: Aanvraag, functie: str) -> Refusal | None:
    refusal = beoordeel_eerste(functie)
    if refusal is not None:
        return refusal
    second = aanvraag.partijen.filter(soort=TWEEDE_DESKUNDIGE).exclude(functie="").first()
    if second is not None and zelfde_functie(functie, second.functie):
        return Refusal(
            "zelfde_functie",
            f"De tweede deskundige is {FUNCTIENAMEN[second.functie]}. Dat is dezelfde functie. "
            f"Vraag de school om een andere tweede deskundige.",
            "functie",
        )
    return None


def _volledig(aanvraag: Aanvraag, soort: str, tekst: str, betrokken: bool) -> Refusal | None:
    """An own text of somebody who is involved; what the other expert wrote is no own text."""
    if not tekst.strip():
        return GEEN_TEKST
    others = aanvraag.adviezen.filter(vervallen_op__isnull=True).exclude(soort=soort)
    if any(zelfde_advies(tekst, other.tekst) for other in others):
        return ZELFDE_TEKST
    return None if betrokken else NIET_BETROKKEN


def bevestig_plaats(
    *, actor: Actor, pk: int, versie: int | None, toelichting: str, vandaag: date
) -> Aanvraag | Refusal:
    """The receiving school confirms that there is a place, with a remark if it wants."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "bevestig_plaats", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.plaats_bevestigd, aanvraag.plaats_toelichting = True, toelichting.strip()
        aanvraag.save()
        audit.record(
            actor=actor, soort="aanvraag.plaats_bevestigd", onderwerp=aanvraag, tekst="Heeft de plaats bevestigd."
        )
        bericht_aan_school(aanvraag, zin="De plaats is bevestigd", actor=actor, vandaag=vandaag)
        return aanvraag


def meld_geen_plaats(
    *, actor: Actor, pk: int, versie: int | None, toelichting: str, vandaag: date
) -> Aanvraag | Refusal:
    """The receiving school has no place and says why: the application goes back to the pupil's school.

    Advices and signatures lapse, and the receiving school no longer sees the dossier.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "geen_plaats", versie=versie, vandaag=vandaag, toelichting=toelichting)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        laat_vervallen(aanvraag, vandaag=vandaag)
        aanvraag.plaats_bevestigd, aanvraag.plaats_toelichting = False, toelichting.strip()
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.geen_plaats",
            onderwerp=aanvraag,
            tekst="Heeft gemeld dat er geen plaats is. De aanvraag is terug bij de school.",
        )
        bericht_aan_school(aanvraag, zin="Er is geen plaats", actor=actor, vandaag=vandaag)
        return aanvraag


def laad_via_link(actor: Actor, partij_pk: int, soort: str) -> tuple[Aanvraag, Partij]:
    """The application of somebody with a personal link, locked; the link must be the party's link of now."""
    own = {"pk": partij_pk, "soort": soort, "link_id": actor.link_id}
    partij = Partij.objects.filter(**own).first() if actor.link_id is not None else None
    if partij is None:
        raise NotVisible("niet gevonden")
    aanvraag = load_for_update(
        Aanvraag.objects.select_related(*VERWANTEN),
        partij.aanvraag_id,
    )
    # Read again now that the application is locked: the school may have taken the link back meanwhile.
    partij = aanvraag.partijen.filter(**own).first()
    if partij is None:
        raise NotVisible("niet gevonden")
    return aanvraag, partij


def geef_tweede_advies(
    *,
    actor: Actor,
    partij_pk: int,
    tekst: str,
    steunt: bool,
    betrokken: bool,
    niet_in_dienst: bool,
    vandaag: date,
) -> Aanvraag | Refusal:
    """The second expert, by personal link, gives an own, reasoned advice and confirms to be involved and independent.

    Refuses: ``staat``, ``tekst``, ``zelfde_tekst`` (the words of the other expert), ``betrokken``, ``in_dienst``,
    ``al_gegeven``, or why this person can not be the second expert (``zelfde_functie``, ``tweede_functie``).
    """
    with transaction.atomic():
        aanvraag, partij = laad_via_link(actor, partij_pk, TWEEDE_DESKUNDIGE)
        facts = stand_van(aanvraag, vandaag=vandaag)
        step = stap_of_bezwaar(aanvraag, "geef_tweede_advies", {TWEEDE_DESKUNDIGE}, facts)
        if isinstance(step, Refusal):
            return step
        refusal = facts.weigering_tweede or _volledig(aanvraag, TWEEDE, tekst, betrokken)
        if refusal is None and not niet_in_dienst:
            refusal = WEL_IN_DIENST
        if refusal is None and facts.tweede_advies is not None:
            refusal = AL_GEGEVEN
        if refusal is not None:
            return refusal
        advies = Advies(soort=TWEEDE, functie=partij.functie, tekst=tekst.strip(), steunt=steunt, partij=partij)
        return _bewaar_advies(actor, aanvraag, advies, step, vandaag=vandaag)


def teken_gezien(*, actor: Actor, partij_pk: int, eens: bool, tekst: str, vandaag: date) -> Aanvraag | Refusal:
    """A parent, by personal link, signs 'voor gezien', with agree or disagree and own words (these may stay empty).

    Signing does not mean agreeing, and objecting later stays possible.  While a decision waits for its letter it is
    recorded that this came after it; who does not agree with a grant then, keeps that letter back (besluit 0062).
    Refuses: ``staat``, ``al_getekend``.
    """
    with transaction.atomic():
        aanvraag, partij = laad_via_link(actor, partij_pk, OUDER)
        refusal = mag_tekenen(aanvraag.staat)
        if refusal is not None:
            return refusal
        if aanvraag.zienswijzen.filter(partij=partij, vervallen_op__isnull=True).exists():
            return AL_GETEKEND
        Zienswijze.objects.create(
            aanvraag=aanvraag,
            partij=partij,
            eens=eens,
            tekst=tekst.strip(),
            gezien_op=vandaag,
            na_besluit=wachtend_besluit(aanvraag),
        )
        audit.record(actor=actor, soort="aanvraag.gezien", onderwerp=aanvraag, tekst="Heeft 'voor gezien' getekend.")
        bericht_aan_school(aanvraag, zin="Een ouder heeft getekend", actor=actor, vandaag=vandaag)
        if wachtend_besluit(aanvraag) and houdt_tegen(aanvraag.uitkomst, eens=eens):
            besluit_opnieuw(aanvraag, vandaag=vandaag)
        else:
            aanvraag.versie += 1
            aanvraag.save(update_fields=["versie", "gewijzigd"])
        return aanvraag
