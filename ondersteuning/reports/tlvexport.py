"""The TLV's of a school year as CSV and XLSX; with names only when that was asked for."""

from collections.abc import Sequence

from ondersteuning.queries.tlvexport import Tlvrij
from swv_portal.common.dates import Schooljaar
from swv_portal.common.tables import Blad, Opmaak, Uitkolom, Waarde, schrijf_csv, schrijf_xlsx

KOLOMMEN: Sequence[Uitkolom] = (
    Uitkolom("nummer"),
    Uitkolom("kenmerk"),
    Uitkolom("route"),
    Uitkolom("categorie"),
    Uitkolom("vestigingscode_verwijzend"),
    Uitkolom("vestigingscode_ontvangend"),
    Uitkolom("bestuursnummer"),
    Uitkolom("geldig_van", Opmaak.DATUM),
    Uitkolom("geldig_tot", Opmaak.DATUM),
    Uitkolom("besloten_op", Opmaak.DATUM),
    Uitkolom("betaler"),
    Uitkolom("doorlooptijd_dagen", Opmaak.GEHEEL),
    Uitkolom("status"),
)
LEERLING = Uitkolom("leerling")


def _waarden(rij: Tlvrij, met_namen: bool) -> list[Waarde]:
    found: list[Waarde] = [
        rij.nummer,
        rij.kenmerk,
        rij.route,
        rij.categorie,
        rij.school_code,
        rij.ontvangende_code,
        rij.bestuursnummer,
        rij.geldig_van,
        rij.geldig_tot,
        rij.besloten_op,
        rij.betaler,
        rij.doorlooptijd,
        rij.status,
    ]
    return [*found, rij.leerling] if met_namen else found


def _kolommen(met_namen: bool) -> list[Uitkolom]:
    return [*KOLOMMEN, *([LEERLING] if met_namen else [])]


def tlvs_csv(rijen: Sequence[Tlvrij], *, met_namen: bool, notatie: str) -> bytes:
    """A row per TLV; text that a spreadsheet would take for a formula stays text."""
    return schrijf_csv(_kolommen(met_namen), [_waarden(rij, met_namen) for rij in rijen], notatie)


def tlvs_xlsx(rijen: Sequence[Tlvrij], jaar: Schooljaar, *, met_namen: bool) -> bytes:
    """One sheet, with the header in the first row, so that it can be read by machine."""
    return schrijf_xlsx([Blad(f"TLV {jaar}", _kolommen(met_namen), [_waarden(rij, met_namen) for rij in rijen])])
