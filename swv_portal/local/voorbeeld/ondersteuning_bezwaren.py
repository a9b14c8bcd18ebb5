"""Two objections, a TLV that was withdrawn, and a decision that can still be taken back, as examples."""

from datetime import date, timedelta

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain import bezwaar as regels
from ondersteuning.domain.bezwaartermijnen import bezwaartermijnen
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.herstelverzoek import herstel_uiterlijk
from ondersteuning.domain.intrekken import laatste_dag
from ondersteuning.models import Aanvraag, Bezwaar, Herstelverzoek, Plaatsing
from ondersteuning.services.bekendmaken import INTREKKINGSBRIEF
from ondersteuning.services.besluit import ken_toe
from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF
from ondersteuning.services.bezwaarstappen import zet_bezwaartermijnen
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.terms import beroepstermijn
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.local.voorbeeld.context import Context


def laad_bezwaren(ctx: Context) -> None:
    """One objection that runs, against a grant; one that was decided, against a refusal; and a TLV withdrawn."""
    known = Aanvraag.objects.filter(bekendgemaakt_op__isnull=False, route="A").order_by("-besloten_op", "pk")
    granted = list(known.filter(staat=procedure.TOEGEKEND)[:3])
    refused = known.filter(staat=procedure.GEWEIGERD, besloten_op__lt=ctx.vandaag - timedelta(days=90)).first()
    if granted:
        _bezwaar(ctx, granted[0], dagen=6, bezwaarmaker=regels.Bezwaarmaker.OUDER_1)
    if refused is not None:
        made = _bezwaar(ctx, refused, dagen=20, bezwaarmaker=regels.Bezwaarmaker.OUDER_1)
        closed = made.ontvangen_op + timedelta(days=60)
        made.staat, made.afgesloten_op = regels.BESLIST, min(closed, ctx.vandaag)
        made.verweer_op = made.ontvangen_op + timedelta(days=9)
        made.advies_op = made.ontvangen_op + timedelta(days=48)
        made.advies = "De commissie vindt dat het samenwerkingsverband de procedure goed volgde."
        made.uitkomst, made.gevolg = str(regels.Uitkomst.ONGEGROND), str(regels.Gevolg.BLIJFT)
        made.motivering = (
            "Wij volgen het advies van de commissie. De school kan de leerling de hulp geven die nodig is."
        )
        _herstel(made)
        made.bekendgemaakt_op = made.afgesloten_op
        made.beroep_tot = beroepstermijn(made.afgesloten_op, today=ctx.vandaag).laatste_dag
        made.save()
        enqueue(BEZWAARBRIEF, params={"bezwaar": made.pk}, uniek=f"{BEZWAARBRIEF}-{made.pk}")
    if len(granted) > 2:
        _intrekking(ctx, granted[2])
    _wordt_verstuurd(ctx)


def _wordt_verstuurd(ctx: Context) -> None:
    """A decision of a moment ago: a quarter of an hour it can be taken back, then the worker sends the letter."""
    staff = ctx.delen["gebruikers"]["swv_medewerker"]
    actor = Actor(bereik_voor(staff.pk, ctx.vandaag), user_id=staff.pk)
    for row in Aanvraag.objects.filter(staat=procedure.INGEDIEND, route="A").order_by("-ingediend_op", "pk"):
        if row.gewenst_van is None or row.gewenst_tot is None:
            continue
        answer = ken_toe(
            actor=actor,
            pk=row.pk,
            versie=None,
            geldig_van=row.gewenst_van,
            geldig_tot=row.gewenst_tot,
            motivering="",
            vandaag=ctx.vandaag,
        )
        if isinstance(answer, Aanvraag):
            return


def _bezwaar(ctx: Context, row: Aanvraag, *, dagen: int, bezwaarmaker: regels.Bezwaarmaker) -> Bezwaar:
    announced, until = row.bekendgemaakt_op, row.bezwaar_tot
    if announced is None or until is None:
        raise ValueError("this decision was not announced")
    received = min(announced + timedelta(days=dagen), ctx.vandaag)
    terms = bezwaartermijnen(ontvangen=received, termijn_tot=until, verdaagd=False, today=ctx.vandaag)
    made = Bezwaar.objects.create(
        aanvraag=row,
        tegen=str(regels.Tegen.BESLUIT),
        keer=row.besluit_keer,
        besluitnemer=row.besloten_door,
        bezwaarmaker=str(bezwaarmaker),
        ontvangen_op=received,
        termijn_tot=until,
        gronden="Wij vinden dat er te weinig naar ons is geluisterd. De eigen school kan meer doen.",
        verweer_uiterlijk=terms.verweer.laatste_dag,
        beslis_uiterlijk=terms.beslissen.laatste_dag,
        vastgelegd_door=ctx.delen["gebruikers"]["swv_medewerker"],
    )
    _schrijf_op(ctx, row, "bezwaar.ontvangen", f"Heeft een bezwaar vastgelegd van {made.bezwaarmakernaam}.")
    return made


def _herstel(made: Bezwaar) -> None:
    """The letter had no signature: noticed when the term for the decision ran, and repaired within a week."""
    asked = made.termijn_tot + timedelta(days=3)
    Herstelverzoek.objects.create(
        bezwaar=made,
        gevraagd_op=asked,
        uiterlijk=herstel_uiterlijk(asked),
        wat="Onder het bezwaar staat geen handtekening.",
        hersteld_op=asked + timedelta(days=6),
    )
    zet_bezwaartermijnen(made, vandaag=asked + timedelta(days=7))


def _intrekking(ctx: Context, row: Aanvraag) -> None:
    """From the day the place begins at the earliest; the letter is made by the worker."""
    begin = row.geldig_van or ctx.vandaag
    per: date = max(ctx.vandaag + timedelta(days=14), begin + timedelta(days=1))
    row.staat, row.sinds, row.versie = procedure.BEEINDIGD, ctx.vandaag, row.versie + 1
    row.ingetrokken_per, row.intrekking_op, row.intrekking_keer = per, ctx.vandaag, 1
    row.intrekking_door = ctx.delen["gebruikers"]["swv_medewerker"]
    row.intrekking_reden = "Het gezin verhuist. De leerling gaat naar een school in de nieuwe woonplaats."
    row.bewaren_tot = bewaren_tot(laatste_dag(per))
    row.save()
    Plaatsing.objects.filter(aanvraag=row).update(einde=laatste_dag(per), ingetrokken_per=per)
    _schrijf_op(ctx, row, "aanvraag.tlv_ingetrokken", f"Heeft het besluit ingetrokken vanaf {lange_datum(per)}.")
    enqueue(INTREKKINGSBRIEF, params={"aanvraag": row.pk}, uniek=f"{INTREKKINGSBRIEF}-{row.pk}-{row.versie}")


def _schrijf_op(ctx: Context, row: Aanvraag, soort: str, tekst: str) -> None:
    staff = ctx.delen["gebruikers"]["swv_medewerker"]
    audit.record(actor=Actor(user_id=staff.pk), soort=soort, onderwerp=row, tekst=tekst)
