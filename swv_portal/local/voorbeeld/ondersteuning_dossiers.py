"""Fifty applications in every state, over two school years.  Every pupil, parent and expert is invented."""

from datetime import timedelta

from kernen.models import School
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.geldigheid import STANDAARD_PATROON, tlv_nummer
from ondersteuning.domain.plaatsing import Soort
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
from ondersteuning.services.besluit import BRIEF
from swv_portal.common.dates import Schooljaar
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.local.voorbeeld import ondersteuning_teksten as tekst
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.ondersteuning_aanvragen import (
    maak_aanvraag,
    maak_deskundige,
    maak_leerling,
    maak_ouders,
)
from swv_portal.local.voorbeeld.ondersteuning_bouw import Bouw, schrijf_tijdlijnen
from swv_portal.local.voorbeeld.ondersteuning_links import laad_links
from swv_portal.local.voorbeeld.ondersteuning_verloop import verloop
from swv_portal.local.voorbeeld.swv_gebieden import BUUR_PC4

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

#: The application for a pupil who is enrolled nowhere and lives in the area of a neighbour.
WOONT_ELDERS = (procedure.INGEDIEND, 15)


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
    schrijf_tijdlijnen(bouw)
    for row in bouw.aanvragen:
        if row.staat in procedure.BESLOTEN:
            enqueue(BRIEF, params={"aanvraag": row.pk}, uniek=f"{BRIEF}-{row.pk}")


def _dossier(ctx: Context, bouw: Bouw, number: int, school: School, receiver: School, state: str, ago: int) -> None:
    pupil = maak_leerling(ctx, number, school)
    row = maak_aanvraag(ctx, number, pupil, school, receiver, state, ctx.vandaag - timedelta(days=ago))
    if (state, ago) == WOONT_ELDERS:
        row.nergens_ingeschreven, row.woon_pc4 = True, BUUR_PC4
    parents, expert = maak_ouders(row, number), maak_deskundige(row, number)
    bouw.leerlingen.append(pupil)
    bouw.aanvragen.append(row)
    bouw.partijen += [*parents, expert]
    verloop(ctx, bouw, row, number, parents, expert)


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
        betaalreden=row.betaalreden,
        begin=row.geldig_van or row.sinds,
        einde=row.geldig_tot,
        aanvraag=row,
    )
