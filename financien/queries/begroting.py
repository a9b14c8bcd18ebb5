"""The begroting with its computed totals beside what was published: one read model for screen, PDF, tables, JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from financien.domain.afwijkingen import EIGEN_VERMOGEN, RESERVE, WEERSTAND, Afwijking, per_onderwerp, vind_afwijkingen
from financien.domain.begroting import (
    RESULTAAT,
    TOTAAL_BATEN,
    Post,
    Sleutel,
    Soort,
    Totaal,
    bedragen_van,
    gegroepeerd,
    prognose,
    signaleringswaarde,
    totalen,
)
from financien.domain.procedure import BEGROTING, CONCEPT, GELDEND
from financien.models import Begroting
from swv_portal.common.dates import dag_van, datum
from swv_portal.common.money import dutch_amount
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import Bereik


@dataclass(frozen=True)
class Vermogensregel:
    """A line about the equity; a year without a figure is ``None``."""

    titel: str
    bedragen: Mapping[int, int | None]
    gepubliceerd: bool


@dataclass(frozen=True)
class Begrotingsbeeld:
    """A begroting with everything that follows from it.  Amounts are whole euros by year.

    ``posten`` have what belongs together side by side, whatever their order in the file.
    """

    pk: int
    naam: str
    bron: str
    staat: str
    ingelezen_op: datetime
    jaren: list[int]
    posten: list[Post]
    totalen: list[Totaal]
    gepubliceerd: Mapping[str, Mapping[int, int]]
    afwijkingen: list[Afwijking]
    vermogen: list[Vermogensregel]

    def totaal(self, sleutel: Sleutel) -> Mapping[int, int]:
        return bedragen_van(self.totalen, sleutel)

    @property
    def bestandsnaam(self) -> str:
        """Of every file of it, without extension; a concept says so."""
        return f"begroting-{self.jaren[0]}-{self.jaren[-1]}{'-concept' if self.staat == CONCEPT else ''}"

    @property
    def conclusie(self) -> str:
        """What the figures say, in one or two sentences."""
        first, last = self.jaren[0], self.jaren[-1]
        result = self.totaal(RESULTAAT)
        whole = sum(result.values())
        word = "tekort" if whole < 0 else "overschot"
        text = f"Over {first} tot en met {last} is er samen een {word} van {dutch_amount(abs(whole), 0)}."
        return f"{text} {_over_vermogen(self)}".strip()


def _over_vermogen(beeld: Begrotingsbeeld) -> str:
    equity = next((regel for regel in beeld.vermogen if regel.titel.startswith("Eigen vermogen")), None)
    if equity is None:
        return ""
    amounts = {jaar: amount for jaar, amount in equity.bedragen.items() if amount is not None}
    if not amounts:
        return ""
    last = max(amounts)
    limit = signaleringswaarde(beeld.totaal(TOTAAL_BATEN)[last])
    side = "onder" if amounts[last] <= limit else "boven"
    return (
        f"Het eigen vermogen is eind {last} {dutch_amount(amounts[last], 0)}: "
        f"{side} de signaleringswaarde van {dutch_amount(limit, 0)}."
    )


def _jaarbedragen(stored: Mapping[str, Any]) -> dict[int, int]:
    return {int(jaar): int(amount) for jaar, amount in stored.items()}


def _vermogen(
    jaren: list[int], gepubliceerd: Mapping[str, Mapping[int, int]], found: list[Totaal]
) -> list[Vermogensregel]:
    lines = []
    by_rule = {about: gepubliceerd[names[0]] for about, names in per_onderwerp(found, gepubliceerd).items()}
    result, baten = bedragen_van(found, RESULTAAT), bedragen_van(found, TOTAAL_BATEN)
    equity = by_rule.get(EIGEN_VERMOGEN, {})
    if jaren[0] in equity:
        computed = prognose(equity[jaren[0]], jaren, result)
        lines.append(Vermogensregel("Eigen vermogen op 31 december", dict(computed), False))
    for titel, rule in (
        ("Eigen vermogen, zoals gepubliceerd", EIGEN_VERMOGEN),
        ("Weerstandsvermogen", WEERSTAND),
        ("Bestemmingsreserve", RESERVE),
    ):
        if rule in by_rule:
            lines.append(Vermogensregel(titel, {jaar: by_rule[rule].get(jaar) for jaar in jaren}, True))
    signal: dict[int, int | None] = {jaar: signaleringswaarde(baten[jaar]) for jaar in jaren}
    lines.append(Vermogensregel("Signaleringswaarde (3,5% van de baten)", signal, False))
    return lines


def vind_begroting(bereik: Bereik, pk: int | None = None) -> Begroting | None:
    """The begroting ``pk``, or the geldende; ``None`` when it is not there for this person.  Three queries."""
    rows = Begroting.objects.visible_to(bereik).prefetch_related("posten", "gepubliceerd")
    return (rows.filter(pk=pk) if pk is not None else rows.filter(staat=GELDEND)).first()


def begrotingsbeeld(bereik: Bereik, pk: int | None = None) -> Begrotingsbeeld | None:
    """``vind_begroting`` with everything that follows from it."""
    begroting = vind_begroting(bereik, pk)
    return None if begroting is None else beeld_van(begroting)


def beeld_van(begroting: Begroting) -> Begrotingsbeeld:
    """What follows from a begroting of ``vind_begroting``, which has its posts and published totals with it."""
    jaren = begroting.jaren
    posten = []
    for row in begroting.posten.all():
        amounts = _jaarbedragen(row.bedragen)
        posten.append(Post(Soort(row.soort), row.groep, row.post, {jaar: amounts.get(jaar) for jaar in jaren}))
    gepubliceerd = {row.regel: _jaarbedragen(row.bedragen) for row in begroting.gepubliceerd.all()}
    found = totalen(posten, jaren)
    return Begrotingsbeeld(
        pk=begroting.pk,
        naam=begroting.naam,
        bron=begroting.bron,
        staat=begroting.staat,
        ingelezen_op=begroting.ingelezen_op,
        jaren=jaren,
        posten=gegroepeerd(posten),
        totalen=found,
        gepubliceerd=gepubliceerd,
        afwijkingen=vind_afwijkingen(posten, found, gepubliceerd),
        vermogen=_vermogen(jaren, gepubliceerd, found),
    )


def _afwijking_als_json(afwijking: Afwijking) -> dict[str, Any]:
    return {
        "regel": afwijking.regel,
        "jaar": afwijking.jaar,
        "gepubliceerd": afwijking.gepubliceerd,
        "berekend": afwijking.berekend,
        "verschil": afwijking.verschil,
        "verklaring": afwijking.verklaring,
    }


def begroting_als_json(beeld: Begrotingsbeeld) -> dict[str, Any]:
    """For machines: posts, computed totals, published totals and ``afwijkingen``.  'Not budgeted' is null."""
    return {
        "naam": beeld.naam,
        "bron": beeld.bron,
        "jaren": beeld.jaren,
        "posten": [
            {
                "soort": post.soort,
                "groep": post.groep,
                "post": post.post,
                "bedragen": {str(jaar): post.bedragen[jaar] for jaar in beeld.jaren},
            }
            for post in beeld.posten
        ],
        "totalen": {
            totaal.regel: {str(jaar): totaal.bedragen[jaar] for jaar in beeld.jaren} for totaal in beeld.totalen
        },
        "gepubliceerde_totalen": {
            regel: {str(jaar): amount for jaar, amount in row.items()} for regel, row in beeld.gepubliceerd.items()
        },
        "afwijkingen": [_afwijking_als_json(afwijking) for afwijking in beeld.afwijkingen],
        "vermogen": [
            {
                "regel": regel.titel,
                "gepubliceerd": regel.gepubliceerd,
                "bedragen": {str(jaar): regel.bedragen[jaar] for jaar in beeld.jaren},
            }
            for regel in beeld.vermogen
        ],
    }


@dataclass(frozen=True, slots=True)
class Begrotingsrij:
    """One begroting in the list.  ``geldend_sinds`` is empty for a concept."""

    pk: int
    naam: str
    jaren: str
    ingelezen_op: str
    ingelezen_door: str
    geldend_sinds: str
    staat: str
    staatnaam: str


def begrotingenlijst(bereik: Bereik, plek: Plek) -> Blad:
    """A page of ``Begrotingsrij``, newest first.  Two queries."""
    return blader(Begroting.objects.visible_to(bereik), plek, _lijstrijen)


def _lijstrijen(begrotingen: "QuerySet[Begroting]") -> list[tuple[int, Begrotingsrij]]:
    return [(row.pk, _lijstrij(row)) for row in begrotingen.select_related("ingelezen_door")]


def _lijstrij(row: Begroting) -> Begrotingsrij:
    return Begrotingsrij(
        pk=row.pk,
        naam=row.naam,
        jaren=str(row.eerste_jaar) if row.eerste_jaar == row.laatste_jaar else f"{row.eerste_jaar}-{row.laatste_jaar}",
        ingelezen_op=datum(dag_van(row.ingelezen_op)),
        ingelezen_door=str(row.ingelezen_door) if row.ingelezen_door else "de opdrachtregel",
        geldend_sinds=datum(dag_van(row.geldend_sinds)) if row.geldend_sinds else "",
        staat=row.staat,
        staatnaam=BEGROTING.staten[row.staat],
    )


def geldende_nu(bereik: Bereik) -> tuple[int, str] | None:
    """Key and name of the begroting that is geldend, if there is one.  One query."""
    return Begroting.objects.visible_to(bereik).filter(staat=GELDEND).values_list("pk", "naam").first()


def wachtend_concept(bereik: Bereik) -> tuple[int, str] | None:
    """Key and name of the newest concept, when it is newer than the geldende begroting.  One query.

    An older concept was passed over: nobody needs to be asked about it.
    """
    newest = Begroting.objects.visible_to(bereik).filter(staat__in=[CONCEPT, GELDEND]).order_by("-pk").first()
    return None if newest is None or newest.staat != CONCEPT else (newest.pk, newest.naam)
