"""What the shared parts of the screens (``templates/onderdelen/``) are drawn from: small frozen values, plain text.

Read models in ``queries.py`` and views fill these; the templates only print them, so that a long
list costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

Toon = Literal["neutraal", "goed", "let_op", "fout", "bezig"]


@dataclass(frozen=True, slots=True)
class Status:
    """A status as people see it: a word, and the tone that gives icon and colour.  Part: ``status.html``."""

    label: str
    toon: Toon = "neutraal"


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column.  ``getal``: right-aligned figures.  ``sortering`` is the current one, ``sorteer_url`` turns it."""

    label: str
    getal: bool = False
    sorteer_url: str = ""
    sortering: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, slots=True)
class Cel:
    """One cell: text, perhaps a link or a status.  ``label`` and ``getal`` are filled by ``maak_tabel``.

    ``onder`` stands in small below the first cell of a row.
    """

    tekst: str
    url: str = ""
    toon: Toon | Literal[""] = ""
    label: str = ""
    getal: bool = False
    onder: str = ""


@dataclass(frozen=True, slots=True)
class Rij:
    cellen: Sequence[Cel]
    totaal: bool = False


@dataclass(frozen=True, slots=True)
class Tabel:
    """A list.  ``kaarten``: on a narrow screen every row becomes a small card.  Part: ``tabel.html``.

    ``breed``: it may be wider than the window; then it is scrolled, by keyboard too.
    """

    titel: str
    kolommen: Sequence[Kolom]
    rijen: Sequence[Rij]
    leeg: str = ""
    toon_titel: bool = False
    kaarten: bool = True
    breed: bool = False


def maak_tabel(
    titel: str,
    kolommen: Sequence[Kolom | str],
    rijen: Sequence[Sequence[Cel | Status | str]],
    *,
    leeg: str = "",
    totaal: Sequence[str] | None = None,
    toon_titel: bool = False,
    kaarten: bool = True,
    breed: bool = False,
) -> Tabel:
    """A table from rows of text, links (``Cel``) and statuses; ``totaal`` becomes the last row, in bold."""
    koppen = [Kolom(kolom) if isinstance(kolom, str) else kolom for kolom in kolommen]

    def rij(waarden: Sequence[Cel | Status | str], is_totaal: bool) -> Rij:
        if len(waarden) != len(koppen):
            raise ValueError(f"{len(waarden)} cells for {len(koppen)} columns")
        return Rij([_cel(waarde, kolom) for waarde, kolom in zip(waarden, koppen, strict=True)], is_totaal)

    alle = [rij(waarden, False) for waarden in rijen]
    if totaal is not None and alle:
        alle.append(rij(totaal, True))
    return Tabel(titel, koppen, alle, leeg, toon_titel, kaarten, breed)


def _cel(waarde: Cel | Status | str, kolom: Kolom) -> Cel:
    if isinstance(waarde, Status):
        return Cel(waarde.label, "", waarde.toon, kolom.label, kolom.getal)
    if isinstance(waarde, Cel):
        return Cel(waarde.tekst, waarde.url, waarde.toon, kolom.label, kolom.getal, waarde.onder)
    return Cel(waarde, "", "", kolom.label, kolom.getal)


@dataclass(frozen=True, slots=True)
class Gegeven:
    """One line of a summary.  Part: ``samenvatting.html`` (as ``regels``)."""

    label: str
    waarde: str
    wijzig_url: str = ""


@dataclass(frozen=True, slots=True)
class Kijker:
    """Who sees a dossier now, and what of it.  Part: ``zichtbaarheid.html``."""

    wie: str
    wat: str = ""


@dataclass(frozen=True, slots=True)
class Stap:
    """One step of a step form.  Part: ``stappen.html``."""

    label: str
    url: str = ""
    stand: Literal["klaar", "nu", "later"] = "later"


def maak_stappen(labels: Sequence[str], nu: int, urls: Sequence[str] = (), klaar: Sequence[int] = ()) -> list[Stap]:
    """The steps of a form: ``nu`` and ``klaar`` are numbers that count from 1; a step that is done links to its url."""
    stappen = []
    for nummer, label in enumerate(labels, start=1):
        stand: Literal["klaar", "nu", "later"] = "nu" if nummer == nu else "klaar" if nummer in klaar else "later"
        url = urls[nummer - 1] if urls and stand == "klaar" else ""
        stappen.append(Stap(label, url, stand))
    return stappen


@dataclass(frozen=True, slots=True)
class Grafiek:
    """A chart with the table beside it that says the same.  Part: ``grafiek.html``."""

    titel: str
    svg: SafeString
    kop: Sequence[str]
    rijen: Sequence[Sequence[str]]
    conclusie: str = ""
    bron: str = ""
