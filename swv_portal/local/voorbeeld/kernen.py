"""Example data of kernen: one fictional samenwerkingsverband with published proportions.

17 boards, 86 regular vestigingen under 71 BRIN numbers with 21,747 pupils on 1 February 2023, three IKC locations with
620, four SO schools with 338, and the kernen of a coastal region by name.  The same day gives the same rows.

For the loaders above it leaves in ``ctx.delen``: ``swv``; ``besturen``; ``scholen`` (all), ``regulier``, ``ikc``,
``so``, ``buiten_regio``; ``kernen`` (by name); ``gebruikers`` (by role, those of the demo), and by id of the place
``ibers``, ``directeuren``, ``orthopedagogen``, ``bestuurders``, ``voorzitters``.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from kernen.domain.scholen import Schoolsoort
from kernen.models import (
    Kern,
    Kernlidmaatschap,
    Leerlingtelling,
    Roltoekenning,
    Samenwerkingsverband,
    School,
    Schoolbestuur,
)
from swv_portal.access.models import User
from swv_portal.common.money import divide
from swv_portal.common.scoping import PLAATS, Rol
from swv_portal.local.voorbeeld import kernen_teksten as tekst
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.kernen_plannen import laad_plannen

LEERLINGEN_2023 = 21_747
#: The regular total per teldatum; 2023 is the published one.
TELLINGEN = {2022: 21_934, 2023: LEERLINGEN_2023, 2024: 21_588, 2025: 21_412}
BEGIN = date(2021, 8, 1)

NAMEN = {
    Rol.SWV_MEDEWERKER: "Mila Duinker",
    Rol.DIRECTEUR_BESTUURDER: "Joris Branding",
    Rol.CONTROLLER: "Noor Getij",
    Rol.BEHEERDER: "Sem Kabeljauw",
    Rol.IBER: "Fenna Schelp",
    Rol.SCHOOLDIRECTEUR: "Bram Helmgras",
    Rol.ORTHOPEDAGOOG: "Liv Vuurbaak",
    Rol.KERNVOORZITTER: "Teun Strandjutter",
    Rol.SCHOOLBESTUURDER: "Hanna Zilverzand",
}
VOORNAMEN = ("Anouk", "Bas", "Carlijn", "Daan", "Eva", "Finn", "Gijs", "Hilde", "Ilse", "Jip", "Kaatje", "Loek", "Maud")
ACHTERNAMEN = ("Zeewier", "Wantij", "Paalhoofd", "Stuifduin", "Golfslag", "Zandoog", "Meerpaal", "Kwelder", "Loodslijn")


def laad(ctx: Context) -> None:
    """Everything of kernen, in one transaction of the caller."""
    ctx.delen["swv"] = Samenwerkingsverband.objects.create(**tekst.SWV)
    _besturen(ctx)
    _kernen(ctx)
    _scholen(ctx)
    _lidmaatschappen(ctx)
    _tellingen(ctx)
    _mensen(ctx)
    laad_plannen(ctx)


def _besturen(ctx: Context) -> None:
    boards = [
        Schoolbestuur(bevoegd_gezag_nummer=f"{99901 + index}", naam=naam, **_adres(index, "Beverwijk", "1942"))
        for index, (naam, _, _) in enumerate(tekst.BESTUREN)
    ]
    elsewhere = Schoolbestuur(bevoegd_gezag_nummer="99951", naam=tekst.BESTUUR_ELDERS, lid=False)
    Schoolbestuur.objects.bulk_create([*boards, elsewhere])
    ctx.delen["besturen"], ctx.delen["bestuur_elders"] = boards, elsewhere


def _adres(index: int, plaats: str, pc4: str) -> dict[str, str]:
    return {
        "straat": tekst.STRATEN[index % len(tekst.STRATEN)],
        "huisnummer": str(1 + index * 7 % 180),
        "postcode": f"{pc4} Z{chr(65 + index % 26)}",
        "plaats": plaats,
    }


def _kernen(ctx: Context) -> None:
    kernen = [Kern(naam=vorm.naam, code=vorm.code) for vorm in (*tekst.KERNEN, tekst.REGIOKERN)]
    Kern.objects.bulk_create(kernen)
    ctx.delen["kernen"] = {kern.naam: kern for kern in kernen}


def _brins() -> list[tuple[int, str]]:
    """For each regular school its board (index) and vestigingscode: 86 codes under 71 BRIN numbers."""
    found, number = [], 0
    for board, (_, schools, second) in enumerate(tekst.BESTUREN):
        for index in range(schools - second):
            brin = f"90{chr(65 + number // 26)}{chr(65 + number % 26)}"
            found.append((board, f"{brin}00"))
            if index < second:
                found.append((board, f"{brin}01"))
            number += 1
    return found


def _scholen(ctx: Context) -> None:
    codes = _brins()
    # A board has schools in more than one kern: deal them out in an order of our own.
    ctx.rng.shuffle(codes)
    boards = ctx.delen["besturen"]
    regular: list[School] = []
    for vorm in tekst.KERNEN:
        for nth in range(vorm.scholen):
            index = len(regular)
            board, code = codes[index]
            plaats, gemeente, pc4 = vorm.plaatsen[nth % len(vorm.plaatsen)]
            name = f"{tekst.SOORTNAAM[index % 5]} {tekst.VOOR[index % 10]}{tekst.NA[index // 10]}"
            regular.append(_school(code, name, Schoolsoort.BAO, boards[board], gemeente, _adres(index, plaats, pc4)))
    ikc, so, outside = _bijzondere_scholen(
        boards[tekst.BESTUUR_IKC], boards[tekst.BESTUUR_SO], ctx.delen["bestuur_elders"]
    )
    School.objects.bulk_create([*regular, *ikc, *so, *outside])
    ctx.delen |= {"regulier": regular, "ikc": ikc, "so": so, "buiten_regio": outside}
    ctx.delen["scholen"] = [*regular, *ikc, *so, *outside]


def _bijzondere_scholen(
    van_ikc: Schoolbestuur, van_so: Schoolbestuur, van_elders: Schoolbestuur
) -> tuple[list[School], list[School], list[School]]:
    """The IKC's, the schools for SO, and the special schools outside the region, not stored yet."""
    ikc = [
        _school(
            f"91A{chr(65 + n)}00",
            naam,
            Schoolsoort.SBO,
            van_ikc,
            "Beverwijk",
            _adres(n, "Beverwijk", "1945"),
            True,
        )
        for n, (naam, _) in enumerate(tekst.IKC)
    ]
    so = [
        _school(f"92A{chr(65 + n)}00", naam, Schoolsoort.SO, van_so, "Velsen", _adres(n, "IJmuiden", "1972"))
        for n, (naam, _) in enumerate(tekst.SO)
    ]
    outside = [
        _school(
            f"93A{chr(65 + n)}00",
            naam,
            Schoolsoort(soort),
            van_elders,
            "Purmerend",
            _adres(n, "Purmerend", "1441"),
        )
        for n, (naam, soort, _) in enumerate(tekst.BUITEN_REGIO)
    ]
    for school in outside:
        school.buiten_regio, school.swv_code = True, "PO9902"
    return ikc, so, outside


def _school(
    code: str,
    naam: str,
    soort: Schoolsoort,
    bestuur: Schoolbestuur,
    gemeente: str,
    adres: dict[str, str],
    ikc: bool = False,
) -> School:
    return School(
        vestigingscode=code,
        brin=code[:4],
        naam=naam,
        soort=soort,
        bestuur=bestuur,
        gemeente=gemeente,
        is_ikc=ikc,
        **adres,
    )


def _lidmaatschappen(ctx: Context) -> None:
    """The kernen in order; one school moved from Beverwijk to Beverwijk+ on 1 August 2024."""
    kernen, rows, at = ctx.delen["kernen"], [], 0
    for vorm in tekst.KERNEN:
        for school in ctx.delen["regulier"][at : at + vorm.scholen]:
            rows.append(Kernlidmaatschap(kern=kernen[vorm.naam], school=school, van=BEGIN))
        at += vorm.scholen
    for school in [*ctx.delen["ikc"], *ctx.delen["so"]]:
        rows.append(Kernlidmaatschap(kern=kernen[tekst.REGIOKERN.naam], school=school, van=BEGIN))
    moved = rows[tekst.KERNEN[0].scholen - 1]
    day = date(2024, 8, 1)
    rows.append(Kernlidmaatschap(kern=moved.kern, school=moved.school, van=day))
    moved.kern, moved.tot = kernen["Beverwijk"], day
    Kernlidmaatschap.objects.bulk_create(rows)


def _verdeel(total: int, weights: list[int]) -> list[int]:
    return [int(part * 100) for part in divide(Decimal(total) / 100, weights)]


def _tellingen(ctx: Context) -> None:
    regular = ctx.delen["regulier"]
    weights = [ctx.rng.randint(90, 420) for _ in regular]
    rows: list[Leerlingtelling] = []
    for year, total in TELLINGEN.items():
        counts = _verdeel(total, [weight + ctx.rng.randint(-12, 12) for weight in weights])
        rows += [
            Leerlingtelling(school=s, teldatum=date(year, 2, 1), aantal=n) for s, n in zip(regular, counts, strict=True)
        ]
        shift = year - 2023
        special = [
            *zip(ctx.delen["ikc"], (n for _, n in tekst.IKC), strict=True),
            *zip(ctx.delen["so"], (n for _, n in tekst.SO), strict=True),
            *zip(ctx.delen["buiten_regio"], (n for _, _, n in tekst.BUITEN_REGIO), strict=True),
        ]
        rows += [Leerlingtelling(school=s, teldatum=date(year, 2, 1), aantal=n + 3 * shift) for s, n in special]
    # A count that DUO hides, as it does for numbers under five: the year in which this school began.
    first = next(row for row in rows if row.school is ctx.delen["so"][-1] and row.teldatum.year == 2022)
    first.aantal, first.minder_dan_vijf = None, True
    Leerlingtelling.objects.bulk_create(rows)


def _mensen(ctx: Context) -> None:
    """A demo user per role, and at every place the people that dossiers need.  Only the demo users can log in."""
    demo_school, demo_ikc = ctx.delen["regulier"][0], ctx.delen["ikc"][0]
    demo_kern = ctx.delen["kernen"][tekst.KERNEN[0].naam]
    password = make_password(ctx.wachtwoord)
    rows: list[tuple[User, Rol, Any]] = []
    for rol, naam in NAMEN.items():
        user = User(email=f"{rol.value.replace('_', '-')}@demo.example", naam=naam, password=password)
        at = {"swv": None, "school": demo_ikc if rol == Rol.ORTHOPEDAGOOG else demo_school, "kern": demo_kern}
        rows.append((user, rol, demo_school.bestuur if PLAATS[rol] == "bestuur" else at[PLAATS[rol]]))
    used = {(rol, place.pk) for _, rol, place in rows if place is not None}
    for rol, place in _plekken(ctx):
        if (rol, place.pk) not in used:
            number = len(rows)
            naam = f"{VOORNAMEN[number % 13]} {ACHTERNAMEN[number * 7 % 9]}"
            email = f"{rol.value.replace('_', '-')}-{number}@duin-en-kern.example"
            rows.append((User(email=email, naam=naam, password=make_password(None)), rol, place))
    User.objects.bulk_create([user for user, _, _ in rows])
    Roltoekenning.objects.bulk_create(
        [
            Roltoekenning(user=user, rol=rol, van=BEGIN, **({} if place is None else {PLAATS[rol]: place}))
            for user, rol, place in rows
        ]
    )
    ctx.delen["gebruikers"] = {rol: user for user, rol, _ in rows[: len(NAMEN)]}
    for key, rol in (
        ("ibers", Rol.IBER),
        ("directeuren", Rol.SCHOOLDIRECTEUR),
        ("orthopedagogen", Rol.ORTHOPEDAGOOG),
        ("bestuurders", Rol.SCHOOLBESTUURDER),
        ("voorzitters", Rol.KERNVOORZITTER),
    ):
        ctx.delen[key] = {place.pk: user for user, r, place in rows if r == rol and place is not None}


def _plekken(ctx: Context) -> list[tuple[Rol, Any]]:
    # The schools outside the region have nobody with an account yet.
    special = [*ctx.delen["ikc"], *ctx.delen["so"]]
    return [
        *((Rol.IBER, school) for school in ctx.delen["regulier"]),
        *((Rol.SCHOOLDIRECTEUR, school) for school in [*ctx.delen["regulier"], *ctx.delen["ikc"], *ctx.delen["so"]]),
        *((Rol.ORTHOPEDAGOOG, school) for school in special),
        *((Rol.SCHOOLBESTUURDER, bestuur) for bestuur in ctx.delen["besturen"]),
        # The last kern has no chair yet, as in real life.
        *((Rol.KERNVOORZITTER, kern) for kern in list(ctx.delen["kernen"].values())[:-2]),
    ]
