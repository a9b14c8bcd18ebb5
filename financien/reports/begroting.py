"""The begroting as PDF, XLSX, CSV and JSON: one read model, four forms."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from financien.domain.begroting import (
    RESULTAAT,
    TOTAAL_BATEN,
    TOTAAL_LASTEN,
    Niveau,
    Post,
    Sleutel,
    Totaal,
    hoofdgroep,
)
from financien.queries.begroting import Begrotingsbeeld, begroting_als_json, begrotingsbeeld
from swv_portal.common.charts import lijndiagram
from swv_portal.common.dates import dag_van
from swv_portal.common.money import dutch_amount
from swv_portal.common.scoping import Bereik
from swv_portal.common.tables import Blad, Opmaak, Uitkolom, schrijf_csv, schrijf_xlsx
from swv_portal.common.tables.writing import Waarde
from swv_portal.common.words import met_hoofdletter
from swv_portal.common.writing import NotVisible

BEGROTINGSRAPPORT = "financien.begroting"
NIET_BEGROOT = "–"


@dataclass(frozen=True)
class Rij:
    """One row of the table: ``soort`` is ``groep`` (a heading), ``post``, ``subtotaal`` or ``totaal``."""

    soort: str
    titel: str
    bedragen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Begrotingsrapport:
    """Feeds the screen and ``reports/financien_begroting.html``."""

    beeld: Begrotingsbeeld
    rijen: list[Rij]
    vermogen: list[Rij]
    grafiek: SafeString
    grafiek_rijen: list[tuple[str, ...]]


def _bedrag(amount: int | None) -> str:
    return NIET_BEGROOT if amount is None else dutch_amount(amount, 0)


def _postrij(post: Post, jaren: list[int]) -> Rij:
    name = met_hoofdletter(post.post)
    return Rij("post", name, tuple(_bedrag(post.bedragen[jaar]) for jaar in jaren))


def _totaalrij(totaal: Totaal, jaren: list[int]) -> Rij:
    kind = "subtotaal" if totaal.sleutel.niveau == Niveau.DEEL else "totaal"
    return Rij(kind, totaal.titel, tuple(_bedrag(totaal.bedragen[jaar]) for jaar in jaren))


def tabelrijen(beeld: Begrotingsbeeld) -> list[Rij]:
    """The begroting in reading order: heading, posts, (sub)total, and the result at the end."""
    rows: list[Rij] = []
    totals = {totaal.sleutel: totaal for totaal in beeld.totalen}
    posts = beeld.posten
    for index, post in enumerate(posts):
        following = posts[index + 1] if index + 1 < len(posts) else None
        previous = posts[index - 1] if index else None
        if previous is None or (previous.soort, previous.groep) != (post.soort, post.groep):
            rows.append(Rij("groep", met_hoofdletter(post.groep)))
        rows.append(_postrij(post, beeld.jaren))
        for key in _afgesloten(post, following):
            if key in totals:
                rows.append(_totaalrij(totals[key], beeld.jaren))
    rows.append(_totaalrij(totals[RESULTAAT], beeld.jaren))
    return rows


def _afgesloten(post: Post, following: Post | None) -> Iterator[Sleutel]:
    """The totals that stand below ``post``: of its part, its group and its kind, when those end here."""
    head = hoofdgroep(post.groep)
    same_kind = following is not None and following.soort == post.soort
    if not same_kind or following is None or following.groep != post.groep:
        yield Sleutel(Niveau.DEEL, post.soort, post.groep)
    if not same_kind or following is None or hoofdgroep(following.groep) != head:
        yield Sleutel(Niveau.GROEP, post.soort, head)
    if not same_kind:
        yield Sleutel(Niveau.SOORT, post.soort)


def begrotingsrapport(beeld: Begrotingsbeeld) -> Begrotingsrapport:
    """The begroting as people read it, with a chart of baten and lasten."""
    baten, lasten, result = (beeld.totaal(key) for key in (TOTAAL_BATEN, TOTAAL_LASTEN, RESULTAAT))
    million = Decimal(1_000_000)
    chart = lijndiagram(
        "Baten en lasten per jaar",
        beeld.conclusie,
        [str(jaar) for jaar in beeld.jaren],
        [
            ("baten", [baten[jaar] / million for jaar in beeld.jaren]),
            ("lasten", [lasten[jaar] / million for jaar in beeld.jaren]),
        ],
        eenheid="miljoen euro",
    )
    rows: list[tuple[str, ...]] = [
        (str(jaar), _bedrag(baten[jaar]), _bedrag(lasten[jaar]), _bedrag(result[jaar])) for jaar in beeld.jaren
    ]
    equity = [
        Rij("post", regel.titel, tuple(_bedrag(regel.bedragen[jaar]) for jaar in beeld.jaren))
        for regel in beeld.vermogen
    ]
    return Begrotingsrapport(beeld, tabelrijen(beeld), equity, chart, rows)


def bouw_begroting(bereik: Bereik, params: dict[str, Any]) -> Begrotingsrapport:
    """For the report registry: ``params["begroting"]`` is the key of a begroting, or nothing for the geldende."""
    beeld = begrotingsbeeld(bereik, params.get("begroting"))
    if beeld is None:
        raise NotVisible("niet gevonden")
    return begrotingsrapport(beeld)


def begroting_bestandsnaam(rapport: Begrotingsrapport) -> str:
    return rapport.beeld.bestandsnaam


def _waarden(beeld: Begrotingsbeeld) -> Iterator[list[Waarde]]:
    for post in beeld.posten:
        yield [str(post.soort), post.groep, post.post, *(post.bedragen[jaar] for jaar in beeld.jaren)]
    for totaal in beeld.totalen:
        yield [TOTAALSOORT, "", totaal.regel, *(totaal.bedragen[jaar] for jaar in beeld.jaren)]


TOTAALSOORT = "totaal"


def begroting_csv(beeld: Begrotingsbeeld, notatie: str = "machine") -> bytes:
    """``soort;groep;post`` and one column per year: the posts, then the computed totals as soort 'totaal'."""
    return schrijf_csv(["soort", "groep", "post", *map(str, beeld.jaren)], _waarden(beeld), notatie)


def begroting_json(beeld: Begrotingsbeeld) -> str:
    return json.dumps(begroting_als_json(beeld), ensure_ascii=False, indent=2) + "\n"


def begroting_xlsx(beeld: Begrotingsbeeld) -> bytes:
    """Three sheets: posts and totals, the equity, and what differs from the published totals."""
    years = [Uitkolom(str(jaar), Opmaak.GEHEEL) for jaar in beeld.jaren]
    day = dag_van(beeld.ingelezen_op)
    differences: list[list[Waarde]] = [
        [a.regel, a.jaar, a.gepubliceerd, a.berekend, a.verschil, a.verklaring] for a in beeld.afwijkingen
    ]
    equity: list[list[Waarde]] = [
        [regel.titel, *(regel.bedragen[jaar] for jaar in beeld.jaren)] for regel in beeld.vermogen
    ]
    figures = [Uitkolom(name, Opmaak.GEHEEL) for name in ("gepubliceerd", "berekend", "verschil")]
    return schrijf_xlsx(
        [
            Blad("Begroting", ["soort", "groep", "post", *years], _waarden(beeld), beeld.naam, beeld.bron, day),
            Blad("Vermogen", ["regel", *years], equity, beeld.naam, beeld.bron, day),
            Blad("Afwijkingen", ["regel", "jaar", *figures, "verklaring"], differences, beeld.naam, beeld.bron, day),
        ]
    )
