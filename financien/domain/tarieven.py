"""Tariffs: which ones a budget year needs, and what the published figures say about each other.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.2 (table of amounts for calendar year 2024) and
par. 8.1.6 (composition of the IKC tariff).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ondersteuning.domain.plaatsing import Categorie
from swv_portal.common.money import cents, dutch_amount, half_up
from swv_portal.common.workflow import Refusal


class Tariefcode(StrEnum):
    """The tariffs that there are."""

    BAO_PER_LEERLING = "bao_per_leerling"
    BAO_MINIMUM = "bao_per_leerling_minimum"
    INHOUDING = "inhouding_ikc"
    SBO = "sbo_landelijk"
    IKC = "ikc_uitkering"
    SO_1 = "so_cat_1"
    SO_2 = "so_cat_2"
    SO_3 = "so_cat_3"
    DWS = "dws_plaats"
    INSTROOM = "instroombudget"
    AANDEEL_SBO = "ikc_aandeel_sbo"
    AANDEEL_SO1 = "ikc_aandeel_so1"
    BANDBREEDTE = "ikc_bandbreedte"


#: What people call the tariffs, in a sentence.
TARIEFNAMEN: Mapping[str, str] = {
    Tariefcode.BAO_PER_LEERLING: "ondersteuningsbedrag per leerling",
    Tariefcode.BAO_MINIMUM: "laagste ondersteuningsbedrag per leerling",
    Tariefcode.INHOUDING: "inhouding per plaats op SBO, IKC of SO",
    Tariefcode.SBO: "landelijk tarief SBO",
    Tariefcode.IKC: "IKC-tarief",
    Tariefcode.SO_1: "SO categorie I (laag)",
    Tariefcode.SO_2: "SO categorie II (midden)",
    Tariefcode.SO_3: "SO categorie III (hoog)",
    Tariefcode.DWS: "plaats op de Day a Week School",
    Tariefcode.INSTROOM: "instroombudget",
    Tariefcode.AANDEEL_SBO: "deel SBO in het IKC-tarief",
    Tariefcode.AANDEEL_SO1: "deel SO categorie I in het IKC-tarief",
    Tariefcode.BANDBREEDTE: "bandbreedte van de volumebekostiging",
}

#: Without these a school's budget can not be calculated.
NODIG_VOOR_SCHOLEN = (
    Tariefcode.BAO_PER_LEERLING,
    Tariefcode.INHOUDING,
    Tariefcode.SBO,
    Tariefcode.SO_1,
    Tariefcode.SO_2,
    Tariefcode.SO_3,
    Tariefcode.DWS,
    Tariefcode.INSTROOM,
)
#: Without these the supplement for the IKC can not be calculated.
NODIG_VOOR_IKC = (
    Tariefcode.SBO,
    Tariefcode.SO_1,
    Tariefcode.AANDEEL_SBO,
    Tariefcode.AANDEEL_SO1,
    Tariefcode.BANDBREEDTE,
)

#: The tariff that goes with the category of a TLV.
PER_CATEGORIE: Mapping[Categorie, Tariefcode] = {
    Categorie.SBO: Tariefcode.SBO,
    Categorie.LAAG: Tariefcode.SO_1,
    Categorie.MIDDEN: Tariefcode.SO_2,
    Categorie.HOOG: Tariefcode.SO_3,
}

FRACTIE = "fractie"


@dataclass(frozen=True)
class Tarieven:
    """The amounts of one calendar year by code, in euros (or as a fraction of one)."""

    jaar: int
    bedragen: Mapping[str, Decimal]

    def __getitem__(self, code: str) -> Decimal:
        return self.bedragen[code]

    def ontbrekend(self, codes: Iterable[str]) -> list[str]:
        return [str(code) for code in codes if code not in self.bedragen]


def ontbreekt(tarieven: Tarieven, codes: Iterable[str]) -> Refusal | None:
    """``tarief_ontbreekt`` when one of ``codes`` is not there for the year."""
    missing = tarieven.ontbrekend(codes)
    if not missing:
        return None
    names = ", ".join(TARIEFNAMEN[code] for code in missing)
    what, them = ("ontbreekt dit tarief", "het") if len(missing) == 1 else ("ontbreken deze tarieven", "ze")
    sentence = f"Voor {tarieven.jaar} {what}: {names}. Lees {them} in bij Geld, Tarieven."
    return Refusal("tarief_ontbreekt", sentence)


def ikc_tarief(tarieven: Tarieven) -> Decimal:
    """The IKC tariff in full precision: 70% of the SBO tariff and 30% of SO category I (par. 8.1.6)."""
    return (
        tarieven[Tariefcode.AANDEEL_SBO] * tarieven[Tariefcode.SBO]
        + tarieven[Tariefcode.AANDEEL_SO1] * tarieven[Tariefcode.SO_1]
    )


def inhouding_van(sbo_tarief: Decimal) -> Decimal:
    """What a school pays for a place: the national SBO tariff in whole euros, as it is published (par. 8.1.2)."""
    return cents(half_up(sbo_tarief, 0))


def controles(tarieven: Tarieven) -> list[str]:
    """Sentences about stored tariffs that do not follow from each other; an empty list when they all do."""
    found = []
    if not tarieven.ontbrekend((*NODIG_VOOR_IKC, Tariefcode.IKC)):
        shares = tarieven[Tariefcode.AANDEEL_SBO] + tarieven[Tariefcode.AANDEEL_SO1]
        if shares != 1:
            found.append("De aandelen van SBO en SO categorie I in het IKC-tarief zijn samen niet 1.")
        expected = cents(ikc_tarief(tarieven))
        if tarieven[Tariefcode.IKC] != expected:
            found.append(
                f"Het IKC-tarief is {dutch_amount(tarieven[Tariefcode.IKC])}, "
                f"maar uit de aandelen volgt {dutch_amount(expected)}."
            )
    if not tarieven.ontbrekend((Tariefcode.SBO, Tariefcode.INHOUDING)):
        expected = inhouding_van(tarieven[Tariefcode.SBO])
        if tarieven[Tariefcode.INHOUDING] != expected:
            found.append(
                f"De inhouding is {dutch_amount(tarieven[Tariefcode.INHOUDING])}, "
                f"maar het SBO-tarief in hele euro's is {dutch_amount(expected)}."
            )
    return found
