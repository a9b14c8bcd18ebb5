"""``manage.py importeer scholen|leerlingen``."""

import argparse
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from kernen.domain.duo import maak_grenzen
from kernen.domain.duo_kolommen import LEERLINGEN, SCHOLEN
from kernen.services import imports
from swv_portal.access.actors import Actor
from swv_portal.common.tables import Fouten
from swv_portal.jobs.overdracht import BEHEER, Importeur, Opties, Verslag

BEHEERDER = Actor(BEHEER, label="de beheerder (opdrachtregel)")


def _lijst(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _pc4(text: str) -> list[str]:
    codes = _lijst(text)
    for code in codes:
        if not (len(code) == 4 and code.isascii() and code.isdigit()):
            raise argparse.ArgumentTypeError(f"'{code}' is geen PC4; schrijf vier cijfers, bijvoorbeeld 2011,2012")
    return codes


def _opties(parser: ArgumentParser) -> None:
    parser.add_argument("--gemeenten", type=_lijst, default=[], help="alleen deze gemeenten, met komma's ertussen")
    parser.add_argument(
        "--pc4", type=_pc4, default=[], help="alleen (of ook) scholen met deze PC4, met komma's ertussen"
    )


def _opties_met_jaar(parser: ArgumentParser) -> None:
    _opties(parser)
    parser.add_argument("--jaar", type=int, help="de kolom LEERLINGEN_<jaar>; zonder: het nieuwste jaar in het bestand")


def _voer_uit(soort: str) -> Callable[[Path, Opties], Verslag | Fouten]:
    def run(bestand: Path, opties: Opties) -> Verslag | Fouten:
        done = imports.importeer(
            actor=BEHEERDER,
            soort=soort,
            bron=bestand,
            grenzen=maak_grenzen(opties.get("gemeenten") or [], opties.get("pc4") or []),
            jaar=opties.get("jaar"),
        )
        return done if isinstance(done, Fouten) else Verslag(tuple(imports.zinnen(soort, done)))

    return run


IMPORTEURS = (
    Importeur(SCHOLEN, "DUO: schoolvestigingen (bestand 02)", _voer_uit(SCHOLEN), _opties),
    Importeur(LEERLINGEN, "DUO: leerlingen per vestiging (bestand 06)", _voer_uit(LEERLINGEN), _opties_met_jaar),
)
