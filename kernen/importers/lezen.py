"""From a file of DUO to rows that were judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kernen.domain.duo import Beoordeling, Grenzen, Schoolkolommen, beoordeel_leerlingen, beoordeel_scholen
from kernen.domain.duo_kolommen import LEERLINGEN, SCHOLEN, jaren_in, kolommen_van
from kernen.domain.duo_plat import beoordeel_leerlingen_plat, beoordeel_scholen_plat
from kernen.models import School
from swv_portal.common.tables import Fouten, lees_tabel
from swv_portal.common.tables import Grenzen as Bestandsgrenzen
from swv_portal.common.tables.files import Bron
from swv_portal.common.tables.plain import PlatteTabel, lees_plat


@dataclass(frozen=True)
class Gelezen:
    """A file that was read and found good.  ``jaar`` is the year of the counts (file 06 only)."""

    soort: str
    beoordeling: Beoordeling
    grenzen: Grenzen
    jaar: int | None

    @property
    def scholen(self) -> Schoolkolommen:
        return self.beoordeling.scholen


def lees(soort: str, bron: Bron, grenzen: Grenzen, jaar: int | None = None) -> Gelezen | Fouten:
    """Read and judge a file of kind ``scholen`` or ``leerlingen``; every error with row and column.

    By column when the file is plain and good, which nearly all are; else by row, which knows what to say.
    """
    columns = kolommen_van(soort, jaar)
    known = dict(School.objects.values_list("vestigingscode", "postcode")) if soort == LEERLINGEN else {}
    source = bron if isinstance(bron, bytes | Path) else bron.read(Bestandsgrenzen().bytes + 1)
    plain = lees_plat(source, columns)
    if plain is not None and (quick := _beoordeel_plat(soort, plain, grenzen, known)) is not None:
        return Gelezen(soort, quick, grenzen, _jaar(soort, plain.koppen))
    tabel = lees_tabel(source, columns)
    if isinstance(tabel, Fouten):
        return tabel
    judged = beoordeel_scholen(tabel, grenzen) if soort == SCHOLEN else beoordeel_leerlingen(tabel, grenzen, known)
    if isinstance(judged, Fouten):
        return judged
    return Gelezen(soort, judged, grenzen, _jaar(soort, tabel.koppen))


def _beoordeel_plat(soort: str, tabel: PlatteTabel, grenzen: Grenzen, bekend: Mapping[str, str]) -> Beoordeling | None:
    if soort == SCHOLEN:
        return beoordeel_scholen_plat(tabel, grenzen)
    return beoordeel_leerlingen_plat(tabel, grenzen, bekend)


def _jaar(soort: str, koppen: Mapping[str, str]) -> int | None:
    return next(iter(jaren_in([koppen["aantal"]]))) if soort == LEERLINGEN else None
