"""Example data of agreements (symbiose, DWS, observation place) and of consulenten with their schools."""

from datetime import date, timedelta
from typing import Any

from ondersteuning.domain.overeenkomst import (
    BIJ_SCHOLEN,
    BIJ_SWV,
    CONCEPT,
    GESTOPT,
    LOPEND,
    MET_BEWAARDAG,
    VOORVOEGSELS,
    Soort,
    bewaardag,
)
from ondersteuning.models import (
    Consulentbezoek,
    Consulentschap,
    Jaarafspraak,
    Jaarafspraken,
    Leerling,
    Overeenkomst,
    Plaatsing,
    Schoolperiode,
)
from ondersteuning.services.overeenkomst_stappen import STAPPEN
from ondersteuning.services.zoeksleutels import zet_sleutels
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.ondersteuning_bouw import Bouw, schrijf_tijdlijnen
from swv_portal.local.voorbeeld.ondersteuning_links import Gebeurtenis

BEGONNEN = "Is een overeenkomst begonnen."
KINDEREN = (
    ("Pip", "Helmgras", 9),
    ("Saar", "Wulpzang", 10),
    ("Tijn", "Kluut", 8),
    ("Fee", "Strandloper", 9),
    ("Mats", "Zeekraal", 5),
    ("Lune", "Duinviool", 10),
)
#: Of each pupil above: the kind, the state, and which regular school (number).  The first is that of the demo people.
RIJEN = (
    (Soort.SYMBIOSE, LOPEND, 0),
    (Soort.DWS, LOPEND, 0),
    (Soort.SYMBIOSE, BIJ_SCHOLEN, 0),
    (Soort.DWS, BIJ_SWV, 1),
    (Soort.OBSERVATIE, CONCEPT, 0),
    (Soort.DWS, GESTOPT, 2),
)
TEKSTEN = {
    Soort.SYMBIOSE: (
        "Wennen aan een kleine groep, en weer plezier krijgen in rekenen.",
        "Dinsdag en donderdagochtend.",
    ),
    Soort.DWS: ("Leren samenwerken met kinderen die ook snel denken.", ""),
    Soort.OBSERVATIE: ("Zien wat deze leerling nodig heeft om mee te kunnen doen.", ""),
}
AFSPRAKEN = (
    ("De consulent kijkt mee bij de groepsbespreking.", "De IB'er stelt zelf de doelen per groep bij."),
    ("Twee bijeenkomsten over rekenen in de bovenbouw.", "Leerkrachten herkennen wie vastloopt."),
)
BEZOEKEN = (
    ("jaargesprek", "De plannen voor dit schooljaar en waar de school hulp bij wil.", "De IB'er kiest de data."),
    ("ib", "De groepsbesprekingen en de ondersteuning in de onderbouw.", ""),
    ("team", "Rekenen in de bovenbouw: wat werkt al?", "De consulent stuurt het materiaal."),
)
#: One in so many schools has no agreements, one in so many no visit, one in so many no consulent.
ZONDER_AFSPRAKEN, ZONDER_BEZOEK, ZONDER_CONSULENT = 6, 7, 29


def laad_overeenkomsten(ctx: Context) -> None:
    """Six agreements in as many states.  The DWS places are among those that were loaded before."""
    year, bouw = Schooljaar.van(ctx.vandaag), Bouw()
    for number, ((kind, state, at), child) in enumerate(zip(RIJEN, KINDEREN, strict=True), start=1):
        school = ctx.delen["regulier"][at]
        row = _overeenkomst(ctx, number, kind, state, _leerling(ctx, child, school), school)
        _teken(row, ctx)
        if kind == Soort.DWS and state in {LOPEND, GESTOPT}:
            row.plaatsing = _plaats(school, year)
        row.save()
        bouw.gebeurtenissen.extend(_gebeurtenissen(ctx, row))
    schrijf_tijdlijnen(bouw)


def _gebeurtenissen(ctx: Context, row: Overeenkomst) -> list[Gebeurtenis]:
    """What happened up to the state that the agreement is in: days ago, the step, and who took it."""
    staff = ctx.delen["gebruikers"][Rol.SWV_MEDEWERKER]
    steps = [
        (14, "leg_voor", row.begonnen_door if row.staat != CONCEPT else None),
        (10, "teken_andere", row.getekend_andere_door),
        (10, "teken", row.getekend_school_door),
        (8, "stem_in", staff if row.soort != Soort.SYMBIOSE and row.staat in {LOPEND, GESTOPT} else None),
        (6, "stop", row.begonnen_door if row.staat == GESTOPT else None),
    ]
    begun = (row, ctx.vandaag - timedelta(days=20), 9, "overeenkomst.begonnen", BEGONNEN, row.begonnen_door)
    taken = [
        (row, ctx.vandaag - timedelta(days=ago), 10 + number, f"overeenkomst.{name}", STAPPEN[name][0], who)
        for number, (ago, name, who) in enumerate(steps)
        if who is not None
    ]
    return [begun, *taken]


def _leerling(ctx: Context, kind: tuple[str, str, int], school: Any) -> Leerling:
    first, last, age = kind
    born = date(ctx.vandaag.year - age, 3, 1 + age)
    pupil = Leerling(school=school, voornamen=first, achternaam=last, geboortedatum=born.isoformat())
    pupil.groep, pupil.fase_sinds, pupil.gewijzigd_op = str(age - 3), ctx.vandaag, ctx.vandaag
    zet_sleutels(pupil)
    pupil.save()
    Schoolperiode.objects.create(leerling=pupil, school=school, van=Schooljaar.van(ctx.vandaag).eerste_dag)
    return pupil


def _overeenkomst(ctx: Context, number: int, kind: Soort, state: str, pupil: Leerling, school: Any) -> Overeenkomst:
    year, (goals, programme) = Schooljaar.van(ctx.vandaag), TEKSTEN[kind]
    return Overeenkomst(
        kenmerk=f"{VOORVOEGSELS[kind]}-{year.kort}-{9000 + number}",
        soort=kind.value,
        staat=state,
        leerling=pupil,
        school=school,
        andere_school=None if kind == Soort.DWS else ctx.delen["ikc"][0],
        begonnen_door=ctx.delen["ibers"][school.pk],
        groep=pupil.groep,
        begin=year.eerste_dag,
        einde=year.laatste_dag,
        doelen=goals,
        programma=programme,
        bekostiging="Elke school betaalt de eigen uren." if kind == Soort.SYMBIOSE else "",
        in_opp=kind == Soort.SYMBIOSE,
        toestemming_op=ctx.vandaag - timedelta(days=21),
        sinds=ctx.vandaag - timedelta(days=7),
        bewaren_tot=bewaardag(kind.value, year.laatste_dag) if state in MET_BEWAARDAG else None,
        gestopt_per=max(year.eerste_dag, ctx.vandaag - timedelta(days=7)) if state == GESTOPT else None,
        toelichting="De leerling vindt het te druk." if state == GESTOPT else "",
    )


def _teken(row: Overeenkomst, ctx: Context) -> None:
    """Who signed so far: of the agreement that waits only the other school."""
    if row.staat == CONCEPT:
        return
    row.gevraagde_school, day = row.andere_school, ctx.vandaag - timedelta(days=10)
    if row.andere_school is not None:
        row.getekend_andere_op, row.getekend_andere_door = day, ctx.delen["directeuren"][row.andere_school.pk]
    if row.staat != BIJ_SCHOLEN:
        row.getekend_school_op, row.getekend_school_door = day, ctx.delen["directeuren"][row.school.pk]


def _plaats(school: Any, jaar: Schooljaar) -> Plaatsing | None:
    """A DWS place of this school that is there already: the numbers are those that were published."""
    places = Plaatsing.objects.filter(soort="dws", school_verwijzend=school, begin=jaar.eerste_dag)
    return places.filter(overeenkomst__isnull=True).order_by("pk").first()


def laad_consulenten(ctx: Context) -> None:
    """A consulent for most schools, agreements of last year (looked back on) and this one, and visits."""
    year, consulent = Schooljaar.van(ctx.vandaag), ctx.delen["gebruikers"][Rol.SWV_MEDEWERKER]
    schools = list(enumerate([*ctx.delen["regulier"], *ctx.delen["ikc"], *ctx.delen["so"]]))
    Consulentschap.objects.bulk_create(
        Consulentschap(school=school, consulent=consulent, van=year.vorige.eerste_dag)
        for number, school in schools
        if number % ZONDER_CONSULENT != ZONDER_CONSULENT - 1
    )
    agreed = [school for number, school in schools if number % ZONDER_AFSPRAKEN != ZONDER_AFSPRAKEN - 1]
    for jaar in (year.vorige, year):
        _afspraken(agreed, jaar, terug=jaar < year)
    Consulentbezoek.objects.bulk_create(
        Consulentbezoek(
            school=school, consulent=consulent, datum=day, soort=kind, onderwerpen=topics, vervolg=follow_up
        )
        for number, school in schools
        if number % ZONDER_BEZOEK != ZONDER_BEZOEK - 1
        for nth, (kind, topics, follow_up) in enumerate(BEZOEKEN[: 1 + number % 3])
        if (day := year.eerste_dag + timedelta(days=20 + number % 9 + 35 * nth)) <= ctx.vandaag
    )


def _afspraken(schools: list[Any], jaar: Schooljaar, *, terug: bool) -> None:
    day = date(jaar.begin + 1, 6, 12) if terug else None
    sets = Jaarafspraken.objects.bulk_create(
        Jaarafspraken(school=school, schooljaar=jaar.begin, school_terug_op=day, consulent_terug_op=day)
        for school in schools
    )
    Jaarafspraak.objects.bulk_create(
        Jaarafspraak(
            afspraken=row,
            volgnummer=number,
            tekst=text,
            doel=goal,
            uiterlijk=date(jaar.begin + 1, 4, 1),
            school_uitkomst="bereikt" if terug else "",
            consulent_uitkomst=("bereikt" if number == 1 else "deels") if terug else "",
            consulent_toelichting="Eén bijeenkomst ging niet door." if terug and number == 2 else "",
        )
        for row in sets
        for number, (text, goal) in enumerate(AFSPRAKEN, start=1)
    )
