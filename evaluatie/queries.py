"""Read models of evaluatie: rounds, and their results as they may be published."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from evaluatie.domain import vragenlijst as domein
from evaluatie.domain.afdruk import afdruk_van
from evaluatie.domain.ronde import GESLOTEN, OPEN, RONDE, RondeFeiten
from evaluatie.domain.uitkomsten import Groep, Uitkomst, publiceer
from evaluatie.models import Antwoord, Publicatie, Ronde, Vraag, Vragenlijst
from evaluatie.models import Groep as Groeprij
from kernen.queries import swv
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import SWV_KERNEN, Bereik
from swv_portal.common.screens import Toon
from swv_portal.common.tasks import Taak, Treffer

#: The smallest group whose answers are shown, until the SWV has settings of its own.
MINIMUM_GROEP = 5

TONEN: dict[str, Toon] = {OPEN: "bezig", GESLOTEN: "goed"}


def minimum_groep() -> int:
    """The smallest group whose answers are shown, as the SWV has set it."""
    found = swv()
    return found.minimum_groep if found is not None else MINIMUM_GROEP


def minimum_van(ronde: Ronde) -> int:
    """The smallest group whose answers are shown of a round: once it was published, as it was set then."""
    published = publicatie_van(ronde)
    return published.minimum if published is not None else minimum_groep()


def publicatie_van(ronde: Ronde) -> Publicatie | None:
    """What was published of a round; ``None`` when it never was."""
    return Publicatie.objects.filter(ronde_id=ronde.pk).first()


def vragen_van(vragenlijst_id: int) -> tuple[domein.Vraag, ...]:
    """The questions of a questionnaire with their options, in order.  One query."""
    return _vragen_en_opties(vragenlijst_id)[0]


def _vragen_en_opties(vragenlijst_id: int) -> tuple[tuple[domein.Vraag, ...], dict[int, tuple[str, str]]]:
    """The questions, and per option of the database the question and the value it stands for."""
    fields = ("code", "tekst", "soort", "over", "verdeling")
    option_fields = ("pk", "waarde", "label", "score", "in_percentages")
    rows = (
        Vraag.objects.filter(vragenlijst_id=vragenlijst_id)
        .order_by("volgorde", "opties__volgorde")
        .values_list(*fields, *(f"opties__{field}" for field in option_fields))
    )
    questions, keys = [], {}
    for (code, tekst, soort, over, verdeling), group in groupby(rows, key=lambda row: row[:5]):
        options = []
        for pk, waarde, label, score, in_percentages in (row[5:] for row in group):
            if pk is not None:
                keys[pk] = (code, waarde)
                options.append(domein.Optie(waarde, label, score, in_percentages))
        questions.append(domein.Vraag(code, tekst, domein.Vraagsoort(soort), tuple(options), over, verdeling))
    return tuple(questions), keys


@dataclass(frozen=True)
class Ondergrond:
    """The counts behind the results of a round.  Never shown: ``publiceer`` decides what of it may be."""

    vragen: tuple[domein.Vraag, ...]
    groepen: tuple[Groep, ...]
    tellingen: dict[tuple[str, str, str], int]

    @property
    def afdruk(self) -> str:
        return afdruk_van({groep.naam: groep.respondenten for groep in self.groepen}, self.tellingen)


def ondergrond(ronde: Ronde) -> Ondergrond:
    """All answers of a round as counts, in one aggregate; three queries, whatever the number of groups."""
    questions, options = _vragen_en_opties(ronde.vragenlijst_id)
    groups = {row.pk: row for row in Groeprij.objects.filter(ronde_id=ronde.pk).order_by("naam")}
    counts = {
        (groups[groep_id].naam, *options[optie_id]): aantal
        for groep_id, optie_id, aantal in Antwoord.objects.tellingen(groups)
    }
    return Ondergrond(questions, tuple(Groep(row.naam, row.respondenten) for row in groups.values()), counts)


@dataclass(frozen=True)
class Resultaat:
    """What is published of a round; screen, report, spreadsheet and export are all made from this."""

    pk: int
    code: str
    titel: str
    schooljaar: str
    staat: str
    gesloten_op: date | None
    minimum: int
    groepen: tuple[Groep, ...]
    uitkomsten: tuple[Uitkomst, ...]

    @property
    def respondenten(self) -> int:
        return sum(groep.respondenten for groep in self.groepen)


def resultaat(ronde: Ronde) -> Resultaat:
    """The results of a round that the caller may see (take it from ``rondes_voor``)."""
    minimum = minimum_van(ronde)
    under = ondergrond(ronde)
    return Resultaat(
        ronde.pk,
        ronde.code,
        ronde.titel,
        str(Schooljaar(ronde.schooljaar)),
        ronde.staat,
        ronde.gesloten_op,
        minimum,
        under.groepen,
        publiceer(under.vragen, under.groepen, under.tellingen, minimum),
    )


def feiten(ronde: Ronde) -> RondeFeiten:
    """What the procedure of a round needs to know."""
    return RondeFeiten(aantal_respondenten(ronde), ronde.staat == OPEN and heeft_andere_antwoorden(ronde))


def aantal_respondenten(ronde: Ronde) -> int:
    """How many handed in the questionnaire."""
    return sum(Groeprij.objects.filter(ronde_id=ronde.pk).values_list("respondenten", flat=True))


def heeft_andere_antwoorden(ronde: Ronde, afdruk: str | None = None) -> bool:
    """Was a round published with other answers than those of ``afdruk`` (``None``: those that it has)?

    One query for a round that was never published.
    """
    published = publicatie_van(ronde)
    return published is not None and published.afdruk != (ondergrond(ronde).afdruk if afdruk is None else afdruk)


@dataclass(frozen=True, slots=True)
class Ronderij:
    """A round in the list, as text."""

    code: str
    titel: str
    schooljaar: str
    respondenten: int
    groepen: int
    staat: str
    toon: Toon


def ronderijen(bereik: Bereik) -> list[Ronderij]:
    """The rounds that ``bereik`` sees, newest first."""
    rows = Ronde.objects.visible_to(bereik).met_respondenten().order_by("-schooljaar", "-pk")
    return [
        Ronderij(
            ronde.code,
            ronde.titel,
            str(Schooljaar(ronde.schooljaar)),
            ronde.aantal_respondenten,
            ronde.aantal_groepen,
            RONDE.staten[ronde.staat],
            TONEN[ronde.staat],
        )
        for ronde in rows
    ]


def taken(bereik: Bereik, vandaag: date) -> list[Taak]:
    """For the SWV: every open round, to fill or to close; until its last day it waits for the respondents."""
    if not bereik.heeft(*SWV_KERNEN):
        return []
    rounds = Ronde.objects.visible_to(bereik).filter(staat=OPEN).met_respondenten().order_by("sluit_op", "pk")
    return [_taak(ronde, vandaag) for ronde in rounds]


def _taak(ronde: Ronde, vandaag: date) -> Taak:
    url, waits = reverse("evaluatie:ronde", args=[ronde.code]), None
    if ronde.sluit_op is not None and vandaag <= ronde.sluit_op:
        waits = "respondenten"
    if ronde.aantal_respondenten:
        return Taak(f"Sluit {ronde.titel}", url, ronde.sluit_op, waits, "Vragenlijst sluiten")
    return Taak(f"Lees antwoorden in van {ronde.titel}", url, ronde.sluit_op, waits, "Vragenlijst inlezen")


def zoek(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """Rounds whose title holds every word of ``q``."""
    if not q.strip():
        return []
    rounds = Ronde.objects.visible_to(bereik).zoek(q).order_by("-schooljaar", "-pk")[:hoeveel]
    return [
        Treffer(
            ronde.titel,
            f"Vragenlijst, schooljaar {Schooljaar(ronde.schooljaar)}",
            reverse("evaluatie:ronde", args=[ronde.code]),
        )
        for ronde in rounds
    ]


def vragenlijst_met_vragen(code: str) -> tuple[domein.Vraag, ...]:
    """The questions of the questionnaire with this code; none when it is not there."""
    found = Vragenlijst.objects.filter(code=code).first()
    return vragen_van(found.pk) if found is not None else ()
