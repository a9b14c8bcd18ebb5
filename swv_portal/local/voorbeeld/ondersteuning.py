"""Example data of ondersteuning: the places behind the published figures, and fifty applications in every state.

Places on 1 February 2023 and on 1 January 2024: 620 on the IKC (109 of them of another SWV), 33 on SBO elsewhere, 338
on SO in the region (193 of another SWV), 38 on SO elsewhere; 125 on the Day a Week School.  247 of the own places are
paid by a school, so that the amount for regular schools in 2024 comes near the published one.  The own SO places are
115 of category I, 38 of II and 30 of III: with the tariffs of 2024 that is the published amount.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from kernen.models import School
from ondersteuning.domain.plaatsing import Categorie, Kostendrager, Soort
from ondersteuning.models import Plaatsing
from swv_portal.common.dates import Schooljaar
from swv_portal.local.voorbeeld.brieven import laad_brieven
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.leerlingen import laad_leerlingen
from swv_portal.local.voorbeeld.ondersteuning_aanwezigheid import laad_aanwezigheid
from swv_portal.local.voorbeeld.ondersteuning_bestuur import laad_bestuur
from swv_portal.local.voorbeeld.ondersteuning_bezwaren import laad_bezwaren
from swv_portal.local.voorbeeld.ondersteuning_capaciteit import laad_capaciteit
from swv_portal.local.voorbeeld.ondersteuning_dossiers import laad_dossiers
from swv_portal.local.voorbeeld.ondersteuning_ouders import laad_ouders
from swv_portal.local.voorbeeld.ondersteuning_radar import laad_radar
from swv_portal.local.voorbeeld.ondersteuning_routes import laad_routes
from swv_portal.local.voorbeeld.overeenkomsten import laad_consulenten, laad_overeenkomsten
from swv_portal.local.voorbeeld.overstappen import laad_overstappen
from swv_portal.local.voorbeeld.sociale_kaart import laad_sociale_kaart
from swv_portal.local.voorbeeld.swv_gebieden import laad_gebieden

#: Pupils per IKC location on the teldatum, and how many of them come from another SWV.
IKC = ((231, 41), (204, 36), (185, 32))
#: The same for the SO schools of the region.
SO = ((118, 68), (96, 55), (79, 45), (45, 25))
SBO_BUITEN, SO_BUITEN = 33, 38
CATEGORIEEN_SO = ((Categorie.LAAG, 115), (Categorie.MIDDEN, 38), (Categorie.HOOG, 30))
BETAALD_DOOR_SCHOOL, WAARVAN_VORIGE = 247, 6
DWS = 125
TLV_BAO = ((Categorie.LAAG, 17), (Categorie.MIDDEN, 15), (Categorie.HOOG, 3))
BEGINJAREN = (2019, 2020, 2021, 2022)
EINDJAREN = (2024, 2025, 2026, 2027)


def laad(ctx: Context) -> None:
    """Everything of ondersteuning, in one transaction of the caller."""
    places = [*_eigen(ctx), *_anderen(ctx), *_wissel(ctx), *_dws(ctx), *_op_bao(ctx), *_budgetten(ctx)]
    for number, place in enumerate(places, start=1):
        place.verwijzing = f"PL-{number:05d}"
    Plaatsing.objects.bulk_create(places, batch_size=2000)
    laad_dossiers(ctx)
    laad_routes(ctx)
    laad_bestuur(ctx)
    laad_bezwaren(ctx)
    laad_leerlingen(ctx)
    laad_radar(ctx)
    laad_ouders(ctx)
    laad_gebieden(ctx)
    laad_sociale_kaart(ctx)
    laad_capaciteit(ctx)
    laad_brieven(ctx)
    laad_aanwezigheid(ctx)
    laad_overeenkomsten(ctx)
    laad_overstappen(ctx)
    laad_consulenten(ctx)


def _eigen(ctx: Context) -> Iterator[Plaatsing]:
    """The own pupils on IKC, SBO elsewhere and SO: who pays is dealt out over all of them."""
    seats = _stoelen(ctx)
    ctx.rng.shuffle(seats)
    schools = ctx.delen["regulier"]
    for number, (receiver, category) in enumerate(seats):
        if number < WAARVAN_VORIGE:
            payer = Kostendrager.VORIGE_SCHOOL
        elif number < BETAALD_DOOR_SCHOOL:
            payer = Kostendrager.SCHOOL
        else:
            payer = Kostendrager.SWV
        begin = date(BEGINJAREN[number % 4], 8, 1)
        yield _tlv(ctx.rng.choice(schools), receiver, category, payer, begin, date(EINDJAREN[number // 4 % 4], 7, 31))


def _stoelen(ctx: Context) -> list[tuple[School, Categorie]]:
    inside, outside = ctx.delen["so"], ctx.delen["buiten_regio"]
    sbo = [
        (school, Categorie.SBO)
        for school, (n, other) in zip(ctx.delen["ikc"], IKC, strict=True)
        for _ in range(n - other)
    ]
    sbo += [(outside[0], Categorie.SBO)] * SBO_BUITEN
    special = [school for school, (n, other) in zip(inside, SO, strict=True) for _ in range(n - other)]
    special += [outside[1]] * SO_BUITEN
    categories = [category for category, number in CATEGORIEEN_SO for _ in range(number)]
    ctx.rng.shuffle(categories)
    return [*sbo, *zip(special, categories, strict=True)]


def _tlv(
    sender: School | None, receiver: School, category: Categorie, payer: Kostendrager, begin: date, end: date
) -> Plaatsing:
    return Plaatsing(
        school_verwijzend=sender,
        school_ontvangend=receiver,
        categorie=str(category),
        soort=str(Soort.TLV),
        kostendrager=str(payer),
        begin=begin,
        einde=end,
    )


def _anderen(ctx: Context) -> Iterator[Plaatsing]:
    """Pupils of another SWV on our IKC and SO: without a referring school of ours."""
    for school, (_, other) in zip(ctx.delen["ikc"], IKC, strict=True):
        for number in range(other):
            begin, end = date(BEGINJAREN[number % 4], 8, 1), date(EINDJAREN[number // 4 % 4], 7, 31)
            yield _tlv(None, school, Categorie.SBO, Kostendrager.ANDER_SWV, begin, end)
    for school, (_, other) in zip(ctx.delen["so"], SO, strict=True):
        for number in range(other):
            begin, end = date(BEGINJAREN[number % 4], 8, 1), date(EINDJAREN[number // 4 % 4], 7, 31)
            yield _tlv(
                None, school, ctx.rng.choice((Categorie.LAAG, Categorie.MIDDEN)), Kostendrager.ANDER_SWV, begin, end
            )


def _wissel(ctx: Context) -> Iterator[Plaatsing]:
    """Pupils who left before the days that count, so that a budget on another day comes out otherwise."""
    ikc, schools = ctx.delen["ikc"], ctx.delen["regulier"]
    for number in range(6):
        # Here on 1 October 2023, back at a regular school before 1 January 2024.
        yield _tlv(
            schools[number], ikc[number % 3], Categorie.SBO, Kostendrager.SCHOOL, date(2023, 8, 1), date(2023, 12, 15)
        )
    for number in range(40):
        end = date(BEGINJAREN[number % 4], 7, 31)
        yield _tlv(schools[number], ikc[number % 3], Categorie.SBO, Kostendrager.SCHOOL, date(end.year - 2, 8, 1), end)


def _dws(ctx: Context) -> Iterator[Plaatsing]:
    """125 places per school year, bought per school year."""
    schools = ctx.delen["regulier"]
    first, last = 2022, Schooljaar.van(ctx.vandaag).begin
    for begin in range(min(first, last), last + 1):
        year = Schooljaar(begin)
        for number in range(DWS):
            yield Plaatsing(
                school_verwijzend=schools[(number * 3 + begin) % len(schools)],
                soort=str(Soort.DWS),
                kostendrager=str(Kostendrager.SCHOOL),
                begin=year.eerste_dag,
                einde=year.laatste_dag,
            )


def _op_bao(ctx: Context) -> Iterator[Plaatsing]:
    """TLV's on a regular school, medical or chronic: 35 per school year, paid by the SWV."""
    schools = ctx.delen["regulier"]
    for begin in (2022, 2023, 2024, 2025):
        number = 0
        for category, many in TLV_BAO:
            for _ in range(many):
                school = schools[(number * 2 + 5) % len(schools)]
                number += 1
                yield Plaatsing(
                    school_verwijzend=school,
                    school_ontvangend=school,
                    categorie=str(category),
                    soort=str(Soort.TLV_BAO),
                    kostendrager=str(Kostendrager.SWV),
                    begin=Schooljaar(begin).eerste_dag,
                    einde=Schooljaar(begin).laatste_dag,
                )


def _budgetten(ctx: Context) -> Iterator[Plaatsing]:
    """Entry: 12 whole years and half a year in 2024, 100,000 euros.  Return: 6 years and 3 months, 50,000 euros."""
    schools = ctx.delen["regulier"]
    entry = [date(2023, 3, 1)] * 12 + [date(2024, 6, 3)]
    back = [date(2023, 8, 21)] * 6 + [date(2024, 9, 2)]
    for number, begin in enumerate(entry):
        yield _budget(Soort.INSTROOMBUDGET, None, schools[(number * 5 + 1) % len(schools)], begin)
    for number, begin in enumerate(back):
        yield _budget(
            Soort.TERUGPLAATSING, ctx.delen["ikc"][number % 3], schools[(number * 7 + 2) % len(schools)], begin
        )


def _budget(kind: Soort, sender: Any, receiver: School, begin: date) -> Plaatsing:
    return Plaatsing(
        school_verwijzend=sender,
        school_ontvangend=receiver,
        soort=str(kind),
        kostendrager=str(Kostendrager.SWV),
        begin=begin,
        einde=None,
    )
