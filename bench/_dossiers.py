"""A hundred or ten thousand dossiers as an SWV has them after some years, put into the database in bulk.

Every pupil has an application that is over and a newer one (``_aanvragen``), a school, persons with custody, changes
of phase, documents, an absence and a timeline.  What is written down about a child is encrypted, and as long as people
write it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from kernen.models import School
from ondersteuning.domain import overstap, verzuimmelding
from ondersteuning.domain.fase import FASEN
from ondersteuning.models import (
    Aanvraag,
    Faseovergang,
    Gezagsdrager,
    Leerling,
    Leerlingdocument,
    Overstap,
    Schoolperiode,
    Verzuimactie,
    Verzuimmelding,
)
from ondersteuning.queries.zoeksleutels import dubbelsleutel, zoeksleutels
from swv_portal.common.dates import Schooljaar, plus_jaren
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory, geef_rol
from tests.factories.ondersteuning import SboFactory

#: Schools with pupils, special schools that receive them, and schools without any.
SCHOLEN, SPECIAAL, ZONDER = 39, 12, 39
#: So many pupils are at the school of the IB'er before the others get theirs: more than two pages.
VAN_DE_IBER = 62
#: Of the pupils with these numbers everything is over.
AFGEROND = range(100, 200)
FASERIJ = tuple(FASEN)
_BEGIN = "Zee Duin Meeuw Strand Vuur Wad Golf Schelp Anker Helm Kust Storm Zand Eb Vloed Haven Kreek Polder Riet Wind"
NAMEN = _BEGIN.split()
VERHAAL = "De leerling heeft een rustige plek nodig, met korte opdrachten en een leerkracht die veel voordoet. " * 4
ZIN = "Dit is in het gesprek met de ouders en de school besproken."


@dataclass(frozen=True)
class Wereld:
    """What there is beside dossiers: schools and people of the SWV."""

    scholen: list[School]
    speciaal: list[School]
    consulenten: list[Any]
    vandaag: date

    @cached_property
    def jaar(self) -> Schooljaar:
        return Schooljaar.van(self.vandaag)

    def dag(self, geleden: int) -> date:
        return self.vandaag - timedelta(days=geleden)

    def school(self, n: int) -> School:
        return self.scholen[0 if n < VAN_DE_IBER else n % SCHOLEN]

    def vorige_school(self, n: int) -> School:
        return self.scholen[n % SCHOLEN]

    def naar(self, n: int) -> School:
        return self.speciaal[n % SPECIAAL]

    def consulent(self, n: int) -> Any:
        return (self.consulenten[0], None, self.consulenten[1 + n % 5])[n % 3]


def wereld() -> Wereld:
    SamenwerkingsverbandFactory()
    schools, special = SchoolFactory.create_batch(SCHOLEN), SboFactory.create_batch(SPECIAAL)
    SchoolFactory.create_batch(ZONDER)
    users = get_user_model().objects
    people = [users.create_user(f"consulent{n}@meting.example", naam=f"Consulent {n}") for n in range(6)]
    for person in people:
        geef_rol(person, Rol.SWV_MEDEWERKER)
    return Wereld(schools, special, people, timezone.localdate())


def bewaar(model: Any, rows: Iterable[Any]) -> list[Any]:
    found: list[Any] = model._default_manager.bulk_create(rows, batch_size=500)
    return found


def leerlingen(world: Wereld, numbers: range) -> list[Leerling]:
    """The pupils with these numbers, with what hangs on them and on no procedure."""
    pupils = bewaar(Leerling, (_leerling(world, n) for n in numbers))
    pairs = list(zip(numbers, pupils, strict=True))
    bewaar(Schoolperiode, (row for n, pupil in pairs for row in _perioden(world, n, pupil)))
    bewaar(
        Gezagsdrager,
        (
            Gezagsdrager(leerling=pupil, volgnummer=number, naam=f"Ouder {number}", email="ouder@meting.example")
            for pupil in pupils
            for number in (1, 2)
        ),
    )
    bewaar(Faseovergang, (row for pupil in pupils for row in _overgangen(world, pupil)))
    _verzuim(world, pairs)
    _overstappen(world, pairs)
    return pupils


def _naam(n: int) -> tuple[str, str, date]:
    """Each its own, but for one in a hundred, of whom there are two dossiers."""
    n = n - 1 if n % 100 == 99 else n
    last = "".join(NAMEN[n // size % len(NAMEN)] for size in (20, 400, 8000))
    return NAMEN[n % len(NAMEN)], last.capitalize(), date(2014, 1, 1) + timedelta(days=n % 2500)


def _leerling(world: Wereld, n: int) -> Leerling:
    first, last, born = _naam(n)
    return Leerling(
        school=world.school(n),
        voornamen=first,
        achternaam=last,
        geboortedatum=born.isoformat(),
        groep=str(1 + n % 8),
        woon_pc4="2011",
        zoeksleutels=zoeksleutels(f"{first} {last}"),
        dubbelsleutel=dubbelsleutel(f"{first} {last}", born),
        fase=FASERIJ[n % len(FASERIJ) if n % 2 else 2],
        fase_sinds=world.dag(n % 90),
        consulent=world.consulent(n),
    )


def _perioden(world: Wereld, n: int, pupil: Leerling) -> Iterator[Schoolperiode]:
    moved = world.dag(100 + n % 50)
    yield Schoolperiode(leerling=pupil, school=world.vorige_school(n), van=world.dag(900), tot=moved)
    yield Schoolperiode(leerling=pupil, school=pupil.school, van=moved)


def _overgangen(world: Wereld, pupil: Leerling) -> Iterator[Faseovergang]:
    for phase, ago in (("signalering", 300), ("indicatie", 200), (pupil.fase, 60)):
        yield Faseovergang(leerling=pupil, fase=phase, op=world.dag(ago), reden=ZIN, door=world.consulenten[1])


def _verzuim(world: Wereld, pairs: list[tuple[int, Leerling]]) -> None:
    """An absence of every pupil; of three it is over for two, of ``AFGEROND`` for all."""
    rows = bewaar(Verzuimmelding, (_melding(world, n, pupil) for n, pupil in pairs))
    bewaar(
        Verzuimactie,
        (
            Verzuimactie(melding=row, stap=step, wat=ZIN, wie="de school", afgesproken_op=row.gemeld_op)
            for row in rows
            for step in ("tel", "ken")
        ),
    )


def _melding(world: Wereld, n: int, pupil: Leerling) -> Verzuimmelding:
    closed = n % 3 != 0 or n in AFGEROND
    first = world.dag(400 - n % 100) if closed else world.dag(n % 120)
    row = Verzuimmelding(
        kenmerk=f"V-{n:06}",
        leerling=pupil,
        school=world.school(n),
        staat=(verzuimmelding.GEMELD, verzuimmelding.IN_BEHANDELING)[n % 2],
        gemeld_op=first,
        soort="ongeoorloofd",
        eerste_dag=first,
        dagen_per_week=5,
        oorzaak=("jeugdhulp", "thuis", "psychisch")[n // 3 % 3],
        toelichting=ZIN,
    )
    if closed:
        row.staat, row.einde_soort, row.einde_reden = verzuimmelding.AFGESLOTEN, "terug", ZIN
        row.einde_op = row.afgesloten_op = first + timedelta(days=20 + n % 40)
        row.bewaren_tot = plus_jaren(row.einde_op, 3)
    return row


def _overstappen(world: Wereld, pairs: list[tuple[int, Leerling]]) -> None:
    """One pupil in ten went back to a regular school, or was to."""
    chosen = [(n, pupil) for n, pupil in pairs if n % 10 == 3]
    rows = bewaar(Overstap, (_overstap(world, n, pupil) for n, pupil in chosen))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ondersteuning_terugplaatsing (overstap_ptr_id, herkomst, aanwezig, anderen, afspraken,"
            " geen_budget_omdat) SELECT unnest(%s::bigint[]), '', '{}', '', '', ''",
            [[row.pk for row in rows]],
        )


def _overstap(world: Wereld, n: int, pupil: Leerling) -> Overstap:
    day = world.dag(30 + n % 60)
    row = Overstap(
        kenmerk=f"T-{n:06}",
        soort=overstap.Overstapsoort.TERUGPLAATSING,
        leerling=pupil,
        van_school=world.naar(n),
        naar_school=pupil.school,
        reden=ZIN,
        sinds=day,
    )
    if n % 20 == 3:
        row.staat, row.afgesloten_op, row.bewaren_tot = overstap.DEFINITIEF, day, plus_jaren(day, 3)
    return row


def documenten(world: Wereld, eigenaars: list[tuple[str, int]], soort: str) -> list[Document]:
    """A document for each of these rows (label of the model, key); of the file itself only the path."""
    return bewaar(
        Document,
        (
            Document(
                soort=soort,
                onderwerp_soort=label,
                onderwerp_id=pk,
                naam="verslag.pdf",
                content_type="application/pdf",
                grootte=40_000,
                sha256="0" * 64,
                bestand=f"documenten/00/{number}",
                aanvrager=world.consulenten[1],
            )
            for number, (label, pk) in enumerate(eigenaars)
        ),
    )


def leerlingdocumenten(world: Wereld, pupils: list[Leerling]) -> None:
    """Two documents in every dossier."""
    owners = [pupil for pupil in pupils for _ in range(2)]
    files = documenten(
        world, [("ondersteuning.leerling", pupil.pk) for pupil in owners], "ondersteuning.leerlingdocument"
    )
    bewaar(
        Leerlingdocument,
        (
            Leerlingdocument(leerling=pupil, document=file, soort="verslag", datum=world.dag(90))
            for pupil, file in zip(owners, files, strict=True)
        ),
    )


def tijdlijnen(hoeveel: int) -> None:
    """So many lines in the timeline of every dossier, application and absence."""
    for model in (Leerling, Aanvraag, Verzuimmelding):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_event (tijd, onderwerp_soort, onderwerp_id, soort, tekst, door, lezen, gegevens)"
                " SELECT now() - interval '1 day' * (90 - k), %s, id, 'meting', 'Er is iets gewijzigd.',"
                f" 'het portaal', k %% 2 = 0, '{{}}' FROM {model._meta.db_table}, generate_series(1, %s) k"
                " WHERE id > coalesce((SELECT max(onderwerp_id) FROM audit_event WHERE onderwerp_soort = %s), 0)",
                [model._meta.label_lower, hoeveel, model._meta.label_lower],
            )
