"""What a table file may hold, and the sentence for a file that holds more."""

from dataclasses import dataclass

from swv_portal.common.tables.columns import Fout


@dataclass(frozen=True)
class Grenzen:
    """What a file may hold at most.

    ``uitgepakt`` and ``cellen`` are for XLSX: a small compressed file can hold cells that take minutes to read.
    """

    bytes: int = 25_000_000
    rijen: int = 200_000
    kolommen: int = 250
    cel: int = 10_000
    uitgepakt: int = 100_000_000
    cellen: int = 2_500_000

    @property
    def rij(self) -> int:
        """The characters of one row of a CSV file, however many lines it takes."""
        return max(self.cel, 4_000) * 50


class Geweigerd(Exception):
    """The file can not be read on: raised and caught within this package, outside it is a ``Fout``."""

    def __init__(self, zin: str, rij: int | None = None, kolom: str | None = None) -> None:
        super().__init__(zin)
        self.fout = Fout(rij, kolom, zin)


ONLEESBARE_XLSX = "Dit is geen leesbaar XLSX-bestand. Open het in een rekenprogramma en sla het opnieuw op."
