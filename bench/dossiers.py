"""The pages of ondersteuning with 10,000 dossiers against the same pages with 100, for the SWV and at one school.

Both databases show the same rows (see ``_aanvragen``), so the ratio says what the rows cost that are not shown.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

from django.contrib.auth import get_user_model
from django.db import connection

from bench import _aanvragen, _dossiers, _server, _web
from bench._dossiers import AFGEROND, VAN_DE_IBER, Wereld
from bench._pair import Outcome, Side, compare, report
from bench._server import Server
from bench._web import Answer
from ondersteuning.domain.aanvraag import MET_TLV
from ondersteuning.domain.radar import einddag
from ondersteuning.models import Leerling, Verzuimmelding
from ondersteuning.queries.herinneringen import te_vragen
from ondersteuning.queries.radar import Radarfilter, aflopend
from swv_portal.access.reach import bereik_voor
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_number
from swv_portal.common.paging import PER_BLADZIJDE
from swv_portal.common.scoping import Bereik, Rol
from tests.factories.kernen import geef_rol

GROOT, KLEIN = 10_000, 100
#: Fewer than elsewhere: there are many pages.
RONDES = 9
#: Lines in each timeline.
REGELS = 6
#: With more dossiers a page may cost so much more, as with a page far down the list.
DOEL = 1.15
#: The figures ask three times what the floor asks once (TLV's, days, where the pupils live), all from one index.
DOEL_CIJFERS = 1.25
#: What the figures are made of, at least: the TLV's of a year, alike ones together.
GROUP_BY = """SELECT route, categorie, kostendrager, verwijzende_school_id, count(*) FROM ondersteuning_aanvraag
WHERE staat = ANY(%s) AND besloten_op BETWEEN %s AND %s GROUP BY 1, 2, 3, 4"""
KAMER = "/ondersteuning/"
#: What makes a row of a list known in its page.
LEERLING, AANVRAAG, MELDING = r"/leerlingen/(\d+)/\"", r"M-\d{6}[-\d]*", r"V-\d{6}[-\d]*"
GEVRAAGD, TLV, WERK = r"id=\"aanvraag-(\d+)\"", r"PO9901-\d{4}[-\d]*", r"/aanvraag/(\d+)/behandelaar/"


@dataclass(frozen=True)
class Lijst:
    """A list with a full page at both sizes; ``van_school``: as the IB'er of one school, else as the SWV."""

    naam: str
    pad: str
    rij: str
    van_school: bool = False

    def rijen(self, answer: Answer) -> list[str]:
        return list(dict.fromkeys(re.findall(self.rij, answer.body)))


LIJSTEN = (
    Lijst("leerlingen", "leerlingen/", LEERLING),
    Lijst("leerlingen van een school", "leerlingen/", LEERLING, van_school=True),
    Lijst("leerlingen in een fase", "leerlingen/?fase=afstemming", LEERLING),
    Lijst("leerlingen op een school", "leerlingen/?school={school}", LEERLING),
    Lijst("leerlingen van een consulent", "leerlingen/?consulent={consulent}", LEERLING),
    Lijst("werklijst", "werklijst/", WERK),
    Lijst("gevraagd", "gevraagd/", GEVRAAGD),
    Lijst("gevraagd door een school", "gevraagd/", GEVRAAGD, van_school=True),
    Lijst("TLV's die aflopen", "radar/", TLV),
    Lijst("aanwezigheid", "aanwezigheid/", MELDING),
    Lijst("aanwezigheid van een school", "aanwezigheid/", MELDING, van_school=True),
    Lijst("aanwezigheid die loopt", "aanwezigheid/?staat=open", MELDING),
    Lijst("aanwezigheid, kenmerk gezocht", "aanwezigheid/?q=v-0000", MELDING),
    Lijst("aanvragen die lopen", "?staat=lopend", AANVRAAG),
    Lijst("aanvragen, kenmerk gezocht", "?q=m-0000", AANVRAAG),
)


@dataclass(frozen=True)
class Mensen:
    """Cookies of somebody of the SWV and of an IB'er, with the reach of the first."""

    staf: str
    iber: str
    bereik: Bereik

    def wie(self, van_school: bool) -> str:
        return self.iber if van_school else self.staf


def mensen(world: Wereld) -> Mensen:
    users = get_user_model().objects
    staff, iber = users.create_user("staf@meting.example"), users.create_user("iber@meting.example")
    geef_rol(staff, Rol.SWV_MEDEWERKER)
    geef_rol(iber, Rol.IBER, world.scholen[0])
    return Mensen(_web.session_cookie(staff), _web.session_cookie(iber), bereik_voor(staff.pk, world.vandaag))


def laad_klein(world: Wereld) -> None:
    _aanvragen.laad(world, range(KLEIN))
    _dossiers.tijdlijnen(REGELS)


def laad_groot(world: Wereld) -> None:
    """After those of ``laad_klein``: first the dossiers that are over, then those that run.

    As in a portal of some years: who leafs down a list of what is open, comes by thousands of rows that are over.
    """
    over = GROOT * 3 // 5 // KLEIN
    _aanvragen.vermenigvuldig(world, AFGEROND, over)
    _aanvragen.vermenigvuldig(world, range(AFGEROND.stop, AFGEROND.stop + KLEIN), GROOT // KLEIN - 1 - over)
    _dossiers.tijdlijnen(REGELS)


def main() -> list[Outcome]:
    world = _dossiers.wereld()
    people = mensen(world)
    laad_klein(world)
    _web.analyze()
    small_database = _server.second_database("klein")
    laad_groot(world)
    _web.analyze()
    with _server.server() as big, _server.server(small_database) as small:
        return [
            *(_lijst(each, world, people, big, small) for each in LIJSTEN),
            *_diep(world, people, big),
            *_een_leerling(people, big, small),
            _cijfers(world, people, big, small),
            report("vragen aan de database, de lijst met de meeste", _meeste_vragen(world, people), 8, "vragen"),
        ]


def adres(lijst: Lijst, world: Wereld) -> str:
    """The address of a list, with the keys of this database."""
    return KAMER + lijst.pad.format(school=world.scholen[0].pk, consulent=world.consulenten[0].pk)


def _lijst(lijst: Lijst, world: Wereld, people: Mensen, big: Server, small: Server) -> Outcome:
    path = adres(lijst, world)
    cookie = people.wie(lijst.van_school)
    return compare(
        lijst.naam,
        ours=Side("10.000", big.page(path, cookie)),
        floor=Side("100", small.page(path, cookie)),
        same=lambda ours, floor: len(lijst.rijen(ours)) == len(lijst.rijen(floor)) == PER_BLADZIJDE,
        doel=DOEL,
        maat="server",
        rounds=RONDES,
    )


def _diep(world: Wereld, people: Mensen, big: Server) -> list[Outcome]:
    """A page far down every list against the first one: where the link of the page before it leads.

    Of what is open it is a page with rows before and after all that is over.
    """
    asked, ending = te_vragen(people.bereik), aflopend(people.bereik, Radarfilter(einddag(world.vandaag)))
    lists = (
        ("leerlingen", 200, Leerling.objects.all(), "pk"),
        ("aanwezigheid", 200, Verzuimmelding.objects.all(), "kenmerk"),
        ("gevraagd", 63, asked, "pk"),
        ("TLV's die aflopen", 44, ending, "tlvnummer__nummer"),
    )
    named = {each.naam: each for each in LIJSTEN}
    found = []
    for name, page, rows, field in lists:
        before = PER_BLADZIJDE * (page - 1)
        keys = list(rows.order_by("-pk").values_list("pk", field)[before - 1 : before + PER_BLADZIJDE])
        expected = [str(shown) for _, shown in keys[1:]]
        path = f"{named[name].pad}?pagina={page}&na={keys[0][0]}"
        found.append(_ver(named[name], path, f"bladzijde {page}", lambda rows, e=expected: rows == e, people, big))
    far = (world.vandaag + timedelta(weeks=3)).isoformat()
    work = named["werklijst"]
    found.append(_ver(work, f"{work.pad}?na={far}.0.1", "over drie weken", lambda rows: len(rows) > 1, people, big))
    return found


def _ver(lijst: Lijst, pad: str, naam: str, klopt: Callable[[list[str]], bool], people: Mensen, big: Server) -> Outcome:
    return compare(
        f"{lijst.naam}, {naam} / eerste bladzijde",
        ours=Side(naam, big.page(KAMER + pad, people.staf)),
        floor=Side("eerste", big.page(KAMER + lijst.pad, people.staf)),
        same=lambda ours, floor: klopt(lijst.rijen(ours)) and not set(lijst.rijen(ours)) & set(lijst.rijen(floor)),
        doel=DOEL,
        maat="server",
        rounds=RONDES,
    )


def _een_leerling(people: Mensen, big: Server, small: Server) -> list[Outcome]:
    """The dossier of one pupil of the IB'er's school, who is in both databases."""
    pk = Leerling.objects.order_by("pk").values_list("pk", flat=True)[VAN_DE_IBER // 2]
    path = f"{KAMER}leerlingen/{pk}/"
    return [
        compare(
            f"de bladzijde van een leerling, gelezen door {'de school' if van_school else 'het SWV'}",
            ours=Side("10.000", big.page(path, people.wie(van_school))),
            floor=Side("100", small.page(path, people.wie(van_school))),
            same=lambda ours, floor: _kenmerken(ours) == _kenmerken(floor) != [],
            doel=DOEL,
            maat="server",
            rounds=RONDES,
        )
        for van_school in (False, True)
    ]


def _kenmerken(answer: Answer) -> list[str]:
    return re.findall(f"{AANVRAAG}|{MELDING}", answer.body)


def _cijfers(world: Wereld, people: Mensen, big: Server, small: Server) -> Outcome:
    """The figures of a year count all of its TLV's, so more TLV's cost more.

    The floor is the same page with the TLV's of a hundred pupils, and a plain GROUP BY over those of ten thousand.
    """
    year = Schooljaar(world.jaar.begin - 1)
    page, few = (each.page(f"{KAMER}cijfers/?schooljaar={year}", people.staf) for each in (big, small))
    question = [sorted(MET_TLV), year.eerste_dag, year.laatste_dag]

    def floor() -> tuple[Answer, int]:
        with connection.cursor() as cursor:
            cursor.execute(GROUP_BY, question)
            return few(), sum(number for *_, number in cursor.fetchall())

    def same(ours: Answer, other: tuple[Answer, int]) -> bool:
        return f"Er zijn {dutch_number(other[1])} TLV" in unescape(ours.body) and other[1] > GROOT / 4

    return compare(
        "cijfers van een schooljaar",
        ours=Side("10.000", page),
        floor=Side("100 en een GROUP BY", floor),
        same=same,
        doel=DOEL_CIJFERS,
        maat="server",
        rounds=RONDES,
    )


def _meeste_vragen(world: Wereld, people: Mensen) -> int:
    return max(_web.count_queries(_web.page(adres(each, world), people.wie(each.van_school))) for each in LIJSTEN)
