"""Fifty applications in every state, over two school years.  Every pupil, parent and expert is invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from kernen.models import School
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.geldigheid import STANDAARD_PATROON, bewaren_tot, eerste_einde, tlv_nummer
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from ondersteuning.domain.routes import mogelijke_categorieen
from ondersteuning.domain.termijnen import beslistermijnen
from ondersteuning.models import (
    Aanvraag,
    Aanvulling,
    Advies,
    Leerling,
    Partij,
    Plaatsing,
    Teller,
    Tlvnummer,
    Zienswijze,
)
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.zoeksleutels import dubbelsleutel, zoeksleutels
from ondersteuning.services.besluit import BRIEF
from swv_portal.audit.models import Event
from swv_portal.common.dates import NEDERLAND, Schooljaar
from swv_portal.common.terms import Opschorting, bezwaartermijn
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.local.voorbeeld import ondersteuning_teksten as tekst
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.ondersteuning_links import Gebeurtenis, laad_links

#: State and the number of days ago on which it began, for the school of the demo and for the others.
DEMO = (
    (procedure.CONCEPT, 2),
    (procedure.CONCEPT, 16),
    (procedure.BIJ_PARTIJEN, 5),
    (procedure.BIJ_PARTIJEN, 21),
    (procedure.INGEDIEND, 12),
    (procedure.AANVULLING, 6),
    (procedure.TOEGEKEND, 1),
    (procedure.TOEGEKEND, 190),
    (procedure.GEWEIGERD, 40),
    (procedure.INGETROKKEN, 60),
)
ANDERE = (
    (procedure.CONCEPT, 4),
    (procedure.CONCEPT, 11),
    (procedure.CONCEPT, 30),
    *((procedure.BIJ_PARTIJEN, days) for days in (2, 8, 13, 19, 27, 33)),
    *((procedure.INGEDIEND, days) for days in (1, 3, 9, 15, 24, 38, 46)),
    *((procedure.AANVULLING, days) for days in (4, 10, 17)),
    *((procedure.TOEGEKEND, days) for days in (0, 14, 35, 61, 90, 120, 150, 175, 205, 240, 270, 300, 330, 360, 390)),
    *((procedure.GEWEIGERD, days) for days in (22, 110, 280)),
    *((procedure.INGETROKKEN, days) for days in (18, 95, 260)),
)
#: The application of ``ANDERE`` that goes to a school where nobody has an account: the SWV is asked to invite somebody.
NAAR_BUITEN_REGIO = (procedure.BIJ_PARTIJEN, 2)


@dataclass
class Bouw:
    """What is gathered before it is written in bulk."""

    leerlingen: list[Leerling] = field(default_factory=list)
    aanvragen: list[Aanvraag] = field(default_factory=list)
    partijen: list[Partij] = field(default_factory=list)
    adviezen: list[Advies] = field(default_factory=list)
    zienswijzen: list[Zienswijze] = field(default_factory=list)
    aanvullingen: list[Aanvulling] = field(default_factory=list)
    gebeurtenissen: list[Gebeurtenis] = field(default_factory=list)


def laad_dossiers(ctx: Context) -> None:
    """Build everything in memory, oldest first, and write it table by table."""
    bouw = Bouw()
    demo = [(ctx.delen["regulier"][0], ctx.delen["ikc"][0], state, ago) for state, ago in DEMO]
    for number, (state, ago) in enumerate(ANDERE):
        receivers = ctx.delen["ikc"] if number % 3 else ctx.delen["so"]
        if (state, ago) == NAAR_BUITEN_REGIO:
            receivers = ctx.delen["buiten_regio"][:1]
        demo.append((ctx.delen["regulier"][1 + number * 2], receivers[number % len(receivers)], state, ago))
    for number, plan in enumerate(sorted(demo, key=lambda item: -item[3])):
        _dossier(ctx, bouw, number, *plan)
    Leerling.objects.bulk_create(bouw.leerlingen)
    _nummer(bouw)
    Aanvraag.objects.bulk_create(bouw.aanvragen)
    Partij.objects.bulk_create(bouw.partijen)
    bouw.gebeurtenissen += laad_links(ctx, bouw.partijen)
    Advies.objects.bulk_create(bouw.adviezen)
    Zienswijze.objects.bulk_create(bouw.zienswijzen)
    Aanvulling.objects.bulk_create(bouw.aanvullingen)
    Plaatsing.objects.bulk_create(_plaatsing(row) for row in bouw.aanvragen if row.staat == procedure.TOEGEKEND)
    _tijdlijnen(bouw)
    for row in bouw.aanvragen:
        if row.staat in procedure.BESLOTEN:
            enqueue(BRIEF, params={"aanvraag": row.pk}, uniek=f"{BRIEF}-{row.pk}")


def _dossier(ctx: Context, bouw: Bouw, number: int, school: School, receiver: School, state: str, ago: int) -> None:
    since = ctx.vandaag - timedelta(days=ago)
    first, last = tekst.VOORNAMEN[number % len(tekst.VOORNAMEN)], tekst.ACHTERNAMEN[number * 7 % len(tekst.ACHTERNAMEN)]
    born = date(ctx.vandaag.year - 10 + number % 5, 1 + number * 5 % 12, 1 + number * 11 % 28)
    pupil = Leerling(
        school=school,
        voornamen=first,
        achternaam=last,
        geboortedatum=born.isoformat(),
        zoeksleutels=zoeksleutels(f"{first} {last}"),
        dubbelsleutel=dubbelsleutel(f"{first} {last}", born),
    )
    row = _aanvraag(ctx, number, pupil, school, receiver, state, since)
    bouw.leerlingen.append(pupil)
    bouw.aanvragen.append(row)
    parents, expert = _partijen(bouw, row, number, last)
    _tot_partijen(ctx, bouw, row, since)
    if state != procedure.CONCEPT:
        _adviezen(ctx, bouw, row, number, parents, expert)


def _aanvraag(
    ctx: Context, number: int, pupil: Leerling, school: School, receiver: School, state: str, since: date
) -> Aanvraag:
    categories = mogelijke_categorieen(soort=receiver.soort, is_ikc=receiver.is_ikc)
    begin = Schooljaar.van(since).volgende.eerste_dag if since.month > 2 else since.replace(day=1)
    needs, done, reason, voice = tekst.ONDERBOUWING[number % len(tekst.ONDERBOUWING)]
    half = state == procedure.CONCEPT and number % 2 == 0
    return Aanvraag(
        route="A",
        leerling=pupil,
        verwijzende_school=school,
        ontvangende_school=receiver,
        staat=state,
        versie=1 + number % 4,
        begonnen_door=ctx.delen["ibers"].get(school.pk),
        groep=_groep(pupil, since),
        categorie=str(categories[number % len(categories)]),
        eerste_functie="orthopedagoog" if number % 4 else "psycholoog",
        gewenst_van=begin,
        gewenst_tot=eerste_einde(begin),
        terugkeer_moment=eerste_einde(begin).replace(month=3, day=1) if number % 3 else None,
        geen_terugkeer_reden=""
        if number % 3
        else "De leerling blijft naar verwachting tot het einde van de basisschool.",
        onderwijsbehoefte="" if half else needs,
        geboden_hulp="" if half else done,
        reden_school="" if half else reason,
        leerling_gehoord=number % 5 > 0 and not half,
        stem_leerling=""
        if half
        else voice
        if number % 5
        else "De leerling wilde er niet over praten. De leerkracht deed een tekenopdracht.",
        sinds=since,
    )


def _groep(pupil: Leerling, day: date) -> str:
    """The group on ``day`` of a child that never stayed down: group 1 in the calendar year of the fourth birthday."""
    return str(Schooljaar.van(day).begin - date.fromisoformat(pupil.geboortedatum).year - 3)


def _partijen(bouw: Bouw, row: Aanvraag, number: int, last: str) -> tuple[list[Partij], Partij]:
    functions = ("jeugdarts", "cjg_coach", "pedagoog", "kinderpsychiater", "maatschappelijk_werker", "poh_jeugd")
    function = functions[number % len(functions)]
    names = tekst.OUDERS[number % len(tekst.OUDERS)]
    single = number % 9 == 4
    parents = []
    for place, name in enumerate(names, start=1):
        given = not (single and place == 2)
        parents.append(
            Partij(
                aanvraag=row,
                soort=procedure.OUDER,
                volgnummer=place,
                naam=f"{name} {last}" if given else "",
                email=f"ouder{number}-{place}@ouders.example" if given else "",
                telefoon=f"06 0000 0{number:03d}" if given else "",
            )
        )
    if single:
        row.een_ouder_reden = "Er is één ouder met gezag."
    expert = Partij(
        aanvraag=row,
        soort=procedure.TWEEDE_DESKUNDIGE,
        naam=tekst.DESKUNDIGEN[number % len(tekst.DESKUNDIGEN)],
        email=f"deskundige{number}@jeugd.example",
        functie=function,
        dienstverband="elders",
        werkgever=tekst.WERKGEVERS[function],
    )
    bouw.partijen += [*parents, expert]
    return [parent for parent in parents if parent.naam], expert


def _tot_partijen(ctx: Context, bouw: Bouw, row: Aanvraag, since: date) -> None:
    """The dates of the way to this state, and what the timeline tells of it."""
    iber = ctx.delen["ibers"].get(row.verwijzende_school.pk)
    started = since - timedelta(days=1 if row.staat == procedure.CONCEPT else 24)
    bouw.gebeurtenissen.append((row, started, 9, "aanvraag.begonnen", "Is een aanvraag begonnen.", iber))
    if row.staat == procedure.CONCEPT:
        return
    row.voorgelegd_op = since if row.staat == procedure.BIJ_PARTIJEN else since - timedelta(days=20)
    withdrawn = row.staat == procedure.INGETROKKEN
    row.gevraagde_school = None if withdrawn else row.ontvangende_school
    sentence = "Heeft de aanvraag voorgelegd aan de ouders, de deskundigen en de ontvangende school."
    bouw.gebeurtenissen.append((row, row.voorgelegd_op, 10, "aanvraag.voorgelegd", sentence, iber))
    for party in bouw.partijen:
        if party.aanvraag is row and party.naam and not withdrawn:
            party.uitgenodigd_op = row.voorgelegd_op
    if withdrawn:
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
    iber = ctx.delen["ibers"].get(row.verwijzende_school.pk)
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
        row.kostendrager = str(Kostendrager.SCHOOL)
        row.motivering = tekst.MOTIVERING_TOCH if disagrees else ""
        row.bewaren_tot = bewaren_tot(row.geldig_tot or day)
    else:
        row.motivering, row.bewaren_tot = tekst.MOTIVERING_WEIGEREN, bewaren_tot(day)
        bouw.gebeurtenissen.append((row, day, 15, "aanvraag.geweigerd", "Heeft de TLV geweigerd.", staff))


def _nummer(bouw: Bouw) -> None:
    """References and TLV numbers in the order of time, and the counters behind them."""
    counters: dict[tuple[str, int], int] = {}

    def following(kind: str, year: Schooljaar) -> int:
        counters[kind, year.begin] = counters.get((kind, year.begin), 0) + 1
        return counters[kind, year.begin]

    numbers = []
    for row in bouw.aanvragen:
        begun = Schooljaar.van(row.sinds)
        row.kenmerk = f"A-{begun.kort}-{following('aanvraag', begun):04d}"
        if row.staat == procedure.TOEGEKEND and row.besloten_op is not None:
            year = Schooljaar.van(row.besloten_op)
            serial = following("tlv", year)
            text = tlv_nummer(STANDAARD_PATROON, registratie=tekst.REGISTRATIE, schooljaar=year, volgnummer=serial)
            row.tlvnummer = Tlvnummer(
                schooljaar=year.begin, volgnummer=serial, nummer=text, uitgegeven_op=row.besloten_op
            )
            numbers.append(row.tlvnummer)
            sentence = f"Heeft de TLV toegekend met nummer {text}."
            bouw.gebeurtenissen.append((row, row.besloten_op, 15, "aanvraag.toegekend", sentence, row.besloten_door))
    Tlvnummer.objects.bulk_create(numbers)
    Teller.objects.bulk_create(
        Teller(soort=kind, schooljaar=year, laatste=last) for (kind, year), last in counters.items()
    )


def _plaatsing(row: Aanvraag) -> Plaatsing:
    return Plaatsing(
        verwijzing=str(row.tlvnummer),
        school_verwijzend=row.verwijzende_school,
        school_ontvangend=row.ontvangende_school,
        categorie=row.categorie,
        soort=str(Soort.TLV),
        kostendrager=row.kostendrager,
        begin=row.geldig_van or row.sinds,
        einde=row.geldig_tot,
        aanvraag=row,
    )


@contextmanager
def _tijd_zelf() -> Iterator[None]:
    """The time of an event is normally that of writing it; the example tells of the past."""
    column = Event._meta.get_field("tijd")
    column.auto_now_add = False
    try:
        yield
    finally:
        column.auto_now_add = True


def _tijdlijnen(bouw: Bouw) -> None:
    rows = sorted(bouw.gebeurtenissen, key=lambda item: (item[1], item[2]))
    with _tijd_zelf():
        Event.objects.bulk_create(
            Event(
                tijd=datetime.combine(day, time(hour, 5 + row.pk % 50), tzinfo=NEDERLAND),
                onderwerp_soort=row._meta.label_lower,
                onderwerp_id=row.pk,
                soort=kind,
                tekst=sentence,
                user=None if isinstance(who, str) else who,
                door=who if isinstance(who, str) else "",
            )
            for row, day, hour, kind, sentence, who in rows
        )
