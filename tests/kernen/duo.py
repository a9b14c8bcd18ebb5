"""Files in the exact layout of DUO's open data, with invented schools (BRINs that begin with 99)."""

from collections.abc import Sequence
from typing import Any

KOPPEN_02 = (
    "PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;"
    "POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES;"
    "STRAATNAAM CORRESPONDENTIEADRES;HUISNUMMER-TOEVOEGING CORRESPONDENTIEADRES;POSTCODE CORRESPONDENTIEADRES;"
    "PLAATSNAAM CORRESPONDENTIEADRES;NODAAL GEBIED CODE;NODAAL GEBIED NAAM;RPA-GEBIED CODE;RPA-GEBIED NAAM;"
    "WGR-GEBIED CODE;WGR-GEBIED NAAM;COROPGEBIED CODE;COROPGEBIED NAAM;ONDERWIJSGEBIED CODE;ONDERWIJSGEBIED NAAM;"
    "RMC-REGIO CODE;RMC-REGIO NAAM;VAKANTIEREGIO"
)
JAREN = range(1996, 2026)
KOPPEN_06 = (
    "INSTELLINGSCODE;VESTIGINGSCODE;NAAM_VESTIGING;SOORT_VESTIGING;DENOMINATIE_VESTIGING;BEVOEGD_GEZAG_NUMMER;"
    "GEMEENTECODE_VESTIGING;GEMEENTENAAM_VESTIGING;" + ";".join(f"LEERLINGEN_{jaar}" for jaar in JAREN)
)


def rij_02(code: str, naam: str = "Basisschool De Zeehond", **anders: str) -> str:
    cells = {
        "bestuur": "99901",
        "brin": code[:4],
        "straat": "Zeeweg",
        "nummer": "12-A",
        "postcode": "2011 AB",
        "plaats": "TESTDORP AAN ZEE",
        "gemeente": "TESTDORP",
    } | anders
    row = ["Noord-Holland", cells["bestuur"], cells["brin"], code, naam, cells["straat"], cells["nummer"]]
    row += [cells["postcode"], cells["plaats"], "0999", cells["gemeente"], "Openbaar", "0200000000", "www.test.example"]
    row += [cells["straat"], cells["nummer"], cells["postcode"], cells["plaats"]]
    return ";".join([*row, "1", "A", "2", "B", "3", "C", "4", "D", "5", "E", "6", "F", "Noord"])


def bestand_02(*rijen: str, koppen: str = KOPPEN_02) -> bytes:
    """cp1252, CRLF, as DUO publishes it."""
    return ("\r\n".join([koppen, *rijen]) + "\r\n").encode("cp1252")


def met_besturen(*rijen: tuple[str, str, str]) -> bytes:
    """File 02 with the column for the names of boards; each row is a code, the number of a board and its name."""
    rows = (f"{rij_02(code, bestuur=bestuur)};{naam}" for code, bestuur, naam in rijen)
    return bestand_02(*rows, koppen=f"{KOPPEN_02};BEVOEGD_GEZAG_NAAM")


def rij_06(code: str, aantal: str = "200", naam: str = "De Zeehond", soort: str = "BO", **anders: Any) -> str:
    """A row with ``aantal`` in 2023; ``tellingen`` gives other years their count."""
    cells = {"bestuur": "99901", "brin": code[:4], "gemeente": "TESTDORP"} | anders
    counts = {2023: aantal} | anders.get("tellingen", {})
    row = [cells["brin"], code, naam, soort, "Openbaar", cells["bestuur"], "999", cells["gemeente"]]
    return ";".join([*row, *(str(counts.get(jaar, 0)) for jaar in JAREN)])


def bestand_06(*rijen: str, koppen: str = KOPPEN_06) -> bytes:
    """UTF-8 with BOM, CRLF."""
    return b"\xef\xbb\xbf" + ("\r\n".join([koppen, *rijen]) + "\r\n").encode()


def tabel(koppen: Sequence[str], *rijen: Sequence[str], scheiding: str = ";") -> bytes:
    """A file in another dialect."""
    return "\n".join(scheiding.join(row) for row in (koppen, *rijen)).encode()
