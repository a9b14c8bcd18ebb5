"""Example data of overstappen: back from the IKC to a regular school, and between two regular schools."""

from datetime import date, timedelta
from typing import Any

from kernen.models import School
from ondersteuning.domain.baobao import laatste_dag as betaalt_tot
from ondersteuning.domain.budgetperiode import laatste_dag
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.overstap import AFGESLOTEN, BIJ_SWV, CONCEPT, DEFINITIEF, GEVRAAGD, INGETROKKEN
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from ondersteuning.domain.terugplaatsing import VERPLICHT_AANWEZIG, Herkomst
from ondersteuning.models import BaoBao, Leerling, Plaatsing, Schoolperiode, Terugplaatsing
from ondersteuning.services.zoeksleutels import zet_sleutels
from swv_portal.access.actors import PORTAAL
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.local.voorbeeld.context import Context

KINDEREN = (
    ("Ravi", "Zandkrab", 9),
    ("Elin", "Meerkoet", 8),
    ("Job", "Blauwvlag", 10),
    ("Noor", "Kokkel", 7),
    ("Teun", "Oeverlibel", 9),
    ("Suze", "Rietgors", 8),
    ("Bram", "Slikgras", 6),
    ("Lotte", "Zeekool", 10),
)
#: State, days ago since, the IKC (number), the regular school (number): the first is that of the demo people.
TERUG = ((DEFINITIEF, 70, 0, 3), (BIJ_SWV, 4, 0, 0), (GEVRAAGD, 9, 1, 0), (CONCEPT, 2, 0, 1))
#: State, days ago since, from and to which regular school.
OVER = ((DEFINITIEF, 120, 0, 1), (GEVRAAGD, 5, 1, 0), (CONCEPT, 1, 0, 2), (INGETROKKEN, 40, 2, 0))
#: Numbers that the portal does not give out so soon.
EERSTE_NUMMER = 9101


def laad_overstappen(ctx: Context) -> None:
    """Eight cases.  The places with a TLV are among those that were loaded before, and run today."""
    for number, (child, (state, ago, ikc, school)) in enumerate(zip(KINDEREN, TERUG, strict=False)):
        _terugplaatsing(ctx, number, child, state, ago, ctx.delen["ikc"][ikc], ctx.delen["regulier"][school])
    for number, (child, (state, ago, van, naar)) in enumerate(zip(KINDEREN[len(TERUG) :], OVER, strict=True)):
        regular = ctx.delen["regulier"]
        _baobao(ctx, number, child, state, ago, regular[van], regular[naar])


def _leerling(ctx: Context, child: tuple[str, str, int], school: School) -> Leerling:
    first, last, age = child
    born = date(ctx.vandaag.year - age, 4, 2 + age)
    pupil = Leerling(school=school, voornamen=first, achternaam=last, geboortedatum=born.isoformat())
    pupil.groep, pupil.fase_sinds, pupil.gewijzigd_op = str(age - 3), ctx.vandaag, ctx.vandaag
    zet_sleutels(pupil)
    pupil.save()
    Schoolperiode.objects.create(leerling=pupil, school=school, van=Schooljaar.van(ctx.vandaag).vorige.eerste_dag)
    return pupil


def _gedeeld(ctx: Context, state: str, ago: int, van: School, naar: School) -> dict[str, Any]:
    since = ctx.vandaag - timedelta(days=ago)
    shared: dict[str, Any] = {
        "staat": state,
        "sinds": since,
        "van_school": van,
        "naar_school": naar,
        "gevraagde_school": None if state in {CONCEPT, INGETROKKEN} else naar,
        # What is definite has happened; the others are planned.
        "overstap_op": since + timedelta(days=10) if state == DEFINITIEF else ctx.vandaag + timedelta(days=45),
    }
    if state in AFGESLOTEN:
        shared |= {"afgesloten_op": since, "bewaren_tot": bewaren_tot(since)}
    if state != CONCEPT:
        shared |= {
            "toestemming_op": since - timedelta(days=6),
            "toestemming": "Beide ouders, op school.",
        }
    return shared


def _verhuis(leerling: Leerling, school: School, dag: date) -> None:
    """The pupil is at the new school since."""
    leerling.schoolperioden.filter(tot__isnull=True).update(tot=dag)
    Schoolperiode.objects.create(leerling=leerling, school=school, van=dag)
    leerling.school = school
    leerling.save()


def _terugplaatsing(
    ctx: Context, number: int, child: tuple[str, str, int], state: str, ago: int, ikc: School, school: School
) -> None:
    year, shared = Schooljaar.van(ctx.vandaag), _gedeeld(ctx, state, ago, ikc, school)
    day = shared["overstap_op"]
    row = Terugplaatsing(
        kenmerk=f"TP-{year.kort}-{EERSTE_NUMMER + number}",
        soort="terugplaatsing",
        leerling=_leerling(ctx, child, ikc),
        tlv_plaats=_tlv(ikc, number),
        herkomst=str(Herkomst.NOOIT if number else Herkomst.ANDERE),
        reden="De leerling kan meedoen in een grotere groep en wil naar school in de eigen buurt.",
        **shared,
    )
    if state in {BIJ_SWV, DEFINITIEF}:
        row.gesprek_op = shared["sinds"] - timedelta(days=6)
        row.aanwezig = [str(who) for who in VERPLICHT_AANWEZIG]
        row.afspraken = "Eerst twee ochtenden wennen. De groepsleerkrachten bellen elke vrijdag."
    if state == DEFINITIEF:
        row.budgetplaats = _budget(row.kenmerk, ikc, school, day)
        row.bewaren_tot = bewaren_tot(laatste_dag(day))
    row.save()
    if state == DEFINITIEF:
        _verhuis(row.leerling, school, day)
    audit.record(actor=PORTAAL, soort="terugplaatsing.begonnen", onderwerp=row, tekst="Is een terugplaatsing begonnen.")


def _tlv(school: School, number: int) -> Plaatsing | None:
    """A place with a TLV of the SWV itself that lasts long enough."""
    rows = Plaatsing.objects.filter(
        school_ontvangend=school, soort=str(Soort.TLV), kostendrager=str(Kostendrager.SWV), aanvraag__isnull=True
    )
    return rows.order_by("-einde", "verwijzing")[number : number + 1].first()


def _budget(reference: str, van: School, naar: School, dag: date) -> Plaatsing:
    return Plaatsing.objects.create(
        verwijzing=reference,
        school_verwijzend=van,
        school_ontvangend=naar,
        soort=str(Soort.TERUGPLAATSING),
        kostendrager=str(Kostendrager.SWV),
        begin=dag,
        einde=laatste_dag(dag),
    )


def _baobao(
    ctx: Context, number: int, child: tuple[str, str, int], state: str, ago: int, van: School, naar: School
) -> None:
    year, shared = Schooljaar.van(ctx.vandaag), _gedeeld(ctx, state, ago, van, naar)
    row = BaoBao(
        kenmerk=f"BB-{year.kort}-{EERSTE_NUMMER + len(TERUG) + number}",
        soort="baobao",
        leerling=_leerling(ctx, child, van),
        reden="De leerling zoekt een kleinere school, met meer rust in de groep.",
        **shared,
    )
    if state in {GEVRAAGD, DEFINITIEF}:
        row.van_bevestigd_op, row.van_bevestigd_door = shared["sinds"], ctx.delen["directeuren"][van.pk]
    if state == DEFINITIEF:
        row.naar_bevestigd_op, row.naar_bevestigd_door = shared["sinds"], ctx.delen["directeuren"][naar.pk]
        row.betaalt_tot = betaalt_tot(shared["overstap_op"])
    row.save()
    if state == DEFINITIEF:
        _verhuis(row.leerling, naar, shared["overstap_op"])
    audit.record(actor=PORTAAL, soort="baobao.begonnen", onderwerp=row, tekst="Is een overstap begonnen.")
