"""The way of an example application to its state: advices, signatures, terms, the decision, and its timeline."""

from datetime import date, timedelta
from typing import Any

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.betaler import Betaalreden
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.plaatsing import Kostendrager
from ondersteuning.domain.termijnen import beslistermijnen
from ondersteuning.models import Aanvraag, Aanvulling, Advies, Partij, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from swv_portal.common.terms import Opschorting, bezwaartermijn
from swv_portal.local.voorbeeld import ondersteuning_teksten as tekst
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.ondersteuning_bouw import Bouw


def verloop(ctx: Context, bouw: Bouw, row: Aanvraag, number: int, parents: list[Partij], expert: Partij) -> None:
    """Everything that happened until ``row`` came in its state, on the day that it says (``row.sinds``)."""
    named = [parent for parent in parents if parent.naam]
    _tot_partijen(ctx, bouw, row, [*named, expert])
    if row.staat != procedure.CONCEPT:
        _adviezen(ctx, bouw, row, number, named, expert)


def _tot_partijen(ctx: Context, bouw: Bouw, row: Aanvraag, parties: list[Partij]) -> None:
    """The dates of the way to this state, and what the timeline tells of it."""
    since = row.sinds
    iber = ctx.delen["ibers"].get(row.verwijzende_school_id)
    started = since - timedelta(days=1 if row.staat == procedure.CONCEPT else 24)
    bouw.gebeurtenissen.append((row, started, 9, "aanvraag.begonnen", "Is een aanvraag begonnen.", iber))
    if row.staat == procedure.CONCEPT:
        return
    row.voorgelegd_op = since if row.staat == procedure.BIJ_PARTIJEN else since - timedelta(days=20)
    withdrawn = row.staat == procedure.INGETROKKEN
    row.gevraagde_school = None if withdrawn else row.ontvangende_school
    sentence = "Heeft de aanvraag voorgelegd aan de ouders, de deskundigen en de ontvangende school."
    bouw.gebeurtenissen.append((row, row.voorgelegd_op, 10, "aanvraag.voorgelegd", sentence, iber))
    if not withdrawn:
        for party in parties:
            party.uitgenodigd_op = row.voorgelegd_op
    else:
        row.afgesloten_op, row.bewaren_tot = since, bewaren_tot(since)
        bouw.gebeurtenissen.append((row, since, 16, "aanvraag.ingetrokken", "Heeft de aanvraag ingetrokken.", iber))


def _adviezen(ctx: Context, bouw: Bouw, row: Aanvraag, number: int, parents: list[Partij], expert: Partij) -> None:
    if row.staat == procedure.INGETROKKEN or row.voorgelegd_op is None or row.ontvangende_school is None:
        return
    ortho = ctx.delen["orthopedagogen"].get(row.ontvangende_school.pk)
    partial = row.staat == procedure.BIJ_PARTIJEN
    day = min(row.voorgelegd_op + timedelta(days=4), ctx.vandaag)
    disagrees = number % 11 == 3
    if ortho is not None and (not partial or number % 3 == 0):
        bouw.adviezen.append(_advies(row, EERSTE, row.eerste_functie, tekst.ADVIES_EERSTE, day, user=ortho))
        row.plaats_bevestigd = True
        bouw.gebeurtenissen.append((row, day, 11, "aanvraag.eerste_advies", "Heeft het eerste advies gegeven.", ortho))
        bouw.gebeurtenissen.append((row, day, 12, "aanvraag.plaats_bevestigd", "Heeft de plaats bevestigd.", ortho))
    if not partial or number % 3 == 1:
        bouw.adviezen.append(_advies(row, TWEEDE, expert.functie, tekst.ADVIES_TWEEDE, day, partij=expert))
        sentence = "Heeft het tweede advies gegeven."
        bouw.gebeurtenissen.append((row, day, 13, "aanvraag.tweede_advies", sentence, "tweede deskundige"))
    for place, parent in enumerate(parents):
        if (number + place) % 4 == 3:
            continue
        against = disagrees and place == 0
        words = (
            "Wij hadden liever hulp op de eigen school gezien."
            if against
            else "Wij hopen dat ons kind hier rust vindt."
        )
        bouw.zienswijzen.append(Zienswijze(aanvraag=row, partij=parent, eens=not against, tekst=words, gezien_op=day))
        bouw.gebeurtenissen.append((row, day, 14, "aanvraag.gezien", "Heeft 'voor gezien' getekend.", parent.label))
    if not partial:
        _bij_swv(ctx, bouw, row, disagrees)


def _advies(row: Aanvraag, kind: str, function: str, words: str, day: date, **who: Any) -> Advies:
    return Advies(
        aanvraag=row, soort=kind, functie=function, tekst=words, steunt=True, betrokken=True, gegeven_op=day, **who
    )


def _bij_swv(ctx: Context, bouw: Bouw, row: Aanvraag, disagrees: bool) -> None:
    iber = ctx.delen["ibers"].get(row.verwijzende_school_id)
    staff = ctx.delen["gebruikers"]["swv_medewerker"]
    received = row.sinds if row.staat == procedure.INGEDIEND else row.sinds - timedelta(days=12)
    row.ingediend_op = received
    sentence = "Heeft de aanvraag ingediend bij het samenwerkingsverband."
    bouw.gebeurtenissen.append((row, received, 15, "aanvraag.ingediend", sentence, iber))
    held: list[Opschorting] = []
    if row.staat == procedure.AANVULLING:
        limit = row.sinds + timedelta(weeks=2)
        bouw.aanvullingen.append(
            Aanvulling(aanvraag=row, gevraagd_op=row.sinds, uiterlijk=limit, vraag=tekst.AANVULLING)
        )
        held.append(Opschorting(row.sinds, limit))
        sentence = "Heeft om aanvulling gevraagd."
        bouw.gebeurtenissen.append((row, row.sinds, 11, "aanvraag.aanvulling_gevraagd", sentence, staff))
    terms = beslistermijnen(received, today=ctx.vandaag, opschortingen=held)
    row.eigen_uiterlijk, row.wettelijk_uiterlijk = terms.eigen.laatste_dag, terms.wettelijk.laatste_dag
    if row.staat in procedure.BESLOTEN:
        _besluit(ctx, bouw, row, disagrees)


def _besluit(ctx: Context, bouw: Bouw, row: Aanvraag, disagrees: bool) -> None:
    day, staff = row.sinds, ctx.delen["gebruikers"]["swv_medewerker"]
    row.besloten_op, row.besloten_door, row.afgesloten_op = day, staff, day
    # A decision of today or yesterday is announced by the worker, with its mails; older ones were announced that day.
    if (ctx.vandaag - day).days > 1:
        row.bekendgemaakt_op, row.bezwaar_tot = day, bezwaartermijn(day, today=day).laatste_dag
    if row.staat == procedure.TOEGEKEND:
        row.geldig_van, row.geldig_tot = row.gewenst_van, row.gewenst_tot
        row.kostendrager, row.betaalreden = str(Kostendrager.SCHOOL), str(Betaalreden.VERWIJZER)
        row.motivering = tekst.MOTIVERING_TOCH if disagrees else ""
        row.bewaren_tot = bewaren_tot(row.geldig_tot or day)
    else:
        row.motivering, row.bewaren_tot = tekst.MOTIVERING_WEIGEREN, bewaren_tot(day)
        bouw.gebeurtenissen.append((row, day, 15, "aanvraag.geweigerd", "Heeft de TLV geweigerd.", staff))
