"""Two applications for every pupil of ``_dossiers``: one that is over, and one that is somewhere on its way.

The newer ones go through all states, in the same order every 25 pupils: with a hundred dossiers each list has a full
page already, made of the same rows as with ten thousand.  So a page that costs more does so because of what it does
not show.
"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bench import _dossiers
from bench._dossiers import AFGEROND, VERHAAL, ZIN, Wereld, bewaar
from bench._kopie import Blok
from bench._onderweg import leg_onderweg_vast
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.radar import einddag
from ondersteuning.models import (
    Aanvraag,
    Aanvulling,
    Advies,
    Bezwaar,
    Faseovergang,
    Gezagsdrager,
    Herinnering,
    Kindformulier,
    Leerling,
    Leerlingdocument,
    Overstap,
    Partij,
    Plaatsing,
    Radarvraag,
    Schoolperiode,
    Terugplaatsing,
    Tlvnummer,
    Verzuimactie,
    Verzuimmelding,
    Zienswijze,
)
from ondersteuning.models.advies import EERSTE, TWEEDE
from swv_portal.common.dates import Schooljaar, plus_jaren
from swv_portal.jobs.models import Document

#: The newer application of 25 pupils in a row.
STATEN = (
    *[procedure.BIJ_PARTIJEN] * 6,
    *[procedure.INGEDIEND] * 4,
    *[procedure.AANVULLING] * 2,
    *[procedure.TOEGEKEND] * 8,
    procedure.CONCEPT,
    procedure.GEWEIGERD,
    procedure.BEEINDIGD,
    procedure.INGETROKKEN,
    procedure.WORDT_VERSTUURD,
)
#: Of the applications that were handed in, the parents of these did not sign yet; of the TLV's this one runs on.
NIET_GETEKEND, LOOPT_DOOR = (6, 7), 19
OVER = -1
CATEGORIEEN = tuple(CATEGORIENAMEN)
#: What is copied; a model that points at another one stands after it.
MODELLEN = (
    *(Leerling, Schoolperiode, Gezagsdrager, Verzuimmelding, Verzuimactie, Overstap, Terugplaatsing),
    *(Tlvnummer, Aanvraag, Faseovergang, Partij, Advies, Zienswijze, Kindformulier, Plaatsing),
    *(Aanvulling, Herinnering, Bezwaar, Radarvraag, Document, Leerlingdocument),
)
#: The older applications were decided in so many school years, the one before this one first.
JAREN = 3


def laad(world: Wereld, numbers: range) -> None:
    """The dossiers with these numbers."""
    pupils = _dossiers.leerlingen(world, numbers)
    pairs = list(zip(numbers, pupils, strict=True))
    rows = [row for n, pupil in pairs for row in (_afgerond(world, n, pupil, 1), _nieuwe(world, n, pupil))]
    bewaar(Tlvnummer, (row.tlvnummer for row in rows if row.tlvnummer is not None))
    for row in rows:
        row.tlvnummer = row.tlvnummer  # the number has its key only now
    bewaar(Aanvraag, rows)
    running = [(n, row) for n, row in zip(numbers, rows[1::2], strict=True) if n not in AFGEROND]
    places = {row.pk: n % len(STATEN) for n, row in running}
    _partijen([(places.get(row.pk, OVER), row) for row in rows])
    bewaar(Kindformulier, (_kindformulier(row) for row in rows))
    bewaar(Plaatsing, (_plaatsing(row) for row in rows if row.staat in procedure.MET_TLV))
    bewaar(Plaatsing, (_ingelezen(world, n) for n in numbers))
    leg_onderweg_vast(world, running)
    decided = [("ondersteuning.aanvraag", row.pk) for row in rows if row.staat in procedure.BESLOTEN]
    _dossiers.documenten(world, decided, "ondersteuning.brief")
    _dossiers.leerlingdocumenten(world, pupils)


def vermenigvuldig(world: Wereld, numbers: range, keer: int) -> None:
    """The dossiers with these numbers, and ``keer - 1`` copies of them; a copy of a pupil is another pupil."""
    block = Blok(MODELLEN)
    laad(world, numbers)
    owner = " ".join(
        f"WHEN '{model._meta.label_lower}' THEN {block.lengte(model)} * k" for model in (Leerling, Aanvraag)
    )
    block.kopieer(
        keer - 1,
        {
            (Leerling, "dubbelsleutel"): "md5(dubbelsleutel || k)",
            (Tlvnummer, "volgnummer"): "volgnummer + 1000 * k",
            (Document, "onderwerp_id"): f"onderwerp_id + CASE onderwerp_soort {owner} ELSE 0 END",
        },
    )


def _kindformulier(row: Aanvraag) -> Kindformulier:
    return Kindformulier(aanvraag=row, gevoel="goed", goed=ZIN, helpt=ZIN, ingevuld_met="school", ingevuld_op=row.sinds)


def _aanvraag(world: Wereld, n: int, pupil: Leerling, dag: date, **velden: Any) -> Aanvraag:
    return Aanvraag(
        leerling=pupil,
        ontvangende_school=world.naar(n),
        gevraagde_school=world.naar(n),
        groep=str(1 + n % 8),
        woon_pc4="2011",
        categorie=CATEGORIEEN[n % len(CATEGORIEEN)],
        eerste_functie="orthopedagoog",
        gewenst_van=dag,
        gewenst_tot=dag + timedelta(days=600),
        terugkeer_moment=dag + timedelta(days=400) if n % 2 else None,
        geen_terugkeer_reden="" if n % 2 else ZIN,
        onderwijsbehoefte=VERHAAL,
        geboden_hulp=VERHAAL,
        reden_school=ZIN,
        leerling_gehoord=True,
        stem_leerling=ZIN,
        plaats_bevestigd=True,
        voorgelegd_op=dag,
        ingediend_op=dag,
        eigen_uiterlijk=dag + timedelta(weeks=6),
        wettelijk_uiterlijk=dag + timedelta(weeks=8),
        sinds=dag,
        **velden,
    )


def _afgerond(world: Wereld, n: int, pupil: Leerling, keer: int) -> Aanvraag:
    """Decided in an earlier school year: the year before this one for the first hundred pupils, then spread."""
    year = Schooljaar(world.jaar.begin - 1 - ((n + keer) % JAREN if n >= AFGEROND.start else 0))
    asked = year.eerste_dag + timedelta(days=n % 250)
    school = world.vorige_school(n) if keer == 1 else world.school(n)
    row = _aanvraag(world, n, pupil, asked, kenmerk=f"M-{n:06}-{keer}", route="A", verwijzende_school=school)
    _besluit(row, asked + timedelta(days=10 + n % 30))
    if n % 10:
        _ken_toe(row, 2 * n + keer, year, year.laatste_dag)
    return row


def _nieuwe(world: Wereld, n: int, pupil: Leerling) -> Aanvraag:
    if n in AFGEROND:
        return _afgerond(world, n, pupil, 2)
    place = n % len(STATEN)
    state, asked = STATEN[place], world.dag(n % 60)
    route = "A" if n % 5 else "B"
    row = _aanvraag(world, n, pupil, asked, kenmerk=f"M-{n:06}-2", route=route, verwijzende_school=world.school(n))
    row.behandelaar = world.consulent(n)
    if state in {procedure.CONCEPT, procedure.BIJ_PARTIJEN}:
        row.plaats_bevestigd = row.ingediend_op = row.eigen_uiterlijk = row.wettelijk_uiterlijk = None
    if state == procedure.CONCEPT:
        row.gevraagde_school = row.voorgelegd_op = None
    if state in procedure.AFGESLOTEN:
        _besluit(row, max(asked, world.jaar.eerste_dag))
    if state in procedure.MET_TLV or state == procedure.WORDT_VERSTUURD:
        end = einddag(world.vandaag)
        _ken_toe(row, 2 * n, world.jaar, end.replace(year=end.year + 1) if place == LOOPT_DOOR else end)
    if state == procedure.BEEINDIGD:
        row.ingetrokken_per = row.intrekking_op = world.vandaag
    if state == procedure.WORDT_VERSTUURD:
        _besluit(row, world.vandaag)
        row.afgesloten_op = row.bewaren_tot = None
        row.uitkomst, row.besluit_keer, row.versturen_na = "toegekend", 1, timezone.now() + timedelta(days=30)
    if state == procedure.INGETROKKEN:
        row.besloten_op = None
    row.staat = state
    return row


def _besluit(row: Aanvraag, dag: date) -> None:
    row.staat, row.sinds = procedure.GEWEIGERD, dag
    row.besloten_op = row.bekendgemaakt_op = row.afgesloten_op = dag
    row.bezwaar_tot, row.bewaren_tot = dag + timedelta(weeks=6), plus_jaren(dag, 3)
    row.motivering = ZIN


def _ken_toe(row: Aanvraag, n: int, jaar: Schooljaar, tot: date) -> None:
    row.staat, row.kostendrager = procedure.TOEGEKEND, "school" if n % 7 else "swv"
    row.geldig_van, row.geldig_tot = date(jaar.begin - 1, 8, 1), tot
    row.tlvnummer = Tlvnummer(
        schooljaar=jaar.begin, volgnummer=n + 1, nummer=f"PO9901-{jaar.kort}-{n + 1:05}", uitgegeven_op=row.sinds
    )


def _plaatsing(row: Aanvraag) -> Plaatsing:
    return Plaatsing(
        verwijzing=row.tlvnummer.nummer,
        school_verwijzend=row.verwijzende_school,
        school_ontvangend=row.ontvangende_school,
        categorie=row.categorie,
        soort="tlv",
        kostendrager=row.kostendrager,
        begin=row.geldig_van,
        einde=row.geldig_tot,
        aanvraag=row,
    )


def _ingelezen(world: Wereld, n: int) -> Plaatsing:
    """A place that the SWV read in from a file, without a dossier; of some it is a budget after going back."""
    back = n % 50 == 1
    begin = date(world.jaar.begin - 1 - n % JAREN, 8, 1)
    return Plaatsing(
        verwijzing=f"I-{n:06}",
        school_verwijzend=world.vorige_school(n),
        school_ontvangend=world.naar(n),
        categorie="" if back else CATEGORIEEN[n % len(CATEGORIEEN)],
        soort="terugplaatsing" if back else "tlv",
        kostendrager="swv" if back else "school",
        begin=begin,
        einde=einddag(world.vandaag) if n % 25 == 0 else date(begin.year + 1, 7, 31),
    )


def _partijen(rijen: list[tuple[int, Aanvraag]]) -> None:
    """Two parents and the second expert of every application, with what they said as far as it came to that.

    With each application stands its place in ``STATEN``, or ``OVER``.
    """
    asked = [(place, row) for place, row in rijen for _ in range(3)]
    people = bewaar(Partij, (_partij(number % 3, row) for number, (_, row) in enumerate(asked)))
    given, seen = [], []
    for number, ((place, row), person) in enumerate(zip(asked, people, strict=True)):
        started = row.voorgelegd_op is not None
        halfway = row.staat == procedure.BIJ_PARTIJEN
        if number % 3 == 2 and started:
            if not halfway or place % 2:
                given.append(_advies(row, EERSTE))
            if not halfway or place % 3 == 0:
                given.append(_advies(row, TWEEDE, person))
        elif number % 3 < 2 and started and place not in NIET_GETEKEND and not (halfway and number % 3):
            seen.append(Zienswijze(aanvraag=row, partij=person, eens=True, tekst=ZIN, gezien_op=row.sinds))
    bewaar(Advies, given)
    bewaar(Zienswijze, seen)


def _partij(nummer: int, row: Aanvraag) -> Partij:
    if nummer < 2:
        kind = {"soort": procedure.OUDER, "volgnummer": nummer + 1, "naam": f"Ouder {nummer + 1}"}
    else:
        kind = {"soort": procedure.TWEEDE_DESKUNDIGE, "functie": "jeugdarts", "dienstverband": "elders"}
    return Partij(aanvraag=row, email="iemand@meting.example", uitgenodigd_op=row.voorgelegd_op, **kind)


def _advies(row: Aanvraag, soort: str, partij: Partij | None = None) -> Advies:
    return Advies(
        aanvraag=row,
        soort=soort,
        functie="orthopedagoog" if soort == EERSTE else "jeugdarts",
        tekst=VERHAAL,
        steunt=True,
        betrokken=True,
        gegeven_op=row.sinds,
        partij=partij,
    )
