"""Example data of absence: cases of every kind, old and new, with actions and a decision of the board table.

Runs after the applications; every pupil is invented.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ondersteuning.domain.aanwezigheid import AANPAK, ALARMNAMEN, Alarm, alarmdag
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.verzuimmelding import AFGESLOTEN, GEMELD, IN_BEHANDELING, OPEN
from ondersteuning.models import Faseovergang, Schoolperiode, Verzuimactie, Verzuimmelding, Zorgplichtbesluit
from ondersteuning.services.nummers import nieuw_kenmerk
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.ondersteuning_aanvragen import maak_leerling
from swv_portal.local.voorbeeld.ondersteuning_bouw import Bouw, schrijf_tijdlijnen

#: The pupils of the applications have lower numbers.
EERSTE_LEERLING = 203


@dataclass(frozen=True)
class Geval:
    """School (its place in the list), days since the first day of absence and since the report, and the facts."""

    school: int
    sinds: int
    gemeld: int
    staat: str
    aanpak: str
    oorzaak: str
    soort: str = "ongeoorloofd"
    dagen: str = "5"
    einde: int | None = None


#: The first school is that of the people of the demo.
GEVALLEN = (
    Geval(0, 9, 6, GEMELD, "tel", "veiligheid", dagen="2.5"),
    Geval(0, 33, 26, IN_BEHANDELING, "ken", "psychisch"),
    Geval(0, 104, 97, IN_BEHANDELING, "ondersteun", "jeugdhulp"),
    Geval(0, 150, 141, AFGESLOTEN, "stem_af", "thuis", einde=61),
    Geval(1, 3, 2, GEMELD, "tel", "onbekend", dagen="0"),
    Geval(2, 47, 40, IN_BEHANDELING, "tempo", "wachtlijst"),
    Geval(4, 28, 20, IN_BEHANDELING, "volg", "lichamelijk", soort="geoorloofd"),
    Geval(6, 71, 60, IN_BEHANDELING, "stem_af", "geen_school", soort="absoluut"),
    Geval(9, 130, 118, IN_BEHANDELING, "tempo", "psychisch"),
    Geval(12, 58, 50, IN_BEHANDELING, "ken", "onderwijs", dagen="4"),
    Geval(15, 200, 190, AFGESLOTEN, "ondersteun", "overgang", einde=120),
    Geval(20, 90, 85, AFGESLOTEN, "ken", "psychisch", einde=5),
)
TOELICHTINGEN = (
    "De leerling durft niet meer naar binnen. De ouders brengen elke ochtend tot het hek.",
    "De spanning liep na de vakantie op. Thuis slaapt de leerling slecht.",
    "Er is een plek bij jeugdhulp aangevraagd. De wachttijd is nog niet bekend.",
)
ACTIES = (
    ("volg", "Elke maandag belt de school met de ouders.", "de IB'er", 4),
    ("ken", "Gesprek met ouders, leerkracht en jeugdarts.", "de consulent", 12),
    ("tempo", "Vraag een tijdelijke plek voor twee ochtenden per week.", "de consulent", 20),
    ("stem_af", "Afspraken maken met leerplicht en het CJG.", "de directeur", 25),
)


def laad_aanwezigheid(ctx: Context) -> None:
    """The cases, their actions and their timelines; of the pupil whom no school took the board table decided."""
    bouw = Bouw()
    for number, case in enumerate(GEVALLEN):
        row = _melding(ctx, number, case)
        _gebeurtenissen(ctx, row, bouw)
        if row.staat != GEMELD:
            _acties(ctx, row)
        if row.oorzaak == "geen_school":
            _zorgplicht(ctx, row, bouw)
    schrijf_tijdlijnen(bouw)


def _melding(ctx: Context, number: int, case: Geval) -> Verzuimmelding:
    school, reported = ctx.delen["regulier"][case.school], ctx.vandaag - timedelta(days=case.gemeld)
    pupil = maak_leerling(ctx, EERSTE_LEERLING + number, school)
    pupil.fase_sinds = pupil.gewijzigd_op = reported
    pupil.save()
    Schoolperiode.objects.create(leerling=pupil, school=school, van=reported)
    Faseovergang.objects.create(leerling=pupil, fase=pupil.fase, op=reported)
    first = _schooldag(ctx.vandaag - timedelta(days=case.sinds))
    row = Verzuimmelding(
        kenmerk=nieuw_kenmerk("V", reported),
        leerling=pupil,
        school=school,
        staat=case.staat,
        gemeld_op=reported,
        gemeld_door=ctx.delen["ibers"].get(school.pk),
        consulent=ctx.delen["gebruikers"][Rol.SWV_MEDEWERKER] if case.staat != GEMELD else None,
        soort=case.soort,
        eerste_dag=first,
        laatste_aanwezig=first - timedelta(days=1) if case.dagen == "5" else None,
        dagen_per_week=Decimal(case.dagen),
        oorzaak=case.oorzaak,
        toelichting=TOELICHTINGEN[number % len(TOELICHTINGEN)],
        bestuur_gemeld_op=reported,
        leerplicht_gemeld_op=reported if number % 3 else None,
        aanpak=case.aanpak,
    )
    if case.einde is not None:
        row.einde_op = row.afgesloten_op = ctx.vandaag - timedelta(days=case.einde)
        row.einde_soort, row.einde_reden = "terug", "De leerling komt weer alle dagen, met een rustige start."
        row.bewaren_tot = bewaren_tot(row.afgesloten_op)
    elif row.staat in OPEN:
        row.vier_weken_gemeld_op = _gealarmeerd(ctx, row, Alarm.VIER_WEKEN)
        row.drie_maanden_gemeld_op = _gealarmeerd(ctx, row, Alarm.DRIE_MAANDEN)
    row.save()
    return row


def _schooldag(day: date) -> date:
    """The Friday before a day in the weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _gealarmeerd(ctx: Context, row: Verzuimmelding, alarm: Alarm) -> date | None:
    day = alarmdag(row.eerste_dag, alarm)
    return max(day, row.gemeld_op) if day <= ctx.vandaag else None


def _acties(ctx: Context, row: Verzuimmelding) -> None:
    """What was agreed up to the step that the case is in; the last thing is still to be done."""
    reached = list(AANPAK).index(row.aanpak)
    noted = [item for item in ACTIES if list(AANPAK).index(item[0]) <= reached]
    for place, (step, what, who, after) in enumerate(noted):
        day = min(row.gemeld_op + timedelta(days=after), row.einde_op or ctx.vandaag)
        open_still = row.staat in OPEN and place == len(noted) - 1
        Verzuimactie.objects.create(
            melding=row,
            stap=step,
            wat=what,
            wie=who,
            afgesproken_op=day,
            uiterlijk=ctx.vandaag + timedelta(days=10) if open_still else None,
            gedaan_op=None if open_still else day,
        )


def _zorgplicht(ctx: Context, row: Verzuimmelding, bouw: Bouw) -> None:
    school = next(each for each in ctx.delen["regulier"] if each.bestuur_id != row.school.bestuur_id)
    decided = row.gemeld_op + timedelta(days=20)
    staff = ctx.delen["gebruikers"][Rol.DIRECTEUR_BESTUURDER]
    decision = Zorgplichtbesluit.objects.create(
        melding=row,
        school=school,
        besloten_op=decided,
        motivering="De school ligt dicht bij huis en heeft plaats. De besturen zijn het hierover eens.",
        vastgelegd_door=staff,
    )
    decision.besturen.set([row.school.bestuur_id, school.bestuur_id])
    row.zorgplicht_school = school
    row.save()
    told = f"Heeft vastgelegd wat de bestuurstafel besloot: {school.naam} neemt de zorgplicht."
    bouw.gebeurtenissen.append((row, decided, 15, "verzuim.zorgplicht", told, staff))


def _gebeurtenissen(ctx: Context, row: Verzuimmelding, bouw: Bouw) -> None:
    staff, found = ctx.delen["gebruikers"][Rol.SWV_MEDEWERKER], bouw.gebeurtenissen
    found.append((row, row.gemeld_op, 9, "verzuim.gemeld", "Heeft het verzuim gemeld.", row.gemeld_door))
    if row.staat != GEMELD:
        taken = min(row.gemeld_op + timedelta(days=2), ctx.vandaag)
        told = "Heeft de melding in behandeling genomen."
        found.append((row, taken, 10, "verzuim.neem_in_behandeling", told, staff))
    alarms = ((Alarm.VIER_WEKEN, row.vier_weken_gemeld_op), (Alarm.DRIE_MAANDEN, row.drie_maanden_gemeld_op))
    for alarm, day in alarms:
        if day is not None:
            told = f"Alarm: de leerling is {ALARMNAMEN[alarm]} afwezig."
            found.append((row, day, 5, "verzuim.alarm", told, "het portaal"))
    if row.afgesloten_op is not None:
        found.append((row, row.afgesloten_op, 14, "verzuim.sluit_af", "Heeft de melding afgesloten.", staff))
