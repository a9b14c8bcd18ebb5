"""Announcing a decision: the letter goes out, the TLV begins to count, and every party is told.

Runs in the transaction that marks the job of the letter done, and begins with the lock that taking back needs too: of a
decision either the letter goes out or it is taken back.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from ondersteuning.domain.aanvraag import BEEINDIGD, BESLOTEN, WORDT_VERSTUURD
from ondersteuning.domain.besluit import Uitkomst
from ondersteuning.domain.budgetperiode import einde_bij_vertrek
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.plaatsing import MET_CATEGORIE, Soort
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.queries.budgetten import BUDGETSOORTEN
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.besluit import BRIEF
from ondersteuning.services.stappen import zet, zet_termijnen
from ondersteuning.services.toekenning_dag import verplaats_na_toekenning
from ondersteuning.services.vertellen import Nieuws, vertel_partijen
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.common.terms import bezwaartermijn
from swv_portal.common.writing import load_for_update
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.enqueue import enqueue

INTREKKINGSBRIEF = "ondersteuning.intrekkingsbrief"
_RIJEN = ("leerling", "tlvnummer", "verwijzende_school", "ontvangende_school", "vorige_school")


def maak_bekend(
    *,
    pk: int,
    vandaag: date,
    bewaar_brief: Callable[[Aanvraag], None],
    keer: int | None = None,
    versie: int | None = None,
) -> bool:
    """The letter exists: send the decision, store the letter, start the objection term (Awb art. 6:8), tell everybody.

    ``keer`` is the decision that the letter is about.  ``False`` and nothing else when that was taken back.  ``versie``
    is the version of the application with which the letter was made: when it changed since, such as by a parent who
    signed, another letter is made first.
    ``bewaar_brief`` stores the document.  A decision is announced once; of one that was announced already only a letter
    that is missing is stored again.
    """
    aanvraag = load_for_update(Aanvraag.objects.select_related(*_RIJEN), pk)
    if keer is not None and aanvraag.besluit_keer != keer:
        return False
    if aanvraag.staat == WORDT_VERSTUURD and versie is not None and aanvraag.versie != versie:
        _maak_opnieuw(aanvraag)
        return False
    if aanvraag.staat == WORDT_VERSTUURD:
        _verstuur(aanvraag, vandaag=vandaag)
    if aanvraag.staat not in BESLOTEN:
        return False
    if not documents_of(aanvraag, BRIEF).filter(versie=briefversie(aanvraag)).exists():
        bewaar_brief(aanvraag)
    if aanvraag.bekendgemaakt_op is None:
        _maak_bekend(aanvraag, vandaag)
    return True


def _maak_opnieuw(aanvraag: Aanvraag) -> None:
    """Another letter, of the application as it is now."""
    enqueue(
        BRIEF,
        params={"aanvraag": aanvraag.pk, "besluit": aanvraag.besluit_keer},
        uniek=f"{BRIEF}-{aanvraag.pk}-{aanvraag.besluit_keer}-{aanvraag.versie}",
        mail_bij_klaar=False,
    )


def _maak_bekend(aanvraag: Aanvraag, vandaag: date) -> None:
    """From today on it is known: the objection term runs, and everybody is told."""
    term = bezwaartermijn(vandaag, today=vandaag, gelijkgesteld=instellingen().gelijkgesteld)
    aanvraag.bekendgemaakt_op, aanvraag.bezwaar_tot = vandaag, term.laatste_dag
    aanvraag.save(update_fields=["bekendgemaakt_op", "bezwaar_tot", "gewijzigd"])
    audit.record(
        actor=PORTAAL, soort="aanvraag.bekendgemaakt", onderwerp=aanvraag, tekst="Heeft de brief gemaakt en verstuurd."
    )
    news = Nieuws(
        zin="Het besluit is er",
        sleutel=f"{BRIEF}-{aanvraag.pk}-{aanvraag.besluit_keer}",
        deskundige="Het samenwerkingsverband heeft besloten",
    )
    vertel_partijen(aanvraag, news, actor=PORTAAL, vandaag=vandaag)


def briefversie(aanvraag: Aanvraag) -> int:
    """Which letter of this application it is; a second one follows when an objection leads to a new decision."""
    return max(1, aanvraag.besluit_keer)


def _verstuur(aanvraag: Aanvraag, *, vandaag: date) -> None:
    """The decision counts from now on: its state, the place, how long it is kept, and where the pupil is."""
    granted = aanvraag.uitkomst == Uitkomst.TOEGEKEND
    zet(
        aanvraag,
        procedure_van(aanvraag.route).step("verstuur_toekenning" if granted else "verstuur_weigering"),
        vandaag=vandaag,
    )
    aanvraag.versturen_na = None
    end = (aanvraag.geldig_tot if granted else None) or vandaag
    aanvraag.bewaren_tot = max(filter(None, (bewaren_tot(end), aanvraag.bewaren_tot)))
    zet_termijnen(aanvraag, vandaag=vandaag)
    aanvraag.save()
    if granted:
        leg_plaats_vast(aanvraag)
    number = f" met nummer {aanvraag.tlvnummer.nummer}" if granted and aanvraag.tlvnummer else ""
    audit.record(
        actor=Actor(user_id=aanvraag.besloten_door_id, label="" if aanvraag.besloten_door_id else PORTAAL.label),
        soort=f"aanvraag.{aanvraag.staat}",
        onderwerp=aanvraag,
        tekst=f"Heeft {_wat(aanvraag)} toegekend{number}." if granted else f"Heeft {_wat(aanvraag)} geweigerd.",
    )
    verplaats_na_toekenning(aanvraag, vandaag=vandaag)


def _wat(aanvraag: Aanvraag) -> str:
    """What was asked, in a line of the timeline."""
    route = aanvraag.de_route
    if route.plaats is Soort.INSTROOMBUDGET:
        return "het instroombudget"
    return "het plaatsingsakkoord" if route.plaats is Soort.TLV and not route.met_nummer else "de TLV"


def leg_plaats_vast(aanvraag: Aanvraag) -> None:
    """The place that a grant gives: what budgets count.  The previous school stands on it when that one pays."""
    if aanvraag.geldig_van is None:
        raise ValueError("a grant has a period")
    kind = aanvraag.de_route.plaats
    number = aanvraag.tlvnummer.nummer if aanvraag.tlvnummer else aanvraag.kenmerk
    gone = Plaatsing.objects.select_for_update().filter(verwijzing=number, vertrokken_op__isnull=False).first()
    Plaatsing.objects.update_or_create(
        verwijzing=number,
        defaults={
            "school_verwijzend": aanvraag.vorige_school or aanvraag.verwijzende_school,
            "school_ontvangend": aanvraag.ontvangende_school,
            "categorie": aanvraag.categorie if kind in MET_CATEGORIE else "",
            "soort": str(kind),
            "kostendrager": aanvraag.kostendrager,
            "betaalreden": aanvraag.betaalreden,
            "begin": aanvraag.geldig_van,
            "einde": aanvraag.geldig_tot,
            "ingetrokken_per": None,
            "aanvraag": aanvraag,
        }
        | (_na_vertrek(gone, aanvraag.geldig_tot) if gone is not None else {}),
    )


def _na_vertrek(plaats: Plaatsing, tot: date | None) -> dict[str, Any]:
    """When the place ends of which the pupil left already; when it would have ended is kept beside that."""
    if plaats.vertrokken_op is None:
        raise ValueError("nobody left this place")
    if plaats.soort in BUDGETSOORTEN:
        end = einde_bij_vertrek(inschrijving=plaats.begin, einde=tot, vertrokken_op=plaats.vertrokken_op)
    else:
        end = min(tot or plaats.vertrokken_op, plaats.vertrokken_op)
    return {"einde": end, "einde_zonder_vertrek": tot, "versie": plaats.versie + 1}


def maak_intrekking_bekend(*, pk: int, vandaag: date, bewaar_brief: Callable[[Aanvraag], None]) -> bool:
    """The letter of a withdrawal exists: store it, start its objection term and tell everybody.  Once."""
    aanvraag = load_for_update(Aanvraag.objects.select_related(*_RIJEN), pk)
    if aanvraag.staat != BEEINDIGD or aanvraag.intrekking_bekend_op is not None:
        return False
    bewaar_brief(aanvraag)
    term = bezwaartermijn(vandaag, today=vandaag, gelijkgesteld=instellingen().gelijkgesteld)
    aanvraag.intrekking_bekend_op, aanvraag.intrekking_bezwaar_tot = vandaag, term.laatste_dag
    aanvraag.save(update_fields=["intrekking_bekend_op", "intrekking_bezwaar_tot", "gewijzigd"])
    audit.record(
        actor=PORTAAL,
        soort="aanvraag.intrekking_bekendgemaakt",
        onderwerp=aanvraag,
        tekst="Heeft de brief over de intrekking gemaakt en verstuurd.",
    )
    news = Nieuws(zin="Het besluit is ingetrokken", sleutel=f"{INTREKKINGSBRIEF}-{pk}-{aanvraag.versie}")
    vertel_partijen(aanvraag, news, actor=PORTAAL, vandaag=vandaag)
    return True
