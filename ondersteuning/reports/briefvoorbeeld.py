"""A letter with invented facts, to see what the texts of a version become."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kernen.models import Samenwerkingsverband
from ondersteuning.domain.bezwaar import UITKOMST_UITLEG, Uitkomst
from ondersteuning.domain.briefsoorten import INTREKKING, OP_BEZWAAR, SOORTEN, WEIGERING, Blokken
from ondersteuning.domain.briefvelden import VELDEN
from ondersteuning.queries.brieven import Brieftekst
from ondersteuning.reports.bezwaarbrief import BEZWAARSJABLOON, Bezwaarbrief
from ondersteuning.reports.brieven import (
    INTREKKINGSJABLOON,
    SJABLOON,
    Besluitbrief,
    Brief,
    Intrekkingsbrief,
    druk_af,
)

VERZONNEN = "Voorbeeld met verzonnen gegevens. Deze brief is niet verstuurd."
#: A reason that fits what was decided, where that of the help does not.
MOTIVERINGEN = {
    WEIGERING: "Het advies van een tweede deskundige ontbreekt. De school kreeg tijd om dat te sturen. Wij kregen het "
    "niet op tijd.",
    INTREKKING: "De leerling gaat vanaf die dag naar een gewone basisschool. De ouders vroegen daar zelf om.",
    OP_BEZWAAR: "Een van de ouders vindt dat niet goed is geluisterd. Uit de aanvraag blijkt dat de ouders hun mening "
    "konden geven, en dat twee deskundigen de plaats steunen. Daarom blijft het besluit zoals het is.",
}
BEREKEND = ("Zes weken na de dag waarop wij dit besluit bekendmaken (Awb art. 6:7 en 6:8).",)


@dataclass(frozen=True)
class Voorbeeld:
    """A letter to look at: what it says, its page, and what of that page stands on the screen."""

    brief: Brief
    sjabloon: str

    @property
    def inhoud(self) -> str:
        return self.sjabloon.replace(".html", "_inhoud.html")


def voorbeeld(soort: str, blokken: Blokken) -> Voorbeeld:
    """The letter of this kind with these texts.  Every name is invented; only the sender is the own SWV.  One query."""
    facts = {name: VELDEN[name].voorbeeld for name in _gedeelde_velden()}
    facts["motivering"] = MOTIVERINGEN.get(soort, facts["motivering"])
    swv = Samenwerkingsverband.objects.first() or Samenwerkingsverband(naam=VELDEN["swv"].voorbeeld)
    shared: dict[str, Any] = {
        **facts,
        "soort": soort,
        "tekst": Brieftekst(blokken, None),
        "nummer": VELDEN["nummer"].voorbeeld if "nummer" in SOORTEN[soort].velden else "",
        "bestuur": "",
        "bezwaar_uitleg": BEREKEND,
        "ondertekenaar": swv.ondertekenaar,
        "swv": swv,
    }
    if soort == INTREKKING:
        own: dict[str, Any] = {name: VELDEN[name].voorbeeld for name in ("besluit", "ingetrokken_per")}
        return Voorbeeld(Intrekkingsbrief(**shared, **own), INTREKKINGSJABLOON)
    if soort == OP_BEZWAAR:
        return Voorbeeld(_bezwaarbrief(shared), BEZWAARSJABLOON)
    letter = Besluitbrief(
        **shared,
        toegekend=soort != WEIGERING,
        school_code="00AA00",
        ontvangende_code="00BB00",
        categorie=VELDEN["categorie"].voorbeeld if "categorie" in SOORTEN[soort].velden else "",
        categorie_uitleg="Hier staat de uitleg van de categorie.",
        terugkeer=VELDEN["terugkeer"].voorbeeld,
        geen_terugkeer="",
        niet_getekend="",
        niet_eens="",
    )
    return Voorbeeld(letter, SJABLOON)


def _bezwaarbrief(shared: dict[str, Any]) -> Bezwaarbrief:
    names = ("bezwaar_van", "ontvangen_op", "tegen", "uitkomst", "gevolg", "beroep_tot")
    own: dict[str, Any] = {name: VELDEN[name].voorbeeld for name in names}
    return Bezwaarbrief(
        **shared,
        **own,
        uitkomst_uitleg=UITKOMST_UITLEG[Uitkomst.ONGEGROND],
        advies_op="22 juni 2026",
        wet="artikel 7:11 en 7:12",
    )


def _gedeelde_velden() -> list[str]:
    """The fields that every letter fills with an attribute of the same name."""
    attributes = Brief.__dataclass_fields__
    return [name for name in VELDEN if name in attributes and name not in {"swv", "ondertekenaar", "nummer"}]


def voorbeeld_pdf(soort: str, blokken: Blokken, *, dag: date) -> bytes:
    """The same as a PDF, marked as a preview."""
    found = voorbeeld(soort, blokken)
    return druk_af(found.brief, found.sjabloon, dag=dag, opschrift=VERZONNEN)
