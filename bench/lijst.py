"""The list of applications at 10,000 and 100,000 rows, against a page that does nothing and Django's own list."""

import re
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from bench import _server, _web
from bench._pair import Outcome, Side, compare, report
from bench._server import Server
from bench._web import Answer
from kernen.models import School
from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, CONCEPT, GEWEIGERD, INGEDIEND
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.routes import ROUTE_A
from ondersteuning.models import Aanvraag, Leerling
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory, geef_rol

GROOT, KLEIN = 100_000, 10_000
LIJST = "/ondersteuning/"
#: The number of the first row of page 2,000, newest first.
FIRST_OF_DEEP = GROOT - 1 - 1999 * 25
CATEGORIEEN = tuple(CATEGORIENAMEN)
STATEN = (CONCEPT, BIJ_PARTIJEN, INGEDIEND, AANVULLING, GEWEIGERD)


def load(until: int, begin: int = 0) -> None:
    """Applications ``begin`` up to ``until``, spread over ninety schools, in every state that needs no TLV number."""
    if not begin:
        SamenwerkingsverbandFactory()
        SchoolFactory.create_batch(90)
    schools = list(School.objects.order_by("pk"))
    numbers = range(begin, until)
    pupils = Leerling.objects.bulk_create(
        [Leerling(school=schools[n % 90], voornamen="Voor", achternaam=f"Achter {n}") for n in numbers], batch_size=5000
    )
    rows = [_row(n, pupil, schools) for n, pupil in zip(numbers, pupils, strict=True)]
    Aanvraag.objects.bulk_create(rows, batch_size=5000)


def _row(n: int, pupil: Leerling, schools: list[Any]) -> Aanvraag:
    day = date(2025, 9, 1) + timedelta(days=n % 180)
    state = STATEN[n % len(STATEN)]
    closed = (
        {"afgesloten_op": day, "besloten_op": day, "bewaren_tot": day.replace(year=2029)} if state == GEWEIGERD else {}
    )
    return Aanvraag(
        kenmerk=f"M-{n:06}",
        route=ROUTE_A.code,
        staat=state,
        leerling=pupil,
        verwijzende_school=schools[n % 90],
        ontvangende_school=schools[(n + 7) % 90],
        categorie=CATEGORIEEN[n % len(CATEGORIEEN)],
        sinds=day,
        eigen_uiterlijk=day + timedelta(weeks=6),
        **closed,
    )


def kenmerken(answer: Answer) -> list[str]:
    """The references on a page, in order, each once."""
    return list(dict.fromkeys(re.findall(r"M-\d{6}", answer.body)))


def deep() -> str:
    """The address of page 2,000, as who leafs to it finds it in the link."""
    above = Aanvraag.objects.get(kenmerk=f"M-{FIRST_OF_DEEP + 1:06}")
    return f"{LIJST}?pagina=2000&na={above.pk}"


def people() -> tuple[str, str, str]:
    """Cookies of an SWV-medewerker, an IB'er of one school and a superuser."""
    users = get_user_model().objects
    staff, iber = users.create_user("staf@meting.example"), users.create_user("iber@meting.example")
    boss = users.create_superuser("beheer@meting.example")
    geef_rol(staff, Rol.SWV_MEDEWERKER)
    geef_rol(iber, Rol.IBER, Aanvraag.objects.order_by("-pk")[0].verwijzende_school)
    staff_cookie, iber_cookie, boss_cookie = map(_web.session_cookie, (staff, iber, boss))
    return staff_cookie, iber_cookie, boss_cookie


def main() -> list[Outcome]:
    load(KLEIN)
    staff, iber, boss = people()
    _web.analyze()
    small_database = _server.second_database("klein")
    load(GROOT, KLEIN)
    _web.analyze()
    with _server.server() as big, _server.server(small_database) as small:
        return [
            *_against_floors(big, staff, iber, boss),
            *_against_size(big, small, staff),
            report("vragen aan de database op de lijst", _web.count_queries(_web.page(LIJST, staff)), 8, "vragen"),
        ]


def _against_floors(big: Server, staff: str, iber: str, boss: str) -> list[Outcome]:
    found = [
        compare(
            f"lijst van 100.000 als {who} / lege pagina",
            ours=Side("lijst", big.page(LIJST, cookie)),
            floor=Side("lege pagina", big.page("/hallo/")),
            same=lambda ours, floor: len(kenmerken(ours)) == 25 and floor.body == "Hallo",
            doel=15,
            maat="server",
        )
        for who, cookie in (("SWV-medewerker", staff), ("IB'er", iber))
    ]
    admin = compare(
        "lijst van 100.000 / lijst van Django's beheer",
        ours=Side("lijst", big.page(LIJST, staff)),
        floor=Side("beheer", big.page("/meting-beheer/ondersteuning/aanvraag/", boss)),
        same=lambda ours, floor: kenmerken(ours) == kenmerken(floor) and len(kenmerken(ours)) == 25,
        doel=0.4,
        maat="server",
    )
    return [*found, admin]


def _against_size(big: Server, small: Server, staff: str) -> list[Outcome]:
    first = big.page(LIJST, staff)
    return [
        compare(
            "100.000 rijen / 10.000 rijen",
            ours=Side("100.000", first),
            floor=Side("10.000", small.page(LIJST, staff)),
            same=lambda a, b: len(kenmerken(a)) == len(kenmerken(b)) == 25,
            doel=1.25,
            maat="server",
        ),
        compare(
            "bladzijde 2.000 / eerste bladzijde",
            ours=Side("bladzijde 2.000", big.page(deep(), staff)),
            floor=Side("eerste", first),
            same=lambda a, b: kenmerken(a) == [f"M-{FIRST_OF_DEEP - n:06}" for n in range(25)] != kenmerken(b),
            doel=1.15,
            maat="server",
        ),
    ]
