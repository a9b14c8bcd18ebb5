"""Is an XLSX file small enough to read?  Counted by a parser that keeps nothing, before a library builds from it.

A few bytes of a compressed file can become millions of elements, each hundreds of bytes in memory.  What counts is
therefore what the library keeps at the same time: one row of a sheet, and everything outside the rows.
"""

import io
import re
import zipfile
from collections import Counter
from typing import IO
from xml.parsers import expat

from swv_portal.common.tables.grenzen import ONLEESBARE_XLSX, Geweigerd, Grenzen

#: Parts that say nothing of the cells of a sheet: they may be large, and are hidden from the library.
_ONGELEZEN = re.compile(
    r"docProps/|customXml/|xl/calcChain|xl/comments|xl/metadata|xl/worksheets/_rels/"
    r"|xl/(charts|chartsheets|comments|ctrlProps|drawings|embeddings|externalLinks|media|model|persons|pivotCache"
    r"|pivotTables|printerSettings|queryTables|revisions|richData|slicerCaches|slicers|tables|theme|threadedComments"
    r"|timelineCaches|timelines)/",
    re.IGNORECASE,
)
#: One byte is one character of markup in these; in another encoding markup could be hidden.
_CODERINGEN = {"utf-8", "us-ascii", "iso-8859-1", "windows-1252"}

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_RIJ, _CEL, _BLAD = _NS + "row", _NS + "c", _NS + "worksheet"
_TEKST, _TEKSTEN = _NS + "si", _NS + "sst"
#: Elements besides rows, cells and texts (each with two of its own): formatting, merged cells, links, rich text.
_LOS = {_BLAD: 200_000, _TEKSTEN: 1_000_000, "": 100_000}
_DIEPTE = 50
_TEKSTEN_OVER = 100_000
#: XFD is the last column of a sheet; each cell has a value and perhaps a formula.
_CELLEN_IN_RIJ = 16_384
_IN_RIJ = 4 * _CELLEN_IN_RIJ
_KENMERKEN, _MEESTE_KENMERKEN = 12, 60
#: What is no element (a comment, a block of raw text) is hardly ever there, and cuts a text into pieces.
_ONGEWOON = 1_000

#: Characters of one row, characters outside rows, and characters without any markup (a cell holds 32,767).
_RIJ_TEKENS = 10_000_000
_BUITEN_TEKENS = 20_000_000
_BLOK = 1 << 18
#: A table becomes some ten times smaller when it is packed, one of the same text over and over some hundred times.
_KLEIN, _VERHOUDING = 10_000_000, 200

_TE_GROOT = "Het bestand is uitgepakt te groot."
_TE_VEEL_CELLEN = "Het werkblad heeft te veel cellen. Verdeel het over meer bestanden."
_TE_VEEL_OPMAAK = "Het bestand heeft te veel opmaak. Kopieer de tabel zonder opmaak naar een leeg bestand."


def controleer_zip(data: bytes, grenzen: Grenzen) -> set[str]:
    """The names of the parts that may be read.  Refuses a zip that is not XLSX, or that becomes too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        total = sum(member.file_size for member in members)
        if len(members) > 1000 or total > grenzen.uitgepakt or total > max(_KLEIN, _VERHOUDING * len(data)):
            raise Geweigerd(_TE_GROOT)
        if "xl/workbook.xml" not in archive.namelist():
            raise Geweigerd("Dit is een ingepakt bestand, maar geen XLSX.")
        read = [member for member in members if _wordt_gelezen(member.filename)]
        counted = _Teller(grenzen)
        for member in read:
            with archive.open(member) as part:  # reads at most the file_size that was counted above
                counted.lees(part)
        counted.controleer_teksten()
        return {member.filename for member in read}


def _wordt_gelezen(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels")) and _ONGELEZEN.match(name) is None


def _weiger(*_: object) -> None:
    raise Geweigerd(ONLEESBARE_XLSX)


def _controleer_codering(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _CODERINGEN:
        raise Geweigerd(ONLEESBARE_XLSX)


class _Teller:
    """Counts the elements of every part, and raises ``Geweigerd`` as soon as there are too many."""

    def __init__(self, grenzen: Grenzen) -> None:
        self._grenzen = grenzen
        self._los: Counter[str] = Counter()
        self._cellen = 0
        self._teksten = 0
        self._rijen = 0

    def lees(self, part: IO[bytes]) -> None:
        self._soort = ""
        self._diepte = self._rij = self._in_rij = self._rijen_van_blad = 0
        self._grens = self._buiten = 0
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.ordered_attributes = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._einde
        parser.StartDoctypeDeclHandler = _weiger
        parser.XmlDeclHandler = _controleer_codering
        parser.CommentHandler = parser.ProcessingInstructionHandler = self._ongewoon
        parser.StartCdataSectionHandler = self._ongewoon
        while block := part.read(_BLOK):
            if b"\0" in block or (len(block) == _BLOK and b"<" not in block):
                raise Geweigerd(ONLEESBARE_XLSX)
            parser.Parse(block)
            self._controleer_lengte()
        parser.Parse(b"", True)

    def controleer_teksten(self) -> None:
        """Every text is there for at least one cell; a few may be left over from cells that were emptied."""
        if self._teksten > self._cellen + _TEKSTEN_OVER:
            raise Geweigerd(_TE_VEEL_CELLEN)

    def _begin(self, naam: str, kenmerken: list[str]) -> None:
        self._diepte = diepte = self._diepte + 1
        if diepte > _DIEPTE:
            raise Geweigerd(ONLEESBARE_XLSX)
        if len(kenmerken) > 2 * _KENMERKEN:
            self._tel_kenmerken(len(kenmerken) // 2)
        if self._rij:
            self._in_rij += 1
            if self._in_rij > _IN_RIJ:
                raise Geweigerd(_TE_VEEL_CELLEN, self._rijen_van_blad)
            if naam == _CEL:
                self._cellen += 1
            else:
                self._los[_BLAD] += 1
        else:
            self._buiten_rij(naam)

    def _buiten_rij(self, naam: str) -> None:
        if self._diepte == 1:
            self._soort = naam if naam in _LOS else ""
        if naam == _RIJ and self._soort == _BLAD:
            self._open_rij()
        elif naam == _TEKST and self._soort == _TEKSTEN:
            self._teksten += 1
            if self._teksten > self._grenzen.cellen:
                raise Geweigerd(_TE_VEEL_CELLEN)
        else:
            self._tel_los(1)

    def _open_rij(self) -> None:
        self._rij, self._in_rij = self._diepte, 0
        self._rijen += 1
        self._rijen_van_blad += 1
        at = self._parser.CurrentByteIndex
        self._buiten += at - self._grens
        self._grens = at
        most = self._grenzen.rijen
        if self._rijen_van_blad > 2 * most + 1 or self._rijen > max(self._grenzen.cellen, 2 * most + 1):
            raise Geweigerd(f"Het bestand heeft te veel rijen. Het mogen er {most} zijn.")

    def _einde(self, _naam: str) -> None:
        self._diepte -= 1
        if self._diepte < self._rij:
            self._rij = 0
            self._grens = self._parser.CurrentByteIndex
            if self._cellen > self._grenzen.cellen:
                raise Geweigerd(_TE_VEEL_CELLEN)
            self._tel_los(0)

    def _tel_los(self, number: int) -> None:
        self._los[self._soort] += number
        own = {_BLAD: self._cellen, _TEKSTEN: self._teksten, "": 0}[self._soort]
        if self._los[self._soort] - 2 * own > _LOS[self._soort]:
            raise Geweigerd(_TE_VEEL_OPMAAK)

    def _tel_kenmerken(self, number: int) -> None:
        if number > _MEESTE_KENMERKEN:
            raise Geweigerd(ONLEESBARE_XLSX)
        self._tel_los(number - _KENMERKEN)

    def _ongewoon(self, *_: object) -> None:
        self._tel_los(_ONGEWOON)

    def _controleer_lengte(self) -> None:
        since = self._parser.CurrentByteIndex - self._grens
        if self._rij:
            if since > _RIJ_TEKENS:
                raise Geweigerd("Deze rij is te lang.", self._rijen_van_blad)
        elif self._soort != _TEKSTEN and self._buiten + since > _BUITEN_TEKENS:
            raise Geweigerd(_TE_VEEL_OPMAAK)
