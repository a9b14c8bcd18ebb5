"""Reading a file of places: ``verwijzing;vestigingscode_verwijzend;vestigingscode_ontvangend;categorie;soort;
kostendrager;begin;einde``.  Nothing is written here."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from kernen.models import School
from ondersteuning.domain.plaatsing import (
    Categorie,
    Kostendrager,
    Plaatsgegevens,
    Soort,
    controleer_plaatsing,
    lees_categorie,
)
from swv_portal.common.dates import Schooljaar
from swv_portal.common.tables import Fout, Fouten, Kolom, Onleesbaar, Rij, lees_tabel, normaliseer
from swv_portal.common.tables import Soort as Celsoort
from swv_portal.common.tables.files import Bron

HOOGSTENS_FOUTEN = 100


@dataclass(frozen=True)
class Plaatsingrij:
    """One place as the file has it, with the keys of its schools."""

    verwijzing: str
    school_verwijzend_id: int | None
    school_ontvangend_id: int | None
    categorie: str
    soort: str
    kostendrager: str
    begin: date
    einde: date | None


def _categorie(value: object) -> object:
    found = lees_categorie(str(value))
    return found if found is not None else Onleesbaar("Dit is geen categorie: schrijf SBO, I, II of III.")


def _keuze(kinds: type[Soort] | type[Kostendrager], value: object) -> object:
    text = normaliseer(str(value))
    for kind in kinds:
        if normaliseer(kind) == text:
            return kind
    return Onleesbaar(f"Dit kan niet: kies {', '.join(kinds)}.")


KOLOMMEN = (
    Kolom("verwijzing", max_lengte=40),
    Kolom("vestigingscode_verwijzend", leeg=True, max_lengte=10),
    Kolom("vestigingscode_ontvangend", leeg=True, max_lengte=10),
    Kolom("categorie", leeg=True, lees=_categorie),
    Kolom("soort", lees=lambda value: _keuze(Soort, value)),
    Kolom("kostendrager", lees=lambda value: _keuze(Kostendrager, value)),
    Kolom("begin", soort=Celsoort.DATUM),
    Kolom("einde", soort=Celsoort.DATUM, leeg=True),
)


def lees_plaatsingen(bron: Bron) -> list[Plaatsingrij] | Fouten:
    """Every row of the file, or every error with row and column.

    Codes of schools must be known; only the referring school may be left out (a pupil from elsewhere), and the
    receiving one of a DWS place.  A DWS place without an end ends with its school year.
    """
    table = lees_tabel(bron, KOLOMMEN)
    if isinstance(table, Fouten):
        return table
    schools = dict(School.objects.values_list("vestigingscode", "pk"))
    errors: list[Fout] = []
    rows: list[Plaatsingrij] = []
    seen: dict[str, int] = {}
    for row in table.rijen:
        reference = str(row["verwijzing"])
        if reference in seen:
            errors.append(Fout(row.nummer, "verwijzing", f"Deze verwijzing staat ook in rij {seen[reference]}."))
        seen.setdefault(reference, row.nummer)
        found = _lees_rij(row, schools)
        if isinstance(found, Plaatsingrij):
            rows.append(found)
        else:
            errors.extend(found)
    if errors:
        return Fouten(tuple(errors[:HOOGSTENS_FOUTEN]), max(0, len(errors) - HOOGSTENS_FOUTEN))
    return rows


def _lees_rij(row: Rij, schools: dict[str, int]) -> Plaatsingrij | list[Fout]:
    kind, payer = cast(Soort, row["soort"]), cast(Kostendrager, row["kostendrager"])
    category = cast(Categorie | None, row["categorie"])
    begin, end = cast(date, row["begin"]), cast(date | None, row["einde"])
    if kind is Soort.DWS and end is None:
        end = Schooljaar.van(begin).laatste_dag
    errors = []
    ids: dict[str, int | None] = {}
    for column in ("vestigingscode_verwijzend", "vestigingscode_ontvangend"):
        code = str(row[column] or "").replace(" ", "").upper()
        ids[column] = schools.get(code) if code else None
        if code and ids[column] is None:
            errors.append(Fout(row.nummer, column, "Deze vestigingscode is niet bekend. Importeer eerst de school."))
    if not row["vestigingscode_ontvangend"] and kind is not Soort.DWS:
        errors.append(Fout(row.nummer, "vestigingscode_ontvangend", "Vul de ontvangende school in."))
    facts = Plaatsgegevens(
        soort=kind,
        categorie=category,
        kostendrager=payer,
        met_verwijzende_school=bool(row["vestigingscode_verwijzend"]),
        begin=begin,
        einde=end,
    )
    errors += [Fout(row.nummer, refusal.veld, refusal.zin) for refusal in controleer_plaatsing(facts)]
    if errors:
        return errors
    return Plaatsingrij(
        verwijzing=str(row["verwijzing"]),
        school_verwijzend_id=ids["vestigingscode_verwijzend"],
        school_ontvangend_id=ids["vestigingscode_ontvangend"],
        categorie=str(category or ""),
        soort=str(kind),
        kostendrager=str(payer),
        begin=begin,
        einde=end,
    )
