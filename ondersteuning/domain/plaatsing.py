"""Places of pupils that somebody pays for: a TLV place, a place on the Day a Week School, a budget that goes along.

`financien` reads these; the words here are the words of the import and of the tariffs.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from swv_portal.common.dates import Schooljaar
from swv_portal.common.workflow import Refusal


class Categorie(StrEnum):
    """The category of a TLV (ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3)."""

    SBO = "SBO"
    LAAG = "I"
    MIDDEN = "II"
    HOOG = "III"


CATEGORIENAMEN: Mapping[str, str] = {
    Categorie.SBO.value: "SBO",
    Categorie.LAAG.value: "categorie I (laag)",
    Categorie.MIDDEN.value: "categorie II (midden)",
    Categorie.HOOG.value: "categorie III (hoog)",
}

#: Help text with the choice of a category, in our own words (par. 6.1.3).
CATEGORIE_UITLEG: Mapping[str, str] = {
    Categorie.SBO.value: "Meer hulp nodig bij leren én gedrag. Elke leerling op een IKC krijgt een TLV SBO.",
    Categorie.LAAG.value: "Leren of gezondheid vraagt veel (zml, langdurig ziek, epilepsie); II en III passen niet.",
    Categorie.MIDDEN.value: "Een grote zorgvraag door ernstige en meerdere lichamelijke beperkingen.",
    Categorie.HOOG.value: "Ernstig meervoudig beperkt: naast onderwijs is ook extra zorg nodig.",
}

_CATEGORIE_DIALECT: Mapping[str, Categorie] = {
    "sbo": Categorie.SBO,
    "ikc": Categorie.SBO,
    "i": Categorie.LAAG,
    "1": Categorie.LAAG,
    "laag": Categorie.LAAG,
    "ii": Categorie.MIDDEN,
    "2": Categorie.MIDDEN,
    "midden": Categorie.MIDDEN,
    "iii": Categorie.HOOG,
    "3": Categorie.HOOG,
    "hoog": Categorie.HOOG,
}


class Soort(StrEnum):
    """What kind of place or budget it is."""

    TLV = "tlv"
    TLV_BAO = "tlv_bao"
    DWS = "dws"
    INSTROOMBUDGET = "instroombudget"
    TERUGPLAATSING = "terugplaatsing"


SOORTNAMEN: Mapping[str, str] = {
    Soort.TLV.value: "plaats met TLV",
    Soort.TLV_BAO.value: "TLV op de basisschool (medisch of chronisch)",
    Soort.DWS.value: "plaats op de Day a Week School",
    Soort.INSTROOMBUDGET.value: "instroombudget",
    Soort.TERUGPLAATSING.value: "terugplaatsingsbudget",
}

#: These hold a category; the others are the same for every pupil and leave it empty.
MET_CATEGORIE = frozenset({Soort.TLV, Soort.TLV_BAO})


class Kostendrager(StrEnum):
    """Who pays the place (par. 8.1.2 and 8.1.3).

    ``school``: the referring school, from its own budget.  ``vorige_school``: the school before it (bao-bao, two
    years); the column *verwijzend* then names that previous school.  ``swv``: the SWV itself (route D, taalklas,
    shelter, board decision).  ``ander_swv``: the SWV of the region where the pupil comes from.
    """

    SCHOOL = "school"
    VORIGE_SCHOOL = "vorige_school"
    SWV = "swv"
    ANDER_SWV = "ander_swv"


KOSTENDRAGERNAMEN: Mapping[str, str] = {
    Kostendrager.SCHOOL.value: "de verwijzende school",
    Kostendrager.VORIGE_SCHOOL.value: "de vorige school (bao-bao)",
    Kostendrager.SWV.value: "het samenwerkingsverband",
    Kostendrager.ANDER_SWV.value: "een ander samenwerkingsverband",
}

#: A school pays, so it must be known which one.
BETAALD_DOOR_SCHOOL = frozenset({Kostendrager.SCHOOL, Kostendrager.VORIGE_SCHOOL})


@dataclass(frozen=True)
class Plaatsgegevens:
    """One place as it is checked before it is stored.  Schools are known or not; which ones is not for this layer."""

    soort: Soort
    categorie: Categorie | None
    kostendrager: Kostendrager
    met_verwijzende_school: bool
    begin: date
    einde: date | None


class Plaats(NamedTuple):
    """One place as `financien` counts it; ``verwijzing`` is its reference, not a name.  ``einde`` is the last day."""

    soort: str
    categorie: str | None
    kostendrager: str
    begin: date
    einde: date | None
    verwijzing: str
    school_verwijzend_id: int | None = None
    school_ontvangend_id: int | None = None


@dataclass(frozen=True)
class Periode:
    """Which places are asked for: of these kinds, that run on at least one day from ``eerste`` to ``laatste``.

    ``begonnen_vanaf`` leaves out those that began before that day.
    """

    soorten: tuple[Soort, ...]
    eerste: date
    laatste: date
    begonnen_vanaf: date | None = None


def lees_categorie(tekst: str) -> Categorie | None:
    """Read a category in the ways files write it (``II``, ``cat. II``, ``SO cat 2``, ``midden``, ``IKC``)."""
    words = tekst.lower().replace(".", " ").replace("_", " ").replace("(", " ").replace(")", " ").split()
    words = [word for word in words if word not in {"so", "cat", "categorie", "tlv"}]
    found = {_CATEGORIE_DIALECT.get(word) for word in words}
    return found.pop() if len(found) == 1 else None


def controleer_plaatsing(plaats: Plaatsgegevens, onbekend: Collection[str] = ()) -> list[Refusal]:
    """What is wrong with a place; an empty list when nothing is.  ``veld`` names the column.

    - a TLV has a category, the other kinds have none;
    - it ends on or after the day it begins;
    - a DWS place is bought per school year (par. 8.1.2), so it lies within one;
    - a TLV on a regular school is granted per school year (par. 8.1.4);
    - when a school pays, the referring school is known.

    ``onbekend``: columns that could not be read; a rule that needs one of them says nothing.
    """
    answers = (rule(plaats) for needed, rule in _REGELS if not needed & set(onbekend))
    return [answer for answer in answers if answer is not None]


def _categorie_past(plaats: Plaatsgegevens) -> Refusal | None:
    if plaats.soort in MET_CATEGORIE and plaats.categorie is None:
        return Refusal("categorie_ontbreekt", "Een TLV heeft een categorie: SBO, I, II of III.", "categorie")
    if plaats.soort not in MET_CATEGORIE and plaats.categorie is not None:
        return Refusal("categorie_teveel", "Bij deze soort hoort geen categorie.", "categorie")
    return None


def _eindigt_na_begin(plaats: Plaatsgegevens) -> Refusal | None:
    if plaats.einde is not None and plaats.einde < plaats.begin:
        return Refusal("einde_voor_begin", "De einddatum ligt voor de begindatum.", "einde")
    return None


def _binnen_schooljaar(plaats: Plaatsgegevens) -> Refusal | None:
    if plaats.soort not in {Soort.DWS, Soort.TLV_BAO} or _eindigt_na_begin(plaats):
        return None
    if plaats.einde is not None and Schooljaar.van(plaats.einde) == Schooljaar.van(plaats.begin):
        return None
    sentence = "Deze plaats geldt binnen één schooljaar (1 augustus tot en met 31 juli)."
    return Refusal("meer_schooljaren", sentence, "einde")


def _betaler_is_bekend(plaats: Plaatsgegevens) -> Refusal | None:
    if plaats.kostendrager not in BETAALD_DOOR_SCHOOL or plaats.met_verwijzende_school:
        return None
    sentence = "De school betaalt deze plaats: vul de vestigingscode van de verwijzende school in."
    return Refusal("verwijzer_ontbreekt", sentence, "vestigingscode_verwijzend")


#: Every rule, with the columns that it needs.
_REGELS: tuple[tuple[frozenset[str], Callable[[Plaatsgegevens], Refusal | None]], ...] = (
    (frozenset({"soort", "categorie"}), _categorie_past),
    (frozenset({"begin", "einde"}), _eindigt_na_begin),
    (frozenset({"soort", "begin", "einde"}), _binnen_schooljaar),
    (frozenset({"kostendrager", "vestigingscode_verwijzend"}), _betaler_is_bekend),
)
